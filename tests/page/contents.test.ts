/** The contents page and the shell's dialogs: languages, themes, widths, keyboard, axe. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { canRun, chapter, context, inner, load, saved, site, visit, violations, withAxe, write } from './help.ts';
import type { Site } from './help.ts';
import type { Page } from 'playwright-core';

describe.runIf(canRun)('contents', { timeout: 90_000 }, () => {
  let s: Site;
  beforeAll(async () => { s = await site(); });
  afterAll(async () => { await s?.close(); });
  const settings = async (page: Page, v: object): Promise<void> => { await page.addInitScript(t => { localStorage.setItem('go-memory-lab.settings', t); }, JSON.stringify(v)); };
  /** A page whose library holds two notebooks, one forked from the other. */
  async function furnished(page: Page): Promise<string> {
    await page.goto(`${s.url}#/new`);
    const frame = await inner(page);
    await write(page, frame, 2, 'package main\n\nvar keep []*int\n\nfunc main() {\n\tfor i := 0; i < 100; i++ {\n\t\tkeep = append(keep, new(int))\n\t}\n\tprintln(len(keep))\n}\n');
    await frame.locator('#cell-2 .out', { hasText: '100' }).waitFor({ timeout: 20_000 });
    await saved(page);
    await page.waitForTimeout(700);
    await page.locator('header .btn.primary').click();
    await page.locator('.tree ul ul a[aria-current]').waitFor();
    await inner(page);
    return page.url();
  }

  test('no accessibility violations on any page of the shell, light and dark, English and Chinese', async () => {
    for (const [colorScheme, lang] of [['light', 'en'], ['dark', 'zh']] as const) {
      const c = await context(s, { colorScheme }), page = await c.newPage();
      await withAxe(c);
      await settings(page, { lang });
      const url = await furnished(page);
      const check = async (what: string): Promise<void> => expect.poll(() => violations(page), { message: `${what}, ${colorScheme}, ${lang}` }).toEqual([]);
      await check('notebook');
      for (const [name, ready] of [[/^(History|历史)$/, '.versions button'], [/^(Share|分享)$/, '.share-line input']] as const) {
        await page.getByRole('button', { name }).click();
        await page.locator(ready).first().waitFor();
        await check(String(name));
        await page.keyboard.press('Escape');
      }
      await page.locator('.crumbs button.here').click();
      await page.locator('.dialog form').waitFor();
      await check('details');
      await page.keyboard.press('Escape');
      await page.locator('header a.btn').click();
      await page.locator('.cell-pair').first().waitFor();
      await check('compare');
      await page.goto(s.url);
      await page.locator('.session').nth(1).waitFor();
      await check('contents');
      await expect.poll(() => page.evaluate(() => document.documentElement.lang)).toBe(lang === 'zh' ? 'zh-CN' : 'en');
      expect(url).toContain('#/session/');
      await c.close();
    }
  });

  test('nothing overflows from 360 to 1920 pixels, and every command stays reachable', async () => {
    const c = await context(s), page = await c.newPage();
    const url = await furnished(page);
    for (const [name, address] of [['contents', s.url], ['compare', ''], ['notebook', url]] as const) {
      if (address === '') { await page.goto(url); await page.locator('header a.btn').click(); await page.locator('.cell-pair').first().waitFor(); } else await page.goto(address);
      for (const width of [360, 480, 700, 900, 1100, 1440, 1920]) {
        await page.setViewportSize({ width, height: 900 });
        await page.waitForTimeout(80);
        await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth - innerWidth), { message: `${name} at ${width}` }).toBeLessThanOrEqual(0);
      }
    }
    await page.setViewportSize({ width: 360, height: 800 });
    await page.locator('.menu-button').click();
    for (const name of ['History', 'Share']) await expect.poll(() => page.locator('#drawer').getByRole('button', { name }).isVisible()).toBe(true);
    await c.close();
  });

  test('settings hold: language, theme and Go version, after a reload and in the notebook', async () => {
    const c = await context(s), page = await c.newPage();
    await page.goto(s.url);
    await page.getByLabel('Language').selectOption('zh');
    await page.locator('h2', { hasText: '课程' }).waitFor();
    await page.getByLabel('浅色或深色').selectOption('dark');
    await page.getByLabel('新运行使用的 Go 版本').selectOption('1.23');
    await page.reload();
    await page.locator('h2', { hasText: '课程' }).waitFor();
    await expect.poll(() => page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe('rgb(22, 22, 22)');
    const frame = await load(page, `${s.url}#/new`);
    await expect.poll(() => frame.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe('rgb(22, 22, 22)');
    await page.locator('header .state', { hasText: 'go 1.23' }).waitFor();
    await c.close();
  });

  test('with the keyboard alone: from contents into a chapter, and through history', async () => {
    const c = await context(s), page = await c.newPage();
    await page.goto(s.url);
    await page.locator('.chapter').first().waitFor();
    const focused = (): Promise<string> => page.evaluate(() => `${document.activeElement?.tagName ?? ''} ${document.activeElement?.getAttribute('href') ?? ''}`);
    for (let i = 0; i < 20 && !(await focused()).includes('#/chapter/'); i++) await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await inner(page);
    expect(page.url()).toContain(chapter);
    const frame = await load(page, `${s.url}#/new`);
    await write(page, frame, 1, '# Two');
    await page.waitForURL(/#\/session\//);
    await page.waitForTimeout(5200);
    await page.getByRole('button', { name: 'History' }).focus();
    await page.keyboard.press('Enter');
    await page.locator('.versions [aria-selected=true]').focus();
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => page.locator('.versions [aria-selected=true]').textContent()).toContain('version 1');
    await page.locator('.diff .new', { hasText: '# Two' }).waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => page.locator('dialog').count()).toBe(0);
    await c.close();
  });

  test('S1.1 a chapter that was only read leaves the library empty, and offers no history', async () => {
    const c = await context(s), { page } = await visit(c, s.url + chapter);
    await expect.poll(() => page.getByRole('button', { name: 'History' }).count()).toBe(0);
    await page.goto(s.url);
    await page.locator('.empty').waitFor();
    await c.close();
  });
});
