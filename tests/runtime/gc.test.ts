/** The collector: what survives, when specials run, the pacer's goal, statistics. Rows 5, 25-27 of the golden table. */
import { describe, expect, test } from 'vitest';
import { kindStruct } from '../../lib/abi/type.ts';
import type { GoVersion } from '../../lib/base/version.ts';
import { goVersions } from '../../lib/base/version.ts';
import { fmtNSAsMS } from '../../lib/runtime/gctrace.ts';
import { objectsPerSpan } from '../../lib/runtime/mheap.ts';
import { sizeToClass8 } from '../../lib/runtime/sizes.ts';
import type { GCCycle } from '../../lib/trace/events.ts';
import { meas, start } from './image.ts';
import type { Harness } from './image.ts';

function global(h: Harness): number { const g = h.image.reserve(8); h.globals.push(g); return g; }

test('objects per span: 48 and 64 bytes in 1.21, 1.23, 1.26', () => {
  const n = (size: number, v: number): string => `${objectsPerSpan(sizeToClass8[size / 8], true, v)}/${objectsPerSpan(sizeToClass8[size / 8], false, v)}`;
  expect([21, 23, 26].map((v) => n(48, v))).toEqual(['170/170', '170/168', '168/165']);
  expect([21, 23, 26].map((v) => n(64, v))).toEqual(['128/128', '128/126', '126/124']);
});

test('objects of a span come out in address order, and freed slots again from the lowest', () => {
  const h = start('1.26'), g = global(h), t = h.image.type('node', kindStruct, 48, [0]);
  const a = Array.from({ length: 10 }, () => h.rt.newobject(t));
  for (let i = 1; i < 10; i++) expect(a[i] - a[i - 1]).toBe(48);
  h.rt.mem.setPtr(a[2], a[5]);
  h.rt.mem.setPtr(g, a[2]);
  h.rt.collect();
  expect(h.rt.inspect.spans().find((s) => s.sizeclass === 5)!.text.slice(0, 20)).toBe('c5s 48B ..#..#......');
  expect(Array.from({ length: 4 }, () => h.rt.newobject(t))).toEqual([a[0], a[1], a[3], a[4]]);
});

test('recycled slots are zeroed', () => {
  const h = start('1.26');
  for (const size of [16, 48, 1024, 1152, 40000]) {
    const p = h.rt.mallocgc(size, 0, true);
    h.rt.mem.u8.fill(255, p, p + size);
    h.rt.collect();
    for (let i = 0; i < 40; i++) { const q = h.rt.mallocgc(size, 0, true); expect(h.rt.mem.u8.subarray(q, q + size).every((b) => b === 0)).toBe(true); }
  }
});

