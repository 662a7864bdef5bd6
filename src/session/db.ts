/**
 * The database and its versions. Each migration takes the database from one
 * version to the next inside the browser's version-change transaction, so a tab
 * closed half way leaves the old version whole.
 */
import { openDB } from 'idb';
import type { DBSchema, IDBPDatabase, IDBPTransaction } from 'idb';
import { StorageTrouble } from './types.ts';
import type { Head, Place, Reading, Revision, Run, Session } from './types.ts';

export const dbName = 'go-memory-lab-page';
export const dbVersion = 3;

export interface Schema extends DBSchema {
  sessions: { key: string; value: Session };
  heads: { key: string; value: Head };
  revisions: { key: [string, number]; value: Revision };
  runs: { key: [string, number, string]; value: Run };
  readings: { key: string; value: Reading };
}
export type Database = IDBPDatabase<Schema>;
type Upgrade = IDBPTransaction<Schema, ('sessions' | 'heads' | 'revisions' | 'runs')[], 'versionchange'>;

/** A session of version 1: the latest text only. */
export interface Session1 { readonly id: string; readonly title: string; readonly chapter: string | null; readonly parent: string | null; readonly text: string; readonly place: Place; readonly created: number; readonly updated: number }

/** migrations[v] takes version v to v + 1. */
const migrations: Readonly<Record<number, (db: Database, tx: Upgrade) => Promise<void>>> = {
  0: async db => { db.createObjectStore('sessions', { keyPath: 'id' }); },
  1: async (db, tx) => {
    db.createObjectStore('heads', { keyPath: 'session' });
    db.createObjectStore('revisions', { keyPath: ['session', 'n'] });
    db.createObjectStore('runs', { keyPath: ['session', 'cell', 'source'] });
    const sessions = tx.objectStore('sessions');
    for (const old of await sessions.getAll() as unknown as Session1[]) {
      const { id, title, chapter, created, updated, text, place } = old;
      await sessions.put({ id, title, tags: [], chapter, chapterVersion: null, parent: old.parent === null ? null : { session: old.parent, revision: 0 }, created, updated, rev: 1, revision: 1, deleted: null });
      await tx.objectStore('heads').put({ session: id, rev: 1, text, place: place ?? {}, writer: '', time: updated });
      await tx.objectStore('revisions').put({ session: id, n: 1, rev: 1, text, title, cause: 'start', time: updated, place: place ?? {}, results: [] });
    }
  },
  2: async db => { db.createObjectStore('readings', { keyPath: 'chapter' }); },
};

export interface DbEvents {
  /** A newer version of the page, in another tab, needs the database: ours was closed. */
  outdated?(): void;
  /** An older tab holds the database. */
  waiting?(): void;
  /** The browser closed the database by itself. */
  terminated?(): void;
}

/** Opens the library, migrating it; throws StorageTrouble with what is wrong. */
export async function openDatabase(name: string, events: DbEvents = {}): Promise<Database> {
  if (typeof indexedDB === 'undefined') throw new StorageTrouble('blocked', 'this browser has no IndexedDB here');
  try {
    const db: Database = await openDB<Schema>(name, dbVersion, {
      upgrade: async (d, from, _to, tx) => { for (let v = from; v < dbVersion; v++) await migrations[v](d, tx as unknown as Upgrade); },
      blocked: () => events.waiting?.(),
      blocking: (_c, _b, e) => { (e.target as unknown as IDBDatabase).close(); events.outdated?.(); },
      terminated: () => events.terminated?.(),
    });
    return db;
  } catch (e) { throw troubleOf(e); }
}

/** Names what went wrong with storage. */
export function troubleOf(e: unknown): StorageTrouble {
  if (e instanceof StorageTrouble) return e;
  const name = e instanceof Error || e instanceof DOMException ? e.name : '', text = e instanceof Error ? e.message : String(e);
  if (name === 'QuotaExceededError') return new StorageTrouble('full', text);
  if (name === 'VersionError') return new StorageTrouble('newer', text);
  if (name === 'SecurityError' || name === 'InvalidStateError' || name === 'NotAllowedError') return new StorageTrouble('blocked', text);
  return new StorageTrouble('failed', text);
}
