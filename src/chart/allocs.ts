/** Charts of what was allocated: by size class with what rounding lost, and by the place in the program. */
import * as Plot from '@observablehq/plot';
import { figure } from './figure.ts';
import { captionOf, type ChartOptions, type Run } from './run.ts';
import { base, byteUnit, bytes, count, hue, ink, isZh, objects, percent, say, tr } from './theme.ts';

/** sizeClasses(run, options): bytes asked for (solid) and lost to rounding (hatched outline), by size class. */
export function sizeClasses(run: Run, o: ChartOptions = {}): HTMLElement {
  const rows = [...run.allocs].sort((a, b) => (a.sizeclass || 999) - (b.sizeclass || 999) || Number(a.noscan) - Number(b.noscan)).map((a) => ({
    ...a, label: `${a.sizeclass === 0 ? (isZh() ? '大对象' : 'large') : bytes(a.size)}${a.noscan ? ' noscan' : ''}`, lost: a.bytes - a.asked,
  }));
  const asked = rows.reduce((n, r) => n + r.asked, 0), got = rows.reduce((n, r) => n + r.bytes, 0), u = byteUnit(Math.max(1, ...rows.map((r) => r.bytes)));
  const title = (): string => o.title ? say(o.title) : isZh() ? `请求 ${bytes(asked)}，得到 ${bytes(got)}：取整损失 ${percent(got - asked, got)}` : `${bytes(asked)} asked for, ${bytes(got)} given: ${percent(got - asked, got)} lost to rounding`;
  const draw = (width: number): Element => Plot.plot({
    ...base(width, title()), height: 44 + rows.length * 20, marginLeft: 104, marginRight: 150, marginTop: 8, marginBottom: 34,
    x: { label: u.name, grid: true, labelArrow: 'none', ticks: Math.max(2, Math.min(5, Math.floor((width - 254) / 50))) }, y: { label: null, domain: rows.map((r) => r.label), tickSize: 0 },
    marks: [
      Plot.barX(rows, { y: 'label', x: (r) => r.asked / u.div, fill: (r) => (r.sizeclass === 0 ? hue.large : hue.heap), insetTop: 2, insetBottom: 2, ariaLabel: (r) => `${r.label}: ${objects(r.allocs)}, ${tr('asked for', '请求')} ${bytes(r.asked)}` }),
      Plot.barX(rows, { y: 'label', x1: (r) => r.asked / u.div, x2: (r) => r.bytes / u.div, fill: ink.faint, stroke: ink.line, insetTop: 2.5, insetBottom: 2.5, ariaLabel: (r) => `${r.label}: ${tr('lost', '损失')} ${bytes(r.lost)}` }),
      Plot.text(rows, { y: 'label', x: (r) => r.bytes / u.div, text: (r) => (isZh() ? `${count(r.allocs)} 个，损失 ${percent(r.lost, r.bytes)}` : `${objects(r.allocs)}, ${percent(r.lost, r.bytes)} lost`), textAnchor: 'start', dx: 6, fill: ink.strong }),
      Plot.ruleX([0], { stroke: ink.line }),
      Plot.tip(rows, Plot.pointerY({ y: 'label', x: (r) => r.bytes / u.div, title: (r) => `${r.label}\n${objects(r.allocs)}\n${tr('asked for', '请求')} ${bytes(r.asked)}\n${tr('given', '得到')} ${bytes(r.bytes)}`, fill: ink.bg, stroke: ink.line, ariaHidden: 'true' })),
    ],
  });
  return figure({ name: o.name ?? 'size-classes', title, caption: () => captionOf(o), rows, draw, width: o.width });
}

/** sites(run, options): bytes by the expression that allocated them, the twelve largest. */
export function sites(run: Run, o: ChartOptions & { readonly most?: number } = {}): HTMLElement {
  const rows = run.sites.slice(0, o.most ?? 12).map((s, i) => ({ ...s, key: `${i}` })), all = run.sites.reduce((n, s) => n + s.bytes, 0), u = byteUnit(Math.max(1, ...rows.map((r) => r.bytes)));
  const cut = (s: string, n: number): string => (s.length > n ? `${s.slice(0, n - 1)}…` : s);
  const title = (): string => {
    if (o.title) return say(o.title);
    const first = rows[0];
    if (!first) return isZh() ? '没有堆分配' : 'Nothing was allocated';
    return isZh() ? `${percent(first.bytes, all)} 的字节来自第 ${first.line} 行的 ${cut(first.what, 40)}` : `${percent(first.bytes, all)} of the bytes come from ${cut(first.what, 40)}${first.line > 0 ? `, line ${first.line}` : ''}`;
  };
  const draw = (width: number): Element => {
    const left = Math.min(260, Math.max(110, width * .34)), chars = Math.floor(left / 6.2);
    return Plot.plot({
      ...base(width, title()), height: 44 + rows.length * 22, marginLeft: left, marginRight: 120, marginTop: 8, marginBottom: 34,
      x: { label: u.name, grid: true, labelArrow: 'none', ticks: Math.max(2, Math.min(4, Math.floor((width - left - 120) / 50))) }, y: { label: null, domain: rows.map((r) => r.key), tickSize: 0, tickFormat: (k: string) => { const r = rows[Number(k)]; return cut(r.line > 0 ? `${r.line}: ${r.what}` : r.what, chars); } },
      marks: [
        Plot.barX(rows, { y: 'key', x: (r) => r.bytes / u.div, fill: hue.heap, fillOpacity: .45, insetTop: 3, insetBottom: 3, ariaLabel: (r) => `${r.what}, ${tr(`line ${r.line}`, `第 ${r.line} 行`)}: ${objects(r.allocs)}, ${bytes(r.bytes)}` }),
        Plot.barX(rows, { y: 'key', x: (r) => r.inuseBytes / u.div, fill: hue.heap, insetTop: 3, insetBottom: 3, ariaLabel: (r) => `${r.what}: ${tr('in use at the end', '结束时在用')} ${bytes(r.inuseBytes)}` }),
        Plot.text(rows, { y: 'key', x: (r) => r.bytes / u.div, text: (r) => `${count(r.allocs)} × ${bytes(r.allocs > 0 ? Math.round(r.bytes / r.allocs) : 0)}`, textAnchor: 'start', dx: 6, fill: ink.strong }),
        Plot.ruleX([0], { stroke: ink.line }),
      ],
    });
  };
  const legend = (): string => [isZh() ? '实色：结束时仍在用' : 'solid: in use at the end', captionOf(o)].filter((s) => s !== '').join(' · ');
  return figure({ name: o.name ?? 'sites', title, caption: legend, rows: run.sites, draw, width: o.width });
}
