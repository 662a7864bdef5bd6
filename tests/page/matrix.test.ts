/**
 * Every page in every dress: nothing sticks out, nothing is cut off, axe finds nothing.
 * Here two of the four combinations of theme and language, at two widths; MATRIX=1 asks for
 * all four at four widths, MATRIX=DIRECTORY for pictures of them too.
 */
import { mkdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { canRun, context, site, withAxe } from './help.ts';
import type { Site } from './help.ts';
import { furnish, look, places } from './places.ts';
import type { Library } from './places.ts';
import type { BrowserContext } from 'playwright-core';

const full = process.env.MATRIX ?? '', only = process.env.PLACE;
const shots = full.length > 1 ? full : undefined;
const combos = (full ? [['light', 'en'], ['light', 'zh'], ['dark', 'en'], ['dark', 'zh']] : [['light', 'en'], ['dark', 'zh']]) as ['light' | 'dark', 'en' | 'zh'][];
const widths = full ? [360, 768, 1280, 1920] : [360, 1280];

describe.runIf(canRun)('every page', { timeout: full ? 1_800_000 : 400_000 }, () => {
  let s: Site, c: BrowserContext, l: Library;
  beforeAll(async () => {
    if (shots) mkdirSync(shots, { recursive: true });
    s = await site();
    c = await context(s);
    await withAxe(c);
    l = await furnish(c, s.url);
  });
  afterAll(async () => { await s?.close(); });
  test.each(combos)('%s, %s', async (colorScheme, lang) => {
    const page = await c.newPage(), wrong: string[] = [];
    await page.emulateMedia({ colorScheme });
    await page.addInitScript((v: string) => { localStorage.setItem('go-memory-lab.settings', v); }, JSON.stringify({ lang, autorun: true }));
    // Chapters are the dear ones: unless all is asked for, each is seen in one dress.
    const chapters = places.filter((p) => p.chapter), mine = full ? chapters : [chapters[combos.findIndex(([t, g]) => t === colorScheme && g === lang) % chapters.length]];
    for (const place of places) {
      if ((only && !place.name.includes(only)) || (place.chapter && !mine.includes(place))) continue;
      const start = performance.now();
      try { wrong.push(...await look(page, l, place, `${colorScheme} ${lang}`, { widths, axe: true, shots })); } catch (e) { wrong.push(`${place.name}, ${colorScheme} ${lang}: cannot be reached: ${String(e).split('\n').slice(0, 3).join(' ')}`); }
      if (full) console.log(`${place.name} ${colorScheme} ${lang}: ${Math.round(performance.now() - start)} ms, ${wrong.length} so far`);
    }
    await page.close();
    expect(wrong).toEqual([]);
  });
});
