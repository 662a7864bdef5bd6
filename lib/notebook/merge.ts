/**
 * Differences between two documents and the merge of two that grew from one. Cells
 * are told apart by id: a cell that moved is the same cell, and text merges inside
 * a cell only. What cannot be joined is a conflict, listed; mine stays in the
 * document, theirs in the conflict, so nothing is lost by merging.
 */
import type { CellDoc, NotebookDoc } from './document.ts';
import { lastId, sameCell } from './document.ts';

export type CellChange =
  | { readonly kind: 'added'; readonly id: number; readonly now: CellDoc }
  | { readonly kind: 'removed'; readonly id: number; readonly was: CellDoc }
  | { readonly kind: 'changed'; readonly id: number; readonly was: CellDoc; readonly now: CellDoc }
  | { readonly kind: 'moved'; readonly id: number; readonly now: CellDoc };

/** What happened from a to b, in the order of b, removed cells last. A cell counts as moved when it left the longest run of cells that kept their order. */
export function diffNotebooks(a: NotebookDoc, b: NotebookDoc): CellChange[] {
  const was = new Map(a.cells.map((c, i) => [c.id, { c, i }])), now = new Set(b.cells.map(c => c.id));
  const stay = longestRising(b.cells.flatMap(c => { const w = was.get(c.id); return w ? [w.i] : []; }));
  const out: CellChange[] = [];
  for (const c of b.cells) {
    const w = was.get(c.id);
    if (!w) { out.push({ kind: 'added', id: c.id, now: c }); continue; }
    if (!sameCell(w.c, c)) out.push({ kind: 'changed', id: c.id, was: w.c, now: c });
    if (!stay.has(w.i)) out.push({ kind: 'moved', id: c.id, now: c });
  }
  for (const c of a.cells) if (!now.has(c.id)) out.push({ kind: 'removed', id: c.id, was: c });
  return out;
}

/** The members of a longest increasing subsequence (numbers distinct). */
function longestRising(list: readonly number[]): Set<number> {
  const tails: number[] = [], before = new Map<number, number | undefined>();
  for (const x of list) {
    let lo = 0, hi = tails.length;
    while (lo < hi) { const mid = (lo + hi) >> 1; if (tails[mid] < x) lo = mid + 1; else hi = mid; }
    before.set(x, tails[lo - 1]);
    tails[lo] = x;
  }
  const out = new Set<number>();
  for (let x: number | undefined = tails[tails.length - 1]; x !== undefined; x = before.get(x)) out.add(x);
  return out;
}

export interface Conflict { readonly id: number; readonly what: 'text' | 'kind' | 'removed'; readonly mine: CellDoc | null; readonly theirs: CellDoc | null; }
export interface Merged { readonly doc: NotebookDoc; readonly conflicts: readonly Conflict[]; }

/**
 * Joins two documents over their base. mergeText joins two values of one cell over
 * the base's, or gives null where it cannot (the default never can).
 */
export function mergeNotebooks(base: NotebookDoc, mine: NotebookDoc, theirs: NotebookDoc, mergeText: (base: string, mine: string, theirs: string) => string | null = () => null): Merged {
  const conflicts: Conflict[] = [];
  const old = new Map(base.cells.map(c => [c.id, c])), my = new Map(mine.cells.map(c => [c.id, c]));
  let next = Math.max(lastId(base), lastId(mine), lastId(theirs)) + 1;
  /** New cells of theirs whose id is also a new cell of mine get a fresh one. */
  const renamed = new Map<number, number>();
  const their = new Map<number, CellDoc>();
  for (const c of theirs.cells) {
    const m = my.get(c.id);
    const fresh = !old.has(c.id) && m !== undefined && !sameCell(m, c) ? next++ : c.id;
    if (fresh !== c.id) renamed.set(c.id, fresh);
    their.set(fresh, fresh === c.id ? c : { ...c, id: fresh });
  }
  const keep = new Map<number, CellDoc>();
  for (const c of mine.cells) {
    const o = old.get(c.id), t = their.get(c.id);
    if (!o) { keep.set(c.id, c); continue; }
    if (!t) { if (!sameCell(o, c)) { keep.set(c.id, c); conflicts.push({ id: c.id, what: 'removed', mine: c, theirs: null }); } continue; }
    keep.set(c.id, joinCell(o, c, t, mergeText, conflicts));
  }
  for (const [id, t] of their) {
    if (keep.has(id) || my.has(id)) continue;
    const o = old.get(id);
    if (!o) keep.set(id, t);
    else if (!sameCell(o, t)) { keep.set(id, t); conflicts.push({ id, what: 'removed', mine: null, theirs: t }); }
  }
  // The side that reordered gives the order; the other side's new cells follow the cell they followed there.
  const reordered = diffNotebooks(base, mine).some(c => c.kind === 'moved');
  const [lead, follow] = reordered ? [mine.cells.map(c => c.id), theirs.cells.map(c => renamed.get(c.id) ?? c.id)] : [theirs.cells.map(c => renamed.get(c.id) ?? c.id), mine.cells.map(c => c.id)];
  const order = lead.filter(id => keep.has(id)), placed = new Set(order);
  let after = -1;
  for (const id of follow) {
    if (!keep.has(id)) continue;
    if (placed.has(id)) { after = order.indexOf(id); continue; }
    order.splice(++after, 0, id);
    placed.add(id);
  }
  const title = mine.title === base.title ? theirs.title : mine.title;
  return { doc: { ...mine, title, cells: order.map(id => keep.get(id)!) }, conflicts };
}

function joinCell(o: CellDoc, m: CellDoc, t: CellDoc, mergeText: (b: string, m: string, t: string) => string | null, conflicts: Conflict[]): CellDoc {
  if (sameCell(m, t) || sameCell(t, o)) return m;
  if (sameCell(m, o)) return t;
  const pick = <T>(was: T, mine: T, its: T): T => mine === was ? its : mine;
  let { value } = m;
  if (m.value === o.value) value = t.value;
  else if (t.value !== o.value && t.value !== m.value) {
    const joined = mergeText(o.value, m.value, t.value);
    if (joined === null) conflicts.push({ id: m.id, what: 'text', mine: m, theirs: t }); else value = joined;
  }
  if (m.mode !== o.mode && t.mode !== o.mode && m.mode !== t.mode) conflicts.push({ id: m.id, what: 'kind', mine: m, theirs: t });
  const output = pick(o.output, m.output, t.output), lang = pick(o.lang, m.lang, t.lang);
  const { output: _o, lang: _l, ...rest } = m;
  return { ...rest, value, mode: pick(o.mode, m.mode, t.mode), pinned: pick(o.pinned, m.pinned, t.pinned), hidden: pick(o.hidden, m.hidden, t.hidden), attrs: pick(o.attrs, m.attrs, t.attrs), ...(output === undefined ? {} : { output }), ...(lang === undefined ? {} : { lang }) };
}
