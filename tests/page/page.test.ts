/** The page in a real Chromium: the built app, its sandbox, and what a reader does first. */
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { IncomingMessage, Server } from 'node:http';
import { resolve } from 'node:path';
import { chromium } from 'playwright-core';
import type { Browser, Frame, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findChromium } from '../../scripts/chromium.mjs';
import { serve } from '../../scripts/serve.mjs';

const dist = resolve(process.env.DIST ?? 'dist');
const path = findChromium();
const chapter = '#/chapter/01-how-go-allocates';
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

describe.runIf(path !== undefined && existsSync(`${dist}/index.html`))('page', () => {
  let server: Server, browser: Browser, url: string;
  beforeAll(async () => {
    server = await serve(dist, 0);
    const a = server.address();
    url = `http://127.0.0.1:${typeof a === 'object' && a ? a.port : 0}/`;
    browser = await chromium.launch({ executablePath: path!, headless: true, args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'] });
  });
  afterAll(async () => { await browser?.close(); server?.close(); });

  async function visit(hash: string): Promise<{ page: Page; frame: Frame }> {
    const context = await browser.newContext({ viewport: { width: 1440, height: 1000 } });
    const page = await context.newPage();
    await page.goto(url + hash);
    return { page, frame: await inner(page) };
  }
  async function inner(page: Page): Promise<Frame> {
    for (let i = 0; i < 200; i++) {
      const f = page.frames().find(x => x.url() === 'about:srcdoc');
      if (f && await f.locator('.article').count().catch(() => 0)) return f;
      await page.waitForTimeout(50);
    }
    throw new Error('the frame did not open');
  }
  const program = (body: string): string => `package main\n\nfunc main() {\n${body}\n}\n`;
  /** Opens the editor of a cell and replaces its text. */
  async function write(page: Page, frame: Frame, id: number, text: string): Promise<void> {
    await frame.locator(`#cell-${id}`).focus();
    await page.keyboard.press('Enter');
    await frame.locator(`#cell-${id} .cm-content`).waitFor();
    await page.keyboard.press('Control+a');
    await page.keyboard.insertText(text);
  }

  test('a new notebook runs Go, and an edit runs again with its verdicts', async () => {
    const { page, frame } = await visit('#/new');
    await frame.locator('#cell-2.idle').waitFor({ timeout: 20_000 });
    await expect.poll(() => frame.locator('#cell-2 .out').textContent()).toBe('0');
    await write(page, frame, 2, 'package main\n\nvar sink *int\n\nfunc main() {\n\tsink = new(int)\n\t*sink = 41\n\tprintln(*sink + 1)\n}\n');
    await frame.locator('#cell-2 .out', { hasText: '42' }).waitFor({ timeout: 20_000 });
    await page.keyboard.press('Escape');
    await frame.locator('#cell-2 [role=tab]', { hasText: 'Verdicts' }).click();
    await expect.poll(() => frame.locator('#cell-2 table').textContent()).toContain('new(int) escapes to heap');
    await expect.poll(() => frame.locator('#cell-2 .line button.mark.heap').count()).toBe(1);
    await page.context().close();
  });

  test('a mistake in Go is shown in the cell, in the compiler’s words', async () => {
    const { page, frame } = await visit('#/new');
    await frame.locator('#cell-2.idle').waitFor({ timeout: 20_000 });
    await write(page, frame, 2, program('\tx := 1'));
    await frame.locator('#cell-2 .problems', { hasText: 'declared and not used: x' }).waitFor({ timeout: 20_000 });
    await page.context().close();
  });

  test('an endless loop is stopped, and the page stays', async () => {
    const { page, frame } = await visit('#/new');
    await frame.locator('#cell-2.idle').waitFor({ timeout: 20_000 });
    await write(page, frame, 2, program('\tfor {\n\t}'));
    await frame.locator('#cell-2.running').waitFor({ timeout: 20_000 });
    await frame.locator('#cell-2 .stop').click();
    await frame.locator('#cell-2.stale').waitFor({ timeout: 5000 });
    await write(page, frame, 2, program('\tprintln(7)'));
    await frame.locator('#cell-2 .out', { hasText: '7' }).waitFor({ timeout: 20_000 });
    await page.context().close();
  });

  test('what is typed in a chapter becomes a session and is there after a reload', async () => {
    const { page, frame } = await visit(chapter);
    await write(page, frame, 1, '# Mine now\n\nkept');
    await page.waitForURL(/#\/session\//);
    await page.waitForTimeout(600);
    await page.reload();
    const again = await inner(page);
    await expect.poll(() => again.locator('#cell-1 .prose').textContent()).toContain('kept');
    await page.goto(`${url}${chapter}`);
    await page.waitForTimeout(300);
    const published = await inner(page);
    await expect.poll(() => published.locator('#cell-1').textContent()).not.toContain('kept');
    await page.context().close();
  });

  test('JavaScript cells react to each other, and mistakes are named before running', async () => {
    const { page, frame } = await visit('#/new');
    await frame.locator('.adder .btn', { hasText: 'JavaScript' }).click();
    await frame.locator('#cell-3 .cm-content').waitFor();
    await page.keyboard.insertText('const a = 20');
    await page.keyboard.press('Alt+Enter');
    await frame.locator('#cell-4 .cm-content').waitFor();
    await page.keyboard.insertText('a + 1');
    await page.keyboard.press('Control+Enter');
    await frame.locator('#cell-4 .observablehq', { hasText: '21' }).waitFor();
    await write(page, frame, 3, 'const a = 60');
    await page.keyboard.press('Control+Enter');
    await frame.locator('#cell-4 .observablehq', { hasText: '61' }).waitFor();
    await write(page, frame, 4, 'const a = nowhere');
    await page.keyboard.press('Control+Enter');
    await frame.locator('#cell-4 .problems', { hasText: 'defined more than once' }).waitFor();
    await frame.locator('#cell-4 .problems', { hasText: '“nowhere” is not defined' }).waitFor();
    await page.keyboard.press('d');
    await page.keyboard.press('d');
    await frame.locator('#cell-4').waitFor({ state: 'detached' });
    await page.keyboard.press('z');
    await frame.locator('#cell-4').waitFor();
    await page.context().close();
  });

  test('a cell reaches neither network, storage, shell nor WebRTC', async () => {
    const { page, frame } = await visit('#/new');
    const asked: string[] = [];
    server.on('request', (r: IncomingMessage) => asked.push(r.url ?? ''));
    const tried = await frame.evaluate(async address => {
      const fails = async (f: () => unknown): Promise<boolean> => { try { await f(); return false; } catch { return true; } };
      const load = (el: HTMLElement & { src?: string }): Promise<boolean> => new Promise(done => { el.onload = () => done(false); el.onerror = () => done(true); el.src = `${address}leak`; document.body.append(el); setTimeout(done, 1000, true); });
      return {
        origin: origin === 'null',
        fetch: await fails(() => fetch(`${address}leak`)),
        image: await load(document.createElement('img')),
        script: await load(document.createElement('script')),
        storage: await fails(() => localStorage.length),
        database: await fails(() => new Promise((ok, no) => { const r = indexedDB.open('x'); r.onsuccess = ok; r.onerror = no; })),
        shell: await fails(() => parent.document.title),
        top: await fails(() => top!.document.title),
        rtc: typeof RTCPeerConnection === 'undefined',
        worker: await new Promise(done => { const w = new Worker(URL.createObjectURL(new Blob([`fetch(${JSON.stringify(`${address}leak`)}).then(()=>postMessage(0),()=>postMessage(1))`]))); w.onmessage = e => done(e.data === 1); w.onerror = () => done(true); }),
        nested: await new Promise(done => { const f = document.createElement('iframe'); f.srcdoc = '<script>parent.postMessage("ran","*")<\/script>'; const hear = (e: MessageEvent): void => { if (e.data === 'ran') done(false); }; addEventListener('message', hear); document.body.append(f); setTimeout(done, 800, true); }),
        popup: open(`${address}leak`) === null,
      };
    }, url);
    expect(tried).toEqual(Object.fromEntries(Object.keys(tried).map(k => [k, true])));
    await frame.evaluate(address => { location.href = `${address}leak`; }, url).catch(() => {});
    await page.waitForTimeout(500);
    expect(asked.filter(u => u.includes('leak'))).toEqual([]);
    await expect.poll(() => page.locator('header').count()).toBe(1);
    await page.context().close();
  });

  test('no accessibility violations on contents and in a notebook, light and dark', async () => {
    for (const colorScheme of ['light', 'dark'] as const) {
      const context = await browser.newContext({ viewport: { width: 1440, height: 1000 }, colorScheme, bypassCSP: false });
      const page = await context.newPage();
      const check = (where: Page | Frame): Promise<string[]> => where.evaluate(async source => {
        (0, eval)(source);
        const r = await (globalThis as unknown as { axe: { run(c: unknown, o: unknown): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> } }).axe.run(document, { iframes: false });
        return r.violations.map(v => `${v.id}: ${v.nodes[0].html.slice(0, 160)}`);
      }, axe);
      await page.addInitScript(axe);
      await page.goto(url);
      await page.locator('.contents').waitFor();
      const shellCheck = (): Promise<string[]> => page.evaluate(async () => (await (globalThis as unknown as { axe: { run(c: unknown, o: unknown): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> } }).axe.run(document, { iframes: false })).violations.map(v => `${v.id}: ${v.nodes[0].html.slice(0, 160)}`));
      await expect.poll(() => shellCheck()).toEqual([]);
      await page.goto(url + chapter);
      const frame = await inner(page);
      await frame.locator('#cell-3.idle').waitFor({ timeout: 30_000 });
      await expect.poll(() => shellCheck()).toEqual([]);
      await expect.poll(() => check(frame)).toEqual([]);
      await context.close();
    }
  });

  test('nothing overflows from 360 to 1920 pixels', async () => {
    const { page, frame } = await visit(chapter);
    for (const width of [360, 700, 980, 1440, 1920]) {
      await page.setViewportSize({ width, height: 900 });
      await page.waitForTimeout(100);
      await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth - innerWidth), { message: `shell at ${width}` }).toBeLessThanOrEqual(0);
      await expect.poll(() => frame.evaluate(() => document.documentElement.scrollWidth - innerWidth), { message: `frame at ${width}` }).toBeLessThanOrEqual(0);
    }
    await page.context().close();
  });
});
