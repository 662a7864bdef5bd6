/**
 * The page in a real Chromium, from the built app: how soon a large notebook can be
 * used, how typing feels, how fast a change reaches what depends on it, and what the
 * first visit transfers. Without a browser or a build there are no rows.
 */
import { cpSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { chromium } from 'playwright-core';
import type { Browser, Frame, Page } from 'playwright-core';
import { serializeNotebook } from '../../lib/notebook/document.ts';
import type { CellDoc, CellMode } from '../../lib/notebook/document.ts';
import { findChromium } from '../chromium.mjs';
import { serve } from '../serve.mjs';
import type { Measure, Row } from './row.ts';

const notebook = (cells: readonly (readonly [CellMode, string])[]): string => serializeNotebook({ title: 'Bench', attrs: {}, cells: cells.map(([mode, value], i): CellDoc => ({ id: i + 1, mode, value, pinned: mode !== 'md', hidden: false, attrs: {} })) });

/** A thousand cells: 40 % prose, 35 % JavaScript in a chain, 20 % plots, 5 % HTML; the chain starts at cell 2. */
function mixed(): string {
  const cells: [CellMode, string][] = [];
  let last = '';
  for (let i = 0; i < 1000; i++) {
    const kind = i % 20;
    if (kind < 8 && i !== 1) cells.push(['md', `## Section ${i}\n\nSome *prose* about [memory](#m) and \`code\`, long enough to be a paragraph.`]);
    else if (kind < 15 || i === 1) { cells.push(['js', last === '' ? `const v${i} = 1` : `const v${i} = ${last} + 1`]); last = `v${i}`; }
    else if (kind < 19) cells.push(['js', `Plot.lineY([1, 4, 2, ${last}]).plot({height: 120})`]);
    else cells.push(['html', `<b>cell ${i}</b>`]);
  }
  return notebook(cells);
}

async function frameOf(page: Page): Promise<Frame> {
  for (;;) {
    const f = page.frames().find(x => x.url() === 'about:srcdoc');
    if (f && await f.locator('.article').count().catch(() => 0)) return f;
    await page.waitForTimeout(10);
  }
}
/** Opens text in place of chapter 1, which lies in folder: a server as plain as any, nothing between it and the browser. */
async function open(browser: Browser, url: string, folder: string, text: string): Promise<{ page: Page; frame: Frame; ms: number }> {
  const page = await (await browser.newContext({ viewport: { width: 1440, height: 1000 }, serviceWorkers: 'block' })).newPage();
  writeFileSync(join(folder, 'notebooks/01-how-go-allocates.txt'), text);
  const t = performance.now();
  await page.goto(`${url}#/chapter/01-how-go-allocates`);
  const frame = await frameOf(page);
  await frame.locator('#cell-1 .prose, #cell-1.idle').first().waitFor();
  return { page, frame, ms: performance.now() - t };
}

interface Typing {
  /** What the page's thread does from the key until its frame is handed over to be drawn: handlers, style, layout, paint. */
  readonly work: number;
  /** All of that and what comes later, up to the next key: saving, verdicts, timers. */
  readonly all: number;
  /** From the key to the frame's end by the clock, waiting for the display included. */
  readonly wall: number;
}
interface TraceEvent { readonly name: string; readonly ph: string; readonly pid: number; readonly tid: number; readonly ts: number; readonly dur?: number; readonly args?: { data?: { type?: string } } }

/**
 * Milliseconds of a key, p95 of 60 keys typed into what has the focus, as the browser's own trace
 * has them. A frame is drawn when the display asks for one, at 60 Hz up to 16.7 ms after the key
 * whatever the page does: work leaves that wait out, wall has it in. (Timing by a message sent
 * from the key's handler does not: messages wait for the frame.)
 */
async function keys(browser: Browser, page: Page): Promise<Typing> {
  await browser.startTracing(page, { categories: ['toplevel', 'devtools.timeline'] });
  for (let i = 0; i < 62; i++) { await page.keyboard.type('1'); await page.waitForTimeout(40); }
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] };
  const downs = traceEvents.filter(e => e.name === 'EventDispatch' && e.args?.data?.type === 'keydown').sort((a, b) => a.ts - b.ts);
  const here = traceEvents.filter(e => e.ph === 'X' && e.pid === downs[0]?.pid && e.tid === downs[0].tid);
  const end = (e: TraceEvent): number => e.ts + (e.dur ?? 0);
  const tasks = here.filter(e => e.name.endsWith('RunTask')).sort((a, b) => a.ts - b.ts), frames = here.filter(e => e.name === 'PrePaint').sort((a, b) => a.ts - b.ts);
  const seen: Typing[] = [];
  for (let i = 1; i + 1 < downs.length; i++) {
    const key = tasks.find(t => t.ts <= downs[i].ts && end(t) > downs[i].ts), next = tasks.find(t => t.ts <= downs[i + 1].ts && end(t) > downs[i + 1].ts);
    const frame = key && frames.find(f => f.ts > end(key)), drawing = frame && tasks.find(t => t.ts <= frame.ts && end(t) > frame.ts);
    if (!key || !next || !drawing) continue;
    const busy = (until: number): number => tasks.reduce((n, t) => n + (t.ts >= key.ts && t.ts < until ? t.dur ?? 0 : 0), 0) / 1000;
    seen.push({ work: busy(end(drawing)), all: busy(next.ts), wall: (end(drawing) - key.ts) / 1000 });
  }
  const p95 = (of: (k: Typing) => number): number => { const all = seen.map(of).sort((a, b) => a - b); return +(all[Math.floor(all.length * .95)] ?? NaN).toFixed(1); };
  return { work: p95(k => k.work), all: p95(k => k.all), wall: p95(k => k.wall) };
}
/** Of a key in the editor of cell 2. */
async function typing(browser: Browser, page: Page, frame: Frame): Promise<Typing> {
  await frame.locator('#cell-2').focus();
  await page.keyboard.press('Enter');
  await frame.locator('#cell-2 .cm-content').waitFor();
  await page.keyboard.press('Control+End');
  await page.keyboard.type('1');
  await page.waitForTimeout(500);
  return keys(browser, page);
}

