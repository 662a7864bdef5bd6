/** The document's file: what is read is written back, what is written reads back the same. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cellModes, parseNotebook, serializeNotebook, serializeObservable } from '../../lib/notebook/document.ts';
import type { CellDoc, NotebookDoc } from '../../lib/notebook/document.ts';

const nasty = ['\r\n', '\n', '\n\n', '   ', '\t', '</script', '</script>', '<\\/script>', '<\\\\/SCRIPT >', '<!--', '-->', '<notebook>', '<title>', '</title>', '&lt;', '&', '"', "'", '`', '${x}', '\\', 'package main', ' ', '\r', '\u2028', '界', '😀'];
const value = fc.oneof(fc.array(fc.oneof(fc.constantFrom(...nasty), fc.string({ maxLength: 4 })), { maxLength: 12 }).map(a => a.join('')), fc.string());
const name = fc.stringMatching(/^[a-z][a-z0-9-]{0,8}$/).filter(n => !['id', 'type', 'pinned', 'hidden', 'output', 'lang', 'space', 'database', 'theme'].includes(n));
const attrs = fc.dictionary(name, fc.string({ maxLength: 8 }), { maxKeys: 3 });
const cell = (id: number): fc.Arbitrary<CellDoc> => fc.record({
  mode: fc.constantFrom(...cellModes), value, pinned: fc.boolean(), hidden: fc.boolean(),
  output: fc.option(fc.stringMatching(/^[a-z]\w{0,5}$/), { nil: undefined }), lang: fc.option(fc.constantFrom('en', 'zh', 'fr'), { nil: undefined }), attrs,
}).map(({ output, lang, ...c }) => ({ id, ...c, ...(output ? { output } : {}), ...(lang ? { lang } : {}), attrs: c.mode === 'other' ? { ...c.attrs, type: 'text/x-rust' } : c.attrs }));
const notebook: fc.Arbitrary<NotebookDoc> = fc.record({
  title: fc.string(), attrs, ids: fc.uniqueArray(fc.integer({ min: 1, max: 10_000 }), { maxLength: 8 }),
}).chain(({ title, attrs: a, ids }) => fc.tuple(...ids.map(cell)).map(cells => ({ title, attrs: a, cells })));

/** The document without where it came from, attributes as plain objects. */
const plain = (d: NotebookDoc): unknown => ({ title: d.title, attrs: { ...d.attrs }, cells: d.cells.map(c => ({ ...c, attrs: { ...c.attrs } })) });
const file = (cells: string): string => `<!doctype html>\n<notebook>\n  <title>T</title>\n${cells}</notebook>\n`;

