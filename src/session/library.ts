/**
 * The library of sessions: everything the page keeps. All writing of text goes
 * through write(), which compares the caller's revision counter with the stored one
 * inside one transaction; whoever is behind gets the newer text back instead of
 * overwriting it (live.ts merges or forks).
 */
import type { Database, DbEvents } from './db.ts';
import { dbName, openDatabase, troubleOf } from './db.ts';
import { thin } from './thin.ts';
import type { Cause, Head, Place, Prediction, Revision, RevisionMeta, Run, RunRef, Session } from './types.ts';

export interface Host {
  now(): number;
  id(): string;
}
/** A fresh name. (crypto.randomUUID is missing where a page is served without TLS.) */
export const newId = (): string => Array.from(crypto.getRandomValues(new Uint8Array(16)), b => b.toString(16).padStart(2, '0')).join('');
const host: Host = { now: () => Date.now(), id: newId };

export interface NewSession {
  readonly title: string;
  readonly text: string;
  readonly chapter?: string | null;
  readonly chapterVersion?: string | null;
  readonly parent?: Session['parent'];
  readonly tags?: readonly string[];
  readonly place?: Place;
  readonly cause?: Cause;
  /** The text it started from, when that is not yet the text: becomes revision 1 (S2.1). */
  readonly origin?: string;
}
export type Written = { readonly ok: true; readonly session: Session } | { readonly ok: false; readonly session: Session; readonly head: Head };
/** Days a deleted session stays in the bin. */
export const binDays = 30;
/** Most characters of a recorded result; larger ones keep their figures only. */
export const maxRows = 400_000;
const all = (id: string): IDBKeyRange => IDBKeyRange.bound([id], [id, []]);
const clean = (t: string): string => t.replace(/\s+/g, ' ').trim().slice(0, 200);

