/**
 * A glance at a document: enough of its cells for a thumbnail, a compare table and a
 * search result. It reads the notebook form without building the document (that is
 * the frame's business, behind the sandbox).
 */
export interface GlanceCell { readonly id: number; readonly kind: 'md' | 'go' | 'code' | 'html'; readonly lang: string; readonly text: string }

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"' };
const attribute = (head: string, name: string): string | undefined => {
  const m = new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s>]+))`, 'i').exec(head);
  return m ? (m[1] ?? m[2] ?? m[3] ?? '').replace(/&(amp|lt|gt|quot);/g, (_, n: string) => entities[n]) : undefined;
};

/** The cells of a document in the reader's language. */
export function glance(text: string, lang: string): GlanceCell[] {
  const out: GlanceCell[] = [];
  for (const m of text.matchAll(/<script\b((?:[^>"']|"[^"]*"|'[^']*')*)>([\s\S]*?)<\/script\s*>/gi)) {
    const type = attribute(m[1], 'type') ?? 'module', of = attribute(m[1], 'lang') ?? '';
    if (of !== '' && !of.startsWith(lang)) continue;
    const kind = type === 'text/markdown' ? 'md' : type === 'text/html' ? 'html' : type === 'text/x-go' || attribute(m[1], 'database') === 'var:go' ? 'go' : 'code';
    const lines = m[2].replace(/^\r?\n/, '').replace(/\s+$/, '').split('\n');
    const indent = Math.min(...lines.filter(l => l.trim() !== '').map(l => /^ */.exec(l)![0].length), 16);
    out.push({ id: Number(attribute(m[1], 'id') ?? 0), kind, lang: of, text: lines.map(l => l.slice(Math.min(indent, /^ */.exec(l)![0].length))).join('\n') });
  }
  return out;
}

/** The first words of a document's prose, without marks. */
export function firstWords(cells: readonly GlanceCell[], max = 140): string {
  for (const c of cells) {
    if (c.kind !== 'md') continue;
    const text = c.text.split(/\n\s*\n/).find(p => p.trim() !== '' && !/^\s*(#|\||>|```|\$\$)/.test(p))?.replace(/\$\{[^}]*\}/g, '…').replace(/[*_`]|\[([^\]]*)\]\([^)]*\)/g, '$1').replace(/\s+/g, ' ').trim();
    if (text) return text.length > max ? `${text.slice(0, max).replace(/\s\S*$/, '')}…` : text;
  }
  return '';
}

/** Rows of a thumbnail. */
const sketchRows = 22;
/**
 * A document as the rows of a thumbnail, three characters a row: what it is (h heading,
 * p prose, g Go, a Go that allocates by the look of it, j other code, a space between
 * cells), its indent and its width in ninths.
 */
export function sketch(cells: readonly GlanceCell[]): string {
  let out = '', rows = 0;
  const row = (kind: string, indent: number, width: number): void => { if (rows < sketchRows) { rows++; out += kind + String(Math.min(9, indent)) + String(Math.max(1, Math.min(9, Math.round(width)))); } };
  for (const c of cells) {
    if (rows >= sketchRows) break;
    if (rows > 0) row(' ', 0, 1);
    if (c.kind === 'md' || c.kind === 'html') {
      for (const block of c.text.split(/\n\s*\n/).slice(0, 3)) {
        const text = block.trim();
        if (/^#/.test(text)) { row('h', 0, text.split('\n')[0].length / 5); continue; }
        const n = Math.min(4, Math.ceil(text.length / 90));
        for (let i = 0; i < n; i++) row('p', 0, i < n - 1 ? 9 : 2 + (text.length % 90) / 13);
      }
    } else {
      for (const line of c.text.split('\n').filter(l => l.trim() !== '' && !/^(package|import)\b/.test(l)).slice(0, 9)) {
        const indent = /^\s*/.exec(line)![0].replaceAll('\t', '    ').length / 4, width = line.trim().length / 6;
        row(c.kind !== 'go' ? 'j' : /\b(make|new|append)\(|&\w+\{|\[\]\w+\{/.test(line) ? 'a' : 'g', indent, Math.min(width, 9 - indent));
      }
    }
  }
  return out;
}
