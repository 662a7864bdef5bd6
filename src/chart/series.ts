/** Figures against figures: the model's as lines or bars, real Go's recordings as dots beside them. */
import * as Plot from '@observablehq/plot';
import { figure } from './figure.ts';
import { captionOf, type ChartOptions } from './run.ts';
import { base, dodge, hue, ink, isZh, say, tr, type Words } from './theme.ts';
import { shifted } from './heapTimeline.ts';

export interface Point { readonly x: number; readonly y: number; readonly series?: string; }
export interface SeriesOptions extends ChartOptions {
  readonly xLabel: Words | string;
  readonly yLabel: Words | string;
  /** Recorded on real Go: drawn as dots, never joined. */
  readonly recorded?: readonly Point[];
  /** Names the recording: version and command. */
  readonly source?: Words | string;
  readonly curve?: 'linear' | 'step-after' | 'step-before';
  readonly height?: number;
  readonly xLog?: boolean;
  /** A vertical rule, with its name. */
  readonly mark?: { readonly x: number; readonly text: Words | string };
}
const colours = [hue.heap, hue.stack, hue.large, hue.globals];

/** series(points, options): up to four labelled lines of {x, y, series}, with recorded dots. */
export function series(points: readonly Point[], o: SeriesOptions): HTMLElement {
  const names = [...new Set(points.map((p) => p.series ?? ''))], recorded = o.recorded ?? [];
  const colour = (p: Point): string => colours[Math.max(0, names.indexOf(p.series ?? '')) % colours.length];
  const all = [...points, ...recorded], top = Math.max(0, ...all.map((p) => p.y)) * 1.06 || 1, height = o.height ?? 240;
  const lo = Math.min(...all.map((p) => p.x)), hi = Math.max(...all.map((p) => p.x));
  const title = (): string => (o.title ? say(o.title) : `${say(o.yLabel)} / ${say(o.xLabel)}`);
  const draw = (width: number): Element => {
    const labelled = names.length > 1 || names[0] !== '', last = names.map((n) => points.filter((p) => (p.series ?? '') === n).at(-1)!).filter(Boolean);
    const right = labelled ? Math.min(150, 16 + 6.4 * Math.max(...names.map((n) => n.length))) : 24, marginTop = 22, marginBottom = 34;
    const rows = dodge(last.map((p) => height - marginBottom - p.y / top * (height - marginTop - marginBottom)));
    return Plot.plot({
      ...base(width, title()), height, marginLeft: 52, marginRight: right, marginTop, marginBottom,
      x: { label: say(o.xLabel), labelArrow: 'none', ...(o.xLog ? { type: 'log', base: 2, tickFormat: (d: number) => d.toLocaleString('en') } : { domain: [Math.min(0, lo), hi] }), ticks: Math.max(3, Math.floor(width / 90)) },
      y: { label: say(o.yLabel), grid: true, domain: [0, top], labelArrow: 'none', ticks: 5 },
      marks: [
        Plot.ruleY([0], { stroke: ink.line }),
        o.mark ? Plot.ruleX([o.mark.x], { stroke: ink.strong, strokeDasharray: '2 3' }) : null,
        o.mark ? Plot.text([o.mark], { x: 'x', text: (m) => say(m.text), frameAnchor: 'top', dy: -14, fill: ink.strong }) : null,
        Plot.line(points, { x: 'x', y: 'y', z: (p) => p.series ?? '', stroke: (p: Point) => colour(p), strokeWidth: 1.8, curve: o.curve ?? 'linear', ariaLabel: (p: Point) => p.series ?? say(o.yLabel) }),
        Plot.dot(recorded, { x: 'x', y: 'y', fill: ink.bg, stroke: (p) => (names.length > 1 ? colour(p) : ink.fg), strokeWidth: 1.4, r: 3, ariaLabel: (p) => `${tr('recorded', '记录')} ${p.series ?? ''} ${p.x}: ${p.y}` }),
        labelled ? Plot.text(last, { x: 'x', y: 'y', text: (p) => p.series ?? '', fill: (p) => colour(p), textAnchor: 'start', dx: 6, lineAnchor: 'middle', render: shifted(rows) }) : null,
        Plot.tip(all, Plot.pointer({ x: 'x', y: 'y', title: (p) => `${p.series ? `${p.series}\n` : ''}${say(o.xLabel)} ${p.x.toLocaleString('en')}\n${say(o.yLabel)} ${p.y.toLocaleString('en')}${recorded.includes(p) ? (isZh() ? '\n真实 Go 的记录' : '\nrecorded on real Go') : ''}`, fill: ink.bg, stroke: ink.line, ariaHidden: 'true' })),
      ],
    });
  };
  const caption = (): string => [recorded.length > 0 ? `${isZh() ? '圆点：真实 Go 的记录' : 'dots: recorded on real Go'}${o.source ? ` (${say(o.source)})` : ''}` : '', captionOf(o)].filter((s) => s !== '').join(' · ');
  return figure({ name: o.name ?? 'series', title, caption, rows: [...points.map((p) => ({ ...p, from: 'model' })), ...recorded.map((p) => ({ ...p, from: 'recorded' }))], draw, width: o.width });
}

