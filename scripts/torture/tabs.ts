/**
 * Kills the tab at random moments while somebody types (SPEC S4.6): the renderer
 * process is crashed, or the tab closed without asking, and a new tab looks at what
 * the library has. Lost may be only what was typed in the last 300 ms before the end.
 */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { performance } from 'node:perf_hooks';
import type { AddressInfo } from 'node:net';
import { chromium } from 'playwright-core';
import type { Frame, Page } from 'playwright-core';
import { Random } from '../../lib/base/random.ts';
import { findChromium } from '../chromium.mjs';
import { serve } from '../serve.mjs';

export interface Kill { readonly how: 'crash' | 'close'; readonly typed: number; readonly kept: number; /** Milliseconds from the first lost key to the end. */ readonly lostMs: number; readonly document: boolean }
/** Most milliseconds of typing that may be lost. */
export const bound = 300;

async function inner(page: Page): Promise<Frame> {
  for (let i = 0; i < 400; i++) {
    const f = page.frames().find(x => x.url() === 'about:srcdoc');
    if (f && await f.locator('.article').count().catch(() => 0)) return f;
    await page.waitForTimeout(25);
  }
  throw new Error('the frame did not open');
}
/** Newest texts of all sessions, read past the app. */
const texts = (page: Page): Promise<string[]> => page.evaluate(() => new Promise<string[]>((ok, no) => {
  const r = indexedDB.open('go-memory-lab-page');
  r.onerror = () => no(r.error ?? new Error('no database'));
  r.onsuccess = () => {
    const q = r.result.transaction('heads').objectStore('heads').getAll();
    q.onsuccess = () => { r.result.close(); ok((q.result as { text: string }[]).map(h => h.text)); };
    q.onerror = () => no(q.error ?? new Error('unreadable'));
  };
}));

/** Kills n tabs; seed decides when and how. */
export async function killTabs(n: number, seed: number, dist = resolve(process.env.DIST ?? 'dist'), each: (k: Kill, i: number) => void = () => {}): Promise<Kill[]> {
  readFileSync(`${dist}/index.html`);
  const path = findChromium();
  if (path === undefined) throw new Error('no Chromium found: set CHROMIUM_PATH');
  const server = await serve(dist, 0), url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const browser = await chromium.launch({ executablePath: path, args: ['--no-sandbox', '--disable-gpu', '--no-first-run'] });
  const random = new Random(seed), kills: Kill[] = [];
  try {
    const context = await browser.newContext();
    const watcher = await context.newPage();
    await watcher.goto(url);
    for (let i = 0; i < n; i++) {
      const page = await context.newPage();
      await page.goto(`${url}#/new`);
      const frame = await inner(page);
      const cell = frame.locator('#cell-1');
      await cell.focus();
      await page.keyboard.press('Enter');
      await frame.locator('#cell-1 .cm-content').waitFor();
      await page.keyboard.press('Control+a');
      const mark = `tab-${seed}-${i}:`;
      await page.keyboard.insertText(mark);
      await page.waitForURL(/#\/session\//);
      await page.locator('header .state', { hasText: 'saved' }).waitFor();
      const until = performance.now() + 50 + random.below(2500), how = random.below(4) === 0 ? 'close' as const : 'crash' as const;
      const at: number[] = [];
      let text = '';
      while (performance.now() < until) {
        const c = String.fromCharCode(97 + random.below(26));
        await page.keyboard.insertText(c);
        text += c;
        at.push(performance.now());
        await new Promise(r => setTimeout(r, random.below(60)));
      }
      const end = performance.now();
      if (how === 'crash') {
        const cdp = await context.newCDPSession(page);
        void cdp.send('Page.crash').catch(() => { /* nobody is left to answer */ });
        await page.waitForEvent('crash', { timeout: 5000 }).catch(() => { /* it may have been seen already */ });
      }
      await page.close({ runBeforeUnload: false });
      await new Promise(r => setTimeout(r, 200));
      const found = (await texts(watcher)).find(t => t.includes(mark));
      const kept = found === undefined ? '' : /^[a-z]*/.exec(found.slice(found.indexOf(mark) + mark.length))![0];
      const right = text.startsWith(kept);
      const k: Kill = { how, typed: text.length, kept: right ? kept.length : 0, lostMs: right && kept.length === text.length ? 0 : Math.round(end - at[right ? kept.length : 0]), document: found !== undefined };
      kills.push(k);
      each(k, i);
    }
  } finally {
    await browser.close();
    server.closeAllConnections();
    server.close();
  }
  return kills;
}

/** `npm run torture -- tabs [N] [SEED]`: exit 1 when a kill lost too much. */
export async function torture(args: readonly string[]): Promise<number> {
  const n = Number(args[0] ?? 100), seed = Number(args[1] ?? 1);
  let bad = 0;
  const kills = await killTabs(n, seed, undefined, (k, i) => {
    const wrong = !k.document || k.lostMs > bound;
    if (wrong) bad++;
    console.log(`${String(i + 1).padStart(4)} ${k.how.padEnd(5)} typed ${String(k.typed).padStart(3)} kept ${String(k.kept).padStart(3)} lost ${String(k.lostMs).padStart(4)} ms${k.document ? '' : ' DOCUMENT LOST'}${wrong ? ' <-- too much' : ''}`);
  });
  const lost = kills.map(k => k.lostMs).sort((a, b) => a - b);
  console.log(`${n} tabs killed: ${bad} lost more than ${bound} ms; median ${lost[Math.floor(n / 2)] ?? 0} ms, most ${lost[n - 1] ?? 0} ms`);
  return bad === 0 ? 0 : 1;
}
