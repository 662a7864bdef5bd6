/** The native of package testing: patterns of -run and -bench. SIMPLIFIED: they are JavaScript's regular expressions, which agree with Go's on what such patterns use. */
import type { Entries, RtEnv } from './rt.ts';

export function testingNatives(env: RtEnv): Entries {
  const { mem } = env.m;
  const text = (p: number, n: number): string => new TextDecoder().decode(mem.u8.slice(p >>> 0, (p >>> 0) + (n >>> 0)));
  const compiled = new Map<string, RegExp | null>();
  return {
    'testing.match': (re: number, n: number, p: number, m: number) => {
      const source = text(re, n);
      let x = compiled.get(source);
      if (x === undefined) {
        try { x = new RegExp(source, 'u'); } catch { x = null; }
        compiled.set(source, x);
      }
      return x === null || x.test(text(p, m)) ? 1 : 0;
    },
  } as Entries;
}
