/**
 * What the shell needs of session storage. STAND-IN: one object store, latest text
 * only; src/session replaces it with revisions, forks, other tabs and quota.
 */
import type { Place } from '../bridge/schema.ts';

export interface Session {
  readonly id: string;
  readonly title: string;
  /** Chapter slug it began from, or null for a file or a new notebook. */
  readonly chapter: string | null;
  /** The session it was forked from. */
  readonly parent: string | null;
  readonly text: string;
  readonly place: Place;
  readonly created: number;
  readonly updated: number;
}
export interface SessionStore {
  list(): Promise<Session[]>;
  get(id: string): Promise<Session | null>;
  put(s: Session): Promise<void>;
  remove(id: string): Promise<void>;
}

const wait = <T>(r: IDBRequest<T>): Promise<T> => new Promise((resolve, reject) => { r.onsuccess = () => resolve(r.result); r.onerror = () => reject(r.error ?? new Error('storage failed')); });

export async function openStore(): Promise<SessionStore> {
  const request = indexedDB.open('go-memory-lab-page', 1);
  request.onupgradeneeded = () => { request.result.createObjectStore('sessions', { keyPath: 'id' }); };
  const db = await wait(request);
  const store = (mode: IDBTransactionMode): IDBObjectStore => db.transaction('sessions', mode).objectStore('sessions');
  return {
    list: async () => (await wait(store('readonly').getAll() as IDBRequest<Session[]>)).sort((a, b) => b.updated - a.updated),
    get: async id => await wait(store('readonly').get(id) as IDBRequest<Session | undefined>) ?? null,
    put: async s => { await wait(store('readwrite').put(s)); },
    remove: async id => { await wait(store('readwrite').delete(id)); },
  };
}
