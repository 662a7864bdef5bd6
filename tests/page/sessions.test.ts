/** Sessions in the page, as a reader meets them (rules: src/session/SPEC.md). */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fileOf } from './given.ts';
import type { Given } from './given.ts';
import { canRun, chapter, context, inner, load, saved, site, typeAtStart, visit, write } from './help.ts';
import type { Site } from './help.ts';

describe.runIf(canRun)('sessions in the page', { timeout: 90_000 }, () => {
  let s: Site;
  beforeAll(async () => { s = await site(); });
  afterAll(async () => { await s?.close(); });
  // Programs without imports: what is tested is the page, not the standard library's start.
  const quick = 'package main\n\nfunc main() {\n\tprintln(41 + 1)\n}\n';

  test('S1.1, S1.2 opening and running a chapter makes no session, the first change does', async () => {
    const c = await context(s), { page, frame } = await visit(c, s.url + chapter);
    await page.waitForTimeout(500);
    await frame.locator('#cell-3').focus();
    await page.keyboard.press('Control+Enter');
    await page.waitForTimeout(800);
    expect(page.url()).toContain('/chapter/');
    await typeAtStart(page, frame, 1, '# Mine\n\n');
    await page.waitForURL(/#\/session\//);
    await saved(page);
    await page.goto(s.url);
    await page.locator('.session .t', { hasText: 'How Go allocates' }).waitFor();
    await expect.poll(() => page.locator('.session').count()).toBe(1);
    await c.close();
  });

  test('S4.7 of a large document only what changed goes to the shell, and a message that is lost costs nothing', async () => {
    const c = await context(s), { page, frame } = await visit(c, `${s.url}#/new`);
    await write(page, frame, 1, `# Long\n\n${'A paragraph of prose. '.repeat(2000)}`);
    await page.waitForURL(/#\/session\//);
    await frame.evaluate(() => {
      const g = globalThis as unknown as { sent: string[]; lose: number }, real = MessagePort.prototype.postMessage;
      g.sent = [];
      g.lose = 0;
      MessagePort.prototype.postMessage = function (this: MessagePort, m: { kind?: string; text?: string; put?: string }, ...rest: never[]) {
        if (m.kind === 'doc' || m.kind === 'patch') {
          g.sent.push(`${m.kind} ${(m.text ?? m.put ?? '').length}`);
          if (g.lose-- > 0) return;
        }
        real.call(this, m, ...rest);
      };
    });
    const sent = (): Promise<string[]> => frame.evaluate(() => (globalThis as unknown as { sent: string[] }).sent);
    await page.keyboard.type('one');
    await expect.poll(async () => (await sent()).length).toBeGreaterThan(0);
    await page.waitForTimeout(400);
    for (const m of await sent()) expect(m).toMatch(/^patch \d{1,2}$/);
    await frame.evaluate(() => { (globalThis as unknown as { lose: number }).lose = 1; });
    await page.keyboard.type(' two');
    await page.waitForTimeout(400);
    await page.keyboard.type(' three');
    await expect.poll(async () => (await sent()).at(-1)).toMatch(/^doc \d{5}$/);
    await saved(page);
    await page.waitForTimeout(600);
    const again = await load(page, page.url());
    await again.locator('#cell-1', { hasText: 'one two three' }).waitFor();
    await c.close();
  });

  test('S1.3 a reload brings back text, caret, scroll and recorded results', async () => {
    const c = await context(s), { page, frame } = await visit(c, `${s.url}#/new`);
    await write(page, frame, 1, `# Long\n\n${'One more paragraph, so that there is something to scroll over.\n\n'.repeat(40)}`);
    await write(page, frame, 2, quick);
    await frame.locator('#cell-2 .out', { hasText: '42' }).waitFor({ timeout: 20_000 });
    await page.keyboard.press('Control+Home');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('End');
    await frame.evaluate(() => scrollTo(0, 300));
    await page.waitForTimeout(1500);
    const id = page.url();
    // Nothing runs by itself now: what shows is what was recorded.
    await page.evaluate(() => localStorage.setItem('go-memory-lab.settings', JSON.stringify({ autorun: false })));
    const again = await load(page, id);
    await again.locator('#cell-2 .out', { hasText: '42' }).waitFor();
    await expect.poll(() => again.locator('#cell-2').getAttribute('class')).not.toContain('running');
    await expect.poll(() => again.evaluate(() => Math.abs(scrollY - 300))).toBeLessThan(20);
    await again.locator('#cell-2').focus();
    await page.keyboard.press('Enter');
    await again.locator('#cell-2 .cm-content').waitFor();
    await page.keyboard.type(' // here');
    await expect.poll(() => again.locator('#cell-2 .cm-content').textContent()).toContain('func main() { // here');
    await c.close();
  });

  test('S2.2, S2.3, S2.4 fork, rename, tag, find, delete and undo', async () => {
    const c = await context(s), { page, frame } = await visit(c, `${s.url}#/new`);
    await write(page, frame, 2, quick);
    await page.waitForURL(/#\/session\//);
    await saved(page);
    await page.getByRole('button', { name: 'Fork' }).click();
    await page.locator('.tree a[aria-current]', { hasText: 'Untitled, fork' }).waitFor();
    await inner(page);
    await expect.poll(() => page.locator('.tree ul ul a').textContent()).toBe('Untitled, fork');
    await page.locator('.crumbs button.here').click();
    await page.getByLabel('Name').fill('bigger make');
    await page.getByLabel(/^Tags/).fill('slices, gc');
    await page.keyboard.press('Enter');
    await page.locator('.tree a', { hasText: 'bigger make' }).waitFor();
    await page.locator('.brand').click();
    await page.locator('.session .t', { hasText: 'bigger make' }).waitFor();
    await page.getByRole('button', { name: 'gc' }).click();
    await expect.poll(() => page.locator('.session .t').allTextContents()).toEqual(['bigger make']);
    await page.getByRole('button', { name: 'All' }).click();
    await page.locator('.search').fill('println(41');
    await page.locator('.session .line').first().waitFor();
    await expect.poll(() => page.locator('.session').count()).toBe(2);
    await page.locator('.search').fill('');
    await page.getByRole('button', { name: 'Delete: bigger make' }).click();
    await expect.poll(() => page.locator('.session .t').allTextContents()).toEqual(['Untitled']);
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.locator('.session .t', { hasText: 'bigger make' }).waitFor();
    await c.close();
  });

  test('S3.3 history shows versions, restores one, and loses nothing', async () => {
    const c = await context(s), { page, frame } = await visit(c, `${s.url}#/new`);
    await write(page, frame, 2, quick);
    await frame.locator('#cell-2 .out', { hasText: '42' }).waitFor({ timeout: 20_000 });
    await page.waitForTimeout(900);
    await write(page, frame, 2, quick.replace('41 + 1', '50 + 1'));
    await frame.locator('#cell-2 .out', { hasText: '51' }).waitFor({ timeout: 20_000 });
    await page.waitForTimeout(900);
    await page.getByRole('button', { name: 'History' }).click();
    const versions = page.locator('.versions button');
    await expect.poll(() => versions.count()).toBeGreaterThanOrEqual(3);
    const first = versions.filter({ hasText: 'version 1 ' });
    await first.click();
    await page.locator('.diff .new', { hasText: '50 + 1' }).waitFor();
    await page.getByRole('button', { name: 'Restore this version' }).click();
    await frame.locator('#cell-2', { hasText: 'new(int)' }).waitFor();
    await page.getByRole('button', { name: 'History' }).click();
    await page.locator('.versions button', { hasText: 'restored' }).first().waitFor();
    await c.close();
  });

  test('S4.2 two tabs on one session see each other and join what both type', async () => {
    const c = await context(s), { page, frame } = await visit(c, `${s.url}#/new`);
    await typeAtStart(page, frame, 1, '# x ');
    await page.waitForURL(/#\/session\//);
    await saved(page);
    const other = await visit(c, page.url());
    await page.locator('header .state', { hasText: 'open in 1 more' }).waitFor();
    await typeAtStart(other.page, other.frame, 2, '// from the second tab\n');
    await typeAtStart(page, frame, 1, '# from the first tab ');
    for (const f of [frame, other.frame]) {
      await f.locator('#cell-2', { hasText: 'from the second tab' }).waitFor();
      await f.locator('#cell-1', { hasText: 'from the first tab' }).waitFor();
    }
    await page.goto(s.url);
    await page.locator('.session').first().waitFor();
    await expect.poll(() => page.locator('.session').count()).toBe(1);
    await c.close();
  });

  test('S4.3 two tabs that change the same line part into a fork', async () => {
    const c = await context(s), { page, frame } = await visit(c, `${s.url}#/new`);
    await write(page, frame, 1, '# One');
    await page.waitForURL(/#\/session\//);
    await saved(page);
    // The second tab hears nothing of the first: only the database tells it.
    const other = await c.newPage();
    await other.addInitScript(() => { Object.defineProperty(globalThis, 'BroadcastChannel', { value: undefined }); });
    await other.goto(page.url());
    const there = await inner(other);
    await write(page, frame, 1, '# Mine');
    await page.waitForTimeout(600);
    await write(other, there, 1, '# Yours');
    await other.locator('.toast', { hasText: 'Another tab changed the same lines' }).waitFor();
    expect(other.url()).not.toBe(page.url());
    await expect.poll(() => there.locator('#cell-1').textContent()).toContain('Yours');
    await page.goto(s.url);
    await expect.poll(() => page.locator('.session').count()).toBe(2);
    for (const word of ['Mine', 'Yours']) { await page.locator('.search').fill(`# ${word}`); await expect.poll(() => page.locator('.session').count()).toBe(1); }
    await c.close();
  });

  test('S5.1 a browser without storage says so, works on, and offers a file', async () => {
    const c = await context(s);
    await c.addInitScript(() => { Object.defineProperty(globalThis, 'indexedDB', { value: undefined }); });
    const { page, frame } = await visit(c, `${s.url}#/new`);
    await write(page, frame, 2, quick);
    await frame.locator('#cell-2 .out', { hasText: '42' }).waitFor({ timeout: 20_000 });
    await page.locator('.notice.bad', { hasText: 'does not let the page keep anything' }).waitFor();
    await page.locator('header .state', { hasText: 'not saved' }).waitFor();
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Save as file' }).click()]);
    expect(file.suggestedFilename()).toMatch(/\.html$/);
    await c.close();
  });

  test('S6.1 a library is exported and imported', async () => {
    const c = await context(s, { acceptDownloads: true }), { page, frame } = await visit(c, `${s.url}#/new`);
    await write(page, frame, 1, '# Kept in a file');
    await page.waitForURL(/#\/session\//);
    await saved(page);
    await page.goto(s.url);
    await page.locator('.session').waitFor();
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Export everything' }).click()]);
    const d = await context(s), there = await d.newPage();
    await there.goto(s.url);
    await there.locator('input[type=file]').last().setInputFiles(await file.path());
    await there.locator('.session').waitFor();
    await there.locator('.search').fill('Kept in a file');
    await there.locator('.session .line').waitFor();
    await c.close();
    await d.close();
  });

  test('comparing shows text, figures with their changes and both heaps on one scale', async () => {
    const c = await context(s), { page, frame } = await visit(c, `${s.url}#/new`);
    const grow = (size: number): string => `package main\n\nvar keep [][]byte\n\nfunc main() {\n\tfor i := 0; i < 20000; i++ {\n\t\tb := make([]byte, ${size})\n\t\tif i%100 == 0 {\n\t\t\tkeep = append(keep, b)\n\t\t}\n\t}\n\tprintln(len(keep))\n}\n`;
    await write(page, frame, 2, grow(4096));
    await frame.locator('#cell-2 .out', { hasText: '200' }).waitFor({ timeout: 20_000 });
    await page.waitForTimeout(800);
    await page.getByRole('button', { name: 'Fork' }).click();
    await page.locator('.tree a[aria-current]', { hasText: 'Untitled, fork' }).waitFor();
    const fork = await inner(page);
    await write(page, fork, 2, grow(8192));
    await fork.locator('#cell-2.idle .out', { hasText: '200' }).waitFor({ timeout: 20_000 });
    await page.waitForTimeout(1500);
    await page.locator('.against', { hasText: '(+100 %)' }).waitFor();
    await page.locator('header').getByRole('link', { name: 'Compare' }).click();
    const pair = page.locator('.cell-pair', { hasText: 'Cell 2' });
    await pair.locator('tr', { hasText: 'allocated' }).waitFor();
    await expect.poll(() => pair.locator('tr', { hasText: 'allocated' }).locator('.delta').textContent()).toMatch(/^\+78\.\d MiB \(\+\d+ %\)$/);
    await expect.poll(() => pair.locator('.verdict.other').count()).toBe(1);
    await expect.poll(() => pair.locator('.overlay svg path[aria-label^="heapLive"]').count()).toBe(2);
    await expect.poll(() => pair.locator('.overlay svg').count()).toBe(2);
    const picture = page.waitForEvent('download');
    await pair.locator('.overlay figure').first().getByRole('button', { name: 'SVG' }).click();
    expect((await picture).suggestedFilename()).toBe('heap-cell-2.svg');
    const table = page.waitForEvent('download');
    await pair.locator('.overlay figure').last().getByRole('button', { name: 'CSV' }).click();
    expect(readFileSync((await (await table).path()), 'utf8')).toContain('class,Untitled,"Untitled, fork"');
    await page.locator('.diff .new', { hasText: '8192' }).waitFor();
    await page.locator('.diff .gone', { hasText: '4096' }).waitFor();
    await c.close();
  });

  test('S6.3 a link carries the notebook, and says whether it gives the same result', async () => {
    const c = await context(s), { page, frame } = await visit(c, `${s.url}#/new`);
    await write(page, frame, 2, quick);
    await frame.locator('#cell-2 .out', { hasText: '42' }).waitFor({ timeout: 20_000 });
    await page.waitForTimeout(600);
    await page.getByRole('button', { name: 'Share' }).click();
    const field = page.locator('.share-line input');
    await expect.poll(() => field.inputValue()).toContain('#/open/');
    const link = await field.inputValue();
    const d = await context(s), there = await visit(d, link);
    await there.page.locator('.notice', { hasText: '1 recorded result came' }).waitFor();
    await expect.poll(() => there.frame.locator('#cell-2').textContent()).toContain('41 + 1');
    await expect.poll(() => there.frame.locator('#cell-2 .out').count()).toBe(0);
    await there.page.getByRole('button', { name: 'Run and compare' }).click();
    await there.page.locator('.notice', { hasText: 'Same result: 1 cell compared' }).waitFor({ timeout: 20_000 });
    await write(there.page, there.frame, 2, quick.replace('41', '1'));
    await there.page.locator('.notice', { hasText: 'Cell 2 was changed since' }).waitFor({ timeout: 20_000 });
    await there.page.goto(`${s.url}#/open/notalink`);
    await there.page.locator('main', { hasText: 'This link is damaged' }).waitFor();
    await c.close();
    await d.close();
  });

  test('S7 a chapter published anew offers its changes; taken in, what the reader wrote stays, and undo takes them out', async () => {
    const c = await context(s, { serviceWorkers: 'block' }), page = await c.newPage();
    const first: Given = [['md', '# One\n\nold words'], ['md', 'second'], ['go', quick]];
    let text = fileOf(first);
    let earlier = true;
    await page.route('**/notebooks/01-how-go-allocates.txt', r => r.fulfill({ contentType: 'text/plain; charset=utf-8', body: text }));
    // The page of the first visit knows the chapter by an earlier version.
    await page.route('**/assets/shell-*.js', async r => { const a = await r.fetch(), body = await a.text(); await r.fulfill({ response: a, body: earlier ? body.replace(/(01-how-go-allocates\.txt[`"'],version:[`"'])[0-9a-f]+/g, '$1earlier') : body }); });
    await page.goto(s.url + chapter);
    await typeAtStart(page, await inner(page), 2, 'mine, ');
    await page.waitForURL(/#\/session\//);
    await saved(page);
    const address = page.url();
    await load(page, address);
    await saved(page);
    expect(await page.locator('.notice').count()).toBe(0);
    earlier = false;
    text = fileOf([['md', '# One\n\nnew words'], ['md', 'second, changed'], first[2], ['md', 'a new section']]);
    let frame = await load(page, address);
    await page.locator('.notice', { hasText: '3 cells' }).getByRole('link', { name: 'See changes' }).click();
    await page.locator('.diff .new', { hasText: 'new words' }).waitFor();
    await page.locator('.diff .gone', { hasText: 'old words' }).waitFor();
    frame = await load(page, address);
    await page.locator('.notice').getByRole('button', { name: 'Take them in' }).click();
    await page.locator('.toast', { hasText: 'Cells 2' }).waitFor();
    await frame.locator('.article', { hasText: 'a new section' }).waitFor();
    await frame.locator('.article', { hasText: 'new words' }).waitFor();
    await frame.locator('#cell-2', { hasText: 'mine, second' }).waitFor();
    await page.locator('.notice').waitFor({ state: 'detached' });
    await page.locator('.toast').getByRole('button', { name: 'Undo' }).click();
    await frame.locator('.article', { hasText: 'old words' }).waitFor();
    await frame.locator('.article', { hasText: 'a new section' }).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'History' }).click();
    await page.locator('.versions button', { hasText: 'merged' }).click();
    await page.getByRole('button', { name: 'Restore this version' }).click();
    await frame.locator('.article', { hasText: 'a new section' }).waitFor();
    await frame.locator('#cell-2', { hasText: 'mine, second' }).waitFor();
    await c.close();
  });
});
