/**
 * gomem test: tests and benchmarks of a package, in go test's format. A main
 * package that calls the test functions is written around them; time is virtual,
 * bytes and allocations are the simulated runtime's.
 */
import { build, LabRun } from '../../lib/engine/report.ts';
import { errorsText } from '../../lib/go/errors_text.ts';
import { FileSet } from '../../lib/base/pos.ts';
import { parseFile } from '../../lib/go/syntax/parser.ts';
import type { Knobs } from '../../lib/runtime/runtime.ts';
import type { SourceText } from '../../lib/go/program.ts';
import { UsageError, flag, helpText, isOn, parseArgs, type FlagSpec } from './args.ts';
import type { CommandIO } from './io.ts';
import { knobFlags, parseKnobs } from './knobs.ts';
import { loadSources } from './sources.ts';
import { stdFacts } from './facts.ts';

const flags: Readonly<Record<string, FlagSpec>> = {
  ...knobFlags,
  bench: { value: 'RE', help: 'run benchmarks whose name matches' },
  benchmem: { bool: true, help: 'print memory allocations of benchmarks' },
  benchtime: { value: 'D', help: 'virtual time to run each benchmark for, such as 1s or 100x (default 100ms: virtual time is dearer than real time)' },
  run: { value: 'RE', help: 'run only tests whose name matches' },
  count: { value: 'N', help: 'run each benchmark N times' },
  v: { bool: true, help: 'list all tests as they run' },
  help: { bool: true, help: 'print this' }, h: { bool: true, help: 'print this' },
};

const packagePath = 'command-line-arguments';

export async function testCommand(argv: readonly string[], io: CommandIO): Promise<number> {
  const p = parseArgs(argv, flags);
  if (isOn(p, 'help') || isOn(p, 'h')) {
    io.stdout(helpText('gomem test [flags] FILE_test.go… | DIR', 'Runs tests, and benchmarks if -bench is given.', flags));
    return 0;
  }
  const knobs = parseKnobs(p, io.env);
  const { files, provide, lang, errors: early } = loadSources(io, p.args, { go: knobs.go, tests: true, real: (path) => stdFacts().store.api(path) !== undefined });
  if (early !== '') { io.stderr(early); return 1; }
  const found = functions(files);
  const want = (name: string, re: string | undefined): boolean => {
    if (re === undefined) return true;
    try { return new RegExp(re.split('/')[0]).test(name); } catch { throw new UsageError(`invalid regexp: ${re}`); }
  };
  const tests = found.filter((f) => f.kind === 'Test' && want(f.name, flag(p, 'run')));
  const bench = flag(p, 'bench');
  const benches = bench === undefined ? [] : found.filter((f) => f.kind === 'Benchmark' && want(f.name, bench === '.' ? '' : bench));
  const main = found.some((f) => f.kind === 'Main');
  const [ns, times] = benchtime(flag(p, 'benchtime') ?? '100ms');
  const driver = `package main

import (
	"testing"
	p "${packagePath}"
)

var _ = p.${found[0]?.name ?? 'X'}

func main() {
	testing.Main([]testing.InternalTest{${tests.map((t) => `{"${t.name}", p.${t.name}}`).join(', ')}}, []testing.InternalBenchmark{${benches.map((b) => `{"${b.name}", p.${b.name}}`).join(', ')}}, ${main ? 'p.TestMain' : 'nil'}, ${JSON.stringify(flag(p, 'run') ?? '')}, ${JSON.stringify(bench ?? '')}, ${isOn(p, 'benchmem')}, ${isOn(p, 'v')}, ${ns}, ${times}, ${Number(flag(p, 'count') ?? 1) || 1})
}
`;
  if (found.length === 0) { io.stdout(`testing: warning: no tests to run\nPASS\nok  \t${packagePath}\t0.000s [no tests to run]\n`); return 0; }
  const built = build([{ name: './_testmain.go', text: driver }], (path) => (path === packagePath ? files : provide(path)), { goVersion: knobs.go, lang, facts: stdFacts().store });
  const errors = errorsText(built.fset, built.result.reported, `${packagePath} [${packagePath}.test]`);
  if (errors !== '' || !built.program) {
    io.stderr(errors);
    io.stdout(`FAIL\t${packagePath} [build failed]\nFAIL\n`);
    return 1;
  }
  const run = new LabRun(built, knobs as Knobs, { stdout: (b) => io.stdout(b.slice()), stderr: (b) => io.stderr(b.slice()), args: ['main.test'] }, 'counts');
  while (!run.advance(1000)) await new Promise((r) => setImmediate(r));
  const report = run.report();
  const seconds = (report.ns / 1e9).toFixed(3);
  io.stdout(report.exit === 0 ? `ok  \t${packagePath}\t${seconds}s\n` : `${report.exit === 1 ? '' : `exit status ${report.exit}\n`}FAIL\t${packagePath}\t${seconds}s\nFAIL\n`);
  return report.exit === 0 ? 0 : 1;
}

interface TestFunc { readonly kind: 'Test' | 'Benchmark' | 'Main'; readonly name: string }

/** The test functions of the files, in order. */
function functions(files: readonly SourceText[]): TestFunc[] {
  const out: TestFunc[] = [];
  for (const t of files) {
    const fset = new FileSet();
    const { file } = parseFile(fset, fset.add(t.name, t.text));
    for (const d of file?.declList ?? []) {
      if (d.kind !== 'FuncDecl' || d.recv) continue;
      const name = d.name.value;
      if (name === 'TestMain') out.push({ kind: 'Main', name });
      else if (/^Test($|[^a-z])/.test(name)) out.push({ kind: 'Test', name });
      else if (/^Benchmark($|[^a-z])/.test(name)) out.push({ kind: 'Benchmark', name });
    }
  }
  return out;
}

/** -benchtime: nanoseconds, and a number of iterations (0: by time). */
function benchtime(s: string): [number, number] {
  const times = /^(\d+)x$/.exec(s);
  if (times && Number(times[1]) > 0) return [1e9, Number(times[1])];
  const m = /^(\d+(?:\.\d+)?)(ns|us|µs|ms|s|m)$/.exec(s);
  if (!m) throw new UsageError(`invalid benchtime: ${s} (want a duration such as 1s, or a count such as 100x)`);
  const unit = { ns: 1, us: 1e3, µs: 1e3, ms: 1e6, s: 1e9, m: 60e9 }[m[2] as 'ns'];
  return [Math.round(Number(m[1]) * unit), 0];
}
