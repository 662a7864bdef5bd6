/** gomem notebook: states, exit codes, where JavaScript runs, and the other forms. */
import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { stdProvider } from '../../src/cli/std.ts';
import type { CommandIO } from '../../src/cli/io.ts';
import { exportNotebook } from '../../src/cli/notebook_export.ts';
import { parseNotebook } from '../../lib/notebook/document.ts';
import { canRun } from '../page/help.ts';

async function notebook(argv: string[], text: string): Promise<{ code: number; out: string; err: string }> {
  const out: string[] = [], err: string[] = [], utf8 = (b: string | Uint8Array): string => typeof b === 'string' ? b : new TextDecoder().decode(b);
  const io: CommandIO = {
    env: {}, stdout: b => { out.push(utf8(b)); }, stderr: b => { err.push(utf8(b)); }, stdin: () => new Uint8Array(),
    readFile: p => { if (p !== 'n.html') throw new Error('ENOENT'); return new TextEncoder().encode(text); }, writeFile: () => {}, readDir: () => undefined, std: stdProvider(),
  };
  const code = await main(['notebook', ...argv], io);
  return { code, out: out.join(''), err: err.join('') };
}
const doc = (...cells: [id: number, type: string, text: string][]): string => `<!doctype html>\n<notebook>\n  <title>Mixed</title>\n${cells.map(([id, type, text]) => `  <script id="${id}" type="${type}">\n${text.split('\n').map(l => `    ${l}`).join('\n')}\n  </script>\n`).join('')}</notebook>\n`;
const go = (body: string): string => `package main\n\nfunc main() {\n\t${body}\n}`;
const mixed = doc([1, 'text/markdown', '# Hello ${n}'], [2, 'module', 'const n = 21;'], [3, 'text/x-go', `package main\n\n//lab:input\nconst n = 5\n\nfunc main() {\n\tprintln(n * 2)\n}`], [4, 'module', 'display(run3.exit + n)']);
interface Json { javascript: string; failed: number; cells: { id: number; state: string; stdout?: string; stderr?: string; exit?: number; digest?: string; problems: string[] }[] }
const json = async (argv: string[], text: string): Promise<Json & { code: number }> => { const r = await notebook(['run', '-json', ...argv, 'n.html'], text); return { ...JSON.parse(r.out) as Json, code: r.code }; };