for (const go of goVersions) {
  test(`invariants of MemStats under load, Go ${go}`, () => {
    const h = start(go, { gogc: 100, procs: 2 }), { rt, image } = h, g = global(h), store = rt.newarray(image.intPtr, 2000), rnd = rt.random;
    rt.mem.setPtr(g, store);
    const stacks: [number, number][] = [];
    for (let i = 0; i < 40000; i++) {
      const size = rnd.below(20) === 0 ? rnd.below(60000) : rnd.below(2000);
      const p = rnd.below(2) ? rt.mallocgc(size, 0, true) : rt.makeslice(image.intPtr, size >> 3, size >> 3);
      if (p >= 1 << 26) rt.mem.setPtr(store + 8 * rnd.below(2000), p);
      if (rnd.below(100) === 0) { const n = 2048 << rnd.below(7); stacks.push([rt.stack.alloc(n), n]); }
      if (rnd.below(150) === 0 && stacks.length > 0) rt.stack.free(...stacks.splice(rnd.below(stacks.length), 1)[0]);
      if (rt.mgc.due()) rt.collect();
      if (i % 4000 !== 0) continue;
      const m = rt.readMemStats();
      expect(m.heapSys).toBe(m.heapInuse + m.heapIdle);
      expect(m.heapReleased).toBeLessThanOrEqual(m.heapIdle);
      expect(m.heapObjects).toBe(m.mallocs - m.frees);
      expect(m.heapAlloc).toBe(m.alloc);
      expect(m.sys).toBe(m.heapSys + m.stackSys + m.mspanSys + m.mcacheSys + m.buckHashSys + m.gcSys + m.otherSys);
      expect(m.heapInuse).toBeGreaterThanOrEqual(m.heapAlloc);
      expect(m.bySize.length).toBe(61);
      expect(m.bySize[60].size).toBe(18432);
      expect((m.heapSys + m.stackSys) % (4 << 20)).toBe(0);
      // The collector's own view agrees with the sums.
      expect(rt.gc.totalAlloc).toBe(m.totalAlloc);
      expect(rt.gc.totalAlloc - rt.gc.totalFree).toBe(m.heapAlloc);
      expect(rt.gc.mappedReady).toBe(m.sys - m.heapReleased);
      expect(rt.stats.inHeap).toBe(m.heapInuse);
    }
    expect(rt.mgc.numGC).toBeGreaterThan(2);
    const live = [...rt.heap.inUse()].reduce((n, s) => n + s.allocCount * (s.nelems > 0 ? s.elemsize : 0), 0);
    expect(live).toBe(rt.readMemStats().heapAlloc);
  });
}

describe('marking step by step while the program goes on', () => {
  test('nothing reachable is lost: a list rebuilt under the barrier', () => {
    const h = start('1.26'), { rt, image } = h, t = image.type('node', kindStruct, 32, [0, 1]), mem = rt.mem, rnd = rt.random;
    const root = global(h);
    const store = (slot: number, p: number): void => { if (rt.gcphase !== 0) rt.mgc.barrier(slot, p); mem.setPtr(slot, p); };
    let tag = 0;
    const node = (): number => { const p = rt.newobject(t); mem.u32[(p + 16) >> 2] = ++tag; return p; };
    store(root, node());
    const reachable = (): Map<number, number> => {
      const seen = new Map<number, number>(), todo = [mem.ptr(root)];
      while (todo.length > 0) { const p = todo.pop()!; if (p === 0 || seen.has(p)) continue; seen.set(p, mem.u32[(p + 16) >> 2]); todo.push(mem.ptr(p), mem.ptr(p + 8)); }
      return seen;
    };
    for (let round = 0; round < 30; round++) {
      if (rt.gcphase === 0) rt.mgc.start('heap');
      for (let step = 0; step < 300; step++) {
        const nodes = [...reachable().keys()], at = nodes[rnd.below(nodes.length)];
        store(at + 8 * rnd.below(2), rnd.below(3) === 0 ? nodes[rnd.below(nodes.length)] : node());
        if (nodes.length > 80) store(root, nodes[rnd.below(nodes.length)]);
        if (rnd.below(3) === 0) rt.mgc.mark(30, 'dedicated');
      }
      while (rt.mgc.markWork) rt.mgc.mark(1000, 'dedicated');
      const before = reachable();
      rt.mgc.terminate();
      while (rt.mgc.sweep(1000) > 0);
      for (const [p] of before) { const s = rt.heap.spanOf(p)!; expect(s.isAllocated(s.objIndex(p))).toBe(true); }
      for (let i = 0; i < 50; i++) node();
      expect(reachable()).toEqual(before);
      expect(rt.readMemStats().heapObjects).toBeLessThan(before.size + 500);
    }
  });
  test('an interior pointer keeps its object; a slice of one byte keeps ten megabytes (row 26)', () => {
    const h = start('1.26'), { rt } = h, g = global(h);
    const live = (): number => { rt.collect(); return rt.readMemStats().heapAlloc; };
    const before = live(), p = rt.mallocgc(10 << 20, 0, true);
    rt.mem.setPtr(g, p + 5);
    expect(live() - before).toBe(10485760);
    rt.mem.setPtr(g, rt.mallocgc(1, 0, true));
    expect(live() - before).toBe(16);
  });
  test('objects larger than 128 KiB are scanned whole', () => {
    const h = start('1.26'), { rt, image } = h, g = global(h), n = 100_000, a = rt.newarray(image.intPtr, n);
    rt.mem.setPtr(g, a);
    for (const i of [0, 1, 16383, 16384, 50000, n - 1]) rt.mem.setPtr(a + 8 * i, rt.mallocgc(16, 0, true));
    rt.collect();
    expect(rt.readMemStats().heapObjects).toBe(7);
  });
});

