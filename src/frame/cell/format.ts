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
