/** Files of the app for the frame, which has no network of its own. */
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
