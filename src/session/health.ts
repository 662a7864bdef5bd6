/** What the browser says about its storage, and the last resort when it refuses: a copy outside the database. */
import { dbName } from './db.ts';

export interface Health { readonly usage: number; readonly quota: number; readonly persisted: boolean }

/** Bytes used and allowed for this origin, and whether the browser promised not to clear them; null where it does not say. */
export async function health(): Promise<Health | null> {
  try {
    if (typeof navigator === 'undefined' || !navigator.storage?.estimate) return null;
    const [e, persisted] = await Promise.all([navigator.storage.estimate(), navigator.storage.persisted?.() ?? false]);
    return { usage: e.usage ?? 0, quota: e.quota ?? 0, persisted };
  } catch { return null; }
}
/** Asks the browser to keep our storage when space is short. */
export async function persist(): Promise<boolean> {
  try { return await navigator.storage?.persist?.() ?? false; } catch { return false; }
}

/**
 * A text that could not be stored. It lies in localStorage (or any such store) until
 * the database works again; recover() then makes a session of it.
 */
export interface Rescue { readonly session: string; readonly title: string; readonly text: string; readonly chapter: string | null; readonly time: number }
const prefix = `${dbName}.rescue.`;
type Shelf = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key'> & { readonly length: number };

/** Keeps a text outside the database; false when that fails too. */
export function rescue(shelf: Shelf | null, r: Rescue): boolean {
  try { shelf?.setItem(prefix + r.session, JSON.stringify(r)); return shelf !== null; } catch { return false; }
}
export function unrescue(shelf: Shelf | null, session: string): void { try { shelf?.removeItem(prefix + session); } catch { /* a shelf that cannot be read holds nothing of ours */ } }
/** The texts kept outside. */
export function rescued(shelf: Shelf | null): Rescue[] {
  const out: Rescue[] = [];
  try {
    for (let i = 0; shelf && i < shelf.length; i++) {
      const key = shelf.key(i);
      if (!key?.startsWith(prefix)) continue;
      const r = JSON.parse(shelf.getItem(key) ?? 'null') as Partial<Rescue> | null;
      if (r && typeof r.text === 'string' && typeof r.title === 'string' && typeof r.session === 'string') out.push({ session: r.session, title: r.title, text: r.text, chapter: typeof r.chapter === 'string' ? r.chapter : null, time: typeof r.time === 'number' ? r.time : 0 });
    }
  } catch { /* as above */ }
  return out;
}
