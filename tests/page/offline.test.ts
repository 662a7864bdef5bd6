/** After the first visit: no server, any base path, any static host. */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { address, canRun, context, dist, inner, launch, load, saved, write } from './help.ts';
import { serve } from '../../scripts/serve.mjs';

describe.runIf(canRun)('offline', { timeout: 90_000 }, () => {
  const root = mkdtempSync(join(tmpdir(), 'lab-offline-'));
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  test('under a deep base path, with the server gone, everything works: open, edit, run, reload', async () => {
    cpSync(dist, join(root, 'some/deep path'), { recursive: true, filter: f => !f.includes(join(dist, 'cli')) });
    const server = await serve(root, 0), browser = await launch(), url = `${address(server)}some/deep%20path/`;
    const c = await context({ url, server, browser, close: async () => {} });
    const page = await c.newPage();
    await page.goto(url);
    await page.locator('.panel', { hasText: 'This page works offline.' }).waitFor({ timeout: 30_000 });
    server.closeAllConnections();
    await new Promise(done => { server.close(done); });
    expect(await fetch(url).then(() => 'answered', () => 'gone')).toBe('gone');
    await page.reload();
    await page.locator('.chapter').first().waitFor();
    await page.locator('.chapter a').first().click();
    await inner(page);
    const frame = await load(page, `${url}#/new`);
    await write(page, frame, 2, 'package main\n\nfunc main() {\n\tprintln(6 * 7)\n}\n');
    await frame.locator('#cell-2 .out', { hasText: '42' }).waitFor({ timeout: 20_000 });
    await write(page, frame, 1, '# Written without a network\n\n$x^2$');
    await frame.locator('#cell-1 .katex').waitFor({ timeout: 20_000 });
    await saved(page);
    await page.waitForTimeout(400);
    await (await load(page, `${url}index.html${new URL(page.url()).hash}`)).locator('#cell-1', { hasText: 'Written without a network' }).waitFor();
    await browser.close();
  });
});
