/**
 * Code that comes later. The frame has no network: it asks the shell for a chunk's
 * text and evaluates it. Each chunk is an IIFE that assigns one variable, __chunk.
 */
import type { AssetName } from '../../bridge/schema.ts';

export type Fetch = (asset: string) => Promise<string | ArrayBuffer>;
let fetchAsset: Fetch = () => Promise.reject(new Error('no shell'));
export function provideFetch(f: Fetch): void { fetchAsset = f; }

export async function assetText(name: AssetName | `facts-${string}`): Promise<string> {
  const v = await fetchAsset(name);
  return typeof v === 'string' ? v : new TextDecoder().decode(v);
}
export async function assetBytes(name: string): Promise<ArrayBuffer> {
  const v = await fetchAsset(name);
  if (typeof v === 'string') throw new TypeError(`invalid asset ${name}: text`);
  return v;
}

const loaded = new Map<AssetName, Promise<unknown>>();
const evaluate = globalThis.eval;

/** Loads a chunk once; a failure is forgotten, so that the next wish tries again. */
export function chunk<T>(name: AssetName): Promise<T> {
  let p = loaded.get(name);
  if (!p) {
    p = assetText(name).then(text => evaluate(`(()=>{${text}\n;return __chunk})()`) as unknown);
    loaded.set(name, p);
    p.catch(() => loaded.delete(name));
  }
  return p as Promise<T>;
}
