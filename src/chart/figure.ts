/**
 * The frame around every chart: a title that states the finding, the picture, a
 * caption that names the run, and the same data as a table, as CSV and as a picture
 * file. It redraws itself when its width or the language changes. Files leave the
 * page through its own door: the figure only asks, by an event `lab:download`.
 */
import { say, type Words } from './theme.ts';

export interface FigureSpec {
  /** Stem of the names of files made from it. */
  readonly name: string;
  readonly title: () => string;
  /** What produced it: knobs, and where recorded figures come from. */
  readonly caption?: () => string;
  /** The rows drawn: table view and CSV. */
  readonly rows: readonly object[];
  readonly draw: (width: number) => Element;
  readonly width?: number | undefined;
}
export interface Download { readonly name: string; readonly mime: string; readonly content: string | ArrayBuffer; }

/** Rows as comma-separated values, CRLF, quoted where needed. */
export function csv(rows: readonly object[]): string {
  const keys = keysOf(rows);
  const cell = (v: unknown): string => { const s = plain(v); return /[",\n\r]/.test(s) ? `"${s.replace(/"/g, '""')}"` : s; };
  return [keys.map(cell).join(','), ...rows.map((r) => keys.map((k) => cell((r as Record<string, unknown>)[k])).join(','))].join('\r\n') + '\r\n';
}
const keysOf = (rows: readonly object[]): string[] => [...new Set(rows.flatMap((r) => Object.keys(r)))];
const plain = (v: unknown): string => (v === null || v === undefined ? '' : typeof v === 'object' ? JSON.stringify(v) : String(v as string | number));

const words = {
  table: { en: 'table', zh: '表格' }, chart: { en: 'chart', zh: '图' }, more: { en: 'more rows', zh: '行未显示' },
} satisfies Record<string, Words>;
const tableRows = 200;

const el = <K extends keyof HTMLElementTagNameMap>(tag: K, className = '', ...kids: (Node | string)[]): HTMLElementTagNameMap[K] => {
  const e = document.createElement(tag);
  if (className) e.className = className;
  e.append(...kids);
  return e;
};

function table(rows: readonly object[]): HTMLElement {
  const keys = keysOf(rows);
  const text = (v: unknown): string => (typeof v === 'number' ? (Number.isInteger(v) ? v.toLocaleString('en') : String(Number(v.toPrecision(6)))) : plain(v));
  const head = el('tr');
  for (const k of keys) { const th = el('th', '', k); th.scope = 'col'; head.append(th); }
  const body = el('tbody');
  for (const r of rows.slice(0, tableRows)) {
    const tr = el('tr');
    for (const k of keys) { const v = (r as Record<string, unknown>)[k]; tr.append(el('td', typeof v === 'number' ? 'r' : '', text(v).slice(0, 200))); }
    body.append(tr);
  }
  const box = el('div', 'table-scroll chart-table', el('table', 'data', el('thead', '', head), body));
  box.tabIndex = 0;
  box.setAttribute('role', 'region');
  box.setAttribute('aria-label', say(words.table));
  if (rows.length > tableRows) box.append(el('p', 'note', `+ ${rows.length - tableRows} ${say(words.more)}`));
  return box;
}

/** What Plot calls its own layers: said of every axis and mark, in English only, and nothing a listener wants. */
const ownNames = /^((fx|fy|x|y)-(axis|grid).*|line|dot|text|tip|rect|rule|bar|area|cell|link|arrow|frame|crosshair)$/;
/** A name needs a role to be heard: layers are groups, marks are pictures. */
export function withRoles<T extends Element>(root: T): T {
  for (const e of [root, ...root.querySelectorAll('svg[aria-label], svg [aria-label]')]) {
    if (e.localName === 'g' && ownNames.test(e.getAttribute('aria-label') ?? '')) e.removeAttribute('aria-label');
    else if (e.hasAttribute('aria-label') && !e.hasAttribute('role')) e.setAttribute('role', e.localName === 'g' || e.localName === 'svg' || e.localName === 'figure' ? 'group' : 'img');
  }
  return root;
}

/** The picture alone, with the colours it has on the page written out, so that it stands without the page. */
export function standalone(svg: SVGSVGElement): string {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  const style = getComputedStyle(svg);
  const names = new Set<string>();
  const text = new XMLSerializer().serializeToString(copy);
  for (const m of text.matchAll(/var\((--[\w-]+)\)/g)) names.add(m[1]);
  // A mix of colours is written as the colour it makes.
  const probe = el('span');
  (svg.parentElement ?? document.body).append(probe);
  let out = text;
  for (const n of names) {
    const raw = style.getPropertyValue(n).trim();
    probe.style.color = raw;
    const value = /^--(sans|serif|mono)$/.test(n) ? raw.replace(/"/g, "'") : getComputedStyle(probe).color;
    if (value !== '') out = out.replaceAll(`var(${n})`, value);
  }
  probe.remove();
  return out;
}

async function png(svg: SVGSVGElement): Promise<ArrayBuffer> {
  const { width, height } = svg.getBoundingClientRect(), scale = 2;
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(standalone(svg))}`;
  await image.decode();
  const canvas = el('canvas');
  canvas.width = Math.ceil(width * scale);
  canvas.height = Math.ceil(height * scale);
  const g = canvas.getContext('2d')!;
  g.fillStyle = getComputedStyle(document.body).backgroundColor;
  g.fillRect(0, 0, canvas.width, canvas.height);
  g.drawImage(image, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise<Blob | null>((r) => { canvas.toBlob(r, 'image/png'); });
  if (!blob) throw new Error('no picture');
  return blob.arrayBuffer();
}

/** figure(spec): a chart of your own in the house’s frame: title, caption, table, CSV, SVG and PNG. draw(width) makes it, rows are its data. */
export function figure(spec: FigureSpec): HTMLElement {
  const root = el('figure', 'chart'), heading = el('p', 'chart-title'), plot = el('div', 'plot'), caption = el('figcaption');
  root.append(heading, plot, caption);
  let width = Math.max(240, Math.round(spec.width ?? 640)), asTable = false;
  const send = (name: string, mime: string, content: string | ArrayBuffer): void => { root.dispatchEvent(new CustomEvent<Download>('lab:download', { bubbles: true, composed: true, detail: { name, mime, content } })); };
  const link = (label: string, act: () => void): HTMLButtonElement => { const b = el('button', 'link', label); b.type = 'button'; b.onclick = act; return b; };
  const svgOf = (): SVGSVGElement | null => [...plot.querySelectorAll('svg')].sort((a, b) => b.clientWidth * b.clientHeight - a.clientWidth * a.clientHeight)[0] ?? null;
  const draw = (): void => {
    heading.textContent = spec.title();
    plot.replaceChildren(asTable ? table(spec.rows) : spec.draw(width));
    withRoles(plot);
    caption.textContent = spec.caption ? spec.caption() : '';
    const links = [
      link(say(asTable ? words.chart : words.table), () => { asTable = !asTable; draw(); caption.querySelector('button')?.focus(); }),
      link('CSV', () => send(`${spec.name}.csv`, 'text/csv', csv(spec.rows))),
    ];
    if (!asTable) {
      links.push(link('SVG', () => { const s = svgOf(); if (s) send(`${spec.name}.svg`, 'image/svg+xml', standalone(s)); }));
      links.push(link('PNG', () => { const s = svgOf(); if (s) png(s).then((b) => send(`${spec.name}.png`, 'image/png', b), (e: unknown) => { caption.append(` (${String(e)})`); }); }));
    }
    links.forEach((b, i) => { if (i > 0 || caption.textContent !== '') caption.append(' · '); caption.append(b); });
  };
  draw();
  let seen = false;
  const gone = (): boolean => { if (root.isConnected) seen = true; return seen && !root.isConnected; };
  const resize = new ResizeObserver((entries) => {
    if (gone()) { resize.disconnect(); language.disconnect(); return; }
    const w = Math.round(entries[0].contentRect.width);
    if (w >= 120 && w !== width) { width = w; if (!asTable) draw(); }
  });
  resize.observe(root);
  const language = new MutationObserver(() => { if (gone()) language.disconnect(); else draw(); });
  language.observe(document.documentElement, { attributeFilter: ['lang'] });
  return root;
}
