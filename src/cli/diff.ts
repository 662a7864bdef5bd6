/**
 * Unified differences as gofmt -d prints them.
 *
 * Lines that occur once in either text and in the same order are anchors; every
 * anchor grows over equal neighbours, and what lies between anchors was replaced.
 * That is not the shortest difference, but one that follows what lines mean.
 */

const context = 3;
/** At the end of a text whose last line has no newline. */
const noNewline = '\n\\ No newline at end of file\n';

function split(text: string): string[] {
  const lines = text.split('\n');
  if (lines[lines.length - 1] === '') lines.pop();
  else lines[lines.length - 1] += noNewline.slice(0, -1);
  return lines;
}

/** Places of the lines that both have exactly once, as the longest run of them in order in both. */
function anchors(a: readonly string[], b: readonly string[]): (readonly [number, number])[] {
  const places = new Map<string, { a: number; b: number }>();
  const note = (lines: readonly string[], side: 'a' | 'b'): void => lines.forEach((l, i) => {
    const p = places.get(l) ?? { a: -1, b: -1 };
    p[side] = p[side] === -1 ? i : -2;
    places.set(l, p);
  });
  note(a, 'a');
  note(b, 'b');
  const once = [...places.values()].filter((p) => p.a >= 0 && p.b >= 0).sort((p, q) => p.a - q.a);
  // The longest increasing sequence of places in b: ends[n] is the least last element of one of length n + 1.
  const ends: number[] = [], before: number[] = [];
  once.forEach((p, i) => {
    let lo = 0, hi = ends.length;
    while (lo < hi) {
      const mid = (lo + hi) >> 1;
      if (once[ends[mid]].b < p.b) lo = mid + 1; else hi = mid;
    }
    before[i] = lo > 0 ? ends[lo - 1] : -1;
    ends[lo] = i;
  });
  const out: (readonly [number, number])[] = [];
  for (let i = ends.length > 0 ? ends[ends.length - 1] : -1; i >= 0; i = before[i]) out.push([once[i].a, once[i].b]);
  return out.reverse();
}

/** The unified difference of two texts with its head, "" if they are equal. */
export function unifiedDiff(aName: string, a: string, bName: string, b: string): string {
  if (a === b) return '';
  const x = split(a), y = split(b);
  let out = `diff ${aName} ${bName}\n--- ${aName}\n+++ ${bName}\n`;
  let doneX = 0, doneY = 0, fromX = 0, fromY = 0, countX = 0, countY = 0, text: string[] = [];
  const same = (i: number, n: number): void => {
    for (let k = 0; k < n; k++) text.push(` ${x[i + k]}`);
    countX += n;
    countY += n;
  };
  for (const [ax, ay] of [...anchors(x, y), [x.length, y.length] as const]) {
    if (ax < doneX) continue;
    let startX = ax, startY = ay, endX = ax, endY = ay;
    while (startX > doneX && startY > doneY && x[startX - 1] === y[startY - 1]) { startX--; startY--; }
    while (endX < x.length && endY < y.length && x[endX] === y[endY]) { endX++; endY++; }
    for (; doneX < startX; doneX++, countX++) text.push(`-${x[doneX]}`);
    for (; doneY < startY; doneY++, countY++) text.push(`+${y[doneY]}`);
    const n = endX - startX, atEnd = endX >= x.length && endY >= y.length, changed = text.some((l) => !l.startsWith(' '));
    if (!atEnd && (n < context || (changed && n < 2 * context))) {
      same(startX, n);
      doneX = endX;
      doneY = endY;
      continue;
    }
    if (changed) {
      same(startX, Math.min(n, context));
      out += `@@ -${countX > 0 ? fromX + 1 : fromX},${countX} +${countY > 0 ? fromY + 1 : fromY},${countY} @@\n${text.map((l) => `${l}\n`).join('')}`;
    }
    if (atEnd) break;
    text = [];
    countX = countY = 0;
    const keep = Math.min(context, n);
    fromX = endX - keep;
    fromY = endY - keep;
    same(fromX, keep);
    doneX = endX;
    doneY = endY;
  }
  return out;
}
