/**
 * Functions of lib/std without a Go body that need nothing but memory, the run's
 * arguments and the host-independent helpers of lib/std/natives. Those that touch
 * the scheduler or the collector are in natives_runtime.ts.
 *
 * Letters of arguments and results: lib/abi/imports.ts.
 */
import { resultArea } from '../abi/imports.ts';
import { minor } from '../base/version.ts';
import { formatFloat, parseFloat64 } from '../std/natives/float.ts';
import { randTable } from '../std/natives/rand_table.ts';
import { caseOf, inClass } from '../std/natives/unicode.ts';
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
  const args = (run.hooks.args ?? ['main']).map((a) => encoder.encode(a));
  const environ = (run.hooks.env ?? []).map((a) => encoder.encode(a));
  const stdin = run.hooks.stdin ?? new Uint8Array();
  let stdinAt = 0;
  const read = typeof stdin === 'function' ? stdin : (n: number): Uint8Array => stdin.subarray(stdinAt, stdinAt += Math.min(n, stdin.length - stdinAt));
  const entry = (name: string) => (...a: number[]): unknown => (rt()[name] as unknown as (...a: number[]) => unknown)(...a);

  const natives: Record<string, (...a: never[]) => unknown> = {
    'internal/rtype.maplen': (m: number) => BigInt(entry('maplen')(m) as number),
    'internal/rtype.mapiterinit': entry('mapiterinit'),
    'internal/rtype.mapiternext': entry('mapiternext'),
    'internal/rtype.itabOf': entry('assertE2I2'),
    'internal/rtype.typedmemmove': entry('typedmemmove'),
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
    'unicode.toCase': (which: number, r: number) => caseOf(which, r),

    'math/rand.start': (p: number) => {
      for (let i = 0; i < 607; i++) {
        mem.u32[(p >>> 2) + 2 * i + 1] = parseInt(randTable.slice(16 * i, 16 * i + 8), 16);
        mem.u32[(p >>> 2) + 2 * i] = parseInt(randTable.slice(16 * i + 8, 16 * i + 16), 16);
      }
    },
    'math/rand.runSeed': () => BigInt(run.knobs.seed),
    'math/rand/v2.runSeed': () => BigInt(run.knobs.seed),
    'weak.handle': (p: number) => env.rt.weakHandle(p >>> 0),

    'os.argc': () => args.length,
    'os.arglen': (i: number) => args[i].length,
    'os.argcopy': (i: number, p: number, n: number) => { put(args[i], p, n); },
    'os.envc': () => environ.length,
    'os.envlen': (i: number) => environ[i].length,
    'os.envcopy': (i: number, p: number, n: number) => { put(environ[i], p, n); },
    'os.write': (fd: number, p: number, n: number) => {
      const b = bytes(p, n);
      if (fd === 1) run.stdout(b); else run.stderr(b);
      return b.length;
    },
    'os.read': (fd: number, p: number, n: number) => {
      if (fd !== 0) return 0;
      const b = read(n >>> 0);
      mem.u8.set(b, p >>> 0);
      return b.length;
    },
    'os.exit': (code: number) => run.exit(code & 0xff),
    'runtime.versionMinor': () => minor(run.knobs.go),
    'sync.fatal': (p: number, n: number) => run.fatal(new TextDecoder().decode(bytes(p, n))),
  };
  return natives as Entries;
}
