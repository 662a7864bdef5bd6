/**
 * One run of a linked program: memory, runtime, machine and scheduler put together,
 * and what comes out of it.
 *
 * run() is a generator of time slices so that its caller decides how to wait: Node
 * drains it in one go or between timer ticks, a Worker returns to its event loop every
 * few milliseconds, and the stop button is one flag looked at between slices.
 */
import { defaultGoVersion } from '../base/version.ts';
import { arenaBase } from '../abi/memory.ts';
import { machineBase, machineEnd, stackReserve, yieldPark } from '../abi/machine.ts';
import { nsNewproc, nsSwitch } from '../abi/cost.ts';
import { gcBackgroundUtilization } from '../pacer/pacer.ts';
import { GCCPULimiter } from '../pacer/limiter.ts';
import { goRunnable, goRunning, waitReason, type EventSink } from '../trace/events.ts';
import type { StackRoot } from '../runtime/mgc.ts';
import { Runtime, type Knobs } from '../runtime/runtime.ts';
import type { MemStats } from '../runtime/mstats.ts';
import type { Program } from '../compile/link.ts';
import { LinkError } from '../compile/link.ts';
import { G, Machine, fixedStack } from './machine.ts';
import { allocTicks, coreEntries, pointer, type Entries, type RtEnv } from './rt.ts';
import type { ErrorKind, Panic } from './panic.ts';
import { Chans } from './rt_chan.ts';
import { k as roundConstants, Sha256 } from './sha256.ts';
import { wasmBlocks } from './sha256_wasm.ts';
import { panicText, traceback, type GoSites } from './traceback.ts';
import type { FileSet } from '../base/pos.ts';

export const defaultKnobs: Knobs = { go: defaultGoVersion, gogc: 100, memlimit: Infinity, procs: 2, seed: 1 };

export interface RunHooks {
  stdout?(b: Uint8Array): void;
  stderr?(b: Uint8Array): void;
  sink?: EventSink | null;
  readonly fset?: FileSet;
  /** Where goroutines were started, by site, for tracebacks. */
  readonly sites?: GoSites;
  readonly args?: readonly string[];
  readonly env?: readonly string[];
  /** Standard input: the bytes, or what gives up to n of the next ones (none at the end). */
  readonly stdin?: Uint8Array | ((n: number) => Uint8Array);
  /** Prints a line per collection, as GODEBUG=gctrace=1. */
  readonly gctrace?: boolean;
}

export interface RunResult {
  readonly stdout: Uint8Array;
  readonly stderr: Uint8Array;
  readonly exit: number;
  /** SHA-256 of stdout, exit code and the canonical event stream. */
  readonly digest: string;
  readonly memstats: MemStats;
  /** Virtual ns from start to end. */
  readonly ns: number;
  readonly stopped: boolean;
}

const errorTypes: Record<ErrorKind, string> = { error: 'runtime.errorString', plain: 'runtime.plainError', bounds: 'runtime.boundsError', assertion: '*runtime.TypeAssertionError', unhashable: 'internal/runtime/maps.unhashableTypeError' };

/** Ends the run from inside an import: os.Exit, fatal errors. */
export class ExitError extends Error { constructor(readonly code: number) { super(`exit ${code}`); } }

/** Virtual time a goroutine may run before others get their turn (Go's forcePreemptNS). */
const sliceNs = 10_000_000;
/** Data and bss of Go's own runtime that a cycle scans besides the program's (a small Go 1.26 program: 153 KB with its stacks). */
const runtimeGlobals = 144 << 10;
/** Bytes of marking an assist does at least (gcOverAssistWork). */
const minAssistWork = 64 << 10, maxAssistCredit = 256 << 10;

/**
 * Pages of memory at the start: what stands below the arena and 32 MB of it. Memory that is not touched costs
 * nothing, whereas growing makes the host count the old and the new memory both, and collect its own garbage for it.
 */
const initialPages = (arenaBase + (32 << 20)) / 65536 + 1;