/** Milliseconds inside the page from a new definition of cell 1 to the text of the last cell that depends on it; the median of n. pause: ms between them. */
async function reach(frame: Frame, select: string, n: number, pause = 50): Promise<number> {
  const all: number[] = [];
  for (let i = 0; i < n; i++) {
    all.push(await frame.evaluate(([sel, value]) => new Promise<number>(done => {
      const input = document.querySelector<HTMLInputElement>('#cell-1 input[type=number]')!, out = document.querySelector(sel)!, before = out.innerHTML, t = performance.now();
      const seen = new MutationObserver((_, o) => { if (out.innerHTML !== before) { o.disconnect(); done(performance.now() - t); } });
      seen.observe(out, { childList: true, subtree: true, characterData: true });
      input.value = value;
      input.dispatchEvent(new Event('input', { bubbles: true }));
    }), [select, String(i + 3)] as const));
    await new Promise(r => setTimeout(r, pause));
  }
  return all.sort((a, b) => a - b)[n >> 1];
}

/** Cell 1 is an input, and each of the n cells after it reads the one before. */
const chain = (n: number): string => notebook([['js', 'const v0 = view(Inputs.range([1, 1000], {step: 1, value: 2, label: "x"}))'], ...Array.from({ length: n - 1 }, (_, i) => ['js', `const v${i + 1} = v${i} + 1`] as const), ['js', `v${n - 1}`]]);

