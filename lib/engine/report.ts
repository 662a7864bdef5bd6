/**
 * Source text in, everything a page or a command shows out: the front end, the
 * compiler and a run behind one call, with plain rows instead of live structures.
 */
import { InternalError, internalDiagnostic, type Diagnostic } from '../base/diagnostic.ts';
import { FileSet } from '../base/pos.ts';
import type { GoVersion } from '../base/version.ts';
import { cannotStart } from '../go/errors_text.ts';
import { buildProgram, type Base, type PackageProvider, type ProgramOptions, type ProgramResult, type SourceText } from '../go/program.ts';
import type { Site } from '../go/ir/nodes.ts';
import { EventLog, type ClassTotal, type GoLife, type HeapPoint, type Pause, type SiteTotal } from '../trace/log.ts';
import type { EventLevel, GCCycle } from '../trace/events.ts';
import { Inspector, type SpanRow } from '../runtime/inspect.ts';
import type { Knobs } from '../runtime/runtime.ts';
import type { Program } from '../compile/link.ts';
import { withdrawArchive } from './archive.ts';
import { compileProgram, newBase } from './build.ts';
import { allEntries } from './entries.ts';
import { MemProfiler } from './memprofile.ts';
import { Run, type RunHooks, type RunResult } from './run.ts';
import type { GoSites } from './traceback.ts';

export interface Built {
  readonly fset: FileSet;
  readonly result: ProgramResult;
  readonly diagnostics: readonly Diagnostic[];
  /** Absent when there are errors. */
  readonly program: Program | undefined;
  /** Sites of all packages, by number. */
  readonly sites: ReadonlyMap<number, Site>;
  /** Where goroutines start: the statement and the function around it, with its package. */
  readonly goSites: GoSites;
}

export interface BuildOptions { readonly goVersion: GoVersion; readonly lang?: ProgramOptions['lang']; readonly level?: 1 | 2; readonly noInline?: boolean; readonly analysed?: ProgramOptions['analysed'] }

const bases = new Map<GoVersion, Base>();

/** The std packages kept for a Go version. */
export function baseFor(goVersion: GoVersion): Base {
  let b = bases.get(goVersion);
  if (!b) bases.set(goVersion, b = newBase(goVersion));
  return b;
}

/** Compiles a program. A fault of the compiler is a diagnostic too. */
export function build(files: readonly SourceText[], provide: PackageProvider, opts: BuildOptions): Built {
  let result: ProgramResult | undefined;
  try {
    result = buildProgram(files, provide, { ...opts, base: baseFor(opts.goVersion) });
    return finish(result, opts.goVersion);
  } catch (x) {
    // What the shared packages hold may be half made.
    bases.delete(opts.goVersion);
    // A damaged archive must not keep anything from being built.
    if (withdrawArchive(opts.goVersion)) return build(files, provide, opts);
    const fset = result?.fset ?? new FileSet();
    const start = result?.main?.files[0]?.pos ?? (files[0] ? fset.add(files[0].name, files[0].text).base : 0);
    const diagnostics = [internalDiagnostic(result ? x : bare(x), start)];
    const empty: ProgramResult = result ?? { fset, packages: [], main: undefined, diagnostics, reported: diagnostics, owners: new Map() };
    return { fset, result: { ...empty, diagnostics, reported: diagnostics }, diagnostics, program: undefined, sites: new Map(), goSites: new Map() };
  }
}
/** An error whose position belongs to a file set that is lost. */
function bare(x: unknown): unknown { return x instanceof InternalError ? x.cause : x; }

function finish(result: ProgramResult, goVersion: GoVersion): Built {
  const sites = new Map<number, Site>();
  const goSites = new Map<number, { pos: number; func: string }>();
  for (const p of result.packages) {
    for (const s of p.walked?.sites ?? []) {
      sites.set(s.id, s);
      if (s.kind === 'go') goSites.set(s.id, { pos: s.pos, func: `${p.path}.${s.func}` });
    }
  }
  const bad = result.diagnostics.some((d) => d.severity === 'error');
  const late: Site[] = [];
  const no = bad ? undefined : cannotStart(result);
  if (no) return { fset: result.fset, result: { ...result, diagnostics: [...result.diagnostics, no], reported: [no] }, diagnostics: [...result.diagnostics, no], program: undefined, sites, goSites };
  const program = bad ? undefined : compileProgram(result, goVersion, late);
  for (const s of late) sites.set(s.id, s);
  return { fset: result.fset, result, diagnostics: result.diagnostics, program, sites, goSites };
}

export interface RunReport extends RunResult {
  readonly heap: readonly HeapPoint[];
  readonly cycles: readonly GCCycle[];
  readonly pauses: readonly Pause[];
  readonly siteTotals: readonly SiteTotal[];
  readonly classes: readonly ClassTotal[];
  readonly goroutines: readonly GoLife[];
  /** Goroutines beyond those listed. */
  readonly goroutinesDropped: number;
  readonly spans: readonly SpanRow[];
  /** One byte per page of the heap, in the kinds of lib/runtime/inspect.ts. */
  readonly pages: Uint8Array;
  /** Live objects and bytes by site at the end. */
  readonly inuse: ReadonlyMap<number, { objects: number; bytes: number }>;
  readonly records: Float64Array;
  readonly dropped: number;
}

