/** gomem run: a program on the simulated heap; its streams and exit code are its own. */
import { build, LabRun, type Built, type RunReport } from '../../lib/engine/report.ts';
import { encodeHeapProfile } from '../../lib/exporters/pprof.ts';
import { errorsText } from '../../lib/go/errors_text.ts';
import type { Knobs } from '../../lib/runtime/runtime.ts';
import { stdFacts } from './facts.ts';
import { UsageError, flag, helpText, isOn, parseArgs, type FlagSpec } from './args.ts';
import { writeOut, type CommandIO } from './io.ts';
import { gctraceOf, knobFlags, parseKnobs } from './knobs.ts';
import { loadSources } from './sources.ts';

const flags: Readonly<Record<string, FlagSpec>> = {
  ...knobFlags,
  gctrace: { bool: true, help: 'print a line per collection to stderr (GODEBUG=gctrace=1)' },
  json: { value: 'FILE', help: 'write events, series, memstats and digest as JSON' },
  memprofile: { value: 'FILE', help: 'write a heap profile at exit, for go tool pprof (what pprof.WriteHeapProfile would write then)' },
  memprofilerate: { value: 'N', help: 'bytes allocated per sample of the heap profile, 1 for every allocation (runtime.MemProfileRate; default 524288)' },
  l: { bool: true, help: 'no inlining' },
  env: { value: 'K=V', many: true, help: 'set an environment variable of the program' },
  help: { bool: true, help: 'print this' }, h: { bool: true, help: 'print this' },
};

export async function runCommand(argv: readonly string[], io: CommandIO): Promise<number> {
  const p = parseArgs(argv, flags);
  if (isOn(p, 'help') || isOn(p, 'h')) {
    io.stdout(helpText('gomem run [flags] FILE.go… [-- args]', 'Compiles and runs a program on the simulated heap.', flags));
    return 0;
  }
  const knobs = parseKnobs(p, io.env), env = p.flags.get('env') ?? [], sampleRate = memProfileRate(flag(p, 'memprofilerate'));
  for (const e of env) if (!/^[^=]+=/.test(e)) throw new UsageError(`invalid env: ${e} (want K=V)`);
  const { files, provide, pkgPath, lang, errors: early } = loadSources(io, p.args, { go: knobs.go, real: (path) => stdFacts().store.api(path) !== undefined });
  if (early !== '') { io.stderr(early); return 1; }
  const built = build(files, provide, { goVersion: knobs.go, lang, noInline: isOn(p, 'l') });
  const errors = errorsText(built.fset, built.result.reported, pkgPath, built.result.owners);
  if (errors !== '' || !built.program) { io.stderr(errors); return 1; }
  const json = flag(p, 'json'), memprofile = flag(p, 'memprofile');
  const run = new LabRun(built, knobs as Knobs, {
    stdout: (b) => io.stdout(b.slice()), stderr: (b) => io.stderr(b.slice()),
    args: ['main', ...p.rest], env, stdin: io.stdin,
    gctrace: flag(p, 'gctrace') === undefined ? gctraceOf(io.env) : isOn(p, 'gctrace'),
  }, json ? 'full' : 'counts', undefined, memprofile ? sampleRate : undefined);
  while (!run.advance(1000)) await new Promise((r) => setImmediate(r));
  const report = run.report();
  if (json) writeOut(io, json, JSON.stringify(jsonReport(built, report, knobs), null, 1));
  if (memprofile) writeOut(io, memprofile, encodeHeapProfile({ ...run.heapProfile(), timeNanos: startTime + report.ns }));
  return report.exit;
}

/** Unix ns at which runs begin: 2009-11-10T23:00:00Z. */
const startTime = 1257894000 * 1e9;

/** -memprofilerate: mean bytes between sampled allocations, as runtime.MemProfileRate. */
export function memProfileRate(s: string | undefined): number {
  if (s === undefined) return 512 << 10;
  if (!/^\d+$/.test(s) || Number(s) > 2 ** 40) throw new UsageError(`invalid memprofilerate: ${s} (want bytes between samples; 1: every allocation)`);
  return Number(s);
}

/** What --json writes. */
export function jsonReport(built: Built, r: RunReport, knobs: object): object {
  const where = (pos: number): string => built.fset.format(pos);
  return {
    knobs, exit: r.exit, digest: r.digest, ns: r.ns, memstats: r.memstats, heap: r.heap, cycles: r.cycles, pauses: r.pauses,
    classes: r.classes, goroutines: r.goroutines, dropped: r.dropped,
    sites: r.siteTotals.map((s) => {
      const d = built.sites.get(s.site);
      return { ...s, at: d ? where(d.pos) : '', func: d?.func ?? '', what: d?.text ?? 'runtime', place: d?.place ?? 'heap', inuse: r.inuse.get(s.site) ?? { objects: 0, bytes: 0 } };
    }),
    events: { words: ['kind', 't', 'a', 'b', 'c', 'd'], records: Array.from(r.records) },
  };
}
