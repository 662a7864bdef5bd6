/**
 * The heap as it lies in memory: slots of spans, and pages of the arena. Addresses
 * rise to the right, then down.
 */
import * as Plot from '@observablehq/plot';
import { figure } from './figure.ts';
import { captionOf, type ChartOptions, type Run } from './run.ts';
import { base, bytes, count, grey, hue, ink, isZh, say, tr } from './theme.ts';

interface Slot { x: number; y: number; w: number; state: string; large: boolean; noscan: boolean; label: string; }
const maxSlots = 3000;

/** spanGrid(run, options): every slot of every span of the heap; ● was marked by the last collection, ○ allocated since, hatched is free. */
export function spanGrid(run: Run, o: ChartOptions & { /** Only spans of this element size. */ readonly size?: number } = {}): HTMLElement {
  const spans = o.size === undefined ? run.spans : run.spans.filter((s) => s.elemsize === o.size);
  let used = 0, black = 0, free = 0;
  for (const s of spans) for (const c of s.slots) { if (c === '.') free++; else { used++; if (c === '#') black++; } }
  const title = (): string => o.title ? say(o.title) : isZh()
    ? `${count(spans.length)} 个 span：${count(used)} 个槽在用，${count(free)} 个空闲`
    : `${count(spans.length)} span${spans.length === 1 ? '' : 's'}: ${count(used)} slot${used === 1 ? '' : 's'} in use, ${count(free)} free`;
  const draw = (width: number): Element => {
    const longest = spans.reduce((n, s) => Math.max(n, s.sizeclass === 0 ? 5 : bytes(s.elemsize).length + (s.noscan ? 11 : 4)), 5) + 5;
    const left = Math.min(width * .42, 14 + 6.2 * longest), few = used + free <= 400, cell = few ? 14 : 9, perRow = Math.max(8, Math.floor((width - left - 4) / cell));
    const slots: Slot[] = [], names: { y: number; text: string }[] = [];
    const classes = new Map<string, (typeof spans)[number][]>();
    for (const s of spans) { const key = s.sizeclass === 0 ? 'large' : `c${s.sizeclass} ${bytes(s.elemsize)}${s.noscan ? ' noscan' : ''}`; const l = classes.get(key); if (l) l.push(s); else classes.set(key, [s]); }
    let y = 0, hidden = 0;
    for (const [key, list] of classes) {
      names.push({ y, text: list.length > 1 ? `${key} ×${list.length}` : key });
      let x = 0;
      for (const s of list) {
        if (slots.length > maxSlots) { hidden++; continue; }
        const large = s.sizeclass === 0, n = large ? Math.min(perRow, Math.max(3, s.npages)) : s.slots.length;
        if (x > 0 && x + Math.min(n, perRow) > perRow) { x = 0; y++; }
        const where = `0x${s.base.toString(16)}`;
        if (large) { slots.push({ x, y, w: n, state: s.slots[0] ?? '.', large, noscan: s.noscan, label: `${tr('large span', '大对象 span')} ${where}, ${bytes(s.elemsize)}, ${s.npages} ${tr('pages', '页')}` }); x += n; } else for (let i = 0; i < s.slots.length; i++) {
          if (x >= perRow) { x = 0; y++; }
          const state = s.slots[i];
          slots.push({ x: x++, y, w: 1, state, large, noscan: s.noscan, label: `${key}, span ${where}, ${tr('slot', '槽')} ${i}: ${state === '.' ? tr('free', '空闲') : state === '#' ? tr('in use, marked by the last collection', '在用，上次回收已标记') : tr('in use, allocated since the last collection', '在用，上次回收后分配')}` });
        }
        x++;
      }
      y += 1.6;
    }
    if (hidden > 0) { names.push({ y, text: `+ ${hidden}` }); y += 1.4; }
    const filled = slots.filter((s) => s.state !== '.'), dots = filled.filter((s) => !s.large && !s.noscan);
    return Plot.plot({
      ...base(width, title()), height: 16 + y * cell, marginLeft: left, marginTop: 4, marginRight: 2, marginBottom: 4,
      x: { axis: null, domain: [0, perRow] }, y: { axis: null, domain: [0, y], reverse: true },
      marks: [
        () => hatch(),
        Plot.rect(slots, { x1: 'x', x2: (d) => d.x + d.w - .14, y1: 'y', y2: (d) => d.y + .86, fill: (d) => (d.state === '.' ? 'url(#lab-hatch)' : d.large ? hue.large : hue.heap), fillOpacity: (d) => (d.state === 'o' ? .5 : 1), stroke: (d) => (d.state === '.' ? ink.faint : d.large ? hue.large : hue.heap), strokeWidth: .75, rx: 1, ariaLabel: 'label' }),
        few ? Plot.dot(dots, { x: (d) => d.x + .43, y: (d) => d.y + .43, r: 2.6, fill: (d) => (d.state === '#' ? grey.black : grey.white), stroke: (d) => (d.state === '#' ? grey.white : grey.black), strokeWidth: .75, ariaHidden: 'true' }) : null,
        Plot.text(names, { x: 0, y: (d) => d.y + .45, text: 'text', textAnchor: 'end', dx: -8, fill: ink.strong }),
        Plot.tip(slots, Plot.pointer({ x: (d) => d.x + d.w / 2, y: (d) => d.y + .4, title: 'label', fill: ink.bg, stroke: ink.line, ariaHidden: 'true', maxRadius: 16 })),
      ],
    });
  };
  const legend = (): string => {
    const marked = isZh() ? `实色：上次回收标记过（${count(black)}）；淡色：之后分配（${count(used - black)}）；斜线：空闲（${count(free)}）` : `solid: marked by the last collection (${count(black)}) · pale: allocated since (${count(used - black)}) · hatched: free (${count(free)})`;
    return [marked, captionOf(o)].filter((s) => s !== '').join(' · ');
  };
  return figure({ name: o.name ?? 'spans', title, caption: legend, rows: spans.map((s) => ({ ...s, base: `0x${s.base.toString(16)}` })), draw, width: o.width });
}

