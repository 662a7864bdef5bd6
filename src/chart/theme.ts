/**
 * What all charts share: where hues come from, how bytes and times are written, and
 * the language of the labels. Hue says where memory is, neutral lightness what the
 * collector thinks; colours are the page's custom properties, so that a change of
 * theme needs no redraw.
 */

/** A text in both languages of the page. */
export interface Words { readonly en: string; readonly zh: string; }

export const isZh = (): boolean => document.documentElement.lang.startsWith('zh');
export const say = (w: Words | string): string => (typeof w === 'string' ? w : isZh() ? w.zh : w.en);

/** Colours by place of memory. */
export const hue = { stack: 'var(--stack)', heap: 'var(--heap)', tiny: 'var(--tiny)', large: 'var(--large)', globals: 'var(--globals)', meta: 'var(--meta)' } as const;
export const ink = { fg: 'var(--fg)', bg: 'var(--bg)', strong: 'var(--m70)', line: 'var(--m30)', faint: 'var(--m14)' } as const;
/** What the collector thinks: literal in both themes, always outlined. */
export const grey = { white: '#ffffff', grey: '#9a9a9a', black: '#1b1b1b' } as const;

/** Divisor and name of the unit in which byte figures up to max are drawn. */
export function byteUnit(max: number): { readonly div: number; readonly name: string } {
  if (max < 4096) return { div: 1, name: 'bytes' };
  if (max < 2 * 1048576) return { div: 1024, name: 'KiB' };
  if (max < 2 * 1073741824) return { div: 1048576, name: 'MiB' };
  return { div: 1073741824, name: 'GiB' };
}
/** Divisor and name of the unit in which nanoseconds up to max are drawn. */
export function timeUnit(max: number): { readonly div: number; readonly name: string } {
  if (max < 2e3) return { div: 1, name: 'ns' };
  if (max < 2e6) return { div: 1e3, name: 'µs' };
  if (max < 1e10) return { div: 1e6, name: 'ms' };
  return { div: 1e9, name: 's' };
}
/** Bytes in words: `24 B`, `4.00 KiB`, `1.50 MiB`. */
export function bytes(n: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  let i = 0;
  while (Math.abs(n) >= 1024 && i < units.length - 1) { n /= 1024; i++; }
  return `${i === 0 || Number.isInteger(n) ? n : n.toFixed(Math.abs(n) < 10 ? 2 : Math.abs(n) < 100 ? 1 : 0)} ${units[i]}`;
}
/** Nanoseconds in words. */
export function nanos(n: number): string {
  const u = timeUnit(n / 5), v = n / u.div;
  return `${u.div === 1 ? Math.round(v) : v.toFixed(v < 10 ? 2 : v < 100 ? 1 : 0)} ${u.name}`;
}
export const count = (n: number): string => n.toLocaleString('en');
/** A count of objects in words: `1 object`, `1,024 objects`. */
export const objects = (n: number): string => (isZh() ? `${count(n)} 个对象` : `${count(n)} ${n === 1 ? 'object' : 'objects'}`);
/** One of two texts, in the page's language: for labels of marks, which are made anew with each drawing. */
export const tr = (en: string, zh: string): string => (isZh() ? zh : en);
const reasons: Readonly<Record<string, string>> = { 'sweep termination': '清扫终止', 'mark termination': '标记终止', 'other': '其他' };
/** Why the world stopped, in words. */
export const reasonText = (reason: string): string => tr(reason, reasons[reason] ?? reason);
export const percent = (part: number, whole: number): string => (whole > 0 ? `${(100 * part / whole).toFixed(part * 10 < whole && part > 0 ? 1 : 0)} %` : '–');

/** Options every plot starts from. */
export const base = (width: number, label: string): { width: number; ariaLabel: string; style: Record<string, string> } => ({
  width, ariaLabel: label, style: { background: 'none', color: ink.fg, fontFamily: 'var(--sans)', fontSize: '11px', fontVariantNumeric: 'tabular-nums', overflow: 'visible' },
});

/** Pixel rows for direct labels wanted at these rows: at least gap apart, order kept. */
export function dodge(wanted: readonly number[], gap = 13): number[] {
  const order = wanted.map((_, i) => i).sort((a, b) => wanted[a] - wanted[b]), out = [...wanted];
  for (let k = 1; k < order.length; k++) out[order[k]] = Math.max(out[order[k]], out[order[k - 1]] + gap);
  return out;
}
