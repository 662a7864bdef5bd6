/** Recorded outputs of the allocator's golden programs, replayed against the runtime for every recorded version. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { kindStruct } from '../../lib/abi/type.ts';
import type { GoVersion } from '../../lib/base/version.ts';
import { goVersions } from '../../lib/base/version.ts';
import { classToSize } from '../../lib/abi/sizeclasses.ts';
import { start, meas } from './image.ts';
import type { Harness } from './image.ts';

function recorded(version: string): Map<string, string[]> {
  const out = new Map<string, string[]>();
  let rows: string[] = [];
  for (const l of readFileSync(new URL(`../fixtures/alloc/go${version}.txt`, import.meta.url), 'utf8').trim().split('\n')) {
    if (l.startsWith('## ')) out.set(l.split(' ')[2], rows = []); else rows.push(l);
  }
  return out;
}
const classOf = (n: number): number => classToSize.find((c) => c >= n) ?? Math.ceil(n / 8192) * 8192;

/** Capacities of an append of one zero value at a time; buf: the first store is 32 bytes of the frame (a slice that does not escape, Go ≥ 1.25). */
function capsOf({ rt }: Harness, elem: number, max: number, size: number, buf: boolean): number[] {
  const caps: number[] = [], bufLen = buf && size > 0 ? Math.floor(32 / size) : 0, frame = rt.malloc.mallocgc(32, 0, true, 0);
  let ptr = 0, cap = 0, last = -1;
  for (let len = 0; len < max; len++) {
    if (cap === 0 && bufLen > 0) { ptr = frame; cap = bufLen; }
    if (len === cap) { rt.growslice(ptr, len + 1, cap, 1, elem); ptr = rt.slice.ptr; cap = rt.slice.cap; }
    if (cap !== last) caps.push(last = cap);
  }
  return caps;
}

for (const version of ['1.23', '1.25', '1.26'] as GoVersion[]) {
  describe(`recorded on Go ${version}`, () => {
    const want = recorded(version);
    test('tiny: blocks and counts', () => {
      const { rt } = start(version);
      for (const line of want.get('tiny')!) {
        const pattern = /^\[([\d ]+)\]/.exec(line), sizes = pattern ? pattern[1].split(' ').map(Number) : [parseInt(line)];
        const d = meas(rt, () => { for (let i = 0; i < 960; i++) for (const n of sizes) rt.mallocgc(n, 0, true); });
        expect(pattern
          ? `[${sizes.join(' ')}] x960: mallocs ${d.mallocs} frees ${d.frees} blocks ${Math.floor(d.bytes / 16)}`
          : `${sizes[0]}: mallocs ${d.mallocs} frees ${d.frees} bytes ${d.bytes} blocks ${Math.floor(d.bytes / 16)}`).toBe(line);
      }
    });
    test('large: bytes', () => {
      const { rt, image } = start(version);
      for (const line of want.get('large')!) {
        const n = parseInt(line);
        const a = meas(rt, () => rt.mallocgc(n, 0, true)), b = meas(rt, () => rt.makeslice(image.intPtr, Math.floor(n / 8), Math.floor(n / 8)));
        expect(`${n}: noscan ${a.bytes} scan(${Math.floor(n / 8) * 8}) ${b.bytes}`).toBe(line);
      }
    });
    test('grow: capacities of append', () => {
      const h = start(version), { image } = h;
      const pad = (name: string, size: number, ptrs: number[] = []): number => image.type(name, kindStruct, size, ptrs, { align: size % 8 ? 4 : 8 });
      const types: Record<string, [number, number]> = {
        byte: [image.byte, 1], e3: [pad('e3', 3), 3], e5: [pad('e5', 5), 5], int16: [pad('int16', 2), 2], int32: [image.int32, 4], int: [image.int, 8], '*int': [image.intPtr, 8],
        e12: [pad('e12', 12), 12], string: [image.string, 16], '[2]int': [pad('2int', 16), 16], e24: [pad('e24', 24), 24], 'p24/[]T slice': [pad('p24', 24, [0]), 24],
        e40: [pad('e40', 40), 40], e96: [pad('e96', 96), 96], e100: [pad('e100', 100), 100], e128: [pad('e128', 128), 128], e1000: [pad('e1000', 1000), 1000],
        p520: [pad('p520', 520, [0]), 520], 'struct{}': [pad('struct{}', 0), 0],
      };
      const max: Record<string, number> = { byte: 5000, e3: 1000, e5: 600, int16: 3000, int32: 3000, int: 5000, '*int': 5000, e12: 1000, string: 2500, '[2]int': 2500, e24: 1200, 'p24/[]T slice': 1200, e40: 600, e96: 300, e100: 300, e128: 300, e1000: 60, p520: 60, 'struct{}': 60 };
      const lines = want.get('grow')!;
      let rows = 0;
      for (const line of lines) {
        const m = /^(.+) \[([\d ]+)\]$/.exec(line);
        if (!m || !types[m[1]]) continue;
        rows++;
        const [elem, size] = types[m[1]];
        expect(`${m[1]} [${capsOf(h, elem, max[m[1]], size, Number(version.slice(2)) >= 25).join(' ')}]`).toBe(line);
      }
      expect(rows).toBe(19);
      const cap = (elem: number, newLen: number, oldCap: number, num: number): number => { h.rt.growslice(h.rt.newarray(elem, oldCap), newLen, oldCap, num, elem); return h.rt.slice.cap; };
      const nil = [1, 5, 9, 17, 33, 100, 1000, 1025].map((n) => `append nil ${n}: int ${cap(image.int, n, 0, n)} byte ${cap(image.byte, n, 0, n)} ptr ${cap(image.intPtr, n, 0, n)}; `).join('');
      expect(nil.trimEnd()).toBe(lines.find((l) => l.startsWith('append nil'))!.trimEnd());
      const full = [255, 256, 257, 511, 512, 848, 1024, 1280, 4096, 100000].map((c) => `cap ${c}+1: int ${cap(image.int, c + 1, c, 1)} ptr ${cap(image.intPtr, c + 1, c, 1)} byte ${cap(image.byte, c + 1, c, 1)}; `).join('');
      expect(full.trimEnd()).toBe(lines.find((l) => l.startsWith('cap '))!.trimEnd());
    });
  });
}

