/** Changing a notebook by keys, pointer and menus; every change can be undone. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Frame, Page } from 'playwright-core';
import { given } from './given.ts';
import { canRun, site } from './help.ts';
import type { Site } from './help.ts';

describe.runIf(canRun)('editing', () => {
  let s: Site;
  beforeAll(async () => { s = await site(); });
  afterAll(async () => { await s?.close(); });
  const order = (frame: Frame): Promise<string> => frame.locator('.cell').evaluateAll(l => l.map(e => e.getAttribute('data-cell')).join(' '));
  const eventually = async (f: () => Promise<string>, want: string): Promise<void> => { await expect.poll(f, { timeout: 5000 }).toBe(want); };
  const press = async (page: Page, ...keys: string[]): Promise<void> => { for (const k of keys) await page.keyboard.press(k); };
  const three = [['js', 'const a = 1'], ['js', 'const b = 2'], ['md', 'three']] as const;

  test('Jupyter’s keys insert, move, cut, paste, delete and undo, and the focus stays', async () => {
    const { page, frame } = await given(s, three);
    await frame.locator('#cell-1').focus();
    await press(page, 'j');
    await frame.locator('#cell-2.focused').waitFor();
    await press(page, 'a');
    await eventually(() => order(frame), '1 4 2 3');
    await press(page, 'b');
    await eventually(() => order(frame), '1 4 5 2 3');
    await expect.poll(() => frame.evaluate(() => document.activeElement?.id)).toBe('cell-5');
    await press(page, 'd', 'd');
    await eventually(() => order(frame), '1 4 2 3');
    await press(page, 'z', 'z', 'z');
    await eventually(() => order(frame), '1 2 3');
    await press(page, 'Shift+Z');
    await eventually(() => order(frame), '1 4 2 3');
    await press(page, 'z');
    await frame.locator('#cell-1').focus();
    await press(page, 'Control+Shift+ArrowDown');
    await eventually(() => order(frame), '2 1 3');
    await press(page, 'x');
    await eventually(() => order(frame), '2 3');
    await press(page, 'v');
    await eventually(async () => (await order(frame)).split(' ').length.toString(), '3');
    await page.context().close();
  });

  test('several cells are selected and moved, merged and split', async () => {
    const { page, frame } = await given(s, three);
    await frame.locator('#cell-1').focus();
    await press(page, 'Shift+J');
    await eventually(() => frame.locator('.cell.selected').count().then(String), '2');
    await press(page, 'Control+Shift+ArrowDown');
    await eventually(() => order(frame), '3 1 2');
    await press(page, 'Shift+M');
    await eventually(() => order(frame), '3 1');
    await expect.poll(() => frame.locator('#cell-1 .code').innerText()).toMatch(/const a = 1[\s\S]*const b = 2/);
    await frame.locator('#cell-1').focus();
    await press(page, 'Enter');
    await frame.locator('#cell-1 .cm-content').waitFor();
    await press(page, 'Control+Home', 'ArrowDown', 'Control+Shift+-');
    await eventually(async () => (await order(frame)).split(' ').length.toString(), '3');
    await expect.poll(() => frame.locator('#cell-1').innerText()).not.toContain('const b');
    await page.context().close();
  });

  test('kinds change by keys; headings by digits; code hides and cells collapse', async () => {
    const { page, frame } = await given(s, three);
    await frame.locator('#cell-3').focus();
    await press(page, '2');
    await frame.locator('#cell-3 h2', { hasText: 'three' }).waitFor();
    await frame.locator('#cell-1').focus();
    await press(page, 'p');
    await frame.locator('#cell-1 .code').waitFor({ state: 'detached' });
    await press(page, 'p');
    await frame.locator('#cell-1 .code').waitFor();
    await press(page, 'o');
    await frame.locator('#cell-1 .code').waitFor({ state: 'detached' });
    await press(page, 'o', 'm');
    await frame.locator('#cell-1.md').waitFor();
    await press(page, 'g');
    await frame.locator('#cell-1.go').waitFor();
    await press(page, 'y');
    await frame.locator('#cell-1.js').waitFor();
    await page.context().close();
  });

  test('undo reaches across cells, typing included', async () => {
    const { page, frame } = await given(s, three);
    await frame.locator('#cell-1').focus();
    await press(page, 'Enter');
    await frame.locator('#cell-1 .cm-content').waitFor();
    await press(page, 'Control+End');
    await page.keyboard.type('23');
    await press(page, 'Escape', 'j', 'd', 'd');
    await eventually(() => order(frame), '1 3');
    await press(page, 'z');
    await eventually(() => order(frame), '1 2 3');
    await press(page, 'z');
    await eventually(() => frame.locator('#cell-1 .code .text').innerText(), 'const a = 1');
    await press(page, 'Shift+Z');
    await eventually(() => frame.locator('#cell-1 .code .text').innerText(), 'const a = 123');
    await page.context().close();
  });

  test('a cell is dragged by its grip, and deleted cells wait in the bin', async () => {
    const { page, frame } = await given(s, three);
    await frame.locator('#cell-1').focus();
    await frame.locator('#cell-1 .grip').dragTo(frame.locator('#cell-3'), { targetPosition: { x: 100, y: 20 } });
    await eventually(() => order(frame), '2 3 1');
    await frame.locator('#cell-2').focus();
    await press(page, 'd', 'd');
    await eventually(() => order(frame), '3 1');
    await frame.locator('.side button', { hasText: 'Deleted cells' }).click();
    await frame.locator('.bin .link').click();
    await expect.poll(() => frame.locator('.article').innerText()).toContain('const b = 2');
    // What came back is not in the bin any more, by undo neither.
    await frame.locator('.bin li').waitFor({ state: 'detached' });
    await frame.locator('#cell-3').focus();
    await press(page, 'd', 'd');
    await frame.locator('.bin li').waitFor();
    await press(page, 'z');
    await frame.locator('.bin li').waitFor({ state: 'detached' });
    await page.context().close();
  });

  test('the palette runs a command found by typing, by keyboard alone', async () => {
    const { page, frame } = await given(s, three);
    await frame.locator('#cell-2').focus();
    await press(page, 'Control+k');
    await frame.locator('.palette input').waitFor();
    await page.keyboard.type('duplicate');
    await press(page, 'Enter');
    await eventually(async () => (await order(frame)).split(' ').length.toString(), '4');
    await frame.locator('.palette').waitFor({ state: 'detached' });
    await page.context().close();
  });

  test('search finds in all cells, replaces in all, and that is one step of undo', async () => {
    const { page, frame } = await given(s, [['js', 'const alpha = 1'], ['js', 'alpha + 1'], ['md', 'about Alpha']]);
    await frame.locator('#cell-2 .observablehq', { hasText: '2' }).waitFor();
    await frame.locator('#cell-1').focus();
    await press(page, 'f');
    await frame.locator('.find input').first().waitFor();
    await page.keyboard.type('alpha');
    await frame.locator('.find .n', { hasText: '3 found' }).waitFor();
    await frame.locator('.find [aria-pressed]').click();
    await frame.locator('.find .n', { hasText: '2 found' }).waitFor();
    await frame.locator('.find input').nth(1).fill('beta');
    await frame.locator('.find .btn').click();
    await frame.locator('#cell-1 .code', { hasText: 'const beta = 1' }).waitFor();
    await frame.locator('#cell-2 .observablehq', { hasText: '2' }).waitFor();
    await press(page, 'Escape');
    await frame.locator('.find').waitFor({ state: 'detached' });
    await frame.locator('#cell-1').focus();
    await press(page, 'z');
    await frame.locator('#cell-2 .code', { hasText: 'alpha + 1' }).waitFor();
    await page.context().close();
  });

  test('what depends on what, names and values are shown beside the notebook', async () => {
    const { page, frame } = await given(s, [['md', '# One'], ['js', 'const a = [1, 2, 3]'], ['js', 'const b = a.length'], ['md', '## Two'], ['js', 'const c = view(Inputs.range([1, 9], { value: 4, step: 1 }))']]);
    await frame.locator('.side circle').nth(1).waitFor();
    await expect.poll(() => frame.locator('.side path').count()).toBe(1);
    await frame.locator('.side button', { hasText: 'Variables' }).click();
    await expect.poll(() => frame.locator('.vars').innerText()).toMatch(/a\s+Array[\s\S]*cell 2, used in 3[\s\S]*b\s+number\s+3/);
    // Of a view, what its readers see; it follows the hand.
    await expect.poll(() => frame.locator('.vars').innerText()).toMatch(/c\s+number\s+4\s+cell 5/);
    await frame.locator('#cell-5 input[type=range]').fill('7');
    await expect.poll(() => frame.locator('.vars').innerText()).toMatch(/c\s+number\s+7/);
    await frame.locator('.outline button', { hasText: 'Two' }).click();
    await frame.locator('#cell-4.focused').waitFor();
    await page.context().close();
  });
});