describe('specials (row 25)', () => {
  const setup = () => {
    const h = start('1.26'), t = h.image.type('T', kindStruct, 40, [0]), fn = h.image.reserve(8);
    return { h, rt: h.rt, p: h.rt.newobject(t), q: h.rt.newobject(t), fn };
  };
  test('a finalizer is ready after one collection, its object freed by the next', () => {
    const { rt, p, q, fn } = setup();
    expect(rt.setFinalizer(p, fn, 0)).toBe(true);
    expect(rt.setFinalizer(p, fn, 0)).toBe(false);
    rt.mem.setPtr(p, q);
    rt.collect();
    expect(rt.finq.map((f) => f.object)).toEqual([p]);
    expect(rt.readMemStats().frees).toBe(0);
    rt.finq.length = 0;
    rt.collect();
    expect(rt.readMemStats().frees).toBe(2);
  });
  test('a cleanup is ready and the object freed by the same collection', () => {
    const { rt, p, fn } = setup();
    rt.addCleanup(p, fn);
    rt.collect();
    expect(rt.finq.map((f) => f.cleanup)).toEqual([true]);
    expect(rt.readMemStats().frees).toBe(2);
  });
  test('a weak handle is nil after the collection, also when a finalizer keeps the object', () => {
    const { rt, p, fn, h } = setup(), g = global(h), w = rt.weakHandle(p);
    rt.mem.setPtr(g, w);
    expect(rt.weakHandle(p)).toBe(w);
    rt.setFinalizer(p, fn, 0);
    rt.collect();
    expect(rt.mem.ptr(w)).toBe(0);
    expect(rt.finq.length).toBe(1);
  });
  test('a cycle: its finalizer never runs, its cleanup does', () => {
    const { rt, p, q, fn } = setup();
    rt.mem.setPtr(p, q); rt.mem.setPtr(q, p);
    rt.setFinalizer(p, fn, 0);
    rt.collect(); rt.collect();
    expect(rt.finq.length).toBe(0);
    rt.setFinalizer(p, 0, 0);
    rt.addCleanup(p, fn);
    rt.collect();
    expect(rt.finq.length).toBe(1);
  });
});

test('NextGC: live 8 MB at GOGC 10 keeps 1 MiB for sweeping; 100 doubles it (row 27)', () => {
  for (const [gogc, least] of [[10, 1 << 20], [100, 8 << 20]]) {
    const h = start('1.26', { gogc }), g = global(h), p = h.rt.mallocgc(8 << 20, 0, true);
    h.rt.mem.setPtr(g, p);
    h.rt.mgc.start('cycle');
    while (h.rt.mgc.markWork) h.rt.mgc.mark(1e6, 'dedicated');
    h.rt.mgc.terminate();
    expect(h.rt.readMemStats().nextGC - (8 << 20)).toBeGreaterThanOrEqual(least);
    expect(h.rt.readMemStats().nextGC - (8 << 20)).toBeLessThan(least + 4096);
  }
});

test('a memory limit pulls the goal down, GOGC off alone has none', () => {
  const h = start('1.26', { gogc: -1, memlimit: 64 << 20 });
  expect(h.rt.gc.heapGoal()).toBeLessThan(64 << 20);
  expect(start('1.26').rt.readMemStats().nextGC).toBeGreaterThan(8.9e18);
});

