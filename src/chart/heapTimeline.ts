/** The heap over virtual time: heapLive solid, heapGoal dashed, what was marked as dots, mark phases as pale bands, stopped time as thick rules. */
import * as Plot from '@observablehq/plot';
import { figure } from './figure.ts';
import { captionOf, type ChartOptions, type Run } from './run.ts';
import { base, bytes, byteUnit, count, dodge, hue, ink, isZh, nanos, reasonText, say, timeUnit, tr } from './theme.ts';

/** heapTimeline(run, options): the heap over virtual time: heapLive solid, heapGoal dashed, what was marked as dots, mark phases as bands, pauses as rules. yMax and xMax (bytes, ns) give two charts one scale. */
export function heapTimeline(run: Run, o: ChartOptions & { readonly yMax?: number; readonly xMax?: number } = {}): HTMLElement {
  const peak = run.heap.reduce((m, r) => Math.max(m, r.heapLive), 0);
  const goal = run.heap.reduce((m, r) => (r.heapGoal < 2 ** 60 ? Math.max(m, r.heapGoal) : m), 0);
  const end = Math.max(o.xMax ?? 0, run.virtualNs, ...run.heap.slice(-1).map((r) => r.t)), top = o.yMax ?? Math.max(peak, goal) * 1.04;
  const u = byteUnit(top), t = timeUnit(end), height = 240, margin = { marginLeft: 48, marginRight: 76, marginTop: 20, marginBottom: 32 };
  const title = (): string => {
    if (o.title) return say(o.title);
    const n = run.cycles.length;
    return isZh() ? (n === 0 ? `没有触发回收，堆峰值 ${bytes(peak)}` : `${count(n)} 次回收，堆峰值 ${bytes(peak)}`)
      : n === 0 ? `No collection: the heap reached ${bytes(peak)}` : `${count(n)} collection${n > 1 ? 's' : ''}; the heap peaked at ${bytes(peak)}`;
  };
  // An open goal (GOGC=off) is not drawn.
  const withGoal = goal > 0 && run.heap.every((r) => r.heapGoal < 2 ** 60);
  const last = run.heap.at(-1);
  const draw = (width: number): Element => {
    const px = (v: number): number => height - margin.marginBottom - v / top * (height - margin.marginBottom - margin.marginTop);
    const labels = last ? [{ text: 'heapLive', v: last.heapLive, fill: hue.heap as string }, ...(withGoal ? [{ text: 'heapGoal', v: last.heapGoal, fill: ink.fg as string }] : [])] : [];
    const at = dodge(labels.map((l) => px(l.v)));
    return Plot.plot({
      ...base(width, title()), height, ...margin,
      x: { label: isZh() ? `虚拟时间（${t.name}）` : `virtual time (${t.name})`, domain: [0, end / t.div], labelArrow: 'none' },
      y: { label: u.name, grid: true, domain: [0, top / u.div], labelArrow: 'none', ticks: 5 },
      marks: [
        Plot.rectX(run.cycles, { x1: (c) => (c.start + c.sweepTermNs) / t.div, x2: (c) => (c.start + c.sweepTermNs + c.markNs) / t.div, fill: hue.heap, fillOpacity: .12, ariaLabel: (c) => `${tr('mark phase', '标记阶段')} ${c.n}, ${nanos(c.markNs)}` }),
        Plot.ruleX(run.stw, { x: (s) => s.t / t.div, stroke: ink.fg, strokeWidth: run.stw.length > 16 ? .6 : 1.8, strokeOpacity: run.stw.length > 16 ? .45 : 1, ariaLabel: (s) => `${tr('stopped', '停止')}: ${reasonText(s.reason)}, ${nanos(s.ns)}` }),
        withGoal ? Plot.lineY(run.heap.filter((r) => r.heapGoal > 0), { x: (r) => r.t / t.div, y: (r) => r.heapGoal / u.div, stroke: ink.fg, strokeDasharray: '5 4', curve: 'step-after', ariaLabel: () => 'heapGoal' }) : null,
        Plot.lineY(run.heap, { x: (r) => r.t / t.div, y: (r) => r.heapLive / u.div, stroke: hue.heap, strokeWidth: 1.8, ariaLabel: () => 'heapLive' }),
        Plot.dot(run.cycles, { x: (c) => (c.start + c.sweepTermNs + c.markNs) / t.div, y: (c) => c.heapMarked / u.div, fill: ink.bg, stroke: ink.fg, r: run.cycles.length > 60 ? 1.5 : 3, ariaLabel: (c) => `${tr('cycle', '周期')} ${c.n}, ${tr('marked', '已标记')} ${bytes(c.heapMarked)}` }),
        Plot.ruleY([0], { stroke: ink.line }),
        Plot.text(labels, { x: () => end / t.div, y: (l) => l.v / u.div, text: 'text', fill: (l) => l.fill, textAnchor: 'start', dx: 6, dy: 0, lineAnchor: 'middle', render: shifted(at) }),
        Plot.tip(run.heap, Plot.pointerX({ x: (r) => r.t / t.div, y: (r) => r.heapLive / u.div, title: (r) => `${nanos(r.t)}\nheapLive ${bytes(r.heapLive)}\n${withGoal ? `heapGoal ${bytes(r.heapGoal)}\n` : ''}${tr('marked', '已标记')} ${bytes(r.heapMarked)}`, fill: ink.bg, stroke: ink.line, ariaHidden: 'true' })),
      ],
    });
  };
  return figure({ name: o.name ?? 'heap', title, caption: () => captionOf(o), rows: run.heap, draw, width: o.width });
}

/** A render transform that puts texts on given pixel rows. */
export function shifted(rows: readonly number[]): Plot.RenderFunction {
  return (index, scales, values, dimensions, context, next) => next!(index, scales, { ...values, y: [...rows] } as typeof values, dimensions, context);
}
