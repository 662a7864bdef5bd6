/** The pacer's acceptance scenarios: an invented program allocates and a collector marks, in steps of 500 µs. */
import { gcBackgroundUtilization, GCController, noLimit } from '../../lib/pacer/pacer.ts';

type Stream = () => number;
const constant = (c: number): Stream => () => c;
const sum = (...fs: Stream[]): Stream => () => fs.reduce((s, f) => s + f(), 0);
const ramp = (height: number, length: number): Stream => { let c = 0; return () => { const h = (height * c) / length; if (c < length) c++; return h; }; };
const unit = (amp: number): Stream => { let done = false; return () => { if (done) return 0; done = true; return amp; }; };
const delay = (f: Stream, n: number): Stream => { let z = 0; return () => (z++ < n ? 0 : f()); };
const oscillate = (amp: number, period: number): Stream => { let c = 0; return () => { const p = (c / period) * 2 * Math.PI; c = (c + 1) % period; return Math.sin(p) * amp; }; };

export interface Scenario { name: string; gcPercent: number; memoryLimit: number; globals: number; length: number; alloc: Stream; scan: Stream; growth: Stream; frac: Stream; stack: Stream }

/** random(amp, seed): recorded values of Go's math/rand, centred and scaled. */
export function scenarios(random: (amp: number, seed: number) => Stream): Scenario[] {
  const s = (name: string, over: Partial<Scenario> = {}): Scenario => ({
    name, gcPercent: 100, memoryLimit: noLimit, globals: 32 << 10, length: 50, alloc: constant(33), scan: constant(1024),
    growth: sum(constant(2), ramp(-1, 12)), frac: constant(1), stack: constant(8192), ...over,
  });
  const slow = { alloc: constant(1), scan: constant(2048), frac: constant(0.01) };
  const limit = 512 * 2 ** 20;
  return [
    s('Steady'),
    s('SteadyBigStacks', { alloc: constant(132), stack: sum(constant(2048), ramp(128 << 20, 8)) }),
    s('SteadyBigGlobals', { alloc: constant(132), globals: 128 << 20 }),
    s('StepAlloc', { alloc: sum(constant(33), delay(ramp(66, 1), 50)), length: 100 }),
    s('HeavyStepAlloc', { alloc: sum(constant(33), delay(ramp(330, 1), 50)), length: 100 }),
    s('StepScannableFrac', { alloc: constant(128), frac: sum(constant(0.2), delay(unit(0.5), 50)), length: 100 }),
    s('HighGOGC', { gcPercent: 1500, alloc: sum(random(7, 0x53), constant(165)), growth: sum(constant(2), ramp(-1, 12), random(0.01, 1), delay(unit(14), 25)) }),
    s('OscAlloc', { alloc: sum(oscillate(13, 8), constant(67)) }),
    s('JitterAlloc', { alloc: sum(random(13, 0xf), constant(132)), growth: sum(constant(2), ramp(-1, 12), random(0.01, 0xe)) }),
    s('HeavyJitterAlloc', { alloc: sum(random(33, 0), constant(330)), growth: sum(constant(2), ramp(-1, 12), random(0.01, 0x152)) }),
    s('SmallHeapSlowAlloc', { ...slow, growth: sum(constant(2), ramp(-1, 3)) }),
    s('MediumHeapSlowAlloc', { ...slow, growth: sum(constant(2), ramp(-1, 8)) }),
    s('LargeHeapSlowAlloc', { ...slow, growth: sum(constant(4), ramp(-3, 12)) }),
    ...[100, -1].flatMap((gcPercent) => {
      const suffix = gcPercent < 0 ? 'NoGCPercent' : '';
      const with_ = (name: string, growth: Stream): Scenario => s(name + suffix, { gcPercent, memoryLimit: limit, growth });
      return [
        with_('SteadyMemoryLimit', sum(constant(2), ramp(-1, 12))),
        with_('ExceedMemoryLimit', sum(constant(3.5), ramp(-2.5, 12))),
        with_('MaintainMemoryLimit', sum(constant(3), ramp(-2, 12))),
      ];
    }),
  ];
}

/** `cycle util% marked->trigger->peak (goal: goal)` of every cycle, as the recording prints it. */
export function simulate(e: Scenario): string[] {
  const cores = 8, period = 500_000, rate = 1024 * period / 1e6;
  const c = new GCController(e.gcPercent, e.memoryLimit);
  const out: string[] = [];
  let blackLast = 0;
  for (let i = 0; i < e.length; i++) {
    const alloc = Math.max(0.0001, e.alloc()), scan = Math.max(0.0001, e.scan()), growth = Math.max(0.0001, e.growth());
    const frac = Math.min(1, Math.max(0, e.frac())), stack = Math.max(0, Math.floor(e.stack() / 2048) * 2048);
    const start = Math.max(c.trigger(), c.heapMarked);
    c.maxStackScan = stack; c.globalsScan = e.globals; c.heapLive = start;
    c.heapScan += Math.trunc((start - c.heapMarked) * frac);
    c.startCycle(0, cores, 'heap');
    const nextMarked = i === 0 ? 256 << 10 : Math.trunc((c.heapMarked - blackLast) * growth);
    const left = [e.globals, stack, Math.trunc(nextMarked * frac)];
    let duration = 0, assist = 0, black = 0;
    while (left[0] + left[1] + left[2] > 0) {
      const r = c.assistWorkPerByte * alloc;
      const util = Math.max(r / (r + scan), gcBackgroundUtilization);
      const scanned = Math.trunc(scan * rate * cores * util);
      let allocated = Math.trunc(alloc * rate * cores * (1 - util)), elapsed = period, work = scanned;
      const done = [0, 0, 0];
      for (let k = 0; k < 3; k++) {
        const n = Math.min(left[k], work);
        done[k] = n; left[k] -= n; work -= n;
      }
      const actual = done[0] + done[1] + done[2];
      if (actual < scanned) {
        elapsed = Math.trunc((actual * period) / (scan * rate * cores * util));
        allocated = Math.trunc(((alloc * rate * elapsed) / period) * cores * (1 - util));
      }
      c.heapLive += allocated; c.heapScan += Math.trunc(allocated * frac);
      c.heapScanWork += done[2]; c.stackScanWork += done[1]; c.globalsScanWork += done[0];
      c.revise();
      assist += Math.trunc(elapsed * cores * (util - gcBackgroundUtilization));
      duration += elapsed; black += allocated;
    }
    const util = (assist / (duration * cores) + gcBackgroundUtilization) * 100;
    out.push(`GC ${i + 1} ${util.toFixed(1)}% ${c.heapMarked}->${c.triggered}->${c.heapLive} (goal: ${c.heapGoal()})`);
    c.assistTime = assist;
    c.endCycle(duration, cores);
    c.resetLive(nextMarked + black);
    c.commit(false);
    blackLast = black;
  }
  return out;
}
