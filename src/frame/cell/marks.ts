/** Verdicts and diagnostics of a Go cell, by line and in UTF-16 offsets, for the gutter and the underlines. */
import type { Say } from '../../i18n/page.ts';
import type { EscapeVerdict, GoCheckResult, GoRange, InlineVerdict, Truth } from '../kernel/gotypes.ts';

export type MarkKind = 'heap' | 'moved' | 'stack' | 'leak' | 'inline';
export interface LineMark { readonly line: number; readonly kind: MarkKind; readonly verdicts: readonly (EscapeVerdict | InlineVerdict)[]; }
export interface Underline { readonly from: number; readonly to: number; readonly kind: 'heap' | 'error' | 'warning'; readonly text: string; }

/** What a card tells of one verdict. */
export interface CardRow { readonly kind: string; readonly text: string; readonly really: string; readonly reason: string; }

/** The rows of a card. */
export const cardRows = (verdicts: LineMark['verdicts'], say: Say, zh: boolean): CardRow[] => verdicts.map(v => ({
  kind: markKind(v) ?? '', text: v.text,
  really: 'truths' in v && v.truths ? `${say('vReally')}: ${truthText(v.truths[0], say)}` : '',
  reason: 'reason' in v && v.reason ? plain(v.reason[zh ? 'zh-CN' : 'en']) : '',
}));
const plain = (sentence: string): string => sentence.replaceAll('`', '');

/** What a site really does, in words. */
export function truthText(t: Truth, say: Say): string {
  switch (t.place) {
    case 'heap':
      if (t.size === null || t.slot === null) return say('tHeapUnknown');
      return (t.tiny ? say('tTiny', t.size) : t.sizeclass === 0 ? say('tLarge', t.size, t.slot / 8192) : say('tHeap', t.size, t.sizeclass ?? 0, t.slot)) + (t.small ? say('tSmall') : '');
    case 'stack': return t.size === null ? say('tStack') : say('tStackN', t.size);
    case 'buffer': return say(t.kind === 'append' ? 'tBufferAppend' : 'tBuffer');
    case 'static': return say('tStatic');
    case 'zero': return say('tZero');
    case 'folded': return say('tFolded');
  }
}

/** UTF-16 offset in a line of a byte column (from 1). */
export function utf16Col(line: string, byteCol: number): number {
  let bytes = 1, i = 0;
  while (i < line.length && bytes < byteCol) {
    const c = line.codePointAt(i)!;
    bytes += c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    i += c < 0x10000 ? 1 : 2;
  }
  return i;
}

const rank: readonly MarkKind[] = ['inline', 'leak', 'stack', 'moved', 'heap'];
export const markKind = (v: EscapeVerdict | InlineVerdict): MarkKind | null => {
  switch (v.kind) {
    case 'heap': case 'moved': case 'stack': case 'leak': return v.kind;
    case 'call': case 'devirtualize': return 'inline';
    default: return null;
  }
};

/** One mark a line: the strongest of its verdicts. */
export function lineMarks(check: GoCheckResult): Map<number, LineMark> {
  const out = new Map<number, LineMark>();
  for (const v of [...check.escapes, ...check.inlining]) {
    const kind = markKind(v);
    if (!kind) continue;
    const old = out.get(v.line);
    out.set(v.line, old ? { line: v.line, kind: rank.indexOf(kind) > rank.indexOf(old.kind) ? kind : old.kind, verdicts: [...old.verdicts, v] } : { line: v.line, kind, verdicts: [v] });
  }
  return out;
}

/** Ranges to underline, in offsets of text. */
export function underlines(check: GoCheckResult, text: string): Underline[] {
  const lines = text.split('\n'), starts: number[] = [];
  let at = 0;
  for (const l of lines) { starts.push(at); at += l.length + 1; }
  const span = (r: GoRange): { from: number; to: number } | null => {
    if (r.line < 1 || r.line > lines.length) return null;
    const from = starts[r.line - 1] + utf16Col(lines[r.line - 1], r.col);
    const endLine = Math.min(Math.max(r.endLine, r.line), lines.length);
    const to = Math.max(starts[endLine - 1] + utf16Col(lines[endLine - 1], r.endCol), from);
    return { from, to: to > from ? to : Math.min(from + wordAt(text, from), text.length) };
  };
  const out: Underline[] = [];
  for (const d of check.diagnostics) { const s = span(d); if (s) out.push({ ...s, kind: d.severity === 'error' ? 'error' : 'warning', text: d.text }); }
  for (const v of check.escapes) if (v.kind === 'heap' || v.kind === 'moved') { const s = span(v.from ? { ...v, ...v.from } : v); if (s) out.push({ ...s, kind: 'heap', text: v.text }); }
  return out.filter(u => u.to > u.from).sort((a, b) => a.from - b.from || a.to - b.to);
}
const wordAt = (text: string, at: number): number => Math.max(1, /^[\p{L}\p{Nd}_]*/u.exec(text.slice(at, at + 100))![0].length);
