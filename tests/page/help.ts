/** A browser, a server, and the steps that page tests share. */
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Server } from 'node:http';
import { resolve } from 'node:path';
import { chromium } from 'playwright-core';
import type { Browser, BrowserContext, BrowserContextOptions, Frame, Page } from 'playwright-core';
import { findChromium } from '../../scripts/chromium.mjs';
import { serve } from '../../scripts/serve.mjs';

export const dist = resolve(process.env.DIST ?? 'dist');
const path = findChromium();
export const canRun = path !== undefined && existsSync(`${dist}/index.html`);
export const chapter = '#/chapter/01-how-go-allocates';
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export interface Site { url: string; server: Server; browser: Browser; close(): Promise<void> }
export const launch = (): Promise<Browser> => chromium.launch({ executablePath: path!, headless: true, args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'] });
export const address = (server: Server): string => { const a = server.address(); return `http://127.0.0.1:${typeof a === 'object' && a ? a.port : 0}/`; };
export async function site(dir = dist): Promise<Site> {
  const server = await serve(dir, 0), browser = await launch();
  return { url: address(server), server, browser, close: async () => { await browser.close(); server.closeAllConnections(); server.close(); } };
}

/** The sandboxed frame of a page, once it shows a document. */
export async function inner(page: Page): Promise<Frame> {
  for (let i = 0; i < 400; i++) {
    const f = page.frames().find(x => x.url() === 'about:srcdoc');
    if (f && await f.locator('.article').count().catch(() => 0)) return f;
    await page.waitForTimeout(50);
  }
  throw new Error('the frame did not open');
}
export async function context(s: Site, o: BrowserContextOptions = {}): Promise<BrowserContext> { return s.browser.newContext({ viewport: { width: 1440, height: 1000 }, locale: 'en-US', ...o }); }
export async function visit(c: BrowserContext, url: string): Promise<{ page: Page; frame: Frame }> {
  const page = await c.newPage();
  await page.goto(url);
  return { page, frame: await inner(page) };
}
/** Goes to an address as a fresh load, also where only the part after # differs. */
export async function load(page: Page, url: string): Promise<Frame> {
  await page.goto('about:blank');
  await page.goto(url);
  return inner(page);
}
/** Opens the editor of a cell, puts the caret at its start, and types. */
export async function typeAtStart(page: Page, frame: Frame, id: number, text: string): Promise<void> {
  await page.bringToFront();
  await frame.locator(`#cell-${id}`).focus();
  await page.keyboard.press('Enter');
  await frame.locator(`#cell-${id} .cm-content`).waitFor();
  await page.keyboard.press('Control+Home');
  await page.keyboard.type(text);
}
/** Replaces a cell's text. */
export async function write(page: Page, frame: Frame, id: number, text: string): Promise<void> {
  await page.bringToFront();
  await frame.locator(`#cell-${id}`).focus();
  await page.keyboard.press('Enter');
  await frame.locator(`#cell-${id} .cm-content`).waitFor();
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText(text);
}
export const saved = (page: Page): Promise<void> => page.locator('header .state', { hasText: /saved|已保存/ }).waitFor();

/** Violations axe finds in a page's own document. */
export async function violations(where: Page | Frame): Promise<string[]> {
  return where.evaluate(async source => {
    if (!('axe' in globalThis)) (0, eval)(source);
    const r = await (globalThis as unknown as { axe: { run(c: unknown, o: unknown): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> } }).axe.run(document, { iframes: false });
    return r.violations.map(v => `${v.id}: ${v.nodes[0].html.slice(0, 160)}`);
  }, axeSource);
}
/** For the shell, whose policy forbids eval: axe goes in before the page does. */
export const withAxe = (c: BrowserContext): Promise<unknown> => c.addInitScript(axeSource);
