/**
 * What is recorded of the real standard packages that a program imports (lib/go/facts),
 * for its verdicts: each package's facts are a small file of their own, fetched when a
 * program first imports it. What cannot be fetched is done without.
 */
import { assetText } from './chunks.ts';
import type { GoFile } from './gotypes.ts';
import { factsFile } from '../../../lib/go/facts/store.ts';

const known = new Map<string, Promise<string | null>>();

/** Paths of the packages that a text may import: what stands in quotes in its import declarations. */
export function imports(text: string): string[] {
  const out: string[] = [];
  for (const m of text.matchAll(/^[ \t]*import\b[ \t]*(?:\(([^)]*)\)|[^"`\n]*["`]([^"`\n]+)["`])/gm)) {
    if (m[2] !== undefined) out.push(m[2]);
    else for (const p of m[1].matchAll(/["`]([^"`\n]+)["`]/g)) out.push(p[1]);
  }
  return out.filter(p => /^[a-z][a-z0-9]*(\/[a-z0-9]+)*$/.test(p));
}

/** The facts of the packages that files import, by import path. */
export async function factsFor(files: readonly GoFile[]): Promise<readonly (readonly [path: string, text: string])[]> {
  const paths = [...new Set(files.flatMap(f => imports(f.text)))].slice(0, 40);
  const texts = await Promise.all(paths.map(path => {
    let p = known.get(path);
    if (!p) {
      p = assetText(`facts-${factsFile(path).replace(/\.json$/, '')}`).catch((e: unknown) => { if (!/unknown asset/.test(String(e))) known.delete(path); return null; });
      known.set(path, p);
    }
    return p;
  }));
  return paths.flatMap((path, i) => { const t = texts[i]; return t === null ? [] : [[path, t] as const]; });
}
