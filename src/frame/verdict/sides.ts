/** Two lists of verdicts of one text, paired by place and text. */
import type { GoCheckResult } from '../kernel/gotypes.ts';
import { rowsOf, type Row, type SayVerdict } from './table.ts';

/** A verdict on each side; null: that side has none there. They differ in text, or in what happens at run time. */
export interface Pair { readonly line: number; readonly col: number; readonly a: Row | null; readonly b: Row | null; readonly differs: boolean; }

export function pairs(left: GoCheckResult, right: GoCheckResult, say: SayVerdict): Pair[] {
  const places = new Map<string, { line: number; col: number; a: Row[]; b: Row[] }>();
  const put = (rows: readonly Row[], side: 'a' | 'b'): void => {
    for (const r of rows) {
      const { line, col } = r.v, key = `${line}:${col}`;
      let p = places.get(key);
      if (!p) places.set(key, p = { line, col, a: [], b: [] });
      p[side].push(r);
    }
  };
  put(rowsOf(left, null, say), 'a');
  put(rowsOf(right, null, say), 'b');
  const out: Pair[] = [];
  for (const { line, col, a, b } of [...places.values()].sort((x, y) => x.line - y.line || x.col - y.col)) {
    // Equal ones first, then those of one kind of speech, then what is left.
    const rest = b.slice(), alone: Row[] = [];
    const take = (same: (x: Row) => boolean): Row | null => { const i = rest.findIndex(same); return i < 0 ? null : rest.splice(i, 1)[0]; };
    for (const r of a) {
      const twin = take(x => x.v.text === r.v.text);
      if (twin) out.push({ line, col, a: r, b: twin, differs: twin.really !== r.really }); else alone.push(r);
    }
    const inlines = (r: Row): boolean => r.kind === 'can' || r.kind === 'call';
    for (const r of alone) out.push({ line, col, a: r, b: take(x => inlines(x) === inlines(r) && !inlines(r)), differs: true });
    for (const r of rest) out.push({ line, col, a: null, b: r, differs: true });
  }
  return out;
}
