/**
 * The layout of a way drawn over the source. Lines that the way touches (and one around
 * each) stand in rows; above the text of a row sit the numbered badges of its steps, each
 * at the column where its code begins; connectors run from badge to badge.
 */
import { utf16Col } from '../cell/marks.ts';
import type { PathStory } from './questions.ts';

/** A line of the source in the picture; line 0 is a gap. */
export interface PictureRow { readonly line: number; readonly top: number; readonly height: number; }
/** Steps at one place; x is its left edge, cx its middle, in pixels. at: where the text begins; under: width of the code that is meant, 0 where it does not stand there. */
export interface Badge { readonly steps: readonly number[]; readonly label: string; readonly line: number; readonly col: number; readonly x: number; readonly top: number; readonly width: number; readonly at: number; readonly under: number; readonly bottom: number; }
export interface Link { readonly d: string; readonly from: number; readonly to: number; }
export interface Picture { readonly rows: readonly PictureRow[]; readonly badges: readonly Badge[]; readonly links: readonly Link[]; readonly width: number; readonly height: number; /** Where the name of what outlives the value stands. */ readonly end: { readonly x: number; readonly top: number } | null; }

export const badgeHeight = 16;
const plainRow = 22, badgeRow = 45, gapRow = 16, tabSize = 4;

/** Columns a text takes in a fixed-width font. */
export function columns(text: string): number {
  let n = 0;
  for (const c of text) n += c === '\t' ? tabSize - n % tabSize : c.codePointAt(0)! >= 0x1100 && /\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Hangul}|[\uff01-\uff60]/u.test(c) ? 2 : 1;
  return n;
}

const derefMark = (n: number): string => (n < 0 ? '&' : '*'.repeat(Math.min(n, 3)));

/** ch: width of a column; left: where text begins. */
export function picture(story: PathStory, lines: readonly string[], ch: number, left: number): Picture {
  const ok = (line: number): boolean => line >= 1 && line <= lines.length;
  // Places in the order of the way; the value itself first, where no step stands on it.
  const places: { line: number; col: number; steps: number[]; marks: string }[] = [];
  const order: number[] = [];
  const put = (line: number, col: number, step: number, mark: string): void => {
    let i = places.findIndex(p => p.line === line && p.col === col);
    if (i < 0) i = places.push({ line, col, steps: [], marks: '' }) - 1;
    if (step > 0) { places[i].steps.push(step); places[i].marks += mark; }
    if (order[order.length - 1] !== i) order.push(i);
  };
  const first = story.steps.find(s => ok(s.line));
  if (ok(story.line) && !(first && first.line === story.line && first.col === story.col)) put(story.line, story.col, 0, '');
  story.steps.forEach((s, i) => { if (ok(s.line)) put(s.line, s.col, i + 1, i === 0 || story.steps[i - 1].last ? derefMark(s.derefs) : ''); });

  const shown = new Set<number>();
  for (const p of places) for (let l = p.line - 1; l <= p.line + 1; l++) if (ok(l)) shown.add(l);
  const rows: PictureRow[] = [];
  let top = 0, before = 0;
  for (const line of [...shown].sort((a, b) => a - b)) {
    if (before > 0 && line === before + 2) { rows.push({ line: line - 1, top, height: plainRow }); top += plainRow; }
    else if (before > 0 && line > before + 1) { rows.push({ line: 0, top, height: gapRow }); top += gapRow; }
    const height = places.some(p => p.line === line) ? badgeRow : plainRow;
    rows.push({ line, top, height });
    top += height;
    before = line;
  }

  const badges: Badge[] = new Array(places.length);
  let width = 0;
  for (const r of rows) {
    if (r.line === 0) continue;
    width = Math.max(width, left + columns(lines[r.line - 1]) * ch + 16);
    let free = left - 4;
    const here = places.map((p, i) => ({ p, i })).filter(x => x.p.line === r.line).sort((a, b) => a.p.col - b.p.col);
    for (const { p, i } of here) {
      const text = lines[r.line - 1], from = utf16Col(text, p.col);
      const code = p.steps.map(n => story.steps[n - 1].code.split('\n', 1)[0]).filter(c => text.startsWith(c, from)).sort((a, b) => b.length - a.length)[0] ?? (p.steps.length === 0 && text.startsWith(story.value, from) ? story.value : '');
      const label = p.steps.length === 0 ? '●' : `${p.steps.join(' ')}${p.marks === '' ? '' : ` ${p.marks}`}`;
      const at = left + columns(text.slice(0, from)) * ch, w = Math.max(18, 8 + label.length * 7.2), x = Math.max(free, at - 3);
      free = x + w + 16;
      badges[i] = { steps: p.steps, label, line: p.line, col: p.col, x, top: r.top + 7, width: w, at, under: code === '' ? 0 : columns(code) * ch, bottom: r.top + r.height };
      width = Math.max(width, free + 16);
    }
  }
  const links: Link[] = [];
  for (let k = 1; k < order.length; k++) links.push({ d: link(badges[order[k - 1]], badges[order[k]]), from: order[k - 1], to: order[k] });
  let end: Picture['end'] = null;
  const lastBadge = badges[order[order.length - 1]];
  if (lastBadge) {
    const right = badges.filter(b => b.line === lastBadge.line).reduce((m, b) => Math.max(m, b.x + b.width), left + columns(lines[lastBadge.line - 1]) * ch);
    end = { x: right + 30, top: lastBadge.top };
    const y = lastBadge.top + badgeHeight / 2;
    const free = !badges.some(b => b.line === lastBadge.line && b.x > lastBadge.x), cx = lastBadge.x + lastBadge.width / 2;
    // Over the badges that stand in the way.
    links.push({ d: free ? `M${lastBadge.x + lastBadge.width} ${y}H${right + 26}` : `M${cx} ${lastBadge.top}q0 -8 10 -8H${right + 36}q10 0 10 6`, from: order[order.length - 1], to: -1 });
    width = Math.max(width, end.x + 170);
  }
  return { rows, badges, links, width, height: top, end };
}

/** From one badge to another: along the row, or in a curve between rows. */
function link(a: Badge, b: Badge): string {
  const ax = a.x + a.width / 2, bx = b.x + b.width / 2, ay = a.top + badgeHeight / 2, by = b.top + badgeHeight / 2;
  if (a.line === b.line) {
    const right = bx > ax, x0 = right ? a.x + a.width : a.x, x1 = right ? b.x - 2 : b.x + b.width + 2;
    return `M${x0} ${ay}C${x0 + (right ? 10 : -10)} ${ay - 9} ${x1 + (right ? -10 : 10)} ${by - 9} ${x1} ${by}`;
  }
  const down = b.top > a.top, y0 = down ? a.top + badgeHeight : a.top, y1 = down ? b.top - 2 : b.top + badgeHeight + 2;
  const bend = Math.max(18, Math.abs(y1 - y0) * .45), side = Math.abs(ax - bx) < 24 ? -26 : 0;
  return `M${ax} ${y0}C${ax + side} ${y0 + (down ? bend : -bend)} ${bx + side} ${y1 - (down ? bend : -bend)} ${bx} ${y1}`;
}
