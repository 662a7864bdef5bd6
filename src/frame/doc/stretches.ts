/**
 * A long notebook is laid out in stretches of neighbouring cells, each an element of its
 * own: what a key costs must not grow with the notebook, and a browser asks every child of
 * a column where it stands whenever one of them may have grown. With stretches it asks
 * the cells of one, and the stretches.
 *
 * A cell stays in its stretch for as long as the order of cells allows, because to change
 * it means to build the cell's elements anew: of the cells that were there before, the
 * most that still stand in their old order keep their places, and all others join the
 * stretch they came into.
 */
export interface Stretch<C> { readonly id: number; readonly cells: readonly C[] }

/** Cells of a new stretch, and the most a stretch grows to before it is cut. */
export const stretchSize = 16, stretchLimit = 48;

/** Arranges cells in stretches, keeping those of before that have not changed. */
export function arrange<C extends { readonly id: number }>(cells: readonly C[], before: readonly Stretch<C>[]): readonly Stretch<C>[] {
  return sameOrder(cells, before) ?? anew(cells, before);
}

/** The same cells in the same order, or null. */
function sameOrder<C extends { readonly id: number }>(cells: readonly C[], before: readonly Stretch<C>[]): readonly Stretch<C>[] | null {
  let at = 0, out: Stretch<C>[] | null = null;
  for (let k = 0; k < before.length; k++) {
    const s = before[k], n = s.cells.length;
    let same = true;
    for (let i = 0; i < n; i++) {
      const c = cells[at + i];
      if (c === s.cells[i]) continue;
      if (c?.id !== s.cells[i].id) return null;
      same = false;
    }
    if (!same) (out ??= before.slice())[k] = { id: s.id, cells: cells.slice(at, at + n) };
    at += n;
  }
  return at === cells.length ? out ?? before : null;
}

function anew<C extends { readonly id: number }>(cells: readonly C[], before: readonly Stretch<C>[]): readonly Stretch<C>[] {
  const home = new Map<number, number>(), place = new Map<number, number>();
  let fresh = 1;
  for (const s of before) { fresh = Math.max(fresh, s.id + 1); for (const c of s.cells) { home.set(c.id, s.id); place.set(c.id, place.size); } }
  const keeps = increasing(cells.map(c => place.get(c.id) ?? -1));
  const out: { id: number; cells: C[] }[] = [];
  let last: { id: number; cells: C[] } | null = null;
  cells.forEach((c, i) => {
    const h = keeps.has(i) ? home.get(c.id) : undefined;
    // A stretch that only newcomers made so far becomes that of the first cell that had one.
    if (h !== undefined && last !== null && last.id === 0) last.id = h;
    else if (last === null || (h !== undefined ? h !== last.id : home.size === 0 && last.cells.length >= stretchSize)) out.push(last = { id: h ?? (home.size === 0 ? fresh++ : 0), cells: [] });
    last.cells.push(c);
  });
  return out.flatMap(s => {
    if (s.id === 0) s.id = fresh++;
    if (s.cells.length <= stretchLimit) return [s];
    const cut: Stretch<C>[] = [];
    for (let i = 0; i < s.cells.length; i += stretchSize) cut.push({ id: i === 0 ? s.id : fresh++, cells: s.cells.slice(i, i + stretchSize) });
    return cut;
  });
}

/** Indices of a longest increasing subsequence of what is not negative. */
function increasing(list: readonly number[]): ReadonlySet<number> {
  const tails: number[] = [], from = new Array<number>(list.length).fill(-1);
  list.forEach((v, i) => {
    if (v < 0) return;
    let lo = 0, hi = tails.length;
    while (lo < hi) { const mid = (lo + hi) >> 1; if (list[tails[mid]] < v) lo = mid + 1; else hi = mid; }
    if (lo > 0) from[i] = tails[lo - 1];
    tails[lo] = i;
  });
  const out = new Set<number>();
  for (let i = tails.at(-1) ?? -1; i >= 0; i = from[i]) out.add(i);
  return out;
}
