/** The compiler's verdicts in a Go cell, used as a reader would: marks, cards, the table and what opens from it. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Frame, Page } from 'playwright-core';
import { given } from './given.ts';
import { canRun, site, violations as all } from './help.ts';
import type { Site } from './help.ts';
import * as recorded from './verdicts_recorded.ts';

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

/** What axe finds in the frame; the notebook of these tests has no heading. */
const violations = async (frame: Frame): Promise<string[]> => (await all(frame)).filter(v => !v.startsWith('page-has-heading-one'));

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
    await expect.poll(() => card.innerText()).toMatch(/moved to heap: t\s+at run time: heap object of 16 B, class 2 \(16 B\)\s+t is on the heap, because the address of t is returned/);
    await page.keyboard.press('Escape');
    await card.waitFor({ state: 'detached' });
    await line(frame, 15).locator('button.mark').hover();
    await expect.poll(() => card.innerText()).toContain('32-byte buffer on the stack');
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
    await expect.poll(() => marks()).toBe(before.replace(/(\d+):/g, (_, n: string) => `${Number(n) + 1}:`));
    // Typing through a check: what is typed stands in one piece where the caret was.
    await page.keyboard.type('// some words typed slowly', { delay: 30 });
    await frame.locator('#cell-1 .cm-line', { hasText: '// some words typed slowly' }).waitFor();
    await page.keyboard.press('F8');
    const tip = frame.locator('.cm-tooltip .card');
    await tip.waitFor();
    await expect.poll(() => tip.innerText()).toContain('moved to heap: t');
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

  test('the table filters by kind and text, leads to its lines, and says what each site really does and did', async () => {
    const { page, frame } = await open();
    await frame.locator('#cell-1.idle').waitFor({ timeout: 30_000 });
    await frame.locator('#tab-1-verdicts').click();
    const rows = frame.locator('#cell-1 tr[data-row]');
    await rows.first().waitFor();
    await expect.poll(() => rows.first().innerText()).toContain('can inline f');
    await frame.locator('#cell-1 .chip', { hasText: 'Moved' }).click();
    await expect.poll(() => rows.count()).toBe(1);
    await expect.poll(async () => (await rows.nth(0).innerText()).replace(/\s+/g, ' ')).toContain('6:2 moved to heap: t heap: 16 B, class 2 (16 B) 0 0 B');
    await frame.locator('#cell-1 .chip', { hasText: /^All/ }).click();
    await frame.locator('#cell-1 input[type=search]').fill('make');
    await expect.poll(async () => (await rows.allInnerTexts()).map(t => t.replace(/\s+/g, ' ').trim())).toEqual(['13:11 make([]int, 8) does not escape stack, 64 B', '15:11 make([]byte, n) does not escape 32-byte buffer, then heap 0 0 B']);
    await frame.locator('#cell-1').getByRole('button', { name: 'CSV' }).click();
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Save', exact: true }).click()]);
    expect(readFileSync(await file.path(), 'utf8')).toContain('13,11,stack,"make([]int, 8) does not escape","stack, 64 B"');
    // One stop of the keyboard, arrows inside, Enter leads to the line.
    await rows.first().locator('.at').focus();
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => frame.evaluate(() => document.activeElement?.textContent)).toBe('15:11');
    await expect.poll(() => frame.locator('#cell-1 table [tabindex="0"]').count()).toBe(1);
    await page.keyboard.press('Enter');
    await frame.locator('#cell-1 .cm-activeLine, #cell-1 .cm-content').first().waitFor();
    await page.keyboard.insertText('/* here */ ');
    await frame.locator('#cell-1 .cm-line', { hasText: 'b := /* here */ make([]byte, n)' }).waitFor();
    await expect.poll(() => violations(frame)).toEqual([]);
    await page.context().close();
  });

  test('the way of a value is drawn over the source, in words and as -m=2 prints it, with remedies that were tried', async () => {
    const { page, frame } = await open('package main\n\ntype T struct{ a, b int }\n\n//go:noinline\nfunc f() *T {\n\tt := T{1, 2}\n\treturn &t\n}\n\nfunc main() {\n\tt := f()\n\tprintln(t.a)\n}\n');
    await frame.locator('#cell-1.idle').waitFor({ timeout: 30_000 });
    await frame.locator('#tab-1-verdicts').click();
    const row = frame.locator('#cell-1 tr[data-row]', { hasText: 'moved to heap: t' }).first();
    await row.locator('button.link').click();
    await frame.locator('#cell-1 .sentence', { hasText: 't is on the heap, because the address of t is returned.' }).waitFor();
    await expect.poll(() => frame.locator('#cell-1 .badge').allInnerTexts()).toEqual(['●', '1 &', '2']);
    await expect.poll(() => frame.locator('#cell-1 .pic path.link-line').count()).toBe(3);
    await expect.poll(() => frame.locator('#cell-1 .way ol li').allInnerTexts()).toEqual([expect.stringContaining('&t takes the address'), expect.stringContaining('returns it')]);
    // The badge stands above the text that it speaks of.
    const [badge, text] = await Promise.all([frame.locator('#cell-1 .badge', { hasText: '1 &' }).boundingBox(), frame.locator('#cell-1 .pic .src .ln', { hasText: 'return &t' }).boundingBox()]);
    expect(badge!.y + badge!.height).toBeLessThanOrEqual(text!.y + 2);
    expect(badge!.x).toBeGreaterThan(text!.x);
    expect(badge!.x).toBeLessThan(text!.x + text!.width);
    await frame.locator('#cell-1 .way summary').click();
    await expect.poll(() => frame.locator('#cell-1 .way pre').innerText()).toBe('t escapes to heap in f:\n  flow: ~r0 ← &t:\n    from &t (address-of) at main.go:8:9\n    from return &t (return) at main.go:8:2');
    await frame.locator('#cell-1 .way ul li', { hasText: 'Return T, not a pointer to it Apply' }).waitFor();
    await expect.poll(() => frame.locator('#cell-1 .way ul li').first().innerText()).toContain('verdicts for the heap: 1 → 0');
    await expect.poll(() => violations(frame)).toEqual([]);
    await page.keyboard.press('Escape');
    await frame.locator('#cell-1 .way').waitFor({ state: 'detached' });
    await page.context().close();
  });

  test('side by side: with and without inlining, and two versions of Go; what differs is counted', async () => {
    const { page, frame } = await open();
    await line(frame, 6).locator('button.mark.moved').waitFor({ timeout: 30_000 });
    await frame.locator('#tab-1-verdicts').click();
    await frame.locator('#cell-1 .views [role=tab]').nth(1).click();
    const count = frame.locator('#cell-1 .count b');
    await count.filter({ hasText: /^\d+ verdicts differ$/ }).waitFor();
    const n = Number((await count.innerText()).split(' ')[0]);
    await expect.poll(() => frame.locator('#cell-1 tr.differs').count()).toBe(n);
    // t of f is on the heap in both; inlined into main it is not, which only the left side says.
    const inlined = frame.locator('#cell-1 tr.differs', { hasText: 'inlining call to f' });
    await expect.poll(async () => (await inlined.innerText()).replace(/\s+/g, ' ')).toMatch(/≠ ?16:13 inlining call to f nothing/);
    await frame.locator('#cell-1 fieldset').nth(1).locator('input[type=checkbox]').check();
    await count.filter({ hasText: 'No verdict differs.' }).waitFor();
    await frame.locator('#cell-1 fieldset').nth(1).locator('select').selectOption('1.21');
    await count.filter({ hasText: /differ/ }).filter({ hasNotText: 'No' }).waitFor();
    const made = frame.locator('#cell-1 tr.differs', { hasText: 'make([]byte, n)' });
    await expect.poll(async () => (await made.innerText()).replace(/\s+/g, ' ')).toMatch(/make\(\[\]byte, n\) does not escape 32-byte buffer, then heap make\(\[\]byte, n\) escapes to heap heap, size known when it runs/);
    await frame.getByLabel('Only differences').check();
    await expect.poll(() => frame.locator('#cell-1 tr[data-row]:not(.differs)').count()).toBe(0);
    await expect.poll(() => violations(frame)).toEqual([]);
    await page.context().close();
  });

  test('a function before and after inlining, each line with where it came from', async () => {
    const { page, frame } = await open();
    await line(frame, 6).locator('button.mark.moved').waitFor({ timeout: 30_000 });
    await frame.locator('#tab-1-verdicts').click();
    await frame.locator('#cell-1 .views [role=tab]').nth(2).click();
    const [before, after] = [frame.getByRole('listbox', { name: 'Before inlining' }), frame.getByRole('listbox', { name: 'After inlining' })];
    await after.locator('.row.came').first().waitFor();
    await expect.poll(() => before.innerText()).toContain('e := keep(f())');
    await expect.poll(() => before.locator('.row.came').count()).toBe(0);
    await expect.poll(() => after.locator('.row.came', { hasText: 't := T{...}' }).innerText()).toMatch(/← from f, line 6/);
    // Pointing at a line lights its counterparts.
    await before.locator('.row', { hasText: 'e := keep(f())' }).hover();
    await after.locator('.row.came.lit', { hasText: 't := T{...}' }).waitFor();
    await frame.getByLabel('Function').selectOption('keep');
    await frame.locator('#cell-1 [role=status]', { hasText: 'Nothing is inlined into keep.' }).waitFor();
    await expect.poll(() => violations(frame)).toEqual([]);
    await page.context().close();
  });

  test('every step of the compiler opens beside the source, by keyboard too, and allocator calls are marked', async () => {
    const { page, frame } = await open(program.replace('func f()', '//go:noinline\nfunc f()'));
    await line(frame, 7).locator('button.mark.moved').waitFor({ timeout: 30_000 });
    await frame.locator('#tab-1-verdicts').click();
    await frame.locator('#cell-1 .views [role=tab]').nth(3).click();
    const pane = (name: string): ReturnType<Frame['locator']> => frame.getByRole('listbox', { name, exact: true });
    await pane('Tokens').locator('.row', { hasText: 'package' }).waitFor();
    await frame.locator('#cell-1 .strip [role=tab]').first().focus();
    for (const [name, row] of [['Syntax tree', 'FuncDecl'], ['Types', '*T'], ['IR', 'return &t'], ['Inlined IR', 'return &t'], ['Escape graph', '~r0 ← &t']] as const) {
      await page.keyboard.press('ArrowRight');
      await pane(name).locator('.row', { hasText: row }).first().waitFor();
    }
    await expect.poll(() => violations(frame)).toEqual([]);
    // A line of the source lights what was made of it, and the other way round.
    await frame.locator('#cell-1 .strip [role=tab]', { hasText: 'WebAssembly' }).click();
    await pane('WebAssembly').locator('.row', { hasText: 'func main.f' }).waitFor();
    await pane('Source').locator('.row').nth(6).hover();
    await pane('WebAssembly').locator('.row.lit.alloc', { hasText: 'call runtime.newobject' }).waitFor();
    await frame.getByRole('button', { name: 'Next allocator call' }).click();
    await pane('Source').locator('.row.lit', { hasText: 't := T{1, 2}' }).waitFor();
    await pane('WebAssembly').focus();
    await page.keyboard.press('End');
    await page.keyboard.press('Home');
    await expect.poll(() => frame.evaluate(() => document.getElementById(document.activeElement!.getAttribute('aria-activedescendant') ?? '')?.textContent ?? '')).toContain('func main.');
    await expect.poll(() => pane('WebAssembly').locator('.row').count()).toBeLessThan(60);
    await expect.poll(() => violations(frame)).toEqual([]);
    await page.context().close();
  });

  test('verdicts around the standard library are those that real Go prints', async () => {
    const { page, frame } = await given(s, [['go', recorded.program, { output: 'r' }], ['js', '{ const p = document.createElement("pre"); p.textContent = [...r.escapes, ...r.inlining].map(v => `${v.line}:${v.col}: ${v.text}`).join("\\n"); display(p); }']]);
    const all = frame.locator('#cell-2 pre');
    await all.waitFor({ timeout: 40_000 });
    await expect.poll(async () => (await all.textContent())!.split('\n').sort()).toEqual(recorded.lines.toSorted());
    await page.context().close();
  });
});