export class Run {
  readonly machine: Machine;
  readonly rt: Runtime;
  readonly #out: Uint8Array[] = [];
  readonly #err: Uint8Array[] = [];
  readonly #hash = new Sha256(wasmBlocks(roundConstants));
  readonly #queue: G[] = [];
  /** The goroutine made ready last runs next (p.runnext). */
  #runnext: G | undefined = undefined;
  /** The slice while the collector works beside the goroutines: the shorter, the finer the two are interleaved. */
  gcSliceNs = 20_000;
  /** The goroutine that goes on where the collector interrupted it. */
  #resume: G | undefined = undefined;
  /** Sleeping goroutines and functions to start (time.AfterFunc), by time, earliest first. */
  readonly #timers: { at: number; seq: number; g: G | undefined; fn: number }[] = [];
  #timerSeq = 0;
  readonly chans: Chans;
  /** runtime.GC was called: a whole collection is due; freeMemory: and free pages go back to the system. */
  forceGC = false;
  freeMemory = false;
  gomaxprocs = 0;
  get numGC(): number { return this.rt.mgc.numGC; }
  readonly gs = new Map<number, G>();
  #nextG = 1;
  #exit = -1;
  stopRequested = false;
  readonly #entries: number[];

  constructor(readonly program: Program, readonly knobs: Knobs = defaultKnobs, readonly hooks: RunHooks = {}, readonly natives: (env: RtEnv, run: Run) => { rt?: Entries; native?: Entries } = () => ({}), module?: WebAssembly.Module) {
    const memory = new WebAssembly.Memory({ initial: initialPages, maximum: 65535 });
    let rt!: Runtime, chans!: Chans;
    const machine = new Machine(program, memory, (m) => {
      rt = new Runtime(m.mem, knobs, {
        panicError: (t) => m.panics.runtimeError(t),
        panicPlain: (t) => m.panics.raise('plain', t),
        panicUnhashable: (t) => m.panics.raise('unhashable', t),
        panicTypeAssertion: () => m.panics.runtimeError('interface conversion'),
        throw: (t) => this.fatal(t),
        trace: (l) => { if (hooks.gctrace) this.stderr(new TextEncoder().encode(`${l}\n`)); },
        roots: {
          globalBytes: () => 8 * program.roots.length + runtimeGlobals,
          forEachGlobalPointer: (v) => { for (const a of program.roots) v(a); },
          stacks: () => this.#stacks(),
          forEachExtraPointer: (v) => this.#extra(v),
        },
      }, hooks.sink ?? null);
      const env: RtEnv = { m, rt, stderr: (b) => this.stderr(b) };
      chans = new Chans(env, (g) => this.ready(g));
      const more = natives(env, this);
      const all: Entries = { ...coreEntries(env), ...chans.entries(), newproc: ((fn: number, site: number) => { if (fn === 0) m.panics.fatal('go of nil func value'); else this.newproc(fn >>> 0, site); }) as never,
        deferprocat: ((fn: number, _t: number, token: number) => m.panics.deferprocAt(token, fn >>> 0)) as never, ...more.rt };
      return { rt: supply('rt', program, all), native: supply('native', program, more.native ?? {}) };
    }, {
      stackAlloc: (n) => rt.stack.alloc(n),
      stackFree: (lo, n) => rt.stack.free(lo, n),
      stackMoved: (g, lo, hi, delta) => chans.stackMoved(g, lo, hi, delta),
      stackGrow: (g, from, to) => hooks.sink?.stackGrow(machine.now(), g.id, from, to),
    }, module);
    machine.mem.u8.fill(0, machineBase, machineEnd);
    this.machine = machine;
    this.#limiter = new GCCPULimiter(0, knobs.procs);
    rt.assistHook = (size) => this.#assist(size);
    rt.cpuLimiter = this.#limiter;
    machine.panics.shade = (p) => this.shade(p);
    this.chans = chans;
    this.rt = rt;
    this.gomaxprocs = knobs.procs;
    rt.readClock = () => this.machine.now();
    machine.onStop = () => rt.malloc.sync();
    rt.malloc.share(allocTicks);
    rt.stopClock = (ns) => { if (this.machine.current) this.machine.clock += ns; };
    machine.panics.barrier = (slot, p) => rt.mgc.barrier(slot, p);
    machine.panics.makeError = (kind, text) => this.#errorValue(kind, text);
    machine.panics.nilError = () => program.symbols.get('type:*runtime.PanicNilError') ?? 0;
    this.#entries = [...program.entries];
    this.#main = machine.newG(this.#nextG++, this.#entries.shift()!, 0);
    this.gs.set(1, this.#main);
    this.#queue.push(this.#main);
  }
  readonly #main: G;

  /** A value of one of package runtime's error types. */
  #errorValue(kind: ErrorKind, text: string): { typ: number; data: number } | undefined {
    const typ = this.program.symbols.get(`type:${errorTypes[kind]}`);
    if (typ === undefined) return undefined;
    const { mem } = this.machine, b = new TextEncoder().encode(text);
    const p = this.rt.mallocgc(b.length, 0, false, 0);
    mem.u8.set(b, p);
    const data = this.rt.mallocgc(16, this.program.symbols.get('type:string') ?? 0, true, 0);
    mem.setPtr(data, p);
    mem.setInt(data + 8, b.length);
    return { typ, data };
  }
  /** The text of a panic value with an Error or String method: runs the method on g. */
  #panicString(g: G, p: Panic): string | undefined {
    const fn = this.program.symbols.get('fv:runtime.printpanicval');
    const arg = this.program.symbols.get('runtime.panicArg'), out = this.program.symbols.get('runtime.panicText'), has = this.program.symbols.get('runtime.panicHas');
    if (fn === undefined || arg === undefined || out === undefined || has === undefined) return undefined;
    const { mem } = this.machine;
    mem.setPtr(arg, p.typ);
    mem.setPtr(arg + 8, p.data);
    const h = this.machine.newG(g.id, fn, 0);
    for (let i = 0; i < 1000; i++) {
      const stop = this.machine.run(h, sliceNs);
      if (stop === 'done') break;
      if (stop === 'panic' || stop === 'overflow' || stop === 'park') return undefined;
    }
    if (mem.u8[has] === 0) return undefined;
    const a = mem.ptr(out), n = mem.u32[(out + 8) >>> 2];
    return new TextDecoder().decode(mem.u8.slice(a, a + n));
  }

  *#stacks(): Iterable<StackRoot> {
    for (const g of this.gs.values()) {
      yield {
        stackBytes: () => g.hi - g.sp,
        forEachPointer: (visit) => this.machine.walker.forEachSlot(g, visit),
        shrink: () => this.#shrink(g),
      };
    }
  }
  /** Halves a stack that uses less than a quarter (shrinkstack). */
  #shrink(g: G): void {
    const size = g.hi - g.lo;
    if (g.done || size <= fixedStack || g.hi - g.sp + stackReserve >= size / 4) return;
    this.machine.moveStack(g, size / 2);
  }
  #extra(visit: (p: number) => void): void {
    for (const g of this.gs.values()) {
      if (g.fn !== 0) visit(g.fn);
      for (const d of g.defers) visit(d.fn);
      for (const p of g.panics) visit(p.data);
    }
    visit(this.machine.panics.running);
    for (const t of this.#timers) if (t.fn !== 0) visit(t.fn);
    this.chans.forEachPointer(visit);
  }

  /** Bytes of the canonical event stream. */
  digestBytes(b: Uint8Array): void { this.#hash.update(b); }
  /** Where standard output goes while package testing compares what an example prints. */
  capture: Uint8Array[] | null = null;
  stdout(b: Uint8Array): void {
    if (this.capture) { this.capture.push(b.slice()); return; }
    this.#hash.update(b);
    if (this.hooks.stdout) this.hooks.stdout(b); else this.#out.push(b.slice());
  }
  stderr(b: Uint8Array): void { if (this.hooks.stderr) this.hooks.stderr(b); else this.#err.push(b.slice()); }
  #say(s: string): void { this.stderr(new TextEncoder().encode(s)); }

  newproc(fn: number, site: number): void {
    const g = this.machine.newG(this.#nextG++, fn, site);
    g.parent = this.machine.current?.id ?? 0;
    this.shade(fn);
    this.gs.set(g.id, g);
    this.machine.spend(nsNewproc);
    this.hooks.sink?.goCreate(this.machine.now(), g.id, this.machine.current?.id ?? 0, site);
    this.ready(g);
  }
  /** Makes a goroutine runnable: it is next, and whoever was next goes to the end of the queue. */
  ready(g: G): void {
    g.waiting = '';
    this.#state(g, goRunnable);
    if (this.#runnext) this.#queue.push(this.#runnext);
    this.#runnext = g;
  }
  #state(g: G, state: number): void {
    if (g.state === state) return;
    g.state = state;
    this.rt.sink?.goState(this.machine.now(), g.id, state);
  }
  /** Parks the running goroutine for ns. */
  sleep(ns: number): void {
    const g = this.machine.current!;
    if (ns <= 0) return;
    g.waiting = 'sleep';
    this.#addTimer(ns, g, 0);
    this.machine.yield(yieldPark);
  }
  #addTimer(ns: number, g: G | undefined, fn: number): number {
    this.shade(fn);
    const t = { at: this.machine.now() + ns, seq: ++this.#timerSeq, g, fn };
    let i = this.#timers.length;
    while (i > 0 && this.#timers[i - 1].at > t.at) i--;
    this.#timers.splice(i, 0, t);
    return t.seq;
  }
  /** Runs the closure fn in a goroutine of its own after ns; a number for stopTimer. */
  startTimer(fn: number, ns: number): number { return this.#addTimer(Math.max(ns, 0), undefined, fn); }
  /** Takes a timer back; false when it has fired. */
  stopTimer(seq: number): boolean {
    const i = this.#timers.findIndex((t) => t.seq === seq);
    if (i >= 0) this.#timers.splice(i, 1);
    return i >= 0;
  }
  #next(): G | undefined {
    const due = this.#timers;
    // Finalizers and cleanups found by the sweeper run in goroutines of their own. SIMPLIFIED: real Go has one for all finalizers.
    for (const f of this.rt.finq.splice(0)) this.newproc(f.fn, 0);
    while (due.length > 0 && due[0].at <= this.machine.clock) {
      const t = due.shift()!;
      if (t.g) { t.g.waiting = ''; this.#state(t.g, goRunnable); this.#queue.push(t.g); } else this.newproc(t.fn, 0);
    }
    const back = this.#resume;
    if (back) { this.#resume = undefined; return back; }
    const g = this.#runnext ?? this.#queue.shift();
    if (g && g === this.#runnext) this.#runnext = undefined;
    if (g || due.length === 0) return g;
    // Everybody sleeps: the collector ends what it has begun, then time jumps.
    this.#finishMark();
    if (due[0].at <= this.machine.clock) return this.#next();
    this.machine.clock = due[0].at;
    return this.#next();
  }

  #traceback(g: G, trace: readonly number[] = []): string { return traceback(this.machine, g, trace, this.hooks.fset, this.hooks.sites); }
  /** How many programs this one runs inside of. */
  depth = 0;
  /** The same program on a machine of its own (os/exec). */
  spawn(knobs: Knobs, hooks: RunHooks): Run {
    const child = new Run(this.program, knobs, { ...hooks, fset: this.hooks.fset }, this.natives);
    child.depth = this.depth + 1;
    return child;
  }

  exit(code: number): never { throw new ExitError(code); }
  fatal(text: string): never {
    this.#say(`fatal error: ${text}\n`);
    const g = this.machine.current;
    if (g) this.#say(`\n${this.#traceback(g)}`);
    throw new ExitError(2);
  }

  /** Runs slices of virtual time until the program ends; yields between them. */
  *steps(): Generator<void> {
    try {
      while (this.#exit < 0 && !this.stopRequested) {
        const g = this.#next();
        if (!g) { this.#deadlock(); break; }
        this.#step(g);
        yield;
      }
    } catch (e) {
      if (!(e instanceof ExitError)) throw e;
      this.rt.malloc.sync();
      this.#exit = e.code;
    }
  }
  #step(g: G): void {
    const { machine: m, rt } = this, before = m.clock;
    this.#state(g, goRunning);
    const stop = m.run(g, rt.gcphase !== 0 || !rt.sweeper.done ? this.gcSliceNs : sliceNs);
    if (m.gcWanted) { m.gcWanted = false; this.#collect(); }
    else if (rt.gcphase !== 0) this.#markBeside(m.clock - before);
    else if (!rt.sweeper.done) this.#sweepBeside(m.clock - before);
    switch (stop) {
      case 'done':
        if (g === this.#main && this.#entries.length > 0) { g.fn = this.#entries.shift()!; this.#queue.unshift(g); return; }
        if (g === this.#main) { this.#exit = 0; return; }
        this.#end(g);
        return;
      case 'gc': this.#collect(); this.#resume = g; return;
      case 'slice': case 'sched':
        // A slice cut short for the collector's sake is no reason to switch.
        g.ran += m.clock - before;
        if (stop === 'slice' && g.ran < sliceNs) { this.#resume = g; return; }
        m.clock += nsSwitch;
        g.ran = 0;
        this.#state(g, goRunnable);
        this.#queue.push(g);
        return;
      case 'park': m.clock += nsSwitch; g.ran = 0; if (g.waiting !== '') this.#state(g, waitReason(g.waiting)); return;
      case 'overflow': {
        const hex = (p: number): string => `0x${pointer(p).toString(16)}`;
        this.#say(`runtime: goroutine stack exceeds 1000000000-byte limit\nruntime: sp=${hex(g.sp)} stack=[${hex(g.lo)}, ${hex(g.hi)}]\nfatal error: stack overflow\n\n${this.#traceback(g)}`);
        this.#exit = 2;
        return;
      }
      case 'panic': {
        const p = g.panics[g.panics.length - 1];
        if (p.goexit) {
          g.panics.length = 0;
          if (g === this.#main) { this.#mainGone = true; this.gs.delete(g.id); return; }
          this.#end(g);
          return;
        }
        if (p.fatal) {
          this.#say(`fatal error: ${p.text}\n\n${this.#traceback(g, p.trace)}`);
          this.#exit = 2;
          return;
        }
        this.machine.panicString = (q) => this.#panicString(g, q);
        this.#say(panicText(this.machine, g) + this.#traceback(g, p.trace));
        this.#exit = 2;
      }
    }
  }
  /** At a safepoint: begins the collection that is due, or makes the whole one that was asked for. */
  #collect(): void {
    const { mgc } = this.rt;
    if (this.forceGC) {
      this.forceGC = false;
      // SIMPLIFIED: runtime.GC stops the others until it is done; in real Go only its caller waits.
      this.#finishMark();
      this.rt.collect();
      if (this.freeMemory) { this.freeMemory = false; this.rt.freeOSMemory(); }
      return;
    }
    if (mgc.due()) mgc.start('heap');
  }
  /**
   * The mark workers' share of the time a goroutine ran. It runs on one P; on the others dedicated workers mark all the
   * time, and idle ones, since nothing else runs there. On its own P a fractional worker takes its share after it, which
   * is time the goroutine waits.
   * SIMPLIFIED: goroutines run one at a time, so Ps beyond the first are always idle.
   */
  #markBeside(ns: number): void {
    const { mgc, gc } = this.rt, others = this.knobs.procs - 1;
    const dedicated = Math.min(gc.dedicatedMarkWorkersNeeded, others), idle = Math.min(gc.maxIdleMarkWorkers, others - dedicated);
    if (dedicated > 0 && mgc.markWork) mgc.mark(ns * dedicated, 'dedicated');
    if (idle > 0 && mgc.markWork) mgc.mark(ns * idle, 'idle');
    // With a single P a dedicated worker cannot be: it would be the fractional one's share.
    const share = gc.fractionalUtilizationGoal > 0 ? gc.fractionalUtilizationGoal : others === 0 ? gcBackgroundUtilization : 0;
    if (share > 0 && mgc.markWork) this.machine.clock += mgc.mark((ns * share) / (1 - share), 'fractional');
    this.#limiter.update(this.machine.clock, gc.assistTime + gc.dedicatedMarkTime + gc.fractionalMarkTime - this.#limiterSeen);
    this.#limiterSeen = gc.assistTime + gc.dedicatedMarkTime + gc.fractionalMarkTime;
    if (!mgc.markWork) this.#endMark();
  }
  #endMark(): void {
    this.rt.mgc.terminate();
    this.#limiterSeen = 0;
  }
  /** Marks to the end with all Ps, nothing else running. */
  #finishMark(): void {
    const { mgc } = this.rt;
    if (this.rt.gcphase === 0) return;
    while (mgc.markWork) this.machine.clock += mgc.mark(this.gcSliceNs * this.knobs.procs, 'idle') / this.knobs.procs;
    this.#endMark();
  }
  /** Background sweeping: on another P while one is idle, else in the goroutine's time. */
  #sweepBeside(ns: number): void {
    const used = this.rt.mgc.sweep(this.knobs.procs > 1 ? ns : this.gcSliceNs);
    if (this.knobs.procs === 1) this.machine.clock += used;
  }
  readonly #limiter: GCCPULimiter;
  #limiterSeen = 0;
  /** A goroutine that allocates while the heap is marked pays in marking: first with what the workers have done ahead, then itself (gcAssistAlloc). */
  #assist(size: number): void {
    const g = this.machine.current, { gc, mgc } = this.rt;
    if (!g) return;
    g.assistBytes -= size;
    if (g.assistBytes >= 0 || this.#limiter.limiting) return;
    const debt = -g.assistBytes;
    let work = Math.max(gc.assistWorkPerByte * debt, minAssistWork);
    // SIMPLIFIED: credit is bounded. Between the roots and the first objects the ratio is near nothing for a moment, which
    // here is a whole slice, and what is bought then would last for the whole cycle.
    const paid = Math.min(work / gc.assistWorkPerByte, Math.max(debt, maxAssistCredit));
    const stolen = Math.min(gc.bgScanCredit, work);
    gc.bgScanCredit -= stolen;
    work -= stolen;
    if (work > 0) {
      const ns = mgc.assist(work);
      this.machine.spend(ns);
      if (ns > 0) this.hooks.sink?.assist(this.machine.now(), g.id, ns, work);
    }
    g.assistBytes += paid;
  }
  /** A pointer is kept where the collector does not look again in this cycle: what it points at is marked. */
  shade(p: number): void { if (this.rt.gcphase !== 0) this.rt.marker.grey(p); }
  #mainGone = false;
  #end(g: G): void {
    this.gs.delete(g.id);
    this.hooks.sink?.goEnd(this.machine.now(), g.id);
    this.machine.freeG(g);
  }
  #deadlock(): void {
    this.#say(this.#mainGone ? 'fatal error: no goroutines (main called runtime.Goexit) - deadlock!\n' : 'fatal error: all goroutines are asleep - deadlock!\n');
    for (const g of this.gs.values()) this.#say(`\n${this.#traceback(g)}`);
    this.#exit = 2;
  }

  /** What came out; end is called before the digest is closed. */
  result(end?: () => void): RunResult {
    const exit = this.#exit < 0 ? 2 : this.#exit;
    end?.();
    this.#hash.update(new TextEncoder().encode(`\nexit ${exit}\n`));
    return {
      stdout: concat(this.#out), stderr: concat(this.#err), exit, digest: this.#hash.hex(), memstats: this.rt.readMemStats(), ns: this.machine.clock,
      stopped: this.stopRequested,
    };
  }
}

/** The functions a program imports from a module; missing ones are link errors. */
function supply(module: string, program: Program, have: Entries): WebAssembly.ModuleImports {
  const out: WebAssembly.ModuleImports = {};
  const missing: string[] = [];
  for (const i of program.imports) {
    if (i.module !== module) continue;
    if (have[i.name]) out[i.name] = have[i.name];
    else missing.push(`${module}:${i.name}`);
  }
  if (missing.length > 0) throw new LinkError(missing);
  return out;
}

function concat(parts: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(parts.reduce((n, p) => n + p.length, 0));
  let at = 0;
  for (const p of parts) { out.set(p, at); at += p.length; }
  return out;
}

/** Runs a program to its end. */
export function runProgram(program: Program, knobs: Knobs = defaultKnobs, hooks: RunHooks = {}, natives?: ConstructorParameters<typeof Run>[3]): RunResult {
  const run = new Run(program, knobs, hooks, natives);
  for (const _ of run.steps()) void _;
  return run.result();
}
