/**
 * The page in a real Chromium, from the built app: how soon a large notebook can be
 * used, how typing feels, how fast a change reaches what depends on it, and what the
 * first visit transfers. Without a browser or a build there are no rows.
 */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { Runtime } from '@observablehq/runtime';
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
async function open(browser: Browser, url: string, text: string): Promise<{ page: Page; frame: Frame; ms: number }> {
  const page = await (await browser.newContext({ viewport: { width: 1440, height: 1000 }, serviceWorkers: 'block' })).newPage();
  await page.route('**/notebooks/01-how-go-allocates.txt', r => r.fulfill({ contentType: 'text/plain; charset=utf-8', body: text }));
  const t = performance.now();
  await page.goto(`${url}#/chapter/01-how-go-allocates`);
  const frame = await frameOf(page);
  await frame.locator('#cell-1 .prose, #cell-1.idle').first().waitFor();
  return { page, frame, ms: performance.now() - t };
}

/**
 * Milliseconds of a key in the editor of cell 2, p95: wall, from the key to the frame drawn after it,
 * which includes the wait for that frame (up to 16.7 at 60 Hz, on any page); work, what the page does
 * for it: handling the key, and drawing the frame.
 */
async function typing(page: Page, frame: Frame): Promise<{ wall: number; work: number }> {
  await frame.locator('#cell-2').focus();
  await page.keyboard.press('Enter');
  await frame.locator('#cell-2 .cm-content').waitFor();
  await page.keyboard.press('Control+End');
  await page.keyboard.type('1');
  await page.waitForTimeout(500);
  await frame.evaluate(() => {
    const g = globalThis as unknown as { keys: { wall: number; work: number }[] };
    g.keys = [];
    addEventListener('keydown', e => {
      const from = e.timeStamp, start = performance.now();
      let handled = Infinity, drawing = start;
      const after = new MessageChannel(), drawn = new MessageChannel();
      after.port1.onmessage = () => { handled = performance.now(); };
      after.port2.postMessage(0);
      drawn.port1.onmessage = () => { const end = performance.now(); g.keys.push({ wall: end - from, work: Math.min(handled, drawing) - start + end - drawing }); };
      requestAnimationFrame(() => { drawing = performance.now(); drawn.port2.postMessage(0); });
    }, true);
  });
  for (let i = 0; i < 60; i++) { await page.keyboard.type('1'); await page.waitForTimeout(40); }
  const list = await frame.evaluate(() => (globalThis as unknown as { keys: { wall: number; work: number }[] }).keys);
  const p95 = (of: (k: { wall: number; work: number }) => number): number => { const all = list.map(of).sort((a, b) => a - b); return +(all[Math.floor(all.length * .95)] ?? NaN).toFixed(1); };
  return { wall: p95(k => k.wall), work: p95(k => k.work) };
}

/** Milliseconds inside the page from a new definition of cell 1 to the text of the last cell that depends on it; the median of n. */
async function reach(frame: Frame, select: string, n: number): Promise<number> {
  const all: number[] = [];
  for (let i = 0; i < n; i++) {
    all.push(await frame.evaluate(([sel, value]) => new Promise<number>(done => {
      const input = document.querySelector<HTMLInputElement>('#cell-1 input[type=number]')!, out = document.querySelector(sel)!, before = out.innerHTML, t = performance.now();
      const seen = new MutationObserver((_, o) => { if (out.innerHTML !== before) { o.disconnect(); done(performance.now() - t); } });
      seen.observe(out, { childList: true, subtree: true, characterData: true });
      input.value = value;
      input.dispatchEvent(new Event('input', { bubbles: true }));
    }), [select, String(i + 3)] as const));
    await new Promise(r => setTimeout(r, 50));
  }
  return all.sort((a, b) => a - b)[n >> 1];
}

/** Milliseconds to recompute a chain of n observed variables of the runtime, in this process; the median of 7. */
async function chain(n: number): Promise<number> {
  const g = globalThis as { requestAnimationFrame?: (f: () => void) => unknown };
  g.requestAnimationFrame ??= f => setTimeout(f, 0);
  const main = new Runtime().module();
  let ended: () => void = () => {};
  for (let i = 1; i <= n; i++) main.variable(i === n ? { fulfilled: () => ended() } : {}).define(`v${i}`, [`v${i - 1}`], (x: number) => x + 1);
  const head = main.variable({}), all: number[] = [];
  for (let k = 0; k < 8; k++) {
    const t = performance.now();
    await new Promise<void>(done => { ended = done; head.define('v0', [], () => k); });
    all.push(performance.now() - t);
  }
  return all.slice(1).sort((a, b) => a - b)[3];
}

export const measure: Measure = async () => {
  const dist = resolve(process.env.DIST ?? 'dist'), path = findChromium();
  if (path === undefined || !existsSync(join(dist, 'index.html'))) return [];
  const rows: Row[] = [];
  const server = await serve(dist, 0), address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/`;
  const browser = await chromium.launch({ executablePath: path, headless: true, args: ['--no-sandbox', '--disable-gpu', '--no-first-run'] });
  try {
    const big = await open(browser, url, mixed());
    rows.push({ name: '1,000 mixed cells usable', value: Math.round(big.ms), unit: 'ms', bar: '1000' });
    await big.frame.waitForFunction(() => document.querySelectorAll('.cell.idle').length > 500, undefined, { timeout: 60_000 }).catch(() => {});
    await big.page.waitForTimeout(2000);
    const keys = await typing(big.page, big.frame);
    rows.push({ name: 'typing in 1,000 cells, key to frame drawn, p95', value: keys.wall, unit: 'ms', bar: '16' });
    rows.push({ name: 'typing in 1,000 cells, work for a key, p95', value: keys.work, unit: 'ms', bar: '16' });
    await big.page.context().close();

    const small = await open(browser, url, notebook([['js', 'const x = view(Inputs.range([1, 1000], {step: 1, value: 2, label: "x"}))'], ['js', 'const y = x * 2'], ['js', 'Plot.lineY([1, x, y]).plot()']]));
    await small.frame.locator('#cell-3 svg').first().waitFor();
    rows.push({ name: 'input to dependent chart', value: +(await reach(small.frame, '#cell-3 .cell-values', 9)).toFixed(1), unit: 'ms', bar: '50' });
    rows.push({ name: 'typing in 3 cells, key to frame drawn, p95', value: (await typing(small.page, small.frame)).wall, unit: 'ms' });
    await small.page.context().close();

    rows.push({ name: '10,000 variables in a chain, recomputed', value: +(await chain(10_000)).toFixed(1), unit: 'ms', bar: '100' });

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
  }
  const gz = (f: string): number => gzipSync(readFileSync(join(dist, f))).length;
  const initial = ['index.html', 'frame.html', 'loader.html', ...readdirSync(join(dist, 'assets')).filter(f => /^(shell|shell-style|loader|engine|plot)-/.test(f)).map(f => `assets/${f}`)];
  rows.push({ name: 'first chart, transfer without fonts, gzip', value: Math.round(initial.reduce((n, f) => n + gz(f), 0) / 1024), unit: 'KB', bar: '700' });
  return rows;
};
