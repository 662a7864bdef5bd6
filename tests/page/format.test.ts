/** The formatter in the cell, by its key and by the palette. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Frame } from 'playwright-core';
import { given } from './given.ts';
import { canRun, site } from './help.ts';
import type { Site } from './help.ts';

const ugly = 'package main\nimport (\n"os"; "fmt")\nfunc  main(){\nx:=[]int{1,\n2}\nfmt.Println( x,len(os.Args)>9 )\n}\n';
const nice = 'package main\n\nimport (\n\t"fmt"\n\t"os"\n)\n\nfunc main() {\n\tx := []int{1,\n\t\t2}\n\tfmt.Println(x, len(os.Args) > 9)\n}\n';

describe.runIf(canRun)('laying out Go code', () => {
  let s: Site;
  beforeAll(async () => { s = await site(); });
  afterAll(async () => { await s?.close(); });
  const edited = (frame: Frame): Promise<string> => frame.locator('#cell-1 .cm-content').evaluate(e => [...e.querySelectorAll('.cm-line')].map(l => l.textContent).join('\n'));
  const shown = (frame: Frame): Promise<string> => frame.locator('#cell-1 .code').evaluate(e => e.textContent ?? '');

  test('the key lays out the cell being edited; the caret stays at its token; undo brings the old layout back', async () => {
    const { page, frame } = await given(s, [['go', ugly]]);
    await frame.locator('#cell-1').focus();
    await page.keyboard.press('Enter');
    await frame.locator('#cell-1 .cm-content').waitFor();
    await page.keyboard.press('Control+Home');
    for (let i = 0; i < 6; i++) await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Home');
    for (let i = 0; i < 'fmt.Print'.length; i++) await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Shift+Alt+F');
    await expect.poll(() => edited(frame), { timeout: 10_000 }).toBe(nice);
    await page.keyboard.type('X');
    await expect.poll(() => edited(frame)).toContain('\tfmt.PrintXln(x');
    await page.keyboard.press('Backspace');
    await page.keyboard.press('Shift+Alt+F');
    // Typing and deleting X is one step of undo or two, by how fast it was done.
    for (let i = 0; i < 4 && await edited(frame) !== ugly; i++) await page.keyboard.press('Control+z');
    await expect.poll(() => edited(frame), { timeout: 5000 }).toBe(ugly);
    await page.context().close();
  });

  test('the palette lays out the selected cell; one step of undo', async () => {
    const { page, frame } = await given(s, [['go', ugly]]);
    await frame.locator('#cell-1').focus();
    await page.keyboard.press('Control+k');
    await frame.locator('.palette input').fill('Format Go');
    await page.keyboard.press('Enter');
    await expect.poll(() => shown(frame), { timeout: 10_000 }).toContain('x := []int{1,');
    await frame.locator('#cell-1').focus();
    await page.keyboard.press('z');
    await expect.poll(() => shown(frame), { timeout: 5000 }).toContain('x:=[]int{1,');
    await page.context().close();
  });

  test('a syntax error: nothing is changed, and the caret goes where it is', async () => {
    const broken = 'package main\n\nfunc main() {\n\tx :=  1 +\n}\n';
    const { page, frame } = await given(s, [['go', broken]]);
    await frame.locator('#cell-1').focus();
    await page.keyboard.press('Shift+Alt+F');
    await frame.locator('#cell-1 .cm-content').waitFor();
    await expect.poll(() => edited(frame), { timeout: 5000 }).toBe(broken);
    await page.keyboard.type('2');
    await expect.poll(() => edited(frame)).toBe(broken.replace('\n}', '\n2}'));
    await frame.locator('#cell-1 .problems').waitFor();
    await page.context().close();
  });
});
