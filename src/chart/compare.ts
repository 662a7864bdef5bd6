/** Two runs on one scale: their heaps over one clock, and their bytes by size class. What is compared against is grey, the other has the hue. */
import * as Plot from '@observablehq/plot';
import { figure } from './figure.ts';
import { captionOf, type ChartOptions, type Run } from './run.ts';
import { base, byteUnit, bytes, hue, ink, isZh, nanos, say, timeUnit } from './theme.ts';

/** A run, or what is kept of one, under the name it has in the chart. */
export interface Side { readonly label: string; readonly heap?: Run['heap'] | readonly HeapRow[]; readonly allocs?: Run['allocs'] | readonly ClassRow[] }
export interface HeapRow { readonly t: number; readonly heapLive: number }
/** sizeclass 0 is large objects. */
export interface ClassRow { readonly sizeclass: number; readonly size: number; readonly noscan: boolean; readonly bytes: number }

const paints = [{ stroke: ink.strong as string, fill: ink.line as string, dash: '4 3', key: '╌╌' }, { stroke: hue.heap as string, fill: hue.heap as string, dash: 'none', key: '──' }];
const cut = (s: string, n: number): string => (s.length > n ? `${s.slice(0, Math.max(1, n - 1))}…` : s);
/** Names of both sides above the picture, inside it, so that a saved picture has them. */
function legend(sides: readonly Side[], width: number, left: number): Plot.Markish {
  const wide = /[\u2e80-\uffff]/, room = width - left - 30;
  return sides.map((s, i) => Plot.text([s], { text: () => `${paints[i].key} ${cut(s.label, Math.floor(room / (wide.test(s.label) ? 11 : 6)))}`, frameAnchor: 'top-left', lineAnchor: 'bottom', textAnchor: 'start', dy: -26 + 15 * i, fill: paints[i].stroke, fontWeight: 600 }));
}
const two = (a: Side, b: Side): readonly Side[] => [a, b];

/** heaps(a, b, options): heapLive of two runs over one time and one byte axis; a and b are runs with a label, `{label, ...run}`. */
export function heaps(a: Side, b: Side, o: ChartOptions = {}): HTMLElement {
  const sides = two(a, b), rows = sides.map((s) => s.heap ?? []);
  const peak = (list: readonly HeapRow[]): number => list.reduce((m, r) => Math.max(m, r.heapLive), 0);
  const top = Math.max(1, ...rows.map(peak)) * 1.04, end = Math.max(1, ...rows.map((l) => l.at(-1)?.t ?? 0)), u = byteUnit(top), t = timeUnit(end);
  const title = (): string => (o.title ? say(o.title) : isZh() ? `堆峰值：${bytes(peak(rows[0]))} → ${bytes(peak(rows[1]))}` : `Peak of the heap: ${bytes(peak(rows[0]))} → ${bytes(peak(rows[1]))}`);
  const all = rows.flatMap((l, i) => l.map((r) => ({ t: r.t, heapLive: r.heapLive, run: sides[i].label })));
  const draw = (width: number): Element => Plot.plot({
    ...base(width, `${title()} (${a.label}, ${b.label})`), height: 250, marginLeft: 48, marginRight: 16, marginTop: 48, marginBottom: 34,
    x: { label: isZh() ? `虚拟时间（${t.name}）` : `virtual time (${t.name})`, domain: [0, end / t.div], labelArrow: 'none', ticks: Math.max(3, Math.floor(width / 90)) },
    y: { label: null, grid: true, domain: [0, top / u.div], ticks: 5 },
    marks: [
      Plot.text([u.name], { text: (d: string) => d, frameAnchor: 'top-left', textAnchor: 'start', lineAnchor: 'bottom', dx: -44, dy: -8 }),
      Plot.ruleY([0], { stroke: ink.line }),
      rows.map((l, i) => Plot.lineY(l, { x: (r: HeapRow) => r.t / t.div, y: (r: HeapRow) => r.heapLive / u.div, stroke: paints[i].stroke, strokeWidth: 1.8, strokeDasharray: paints[i].dash, ariaLabel: () => `heapLive, ${sides[i].label}` })),
      legend(sides, width, 48),
      Plot.tip(all, Plot.pointer({ x: (r) => r.t / t.div, y: (r) => r.heapLive / u.div, title: (r) => `${r.run}\n${nanos(r.t)}\nheapLive ${bytes(r.heapLive)}`, fill: ink.bg, stroke: ink.line, ariaHidden: 'true' })),
    ],
  });
  return figure({ name: o.name ?? 'heaps', title, caption: () => captionOf(o), rows: all, draw, width: o.width });
}

