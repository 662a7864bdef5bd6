/** Rows of the table of verdicts: kinds, counts of the run, and what a site really does in short. */
import { truthText as longText } from '../cell/marks.ts';
import type { EscapeVerdict, GoCheckResult, InlineVerdict, SiteRow } from '../kernel/gotypes.ts';
import type { VerdictKey } from '../../i18n/verdict.en.ts';

export const kinds = ['heap', 'moved', 'leak', 'stack', 'can', 'call'] as const;
export type Kind = (typeof kinds)[number];
export type Verdict = EscapeVerdict | InlineVerdict;
export interface Row { readonly v: Verdict; readonly kind: Kind; readonly key: string; readonly really: string; readonly objects: number | null; readonly bytes: number | null; }

const kindOf = (v: Verdict): Kind => {
  switch (v.kind) {
    case 'heap': case 'moved': case 'leak': case 'can': case 'call': return v.kind;
    case 'devirtualize': return 'call';
    case 'cannot': return 'can';
    default: return 'stack';
  }
};

export type SayVerdict = (key: VerdictKey, ...values: (string | number)[]) => string;
/** What happens at run time, in few words. */
export const reallyText = (v: Verdict, say: SayVerdict): string => {
  const t = 'truths' in v ? v.truths?.[0] : undefined;
  if (!t) return '';
  const heap = t.place === 'heap' && t.size !== null ? `${say('tHeapWord')}: ` : '';
  return heap + longText(t, (key, ...values) => (key === 'tSmall' ? `; ${say('tSmall')}` : say(key as VerdictKey, ...values)));
};

/** All verdicts in the order of the text; objects and bytes are those of the run, null where the site makes none or nothing ran. */
export function rowsOf(check: GoCheckResult, sites: readonly SiteRow[] | null, say: SayVerdict): Row[] {
  const seen = new Map<string, number>();
  return [...check.escapes, ...check.inlining].sort((a, b) => a.line - b.line || a.col - b.col).map((v): Row => {
    const base = `${v.line}:${v.col} ${v.text}`, n = seen.get(base) ?? 0;
    seen.set(base, n + 1);
    let objects: number | null = null, bytes: number | null = null;
    const truths = 'truths' in v ? v.truths ?? [] : [];
    if (sites && truths.some(t => t.place === 'heap' || t.place === 'buffer')) {
      const named = new Set(truths.map(t => `${t.what} ${t.func}`));
      objects = bytes = 0;
      for (const s of sites) if (s.line === v.line && s.col === v.col && named.has(`${s.what} ${s.func}`)) { objects += s.allocs; bytes += s.bytes; }
    }
    return { v, kind: kindOf(v), key: `${base} ${n}`, really: reallyText(v, say), objects, bytes };
  });
}
