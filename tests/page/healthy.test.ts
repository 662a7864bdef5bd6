/** What a healthy page does: both chapters run without a word in the console; endless cells stop, one or all, and the page lives on. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { canRun, context, inner, site } from './help.ts';
import type { Site } from './help.ts';
import { serializeNotebook } from '../../lib/notebook/document.ts';
import type { CellDoc, CellMode } from '../../lib/notebook/document.ts';

describe.runIf(canRun)('a healthy page', () => {
  let s: Site;
  beforeAll(async () => { s = await site(); });
  afterAll(async () => { await s?.close(); });

  test.each(['01-how-go-allocates', '02-slices-and-escape'])('%s opens and runs with a silent console', async name => {
    const c = await context(s), page = await c.newPage(), said: string[] = [];
    page.on('console', m => { if (m.type() === 'error' || m.type() === 'warning') said.push(m.text().slice(0, 300)); });
    page.on('pageerror', e => { said.push(`uncaught: ${e.message}`); });
    await page.goto(`${s.url}#/chapter/${name}`);
    const frame = await inner(page);
    await frame.locator('input[type=range]').first().waitFor({ timeout: 60_000 });
    await expect.poll(() => frame.locator('.cell.go.idle').count(), { timeout: 60_000 }).toBeGreaterThanOrEqual(5);
    await expect.poll(() => frame.locator('.cell.running, .cell.queued').count(), { timeout: 60_000 }).toBe(0);
    expect(await frame.locator('.cell.error').count()).toBe(0);
    expect(said).toEqual([]);
    await c.close();
  });

  const endless = 'package main\n\nfunc main() {\n\tfor {\n\t}\n}\n';
  const notebook = (cells: readonly (readonly [CellMode, string])[]): string => serializeNotebook({ title: 'Endless', attrs: {}, cells: cells.map(([mode, value], i): CellDoc => ({ id: i + 1, mode, value, pinned: true, hidden: false, attrs: {} })) });
  /** JavaScript that never ends and never blocks: it waits for the next of an endless row. */
  const waiting = 'for (;;) await Promises.delay(20)';

  test('several endless cells: one is stopped alone, then all, and the page stays usable', async () => {
    const c = await context(s), page = await c.newPage();
    const text = notebook([['go', endless], ['js', waiting], ['go', endless], ['js', `const never = await (async () => { ${waiting}; })()`], ['js', 'never + 1'], ['go', endless]]);
    await page.route('**/notebooks/01-how-go-allocates.txt', r => r.fulfill({ contentType: 'text/plain; charset=utf-8', body: text }));
    await page.goto(`${s.url}#/chapter/01-how-go-allocates`);
    const frame = await inner(page), busy = frame.locator('.cell.running, .cell.queued');
    await expect.poll(() => busy.count(), { timeout: 60_000 }).toBe(6);
    await frame.locator('#cell-1.running').waitFor({ timeout: 60_000 });
    await frame.locator('#cell-1 .stop').click();
    await frame.locator('#cell-1.stale').waitFor({ timeout: 10_000 });
    expect(await busy.count()).toBe(5);
    await page.locator('button', { hasText: 'Stop all' }).click();
    await expect.poll(() => busy.count(), { timeout: 10_000 }).toBe(0);
    for (const id of [1, 2, 3, 4, 5, 6]) {
      await frame.locator(`#cell-${id}.stale`).waitFor({ timeout: 10_000 });
      await expect.poll(() => frame.locator(`#cell-${id} .label .state`).textContent()).toContain('stopped');
    }
    await frame.locator('#cell-3').focus();
    await page.keyboard.press('Enter');
    await frame.locator('#cell-3 .cm-content').waitFor();
    await page.keyboard.press('Control+a');
    await page.keyboard.insertText('package main\n\nfunc main() {\n\tprintln("again")\n}\n');
    await frame.locator('#cell-3 .out', { hasText: 'again' }).waitFor({ timeout: 60_000 });
    expect(await busy.count()).toBe(0);
    await c.close();
  });
});
