/** Times, sizes and figures in the reader's words. */
import { tagOf } from '../i18n/index.ts';

/** A moment: how long ago when that is short, else the date. */
export function whenText(t: number, lang: string): string {
  const tag = tagOf(lang), minutes = Math.round((t - Date.now()) / 60_000), r = new Intl.RelativeTimeFormat(tag, { numeric: 'auto', style: 'long' });
  if (minutes > -1) return r.format(0, 'minute');
  if (minutes > -60) return r.format(minutes, 'minute');
  if (minutes > -24 * 60) return r.format(Math.round(minutes / 60), 'hour');
  if (minutes > -7 * 24 * 60) return r.format(Math.round(minutes / 1440), 'day');
  return new Date(t).toLocaleDateString(tag, { dateStyle: 'medium' });
}
export const clockText = (t: number, lang: string): string => new Date(t).toLocaleString(tagOf(lang), { dateStyle: 'short', timeStyle: 'medium' });

export function bytesText(n: number): string {
  const a = Math.abs(n);
  return a < 1024 ? `${n} B` : a < 1048576 ? `${(n / 1024).toFixed(1)} KiB` : a < 1073741824 ? `${(n / 1048576).toFixed(1)} MiB` : `${(n / 1073741824).toFixed(2)} GiB`;
}
export const nsText = (n: number): string => { const a = Math.abs(n); return a < 1000 ? `${n} ns` : a < 1e6 ? `${(n / 1e3).toFixed(1)} µs` : a < 1e9 ? `${(n / 1e6).toFixed(2)} ms` : `${(n / 1e9).toFixed(2)} s`; };

/** A figure by its unit; MemStats fields tell theirs by name. */
export function figureText(name: string, value: number, unit?: string): string {
  if (unit === 'B' || (unit === undefined && /(bytes|alloc$|sys$|inuse$|idle$|released$|^nextGC$|Alloc$|Sys$|Inuse$|Idle$|Released$|^NextGC$)/.test(name))) return bytesText(value);
  if (unit === 'ns' || /(Ns|^lastGC|^LastGC)$/.test(name)) return nsText(value);
  return Number.isInteger(value) ? value.toLocaleString('en') : value.toPrecision(4);
}
/** A change with its sign, and in percent where that says something. */
export function deltaText(name: string, a: number, b: number, unit?: string): string {
  const d = b - a;
  if (d === 0) return '=';
  const percent = a !== 0 && Math.abs(d / a) < 100 ? ` (${d > 0 ? '+' : '−'}${Math.abs(d / a * 100).toFixed(Math.abs(d / a) < 0.1 ? 1 : 0)} %)` : '';
  return `${d > 0 ? '+' : '−'}${figureText(name, Math.abs(d), unit)}${percent}`;
}
