/**
 * Every page of the app as a place one can go to, and what is asked of a page at some width:
 * nothing sticks out of it, nothing one can press is cut off, axe finds nothing.
 */
import type { BrowserContext, Frame, Page } from 'playwright-core';
import { inner, saved, violations, write } from './help.ts';

/** Where the places are: a library with two notebooks, one forked from the other, and one thrown away. */
export interface Library { readonly url: string; readonly session: string; readonly open: string }
/** frame: the place shows a notebook. go: from a loaded app to the place. */
export interface Place { readonly name: string; readonly frame?: boolean; readonly chapter?: boolean; go(page: Page, l: Library): Promise<void> }

const program = 'package main\n\nimport "fmt"\n\nvar keep []*int\n\nfunc main() {\n\tfor i := 0; i < 20000; i++ {\n\t\tkeep = append(keep, new(int))\n\t}\n\tfmt.Println(len(keep))\n}\n';

export async function furnish(c: BrowserContext, url: string): Promise<Library> {
  const page = await c.newPage();
  await page.goto(`${url}#/new`);
  const frame = await inner(page);
  await write(page, frame, 2, program);
  await frame.locator('#cell-2 .out', { hasText: '20000' }).waitFor({ timeout: 30_000 });
  await saved(page);
  await page.getByRole('button', { name: 'Share' }).click();
  const field = page.locator('.share-line input');
  await field.waitFor();
  let open = '';
  for (let i = 0; i < 100 && !open.includes('#/open/'); i++) { open = await field.inputValue(); await page.waitForTimeout(50); }
  await page.keyboard.press('Escape');
  await page.locator('header .btn.primary').click();
  await page.locator('.tree ul ul a[aria-current]').waitFor();
  const session = `#/${page.url().split('#/')[1]}`;
  // A third notebook goes to the bin.
  await page.goto('about:blank');
  await page.goto(`${url}#/new`);
  await write(page, await inner(page), 2, 'package main\n\nfunc main() {\n\tprintln("thrown away")\n}\n');
  await saved(page);
  await page.locator('.crumbs button.here').click();
  await page.locator('.dialog form').waitFor();
  await page.getByRole('button', { name: /Delete|Throw/ }).first().click();
  await page.locator('.contents .bin').waitFor();
  await page.close();
  return { url, session, open: `#/${open.split('#/')[1]}` };
}

/** Goes to an address as a fresh load. */
async function fresh(page: Page, url: string): Promise<void> {
  await page.goto('about:blank');
  await page.goto(url);
}
/** Waits until no cell waits or runs, for two looks. */
async function quiet(frame: Frame): Promise<void> {
  for (let i = 0, still = 0; i < 300 && still < 2; i++) {
    still = await frame.locator('.cell.running, .cell.queued').count() === 0 ? still + 1 : 0;
    await frame.page().waitForTimeout(100);
  }
}
const chapter = (slug: string): Place => ({ name: slug, frame: true, chapter: true, go: async (page, l) => {
  await fresh(page, `${l.url}#/chapter/${slug}`);
  await quiet(await inner(page));
} });
async function session(page: Page, l: Library): Promise<Frame> {
  // Who is there already closes what is open.
  if (page.url().endsWith(l.session)) {
    await page.keyboard.press('Escape');
    const frame = await inner(page);
    await frame.waitForTimeout(50);
    if (await page.locator('dialog, .body.drawer').count() + await frame.locator('dialog, .find').count() === 0) return frame;
  }
  await fresh(page, l.url + l.session);
  const frame = await inner(page);
  await frame.locator('#cell-2 .out', { hasText: '20000' }).waitFor({ timeout: 30_000 });
  return frame;
}
const inSession = (name: string, then: (page: Page, frame: Frame) => Promise<void>): Place => ({ name, frame: true, go: async (page, l) => then(page, await session(page, l)) });
const palette = async (page: Page, frame: Frame): Promise<void> => {
  await page.keyboard.press('Control+k');
  await frame.locator('[role=dialog] input, .palette input').first().waitFor();
};
/** A tab of the run's results. */
const tab = (key: string): Place => inSession(`tab ${key}`, async (_, frame) => {
  await frame.locator(`#tab-2-${key}`).click();
  await frame.locator(`#tab-2-${key}[aria-selected=true]`).waitFor();
  await frame.locator('#panel-2').waitFor();
});

