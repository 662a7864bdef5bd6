/** What all parts of the panel of verdicts share. */
import { getContext, setContext } from 'svelte';
import { verdictEn, type VerdictKey } from '../../i18n/verdict.en.ts';
import { verdictZh } from '../../i18n/verdict.zh.ts';
import type { Words } from '../kernel/gotypes.ts';
import type { PanelHost, PanelInput } from './panel.ts';

export class Panel {
  input: PanelInput = $state.raw() as PanelInput;
  constructor(readonly host: PanelHost, input: PanelInput) { this.input = input; }
  get zh(): boolean { return this.input.lang === 'zh'; }
  /** Lines of the cell's text. */
  readonly lines = $derived.by(() => this.input.text.split('\n'));
  readonly say = (key: VerdictKey, ...values: (string | number)[]): string => fill((this.zh ? verdictZh : verdictEn)[key], values);
  readonly words = (w: Words): string => w[this.zh ? 'zh-CN' : 'en'];
  /** Asks again whenever what ask reads changes; out gets the answer, fail what went wrong. Call it in an effect and return its result. */
  static when<T>(ask: (signal: AbortSignal) => Promise<T>, out: (v: T) => void, fail: (text: string) => void): () => void {
    const abort = new AbortController();
    ask(abort.signal).then(v => { if (!abort.signal.aborted) out(v); }, (e: unknown) => { if (!abort.signal.aborted && !(e instanceof Error && e.name === 'Stopped')) fail(e instanceof Error ? e.message : String(e)); });
    return () => abort.abort();
  }
}
/** `{0}` is a value, `{0|object|objects}` the first word when that value is 1, else the second. */
const fill = (text: string, values: readonly (string | number)[]): string => text.replace(/\{(\d)(?:\|([^|}]*)\|([^}]*))?\}/g, (_, i: string, one?: string, many?: string) => {
  const v = String(values[Number(i)] ?? '');
  return one === undefined || many === undefined ? v : v === '1' ? one : many;
});

const key = Symbol('panel');
export const providePanel = (p: Panel): Panel => setContext(key, p);
export const usePanel = (): Panel => getContext<Panel>(key);