describe('notebook file', () => {
  test('any document written reads back the same', () => {
    fc.assert(fc.property(notebook, d => { expect(plain(parseNotebook(serializeNotebook(d)))).toEqual(plain(d)); }), { numRuns: 400 });
  });
  test('any document read and not changed is written byte for byte', () => {
    fc.assert(fc.property(notebook, d => {
      const text = serializeNotebook(d);
      expect(serializeNotebook(parseNotebook(text))).toBe(text);
    }), { numRuns: 200 });
  });
  test('a hand-made file keeps its spacing, comments, quotes and line ends', () => {
    const text = '<!doctype html>\r\n<meta charset=utf-8>\r\n<notebook theme=\'air\' data-x>\r\n<title>A &amp; B</title>\r\n<!-- first -->\r\n<script  id=7 type=\'text/x-go\' data-odd="a&quot;b">\r\npackage main\r\n\r\n\r\n</script >\r\n\r\n<!-- second -->\r\n<script id="2" type="text/x-rust" weird>fn main() {}</script>\r\n</notebook>\r\n<!-- end -->';
    const doc = parseNotebook(text);
    expect(doc.title).toBe('A & B');
    expect(doc.cells.map(c => [c.id, c.mode])).toEqual([[7, 'go'], [2, 'other']]);
    expect(doc.cells[0].attrs['data-odd']).toBe('a"b');
    expect(serializeNotebook(doc)).toBe(text);
    const edited = { ...doc, cells: doc.cells.map(c => c.id === 7 ? { ...c, value: 'package p' } : c) };
    const out = serializeNotebook(edited);
    expect(out).toContain('<!-- second -->\r\n<script id="2" type="text/x-rust" weird>fn main() {}</script>\r\n</notebook>\r\n<!-- end -->');
    expect(out).toContain('data-odd="a&quot;b"');
    expect(parseNotebook(out).cells[0].value).toBe('package p');
  });
  test('edits of a read document read back the same', () => {
    fc.assert(fc.property(notebook, value, fc.nat(), fc.string(), (d, v, at, title) => {
      const doc = parseNotebook(serializeNotebook(d));
      const cells = doc.cells.slice();
      if (cells.length > 0) { const i = at % cells.length; cells[i] = { ...cells[i], value: v }; cells.reverse(); }
      cells.push({ id: 20_000, mode: 'go', value: v, pinned: false, hidden: true, attrs: {} });
      const next = { ...doc, title, cells };
      expect(plain(parseNotebook(serializeNotebook(next)))).toEqual(plain(next));
    }), { numRuns: 200 });
  });
  test('any text is some document, and never an exception', () => {
    fc.assert(fc.property(fc.array(fc.constantFrom(...nasty, '<script', ' id=1', ' id="1"', '>', '<script type=module>', ' type=__proto__', ' __proto__=x')).map(a => a.join('')), text => {
      const doc = parseNotebook(text);
      expect(new Set(doc.cells.map(c => c.id)).size).toBe(doc.cells.length);
      expect(({} as { x?: unknown }).x).toBeUndefined();
      expect(plain(parseNotebook(serializeNotebook(doc)))).toEqual(plain(doc));
    }), { numRuns: 500 });
  });
  test('cells without a number, or with one taken, get one of their own', () => {
    const doc = parseNotebook(file('<script id="3">a</script><script>b</script><script id="3">c</script><script id="-1">d</script>'));
    expect(doc.cells.map(c => [c.id, c.value])).toEqual([[3, 'a'], [4, 'b'], [5, 'c'], [6, 'd']]);
    const moved = parseNotebook(serializeNotebook({ ...doc, cells: doc.cells.slice().reverse() }));
    expect(moved.cells.map(c => [c.id, c.value])).toEqual([[6, 'd'], [5, 'c'], [4, 'b'], [3, 'a']]);
  });
  test('Go that hides its code stays hidden', () => {
    const doc = parseNotebook(file('<script id="1" type="text/x-go">package main</script>'));
    expect(doc.cells[0].pinned).toBe(true);
    expect(parseNotebook(serializeNotebook({ ...doc, cells: [{ ...doc.cells[0], pinned: false }] })).cells[0].pinned).toBe(false);
  });
  test('Go in Observable’s carrier opens as Go, and our export writes it', () => {
    const text = serializeObservable({ title: 'x', attrs: {}, cells: [{ id: 1, mode: 'go', value: 'package main\n\nfunc main() {}', pinned: true, hidden: false, attrs: {} }, { id: 2, mode: 'js', value: 'run1.exit', pinned: true, hidden: false, attrs: {} }] });
    expect(text).toContain('<script id="1" type="application/sql" pinned hidden database="var:go" output="run1">');
    const back = parseNotebook(text);
    expect(back.cells.map(c => [c.mode, c.value, c.hidden])).toEqual([['go', 'package main\n\nfunc main() {}', false], ['js', 'run1.exit', false]]);
  });
  test('Observable’s own Notebook Kit reads the export with the same cells', async () => {
    // jsdom comes without types.
    const { JSDOM } = await import('jsdom' as string) as { JSDOM: new (html: string) => { window: { DOMParser: new () => DOMParser } } };
    const kit = await import('@observablehq/notebook-kit');
    const doc = parseNotebook(file('<script id="1" type="text/markdown">\n    # A\n\n    b\n  </script>\n<script id="2" type="text/x-go">\n    package main\n\n    func main() {\n    \tprintln("</sc" + "ript>")\n    }\n  </script>\n<script id="5" type="module" pinned>\n    const a = "<\\/script>"\n  </script>\n'));
    const { window } = new JSDOM('');
    const read = kit.deserialize(serializeObservable(doc), { parser: new window.DOMParser() });
    expect(read.cells.map(c => [c.id, c.mode, c.value, c.pinned])).toEqual(doc.cells.map(c => [c.id, c.mode === 'go' ? 'sql' : c.mode, c.value, c.pinned]));
    expect(read.cells[1]).toMatchObject({ database: 'var:go', output: 'run2', hidden: true });
  });
});