/** Definition of the hatching of free slots. */
function hatch(): SVGElement {
  const ns = 'http://www.w3.org/2000/svg', defs = document.createElementNS(ns, 'defs');
  defs.innerHTML = '<pattern id="lab-hatch" width="4" height="4" patternUnits="userSpaceOnUse"><path d="M-1 1l2-2M0 4l4-4M3 5l2-2" stroke="var(--m14)" stroke-width="1"/></pattern>';
  return defs;
}

/** Kinds of pages in GoRunResult.pages, by letter. */
const pageKinds: Readonly<Record<string, { readonly name: { en: string; zh: string }; readonly fill: string }>> = {
  h: { name: { en: 'small objects', zh: '小对象' }, fill: hue.heap },
  l: { name: { en: 'large objects', zh: '大对象' }, fill: hue.large },
  s: { name: { en: 'stacks', zh: '栈' }, fill: hue.stack },
  c: { name: { en: 'cached by a P', zh: 'P 缓存' }, fill: ink.faint },
  f: { name: { en: 'free', zh: '空闲' }, fill: 'none' },
  r: { name: { en: 'returned to the OS', zh: '已归还系统' }, fill: 'none' },
};
/** heapMap(run, options): the pages of the heap, 8 KiB each, from 0xc000000000 up. */
export function heapMap(run: Run, o: ChartOptions = {}): HTMLElement {
  const pages = [...run.pages], tally = new Map<string, number>();
  for (const p of pages) tally.set(p, (tally.get(p) ?? 0) + 1);
  const inUse = (tally.get('h') ?? 0) + (tally.get('l') ?? 0);
  const title = (): string => o.title ? say(o.title) : isZh() ? `堆有 ${bytes(pages.length * 8192)}，${bytes(inUse * 8192)} 在用` : `${bytes(pages.length * 8192)} of heap, ${bytes(inUse * 8192)} in use`;
  const draw = (width: number): Element => {
    const cell = pages.length > 2048 ? 6 : 9, perRow = Math.min(128, Math.max(16, 2 ** Math.floor(Math.log2((width - 8) / cell)))), rows = Math.max(1, Math.ceil(pages.length / perRow));
    const list = pages.map((p, i) => ({ x: i % perRow, y: Math.floor(i / perRow), p, label: `${tr('page', '页')} ${i}, 0x${(0xc000000000 + i * 8192).toString(16)}: ${pageKinds[p] ? say(pageKinds[p].name) : p}` }));
    return Plot.plot({
      ...base(width, title()), height: rows * cell + 8, width: perRow * cell + 8, margin: 4,
      x: { axis: null, domain: [0, perRow] }, y: { axis: null, domain: [0, rows], reverse: true },
      marks: [
        Plot.rect(list, { x1: 'x', x2: (d) => d.x + .88, y1: 'y', y2: (d) => d.y + .88, fill: (d) => pageKinds[d.p]?.fill ?? 'none', stroke: (d) => (d.p === 'f' ? ink.line : d.p === 'r' ? ink.faint : 'none'), strokeWidth: .75, ariaLabel: 'label' }),
        Plot.tip(list, Plot.pointer({ x: (d) => d.x + .5, y: (d) => d.y + .5, title: 'label', fill: ink.bg, stroke: ink.line, ariaHidden: 'true', maxRadius: 12 })),
      ],
    });
  };
  const legend = (): string => [[...tally].map(([p, n]) => `${say(pageKinds[p]?.name ?? p)} ${count(n)}`).join(' · '), captionOf(o)].filter((s) => s !== '').join(' · ');
  return figure({ name: o.name ?? 'pages', title, caption: legend, rows: pages.map((p, i) => ({ page: i, address: `0x${(0xc000000000 + i * 8192).toString(16)}`, use: pageKinds[p]?.name.en ?? p })), draw, width: o.width });
}
