/** The editor's help for Go, used as a person would: typing, hovering, and keys. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Frame, Page } from 'playwright-core';
import { given } from './given.ts';
import { canRun, site } from './help.ts';
import type { Site } from './help.ts';

const program = `package main

import "fmt"

// point is a place.
type point struct {
	ok   bool
	name string
}

func (p *point) Move(dx, dy int) {}

func main() {
	here := &point{name: "a"}
	fmt.Println(here.name)
}
`;

describe.runIf(canRun)('help while typing Go', () => {
  let s: Site;
  beforeAll(async () => { s = await site(); });
  afterAll(async () => { await s?.close(); });
  /** Opens the cell with the caret behind the first occurrence of a text. */
  async function open(caretAfter: string): Promise<{ page: Page; frame: Frame }> {
    const { page, frame } = await given(s, [['go', program]]);
    await frame.locator('#cell-1').focus();
    await page.keyboard.press('Enter');
    await frame.locator('#cell-1 .cm-content').waitFor();
    const before = program.slice(0, program.indexOf(caretAfter) + caretAfter.length), lines = before.split('\n');
    await page.keyboard.press('Control+Home');
    for (let i = 1; i < lines.length; i++) await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Home');
    await page.keyboard.press('Home');
    for (let i = 0; i < lines[lines.length - 1].length; i++) await page.keyboard.press('ArrowRight');
    return { page, frame };
  }
  const text = (frame: Frame): Promise<string> => frame.locator('#cell-1 .cm-content').evaluate(e => [...e.querySelectorAll('.cm-line')].map(l => l.textContent).join('\n'));
  const shot = async (page: Page, name: string): Promise<void> => { if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/${name}.png` }); };

  test('members after a dot; a package that is missing is imported', async () => {
    const { page, frame } = await open('fmt.Println(here.name)');
    await page.keyboard.type('\nhere.');
    await frame.locator('.cm-tooltip-autocomplete li', { hasText: 'Move' }).waitFor();
    await expect.poll(() => frame.locator('.cm-tooltip-autocomplete .cm-completionLabel').allInnerTexts()).toEqual(['ok', 'name', 'Move']);
    await shot(page, 'complete');
    await page.keyboard.type('M');
    // A list takes no key in its first 75 ms, so that nobody accepts what only just came up.
    await page.waitForTimeout(150);
    await page.keyboard.press('Tab');
    await page.keyboard.type('(');
    await frame.locator('.told b', { hasText: 'dx int' }).waitFor();
    await page.keyboard.type('1, ');
    await frame.locator('.told b', { hasText: 'dy int' }).waitFor();
    await shot(page, 'signature');
    await page.keyboard.type('2)\nstrings.Rep');
    await frame.locator('.cm-tooltip-autocomplete li', { hasText: 'Repeat' }).first().waitFor();
    await page.waitForTimeout(150);
    await page.keyboard.press('Tab');
    await expect.poll(() => text(frame), { timeout: 20_000 }).toContain('import "fmt"\nimport "strings"');
    await expect.poll(() => text(frame)).toContain('strings.Repeat');
    await page.context().close();
  });

  test('a key tells what a name is and what it takes of memory; Escape closes it', async () => {
    const { page, frame } = await open('here := &poi');
    await page.keyboard.press('Control+Shift+Space');
    const told = frame.locator('.told');
    await told.waitFor();
    await expect.poll(() => told.innerText()).toMatch(/type point struct[\s\S]*point is a place\.[\s\S]*24 bytes, aligned to 8[\s\S]*pointers within the first 16 bytes[\s\S]*7 bytes of it are padding/);
    await shot(page, 'hover');
    await page.keyboard.press('Escape');
    await told.waitFor({ state: 'detached' });
    await expect.poll(() => frame.locator('#cell-1 .cm-content').count()).toBe(1);
    await page.keyboard.press('Escape');
    await frame.locator('#cell-1 .cm-content').waitFor({ state: 'detached' });
    await page.context().close();
  });

  test('F12 goes to the declaration, Shift-F12 shows uses, F2 renames them', async () => {
    const { page, frame } = await open('Println(her');
    await page.keyboard.press('Shift+F12');
    await expect.poll(() => frame.locator('.go-use').count(), { timeout: 20_000 }).toBe(2);
    await page.keyboard.press('F2');
    const field = frame.locator('.go-rename input');
    await field.waitFor();
    await field.fill('fmt');
    await page.keyboard.press('Enter');
    await frame.locator('.go-rename [role=alert]', { hasText: 'Not renamed' }).waitFor();
    await shot(page, 'rename');
    await field.fill('there');
    await page.keyboard.press('Enter');
    await expect.poll(() => text(frame), { timeout: 20_000 }).toContain('there := &point');
    await expect.poll(() => text(frame)).toContain('Println(there.name)');
    await page.keyboard.press('Control+z');
    await expect.poll(() => text(frame), { timeout: 20_000 }).toContain('here := &point');
    await page.keyboard.press('F12');
    await expect.poll(() => frame.evaluate(() => window.getSelection()?.toString()), { timeout: 20_000 }).toBe('here');
    await page.context().close();
  });
});
