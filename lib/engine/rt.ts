/**
 * The runtime entries as compiled code imports them (module "rt"): arguments and
 * results by the letters of lib/abi/imports.ts. Offsets arrive as i32 and are made
 * unsigned here.
 */
import { resultArea } from '../abi/imports.ts';
import { zerobase, heapPrefix, arenaBase } from '../abi/memory.ts';
import { nsAlloc, nsAllocByte, nsAllocLargeByte, nsCopyByte, ticksPerNs } from '../abi/cost.ts';
import { cellFuel } from '../abi/machine.ts';
import { typePtrdata, typeSize } from '../abi/type.ts';
import type { Machine } from './machine.ts';
import type { Runtime } from '../runtime/runtime.ts';
import { growCap } from '../runtime/slice.ts';
import { formatComplex, formatFloat, formatHex } from './print.ts';

export type Entries = Record<string, (...args: never[]) => unknown>;

/** What the entries need of the run. */
export interface RtEnv {
  readonly m: Machine;
  readonly rt: Runtime;
  /** Bytes for stderr. */
  stderr(b: Uint8Array): void;
}

const text = new TextEncoder();

/** Ticks that allocating an object costs, by its bytes. */
export const allocTicks = Int32Array.from({ length: 2048 }, (_, n) => Math.round((nsAlloc + n * nsAllocByte) * ticksPerNs));

/** Entries for memory, slices and printing. */
export function coreEntries(env: RtEnv): Entries {
  const { m, rt } = env;
  const mem = m.mem, { malloc } = rt;
  const out = (i: number, v: number): void => mem.setInt(resultArea + 8 * i, v);
  const size = (t: number): number => mem.u32[(t + typeSize) >>> 2];
  const noscan = (t: number): boolean => t === 0 || mem.u32[(t + typePtrdata) >>> 2] === 0;
  /** Charges an allocation of n bytes. */
  const cost = (n: number): void => {
    if (n < allocTicks.length) mem.i32[cellFuel >>> 2] -= allocTicks[n];
    else m.spend(nsAlloc + n * (n > 32768 ? nsAllocLargeByte : nsAllocByte));
  };
  const print = (s: string): void => env.stderr(text.encode(s));
  const growslice = (old: number, newLen: number, oldCap: number, num: number, t: number, site: number): number => {
    const e = size(t), oldLen = newLen - num;
    const cap = newLen < 0 ? NaN : e === 0 ? newLen : growCap(newLen, oldCap, e, noscan(t), rt.knobs.go);
    if (!(cap >= 0) || cap * e > 2 ** 47) { m.panics.runtimeError('growslice: len out of range'); return 0; }
    if (e === 0) { out(1, newLen); out(2, newLen); return zerobase; }
    cost(cap * e);
    const p = rt.mallocgc(cap * e, noscan(t) ? 0 : t, true, site);
    m.spend(oldLen * e * nsCopyByte);
    if (rt.gcphase !== 0 && !noscan(t)) rt.shadeRange(old >>> 0, oldLen * e, t);
    mem.u8.copyWithin(p, old >>> 0, (old >>> 0) + oldLen * e);
    out(1, newLen); out(2, cap);
    return p;
  };
  return {
    newobject: (t: number, site: number) => { const n = size(t); if (n === 0) return zerobase; cost(n); return malloc.mallocgc(n, t, true, site); },
    mallocgc: (n: number, t: number, site: number) => { cost(n); return rt.mallocgc(n, t, true, site); },
    makeslice: (t: number, len: number, cap: number, site: number) => {
      const e = size(t);
      if (!(cap >= 0) || cap * e > 2 ** 47 || !(len >= 0) || len > cap) {
        // The length is blamed first, as make([]T, n) has only that.
        m.panics.runtimeError(!(len >= 0) || len * e > 2 ** 47 ? 'makeslice: len out of range' : 'makeslice: cap out of range');
        return 0;
      }
      cost(cap * e);
      return rt.mallocgc(cap * e, noscan(t) ? 0 : t, true, site);
    },
    growslice,
    growsliceBuf: (old: number, newLen: number, oldCap: number, num: number, t: number, buf: number, bufLen: number, site: number) => {
      if (!(newLen >= 0) || newLen > bufLen) return growslice(old, newLen, oldCap, num, t, site);
      rt.growsliceBuf(old >>> 0, newLen, oldCap, num, t, buf >>> 0, bufLen, site);
      const r = rt.slice;
      out(1, r.len); out(2, r.cap);
      return r.ptr;
    },
    moveSlice: (t: number, p: number, n: number, cap: number, keepCap: number, site: number) => {
      const g = m.current!;
      p >>>= 0;
      const inStack = p >= g.lo && p < g.hi;
      if (inStack) cost((keepCap !== 0 ? cap : n) * size(t));
      rt.moveSlice(t, p, n, cap, keepCap !== 0, inStack, site);
      const r = rt.slice;
      out(1, r.len); out(2, r.cap);
      return r.ptr;
    },
    typedmemmove: (t: number, dst: number, src: number) => { rt.typedmemmove(noscan(t) ? 0 : t, dst >>> 0, src >>> 0, size(t)); },
    typedslicecopy: (t: number, dst: number, dlen: number, src: number, slen: number) => {
      const n = Math.min(dlen, slen), bytes = n * size(t);
      if (bytes > 0) { m.spend(bytes * nsCopyByte); rt.typedmemmove(noscan(t) ? 0 : t, dst >>> 0, src >>> 0, bytes); }
      return n;
    },
    typedmemclr: (t: number, p: number, n: number) => {
      const bytes = n * size(t);
      m.spend(bytes * nsCopyByte);
      rt.typedmemclr(noscan(t) ? 0 : t, p >>> 0, bytes);
    },
    memequal: (p: number, q: number, n: number) => {
      p >>>= 0; q >>>= 0;
      m.spend(n * nsCopyByte);
      const u8 = mem.u8;
      for (let i = 0; i < n; i++) if (u8[p + i] !== u8[q + i]) return 0;
      return 1;
    },
    printint: (v: bigint) => print(String(v)),
    printuint: (v: bigint) => print(String(BigInt.asUintN(64, v))),
    printhex: (v: bigint) => print(formatHex(v)),
    printfloat: (v: number) => print(formatFloat(v, rt.version, 64)),
    printfloat32: (v: number) => print(formatFloat(v, rt.version, 32)),
    printcomplex: (re: number, im: number) => print(formatComplex(re, im, rt.version, 64)),
    printcomplex64: (re: number, im: number) => print(formatComplex(re, im, rt.version, 32)),
    printbool: (v: number) => print(v ? 'true' : 'false'),
    printstring: (p: number, n: number) => env.stderr(mem.u8.slice(p >>> 0, (p >>> 0) + n)),
    printpointer: (v: bigint) => print(formatHex(v)),
    printslice: (p: number, len: number, cap: number) => print(`[${len}/${cap}]${formatHex(pointer(p >>> 0))}`),
    printiface: (t: number, d: number) => print(`(${formatHex(BigInt(t >>> 0))},${formatHex(pointer(d >>> 0))})`),
    printnl: () => print('\n'),
    printsp: () => print(' '),
  };
}

/** The Go pointer that an offset stands for. */
export function pointer(p: number): bigint { return p >= arenaBase ? heapPrefix + BigInt(p) : BigInt(p); }