export class Library {
  readonly #db: Database;
  constructor(db: Database, readonly host_: Host) { this.#db = db; }

  /** Opens the library; throws StorageTrouble. */
  static async open(events: DbEvents = {}, h: Partial<Host> = {}, name = dbName): Promise<Library> {
    return new Library(await openDatabase(name, events), { ...host, ...h });
  }
  close(): void { this.#db.close(); }

  /** Sessions that are not in the bin, newest first. */
  async list(): Promise<Session[]> { return (await this.#db.getAll('sessions')).filter(s => s.deleted === null).sort((a, b) => b.updated - a.updated); }
  async bin(): Promise<Session[]> { return (await this.#db.getAll('sessions')).filter(s => s.deleted !== null).sort((a, b) => b.deleted! - a.deleted!); }
  async get(id: string): Promise<Session | null> { return await this.#db.get('sessions', id) ?? null; }
  async head(id: string): Promise<Head | null> { return await this.#db.get('heads', id) ?? null; }

  async create(n: NewSession, writer = ''): Promise<Session> {
    const now = this.host_.now(), place = n.place ?? {};
    const fresh = n.origin !== undefined && n.origin !== n.text;
    const s: Session = {
      id: this.host_.id(), title: clean(n.title), tags: n.tags ?? [], chapter: n.chapter ?? null, chapterVersion: n.chapterVersion ?? null, parent: n.parent ?? null,
      created: now, updated: now, rev: fresh ? 2 : 1, revision: 1, deleted: null,
    };
    await this.#guard(async () => {
      const tx = this.#db.transaction(['sessions', 'heads', 'revisions'], 'readwrite');
      void tx.objectStore('sessions').add(s);
      void tx.objectStore('heads').add({ session: s.id, rev: s.rev, text: n.text, place, writer, time: now });
      void tx.objectStore('revisions').add({ session: s.id, n: 1, rev: 1, text: fresh ? n.origin! : n.text, title: s.title, cause: n.cause ?? 'start', time: now, place, results: [] });
      tx.commit();
      await tx.done;
    });
    return s;
  }

  /** Puts the newest text of a session, if the caller knew the one before (S4.1). One short transaction: this is the write-ahead path. */
  async write(id: string, rev: number, next: { readonly text: string; readonly title: string | null; readonly place: Place }, writer = ''): Promise<Written | null> {
    return this.#guard(async () => {
      const now = this.host_.now();
      const tx = this.#db.transaction(['sessions', 'heads'], 'readwrite', { durability: 'relaxed' });
      const sessions = tx.objectStore('sessions'), heads = tx.objectStore('heads');
      const s = await sessions.get(id);
      if (!s) { await tx.done; return null; }
      if (s.rev !== rev) {
        const head = await heads.get(id);
        await tx.done;
        return head ? { ok: false, session: s, head } : null;
      }
      // Typing in a session that another tab put in the bin brings it back: nothing typed is lost.
      const session: Session = { ...s, title: clean(next.title ?? '') || s.title, updated: now, rev: rev + 1, deleted: null };
      void sessions.put(session);
      void heads.put({ session: id, rev: rev + 1, text: next.text, place: next.place, writer, time: now });
      tx.commit();
      await tx.done;
      return { ok: true, session };
    });
  }
  /** Remembers where the reader is; needs no new rev. */
  async place(id: string, place: Place): Promise<void> {
    await this.#guard(async () => {
      const tx = this.#db.transaction('heads', 'readwrite', { durability: 'relaxed' });
      const h = await tx.store.get(id);
      if (h) await tx.store.put({ ...h, place });
      await tx.done;
    });
  }

  /** What the reader predicted in a chapter as published (S1.4). */
  async predictions(chapter: string): Promise<readonly Prediction[]> { return (await this.#db.get('readings', chapter))?.predictions ?? []; }
  /** Keeps predictions; of a question that is not among them the earlier choice stays. */
  async predict(chapter: string, list: readonly Prediction[]): Promise<void> {
    await this.#guard(async () => {
      const tx = this.#db.transaction('readings', 'readwrite');
      const all = new Map([...(await tx.store.get(chapter))?.predictions ?? [], ...list].map(p => [p.question, p]));
      await tx.store.put({ chapter, predictions: [...all.values()].slice(-100), time: this.host_.now() });
      await tx.done;
    });
  }

  /** Makes a revision of the present text (S3). Without a change since the last one, only its results are renewed. */
  async revise(id: string, cause: Cause, results: readonly RunRef[] = []): Promise<Session | null> {
    return this.#guard(async () => {
      const tx = this.#db.transaction(['sessions', 'heads', 'revisions'], 'readwrite');
      const [s, h] = await Promise.all([tx.objectStore('sessions').get(id), tx.objectStore('heads').get(id)]);
      if (!s || !h) { await tx.done; return null; }
      const revisions = tx.objectStore('revisions'), last = await revisions.get([id, s.revision]);
      let session = s;
      if (last && last.text === h.text && cause !== 'restore') {
        if (results.length > 0) await revisions.put({ ...last, results });
      } else {
        session = { ...s, revision: s.revision + 1 };
        await tx.objectStore('sessions').put(session);
        await revisions.add({ session: id, n: session.revision, rev: s.rev, text: h.text, title: s.title, cause, time: this.host_.now(), place: h.place, results });
      }
      await tx.done;
      return session;
    });
  }
  /** The revisions of a session, oldest first, without their texts. */
  async revisions(id: string): Promise<RevisionMeta[]> {
    const out: RevisionMeta[] = [];
    for (let c = await this.#db.transaction('revisions').store.openCursor(all(id)); c; c = await c.continue()) { const { text, ...meta } = c.value; out.push({ ...meta, size: text.length }); }
    return out;
  }
  async revision(id: string, n: number): Promise<Revision | null> { return await this.#db.get('revisions', [id, n]) ?? null; }

  /** A new session from the newest text of another (n null) or from one of its revisions. */
  async fork(id: string, n: number | null, title?: string): Promise<Session | null> {
    const s = await this.get(id);
    if (!s) return null;
    const from = n === null ? await this.#fresh(id) : await this.revision(id, n);
    if (!from) return null;
    const made = await this.create({ title: title ?? s.title, text: from.text, chapter: s.chapter, chapterVersion: s.chapterVersion, parent: { session: id, revision: from.n }, tags: s.tags, place: from.place, cause: 'fork' });
    await this.#copyRuns(id, made.id);
    return made;
  }
  /** The newest text as a revision: what a fork names. */
  async #fresh(id: string): Promise<Revision | null> {
    const s = await this.revise(id, 'fork');
    return s ? this.revision(id, s.revision) : null;
  }
  /** The newest text becomes that of a revision; what was there is a revision too (S3.3). */
  async restore(id: string, n: number, writer = ''): Promise<Session | null> {
    const r = await this.revision(id, n);
    if (!r) return null;
    const s = await this.revise(id, 'restore');
    if (!s) return null;
    const w = await this.write(id, s.rev, { text: r.text, title: null, place: r.place }, writer);
    return w?.ok ? this.revise(id, 'restore', r.results) : null;
  }

  /** Puts a text into a session that has the changes of its chapter, published anew as version (S7.2). The text before and the published one are revisions; the session as it was before comes back, or null: another tab wrote meanwhile. */
  async takeIn(id: string, p: { readonly mine: string; readonly published: string; readonly merged: string; readonly version: string }, writer = ''): Promise<{ readonly session: Session; readonly before: number } | null> {
    const was = await this.revise(id, 'pause'), head = await this.head(id);
    if (!was || head?.text !== p.mine) return null;
    const w = await this.write(id, was.rev, { text: p.merged, title: null, place: head.place }, writer);
    if (!w?.ok) return null;
    await this.#guard(async () => {
      const tx = this.#db.transaction(['sessions', 'revisions'], 'readwrite'), s = await tx.objectStore('sessions').get(id);
      if (s) {
        void tx.objectStore('sessions').put({ ...s, revision: s.revision + 1, chapterVersion: p.version });
        void tx.objectStore('revisions').add({ session: id, n: s.revision + 1, rev: was.rev, text: p.published, title: s.title, cause: 'start', time: this.host_.now(), place: head.place, results: [] });
      }
      await tx.done;
    });
    const session = await this.revise(id, 'merge');
    return session && { session, before: was.revision };
  }

  async patch(id: string, p: { readonly title?: string; readonly tags?: readonly string[] }): Promise<Session | null> {
    return this.#edit(id, s => ({ ...s, ...(p.title !== undefined && clean(p.title) !== '' ? { title: clean(p.title) } : {}), ...(p.tags ? { tags: [...new Set(p.tags.map(clean).filter(t => t !== ''))].slice(0, 20) } : {}) }));
  }
  async remove(id: string): Promise<void> { await this.#edit(id, s => ({ ...s, deleted: this.host_.now() })); }
  async unremove(id: string): Promise<Session | null> { return this.#edit(id, s => ({ ...s, deleted: null })); }
  async #edit(id: string, f: (s: Session) => Session): Promise<Session | null> {
    return this.#guard(async () => {
      const tx = this.#db.transaction('sessions', 'readwrite');
      const s = await tx.store.get(id), next = s ? f(s) : null;
      if (next) await tx.store.put(next);
      await tx.done;
      return next;
    });
  }
  /** Removes sessions for good: one, or all that lay in the bin for binDays. */
  async purge(id?: string): Promise<number> {
    const old = this.host_.now() - binDays * 86_400_000;
    const gone = (await this.bin()).filter(s => id === undefined ? s.deleted! < old : s.id === id);
    for (const s of gone) {
      const tx = this.#db.transaction(['sessions', 'heads', 'revisions', 'runs'], 'readwrite');
      void tx.objectStore('sessions').delete(s.id);
      void tx.objectStore('heads').delete(s.id);
      void tx.objectStore('revisions').delete(all(s.id));
      void tx.objectStore('runs').delete(all(s.id));
      await tx.done;
    }
    return gone.length;
  }

  /** Keeps a recorded result; one as large as maxRows keeps its figures only. */
  async putRun(run: Run): Promise<void> { await this.#guard(() => this.#db.put('runs', run.rows.length > maxRows ? { ...run, rows: '' } : run)); }
  async runs(id: string): Promise<Run[]> { return this.#db.getAll('runs', all(id)); }
  async #copyRuns(from: string, to: string): Promise<void> {
    const runs = await this.runs(from);
    const tx = this.#db.transaction('runs', 'readwrite');
    for (const r of runs) void tx.store.put({ ...r, session: to });
    await tx.done;
  }

  /** Thins revisions, and drops results that no revision and no keep names. Gives the number of records dropped. */
  async tidy(id: string, keep: ReadonlySet<string> = new Set()): Promise<number> {
    const [list, sessions, runs] = [await this.revisions(id), await this.#db.getAll('sessions'), await this.#db.getAllKeys('runs', all(id))];
    const pinned = new Set(sessions.filter(s => s.parent?.session === id).map(s => s.parent!.revision));
    const drop = thin(list, this.host_.now(), pinned), gone = new Set(drop);
    const named = new Set(list.filter(r => !gone.has(r.n)).flatMap(r => r.results.map(x => `${x.cell} ${x.source}`)));
    const dead = runs.filter(([, cell, source]) => !named.has(`${cell} ${source}`) && !keep.has(`${cell} ${source}`));
    if (drop.length + dead.length === 0) return 0;
    return this.#guard(async () => {
      const tx = this.#db.transaction(['revisions', 'runs'], 'readwrite');
      for (const n of drop) void tx.objectStore('revisions').delete([id, n]);
      for (const key of dead) void tx.objectStore('runs').delete(key);
      await tx.done;
      return drop.length + dead.length;
    });
  }

  /** Sessions whose title, tags or newest text contain every word; with the line of the first hit. */
  async search(query: string): Promise<{ session: Session; line: string }[]> {
    const words = query.toLowerCase().split(/\s+/).filter(w => w !== '');
    const out: { session: Session; line: string }[] = [];
    for (const session of await this.list()) {
      const text = (await this.head(session.id))?.text ?? '', lower = `${session.title}\n${session.tags.join(' ')}\n${text}`.toLowerCase();
      if (!words.every(w => lower.includes(w))) continue;
      out.push({ session, line: text.split('\n').find(l => words.some(w => l.toLowerCase().includes(w)))?.trim().slice(0, 160) ?? '' });
    }
    return out;
  }

  /** Characters held per session: texts, revisions and results. */
  async sizes(): Promise<Map<string, number>> {
    const sizes = new Map<string, number>(), add = (id: string, n: number): void => { sizes.set(id, (sizes.get(id) ?? 0) + n); };
    for (let c = await this.#db.transaction('heads').store.openCursor(); c; c = await c.continue()) add(c.value.session, c.value.text.length);
    for (let c = await this.#db.transaction('revisions').store.openCursor(); c; c = await c.continue()) add(c.value.session, c.value.text.length);
    for (let c = await this.#db.transaction('runs').store.openCursor(); c; c = await c.continue()) add(c.value.session, c.value.rows.length + c.value.stdout.length);
    return sizes;
  }

  /** Adds a session that comes with its history; id and numbers must be free (transfer.ts). */
  async adopt(session: Session, head: Head, revisions: readonly Revision[], runs: readonly Run[]): Promise<void> {
    await this.#guard(async () => {
      const tx = this.#db.transaction(['sessions', 'heads', 'revisions', 'runs'], 'readwrite');
      void tx.objectStore('sessions').add(session);
      void tx.objectStore('heads').add(head);
      for (const r of revisions) void tx.objectStore('revisions').add(r);
      for (const r of runs) void tx.objectStore('runs').put(r);
      await tx.done;
    });
  }
  async allRevisions(id: string): Promise<Revision[]> { return this.#db.getAll('revisions', all(id)); }

  async #guard<T>(f: () => Promise<T>): Promise<T> { try { return await f(); } catch (e) { throw troubleOf(e); } }
}