export const measure: Measure = async () => {
  const dist = resolve(process.env.DIST ?? 'dist'), path = findChromium();
  if (path === undefined || !existsSync(join(dist, 'index.html'))) return [];
  const rows: Row[] = [];
  const folder = mkdtempSync(join(tmpdir(), 'bench-page-'));
  cpSync(dist, folder, { recursive: true });
  const server = await serve(folder, 0), address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/`;
  const browser = await chromium.launch({ executablePath: path, headless: true, args: ['--no-sandbox', '--disable-gpu', '--no-first-run'] });
  try {
    const big = await open(browser, url, folder, mixed());
    rows.push({ name: '1,000 mixed cells usable', value: Math.round(big.ms), unit: 'ms', bar: '1000' });
    await big.frame.waitForFunction(() => document.querySelectorAll('.cell.idle').length > 500, undefined, { timeout: 60_000 }).catch(() => {});
    await big.page.waitForTimeout(2000);
    const large = await typing(browser, big.page, big.frame);
    rows.push({ name: 'typing in 1,000 cells, work for a key, p95', value: large.work, unit: 'ms', bar: '16' });
    rows.push({ name: 'typing in 1,000 cells, with what comes after the frame, p95', value: large.all, unit: 'ms' });
    rows.push({ name: 'typing in 1,000 cells, key to frame by the clock, p95', value: large.wall, unit: 'ms' });
    await big.page.context().close();

    const small = await open(browser, url, folder, notebook([['js', 'const x = view(Inputs.range([1, 1000], {step: 1, value: 2, label: "x"}))'], ['js', 'const y = x * 2'], ['js', 'Plot.lineY([1, x, y]).plot()']]));
    await small.frame.locator('#cell-3 svg').first().waitFor();
    rows.push({ name: 'input to dependent chart', value: +(await reach(small.frame, '#cell-3 .cell-values', 9)).toFixed(1), unit: 'ms', bar: '50' });
    const few = await typing(browser, small.page, small.frame);
    rows.push({ name: 'typing in 3 cells, work for a key, p95', value: few.work, unit: 'ms', bar: '16' });
    rows.push({ name: 'typing in 3 cells, key to frame by the clock, p95', value: few.wall, unit: 'ms' });
    await small.page.setContent('<textarea autofocus></textarea>');
    await small.page.locator('textarea').focus();
    rows.push({ name: 'typing in an empty page, key to frame by the clock, p95', value: (await keys(browser, small.page)).wall, unit: 'ms' });
    await small.page.context().close();

    const long = await open(browser, url, folder, chain(10_000)), last = long.frame.locator('#cell-10001');
    await long.frame.locator('#cell-10001.idle').waitFor({ timeout: 120_000 });
    await last.evaluate(e => e.scrollIntoView());
    await long.page.waitForTimeout(2000);
    rows.push({ name: '10,000 cells in a chain, input to the last', value: +(await reach(long.frame, '#cell-10001 .cell-values', 9, 500)).toFixed(1), unit: 'ms', bar: '100' });
    await long.page.context().close();

    cpSync(join(dist, 'notebooks'), join(folder, 'notebooks'), { recursive: true });
    const first = await (await browser.newContext({ viewport: { width: 1440, height: 1000 }, serviceWorkers: 'block' })).newPage();
    const t = performance.now();
    await first.goto(`${url}#/chapter/01-how-go-allocates`);
    const frame = await frameOf(first);
    await frame.locator('.out').first().waitFor({ timeout: 60_000 });
    rows.push({ name: 'first run of chapter 1, cold', value: Math.round(performance.now() - t), unit: 'ms', bar: '1500' });
    await first.context().close();
  } finally {
    await browser.close();
    server.closeAllConnections();
    server.close();
    rmSync(folder, { recursive: true, force: true });
  }
  const gz = (f: string): number => gzipSync(readFileSync(join(dist, f))).length;
  // The archive of compiled packages (assets/std-*) saves time and is not needed: it is counted apart.
  const initial = ['index.html', 'frame.html', 'loader.html', ...readdirSync(join(dist, 'assets')).filter(f => /^(shell|shell-style|loader|engine|plot|gosrc)-[0-9a-f]{10}\./.test(f)).map(f => `assets/${f}`)];
  rows.push({ name: 'first chart, transfer without fonts, gzip', value: Math.round(initial.reduce((n, f) => n + gz(f), 0) / 1024), unit: 'KB', bar: '700' });
  rows.push({ name: 'the same with the compiled packages', value: Math.round([...initial, ...readdirSync(join(dist, 'assets')).filter(f => /^std-/.test(f)).map(f => `assets/${f}`)].reduce((n, f) => n + gz(f), 0) / 1024), unit: 'KB' });
  return rows;
};
