/** What components reach from anywhere in the frame. */
import { getContext, setContext } from 'svelte';
import type { Say } from '../i18n/page.ts';
import type { Notebook } from './doc/notebook.svelte.ts';

export interface Page {
  readonly notebook: Notebook;
  readonly say: Say;
  readonly mac: boolean;
  readonly dark: boolean;
  announce(text: string): void;
  download(name: string, mime: string, content: string | ArrayBuffer): void;
  copy(text: string): void;
  palette(open: boolean): void;
}
const key = Symbol('page');
export const providePage = (page: Page): Page => setContext(key, page);
export const usePage = (): Page => getContext<Page>(key);
