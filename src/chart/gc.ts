/** Charts of collections: how long each phase took, and when the world stood still. */
import * as Plot from '@observablehq/plot';
import { figure } from './figure.ts';
import { captionOf, type ChartOptions, type Run } from './run.ts';
import { base, count, hue, ink, isZh, nanos, reasonText, say, timeUnit, tr } from './theme.ts';

/** gcPhases(run, options): marking above the axis, both pauses below it, one bar a collection. */
export function gcPhases(run: Run, o: ChartOptions = {}): HTMLElement {
  const list = run.cycles, longest = Math.max(1, ...list.map((c) => c.markNs), ...list.map((c) => c.sweepTermNs + c.markTermNs));
  const t = timeUnit(longest), stopped = list.reduce((n, c) => n + c.sweepTermNs + c.markTermNs, 0), marking = list.reduce((n, c) => n + c.markNs, 0);
  const title = (): string => o.title ? say(o.title) : isZh()
    ? `${count(list.length)} 次回收：标记共 ${nanos(marking)}，世界停止共 ${nanos(stopped)}`
    : `${count(list.length)} collection${list.length === 1 ? '' : 's'}: ${nanos(marking)} marking, ${nanos(stopped)} with the world stopped`;
  const draw = (width: number): Element => {
    const step = Math.max(1, Math.ceil(list.length / Math.max(4, (width - 120) / 34)));
    return Plot.plot({
      ...base(width, title()), height: 210, marginLeft: 48, marginRight: 76, marginBottom: 34, marginTop: 20,
      x: { label: isZh() ? '第几次回收' : 'collection', type: 'band', domain: list.map((c) => c.n), ticks: list.map((c) => c.n).filter((_, i) => i % step === 0), padding: list.length > 80 ? 0 : .15, labelArrow: 'none' },
      y: { label: t.name, grid: true, tickFormat: (d: number) => String(Math.abs(d)), labelArrow: 'none' },
      marks: [
        Plot.barY(list, { x: 'n', y: (c) => c.markNs / t.div, fill: hue.heap, fillOpacity: .55, ariaLabel: (c) => `${tr('collection', '回收')} ${c.n}: ${tr('mark', '标记')} ${nanos(c.markNs)}` }),
        Plot.barY(list, { x: 'n', y: (c) => -(c.sweepTermNs + c.markTermNs) / t.div, fill: ink.fg, ariaLabel: (c) => `${tr('collection', '回收')} ${c.n}: ${tr('world stopped', '世界停止')} ${nanos(c.sweepTermNs + c.markTermNs)}` }),
        Plot.ruleY([0], { stroke: ink.strong }),
        Plot.text([{ y: list.at(-1)?.markNs ?? 0, text: isZh() ? '标记' : 'mark', fill: hue.heap as string, dy: -2 }, { y: 0, text: isZh() ? '世界停止' : 'stopped', fill: ink.fg as string, dy: 10 }], { frameAnchor: 'right', y: (d) => d.y / t.div / 2, text: 'text', fill: (d) => d.fill, textAnchor: 'start', dx: 6 }),
        Plot.tip(list, Plot.pointerX({ x: 'n', y: (c) => c.markNs / t.div, title: (c) => `${tr('collection', '回收')} ${c.n}\n${tr('mark', '标记')} ${nanos(c.markNs)}\n${reasonText('sweep termination')} ${nanos(c.sweepTermNs)}\n${reasonText('mark termination')} ${nanos(c.markTermNs)}`, fill: ink.bg, stroke: ink.line, ariaHidden: 'true' })),
      ],
    });
  };
  return figure({ name: o.name ?? 'gc', title, caption: () => captionOf(o), rows: list.map(({ line, ...c }) => ({ ...c, gctrace: line })), draw, width: o.width });
}

/** stw(run, options): every time the world stood still, by when and how long. */
export function stw(run: Run, o: ChartOptions = {}): HTMLElement {
  const list = run.stw, t = timeUnit(Math.max(run.virtualNs, 1)), d = timeUnit(Math.max(1, ...list.map((s) => s.ns)));
  const most = list.reduce((m, s) => Math.max(m, s.ns), 0);
  const title = (): string => o.title ? say(o.title) : isZh() ? `世界停止 ${count(list.length)} 次，最长 ${nanos(most)}` : `The world stopped ${count(list.length)} times, ${nanos(most)} at the longest`;
  const draw = (width: number): Element => Plot.plot({
    ...base(width, title()), height: 180, marginLeft: 48, marginRight: 20, marginTop: 20, marginBottom: 32,
    x: { label: isZh() ? `虚拟时间（${t.name}）` : `virtual time (${t.name})`, domain: [0, Math.max(run.virtualNs, 1) / t.div], labelArrow: 'none' },
    y: { label: d.name, grid: true, domain: [0, most * 1.1 / d.div], labelArrow: 'none' },
    marks: [
      Plot.ruleX(list, { x: (s) => s.t / t.div, y1: 0, y2: (s) => s.ns / d.div, stroke: ink.fg, strokeWidth: list.length > 60 ? 1 : 2, ariaLabel: (s) => `${reasonText(s.reason)}: ${nanos(s.ns)}` }),
      Plot.dot(list, { x: (s) => s.t / t.div, y: (s) => s.ns / d.div, fill: ink.fg, r: 2, tip: { fill: ink.bg, stroke: ink.line }, title: (s) => `${reasonText(s.reason)}\n${nanos(s.ns)} ${tr('at', '于')} ${nanos(s.t)}` }),
      Plot.ruleY([0], { stroke: ink.line }),
    ],
  });
  return figure({ name: o.name ?? 'stw', title, caption: () => captionOf(o), rows: list, draw, width: o.width });
}