export const places: readonly Place[] = [
  { name: 'contents', go: async (page, l) => { await fresh(page, l.url); await page.locator('.session').nth(1).waitFor(); } },
  { name: 'bin', go: async (page, l) => { await fresh(page, l.url); await page.locator('.bin summary').click(); await page.locator('.bin li').first().waitFor(); } },
  { name: 'search', go: async (page, l) => { await fresh(page, l.url); await page.locator('input.search').fill('keep'); await page.locator('.session').first().waitFor(); } },
  { name: 'search without result', go: async (page, l) => { await fresh(page, l.url); await page.locator('input.search').fill('qqqq'); await page.locator('.hint[role=status]').waitFor(); } },
  { name: 'reference', go: async (page, l) => { await fresh(page, `${l.url}#/reference`); await page.locator('main h1').waitFor(); } },
  { name: 'compare nothing', go: async (page, l) => { await fresh(page, `${l.url}#/compare//`); await page.locator('main').waitFor(); } },
  { name: 'compare', go: async (page, l) => { await session(page, l); await page.locator('header a.btn, #drawer a.btn').first().evaluate((a: HTMLElement) => { a.click(); }); await page.locator('.cell-pair .verdict.same').waitFor(); } },
  { name: 'unknown chapter', go: async (page, l) => { await fresh(page, `${l.url}#/chapter/nowhere`); await page.locator('main.contents p').first().waitFor(); } },
  { name: 'unknown session', go: async (page, l) => { await fresh(page, `${l.url}#/session/nobody`); await page.locator('main.contents p').first().waitFor(); } },
  { name: 'damaged link', go: async (page, l) => { await fresh(page, `${l.url}#/open/zzzz`); await page.locator('main.contents p').first().waitFor(); } },
  { name: 'unknown address', go: async (page, l) => { await fresh(page, `${l.url}#/no/such/page`); await page.locator('main').waitFor(); } },
  { name: 'shared link', frame: true, go: async (page, l) => { await fresh(page, l.url + l.open); await inner(page); await page.locator('.notice').first().waitFor(); } },
  inSession('notebook', async () => {}),
  ...['verdicts', 'heap', 'spans', 'gc', 'sites'].map(tab),
  inSession('palette', palette),
  inSession('find', async (page, frame) => { await frame.locator('#cell-2').focus(); await page.keyboard.press('Control+Shift+F'); await frame.locator('.find input').first().waitFor(); }),
  inSession('history', async (page) => { await press(page, /^(History|历史)$/); await page.locator('.versions button').first().waitFor(); }),
  inSession('share', async (page) => { await press(page, /^(Share|分享)$/); await page.locator('.share-line input').waitFor(); }),
  inSession('details', async (page) => { await page.locator('.crumbs button.here').evaluate((b: HTMLElement) => { b.click(); }); await page.locator('.dialog form').waitFor(); }),
  inSession('drawer', async (page) => { const menu = page.locator('.menu-button'); if (await menu.isVisible()) await menu.click(); }),
  chapter('01-how-go-allocates'),
  chapter('02-slices-and-escape'),
];
/** A button of the header, or on narrow pages of the drawer. */
async function press(page: Page, name: RegExp): Promise<void> {
  const b = page.locator('header, #drawer').getByRole('button', { name });
  if (!await b.first().isVisible()) await page.locator('.menu-button').click();
  await b.filter({ visible: true }).first().click();
}

/** What sticks out of a document, and what can be pressed but is cut off. */
export async function tooWide(where: Page | Frame): Promise<string[]> {
  return where.evaluate(() => {
    const found: string[] = [], tell = (e: Element): string => `<${e.tagName.toLowerCase()} class="${e.getAttribute('class') ?? ''}"> ${(e.textContent ?? '').trim().slice(0, 40)}`;
    const over = document.documentElement.scrollWidth - innerWidth;
    if (over > 0) found.push(`the document is ${over} px too wide`);
    const shows = (e: Element): boolean => e.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && !e.closest('.visually-hidden, .skip, .cm-editor');
    for (const e of document.querySelectorAll('button, a[href], input, select, textarea, summary, [role=tab], h1, h2, h3, p, td, th, svg, pre')) {
      const r = e.getBoundingClientRect();
      if (r.width <= 1 || r.height <= 1 || !shows(e) || e.matches('.visually-hidden')) continue;
      // Who scrolls sideways may hold wide things; who hides what does not fit may not hold things to press.
      let box: Element | null = e.parentElement, inScroller = false;
      for (; box && box !== document.documentElement; box = box.parentElement) {
        const o = getComputedStyle(box).overflowX;
        if (o === 'auto' || o === 'scroll') { inScroller = true; break; }
        const b = box.getBoundingClientRect();
        if ((o === 'hidden' || o === 'clip') && e.matches('button, a[href], input, select, textarea, summary, [role=tab]') && (r.right > b.right + 1.5 || r.left < b.left - 1.5) && !e.closest('svg')) found.push(`cut off by ${Math.round(r.right - b.right)} px: ${tell(e)}`);
      }
      if (!inScroller && (r.right > innerWidth + 1 || r.left < -1) && getComputedStyle(e).position !== 'fixed') found.push(`sticks out to ${Math.round(r.right)} of ${innerWidth}: ${tell(e)}`);
    }
    return [...new Set(found)].slice(0, 6);
  });
}

/** Every part of a document is on screen once, as a reader would see it: what is far away is not laid out. */
const leafThrough = (where: Page | Frame): Promise<void> => where.evaluate(async () => {
  const frames = (): Promise<unknown> => new Promise(r => { requestAnimationFrame(() => requestAnimationFrame(r)); });
  for (let y = 0; y < document.documentElement.scrollHeight; y += innerHeight) { scrollTo(0, y); await frames(); }
  scrollTo(0, 0);
  await frames();
});

export interface Asked { readonly widths: readonly number[]; readonly axe: boolean; readonly shots?: string }
/** Everything wrong with a place in the page's language and theme. */
export async function look(page: Page, l: Library, place: Place, how: string, o: Asked): Promise<string[]> {
  const wrong: string[] = [];
  await page.setViewportSize({ width: Math.max(...o.widths), height: 900 });
  await place.go(page, l);
  for (const width of o.widths) {
    // Dialogs and drawers are opened anew where the width decides what they are.
    if (place.name === 'drawer') { await page.setViewportSize({ width, height: 900 }); await place.go(page, l); }
    await page.setViewportSize({ width, height: 900 });
    const documents: (Page | Frame)[] = place.frame ? [page, await inner(page)] : [page];
    for (const d of documents) {
      await leafThrough(d);
      for (const w of await tooWide(d)) wrong.push(`${place.name}, ${how}, ${width} px${d === page ? '' : ', frame'}: ${w}`);
      if (o.axe && width === o.widths[0]) for (const v of await violations(d)) wrong.push(`${place.name}, ${how}, ${width} px${d === page ? '' : ', frame'}: ${v}`);
    }
    if (o.shots) await page.screenshot({ path: `${o.shots}/${place.name.replace(/\W+/g, '-')}-${how.replace(/\W+/g, '-')}-${width}.png` });
  }
  return wrong;
}
