/** The chapters as a reader meets them: every cell ends well, boards fill, predictions answer, controls change what is drawn, charts give their files. */
import { readFileSync } from 'node:fs';
import type { Frame } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { canRun, context, load, site, visit, type Site } from './help.ts';

describe.runIf(canRun)('chapters', () => {
  let s: Site;
  beforeAll(async () => { s = await site(); });
  afterAll(async () => { await s?.close(); });
  const open = async (name: string, width = 1280) => visit(await context(s, { viewport: { width, height: 1000 }, acceptDownloads: true }), `${s.url}#/chapter/${name}`);
  /** Waits until a board has judged all its claims but those that are pending; how many, and how many are pending. */
  async function board(frame: Frame, at = 0): Promise<{ all: number; pending: number }> {
    const summary = frame.locator('.claims-summary').nth(at);
    await summary.waitFor({ timeout: 60_000 });
    for (let i = 0; i < 600; i++) {
      const m = /(\d+) of (\d+) judged/.exec(await summary.textContent() ?? '');
      const pending = await frame.locator('.claims').nth(at).locator('.claim .claim-pending').count();
      if (m && Number(m[1]) + pending === Number(m[2])) return { all: Number(m[2]), pending };
      await frame.waitForTimeout(100);
    }
    throw new Error('the board did not fill');
  }

  test.each([['01-how-go-allocates', 17], ['02-slices-and-escape', 41]])('%s runs to the end and judges its %i claims', async (name, claims) => {
    const { page, frame } = await open(name);
    await frame.locator('.claims').first().scrollIntoViewIfNeeded({ timeout: 60_000 });
    let all = 0;
    for (let i = 0, n = await frame.locator('.claims').count(); i < n; i++) all += (await board(frame, i)).all;
    expect(all).toBe(claims);
    await expect.poll(() => frame.locator('.cell.error').count()).toBe(0);
    await page.context().close();
  }, 120_000);

  test('what chapter 2 measures is what is recorded of real Go: appends by version, and the calls in the machine code', async () => {
    const { page, frame } = await open('02-slices-and-escape');
    const appends = frame.locator('.cell', { hasText: 'kept local: objects' });
    await frame.locator('h2', { hasText: 'Append, version by version' }).scrollIntoViewIfNeeded({ timeout: 60_000 });
    await appends.locator('p', { hasText: 'the same thirty numbers' }).waitFor({ timeout: 60_000 });
    await frame.locator('h2', { hasText: 'The proof in machine code' }).scrollIntoViewIfNeeded();
    const proof = frame.locator('details', { hasText: 'WebAssembly of this lab' });
    await proof.locator('summary').click({ timeout: 60_000 });
    await expect.poll(() => proof.locator('tr').allInnerTexts().then((rows) => rows.map((r) => r.split(/\s+/).join(' ').trim()))).toEqual([
      'line WebAssembly of this lab amd64 of real Go 1.26 objects made in 10 calls', '5 call runtime.newobject CALL runtime.newobject 1',
      '6 call runtime.stringtoslicebyte call runtime.growslice CALL runtime.stringtoslicebyte CALL runtime.growslice 20',
    ]);
    await page.context().close();
  }, 120_000);

  test('a prediction answers only once it is made', async () => {
    const { page, frame } = await open('01-how-go-allocates');
    const box = frame.locator('.predict').first();
    await box.waitFor({ timeout: 60_000 });
    await expect.poll(() => box.locator('.right, .wrong').count()).toBe(0);
    await box.locator('input').nth(1).check();
    await box.locator('.right').waitFor();
    await expect.poll(() => box.locator('.predict-why').textContent()).toContain('Measured: as you said.');
    await page.context().close();
  }, 60_000);

  test('a prediction made in a chapter goes with the fork and is there after a reload', async () => {
    const { page, frame } = await open('01-how-go-allocates');
    await frame.locator('.predict input').nth(2).check({ timeout: 60_000 });
    await page.locator('header').getByRole('button', { name: 'Fork' }).click();
    await page.waitForURL(/#\/session\//);
    const again = await load(page, page.url());
    await again.locator('.predict .wrong', { has: again.locator('input:checked') }).waitFor({ timeout: 60_000 });
    await expect.poll(() => again.locator('.predict-why').first().textContent()).toContain('Measured: otherwise.');
    await page.context().close();
  }, 120_000);

  test('S1.4 a prediction made in a chapter that is not changed is there after a reload, and makes no session', async () => {
    const { page, frame } = await open('01-how-go-allocates');
    await frame.locator('.predict input').nth(2).check({ timeout: 60_000 });
    await frame.locator('.predict .wrong', { has: frame.locator('input:checked') }).waitFor({ timeout: 60_000 });
    const kept = (): Promise<unknown> => page.evaluate(() => new Promise(done => {
      const r = indexedDB.open('go-memory-lab-page');
      r.onsuccess = () => {
        const t = r.result.transaction(['readings', 'sessions']), all = t.objectStore('readings').getAll(), sessions = t.objectStore('sessions').count();
        t.oncomplete = () => { r.result.close(); done([sessions.result, (all.result as { chapter: string; predictions: { choice: number }[] }[]).map(x => [x.chapter, x.predictions.map(p => p.choice)])]); };
      };
    }));
    await expect.poll(kept).toEqual([0, [['01-how-go-allocates', [2]]]]);
    const again = await load(page, page.url());
    await again.locator('.predict .wrong', { has: again.locator('input:checked') }).waitFor({ timeout: 60_000 });
    expect(await kept()).toEqual([0, [['01-how-go-allocates', [2]]]]);
    await page.context().close();
  }, 120_000);

  test('the control changes the stair, the run and what it says', async () => {
    const { page, frame } = await open('01-how-go-allocates');
    await frame.locator('#cell-9 svg', { hasText: 'asked 33 B, given 48 B' }).waitFor({ timeout: 60_000 });
    await frame.locator('#cell-7 input[type=number]').fill('1025');
    await frame.locator('#cell-7 input[type=number]').press('Enter');
    await frame.locator('#cell-9 svg', { hasText: 'asked 1025 B, given 1152 B' }).waitFor({ timeout: 20_000 });
    await page.context().close();
  }, 90_000);

  test('charts of a run: every tab draws, tells its finding, turns into a table and a file', async () => {
    const { page, frame } = await open('01-how-go-allocates');
    const cell = frame.locator('#cell-22');
    await frame.locator('#cell-22.idle').waitFor({ timeout: 60_000 });
    for (const [tab, finding] of [['Heap', /collections?; the heap peaked at/], ['Spans', /slots? in use/], ['GC', /with the world stopped/], ['Sites', /of the bytes come from/]] as const) {
      await cell.locator('[role=tab]', { hasText: tab }).click();
      await cell.locator('.chart-title', { hasText: finding }).first().waitFor();
      await expect.poll(() => cell.locator('.plot svg [aria-label]').count()).toBeGreaterThan(3);
    }
    await cell.locator('[role=tab]', { hasText: 'Heap' }).click();
    // Marks are named in the page's language; what Plot calls its layers is not said.
    const labels = (): Promise<string[]> => cell.locator('.plot svg [aria-label]').evaluateAll(all => all.map(e => e.getAttribute('aria-label')!.replace(/heapLive|heapGoal/, '')));
    await expect.poll(async () => (await labels()).some(l => /^mark phase/.test(l))).toBe(true);
    await frame.evaluate(() => { document.documentElement.lang = 'zh-CN'; });
    await expect.poll(async () => (await labels()).filter(l => /[a-z]{4}|GOGC/.test(l) && !/[\u4e00-\u9fff]/.test(l))).toEqual([]);
    await frame.evaluate(() => { document.documentElement.lang = 'en'; });
    await cell.locator('.chart button', { hasText: 'table' }).first().waitFor();
    const first = cell.locator('.chart').first();
    await first.locator('button', { hasText: 'table' }).click();
    await expect.poll(() => first.locator('th').allTextContents()).toContain('heapLive');
    await first.locator('button', { hasText: 'CSV' }).click();
    // The shell asks before a document's file is saved.
    const [saved] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Save', exact: true }).click()]);
    expect(readFileSync((await saved.path())!, 'utf8')).toMatch(/^t,/);
    await page.context().close();
  }, 90_000);
});
