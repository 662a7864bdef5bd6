/**
 * The names every cell may use: Observable's, without their CDN, and ours. Large
 * ones are promises of chunks, fetched when a cell first reads them.
 */
import * as htl from './htl.ts';
import { input, now, observe, queue } from 'kit:generators';
import { Mutable } from 'kit:mutable';
import { claims, predict } from '../claims/claims.ts';
import { chunk } from './chunks.ts';
import { md, tex } from './markdown.ts';

type InputMakers = Readonly<Record<string, (...args: unknown[]) => HTMLElement>>;
/** Inputs whose slider has a name of its own: the original names only the number beside it. */
const labelled = (inputs: InputMakers): InputMakers => ({
  ...inputs,
  range: (...args) => {
    const form = inputs.range(...args), slider = form.querySelector('input[type=range]');
    slider?.setAttribute('aria-label', form.querySelector('label')?.textContent?.trim() || 'value');
    return form;
  },
});
interface PlotChunk { Plot: unknown; Inputs: unknown; chart: unknown; }

/** Tells the page's language, 'en' or 'zh', and each change of it. */
function language(notify: (lang: 'en' | 'zh') => void): () => void {
  const root = document.documentElement;
  let last = '';
  const tell = (): void => { const lang = root.lang.startsWith('zh') ? 'zh' : 'en'; if (lang !== last) notify(last = lang); };
  tell();
  const o = new MutationObserver(tell);
  o.observe(root, { attributeFilter: ['lang'] });
  return () => { o.disconnect(); };
}

/** Runtime builtins: each a value or a function that makes it. themeChanges yields true while dark; width is the text column's. */
export function builtins(env: { dark(notify: (dark: boolean) => void): () => void; width(notify: (w: number) => void): () => void; lab(): unknown }): Record<string, unknown> {
  const plot = (key: keyof PlotChunk) => () => chunk<PlotChunk>('plot').then(m => m[key]);
  return {
    Plot: plot('Plot'),
    Inputs: () => chunk<PlotChunk>('plot').then(m => labelled(m.Inputs as InputMakers)),
    chart: plot('chart'),
    lab: () => env.lab(),
    claims: () => claims,
    predict: () => predict,
    md: () => md,
    tex: () => tex,
    htl: () => htl,
    html: () => htl.html,
    svg: () => htl.svg,
    Generators: () => ({ observe, input, queue, now }),
    Mutable: () => Mutable,
    now: () => now(),
    dark: () => observe(change => env.dark(change)),
    width: () => observe(change => env.width(change)),
    lang: () => observe(language),
    Promises: () => ({ delay: <T>(ms: number, value?: T) => new Promise<T | undefined>(r => { setTimeout(r, ms, value); }) }),
  };
}