/** classes(a, b, options): bytes allocated by size class in two runs, the twelve largest, in pairs of bars; a and b are runs with a label, `{label, ...run}`. */
export function classes(a: Side, b: Side, o: ChartOptions = {}): HTMLElement {
  const by = new Map<string, { readonly label: string; readonly order: number; a: number; b: number }>();
  const name = (c: ClassRow): string => (c.sizeclass === 0 ? (isZh() ? '大对象' : 'large') : `${bytes(c.size)}${c.noscan ? ' noscan' : ''}`);
  for (const [side, list] of [['a', a.allocs ?? []], ['b', b.allocs ?? []]] as const) {
    for (const c of list) { const e = by.get(name(c)) ?? { label: name(c), order: c.sizeclass === 0 ? Infinity : c.size * 2 + Number(c.noscan), a: 0, b: 0 }; e[side] += c.bytes; by.set(e.label, e); }
  }
  const rows = [...by.values()].sort((p, q) => Math.max(q.a, q.b) - Math.max(p.a, p.b)).slice(0, 12).sort((p, q) => p.order - q.order);
  const sum = (side: 'a' | 'b'): number => [...by.values()].reduce((n, r) => n + r[side], 0), u = byteUnit(Math.max(1, ...rows.map((r) => Math.max(r.a, r.b))));
  const title = (): string => (o.title ? say(o.title) : isZh() ? `分配：${bytes(sum('a'))} → ${bytes(sum('b'))}` : `Allocated: ${bytes(sum('a'))} → ${bytes(sum('b'))}`);
  const sides = two(a, b), change = (r: { readonly a: number; readonly b: number }): string => (r.a === r.b ? bytes(r.a) : `${bytes(r.a)} → ${bytes(r.b)}`);
  // Where there is little room, names and figures stand above their bars.
  const draw = (width: number): Element => { const narrow = width < 460, band = narrow ? 42 : 26, head = narrow ? 18 : 3, left = narrow ? 8 : 104, right = narrow ? 16 : 140, half = (band - head - 3) / 2; return Plot.plot({
    ...base(width, `${title()} (${a.label}, ${b.label})`), height: 48 + 34 + rows.length * band, marginLeft: left, marginRight: right, marginTop: 48, marginBottom: 34,
    x: { label: u.name, grid: true, labelArrow: 'none', zero: true, ticks: Math.max(2, Math.min(5, Math.floor((width - left - right) / 50))) }, y: { label: null, domain: rows.map((r) => r.label), tickSize: 0, padding: 0, ...(narrow ? { axis: null } : {}) },
    marks: [
      Plot.barX(rows, { y: 'label', x: (r) => r.a / u.div, fill: paints[0].fill, insetTop: head, insetBottom: half + 3, ariaLabel: (r) => `${r.label}, ${a.label}: ${bytes(r.a)}` }),
      Plot.barX(rows, { y: 'label', x: (r) => r.b / u.div, fill: paints[1].fill, insetTop: head + half + 1, insetBottom: 2, ariaLabel: (r) => `${r.label}, ${b.label}: ${bytes(r.b)}` }),
      narrow ? Plot.text(rows, { y: 'label', x: 0, text: (r) => `${r.label}: ${change(r)}`, textAnchor: 'start', dx: 4, dy: -band / 2 + 10, fill: ink.strong })
        : Plot.text(rows, { y: 'label', x: (r) => Math.max(r.a, r.b) / u.div, text: change, textAnchor: 'start', dx: 6, fill: ink.strong }),
      Plot.ruleX([0], { stroke: ink.line }),
      legend(sides, width, left),
    ],
  }); };
  return figure({ name: o.name ?? 'classes', title, caption: () => captionOf(o), rows: [...by.values()].sort((p, q) => p.order - q.order).map((r) => ({ class: r.label, [a.label]: r.a, [b.label === a.label ? `${b.label} (2)` : b.label]: r.b })), draw, width: o.width });
}
