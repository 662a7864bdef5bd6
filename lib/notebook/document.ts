/**
 * The notebook document: cells as immutable records, and the layout of the file they
 * came from beside them. An edit makes a new record and a new array, so undo, the
 * kernel and the sessions share what did not change.
 *
 * The file is the open HTML form of Observable Notebook Kit: `<notebook>`, one
 * `<script id type …>` per cell. Reading it loses nothing:
 *
 * - text nobody changed is written back byte for byte (CRLF, comments, spacing,
 *   unknown attributes, single quotes): the layout keeps each cell's own text;
 * - a changed or new cell is written in the canonical form, indented by four spaces,
 *   whenever that form reads back as the same value; otherwise with `space="keep"`,
 *   where everything between the tags is the value;
 * - types we do not know are kept and do not run (mode `other`).
 */
export const cellModes = ['md', 'html', 'js', 'ts', 'go', 'tex', 'ojs', 'sql', 'dot', 'node', 'python', 'r', 'other'] as const;
export type CellMode = (typeof cellModes)[number];

export interface CellDoc {
  /** Positive, unique in its document. */
  readonly id: number;
  readonly mode: CellMode;
  readonly value: string;
  /** Source stays visible above the output. */
  readonly pinned: boolean;
  /** The cell's value is not displayed. */
  readonly hidden: boolean;
  /** Name of the cell's value (Go, templates). */
  readonly output?: string;
  /** Prose in one language only. */
  readonly lang?: string;
  /** All other attributes of the file, kept as they were; the type of a cell of mode `other` too. */
  readonly attrs: Readonly<Record<string, string>>;
}

/** A cell as the file had it: the text before its tag, the tags, and what they said. */
export interface CellLayout { readonly gap: string; readonly open: string; readonly body: string; readonly close: string; readonly cell: CellDoc; }
/** The text around the cells. titleFrom … titleTo: the title's own text in head, or -1. */
export interface Layout {
  readonly head: string; readonly titleFrom: number; readonly titleTo: number; readonly title: string;
  readonly cells: ReadonlyMap<number, CellLayout>; readonly tail: string; readonly hadCells: boolean;
}

export interface NotebookDoc {
  readonly title: string;
  readonly cells: readonly CellDoc[];
  /** Attributes of `<notebook>`. */
  readonly attrs: Readonly<Record<string, string>>;
  /** How the file was laid out; absent in a document that was not read from one. */
  readonly layout?: Layout;
}

const types: Readonly<Record<string, CellMode>> = {
  'module': 'js', 'text/x-typescript': 'ts', 'application/vnd.observable.javascript': 'ojs', 'text/markdown': 'md', 'text/html': 'html',
  'application/x-tex': 'tex', 'text/vnd.graphviz': 'dot', 'application/sql': 'sql', 'application/vnd.node.javascript': 'node', 'text/x-python': 'python', 'text/x-r': 'r', 'text/x-go': 'go',
};
const typeOf = new Map<CellMode, string>(Object.keys(types).map(t => [types[t], t]));
/** What the file calls Go where Observable's tools must keep it. */
export const goCarrier = 'var:go';

