/**
 * Line differences and the three-way merge.
 *
 * The difference is Myers' greedy search for the shortest edit script, with the
 * common beginning and end cut off first, and bounded: past maxEdits the rest counts
 * as replaced, which is correct and merely longer.
 *
 * A merge walks both differences from the common base. A region that one side alone
 * changed takes that side; a region that both changed the same way is taken once;
 * anything else overlaps, and merge gives up (null): the caller forks, so nothing
 * is ever lost.
 */
export const maxEdits = 1500;

/** Lines with their ends, so that joining them gives the text back. */
export const linesOf = (text: string): string[] => text === '' ? [] : text.match(/[^\n]*\n|[^\n]+$/g) ?? [];

/** a[a0,a1) became b[b0,b1). */
export interface Hunk { readonly a0: number; readonly a1: number; readonly b0: number; readonly b1: number }

/** The regions in which two lists of lines differ, in order. */
export function diffLines(a: readonly string[], b: readonly string[]): Hunk[] {
  let start = 0, endA = a.length, endB = b.length;
  while (start < endA && start < endB && a[start] === b[start]) start++;
  while (endA > start && endB > start && a[endA - 1] === b[endB - 1]) { endA--; endB--; }
  const n = endA - start, m = endB - start;
  if (n === 0 && m === 0) return [];
  if (n === 0 || m === 0) return [{ a0: start, a1: endA, b0: start, b1: endB }];
  const most = Math.min(n + m, maxEdits), width = 2 * most + 1;
  const v = new Int32Array(width + 2).fill(-1);
  const trace: Int32Array[] = [];
  v[most + 1] = 0;
  let found = -1;
  for (let d = 0; d <= most && found < 0; d++) {
    for (let k = -d; k <= d; k += 2) {
      let x = k === -d || (k !== d && v[most + k - 1] < v[most + k + 1]) ? v[most + k + 1] : v[most + k - 1] + 1;
      let y = x - k;
      while (x < n && y < m && a[start + x] === b[start + y]) { x++; y++; }
      v[most + k] = x;
      if (x >= n && y >= m) { found = d; break; }
    }
    trace.push(v.slice(most - d, most + d + 1));
  }
  if (found < 0) return [{ a0: start, a1: endA, b0: start, b1: endB }];
  // Walk back: which lines of a and b stand alone.
  const goneA = new Uint8Array(n), newB = new Uint8Array(m);
  let x = n, y = m;
  for (let d = found; d > 0; d--) {
    const before = trace[d - 1], at = (k: number): number => k < -(d - 1) || k > d - 1 ? -1 : before[k + d - 1];
    const k = x - y, down = k === -d || (k !== d && at(k - 1) < at(k + 1));
    const px = at(down ? k + 1 : k - 1), py = px - (down ? k + 1 : k - 1);
    while (x > (down ? px : px + 1) && y > (down ? py + 1 : py)) { x--; y--; }
    if (down) newB[--y] = 1; else goneA[--x] = 1;
    x = px; y = py;
  }
  const hunks: Hunk[] = [];
  for (let i = 0, j = 0; i < n || j < m;) {
    if (!goneA[i] && !newB[j]) { i++; j++; continue; }
    const a0 = i, b0 = j;
    while (i < n && goneA[i]) i++;
    while (j < m && newB[j]) j++;
    hunks.push({ a0: start + a0, a1: start + i, b0: start + b0, b1: start + j });
  }
  return hunks;
}

/** The merge of two texts that grew from base, or null where both changed the same lines differently. */
export function merge3(base: string, mine: string, theirs: string): string | null {
  if (mine === theirs || theirs === base) return mine;
  if (mine === base) return theirs;
  const o = linesOf(base), a = linesOf(mine), b = linesOf(theirs);
  const ha = diffLines(o, a), hb = diffLines(o, b);
  const out: string[] = [];
  let at = 0, i = 0, j = 0;
  while (i < ha.length || j < hb.length) {
    const x = ha[i], y = hb[j];
    // Regions that touch count as overlapping: two insertions at one place have no right order.
    if (!y || (x && x.a1 < y.a0)) { push(x, a); i++; continue; }
    if (!x || y.a1 < x.a0) { push(y, b); j++; continue; }
    // Overlap: gather everything that hangs together on both sides.
    let lo = Math.min(x.a0, y.a0), hi = Math.max(x.a1, y.a1);
    const i0 = i, j0 = j;
    i++; j++;
    for (let grew = true; grew;) {
      grew = false;
      if (ha[i] && ha[i].a0 <= hi) { hi = Math.max(hi, ha[i].a1); i++; grew = true; }
      if (hb[j] && hb[j].a0 <= hi) { hi = Math.max(hi, hb[j].a1); j++; grew = true; }
    }
    lo = Math.min(lo, ha[i0].a0, hb[j0].a0);
    const ta = a.slice(ha[i0].b0 - (ha[i0].a0 - lo), ha[i - 1].b1 + (hi - ha[i - 1].a1)).join('');
    const tb = b.slice(hb[j0].b0 - (hb[j0].a0 - lo), hb[j - 1].b1 + (hi - hb[j - 1].a1)).join('');
    if (ta !== tb) return null;
    for (; at < lo; at++) out.push(o[at]);
    out.push(ta);
    at = hi;
  }
  for (; at < o.length; at++) out.push(o[at]);
  return out.join('');

  function push(h: Hunk, from: readonly string[]): void {
    for (; at < h.a0; at++) out.push(o[at]);
    for (let k = h.b0; k < h.b1; k++) out.push(from[k]);
    at = h.a1;
  }
}
