/** Runtime entries for strings (runtime/string.go). Buffers are 32 bytes in the caller's frame, or nil. */
import { resultArea } from '../abi/imports.ts';
import { nsCopyByte } from '../abi/cost.ts';
import { roundupsize } from '../runtime/sizes.ts';
import type { Entries, RtEnv } from './rt.ts';

const tmpBuf = 32;

export function stringEntries(env: RtEnv): Entries {
  const { m, rt } = env;
  const mem = m.mem;
  const out = (i: number, v: number): void => mem.setInt(resultArea + 8 * i, v);
  /** Bytes for a result: in buf if they fit, else on the heap. */
  const bytes = (buf: number, n: number, cap: number, site: number): number => (buf !== 0 && n <= cap ? buf >>> 0 : n === 0 ? 0 : rt.mallocgc(n, 0, false, site));
  const roundup = (n: number): number => (n === 0 ? 0 : roundupsize(n, true, rt.version >= 22));
  return {
    cmpstring: (p: number, n: number, q: number, k: number) => {
      p >>>= 0; q >>>= 0;
      const u8 = mem.u8, l = Math.min(n, k);
      for (let i = 0; i < l; i++) { const d = u8[p + i] - u8[q + i]; if (d !== 0) return d < 0 ? -1 : 1; }
      return n < k ? -1 : n > k ? 1 : 0;
    },
    concatstrings: (buf: number, list: number, count: number, site: number) => {
      list >>>= 0;
      let total = 0, some = 0, last = -1;
      for (let i = 0; i < count; i++) {
        const n = mem.u32[(list + 16 * i + 8) >>> 2];
        if (n === 0) continue;
        total += n; some++; last = i;
      }
      if (some === 0) { out(1, 0); return 0; }
      // One part only: itself, unless it lies on this stack while the result may leave it.
      if (some === 1) {
        const p = mem.u32[(list + 16 * last) >>> 2];
        const g = m.current!;
        if (buf !== 0 || p < g.lo || p >= g.hi) { out(1, total); return p; }
      }
      const dst = bytes(buf, total, tmpBuf, site);
      m.spend(total * nsCopyByte);
      let at = dst;
      for (let i = 0; i < count; i++) {
        const p = mem.u32[(list + 16 * i) >>> 2], n = mem.u32[(list + 16 * i + 8) >>> 2];
        if (n === 0) continue;
        mem.u8.copyWithin(at, p, p + n);
        at += n;
      }
      out(1, total);
      return dst;
    },
    slicebytetostring: (buf: number, p: number, n: number, site: number) => {
      out(1, n);
      if (n === 0) return 0;
      if (n === 1) return 6144 + 8 * mem.u8[p >>> 0];
      const dst = bytes(buf, n, tmpBuf, site);
      m.spend(n * nsCopyByte);
      mem.u8.copyWithin(dst, p >>> 0, (p >>> 0) + n);
      return dst;
    },
    stringtoslicebyte: (buf: number, p: number, n: number, site: number) => {
      const fits = buf !== 0 && n <= tmpBuf;
      const cap = fits ? tmpBuf : roundup(n);
      const dst = fits ? buf >>> 0 : n === 0 ? 4096 : rt.mallocgc(cap, 0, true, site);
      if (fits) mem.u8.fill(0, dst, dst + tmpBuf);
      m.spend(n * nsCopyByte);
      mem.u8.copyWithin(dst, p >>> 0, (p >>> 0) + n);
      out(1, n);
      out(2, cap);
      return dst;
    },
    stringtoslicerune: (buf: number, p: number, n: number, site: number) => {
      const runes: number[] = [];
      for (let i = 0; i < n;) { const [r, next] = decode(mem.u8, p >>> 0, n, i); runes.push(r); i = next; }
      const fits = buf !== 0 && runes.length <= tmpBuf;
      const size = roundup(runes.length * 4);
      const dst = fits ? buf >>> 0 : runes.length === 0 ? 4096 : rt.mallocgc(size, 0, true, site);
      m.spend(n);
      runes.forEach((r, i) => { mem.i32[(dst >>> 2) + i] = r; });
      if (fits) mem.i32.fill(0, (dst >>> 2) + runes.length, (dst >>> 2) + tmpBuf);
      out(1, runes.length);
      out(2, fits ? tmpBuf : size / 4);
      return dst;
    },
    slicerunetostring: (buf: number, p: number, n: number, site: number) => {
      const b: number[] = [];
      for (let i = 0; i < n; i++) encode(mem.i32[((p >>> 0) >>> 2) + i], b);
      const dst = bytes(buf, b.length, tmpBuf, site);
      m.spend(n);
      mem.u8.set(b, dst);
      out(1, b.length);
      return dst;
    },
    intstring: (buf: number, v: bigint, site: number) => {
      const b: number[] = [];
      encode(v >= 0n && v <= 0x10ffffn ? Number(v) : -1, b);
      const dst = buf !== 0 ? buf >>> 0 : rt.mallocgc(4, 0, false, site);
      mem.u8.set(b, dst);
      out(1, b.length);
      return dst;
    },
    decoderune: (p: number, n: number, k: number) => {
      const [r, next] = decode(mem.u8, p >>> 0, n, k);
      out(1, next);
      return r;
    },
    countrunes: (p: number, n: number) => {
      let c = 0;
      for (let i = 0; i < n; c++) i = decode(mem.u8, p >>> 0, n, i)[1];
      return c;
    },
  };
}

/** The rune at index i of n bytes at p, and the index after it (utf8.DecodeRune's rules). */
export function decode(u8: Uint8Array, p: number, n: number, i: number): [number, number] {
  const b0 = u8[p + i];
  if (b0 < 0x80) return [b0, i + 1];
  const bad: [number, number] = [0xfffd, i + 1];
  if (b0 < 0xc2 || b0 > 0xf4) return bad;
  const need = b0 < 0xe0 ? 1 : b0 < 0xf0 ? 2 : 3;
  if (i + need >= n) return bad;
  const b1 = u8[p + i + 1];
  const lo = b0 === 0xe0 ? 0xa0 : b0 === 0xf0 ? 0x90 : 0x80, hi = b0 === 0xed ? 0x9f : b0 === 0xf4 ? 0x8f : 0xbf;
  if (b1 < lo || b1 > hi) return bad;
  if (need === 1) return [((b0 & 31) << 6) | (b1 & 63), i + 2];
  const b2 = u8[p + i + 2];
  if ((b2 & 0xc0) !== 0x80) return bad;
  if (need === 2) return [((b0 & 15) << 12) | ((b1 & 63) << 6) | (b2 & 63), i + 3];
  const b3 = u8[p + i + 3];
  if ((b3 & 0xc0) !== 0x80) return bad;
  return [((b0 & 7) << 18) | ((b1 & 63) << 12) | ((b2 & 63) << 6) | (b3 & 63), i + 4];
}

function encode(r: number, out: number[]): void {
  if (r < 0 || r > 0x10ffff || (r >= 0xd800 && r <= 0xdfff)) r = 0xfffd;
  if (r < 0x80) out.push(r);
  else if (r < 0x800) out.push(0xc0 | (r >> 6), 0x80 | (r & 63));
  else if (r < 0x10000) out.push(0xe0 | (r >> 12), 0x80 | ((r >> 6) & 63), 0x80 | (r & 63));
  else out.push(0xf0 | (r >> 18), 0x80 | ((r >> 12) & 63), 0x80 | ((r >> 6) & 63), 0x80 | (r & 63));
}