const unescape = (s: string): string => s.replace(/&(amp|lt|gt|quot|#39);/g, (_, n: string) => ({ amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" })[n] ?? '');
const escape = (s: string): string => s.replace(/[&<>"]/g, c => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c] ?? c);

function attributes(text: string): Record<string, string> {
  const out: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const m of text.matchAll(/([^\s=/>"']+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+)))?/g)) {
    const name = m[1].toLowerCase();
    if (!(name in out)) out[name] = unescape(m[2] ?? m[3] ?? m[4] ?? '');
  }
  return out;
}

/** Removes the common indentation of the lines and the line breaks around them. */
function dedent(text: string): string {
  const lines = text.replace(/^\r?\n/, '').replace(/\r?\n[ \t]*$/, '').split('\n');
  let n = Infinity;
  for (const l of lines) if (l.trim() !== '') n = Math.min(n, /^ */.exec(l)![0].length);
  return lines.map(l => l.slice(Math.min(n, /^ */.exec(l)![0].length))).join('\n');
}
const guard = (value: string): string => value.replace(/<(\\*)\/script(?=[\s/>]|$)/gi, m => `<\\${m.slice(1)}`);
const unguard = (text: string): string => text.replace(/<\\(\\*\/script)(?=[\s/>]|$)/gi, '<$1');
const canonical = (value: string): string => `\n${guard(value).split('\n').map(l => l === '' ? '' : `    ${l}`).join('\n')}\n  `;

function readCell(tag: string, body: string, id: number): CellDoc {
  const { id: _, type = 'module', pinned, hidden, output, lang, space, ...attrs } = attributes(tag);
  let mode: CellMode = type === '' ? 'js' : Object.hasOwn(types, type) ? types[type] : 'other';
  const carried = mode === 'sql' && attrs.database === goCarrier;
  if (carried) { mode = 'go'; delete attrs.database; }
  if (mode === 'other') attrs.type = type;
  if (space !== undefined && space !== 'keep') attrs.space = space;
  return {
    id, mode, value: unguard(space === 'keep' ? body : dedent(body)),
    pinned: pinned === undefined ? mode === 'go' : pinned !== 'false', hidden: hidden !== undefined && !carried,
    ...(output ? { output } : {}), ...(lang ? { lang } : {}), attrs,
  };
}

/** Reads the notebook form; whatever the text, some document comes back. */
export function parseNotebook(text: string): NotebookDoc {
  const found: { gap: string; open: string; tag: string; body: string; close: string; id: number }[] = [];
  const seen = new Set<number>();
  let at = 0;
  const opening = /<script\b((?:[^>"']|"[^"]*"|'[^']*')*)>/gi, closing = /<\/script(?:[\s/][^>]*)?>/gi;
  for (let m = opening.exec(text); m; m = opening.exec(text)) {
    const from = m.index + m[0].length;
    closing.lastIndex = from;
    // A cell that is never closed has all the rest, and is written anew.
    const end = closing.exec(text), stop = end ? end.index : text.length;
    const want = Number(attributes(m[1]).id);
    const id = end && Number.isSafeInteger(want) && want > 0 && !seen.has(want) ? want : 0;
    if (id > 0) seen.add(id);
    found.push({ gap: text.slice(at, m.index), open: m[0], tag: m[1], body: text.slice(from, stop), close: end?.[0] ?? '', id });
    at = opening.lastIndex = end ? closing.lastIndex : text.length;
  }
  // An empty notebook's head ends before the space in front of its closing tag.
  const end = found.length > 0 ? at : /\s*<\/notebook\s*>|$/i.exec(text)!.index;
  const head = found.length > 0 ? found[0].gap : text.slice(0, end), tail = found.some(f => f.close === '') ? '\n</notebook>\n' : text.slice(end);
  const book = /<notebook\b([^>]*)>/i.exec(head), title = /<title>([\s\S]*?)<\/title>/i.exec(head);
  const layouts = new Map<number, CellLayout>();
  let next = Math.max(0, ...seen);
  const cells = found.map((f, i) => {
    const cell = readCell(f.tag, f.body, f.id || ++next);
    // A cell whose number was given here has to be written with it, else it would change when cells move.
    if (f.id !== 0) layouts.set(cell.id, { gap: i === 0 ? '' : f.gap, open: f.open, body: f.body, close: f.close, cell });
    return cell;
  });
  const titleFrom = title ? title.index + 7 : -1;
  return {
    title: title ? unescape(title[1]) : 'Untitled', cells, attrs: book ? attributes(book[1]) : {},
    ...(book || found.length > 0 ? { layout: { head, titleFrom, titleTo: title ? titleFrom + title[1].length : -1, title: title ? unescape(title[1]) : 'Untitled', cells: layouts, tail, hadCells: found.length > 0 } } : {}),
  };
}

const attr = (name: string, value: string | boolean | undefined): string => value === undefined || value === false ? '' : value === true || value === '' ? ` ${name}` : ` ${name}="${escape(value)}"`;
const others = (attrs: Readonly<Record<string, string>>): string => Object.entries(attrs).map(([k, v]) => k === 'type' ? '' : attr(k, v)).join('');

function sameAttrs(a: Readonly<Record<string, string>>, b: Readonly<Record<string, string>>): boolean {
  const ka = Object.keys(a);
  return a === b || (ka.length === Object.keys(b).length && ka.every(k => a[k] === b[k]));
}
/** Whether two cells say the same, ids apart. */
export const sameCell = (a: CellDoc, b: CellDoc): boolean => a === b || (a.value === b.value && sameTag(a, b));
const sameTag = (a: CellDoc, b: CellDoc): boolean => a.mode === b.mode && a.pinned === b.pinned && a.hidden === b.hidden && a.output === b.output && a.lang === b.lang && sameAttrs(a.attrs, b.attrs);

/** The opening tag in the canonical form. */
function openTag(c: CellDoc, keep: boolean): string {
  const pinned = c.mode === 'go' ? (c.pinned ? '' : ' pinned="false"') : attr('pinned', c.pinned);
  return `<script id="${c.id}" type="${escape(typeOf.get(c.mode) ?? c.attrs.type ?? 'text/plain')}"${pinned}${attr('hidden', c.hidden)}${attr('output', c.output)}${attr('lang', c.lang)}${keep ? ' space="keep"' : ''}${others(c.attrs)}>`;
}

function writeCell(c: CellDoc, was: CellLayout | undefined): string {
  if (was && sameCell(c, was.cell)) return was.open + was.body + was.close;
  const body = canonical(c.value), keep = unguard(dedent(body)) !== c.value;
  return `${openTag(c, keep)}${keep ? guard(c.value) : body}</script>`;
}

/** Writes the notebook form. What was read and not changed is written as it was read. */
export function serializeNotebook(doc: NotebookDoc): string {
  const { layout } = doc;
  let out: string;
  if (!layout) out = `<!doctype html>\n<notebook${others(doc.attrs)}>\n  <title>${escape(doc.title)}</title>`;
  else if (doc.title === layout.title) out = layout.head;
  else if (layout.titleFrom >= 0) out = layout.head.slice(0, layout.titleFrom) + escape(doc.title) + layout.head.slice(layout.titleTo);
  else out = layout.head.replace(/<notebook\b[^>]*>|$/i, m => `${m}\n  <title>${escape(doc.title)}</title>`);
  const hadCells = layout !== undefined && layout.hadCells;
  let first = true;
  for (const c of doc.cells) {
    const was = layout?.cells.get(c.id);
    // The first cell's gap is the head; a moved cell gets a plain one.
    out += first && hadCells ? '' : was && was.gap !== '' ? was.gap : '\n  ';
    out += writeCell(c, was);
    first = false;
  }
  return out + (layout ? layout.tail : '\n</notebook>\n');
}

/**
 * The form Observable's tools keep: Go as SQL cells over the variable `go` (hidden,
 * so that nothing is shown for it), no attributes they would drop, canonical spacing.
 */
export function serializeObservable(doc: NotebookDoc): string {
  const name = (c: CellDoc): string => c.output ?? /^\/\/lab:name\s+([\p{L}_][\p{L}\p{Nd}_$]*)\s*$/mu.exec(c.value)?.[1] ?? `run${c.id}`;
  let out = `<!doctype html>\n<notebook theme="${escape(doc.attrs.theme ?? 'air')}"${attr('readonly', doc.attrs.readonly !== undefined)}>\n  <title>${escape(doc.title)}</title>\n`;
  for (const c of doc.cells) {
    const go = c.mode === 'go', { database, format } = c.attrs;
    const type = go ? 'application/sql' : typeOf.get(c.mode) ?? 'text/markdown';
    out += `  <script id="${c.id}" type="${type}"${attr('pinned', c.pinned)}${attr('hidden', go || c.hidden)}${attr('database', go ? goCarrier : database)}${attr('output', go ? name(c) : c.output)}${attr('format', format)}>${canonical(c.value)}</script>\n`;
  }
  return `${out}</notebook>\n`;
}

/** Whether the cell holds a program rather than text to read. */
export const isCode = (mode: CellMode): boolean => mode !== 'md' && mode !== 'html' && mode !== 'tex' && mode !== 'dot';
/** The largest id in use. */
export const lastId = (doc: NotebookDoc): number => doc.cells.reduce((n, c) => Math.max(n, c.id), 0);