describe('gomem notebook run', () => {
  test('Go and prose need no browser; a failing cell makes the exit 1', async () => {
    const good = await notebook(['run', 'n.html'], doc([1, 'text/markdown', '# A'], [2, 'text/x-go', go('println(6 * 7)')]));
    expect(good).toMatchObject({ code: 0, err: '' });
    expect(good.out).toMatch(/^ {3}1 {2}md {4}ok\n {3}2 {2}go {4}ok {7}run2 · digest [0-9a-f]{12}\n {7}42\n$/);
    const bad = await json([], doc([1, 'text/x-go', go('x := 1')], [2, 'text/x-go', go('panic("no")')]));
    expect(bad).toMatchObject({ code: 1, javascript: 'none', failed: 1, cells: [{ state: 'error', problems: [expect.stringContaining('declared and not used: x')] }, { state: 'ok', exit: 2 }] });
  });
  test('endless cells end, bad directives and foreign kinds are told', async () => {
    const r = await json(['--timeout', '0.5'], doc([1, 'text/x-go', go('for {\n\t}')], [2, 'text/x-go', `//lab:run GOGC=purple\n${go('')}`], [3, 'application/sql', 'select 1']));
    expect(r.cells.map(c => [c.state, c.problems[0]])).toEqual([['error', 'still running after 0.5 s'], ['error', './main.go:1:11: invalid GOGC: purple'], ['skipped', 'sql cells are kept but do not run in the lab']]);
  });
  test('JavaScript without a browser and without trust is refused, and says so; Go still runs', async () => {
    const r = await notebook(['run', '--browser', 'none', 'n.html'], mixed);
    expect(r.code).toBe(1);
    expect(r.out).toMatch(/2 {2}js {4}refused/);
    expect(r.out).toMatch(/3 {2}go {4}ok .*\n {7}10\n/);
    expect(r.err).toContain('stranger');
    expect(r.err).toContain('--trust');
  });
  test('trusted JavaScript runs in this process, and drives Go cells', async () => {
    const r = await json(['--browser', 'none', '--trust'], mixed.replace('</notebook>', '<script id="5" type="module">\nthrow new Error("on purpose")\n</script>\n<script id="6" type="text/x-typescript">\nconst t: number = n + 1; display(t)\n</script>\n<script id="7" type="module">\nnowhere + 1\n</script></notebook>'));
    expect(r).toMatchObject({ code: 1, javascript: 'trusted', failed: 2 });
    expect(r.cells[2]).toMatchObject({ state: 'ok', stderr: '42\n' });
    expect(r.cells.map(c => c.stdout ?? c.stderr ?? c.problems[0] ?? '')).toEqual([expect.any(String), '', expect.any(String), '21', 'on purpose', '22', 'nowhere is not defined']);
  });
  const chapters = readdirSync('notebooks').filter(f => f.endsWith('.html')).sort();
  test.each(chapters)('%s runs whole when it is trusted', async file => {
    // The judges of the boards have a test of their own (tests/notebooks): here the first chapter's run.
    const text = readFileSync(`notebooks/${file}`, 'utf8');
    const r = await json(['--browser', 'none', '--trust', '--timeout', '110'], file.startsWith('01') ? text : text.replaceAll(/\bjudge(:|\()/g, 'without$1'));
    expect(r.cells.filter(c => c.state !== 'ok').map(c => `${c.id}: ${c.problems.join(', ')}`)).toEqual([]);
    expect(r).toMatchObject({ code: 0, javascript: 'trusted', failed: 0 });
    expect(r.cells.map(c => c.stdout ?? '').join('\n')).toMatch(file.startsWith('01') ? /1\d of \d+ judged ✓ \d+ true/ : /0 of \d+ judged/);
  }, 120_000);
  const everyState = doc([1, 'text/markdown', 'Sum: ${a + 1}'], [2, 'module', 'const a = view(Inputs.range([1, 9], { value: 4, step: 1 }));'], [3, 'module', 'display(md`*${a}*`)'], [4, 'module', 'const twice = 1'], [5, 'module', 'const twice = 2'],
    [6, 'module', 'display(nowhere)'], [7, 'module', 'throw new TypeError("no")'], [8, 'text/x-go', go('x := 1')], [9, 'module', 'display(run8.exit)'], [10, 'application/sql', 'select 1'], [11, 'module', 'const round = trip'], [12, 'module', 'const trip = round'],
    [13, 'text/x-go', `package main\n\n//lab:input\nconst n = a\n\nfunc main() {\n\tprintln(n)\n}`], [14, 'module', '(await lab.run("package main\\nfunc main() { println(7) }")).stderr'], [15, 'module', 'const slow = (async function* () { yield 1; yield 2; })();'], [16, 'module', 'display(slow)'], [17, 'module', 'let 1 = 2'],
    [18, 'module', 'chart.bars([{ label: "a", value: 1 }], { unit: "n" })'], [19, 'text/x-typescript', 'const t: number = a; display(t)'], [20, 'module', '(await lab.check("package main\\nfunc main() { x := 1 }")).diagnostics[0].text']);
  test.runIf(canRun)('cells end in the same states trusted as in the browser', async () => {
    const [here, there] = [await json(['--browser', 'none', '--trust'], everyState), await json([], everyState)];
    expect([here.javascript, there.javascript]).toEqual(['trusted', 'chromium']);
    expect(here.cells.map(c => `${c.id} ${c.state}`)).toEqual(there.cells.map(c => `${c.id} ${c.state}`));
    expect(here.cells.filter(c => c.state === 'error').map(c => c.id)).toEqual([4, 5, 6, 7, 8, 11, 12, 13, 17]);
    expect(here.cells[13].stdout).toContain('7');
    expect(here.cells[19].stdout).toContain('declared and not used: x');
  }, 120_000);
  test.runIf(canRun)('JavaScript runs in the sandboxed frame of a headless browser', async () => {
    const r = await json([], mixed.replace('</notebook>', '<script id="5" type="module">\nfetch("/").then(() => "reached")\n</script></notebook>'));
    expect(r).toMatchObject({ code: 1, javascript: 'chromium', failed: 1 });
    expect(r.cells[2]).toMatchObject({ state: 'ok' });
    expect(`${r.cells[2].stdout ?? ''}${r.cells[2].stderr ?? ''}`).toContain('42');
    expect(r.cells.map(c => c.state)).toEqual(['ok', 'ok', 'ok', 'ok', 'error']);
  }, 60_000);
  test('usage', async () => {
    expect(await notebook([], '')).toMatchObject({ code: 2 });
    expect(await notebook(['run'], '')).toMatchObject({ code: 2, err: expect.stringContaining('one notebook file') });
    expect(await notebook(['run', 'missing.html'], '')).toMatchObject({ code: 2, err: expect.stringContaining('cannot read missing.html') });
    expect(await notebook(['run', 'n.html'], 'just text')).toMatchObject({ code: 1, err: expect.stringContaining('not a notebook') });
    expect(await notebook(['export', 'n.html', '--to', 'pdf'], mixed)).toMatchObject({ code: 2, err: expect.stringContaining('invalid to: pdf') });
    for (const argv of [['--help'], ['run', '--help'], ['export', '-h']]) expect(await notebook(argv, '')).toMatchObject({ code: 0, err: '' });
  });
});

describe('gomem notebook export', () => {
  const require = createRequire(import.meta.url);
  const { JSDOM } = require('jsdom') as { JSDOM: new (s?: string) => { window: { DOMParser: new () => DOMParser; document: Document } } };
  interface Kit { deserialize(s: string, o: { parser: DOMParser }): { title: string; cells: { id: number; mode: string; value: string; output?: string; database?: string; hidden?: boolean }[] } }

  test('Observable’s own Notebook Kit reads our export with the same cells', async () => {
    const { deserialize } = await import('@observablehq/notebook-kit') as unknown as Kit;
    const parser = new (new JSDOM().window.DOMParser)();
    for (const text of [readFileSync('notebooks/01-how-go-allocates.html', 'utf8'), mixed]) {
      const ours = parseNotebook(text), theirs = deserialize((await notebook(['export', '--to', 'observable', 'n.html'], text)).out, { parser });
      expect(theirs.title).toBe(ours.title);
      expect(theirs.cells.map(c => [c.id, c.database === 'var:go' ? 'go' : c.mode, c.value])).toEqual(ours.cells.map(c => [c.id, c.mode, c.value]));
      for (const c of theirs.cells) if (c.database) expect(c).toMatchObject({ mode: 'sql', hidden: true, output: expect.stringMatching(/^\w+$/) });
      // And back again: our reader finds the Go cells in theirs.
      expect(parseNotebook(exportNotebook(ours, 'observable')).cells.map(c => [c.id, c.mode, c.value])).toEqual(ours.cells.map(c => [c.id, c.mode, c.value]));
    }
  });
  test('a Jupyter notebook is valid nbformat 4.5 in its essentials', async () => {
    const nb = JSON.parse((await notebook(['export', 'n.html', '--to=ipynb'], mixed)).out) as { nbformat: number; cells: { cell_type: string; id: string; source: string[]; outputs?: unknown[] }[] };
    expect(nb.nbformat).toBe(4);
    expect(nb.cells.map(c => c.cell_type)).toEqual(['markdown', 'code', 'code', 'code']);
    for (const c of nb.cells) { expect(c.id).toMatch(/^[a-zA-Z0-9_-]{1,64}$/); expect(c.cell_type === 'code').toBe(Array.isArray(c.outputs)); }
    expect(nb.cells[2].source.join('')).toContain('println(n * 2)');
  });
  test('no script of a notebook becomes a script of the exported page', () => {
    fc.assert(fc.property(fc.string(), fc.constantFrom('md', 'js', 'go', 'html') as fc.Arbitrary<'md'>, (value, mode) => {
      const html = exportNotebook({ title: value, attrs: {}, cells: [{ id: 1, mode, value: `${value}<script>alert(1)</script>`, pinned: true, hidden: false, attrs: {} }] }, 'html');
      expect(new JSDOM(html).window.document.querySelectorAll('script, iframe, [onerror]').length).toBe(0);
    }), { numRuns: 40 });
  });
  test('Markdown fences outgrow what they hold; prose can be of one language', async () => {
    expect(exportNotebook({ title: '', attrs: {}, cells: [{ id: 1, mode: 'go', value: 'var s = `a`\n// ```', pinned: true, hidden: false, attrs: {} }] }, 'md')).toBe('````go\nvar s = `a`\n// ```\n````\n');
    const text = readFileSync('notebooks/01-how-go-allocates.html', 'utf8');
    const zh = (await notebook(['export', '--to', 'md', '--lang', 'zh', 'n.html'], text)).out;
    expect(zh).toMatch(/\p{Script=Han}/u);
    expect(zh).not.toContain('Where does a value live');
  });
});