export interface Bar { readonly label: string; readonly value: number; readonly recorded?: number; readonly place?: keyof typeof hue; }
/** bars(rows, options): one bar a row {label, value, recorded?, place?}, with the recorded figure as a dot. */
export function bars(rows: readonly Bar[], o: ChartOptions & { readonly unit: Words | string; readonly source?: Words | string }): HTMLElement {
  const title = (): string => (o.title ? say(o.title) : say(o.unit));
  const withDots = rows.filter((r) => r.recorded !== undefined);
  const draw = (width: number): Element => {
    const left = Math.min(width * .45, 20 + 6.6 * Math.max(...rows.map((r) => r.label.length)));
    return Plot.plot({
      ...base(width, title()), height: 44 + rows.length * 24, marginLeft: left, marginRight: 64, marginTop: 8, marginBottom: 34,
      x: { label: say(o.unit), grid: true, labelArrow: 'none', ticks: Math.max(2, Math.min(5, Math.floor((width - left - 64) / 50))), zero: true, nice: true }, y: { label: null, domain: rows.map((r) => r.label), tickSize: 0 },
      marks: [
        Plot.barX(rows, { y: 'label', x: 'value', fill: (r) => hue[(r.place ?? 'heap') as keyof typeof hue], insetTop: 3, insetBottom: 3, ariaLabel: (r) => `${r.label}: ${r.value}` }),
        Plot.text(rows, { y: 'label', x: (r) => Math.max(r.value, r.recorded ?? 0), text: (r) => r.value.toLocaleString('en'), textAnchor: 'start', dx: 8, fill: ink.strong }),
        Plot.dot(withDots, { y: 'label', x: 'recorded', fill: ink.bg, stroke: ink.fg, strokeWidth: 1.4, r: 3.5, ariaLabel: (r) => `${r.label}, ${tr('recorded', '记录')}: ${r.recorded}` }),
        Plot.ruleX([0], { stroke: ink.line }),
        Plot.tip(rows, Plot.pointerY({ y: 'label', x: 'value', title: (r) => `${r.label}\n${r.value.toLocaleString('en')} ${say(o.unit)}${r.recorded === undefined ? '' : `\n${isZh() ? '记录' : 'recorded'} ${r.recorded.toLocaleString('en')}`}`, fill: ink.bg, stroke: ink.line, ariaHidden: 'true' })),
      ],
    });
  };
  const caption = (): string => [withDots.length > 0 ? `${isZh() ? '圆点：真实 Go 的记录' : 'dots: recorded on real Go'}${o.source ? ` (${say(o.source)})` : ''}` : '', captionOf(o)].filter((s) => s !== '').join(' · ');
  return figure({ name: o.name ?? 'bars', title, caption, rows, draw, width: o.width });
}
