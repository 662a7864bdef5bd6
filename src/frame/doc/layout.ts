/**
 * From one layout of a text to another: small edits in place of one large one, so that
 * marks and carets stay with their tokens.
 *
 * White space, and the marks a formatter adds or takes away (`,` `;` and parentheses),
 * count as layout; everything else must follow in the same order, or the rest up to
 * the common end is replaced at once.
 */
export interface LayoutEdit { readonly from: number; readonly to: number; readonly insert: string; }

const space = (c: string | undefined): boolean => c === ' ' || c === '\n' || c === '\t' || c === '\r';
const loose = (c: string | undefined): boolean => c === ',' || c === ';' || c === '(' || c === ')';

/** Edits that make b of a, in order, not overlapping. */
export function layoutEdits(a: string, b: string): LayoutEdit[] {
  const out: LayoutEdit[] = [];
  const put = (from: number, to: number, insert: string): void => {
    const last = out.at(-1);
    if (last && last.to === from) out[out.length - 1] = { from: last.from, to, insert: last.insert + insert };
    else out.push({ from, to, insert });
  };
  let i = 0, j = 0;
  for (;;) {
    let i2 = i, j2 = j;
    while (space(a[i2])) i2++;
    while (space(b[j2])) j2++;
    if (a.slice(i, i2) !== b.slice(j, j2)) put(i, i2, b.slice(j, j2));
    i = i2;
    j = j2;
    if (i >= a.length && j >= b.length) return out;
    if (a[i] === b[j]) { i++; j++; }
    else if (loose(a[i])) { put(i, i + 1, ''); i++; }
    else if (loose(b[j])) { put(i, i, b[j]); j++; }
    else break;
  }
  let tail = 0;
  while (tail < a.length - i && tail < b.length - j && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail++;
  put(i, a.length - tail, b.slice(j, b.length - tail));
  return out;
}

/** Where in b the token stands that is at an offset of a, if both have as many of them. */
export function sameToken(a: string, b: string, offset: number): number {
  if (offset >= a.length) return b.length;
  const solid = (c: string | undefined): boolean => c !== undefined && !space(c) && !loose(c);
  let n = 0;
  for (let i = 0; i < offset; i++) if (solid(a[i])) n++;
  // Right after a token the caret stays there; else it stays before the next one, or in its line.
  const after = solid(a[offset - 1]), before = solid(a[offset]);
  let j = 0;
  for (; j < b.length && n > 0; j++) if (solid(b[j])) n--;
  if (after || !before) return j;
  while (j < b.length && !solid(b[j])) j++;
  return j;
}

/** Whether a and b differ in their layout alone, as far as counting tells. */
export function layoutOnly(a: string, b: string): boolean {
  const count = (s: string): number => { let n = 0; for (const c of s) if (!space(c) && !loose(c)) n++; return n; };
  return count(a) === count(b);
}
