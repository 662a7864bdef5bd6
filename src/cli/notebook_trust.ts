/**
 * JavaScript cells in this process, for a file the caller trusts: the page's own
 * kernel in a jsdom page, so that what a cell may use, the order in which cells run
 * and the states they end in are those of the page. Programs run on the engine here.
 * Nothing is laid out, and nobody clicks: a view keeps its first value.
 */
import { createRequire } from 'node:module';
import { readDirectives } from '../../lib/notebook/directives.ts';
import type { CellDoc, NotebookDoc } from '../../lib/notebook/document.ts';
import type { CellView } from '../frame/kernel/kernel.ts';
import type { GoKnobs, GoRunResult } from '../frame/kernel/gotypes.ts';
import { UsageError } from './args.ts';
import type { CommandIO } from './io.ts';
import type { CliKnobs } from './knobs.ts';
import { inProcess } from './notebook_lab.ts';
import { needsPage, plain as plainReport } from './notebook_plain.ts';
import type { CellReport } from './notebook_go.ts';

type Dom = Window & typeof globalThis;
/** Names that Node has too, of a kind that a jsdom element does not take. */
const theirs = new Set(['Event', 'EventTarget', 'CustomEvent', 'MessageEvent']);
/** What jsdom lacks because it lays nothing out. */
class NoLayout { observe(): void { /* nothing has a size */ } unobserve(): void { /* likewise */ } disconnect(): void { /* likewise */ } }

/** The one page of this process: modules that cells use keep names of it. */
let only: Dom | undefined;
/** Cells run: frames are drawn. */
let open = false;
const frames = new Set<ReturnType<typeof setTimeout>>(), { setTimeout: later } = globalThis;
/** One function for all pages: the runtime of cells keeps the first it sees. */
const nextFrame = (f: (t: number) => void): unknown => { if (!open) return 0; const t = later(() => { frames.delete(t); f(performance.now()); }, 16); frames.add(t); return t; };
/** A jsdom page whose names are the process's while cells run; undo takes back what Node has of its own, and ends timers that cells left. */
function page(): { window: Dom; undo(): void } {
  let JSDOM: new (html: string, o: object) => { window: Dom };
  try { ({ JSDOM } = createRequire(import.meta.url)('jsdom') as { JSDOM: typeof JSDOM }); } catch { throw new UsageError('--trust needs the package jsdom, which is not installed here'); }
  const fresh = only === undefined, window = only ??= new JSDOM('<!doctype html><html lang="en"><body></body></html>', { url: 'http://localhost/' }).window;
  const before = new Map<string, PropertyDescriptor>(), timers = new Set<ReturnType<typeof setTimeout>>();
  const define = (k: string, value: unknown): void => {
    const old = Object.getOwnPropertyDescriptor(globalThis, k);
    if (old) before.set(k, old);
    Object.defineProperty(globalThis, k, { value, configurable: true, writable: true });
  };
  if (fresh) for (const k of Object.getOwnPropertyNames(window)) if (!(k in globalThis)) Object.defineProperty(globalThis, k, { value: (window as unknown as Record<string, unknown>)[k], configurable: true, writable: true });
  for (const k of theirs) define(k, (window as unknown as Record<string, unknown>)[k]);
  const { setInterval: every } = globalThis;
  open = true;
  define('setInterval', (f: () => void, ms?: number, ...rest: unknown[]) => { const t = (every as (f: () => void, ms?: number, ...r: unknown[]) => ReturnType<typeof setTimeout>)(f, ms, ...rest); timers.add(t); return t; });
  Object.assign(globalThis, { requestAnimationFrame: nextFrame, cancelAnimationFrame: (t: ReturnType<typeof setTimeout>) => { clearTimeout(t); } });
  Object.assign(globalThis, { ResizeObserver: NoLayout, IntersectionObserver: NoLayout, matchMedia: () => ({ matches: false, addEventListener: () => undefined, removeEventListener: () => undefined }) });
  // A form of jsdom refuses to set a property that was given a getter and a setter; in the form's prototype it works.
  const { defineProperty } = Object;
  Object.defineProperty = <T>(on: T, k: PropertyKey, d: PropertyDescriptor & ThisType<unknown>): T => {
    if (!(on instanceof window.HTMLFormElement) || !d.set) return defineProperty(on, k, d);
    Object.setPrototypeOf(on, Object.create(Object.getPrototypeOf(on) as object, { [k]: { configurable: true, ...d } }) as object);
    return on;
  };
  return { window, undo: () => { Object.defineProperty = defineProperty; open = false; for (const t of [...timers, ...frames]) clearTimeout(t); frames.clear(); for (const [k, d] of before) Object.defineProperty(globalThis, k, d); window.document.body.replaceChildren(); } };
}

/** Chunks of the page, from the command's own files instead of the shell. */
const chunks: Readonly<Record<string, () => Promise<unknown>>> = {
  plot: () => import('../frame/chunks/plot.ts'),
  katex: () => import('../frame/chunks/katex.ts'),
  // Of the size of all the rest: taken from where the command is installed.
  typescript: () => {
    const ts = createRequire(import.meta.url)('typescript') as { transpileModule(t: string, o: object): { outputText: string } };
    return Promise.resolve({ transpileTypeScript: (t: string) => ts.transpileModule(t, { compilerOptions: { target: 99, module: 99, verbatimModuleSyntax: true } }).outputText });
  },
};

