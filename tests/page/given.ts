/** A notebook made for a test, opened as if it were a published chapter. */
import type { BrowserContextOptions, Frame, Page } from 'playwright-core';
import { serializeNotebook } from '../../lib/notebook/document.ts';
import type { CellMode } from '../../lib/notebook/document.ts';
import { chapter, context, inner } from './help.ts';
import type { Site } from './help.ts';

export type Given = readonly (readonly [mode: CellMode, value: string, more?: { readonly output?: string; readonly pinned?: boolean; readonly hidden?: boolean }])[];

/** The file of cells numbered from 1. */
export const fileOf = (cells: Given): string => serializeNotebook({ title: 'Test', attrs: {}, cells: cells.map(([mode, value, more], i) => ({ id: i + 1, mode, value, pinned: mode !== 'md', hidden: false, attrs: {}, ...more })) });

/** Opens a notebook of these cells in a fresh browser context and does not wait for it. */
export async function thrown(s: Site, cells: Given, options: BrowserContextOptions = {}): Promise<Page> {
  const c = await context(s, { serviceWorkers: 'block', ...options });
  const page = await c.newPage();
  await page.route('**/notebooks/01-how-go-allocates.txt', r => r.fulfill({ contentType: 'text/plain; charset=utf-8', body: fileOf(cells) }));
  await page.goto(s.url + chapter);
  return page;
}

/** Opens a notebook of these cells in a fresh browser context. */
export async function given(s: Site, cells: Given, options: BrowserContextOptions = {}): Promise<{ page: Page; frame: Frame }> {
  const page = await thrown(s, cells, options);
  return { page, frame: await inner(page) };
}
