/** Files of the app for the frame, which has no network of its own, and the one chunk that the host page itself uses. */
import type * as recipes from '../chart/index.ts';

type Content = string | ArrayBuffer;

const early = new Map<string, Promise<Content>>();

async function load(name: string): Promise<Content> {
  if (!Object.hasOwn(__ASSETS__, name)) throw new Error(`unknown asset: ${name}`);
  const r = await fetch(__ASSETS__[name]);
  if (!r.ok) throw new Error(`${name}: ${r.status}`);
  return name.startsWith('font-') || name === 'std' ? r.arrayBuffer() : r.text();
}

/** Begins to load what the frame will ask for, while the page is still being made. */
export function loadEarly(...names: string[]): void {
  for (const name of names) {
    const p = load(name);
    early.set(name, p);
    p.catch(() => early.delete(name));
  }
}
/** An asset's content, the receiver's own to transfer. */
export function fetchAsset(name: string): Promise<Content> {
  const p = early.get(name);
  early.delete(name);
  return p ?? load(name);
}

declare global { var __chunk: { readonly chart: typeof recipes } | undefined; }
let charts: Promise<typeof recipes> | undefined;
/** The chart recipes, with Plot: the file that the frame asks for as a chunk. Loaded when the page first draws. */
export function loadCharts(): Promise<typeof recipes> {
  charts ??= new Promise<typeof recipes>((resolve, reject) => {
    const script = document.createElement('script');
    script.src = __ASSETS__.plot;
    script.onload = () => {
      script.remove();
      if (globalThis.__chunk) resolve(globalThis.__chunk.chart); else reject(new Error('plot: no charts in it'));
    };
    script.onerror = () => { script.remove(); reject(new Error('plot: not loaded')); };
    document.head.append(script);
  });
  charts.catch(() => { charts = undefined; });
  return charts;
}
