/**
 * A notebook in the page itself, in a headless Chromium: the built app is served on
 * localhost, the file is opened as a reader would open it, run, and what its cells
 * show is read from the sandboxed frame.
 */
import { existsSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findChromium } from '../../scripts/chromium.mjs';
import { serve } from '../../scripts/serve.mjs';
import type { CellReport } from './notebook_go.ts';

/** The built app: DIST, or beside the command, or in the checkout. */
function appDir(): string | undefined {
  const here = dirname(fileURLToPath(import.meta.url));
  return [...(process.env.DIST ? [resolve(process.env.DIST)] : []), join(here, '..'), join(here, '../../dist')].find(d => existsSync(join(d, 'index.html')));
}

interface Seen { readonly id: number; readonly classes: string; readonly mode: string; readonly problems: string[]; readonly out: string; readonly err: string }

/** States by cell, or null when there is no browser, no driver or no built app. */
export async function runInBrowser(text: string, o: { readonly go: string; readonly seconds: number; readonly browser: string | undefined }): Promise<Map<number, CellReport> | null> {
  const dir = appDir(), executablePath = o.browser ?? findChromium();
  if (!dir || !executablePath) return null;
  // A development dependency: who installed the command alone does not have it.
  const driver = await import('playwright-core').catch(() => null);
  if (!driver) return null;
  const server = await serve(dir, 0), url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const browser = await driver.chromium.launch({ executablePath, headless: true, args: ['--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])] }).catch(() => null);
  try {
    if (!browser) return null;
    const page = await (await browser.newContext({ viewport: { width: 1280, height: 2000 }, serviceWorkers: 'block' })).newPage();
    await page.addInitScript(s => { localStorage.setItem('go-memory-lab.settings', s); }, JSON.stringify({ lang: 'en', autorun: true, goVersion: o.go }));
    await page.goto(url);
    await page.locator('input[type=file]').first().setInputFiles({ name: 'notebook.html', mimeType: 'text/html', buffer: Buffer.from(text) });
    const end = performance.now() + o.seconds * 1000;
    const wait = (): Promise<void> => new Promise(r => setTimeout(r, 100));
    let frame = page.frames().find(f => f.url() === 'about:srcdoc');
    while ((!frame || await frame.locator('.article').count().catch(() => 0) === 0) && performance.now() < end) { await wait(); frame = page.frames().find(f => f.url() === 'about:srcdoc'); }
    if (!frame) return null;
    // The file was opened without running; the reader's button runs it.
    await frame.locator('.banner .btn').click({ timeout: 10_000 }).catch(() => { /* a notebook without cells has none */ });
    const look = (): Promise<Seen[]> => frame.evaluate(() => Array.from(document.querySelectorAll('.cell[id^="cell-"]'), el => ({
      id: Number(el.id.slice(5)), classes: el.className, mode: '',
      problems: Array.from(el.querySelectorAll('.problems li'), l => (l.textContent ?? '').replace(/\s+/g, ' ').trim()),
      out: Array.from(el.querySelectorAll('.out:not(.stderr)'), x => x.textContent ?? '').join('\n'), err: Array.from(el.querySelectorAll('.out.stderr'), x => x.textContent ?? '').join('\n'),
    })));
    let seen: Seen[] = [], still = 0;
    while (performance.now() < end) {
      await wait();
      seen = await look();
      // Waiting cells need a moment to say so: three quiet looks end it.
      still = seen.some(c => /\b(queued|running)\b/.test(c.classes)) ? 0 : still + 1;
      if (still >= 3) break;
    }
    return new Map(seen.map(c => {
      const words = c.classes.split(/\s+/), mode = words.find(w => ['go', 'js', 'ts', 'md', 'html', 'tex', 'ojs', 'sql', 'dot', 'node', 'python', 'r'].includes(w)) ?? 'js';
      const late = words.includes('queued') || words.includes('running');
      const state = late || words.includes('error') ? 'error' as const : 'ok' as const;
      return [c.id, { id: c.id, mode, state, problems: late ? [...c.problems, `still running after ${o.seconds} s`] : c.problems, ...(c.out ? { stdout: c.out } : {}), ...(c.err ? { stderr: c.err } : {}) }];
    }));
  } finally {
    await browser?.close();
    server.closeAllConnections();
    server.close();
  }
}
