/**
 * JavaScript cells in this process, for a file the caller trusts: a jsdom page gives
 * them a document; cells run once, in the order of what they read. Interaction is a
 * page's business: a view gives its first value, a generator its first yield.
 */
import { createRequire } from 'node:module';
import type { CellDoc, NotebookDoc } from '../../lib/notebook/document.ts';
import { buildGraph } from '../../lib/notebook/graph.ts';
import { compileCell, type Compiled } from '../frame/kernel/transpile.ts';
import { provideCompiler } from '../frame/kernel/typescript.ts';
import { UsageError } from './args.ts';
import type { CellReport } from './notebook_go.ts';

type GoRunner = (c: CellDoc, values: ReadonlyMap<string, unknown>) => Promise<CellReport>;
/** Packages that only a notebook's cells use: loaded from where the command is installed. */
const load = (name: string): Promise<Record<string, unknown>> => import(name) as Promise<Record<string, unknown>>;
const message = (e: unknown): string => e instanceof Error ? `${e.name}: ${e.message}` : String(e);

/** Runs all cells of a trusted notebook. */
export async function runTrusted(doc: NotebookDoc, go: GoRunner, seconds: number): Promise<CellReport[]> {
  let JSDOM: new (html: string, o: object) => { window: Window & typeof globalThis };
  try { ({ JSDOM } = createRequire(import.meta.url)('jsdom') as { JSDOM: typeof JSDOM }); } catch { throw new UsageError('--trust needs the package jsdom, which is not installed here'); }
  const { window } = new JSDOM('<!doctype html><body></body>', { pretendToBeVisual: true });
  for (const k of ['window', 'document', 'Node', 'Element', 'HTMLElement', 'SVGElement', 'Event', 'CustomEvent', 'MutationObserver', 'DOMParser', 'XMLSerializer', 'getComputedStyle'] as const) if (!(k in globalThis)) Object.defineProperty(globalThis, k, { value: k === 'window' ? window : window[k], configurable: true, writable: true });
  const builtins: Record<string, () => unknown> = {
    Plot: () => load('@observablehq/plot'), Inputs: () => load('@observablehq/inputs'), html: async () => (await load('htl')).html, svg: async () => (await load('htl')).svg,
    md: () => (strings: readonly string[], ...values: unknown[]) => { const d = window.document.createElement('div'); d.textContent = strings.reduce((t, s, i) => t + String(values[i - 1]) + s); return d; },
    tex: () => (strings: readonly string[]) => window.document.createTextNode(strings.join('')), width: () => 640, dark: () => false, now: () => Date.now(),
  };
  if (doc.cells.some(c => c.mode === 'ts')) { const ts = (await load('typescript')).default as { transpileModule(t: string, o: object): { outputText: string } }; provideCompiler(t => ts.transpileModule(t, { compilerOptions: { target: 99, module: 99, verbatimModuleSyntax: true } }).outputText); }
  const compiled = new Map<number, Compiled>(doc.cells.map(c => [c.id, compileCell(c)]));
  const graph = buildGraph(doc.cells.map(c => ({ id: c.id, ...pick(compiled.get(c.id)!) })), n => Object.hasOwn(builtins, n) || ['display', 'view', 'invalidation', 'visibility'].includes(n) || n in globalThis);
  const values = new Map<string, unknown>(), done = new Map<number, CellReport>();
  const bad = (c: CellDoc, ...problems: string[]): CellReport => ({ id: c.id, mode: c.mode, state: 'error', problems });

  const runOne = async (c: CellDoc): Promise<CellReport> => {
    const k = compiled.get(c.id)!, mistakes = graph.errors.get(c.id) ?? [];
    if (k.kind === 'error') return /do not run here/.test(k.error.text) ? { id: c.id, mode: c.mode, state: 'skipped', problems: [k.error.text] } : bad(c, k.error.text);
    if (mistakes.length > 0) return bad(c, ...mistakes.map(m => m.code === 'undefined' ? `${m.name} is not defined` : m.code === 'duplicate' ? `${m.name} is defined in cells ${m.cells.join(', ')}` : `cells ${m.cells.join(', ')} read each other in a circle`));
    for (const r of graph.reads.get(c.id) ?? []) if (done.get(r)?.state === 'error') return bad(c, `cell ${r}, which it reads, failed`);
    if (k.kind === 'go') { const r = await go(c, values); if (r.value !== undefined) values.set(k.name, r.value); return r; }
    const shown: unknown[] = [];
    const give: Record<string, unknown> = { display: (v: unknown) => { shown.push(v); return v; }, view: (v: unknown) => { shown.push(v); return (v as { value?: unknown } | null)?.value; }, invalidation: new Promise(() => { /* never: cells run once */ }), visibility: () => Promise.resolve() };
    try {
      const t = k.transpiled;
      const args = await Promise.all(t.inputs.map(async n => values.has(n) ? values.get(n) : Object.hasOwn(give, n) ? give[n] : Object.hasOwn(builtins, n) ? builtins[n]() : (globalThis as Record<string, unknown>)[n]));
      const body = (0, eval)(`(${t.body})`) as (...a: unknown[]) => unknown;
      let v = await body(...args);
      if (typeof v === 'object' && v !== null && 'next' in v && typeof v.next === 'function') v = (await (v as AsyncGenerator).next()).value;
      if (k.outputs.length > 0) {
        if (t.output !== undefined) values.set(t.autoview ? t.output.replace(/^viewof\$/, '') : t.output, t.autoview ? (v as { value?: unknown } | null)?.value : v);
        else for (const n of k.outputs) values.set(n, (v as Record<string, unknown> | null)?.[n]);
      }
      const text = shown.map(x => typeof x === 'string' ? x : x instanceof window.Element ? `<${x.tagName.toLowerCase()}>` : JSON.stringify(x)).join('\n');
      return { id: c.id, mode: c.mode, state: 'ok', problems: [], ...(text ? { stdout: text } : {}) };
    } catch (e) { return bad(c, message(e)); }
  };
  const waiting = new Set(doc.cells);
  while (waiting.size > 0) {
    const next = [...waiting].find(c => [...graph.reads.get(c.id) ?? []].every(r => done.has(r) || r === c.id)) ?? [...waiting][0];
    waiting.delete(next);
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<CellReport>(r => { timer = setTimeout(r, seconds * 1000, bad(next, `still running after ${seconds} s`)); });
    done.set(next.id, await Promise.race([runOne(next), late]));
    clearTimeout(timer);
  }
  return doc.cells.map(c => { const { value: _, ...r } = done.get(c.id)!; return r; });
}
const pick = (c: Compiled): { inputs: readonly string[]; optional: readonly string[]; outputs: readonly string[] } => ({ inputs: c.inputs, optional: c.optional, outputs: c.outputs });
