/** Numbers as the page writes them. */

/** Bytes in B, KiB, MiB, GiB. */
export function bytesText(n: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  let i = 0;
  while (Math.abs(n) >= 1024 && i < units.length - 1) { n /= 1024; i++; }
  return `${i === 0 ? n : n.toFixed(Math.abs(n) < 10 ? 2 : Math.abs(n) < 100 ? 1 : 0)} ${units[i]}`;
}
/** Nanoseconds in ns, µs, ms, s. */
export function nsText(n: number): string {
  const units = ['ns', 'µs', 'ms', 's'];
  let i = 0;
  while (n >= 1000 && i < units.length - 1) { n /= 1000; i++; }
  return `${i === 0 ? Math.round(n) : n.toFixed(n < 10 ? 2 : n < 100 ? 1 : 0)} ${units[i]}`;
}
export const msText = (ms: number): string => nsText(ms * 1e6);
export const countText = (n: number): string => n.toLocaleString('en');

/** Rows as comma-separated values. */
export function csvText(rows: readonly object[]): string {
  const keys = [...new Set(rows.flatMap(r => Object.keys(r)))];
  const cell = (v: unknown): string => { const s = v === null || v === undefined ? '' : typeof v === 'object' ? JSON.stringify(v) : String(v as string | number); return /[",\n\r]/.test(s) ? `"${s.replace(/"/g, '""')}"` : s; };
  return [keys.join(','), ...rows.map(r => keys.map(k => cell((r as Record<string, unknown>)[k])).join(','))].join('\r\n') + '\r\n';
}
