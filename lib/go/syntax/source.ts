/**
 * Source bytes made safe to scan.
 *
 * gc's reader drops NUL bytes, bytes that are not UTF-8 and byte order marks
 * (complaining about all but a leading mark) before the scanner sees them. Few
 * files have any, so we look once: a clean file is scanned as it is; for a dirty
 * one the bad bytes are cut out, and positions are mapped back. A zero byte is
 * appended and means the end, since no other can be left.
 */

export interface Source {
  /** The text without bad bytes, then one zero byte. */
  readonly bytes: Uint8Array;
  /** Length of the text. */
  readonly size: number;
  /** Where bytes were cut, in order; null for a clean file. */
  readonly cuts: readonly Cut[] | null;
}

/** n bytes at the original offset stood before the remaining byte at offset at; message null: dropped silently. */
export interface Cut { readonly at: number; readonly offset: number; readonly n: number; readonly removed: number; readonly message: string | null; }

/** Length of the UTF-8 sequence at i (1–4), or 0 if there is none by Go's rules (no overlong forms, no surrogates, at most U+10FFFF). */
export function runeLength(b: Uint8Array, i: number): number {
  const c = b[i];
  if (c < 0x80) return 1;
  if (c < 0xc2 || c > 0xf4) return 0;
  const n = c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4;
  if (i + n > b.length) return 0;
  const d = b[i + 1];
  const lo = c === 0xe0 ? 0xa0 : c === 0xf0 ? 0x90 : 0x80;
  const hi = c === 0xed ? 0x9f : c === 0xf4 ? 0x8f : 0xbf;
  if (d < lo || d > hi) return 0;
  for (let k = 2; k < n; k++) if ((b[i + k] & 0xc0) !== 0x80) return 0;
  return n;
}

/** The code point of the valid UTF-8 sequence at i; 0 at the end. */
export function runeAt(b: Uint8Array, i: number): number {
  const c = b[i];
  if (c < 0x80) return c;
  if (c < 0xe0) return ((c & 0x1f) << 6) | (b[i + 1] & 0x3f);
  if (c < 0xf0) return ((c & 0x0f) << 12) | ((b[i + 1] & 0x3f) << 6) | (b[i + 2] & 0x3f);
  return ((c & 0x07) << 18) | ((b[i + 1] & 0x3f) << 12) | ((b[i + 2] & 0x3f) << 6) | (b[i + 3] & 0x3f);
}

/** Prepares text for scanning. */
export function readSource(text: Uint8Array): Source {
  const size = text.length;
  let i = 0;
  for (; i < size; ) {
    const c = text[i];
    if (c === 0) break;
    if (c < 0x80) { i++; continue; }
    const n = runeLength(text, i);
    if (n === 0 || isBom(text, i)) break;
    i += n;
  }
  const bytes = new Uint8Array(size + 1);
  if (i === size) {
    bytes.set(text);
    return { bytes, size, cuts: null };
  }
  const cuts: Cut[] = [];
  let to = 0, removed = 0;
  for (i = 0; i < size; ) {
    const n = runeLength(text, i);
    let message: string | null;
    if (text[i] === 0) message = 'invalid NUL character';
    else if (n === 0) message = 'invalid UTF-8 encoding';
    else if (isBom(text, i)) message = i === 0 ? null : 'invalid BOM in the middle of the file';
    else {
      for (let k = 0; k < n; k++) bytes[to++] = text[i++];
      continue;
    }
    removed += n || 1;
    cuts.push({ at: to, offset: i, n: n || 1, removed, message });
    i += n || 1;
  }
  return { bytes: bytes.subarray(0, to + 1), size: to, cuts };
}

function isBom(b: Uint8Array, i: number): boolean { return b[i] === 0xef && b[i + 1] === 0xbb && b[i + 2] === 0xbf; }

/** The original offset of an offset in the cut text. */
export function originalOffset(cuts: readonly Cut[], offset: number): number {
  let lo = 0, hi = cuts.length;
  while (lo < hi) {
    const mid = (lo + hi) >> 1;
    if (cuts[mid].at <= offset) lo = mid + 1; else hi = mid;
  }
  return lo === 0 ? offset : offset + cuts[lo - 1].removed;
}
