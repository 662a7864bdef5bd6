/** The reference page, and the same words in the editor of JavaScript cells. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { given } from './given.ts';
import { canRun, context, site, violations, withAxe } from './help.ts';
import type { Site } from './help.ts';

describe.runIf(canRun)('reference', () => {
  let s: Site;
  beforeAll(async () => { s = await site(); });
  afterAll(async () => { await s?.close(); });

  test('the page lists, searches, fits narrow screens and has no accessibility violations', async () => {
    for (const [colorScheme, width] of [['light', 1280], ['dark', 360]] as const) {
      const c = await context(s, { colorScheme, viewport: { width, height: 900 } }), page = await c.newPage();
      await withAxe(c);
      await page.goto(`${s.url}#/reference`);
      await page.locator('dt', { hasText: 'chart.heapTimeline(' }).waitFor();
      await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
      if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/reference-${colorScheme}.png` });
      await page.getByRole('searchbox').fill('heapGoal');
      await page.locator('th', { hasText: 'heapGoal' }).first().waitFor();
      await expect.poll(() => page.locator('dt', { hasText: 'lab.check' }).count()).toBe(0);
      await expect.poll(() => violations(page)).toEqual([]);
      await c.close();
    }
  });

  test('members of lab, chart and of a run complete, with their words', async () => {
    const { page, frame } = await given(s, [['go', 'package main\n\n//lab:name first\nfunc main() {}\n'], ['js', 'first.digest']]);
    await frame.locator('#cell-2 .display', { hasText: /[0-9a-f]{8}/ }).waitFor({ timeout: 30_000 });
    await frame.locator('#cell-2').focus();
    await page.keyboard.press('Enter');
    await frame.locator('#cell-2 .cm-content').waitFor();
    await page.keyboard.press('Control+a');
    await page.keyboard.type('chart.heapT');
    await frame.locator('.cm-tooltip-autocomplete li', { hasText: 'heapTimeline' }).waitFor();
    await frame.locator('.cm-completionInfo', { hasText: 'heapGoal dashed' }).waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+a');
    await page.keyboard.type('first.cyc');
    await frame.locator('.cm-tooltip-autocomplete li', { hasText: 'cycles' }).waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+a');
    await page.keyboard.type('lab.run');
    await frame.locator('.cm-tooltip-autocomplete li', { hasText: 'run' }).waitFor();
    await page.keyboard.press('Escape');
    await frame.locator('#cell-2 .cm-line').first().hover({ position: { x: 46, y: 10 } });
    await frame.locator('.cm-tooltip-hover', { hasText: 'always give the same digest' }).waitFor();
    await page.context().close();
  });
});
