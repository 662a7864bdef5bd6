/**
 * First pictures of a run, until src/chart has the recipes. Colours are the page's
 * custom properties, so a theme change needs no redraw.
 */
import * as Plot from '@observablehq/plot';
import type { GoRunResult } from '../kernel/gotypes.ts';
import type { ChartOptions } from './plot.ts';

const mib = (n: number): number => n / 1048576;
const base = (o: ChartOptions, label: string) => ({ width: o.width, ariaLabel: label, style: { background: 'none', color: 'var(--fg)', fontFamily: 'var(--sans)', fontSize: '11px' } });

export function heapTimeline(run: GoRunResult, o: ChartOptions): Element {
  const ms = (r: { t: number }): number => r.t / 1e6;
  return Plot.plot({
    ...base(o, 'heap over virtual time'), height: 240, marginRight: 70,
    x: { label: 'virtual time (ms)' }, y: { label: 'MiB', grid: true, zero: true },
    marks: [
      Plot.rectX(run.cycles, { x1: c => (c.start + c.sweepTermNs) / 1e6, x2: c => (c.start + c.sweepTermNs + c.markNs) / 1e6, fill: 'var(--heap)', fillOpacity: .1, ariaLabel: c => `mark phase ${c.n}` }),
      Plot.lineY(run.heap, { x: ms, y: r => mib(r.heapGoal), stroke: 'var(--fg)', strokeDasharray: '5 4', curve: 'step-after', ariaLabel: 'heapGoal' }),
      Plot.lineY(run.heap, { x: ms, y: r => mib(r.heapLive), stroke: 'var(--heap)', strokeWidth: 1.8, ariaLabel: 'heapLive' }),
      Plot.dot(run.cycles, { x: c => (c.start + c.sweepTermNs + c.markNs) / 1e6, y: c => mib(c.heapMarked), fill: 'var(--fg)', r: 2.5, ariaLabel: c => `marked ${c.heapMarked} bytes` }),
      Plot.ruleX(run.stw, { x: s => s.t / 1e6, stroke: 'var(--fg)', strokeWidth: run.stw.length > 16 ? .75 : 2, strokeOpacity: run.stw.length > 16 ? .5 : 1, ariaLabel: s => s.reason }),
      Plot.text(run.heap.slice(-1), { x: ms, y: r => mib(r.heapGoal), text: () => 'heapGoal', textAnchor: 'start', dx: 6, fill: 'var(--fg)' }),
      Plot.text(run.heap.slice(-1), { x: ms, y: r => mib(r.heapLive), text: () => 'heapLive', textAnchor: 'start', dx: 6, fill: 'var(--heap)' }),
      Plot.ruleY([0], { stroke: 'var(--m30)' }),
    ],
  });
}

export function sizeClasses(run: GoRunResult, o: ChartOptions): Element {
  const rows = run.allocs.map(a => ({ ...a, label: `${a.size}${a.noscan ? ' noscan' : ''}`, waste: a.bytes - a.asked }));
  return Plot.plot({
    ...base(o, 'bytes asked and wasted by size class'), height: 40 + rows.length * 18, marginLeft: 90,
    x: { label: 'KiB', grid: true }, y: { label: 'size class (bytes)', domain: rows.map(r => r.label) },
    marks: [
      Plot.barX(rows, { y: 'label', x: r => r.asked / 1024, fill: 'var(--heap)', ariaLabel: r => `class ${r.label}: asked ${r.asked}` }),
      Plot.barX(rows, { y: 'label', x1: r => r.asked / 1024, x2: r => r.bytes / 1024, fill: 'var(--m14)', stroke: 'var(--m30)', ariaLabel: r => `class ${r.label}: waste ${r.waste}` }),
      Plot.ruleX([0], { stroke: 'var(--m30)' }),
    ],
  });
}

export function spanGrid(run: GoRunResult, o: ChartOptions): Element {
  const cell = 8, perRow = Math.max(8, Math.floor((o.width - 150) / cell));
  let y = 0;
  const slots: { x: number; y: number; state: string }[] = [], names: { y: number; text: string }[] = [];
  // Spans of one class follow each other, a gap between them.
  const classes = new Map<string, typeof run.spans[number][]>();
  for (const s of run.spans) { const key = s.sizeclass === 0 ? 'large' : `c${s.sizeclass} ${s.elemsize}B${s.noscan ? ' noscan' : ''}`; const l = classes.get(key); if (l) l.push(s); else classes.set(key, [s]); }
  for (const [key, list] of classes) {
    names.push({ y, text: list.length > 1 ? `${key} ×${list.length}` : key });
    let x = 0, drawn = 0;
    for (const s of list) {
      if (drawn > 3000) break;
      if (x > 0 && x + Math.min(s.slots.length, perRow) > perRow) { x = 0; y++; }
      for (const state of s.slots) { if (x >= perRow) { x = 0; y++; } slots.push({ x: x++, y, state }); drawn++; }
      x++;
    }
    y += 2;
  }
  return Plot.plot({
    ...base(o, 'spans and their slots'), height: 20 + y * cell, marginLeft: 130, marginTop: 10, marginBottom: 10,
    x: { axis: null, domain: [0, perRow] }, y: { axis: null, domain: [0, y], reverse: true },
    marks: [
      Plot.rect(slots, { x1: 'x', x2: d => d.x + .85, y1: 'y', y2: d => d.y + .85, fill: d => d.state === '.' ? 'none' : d.state === 't' ? 'var(--tiny)' : 'var(--heap)', fillOpacity: d => d.state === 'o' ? .5 : 1, stroke: 'var(--m30)', strokeWidth: .5, ariaLabel: 'slot' }),
      Plot.text(names, { x: 0, y: d => d.y + .45, text: 'text', textAnchor: 'end', dx: -8, fill: 'var(--m70)' }),
    ],
  });
}

export function gcPhases(run: GoRunResult, o: ChartOptions): Element {
  const parts = run.cycles.flatMap(c => [
    { n: c.n, phase: 'sweep termination', ns: c.sweepTermNs }, { n: c.n, phase: 'mark', ns: c.markNs }, { n: c.n, phase: 'mark termination', ns: c.markTermNs },
  ]);
  return Plot.plot({
    ...base(o, 'duration of the phases of each collection'), height: 200,
    x: { label: 'cycle', interval: 1, tickFormat: d => String(d) }, y: { label: 'µs', grid: true },
    color: { domain: ['sweep termination', 'mark', 'mark termination'], range: ['var(--fg)', 'var(--heap)', 'var(--m30)'], legend: true },
    marks: [Plot.barY(parts, { x: 'n', y: d => d.ns / 1000, fill: 'phase', ariaLabel: d => `cycle ${d.n} ${d.phase} ${d.ns} ns` }), Plot.ruleY([0], { stroke: 'var(--m30)' })],
  });
}
