/**
 * gomem test: tests and benchmarks of a package, in go test's format. A main
 * package that calls the test functions is written around them; time is virtual,
 * bytes and allocations are the simulated runtime's.
 */
import { build, LabRun } from '../../lib/engine/report.ts';
import { errorsText } from '../../lib/go/errors_text.ts';
import { FileSet } from '../../lib/base/pos.ts';
import { readHeader } from '../../lib/go/header.ts';
import { parseFile, type Comment } from '../../lib/go/syntax/parser.ts';
import type { Knobs } from '../../lib/runtime/runtime.ts';
import type { SourceText } from '../../lib/go/program.ts';
import { UsageError, flag, helpText, isOn, parseArgs, type FlagSpec } from './args.ts';
import type { CommandIO } from './io.ts';
import { gctraceOf, knobFlags, parseKnobs } from './knobs.ts';
import { loadSources } from './sources.ts';
import { stdFacts } from './facts.ts';

const flags: Readonly<Record<string, FlagSpec>> = {
  ...knobFlags,
  bench: { value: 'RE', help: 'run benchmarks whose name matches' },
  benchmem: { bool: true, help: 'print memory allocations of benchmarks' },
  benchtime: { value: 'D', help: 'virtual time to run each benchmark for, such as 1s or 100x (default 100ms: virtual time is dearer than real time)' },
  run: { value: 'RE', help: 'run only tests whose name matches' },
  count: { value: 'N', help: 'run each test and benchmark N times' },
  short: { bool: true, help: 'make testing.Short report true' },
  v: { bool: true, help: 'list all tests as they run' },
  help: { bool: true, help: 'print this' }, h: { bool: true, help: 'print this' },
};

export async function testCommand(argv: readonly string[], io: CommandIO): Promise<number> {
  const p = parseArgs(argv, flags);
  if (isOn(p, 'help') || isOn(p, 'h')) {
    io.stdout(helpText('gomem test [flags] FILE_test.go… | DIR', 'Runs tests and examples, and benchmarks if -bench is given.', flags));
    return 0;
  }
  const knobs = parseKnobs(p, io.env);
  const { files, provide, pkgPath, lang, errors: early } = loadSources(io, p.args, { go: knobs.go, tests: true, real: (path) => stdFacts().store.api(path) !== undefined });
  if (early !== '') { io.stderr(early); io.stdout(`FAIL\t${pkgPath} [setup failed]\nFAIL\n`); return 1; }
  // Files of package x_test are a package of their own, which imports x.
  const inner: SourceText[] = [], outer: SourceText[] = [];
  for (const f of files) (isTest(f) && readHeader(bytesOf(f)).name.endsWith('_test') ? outer : inner).push(f);
  if (!files.some(isTest)) { io.stdout(`?   \t${pkgPath}\t[no test files]\n`); return 0; }
  const outerPath = `${pkgPath}_test`;
  const found = [...inner.filter(isTest).flatMap((f) => functions(f, 'p')), ...outer.flatMap((f) => functions(f, 'x'))];
  const run = flag(p, 'run'), bench = flag(p, 'bench'), first = pattern(run), benchFirst = pattern(bench === '.' ? '' : bench);
  const tests = found.filter((f) => f.kind === 'Test' && first(f.name)), examples = found.filter((f) => f.kind === 'Example' && first(f.name));
  const benches = bench === undefined ? [] : found.filter((f) => f.kind === 'Benchmark' && benchFirst(f.name));
  const main = found.find((f) => f.kind === 'Main');
  const [ns, times] = benchtime(flag(p, 'benchtime') ?? '100ms'), count = flag(p, 'count') ?? '1';
  if (!/^\d{1,9}$/.test(count)) throw new UsageError(`invalid count: ${count} (want how many times)`);
  const row = (f: TestFunc): string => `{"${f.name}", ${f.pkg}.${f.name}}`;
  const used = new Set([...tests, ...examples, ...benches, ...(main ? [main] : [])].map((f) => f.pkg));
  const imported = (pkg: 'p' | 'x', path: string, list: readonly SourceText[]): string => (list.length === 0 ? '' : `\n\t${used.has(pkg) ? pkg : '_'} "${path}"`);
  const driver = `package main

import (
	"testing"${imported('p', pkgPath, inner)}${imported('x', outerPath, outer)}
)

func main() {
	testing.Main([]testing.InternalTest{${tests.map(row).join(', ')}}, []testing.InternalExample{${examples.map((e) => `{"${e.name}", ${e.pkg}.${e.name}, ${JSON.stringify(e.output)}, ${e.unordered}}`).join(', ')}}, []testing.InternalBenchmark{${benches.map(row).join(', ')}}, ${main ? `${main.pkg}.TestMain` : 'nil'}, ${JSON.stringify(run ?? '')}, ${JSON.stringify(bench ?? '')}, ${isOn(p, 'benchmem')}, ${isOn(p, 'v')}, ${isOn(p, 'short')}, ${ns}, ${times}, ${Number(count) || 1})
}
`;
  const built = build([{ name: './_testmain.go', text: driver }], (path) => (path === pkgPath && inner.length > 0 ? inner : path === outerPath ? outer : provide(path)), { goVersion: knobs.go, lang });
  const owner = built.result.owners.get(built.fset.position(built.result.reported[0]?.range.start ?? 0).filename);
  const errors = errorsText(built.fset, built.result.reported, `${owner === outerPath ? outerPath : pkgPath} [${pkgPath}.test]`);
  if (errors !== '' || !built.program) {
    io.stderr(errors);
    io.stdout(`FAIL\t${pkgPath} [build failed]\nFAIL\n`);
    return 1;
  }
  // As with go test PACKAGE: both streams are one; what tests that pass print is shown with -v or -bench only.
  const quiet = !isOn(p, 'v') && bench === undefined, held: Uint8Array[] = [];
  const say = (b: Uint8Array): void => { if (quiet) held.push(b.slice()); else io.stdout(b.slice()); };
  const lab = new LabRun(built, knobs as Knobs, { stdout: say, stderr: say, args: [`${pkgPath.slice(pkgPath.lastIndexOf('/') + 1)}.test`], gctrace: gctraceOf(io.env) }, 'counts');
  while (!lab.advance(1000)) await new Promise((r) => setImmediate(r));
  const report = lab.report();
  if (report.exit !== 0) for (const b of held) io.stdout(b);
  const seconds = (report.ns / 1e9).toFixed(3), none = tests.length + examples.length === 0 && bench === undefined && report.exit === 0 ? ' [no tests to run]' : '';
  io.stdout(report.exit === 0 ? `ok  \t${pkgPath}\t${seconds}s${none}\n` : `${report.exit === 1 && bench === undefined ? '' : `exit status ${report.exit}\n`}FAIL\t${pkgPath}\t${seconds}s\nFAIL\n`);
  return report.exit === 0 ? 0 : 1;
}

