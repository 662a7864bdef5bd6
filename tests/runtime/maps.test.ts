/** Maps as structures in memory: bytes, growth, semantics. Rows 16, 17, 19 of the golden table. */
import { describe, expect, test } from 'vitest';
import * as abi from '../../lib/abi/type.ts';
import { goVersions } from '../../lib/base/version.ts';
import type { GoVersion } from '../../lib/base/version.ts';
import { meas, start } from './image.ts';
import type { Harness } from './image.ts';

function mapType(h: Harness, key: number, elem: number): number {
  const { mem } = h.image, size = (t: number): number => mem.u32[t >> 2];
  const flags = (size(key) > 128 ? abi.mapIndirectKey : 0) | (size(elem) > 128 ? abi.mapIndirectElem : 0) | (mem.u8[key + abi.typeKind] === abi.kindInterface ? abi.mapHashMightPanic : 0)
    | (mem.u8[key + abi.typeKind] === abi.kindFloat64 || mem.u8[key + abi.typeKind] === abi.kindString ? abi.mapNeedKeyUpdate : 0);
  return h.image.type('map', abi.kindMap, 8, [0], { words: [[abi.typeKey, key], [abi.typeMapElem, elem], [abi.typeMapFlags, flags]] });
}
class IntMap {
  readonly t: number; m = 0; readonly it: number;
  constructor(readonly h: Harness) { this.t = mapType(h, h.image.int, h.image.int); this.it = h.image.reserve(96); }
  make(hint: number): this { this.m = this.h.rt.maps.make(this.t, hint, 0, 0, 0); return this; }
  set(k: number, v: number): void { const { maps, mem } = this.h.rt; const e = maps.assign(this.t, this.m, maps.key64(k, 0), 0); mem.setInt(e, v); }
  get(k: number): number | undefined { const { maps, mem } = this.h.rt; const e = maps.access(this.t, this.m, maps.key64(k, 0)); return maps.found ? mem.int(e) : undefined; }
  delete(k: number): void { const { maps } = this.h.rt; maps.delete(this.t, this.m, maps.key64(k, 0)); }
  get size(): number { return this.h.rt.maps.len(this.m); }
  *entries(): Generator<[number, number]> {
    const { maps, mem } = this.h.rt;
    for (maps.iterInit(this.t, this.m, this.it); mem.ptr(this.it) !== 0; maps.iterNext(this.it)) yield [mem.int(mem.ptr(this.it)), mem.int(mem.ptr(this.it + 8))];
  }
}

const hints = [8, 9, 14, 27, 53, 105, 209, 833, 1000, 100000];
const hmapBytes = [48, 336, 624, 1200, 2760, 5448, 10312, 41032, 41032, 2506824];
const swissBytes = [48, 376, 376, 664, 1240, 2392, 4952, 18520, 36992, 2364592];

