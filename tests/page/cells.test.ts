/** Kinds of cells, and what of a notebook runs when: as a reader sees it. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { given } from './given.ts';
import { canRun, inner, site, write } from './help.ts';
import type { Site } from './help.ts';

describe.runIf(canRun)('cells', () => {
  let s: Site;
  beforeAll(async () => { s = await site(); });
  afterAll(async () => { await s?.close(); });
  const goProgram = '//lab:run GOGC=$gogc\npackage main\n\n//lab:input\nconst n = 1\n\nfunc main() { println("n is", n) }\n';

  test('text with formulas, HTML, JavaScript, TypeScript and Go show what they should', async () => {
    const { page, frame } = await given(s, [
      ['md', '# Title\n\nA *word*, ${1 + 1} and $a^2$.'], ['html', '<b id="bold">bold ${3 * 3}</b>'], ['js', 'const six = 6\ndisplay({deep: {list: [1, 2, six]}})'],
      ['ts', 'const seven: number = six + 1;\ndisplay(seven)'], ['go', 'package main\n\nfunc main() { println("from Go") }\n', { output: 'r' }], ['js', 'r.stderr + r.exit'], ['tex', 'E = mc^2'],
    ]);
    await frame.locator('#cell-1 h1', { hasText: 'Title' }).waitFor();
    await frame.locator('#cell-1 math').waitFor();
    await expect.poll(() => frame.locator('#cell-1 p').textContent()).toContain('A word, 2 and');
    await frame.locator('#cell-2 #bold', { hasText: 'bold 9' }).waitFor();
    await frame.locator('#cell-4 .observablehq', { hasText: '7' }).waitFor({ timeout: 15_000 });
    await frame.locator('#cell-5 .out', { hasText: 'from Go' }).waitFor({ timeout: 20_000 });
    await frame.locator('#cell-6 .observablehq', { hasText: 'from Go' }).waitFor();
    await frame.locator('#cell-7 math').waitFor();
    // The inspector opens by the keyboard and by a click.
    await frame.locator('#cell-3 .observablehq--caret, #cell-3 .observablehq--collapsed a').first().click();
    await frame.locator('#cell-3 .observablehq--expanded').first().waitFor();
    await page.context().close();
  });

  test('an input drives a constant and a knob of a Go program, and only what depends runs again', async () => {
    const { page, frame } = await given(s, [
      ['js', 'const n = view(Inputs.range([1, 100], {step: 1, value: 5, label: "n"}))'], ['js', 'const gogc = 50'],
      ['go', goProgram, { output: 'r' }], ['js', 'globalThis.other = (globalThis.other ?? 0) + 1'], ['js', 'globalThis.mine = (globalThis.mine ?? 0) + 1; display(r.knobs.gogc + " " + n)'],
    ]);
    await frame.locator('#cell-3 .out', { hasText: 'n is 5' }).waitFor({ timeout: 20_000 });
    await frame.locator('#cell-5 .observablehq', { hasText: '50 5' }).waitFor();
    const before = await frame.evaluate(() => (globalThis as unknown as { mine: number }).mine);
    await frame.locator('#cell-1 input[type=number]').fill('42');
    await frame.locator('#cell-3 .out', { hasText: 'n is 42' }).waitFor({ timeout: 20_000 });
    await frame.locator('#cell-5 .observablehq', { hasText: '50 42' }).waitFor();
    await expect.poll(() => frame.evaluate(() => (globalThis as unknown as { other: number }).other)).toBe(1);
    await expect.poll(() => frame.evaluate(() => (globalThis as unknown as { mine: number }).mine)).toBeGreaterThan(before);
    await page.context().close();
  });

  test('a chain of Go cells and a failing cell say their states, aloud too', async () => {
    const { page, frame } = await given(s, [['js', 'const a = 1'], ['js', 'throw new TypeError("no " + a)'], ['md', 'fine']]);
    await frame.locator('#cell-2.error .problems', { hasText: 'TypeError: no 1' }).waitFor();
    await expect.poll(() => frame.locator('#cell-2 .state').textContent()).toContain('failed');
    await expect.poll(() => frame.locator('#cell-1 .state').textContent()).toContain('ran');
    await write(page, frame, 2, 'a + 1');
    await page.keyboard.press('Control+Enter');
    await frame.locator('#cell-2.idle .observablehq', { hasText: '2' }).waitFor();
    await frame.locator('[role=status]', { hasText: 'Cell 2 ran' }).waitFor();
    await write(page, frame, 2, 'throw 1');
    await page.keyboard.press('Control+Enter');
    await frame.locator('[role=status]', { hasText: 'Cell 2 failed' }).waitFor();
    await page.context().close();
  });

  test('when cells run only when asked, what depends on a change is stale until run', async () => {
    const { page, frame } = await given(s, [['js', 'const a = 1'], ['js', 'a * 10']]);
    await frame.locator('#cell-2 .observablehq', { hasText: '10' }).waitFor();
    await page.evaluate(() => { location.hash = '#/settings'; });
    await page.getByLabel(/only when asked|Run cells as they change/).first().click();
    await page.goBack();
    const again = await inner(page);
    await again.locator('#cell-1').waitFor();
    await again.locator('#cell-1').focus();
    await page.keyboard.press('Control+Enter');
    await again.locator('#cell-1.idle').waitFor();
    await write(page, again, 1, 'const a = 2');
    await page.keyboard.press('Control+Enter');
    await again.locator('#cell-2.stale').waitFor();
    await again.locator('#cell-2').focus();
    await page.keyboard.press('Control+Enter');
    await again.locator('#cell-2.idle .observablehq', { hasText: '20' }).waitFor();
    await page.context().close();
  });

  test('long output is capped, and the rest comes when asked', async () => {
    const { page, frame } = await given(s, [['go', 'package main\n\nfunc main() { for i := 0; i < 3000; i++ { println(i) } }\n'], ['js', 'Array.from({length: 100000}, (_, i) => i)'], ['js', 'display("x".repeat(5e6))']]);
    await frame.locator('#cell-1 .more').waitFor({ timeout: 20_000 });
    await expect.poll(async () => (await frame.locator('#cell-1 .out').textContent())!.split('\n').length).toBeLessThanOrEqual(21);
    await frame.locator('#cell-1 .more .btn').click();
    await expect.poll(async () => (await frame.locator('#cell-1 .out').textContent())!.split('\n').length).toBe(420);
    await frame.locator('#cell-3.idle').waitFor();
    await expect.poll(() => frame.evaluate(() => document.body.innerText.length)).toBeLessThan(200_000);
    await page.context().close();
  });

  test('the mistakes of a notebook are told in the cells that have them', async () => {
    const { page, frame } = await given(s, [['js', 'const a = b'], ['js', 'const b = a'], ['js', 'const c = 1'], ['js', 'const c = 2'], ['js', 'hiegth'], ['js', 'const height = )']]);
    await frame.locator('#cell-1 .problems', { hasText: 'circle' }).waitFor();
    await frame.locator('#cell-2 .problems', { hasText: 'circle' }).waitFor();
    await frame.locator('#cell-3 .problems', { hasText: '“c” is defined more than once: cells 3, 4' }).waitFor();
    await frame.locator('#cell-5 .problems', { hasText: '“hiegth” is not defined' }).waitFor();
    await frame.locator('#cell-6 .problems', { hasText: 'Unexpected token' }).waitFor();
    await frame.locator('#cell-3 .problems .link', { hasText: 'cell 4' }).click();
    await frame.locator('#cell-4.focused').waitFor();
    await page.context().close();
  });

  test('of hundreds of cells only those near are drawn; the rest come when scrolled to', async () => {
    const { page, frame } = await given(s, Array.from({ length: 400 }, (_, i) => ['js', i === 0 ? 'const v1 = 1' : `const v${i + 1} = v${i} + 1`] as const));
    await frame.locator('#cell-1 .code').waitFor();
    await frame.locator('#cell-400').waitFor({ state: 'attached' });
    for (const part of ['.code', '.label', '.cell-values']) expect(await frame.locator(part).count()).toBeLessThan(100);
    await frame.locator('#cell-400').evaluate(e => e.scrollIntoView());
    await frame.locator('#cell-400 .code').waitFor();
    await frame.locator('#cell-400.idle').waitFor();
    await page.context().close();
  });

  test('typing in a long notebook changes that cell and no other', async () => {
    const { page, frame } = await given(s, Array.from({ length: 300 }, (_, i) => i % 2 === 0 ? ['md', `## Section ${i}\n\nText.`] as const : ['js', i === 1 ? 'const v1 = 1' : `const v${i} = v${i - 2} + 1`] as const));
    await frame.locator('#cell-300.idle').waitFor();
    await frame.locator('#cell-2').focus();
    await page.keyboard.press('Enter');
    await frame.locator('#cell-2 .cm-content').waitFor();
    await page.keyboard.press('Control+End');
    await page.keyboard.type('1');
    await page.waitForTimeout(300);
    await frame.evaluate(() => {
      const g = globalThis as unknown as { touched: string[] };
      g.touched = [];
      new MutationObserver(list => {
        for (const m of list) {
          const e = m.target instanceof Element ? m.target : m.target.parentElement;
          if (!e?.closest('.editor, [aria-live]')) g.touched.push(`${m.type} ${m.attributeName ?? ''} ${e?.closest('[id]')?.id ?? e?.nodeName ?? ''}`);
        }
      }).observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
    });
    await page.keyboard.type('2345', { delay: 30 });
    await page.waitForTimeout(100);
    expect(await frame.evaluate(() => (globalThis as unknown as { touched: string[] }).touched)).toEqual([]);
    await page.context().close();
  });

  test('a change that runs through hundreds of cells redraws none of them on its way', async () => {
    const { page, frame } = await given(s, [['js', 'const v0 = view(Inputs.range([1, 100], {step: 1, value: 1, label: "x"}))'], ...Array.from({ length: 200 }, (_, i) => ['js', `const v${i + 1} = v${i} + 1`] as const), ['js', 'v200']]);
    await frame.locator('#cell-202').evaluate(e => e.scrollIntoView());
    await frame.locator('#cell-202 .observablehq', { hasText: '201' }).waitFor();
    await frame.locator('#cell-202.idle').waitFor();
    await frame.evaluate(() => {
      const g = globalThis as unknown as { drawn: string[] };
      g.drawn = [];
      new MutationObserver(list => { for (const m of list) g.drawn.push(`${(m.target as Element).id} ${(m.target as Element).className}`); }).observe(document.querySelector('.article')!, { subtree: true, attributeFilter: ['class'] });
      const input = document.querySelector<HTMLInputElement>('#cell-1 input[type=number]')!;
      input.value = '50';
      input.dispatchEvent(new Event('input', { bubbles: true }));
    });
    await frame.locator('#cell-202 .observablehq', { hasText: '250' }).waitFor();
    await page.waitForTimeout(100);
    expect(await frame.evaluate(() => (globalThis as unknown as { drawn: string[] }).drawn.filter(d => /cell .*(queued|running)/.test(d)))).toEqual([]);
    await page.context().close();
  });
});