/** A log that also shows allocations to the heap profile. */
class ProfiledLog extends EventLog {
  // A sampled allocation makes the goroutine yield at once.
  override share(): boolean { return false; }
  profiler: MemProfiler | undefined;
  override alloc(now: number, addr: number, size: number, asked: number, spanclass: number, site: number, tiny: boolean): void {
    super.alloc(now, addr, size, asked, spanclass, site, tiny);
    // Objects that fit into a tiny block have size 0.
    if (size > 0) this.profiler?.alloc(addr, size);
  }
}

/** Allocations with one stack and one size; lib/exporters/pprof.ts writes them to a file. */
export interface HeapSample {
  readonly stack: readonly { readonly address: number; readonly frames: readonly { readonly func: string; readonly file: string; readonly line: number }[] }[];
  readonly size: number;
  readonly allocObjects: number; readonly allocBytes: number; readonly inuseObjects: number; readonly inuseBytes: number;
}

/** A run that can be advanced slice by slice and asked for its report at the end. */
export class LabRun {
  readonly log: EventLog;
  readonly run: Run;
  readonly #profiler: MemProfiler | undefined;
  /** memProfileRate: a heap profile is taken, at this rate unless the program sets runtime.MemProfileRate. */
  constructor(readonly built: Built, knobs: Knobs, hooks: RunHooks, level: EventLevel, module?: WebAssembly.Module, memProfileRate?: number) {
    // The log exists before the run whose hash it feeds.
    let run: Run | undefined;
    const hash = { update: (b: Uint8Array) => run?.digestBytes(b) };
    const profiled = memProfileRate === undefined ? undefined : new ProfiledLog(level, hash);
    this.log = profiled ?? new EventLog(level, hash);
    this.run = run = new Run(built.program!, knobs, { ...hooks, fset: built.fset, sites: built.goSites, sink: this.log }, allEntries, module);
    if (profiled) {
      const { machine, rt } = run, at = built.program!.symbols.get('runtime.MemProfileRate');
      if (at !== undefined) machine.mem.setInt(at, memProfileRate!);
      this.#profiler = profiled.profiler = new MemProfiler(machine, knobs.seed, () => (at === undefined ? memProfileRate! : machine.mem.int(at)), (p, b) => rt.profileObject(p, b));
      machine.onProfile = (g) => this.#profiler!.record(g);
      rt.profileFree = (b) => this.#profiler!.freed(b);
    }
  }
  /** The heap profile so far; empty unless one was asked for. */
  heapProfile(): { samples: HeapSample[]; rate: number } {
    const samples = (this.#profiler?.buckets(this.built.fset) ?? []).map(({ stack, bucket: b }) => {
      const live = b.allocs - b.frees;
      return {
        stack: stack.map((x) => ({ address: 0x40_0000 + 16 * x.pc, frames: x.frames })),
        size: b.size, allocObjects: b.allocs, allocBytes: b.allocs * b.size, inuseObjects: live, inuseBytes: live * b.size,
      };
    });
    return { samples, rate: Math.max(0, this.#profiler?.rate() ?? 0) };
  }
  /** Advances until the program ends or wall milliseconds have passed; true when it ended. */
  advance(wallMs: number): boolean {
    const until = performance.now() + wallMs;
    this.#steps ??= this.run.steps();
    for (let n = 0; ; n++) {
      if (this.#steps.next().done) return true;
      if ((n & 7) === 7 && performance.now() >= until) return false;
    }
  }
  #steps: Generator<void> | undefined;
  stop(): void { this.run.stopRequested = true; }

  report(): RunReport {
    // The statistics first: reading them stops the world, which is an event of its own only when the program asks for it.
    this.run.rt.sink = null;
    const result = this.run.result(() => this.log.end(this.run.machine.clock));
    const inspector = new Inspector(this.run.rt), spans = inspector.spans();
    const inuse = new Map<number, { objects: number; bytes: number }>();
    for (const s of spans) {
      if (s.use !== 'heap') continue;
      for (let i = 0; i < s.nelems; i++) {
        if (s.allocBits[i] === 0) continue;
        const site = s.sites[i] ?? 0;
        const row = inuse.get(site);
        if (row) { row.objects++; row.bytes += s.elemsize; } else inuse.set(site, { objects: 1, bytes: s.elemsize });
      }
    }
    return {
      ...result, heap: this.log.heap, cycles: this.log.cycles, pauses: this.log.pauses, siteTotals: this.log.sites(), classes: this.log.classes(),
      goroutines: this.log.goroutines, goroutinesDropped: this.log.goroutinesDropped, spans, pages: inspector.pageMap().pages, inuse, records: this.log.records, dropped: this.log.dropped,
    };
  }
}

/** Runs a built program to its end, in one go. */
export function runToEnd(built: Built, knobs: Knobs, hooks: RunHooks = {}, level: EventLevel = 'sampled'): RunReport {
  const r = new LabRun(built, knobs, hooks, level);
  while (!r.advance(1e9)) continue;
  return r.report();
}