for (const go of goVersions) {
  const swiss = Number(go.slice(2)) >= 24;
  describe(`Go ${go}`, () => {
    test('row 16: make(map[int]int, h) takes these bytes', () => {
      const h = start(go);
      const got = hints.map((n) => meas(h.rt, () => { new IntMap(h).make(n); }).bytes);
      expect(got).toEqual(swiss ? swissBytes : hmapBytes);
    });
    test('row 17: growth while filling an empty map', () => {
      const h = start(go), m = new IntMap(h).make(0), seen: string[] = [];
      for (let n = 1; n <= 1000; n++) {
        m.set(n, n);
        const s = h.rt.maps.impl.describe(m.m);
        if (swiss) { if (n <= 896) seen[n] = /slots (\d+)/.exec(s)?.[1] ?? '8'; } else seen[n] = /B (\d+)/.exec(s)![1];
      }
      if (swiss) {
        for (const [n, slots] of [[8, 8], [9, 16], [14, 16], [15, 32], [28, 32], [29, 64], [56, 64], [57, 128], [112, 128], [113, 256], [448, 512], [449, 1024], [896, 1024]]) expect([n, seen[n]]).toEqual([n, String(slots)]);
        expect(h.rt.maps.impl.describe(m.m)).toMatch(/tables [2-9]/);
      } else for (const [n, B] of [[8, 0], [9, 1], [13, 1], [14, 2], [26, 2], [27, 3], [53, 4], [104, 4], [105, 5], [209, 6], [417, 7], [833, 8]]) expect([n, seen[n]]).toEqual([n, String(B)]);
    });
    test('row 19: elements of more than 128 bytes are stored by pointer', () => {
      const h = start(go), { image, rt } = h;
      const fill = (n: number): string => {
        const t = mapType(h, image.int, image.array(image.byte, n));
        const d = meas(rt, () => { const m = rt.maps.make(t, 0, 0, 0, 0); for (let j = 0; j < 8; j++) rt.maps.assign(t, m, rt.maps.key64(j, 0), 0); });
        return `${d.mallocs}/${d.bytes}`;
      };
      expect([fill(128), fill(129)]).toEqual(['2/1200', '10/1344']);
    });
    test('a header and first group in the frame take no heap up to eight elements', () => {
      const h = start(go), m = new IntMap(h), header = h.image.reserve(48), group = h.image.reserve(256);
      const d = meas(h.rt, () => { m.m = h.rt.maps.make(m.t, 0, header, group, 0); for (let i = 0; i < 8; i++) m.set(i, i * i); });
      expect(d.mallocs).toBe(0);
      expect(m.get(7)).toBe(49);
    });
    test('holds what a model map holds, under random assignments and deletions', () => {
      const h = start(go, { gogc: 100 }), m = new IntMap(h).make(0), model = new Map<number, number>(), rnd = h.rt.random;
      h.globals.push(h.image.reserve(8));
      h.rt.mem.setPtr(h.globals[0], m.m);
      for (let i = 0; i < 30000; i++) {
        const k = rnd.below(3000);
        if (rnd.below(3) === 0) { m.delete(k); model.delete(k); } else { m.set(k, i); model.set(k, i); }
        if (i % 10000 === 5000) h.rt.collect();
      }
      expect(m.size).toBe(model.size);
      for (let k = 0; k < 3000; k++) expect(m.get(k)).toBe(model.get(k));
      expect(new Map(m.entries())).toEqual(model);
      h.rt.maps.clear(m.t, m.m);
      expect([...m.entries()]).toEqual([]);
      m.set(1, 2);
      expect([...m.entries()]).toEqual([[1, 2]]);
    });
    test('iteration under mutation: each surviving entry once, deleted ones never', () => {
      const h = start(go), m = new IntMap(h).make(0);
      for (let i = 0; i < 500; i++) m.set(i, i);
      const seen = new Map<number, number>();
      let n = 0;
      for (const [k] of m.entries()) {
        seen.set(k, (seen.get(k) ?? 0) + 1);
        if (k < 500) { const victim = (k + 1) % 500; if (!seen.has(victim) && k % 3 === 0) { m.delete(victim); seen.set(victim, -1); } }
        // Growth in the middle: the store is replaced while we walk it.
        if (++n < 400) m.set(1000 + n, n);
      }
      for (let i = 0; i < 500; i++) expect([i, seen.get(i)]).toEqual([i, m.get(i) === undefined ? -1 : 1]);
      for (const [k, c] of seen) if (k >= 1000) expect(c).toBe(1);
    });
    test('keys: NaN, ±0, strings, interfaces', () => {
      const h = start(go), { image, rt } = h, { maps, mem } = rt, key = image.reserve(16);
      const f = mapType(h, image.float64, image.int), fm = maps.make(f, 0, 0, 0, 0);
      for (const v of [NaN, NaN, 0, -0, 1.5]) { mem.f64[key >> 3] = v; maps.assign(f, fm, key, 0); }
      expect(maps.len(fm)).toBe(4);
      mem.f64[key >> 3] = NaN;
      maps.access(f, fm, key);
      expect(maps.found).toBe(false);
      const s = mapType(h, image.string, image.int), sm = maps.make(s, 0, 0, 0, 0);
      for (let i = 0; i < 100; i++) { const t = `key${i % 50}`; mem.setInt(maps.assign(s, sm, maps.keyStr(image.text(t), t.length), 0), i); }
      expect(maps.len(sm)).toBe(50);
      expect(mem.int(maps.access(s, sm, maps.keyStr(image.text('key7'), 4)))).toBe(57);
      const a = mapType(h, image.any, image.int), am = maps.make(a, 0, 0, 0, 0), slice = image.slice(image.int);
      mem.u32[key >> 2] = image.int; mem.setPtr(key + 8, image.reserve(8));
      maps.assign(a, am, key, 0);
      expect(maps.len(am)).toBe(1);
      mem.u32[key >> 2] = slice;
      maps.access(a, am, key);
      expect(h.panics).toEqual(['runtime error: hash of unhashable type []x']);
      maps.assign(a, 0, key, 0);
      expect(h.panics[1]).toBe('assignment to entry in nil map');
    });
    test('order differs between iterations and repeats with the seed', () => {
      const orders = (seed: number): string[] => {
        const m = new IntMap(start(go, { seed })).make(0);
        for (let i = 0; i < 8; i++) m.set(i, i);
        return Array.from({ length: 20 }, () => [...m.entries()].map(([k]) => k).join(''));
      };
      expect(orders(1)).toEqual(orders(1));
      expect(new Set(orders(1)).size).toBeGreaterThan(1);
    });
  });
}

test('row 18: deleting every key keeps the store; pointer values are freed', () => {
  for (const go of ['1.23', '1.26'] as GoVersion[]) {
    const h = start(go), m = new IntMap(h), root = h.image.reserve(8);
    h.globals.push(root);
    const live = (): number => { h.rt.collect(); return h.rt.readMemStats().heapAlloc; };
    m.make(0);
    h.rt.mem.setPtr(root, m.m);
    const n = 1 << 17;
    for (let i = 0; i < n; i++) m.set(i, i);
    const full = live();
    for (let i = 0; i < n; i++) m.delete(i);
    expect(live()).toBe(full);
    const pm = mapType(h, h.image.int, h.image.ptr(h.image.int)), p = h.rt.maps.make(pm, 0, 0, 0, 0), big = h.image.array(h.image.int, 16);
    h.rt.mem.setPtr(root, p);
    for (let i = 0; i < 4096; i++) { const e = h.rt.maps.assign(pm, p, h.rt.maps.key64(i, 0), 0); h.rt.mem.setPtr(e, h.rt.newobject(big)); }
    const withValues = live();
    for (let i = 0; i < 4096; i++) h.rt.maps.delete(pm, p, h.rt.maps.key64(i, 0));
    expect(withValues - live()).toBe(4096 * 128);
  }
});
