/**
 * Functions of lib/std without a Go body that need nothing but memory, the run's
 * arguments and the host-independent helpers of lib/std/natives. Those that touch
 * the scheduler or the collector are in natives_runtime.ts.
 *
 * Letters of arguments and results: lib/abi/imports.ts.
 */
import { resultArea } from '../abi/imports.ts';
import { nsCopyByte } from '../abi/cost.ts';
import { minor } from '../base/version.ts';
import { formatFloat, parseFloat64 } from '../std/natives/float.ts';
import { randTable } from '../std/natives/rand_table.ts';
import { caseOf, hasTable, inClass, simpleFold } from '../std/natives/unicode.ts';
import { classSize, numSizeClasses } from '../runtime/sizes.ts';
import { osNatives } from './natives_os.ts';
import type { Entries, RtEnv } from './rt.ts';
import type { Run } from './run.ts';

const encoder = new TextEncoder(), latin = (u8: Uint8Array): string => {
  let s = '';
  for (const b of u8) s += String.fromCharCode(b);
  return s;
};

/** rt: the run's runtime entries, to which package rtype's functions lead. */
export function stdNatives(env: RtEnv, run: Run, rt: () => Entries): Entries {
  const { mem } = env.m;
  const out = (i: number, v: number): void => mem.setInt(resultArea + 8 * i, v);
  const bytes = (p: number, n: number): Uint8Array => mem.u8.subarray(p >>> 0, (p >>> 0) + (n >>> 0));
  /** Copies text into a slice; its length, or minus the length needed. */
  const put = (text: Uint8Array, p: number, n: number): number => {
    if (text.length > n >>> 0) return -text.length;
    mem.u8.set(text, p >>> 0);
    return text.length;
  };
  const entry = (name: string) => (...a: number[]): unknown => (rt()[name] as unknown as (...a: number[]) => unknown)(...a);

  let names: Map<number, string> | undefined;
  /** Link names of the program's type descriptors, by offset. */
  const typeNames = (): Map<number, string> => {
    if (!names) {
      names = new Map();
      for (const [k, v] of run.program.symbols) if (k.startsWith('type:')) names.set(v, k.slice(5));
    }
    return names;
  };
  /** Place from `from` on of the k bytes at q in the n bytes at p, or -1. */
  const find = (p: number, n: number, q: number, k: number, from: number): number => {
    if (k === 0) return from;
    const { u8 } = mem, hay = u8.subarray(p, p + n), c = u8[q];
    for (let i = hay.indexOf(c, from); i >= 0 && i + k <= n; i = hay.indexOf(c, i + 1)) {
      let j = 1;
      while (j < k && hay[i + j] === u8[q + j]) j++;
      if (j === k) { env.m.spend((i - from) * nsCopyByte); return i; }
    }
    env.m.spend((n - from) * nsCopyByte);
    return -1;
  };

  const natives: Record<string, (...a: never[]) => unknown> = {
    'internal/rtype.maplen': (m: number) => BigInt(entry('maplen')(m) as number),
    'internal/rtype.mapiterinit': entry('mapiterinit'),
    'internal/rtype.mapiternext': entry('mapiternext'),
    'internal/rtype.itabOf': entry('assertE2I2'),
    'internal/rtype.typedmemmove': entry('typedmemmove'),
    'internal/rtype.newarray': (t: number, n: number) => entry('makeslice')(t, n, n, 0),
    'internal/rtype.typedmemclr': (t: number, p: number) => entry('typedmemclr')(t, p, 1),
    'internal/rtype.typeequal': entry('typeequal'),
    'internal/rtype.makemap': (t: number, hint: number) => entry('makemap')(t, hint, 0, 0, 0),
    'internal/rtype.mapget': (t: number, m: number, k: number) => {
      const p = entry('mapaccess2')(t, m, k) as number;
      return mem.u32[(resultArea + 8) >>> 2] ? p : 0;
    },
    'internal/rtype.mapput': (t: number, m: number, k: number) => entry('mapassign')(t, m, k, 0),
    'internal/rtype.mapdelete': entry('mapdelete'),
    'internal/rtype.mapclear': entry('mapclear'),
    'internal/rtype.find': (t: number, p: number, n: number) => {
      const name = typeNames().get(t >>> 0);
      return name === undefined ? 0 : run.program.symbols.get(`type:${latin(bytes(p, n))}${name}`) ?? 0;
    },
    'internal/rtype.byText': (p: number, n: number) => run.program.symbols.get(`type:${new TextDecoder().decode(bytes(p, n))}`) ?? 0,
    'internal/rtype.newobject': (t: number) => entry('newobject')(t, 0),

    'strconv.formatFloat': (p: number, n: number, _cap: number, f: number, verb: number, prec: number, bits: number) =>
      put(encoder.encode(formatFloat(f, String.fromCharCode(verb), prec, bits)), p, n),
    'strconv.parseFloat': (p: number, n: number, bits: number) => {
      const [f, status] = parseFloat64(latin(bytes(p, n)), bits);
      out(1, status);
      return f;
    },
    'strconv.isPrint': (r: number) => (inClass(r, 'q') ? 1 : 0),
    'unicode.class': (r: number, which: number) => (inClass(r, String.fromCharCode(which)) ? 1 : 0),
    'unicode.fold': (r: number) => simpleFold(r),
    'unicode.inTable': (p: number, n: number, r: number) => (inClass(r, `#${latin(bytes(p, n))}`) ? 1 : 0),
    'internal/regex.inTable': (p: number, n: number, r: number) => (inClass(r, `#${latin(bytes(p, n))}`) ? 1 : 0),
    'internal/regex.isTable': (p: number, n: number) => (hasTable(latin(bytes(p, n))) ? 1 : 0),
    'unicode.toCase': (which: number, r: number) => caseOf(which, r),

    'strings.findByte': (p: number, n: number, c: number) => {
      p >>>= 0;
      const i = mem.u8.subarray(p, p + n).indexOf(c & 255);
      env.m.spend((i < 0 ? n : i) * nsCopyByte);
      return i;
    },
    'strings.find': (p: number, n: number, q: number, k: number) => find(p >>> 0, n, q >>> 0, k, 0),
    'strings.findLast': (p: number, n: number, q: number, k: number) => {
      p >>>= 0; q >>>= 0;
      const { u8 } = mem;
      env.m.spend(n * nsCopyByte);
      for (let i = n - k; i >= 0; i--) {
        let j = 0;
        while (j < k && u8[p + i + j] === u8[q + j]) j++;
        if (j === k) return i;
      }
      return -1;
    },
    'strings.tally': (p: number, n: number, q: number, k: number) => {
      let count = 0;
      for (let i = find(p >>> 0, n, q >>> 0, k, 0); i >= 0; i = find(p >>> 0, n, q >>> 0, k, i + k)) count++;
      return count;
    },
    'math/rand.start': (p: number) => {
      for (let i = 0; i < 607; i++) {
        mem.u32[(p >>> 2) + 2 * i + 1] = parseInt(randTable.slice(16 * i, 16 * i + 8), 16);
        mem.u32[(p >>> 2) + 2 * i] = parseInt(randTable.slice(16 * i + 8, 16 * i + 16), 16);
      }
    },
    'math/rand.runSeed': () => BigInt(run.knobs.seed),
    'crypto/rand.runSeed': () => BigInt(run.knobs.seed),
    'hash/maphash.runSeed': () => BigInt(run.knobs.seed),
    'math/rand/v2.runSeed': () => BigInt(run.knobs.seed),
    'runtime.throw': (p: number, n: number) => run.fatal(new TextDecoder().decode(bytes(p, n))),
    'runtime/metrics.sizeClasses': (sizes: number, mallocs: number, frees: number) => {
      for (let c = 0; c < numSizeClasses; c++) {
        mem.u32[(sizes >>> 2) + c] = classSize[c];
        mem.setInt((mallocs >>> 0) + 8 * c, env.rt.stats.smallAllocCount[c]);
        mem.setInt((frees >>> 0) + 8 * c, env.rt.stats.smallFreeCount[c]);
      }
    },
    'runtime.goid': () => env.m.current?.id ?? 1,
    'runtime.addCleanup': (p: number, fn: number) => BigInt(env.rt.addCleanup(p >>> 0, fn >>> 0)),
    'runtime.stopCleanup': (p: bigint, id: bigint) => env.rt.stopCleanup(Number(BigInt.asUintN(32, p)), Number(id)),
    'weak.handle': (p: number) => env.rt.weakHandle(p >>> 0),

    'runtime.versionMinor': () => minor(run.knobs.go),
    'sync.fatal': (p: number, n: number) => env.m.panics.fatal(new TextDecoder().decode(bytes(p, n))),
  };
  return { ...natives, ...osNatives(env, run) } as Entries;
}
