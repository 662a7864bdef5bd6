/** The natives of package testing: what examples print, and patterns of -run and -bench. SIMPLIFIED: they are JavaScript's regular expressions, which agree with Go's on what such patterns use. */
import type { Entries, RtEnv } from './rt.ts';
import type { Run } from './run.ts';

export function testingNatives(env: RtEnv, run: Run): Entries {
  const { mem } = env.m;
  const text = (p: number, n: number): string => new TextDecoder().decode(mem.u8.slice(p >>> 0, (p >>> 0) + (n >>> 0)));
  let kept: Uint8Array[] = [];
  const compiled = new Map<string, RegExp | null>();
  return {
    'testing.beginCapture': () => { run.capture = []; },
    'testing.endCapture': () => {
      kept = run.capture ?? [];
      run.capture = null;
      return kept.reduce((n, b) => n + b.length, 0);
    },
    'testing.takeCapture': (p: number) => {
      let at = p >>> 0;
      for (const b of kept) { mem.u8.set(b, at); at += b.length; }
      kept = [];
    },
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