describe('stacks', () => {
  test('a thousand small ones take 2 KiB each, in steps of 32 KiB', () => {
    const { rt } = start('1.26');
    const all = Array.from({ length: 1000 }, () => rt.stack.alloc(2048));
    expect(new Set(all).size).toBe(1000);
    const m = rt.readMemStats();
    expect(m.stackInuse).toBe(Math.ceil(1000 / 16) * 32768);
    expect(m.heapInuse).toBe(0);
    for (const s of all) rt.stack.free(s, 2048);
    expect(rt.readMemStats().stackInuse).toBeLessThanOrEqual(2 * 32768);
  });
  test('32 KiB and more are spans of their own, kept until marking ends', () => {
    const { rt } = start('1.26'), a = rt.stack.alloc(65536);
    rt.mgc.start('heap');
    rt.stack.free(a, 65536);
    expect(rt.readMemStats().stackInuse).toBe(65536);
    expect(rt.stack.alloc(65536)).toBe(a);
    rt.stack.free(a, 65536);
    while (rt.mgc.markWork) rt.mgc.mark(1e6, 'dedicated');
    rt.mgc.terminate();
    expect(rt.readMemStats().stackInuse).toBe(0);
  });
});

test('the page heap: 4 MiB at a time; freed memory is idle at once, released by FreeOSMemory', () => {
  const { rt } = start('1.26');
  rt.mallocgc(8192, 0, true);
  expect(rt.readMemStats().heapSys).toBe(4 << 20);
  const d = meas(rt, () => rt.mallocgc(64 << 20, 0, true));
  expect(d.bytes).toBe(64 << 20);
  const a = rt.readMemStats();
  expect(a.heapSys).toBe(68 << 20);
  rt.collect();
  const b = rt.readMemStats();
  expect(b.heapIdle - a.heapIdle).toBe((64 << 20) + 8192);
  rt.freeOSMemory();
  const c = rt.readMemStats();
  expect(c.heapReleased).toBe(c.heapIdle);
});

test('gctrace lines have Go\'s form', () => {
  const re = /^gc (\d+) @([\d.]+)s (\d+)%(?: \([^)]*\))?: ([\d.]+)\+([\d.]+)\+([\d.]+) ms clock, ([\d.]+)\+([\d.]+)\/([\d.]+)\/([\d.]+)\+([\d.]+) ms cpu, (\d+)->(\d+)->(\d+) MB, (\d+) MB goal, (?:(\d+) MB stacks, (\d+) MB globals, )?(\d+) P( \(forced\))?$/;
  const lines: string[] = [], cycles: GCCycle[] = [];
  const h = start('1.26', { gogc: 100 }, { trace: (l) => { lines.push(l); }, cycleDone: (c) => { cycles.push(c); } });
  for (let i = 0; i < 20000; i++) { h.rt.mallocgc(1024, 0, true); if (h.rt.mgc.due()) { h.rt.mgc.start('heap'); while (h.rt.mgc.markWork) h.rt.clock += h.rt.mgc.mark(1e5, 'dedicated'); h.rt.mgc.terminate(); } }
  h.rt.collect();
  expect(lines.length).toBeGreaterThanOrEqual(4);
  for (const l of lines) expect(l).toMatch(re);
  expect(lines[0]).toContain('0 P'.replace('0', '1'));
  expect(lines.at(-1)).toMatch(/\(forced\)$/);
  expect(cycles[0].heapStart).toBeGreaterThanOrEqual(3.5 * 2 ** 20);
  expect([0, 999, 1500, 12345, 123456, 9999999, 10e6, 123e6].map(fmtNSAsMS)).toEqual(['0', '0', '0.001', '0.012', '0.12', '9.9', '10', '123']);
});

test('runs side by side do not share state; the same knobs give the same addresses', () => {
  const run = (): number[] => { const { rt } = start('1.26' as GoVersion); return [16, 48, 5000, 40000, 16, 100].map((n) => rt.mallocgc(n, 0, true)); };
  const other = start('1.21');
  for (let i = 0; i < 1000; i++) other.rt.mallocgc(100, 0, true);
  expect(run()).toEqual(run());
});
