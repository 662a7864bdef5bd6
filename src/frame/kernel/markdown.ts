/**
 * The `md` of notebooks: markdown-it with interpolated nodes, anchors on headings,
 * and mathematics. `$…$` and `$$…$$` become MathML, which the browser sets itself,
 * once the KaTeX chunk has come; until then the source is shown.
 */
import MarkdownIt from 'markdown-it';
import { highlightLines } from '../cell/highlight.ts';
import type { CellMode } from '../../../lib/notebook/document.ts';
import { chunk } from './chunks.ts';

interface MathChunk { render(tex: string, display: boolean): string; }

const it = new MarkdownIt({ html: true, linkify: true, typographer: true });

it.inline.ruler.after('escape', 'math', (state, silent) => {
  const { src, pos } = state;
  if (src.charCodeAt(pos) !== 36) return false;
  const display = src.charCodeAt(pos + 1) === 36, mark = display ? '$$' : '$';
  const from = pos + mark.length, to = src.indexOf(mark, from);
  if (to < 0 || to === from) return false;
  const tex = src.slice(from, to);
  if (!display && (/^\s|\s$/.test(tex) || /\d/.test(src[to + 1] ?? '') || tex.startsWith('{'))) return false;
  if (!silent) { const t = state.push('math', 'span', 0); t.content = tex; t.info = display ? 'display' : 'inline'; }
  state.pos = to + mark.length;
  return true;
});
it.renderer.rules.math = (list, i) => `<span class="math" data-display="${list[i].info}">${it.utils.escapeHtml(list[i].content)}</span>`;

const fences: Readonly<Record<string, CellMode>> = { go: 'go', js: 'js', javascript: 'js', ts: 'ts', typescript: 'ts', html: 'html', md: 'md', markdown: 'md' };

/** An element with the code's lines, coloured. */
export function codeElement(text: string, mode: CellMode): HTMLElement {
  const code = document.createElement('code');
  highlightLines(text, mode).forEach((line, i) => {
    if (i > 0) code.append('\n');
    for (const [s, type] of line) {
      if (type === '') code.append(s);
      else { const span = document.createElement('span'); span.className = `tok-${type}`; span.textContent = s; code.append(span); }
    }
  });
  return code;
}

const slug = (s: string): string => s.trim().toLowerCase().replace(/[^\p{L}\p{Nd}]+/gu, '-').replace(/^-|-$/g, '');

/** Typesets the mathematics below root when the chunk is here. */
export function typeset(root: Element): void {
  const spans = [...root.querySelectorAll<HTMLElement>('span.math')];
  if (spans.length === 0) return;
  void chunk<MathChunk>('katex').then(m => {
    for (const s of spans) s.innerHTML = m.render(s.textContent ?? '', s.dataset.display === 'display');
  }, () => {});
}

/** Renders Markdown source to one element. */
export function renderMarkdown(source: string): HTMLElement {
  const root = document.createElement('div');
  root.className = 'prose';
  root.innerHTML = it.render(source);
  for (const h of root.querySelectorAll('h1, h2, h3')) if (h.id === '') h.id = slug(h.textContent ?? '');
  for (const c of root.querySelectorAll('pre > code[class^=language-]')) {
    const mode = fences[c.className.slice(9)];
    if (mode) c.replaceWith(codeElement((c.textContent ?? '').replace(/\n$/, ''), mode));
  }
  for (const t of root.querySelectorAll('table')) { const box = document.createElement('div'); box.className = 'table-scroll'; box.tabIndex = 0; box.setAttribute('role', 'region'); box.setAttribute('aria-label', 'table'); t.replaceWith(box); box.append(t); }
  typeset(root);
  return root;
}

/** The template tag: nodes are placed, arrays of nodes too, everything else is text of the source. */
export function md(strings: readonly string[], ...values: readonly unknown[]): HTMLElement {
  const nodes: Node[] = [];
  let source = strings[0];
  const place = (n: Node): string => `<i data-hole="${nodes.push(n) - 1}"></i>`;
  values.forEach((v, i) => {
    const list: unknown[] = Array.isArray(v) ? v : [v];
    for (const x of list) source += x instanceof Node ? place(x) : String(x);
    source += strings[i + 1];
  });
  const root = renderMarkdown(source);
  for (const hole of root.querySelectorAll<HTMLElement>('i[data-hole]')) { const n = nodes[Number(hole.dataset.hole)]; if (n) hole.replaceWith(n); }
  return root;
}

/** The `tex` tag: one formula, display style in tex.block. */
const formula = (display: boolean) => (strings: readonly string[], ...values: readonly unknown[]): Promise<HTMLElement> => {
  const source = strings.map((s, i) => s + (i < values.length ? String(values[i]) : '')).join('');
  return chunk<MathChunk>('katex').then(m => {
    const span = document.createElement('span');
    span.className = 'math';
    span.dataset.display = display ? 'display' : 'inline';
    span.innerHTML = m.render(source, display);
    return span;
  });
};
export const tex = Object.assign(formula(false), { block: formula(true) });
