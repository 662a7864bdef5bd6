/**
 * The open document as the page holds it. Cells are immutable records; an edit
 * makes a new record and a new array, so undo keeps snapshots that share what
 * did not change.
 */
export const cellModes = ['md', 'html', 'js', 'ts', 'go', 'tex', 'ojs', 'sql', 'dot', 'node', 'python', 'r'] as const;
export type CellMode = (typeof cellModes)[number];

export interface CellDoc {
  readonly id: number;
  readonly mode: CellMode;
  readonly value: string;
  /** Source stays visible below the output. */
  readonly pinned: boolean;
  /** The cell's value is not displayed. */
  readonly hidden: boolean;
  /** Name of the cell's value (Go, templates). */
  readonly output?: string;
  /** Prose in one language only. */
  readonly lang?: string;
  /** All other attributes of the file, kept as they were. */
  readonly attrs: Readonly<Record<string, string>>;
}
export interface NotebookDoc {
  readonly title: string;
  readonly cells: readonly CellDoc[];
  readonly attrs: Readonly<Record<string, string>>;
}

const types: Record<string, CellMode> = {
  'module': 'js', 'text/x-typescript': 'ts', 'application/vnd.observable.javascript': 'ojs', 'text/markdown': 'md', 'text/html': 'html',
  'application/x-tex': 'tex', 'text/vnd.graphviz': 'dot', 'application/sql': 'sql', 'application/vnd.node.javascript': 'node', 'text/x-python': 'python', 'text/x-r': 'r', 'text/x-go': 'go',
};
const typeOf: Partial<Record<CellMode, string>> = {};
for (const t of Object.keys(types)) typeOf[types[t]] = t;

const unescape = (s: string): string => s.replace(/&(amp|lt|gt|quot|#39);/g, (_, n: string) => ({ amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" })[n] ?? '');
const escape = (s: string): string => s.replace(/[&<>"]/g, c => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c] ?? c);

function attributes(text: string): Record<string, string> {
  const out: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const m of text.matchAll(/([^\s=/>]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+)))?/g)) out[m[1].toLowerCase()] = unescape(m[2] ?? m[3] ?? m[4] ?? '');
  return out;
}

/** Removes the common indentation of the lines and the line breaks around them. */
function dedent(text: string): string {
  const lines = text.replace(/^\r?\n/, '').replace(/\r?\n[ \t]*$/, '').split('\n');
  let n = Infinity;
  for (const l of lines) if (l.trim() !== '') n = Math.min(n, /^ */.exec(l)![0].length);
  return lines.map(l => l.slice(Math.min(n, /^ */.exec(l)![0].length))).join('\n');
}

/** Reads the notebook form; whatever the text, some document comes back. */
export function parseNotebook(text: string): NotebookDoc {
  const head = /<notebook\b([^>]*)>/i.exec(text);
  const title = /<title>([\s\S]*?)<\/title>/i.exec(text);
  const cells: CellDoc[] = [];
  const seen = new Set<number>();
  const free: number[] = [];
  for (const m of text.matchAll(/<script\b((?:[^>"']|"[^"]*"|'[^']*')*)>([\s\S]*?)<\/script\s*>/gi)) {
    const { id: idText, type = 'module', pinned, hidden, output, lang, ...attrs } = attributes(m[1]);
    let mode: CellMode = Object.hasOwn(types, type) ? types[type] : 'js';
    if (mode === 'sql' && attrs.database === 'var:go') { mode = 'go'; delete attrs.database; }
    const want = Number(idText);
    const id = Number.isSafeInteger(want) && want > 0 && !seen.has(want) ? want : 0;
    if (id === 0) free.push(cells.length); else seen.add(id);
    cells.push({
      id, mode, value: dedent(m[2]).replace(/<\\(\\*)\/script/gi, '<$1/script'),
      pinned: pinned !== undefined || mode === 'go', hidden: hidden !== undefined && mode !== 'go', output: output || undefined, lang: lang || undefined, attrs,
    });
  }
  let next = Math.max(0, ...seen);
  for (const i of free) cells[i] = { ...cells[i], id: ++next };
  return { title: title ? unescape(title[1].trim()) : 'Untitled', cells, attrs: head ? attributes(head[1]) : {} };
}

const attr = (name: string, value: string | boolean | undefined): string => value === undefined || value === false ? '' : value === true ? ` ${name}` : ` ${name}="${escape(value)}"`;

/** Writes the notebook form. */
export function serializeNotebook(doc: NotebookDoc): string {
  let out = `<!doctype html>\n<notebook${Object.entries(doc.attrs).map(([k, v]) => attr(k, v === '' ? true : v)).join('')}>\n  <title>${escape(doc.title)}</title>\n`;
  for (const c of doc.cells) {
    const body = c.value.replace(/<(\\*)\/script/gi, '<\\$1/script').split('\n').map(l => l === '' ? '' : `    ${l}`).join('\n');
    out += `  <script id="${c.id}" type="${typeOf[c.mode] ?? 'module'}"${attr('pinned', c.pinned && c.mode !== 'go')}${attr('hidden', c.hidden)}${attr('output', c.output)}${attr('lang', c.lang)}${Object.entries(c.attrs).map(([k, v]) => attr(k, v === '' ? true : v)).join('')}>\n${body}\n  </script>\n`;
  }
  return `${out}</notebook>\n`;
}

export const isCode = (mode: CellMode): boolean => mode !== 'md' && mode !== 'html' && mode !== 'tex' && mode !== 'dot';