for (const version of goVersions) {
  const headers = Number(version.slice(2)) >= 22;
  test(`row 1, Go ${version}: make([]byte, n) takes class(n) for n of 16…40000`, () => {
    const { rt } = start(version);
    let before = 0, bad = 0;
    for (let n = 16; n <= 40000; n++) {
      rt.mallocgc(n, 0, false);
      rt.malloc.flushAll();
      if (rt.gc.totalAlloc - before !== classOf(n)) bad++;
      before = rt.gc.totalAlloc;
      if (n % 1000 === 0) rt.collect();
    }
    expect(rt.readMemStats().mallocs).toBe(40000 - 15);
    expect(bad).toBe(0);
  });
  test(`row 2, Go ${version}: make([]*byte, k) takes class(8k) or class(8k+8)`, () => {
    const { rt, image } = start(version);
    let bad = 0, before = 0;
    for (let k = 1; k <= 5000; k++) {
      const size = 8 * k;
      const want = headers ? (size > 512 && size <= 32760 ? classOf(size + 8) : size > 32760 ? Math.ceil(size / 8192) * 8192 : classOf(size)) : classOf(size);
      rt.makeslice(image.intPtr, k, k);
      rt.malloc.flushAll();
      if (rt.gc.totalAlloc - before !== want) bad++;
      before = rt.gc.totalAlloc;
      if (k % 500 === 0) rt.collect();
    }
    expect(bad).toBe(0);
  });
  test(`row 6, Go ${version}: new of pointerful types around 512 bytes`, () => {
    const { rt, image } = start(version);
    const bytes = (t: number): number => meas(rt, () => rt.newobject(t)).bytes;
    const of = (n: number): number => image.array(image.intPtr, n);
    expect([
      bytes(image.type('p512', kindStruct, 512, [0])), bytes(image.type('p520', kindStruct, 520, [0])), bytes(of(72)), bytes(of(128)), bytes(of(1024)), bytes(image.array(image.int, 1024)),
    ]).toEqual(headers ? [512, 576, 640, 1152, 9472, 8192] : [512, 576, 576, 1024, 8192, 8192]);
  });
}

test('rows 7 to 9 on Go 1.21: without headers pointers grow like integers', () => {
  const h = start('1.21'), want = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 848, 1280, 1792, 2560, 3408, 5120];
  expect(capsOf(h, h.image.int, 5000, 8, false)).toEqual(want);
  expect(capsOf(h, h.image.intPtr, 5000, 8, false)).toEqual(want);
  expect(capsOf(h, h.image.string, 2500, 16, false)).toEqual(want.slice(0, 14));
});

test('rows 13 and 14: the calls that compiled code makes for an append loop, by version', () => {
  const h = start('1.26'), { rt, image } = h, frame = rt.mallocgc(32, 0, true), t = image.int;
  // 1.26, returned: the buffer of four, capacities by class, then one move to the heap.
  const returned = (n: number): string => {
    let cap = 0;
    const d = meas(rt, () => {
      let ptr = 0;
      for (let len = 0; len < n; len++) if (len === cap) { rt.growsliceBuf(ptr, len + 1, cap, 1, t, frame, 4); ({ ptr, cap } = rt.slice); }
      rt.moveSlice(t, ptr, n, cap, false, ptr === frame);
      cap = rt.slice.cap;
    });
    return `${d.mallocs}/${d.bytes}/${cap}`;
  };
  expect([3, 5, 9, 17, 100].map(returned)).toEqual(['1/24/3', '1/64/8', '2/192/16', '3/448/32', '5/1984/128']);
  // ≥ 1.25, not escaping: the whole buffer at once.
  const local = (n: number): string => {
    let cap = 4, ptr = frame;
    const d = meas(rt, () => { for (let len = 0; len < n; len++) if (len === cap) { rt.growslice(ptr, len + 1, cap, 1, t); ({ ptr, cap } = rt.slice); } });
    return `${d.mallocs}/${d.bytes}/${cap}`;
  };
  expect([4, 9, 100].map(local)).toEqual(['0/0/4', '2/192/16', '5/1984/128']);
});

test('all 27 golden rows are tested: 21 here, maps and the collector in their files, 6 with programs', () => {
  const harness = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 16, 17, 18, 19, 25, 26, 27], programs = [15, 20, 21, 22, 23, 24];
  expect([...harness, ...programs].sort((a, b) => a - b)).toEqual(Array.from({ length: 27 }, (_, i) => i + 1));
});
