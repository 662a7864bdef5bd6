/** The compiler's verdicts in a Go cell, used as a reader would: marks, cards, the table and what opens from it. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Frame, Page } from 'playwright-core';
import { given } from './given.ts';
import { canRun, site } from './help.ts';
import type { Site } from './help.ts';

const program = `package main

type T struct{ a, b int }

func f() *T {
	t := T{1, 2}
	return &t
}

func keep(p *T) *T { return p }

func main() {
	s := make([]int, 8)
	n := len(s)
	b := make([]byte, n)
	e := keep(f())
	println(len(b), e.a, any(n) == nil)
}
`;

describe.runIf(canRun)('verdicts in the cell', () => {
  let s: Site;
  beforeAll(async () => { s = await site(); });
  afterAll(async () => { await s?.close(); });
  async function open(text = program): Promise<{ page: Page; frame: Frame }> {
    const r = await given(s, [['go', text]]);
    r.page.setDefaultTimeout(15_000);
    return r;
  }
  const line = (frame: Frame, n: number): ReturnType<Frame['locator']> => frame.locator(`#cell-1 .line[data-line="${n}"]`);
  async function edit(page: Page, frame: Frame): Promise<void> {
    await frame.locator('#cell-1').focus();
    await page.keyboard.press('Enter');
    await frame.locator('#cell-1 .cm-content').waitFor();
  }

  test('marks tell kinds apart by shape, and their card opens by pointer and by keyboard', async () => {
    const { page, frame } = await open();
    await line(frame, 6).locator('button.mark.moved').waitFor({ timeout: 30_000 });
    await line(frame, 10).locator('button.mark.leak').waitFor();
    await line(frame, 13).locator('button.mark.stack').waitFor();
    const shapes = await frame.evaluate(() => ['heap', 'moved', 'stack', 'leak', 'inline'].map(k => {
      const i = document.createElement('i');
      i.className = `mark ${k}`;
      document.body.append(i);
      const { clipPath, borderTopStyle, borderRadius, transform, backgroundImage } = getComputedStyle(i);
      i.remove();
      return [clipPath, borderTopStyle, borderRadius, transform, backgroundImage === 'none'].join();
    }));
    expect(new Set(shapes).size).toBe(5);
    await line(frame, 6).locator('button.mark').focus();
    const card = frame.locator('#cell-1 .card');
    await card.waitFor();
    expect(await card.innerText()).toMatch(/moved to heap: t\s+at run time: heap object of 16 B, class 2 \(16 B\)\s+t is on the heap, because the address of t is returned/);
    await page.keyboard.press('Escape');
    await card.waitFor({ state: 'detached' });
    await line(frame, 15).locator('button.mark').hover();
    expect(await card.innerText()).toContain('32-byte buffer on the stack');
    await page.context().close();
  });

  test('while typing, marks stay and move along, and the caret is not disturbed; F8 goes through them', async () => {
    const { page, frame } = await open();
    await line(frame, 6).locator('button.mark.moved').waitFor({ timeout: 30_000 });
    await edit(page, frame);
    await frame.locator('#cell-1 .cm-marks .mark.moved').waitFor();
    const marks = (): Promise<string> => frame.locator('#cell-1 .cm-marks').evaluate(g => {
      const numbers = [...document.querySelectorAll<HTMLElement>('#cell-1 .cm-lineNumbers .cm-gutterElement')].filter(e => e.offsetHeight > 0);
      return [...g.querySelectorAll<HTMLElement>('.mark:not(.none)')].map(m => `${numbers.find(x => Math.abs(x.getBoundingClientRect().top - m.closest('.cm-gutterElement')!.getBoundingClientRect().top) < 4)?.textContent}${m.className.replace('mark ', ':')}`).join(' ');
    });
    const before = await marks();
    expect(before).toContain('6:moved');
    // A line above: at once every mark is one line lower, before any new verdict.
    await page.keyboard.press('Control+Home');
    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
    expect(await marks()).toBe(before.replace(/(\d+):/g, (_, n: string) => `${Number(n) + 1}:`));
    // Typing through a check: what is typed stands in one piece where the caret was.
    await page.keyboard.type('// some words typed slowly', { delay: 30 });
    await frame.locator('#cell-1 .cm-line', { hasText: '// some words typed slowly' }).waitFor();
    await page.keyboard.press('F8');
    const tip = frame.locator('.cm-tooltip .card');
    await tip.waitFor();
    expect(await tip.innerText()).toContain('moved to heap: t');
    await page.keyboard.press('F8');
    await frame.locator('.cm-tooltip .card', { hasText: 'leaking param: p to result' }).waitFor();
    await page.keyboard.press('Shift+F8');
    await frame.locator('.cm-tooltip .card', { hasText: 'moved to heap: t' }).waitFor();
    await page.keyboard.press('Escape');
    await tip.waitFor({ state: 'detached' });
    await frame.locator('#cell-1 .cm-marks .mark.moved').hover();
    await tip.waitFor();
    await page.context().close();
  });
});
