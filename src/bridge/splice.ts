/**
 * A change of a text as one replaced stretch: what the frame tells the shell of a document
 * of any size when a key was pressed. The receiver must have the very text that the sender
 * started from; size catches most cases where it has not, and the messages' numbers the rest.
 */
export interface Splice { readonly at: number; readonly drop: number; readonly put: string; readonly size: number; }

/** Length of what a and b have in common, from the start or (back) from the end; at most most. By halves: strings compare quickly. */
function common(a: string, b: string, most: number, back: boolean): number {
  let lo = 0, hi = most;
  while (lo < hi) {
    const mid = (lo + hi + 1) >> 1;
    const same = back ? a.slice(a.length - mid, a.length - lo) === b.slice(b.length - mid, b.length - lo) : a.slice(lo, mid) === b.slice(lo, mid);
    if (same) lo = mid; else hi = mid - 1;
  }
  return lo;
}

/** What makes b of a. */
export function spliceOf(a: string, b: string): Splice {
  const least = Math.min(a.length, b.length), at = common(a, b, least, false), tail = common(a, b, least - at, true);
  return { at, drop: a.length - at - tail, put: b.slice(at, b.length - tail), size: a.length };
}

/** The text after a splice; null: it is not about this text, or the result would be longer than most. */
export function spliced(text: string, { at, drop, put, size }: Splice, most: number): string | null {
  if (size !== text.length || at < 0 || drop < 0 || at + drop > size || size - drop + put.length > most) return null;
  return text.slice(0, at) + put + text.slice(at + drop);
}
