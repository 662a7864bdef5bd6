/** Classes and case of runes, from the tables of the Go version modelled: the host's Unicode must not decide. */
import { cases, classes, folds, rangeTables } from './unicode_tables.ts';

const decoded = new Map<string, Int32Array>();

/** [lo, hi) pairs of a class. */
function rangesOf(name: string): Int32Array {
  let t = decoded.get(name);
  if (!t) {
    const words = (classes[name] ?? rangeTables[name.slice(1)] ?? '').split(' ').filter((w) => w !== '').map((w) => parseInt(w, 36));
    t = new Int32Array(words.length);
    let at = 0;
    for (let i = 0; i < words.length; i += 2) {
      at += words[i];
      t[i] = at;
      at += words[i + 1];
      t[i + 1] = at;
    }
    decoded.set(name, t);
  }
  return t;
}

/** Whether there is a table of that name (a category or a script). */
export const hasTable = (name: string): boolean => Object.hasOwn(rangeTables, name) || Object.hasOwn(classes, `#${name}`);

/** Whether rune r is in a class: L N d u l t P S M p (print) z (graphic) q (strconv.IsPrint). */
export function inClass(r: number, name: string): boolean {
  const t = rangesOf(name);
  let lo = 0, hi = t.length >> 1;
  while (lo < hi) {
    const mid = (lo + hi) >> 1;
    if (r < t[2 * mid]) hi = mid;
    else if (r >= t[2 * mid + 1]) lo = mid + 1;
    else return true;
  }
  return false;
}

const maps: (Map<number, number> | undefined)[] = [];

/** The upper (0), lower (1) or title (2) case of r. */
export function caseOf(which: number, r: number): number {
  let m = maps[which];
  if (!m) {
    maps[which] = m = new Map();
    const w = cases[which].split(' ').map((x) => parseInt(x, 36));
    let at = 0;
    for (let i = 0; i < w.length; i += 4) {
      at += w[i];
      for (let k = 0; k < w[i + 1]; k++) m.set(at + k * w[i + 2], at + k * w[i + 2] + w[i + 3]);
      at += (w[i + 1] - 1) * w[i + 2];
    }
  }
  return m.get(r) ?? r;
}

let foldOf: Map<number, number> | undefined;

/** The next rune of r's case-folding orbit, as unicode.SimpleFold. */
export function simpleFold(r: number): number {
  if (!foldOf) {
    foldOf = new Map();
    const w = folds.split(' ').map((x) => parseInt(x, 36));
    for (let i = 0; i < w.length; i += 2) foldOf.set(w[i], w[i + 1]);
  }
  const f = foldOf.get(r);
  if (f !== undefined) return f;
  const lower = r < 128 ? (r >= 65 && r <= 90 ? r + 32 : r) : caseOf(1, r);
  if (lower !== r) return lower;
  return r < 128 ? (r >= 97 && r <= 122 ? r - 32 : r) : caseOf(0, r);
}