const bytesOf = (f: SourceText): Uint8Array => (typeof f.text === 'string' ? new TextEncoder().encode(f.text) : f.text);
const isTest = (f: SourceText): boolean => f.name.endsWith('_test.go');

/** The first part of a -run or -bench pattern as a test of names. */
function pattern(re: string | undefined): (name: string) => boolean {
  if (re === undefined) return () => true;
  try {
    const x = new RegExp(re.split('/')[0]);
    return (name) => x.test(name);
  } catch { throw new UsageError(`invalid regexp: ${re}`); }
}

/** pkg: the name the driver imports its package by. output: of examples, what their comment promises. */
interface TestFunc { readonly kind: 'Test' | 'Benchmark' | 'Example' | 'Main'; readonly name: string; readonly pkg: 'p' | 'x'; readonly output: string; readonly unordered: boolean }

/** The test functions of a file, in order. Examples without an output comment are only compiled. */
function functions(t: SourceText, pkg: 'p' | 'x'): TestFunc[] {
  const out: TestFunc[] = [], fset = new FileSet();
  const { file, comments } = parseFile(fset, fset.add(t.name, t.text), { comments: true });
  for (const d of file?.declList ?? []) {
    if (d.kind !== 'FuncDecl' || d.recv) continue;
    const name = d.name.value, found = { name, pkg, output: '', unordered: false };
    if (name === 'TestMain') out.push({ ...found, kind: 'Main' });
    else if (/^Test($|[^a-z])/.test(name)) out.push({ ...found, kind: 'Test' });
    else if (/^Benchmark($|[^a-z])/.test(name)) out.push({ ...found, kind: 'Benchmark' });
    else if (/^Example($|[^a-z])/.test(name) && d.body) {
      const { pos, rbrace } = d.body, text = lastComment(fset, comments.filter((c) => c.pos > pos && c.end <= rbrace));
      const m = /^\s*(unordered )?output:/i.exec(text);
      if (m) out.push({ ...found, kind: 'Example', output: text.slice(m[0].length), unordered: m[1] !== undefined });
    }
  }
  return out;
}

/** The text of the last group of comments on neighbouring lines. */
function lastComment(fset: FileSet, list: readonly Comment[]): string {
  let from = list.length - 1;
  while (from > 0 && fset.position(list[from - 1].end).line >= fset.position(list[from].pos).line - 1) from--;
  return list.slice(Math.max(from, 0)).map((c) => (c.text.startsWith('//') ? c.text.slice(2).replace(/^ /, '') : c.text.slice(2, -2))).join('\n');
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
