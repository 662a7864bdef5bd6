/** What all parts of the panel of verdicts share. */
import { getContext, setContext } from 'svelte';
import { fill } from '../../i18n/fill.ts';
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
const key = Symbol('panel');
export const providePanel = (p: Panel): Panel => setContext(key, p);
export const usePanel = (): Panel => getContext<Panel>(key);