const freshView = (root: HTMLElement): CellView => ({ root, status: 'stale', stopped: false, ms: null, syntax: null, mistakes: [], thrown: null, check: null, checkText: '', go: null, knobs: null, stdout: '', stderr: '', progress: null, inputs: [], outputs: [], reads: [], readers: [], value: undefined });

/** What a cell shows, as text: values as the inspector writes them, boards by their summary, other elements by their kind. */
function shown(root: HTMLElement): string {
  return [...root.children].map(e => e.classList.contains('observablehq') || e.classList.contains('observablehq--block') || e.firstElementChild === null ? e.textContent ?? '' : e.querySelector('.claims-summary')?.textContent ?? `<${e.localName}>`).filter(t => t !== '').join('\n');
}

/** Runs all cells of a trusted notebook. */
export async function runTrusted(doc: NotebookDoc, io: CommandIO, o: { readonly go: string; readonly knobs: CliKnobs; readonly seconds: number }): Promise<CellReport[]> {
  const { window, undo } = page();
  const end = performance.now() + o.seconds * 1000;
  try {
    const [{ Kernel }, { provideFetch }, { lab }] = await Promise.all([import('../frame/kernel/kernel.ts'), import('../frame/kernel/chunks.ts'), import('../frame/kernel/lab.ts')]);
    const kept = globalThis as unknown as { gomemChunks?: Record<string, unknown> };
    provideFetch(async name => {
      const load = chunks[name];
      if (!load) throw new Error(`${name}: not in the command`);
      (kept.gomemChunks ??= {})[name] = await load();
      return `const __chunk = globalThis.gomemChunks[${JSON.stringify(name)}];`;
    });
    const views = new Map<number, CellView>(), host = inProcess(io.std), chosen = { ...o.knobs, memlimit: Number.isFinite(o.knobs.memlimit) ? o.knobs.memlimit : null };
    const view = (id: number): CellView => {
      let v = views.get(id);
      if (!v) { const root = window.document.createElement('div'); window.document.body.append(root); views.set(id, v = freshView(root)); }
      return v;
    };
    /** The command's knobs hold where a cell chooses none. */
    const withFlags = (text: string, k: GoKnobs): GoKnobs => { const own = new Set(readDirectives(text, 'main.go').settings.map(s => s.key)); return { ...k, ...Object.fromEntries(Object.entries(chosen).filter(([key]) => !own.has(key))) }; };
    const kernel = new Kernel({
      view, goVersion: () => o.go,
      workers: { ...host, run: (files, k, level, events, signal) => host.run(files, withFlags(files[0].text, k), level, events, signal) },
      builtins: { dark: tell => { tell(false); return () => undefined; }, width: tell => { tell(640); return () => undefined; }, lab: () => lab(host) },
    });
    kernel.sync(doc.cells, false, new Set());
    const busy = (c: CellDoc): boolean => { const s = view(c.id).status; return s === 'queued' || s === 'running' || s === 'stale'; };
    // A cell that ends wakes others a moment later, and boards fill after their cells: quiet looks end it.
    for (let still = 0; still < 4 && performance.now() < end;) {
      await new Promise(r => setTimeout(r, 25));
      still = doc.cells.some(busy) || window.document.querySelector('.claim-running') ? 0 : still + 1;
    }
    const reports = doc.cells.map(c => report(c, view(c.id), busy(c), o.seconds));
    kernel.stopAll();
    kernel.sync([], false, new Set());
    return reports;
  } finally { undo(); }
}

function report(c: CellDoc, v: CellView, late: boolean, seconds: number): CellReport {
  const plain = plainReport(c);
  if (plain.state === 'skipped' && !needsPage(c) && c.mode !== 'go') return plain;
  const wrong = (v.check?.diagnostics ?? []).filter(d => d.severity === 'error').map(d => `./main.go:${d.line}:${d.col}: ${d.text}`);
  const problems = [
    ...v.syntax ? [v.syntax.text] : [],
    ...v.mistakes.map(m => m.code === 'undefined' ? `${m.name} is not defined` : m.code === 'duplicate' ? `${m.name} is defined in cells ${m.cells.join(', ')}` : `cells ${m.cells.join(', ')} read each other in a circle`),
    ...v.thrown === null ? [] : [v.thrown], ...wrong, ...late ? [`still running after ${seconds} s`] : [],
  ];
  const base = { id: c.id, mode: c.mode, state: late || v.status === 'error' ? 'error' as const : 'ok' as const, problems };
  if (c.mode !== 'go') { const text = c.mode === 'md' || c.mode === 'html' || c.mode === 'tex' ? '' : shown(v.root); return { ...base, ...text ? { stdout: text } : {} }; }
  const g: GoRunResult | null = v.go, name = c.output ?? readDirectives(c.value, 'main.go').name ?? `run${c.id}`;
  if (!g) return { ...base, name };
  return { ...base, name, stdout: v.stdout, stderr: v.stderr, ...wrong.length > 0 ? {} : { exit: g.exit ?? 0, digest: g.digest, ns: g.virtualNs, memstats: Object.fromEntries(Object.entries(g.memstats ?? {}).filter(([, n]) => typeof n === 'number')) as Record<string, number> } };
}
