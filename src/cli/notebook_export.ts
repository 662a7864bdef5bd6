/** A notebook in other forms: Markdown, a page to read, Jupyter, Observable Notebook Kit. */
import MarkdownIt from 'markdown-it';
import type { CellDoc, NotebookDoc } from '../../lib/notebook/document.ts';
import { serializeObservable } from '../../lib/notebook/document.ts';

export const exportForms = ['md', 'html', 'ipynb', 'observable'] as const;
export type ExportForm = (typeof exportForms)[number];

const fences: Readonly<Record<string, string>> = { go: 'go', js: 'js', ts: 'ts', ojs: 'js', html: 'html', tex: 'tex', sql: 'sql', dot: 'dot', node: 'js', python: 'python', r: 'r' };
const escape = (s: string): string => s.replace(/[&<>"]/g, c => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c] ?? c);

export function exportNotebook(doc: NotebookDoc, to: ExportForm): string {
  switch (to) {
    case 'md': return markdown(doc);
    case 'html': return page(doc);
    case 'ipynb': return jupyter(doc);
    case 'observable': return serializeObservable(doc);
  }
}

/** A fence longer than any run of backquotes inside. */
function fenced(c: CellDoc): string {
  const longest = Math.max(2, ...(c.value.match(/`+/g) ?? []).map(r => r.length));
  const bar = '`'.repeat(longest + 1);
  return `${bar}${fences[c.mode] ?? ''}\n${c.value}\n${bar}`;
}
function markdown(doc: NotebookDoc): string {
  return `${doc.cells.map(c => c.mode === 'md' ? c.value.trim() : fenced(c)).filter(t => t !== '').join('\n\n')}\n`;
}

/** A page to read: no script runs in it, whatever the notebook holds. */
function page(doc: NotebookDoc): string {
  const md = new MarkdownIt({ html: false, linkify: false });
  const body = doc.cells.map(c => {
    const lang = c.lang ? ` lang="${escape(c.lang)}"` : '';
    if (c.mode === 'md') return `<section${lang}>\n${md.render(c.value)}</section>`;
    return `<figure class="code"${lang}><figcaption>${escape(c.output ?? c.mode)}</figcaption><pre><code class="language-${fences[c.mode] ?? 'text'}">${escape(c.value)}</code></pre></figure>`;
  });
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:"><title>${escape(doc.title)}</title>
<style>:root{color-scheme:light dark}body{font:17px/1.5 Georgia,serif;max-width:640px;margin:48px auto;padding:0 16px}pre{font:14px/1.5 monospace;overflow-x:auto;background:color-mix(in oklab,currentColor 5%,transparent);padding:12px;border-radius:6px;tab-size:4}figure{margin:16px 0}figcaption{font:13px sans-serif;opacity:.7}table{border-collapse:collapse}td,th{padding:4px 12px 4px 0;text-align:left}</style></head>
<body>
${body.join('\n')}
</body></html>
`;
}

/** nbformat 4.5. Go cells are code for a Go kernel; other languages keep theirs in the metadata VS Code and JupyterLab read. */
function jupyter(doc: NotebookDoc): string {
  const lines = (s: string): string[] => s === '' ? [] : s.match(/[^\n]*\n|[^\n]+$/g) ?? [];
  const cells = doc.cells.map(c => {
    const metadata = { ...(c.lang ? { lang: c.lang } : {}), ...(c.output ? { name: c.output } : {}), ...(c.mode === 'go' || c.mode === 'md' ? {} : { vscode: { languageId: c.mode === 'ts' ? 'typescript' : c.mode === 'js' || c.mode === 'ojs' ? 'javascript' : c.mode } }) };
    const base = { id: `cell-${c.id}`, metadata, source: lines(c.value) };
    return c.mode === 'md' || c.mode === 'html' ? { cell_type: 'markdown', ...base } : { cell_type: 'code', ...base, execution_count: null, outputs: [] };
  });
  return `${JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata: { title: doc.title, kernelspec: { name: 'gonb', display_name: 'Go (gonb)', language: 'go' }, language_info: { name: 'go', file_extension: '.go' } }, cells }, null, 1)}\n`;
}
