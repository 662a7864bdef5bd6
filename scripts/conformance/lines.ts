/** Comparing two outputs line by line: what only one of them has, order taken into account. */
export function differing(a0: readonly string[], b0: readonly string[]): { onlyA: string[]; onlyB: string[] } {
  let from = 0, endA = a0.length, endB = b0.length;
  while (from < endA && from < endB && a0[from] === b0[from]) from++;
  while (endA > from && endB > from && a0[endA - 1] === b0[endB - 1]) { endA--; endB--; }
  const a = a0.slice(from, endA), b = b0.slice(from, endB);
  const n = a.length, m = b.length;
  // Longest common subsequence; a table too large for memory counts all as different.
  if (n * m > 1.5e8) return { onlyA: a, onlyB: b };
  const t = new Uint32Array((n + 1) * (m + 1));
  for (let i = n - 1; i >= 0; i--) {
    for (let j = m - 1; j >= 0; j--) t[i * (m + 1) + j] = a[i] === b[j] ? t[(i + 1) * (m + 1) + j + 1] + 1 : Math.max(t[(i + 1) * (m + 1) + j], t[i * (m + 1) + j + 1]);
  }
  const onlyA: string[] = [], onlyB: string[] = [];
  for (let i = 0, j = 0; i < n || j < m;) {
    if (i < n && j < m && a[i] === b[j]) { i++; j++; }
    else if (j < m && (i === n || t[i * (m + 1) + j + 1] >= t[(i + 1) * (m + 1) + j])) onlyB.push(b[j++]);
    else onlyA.push(a[i++]);
  }
  return { onlyA, onlyB };
}
