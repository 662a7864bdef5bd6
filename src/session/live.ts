/**
 * One open session: takes texts from the page, writes them at once, makes
 * revisions, and settles what another tab wrote in between.
 *
 * Invariant: `base` is the text stored at `rev`, as far as this tab knows; `mine` is
 * what the page shows. They differ only while a write is under way. When the stored
 * rev is another, the stored text is merged with mine over base; where that fails,
 * mine becomes a fork of its own, and the page goes there.
 *
 * The page is asynchronous too: while replace number n is on its way, it may send text
 * that knows nothing of it. Every text therefore says which replacement it is based
 * on, and `shown` remembers what the page showed under each: such a text is merged
 * over that, never taken for the whole.
 */
import { join } from './join.ts';
import type { Library } from './library.ts';
import type { Wire } from './wire.ts';
import { StorageTrouble } from './types.ts';
import type { Cause, Head, Place, RunRef, Session, Trouble } from './types.ts';
import { troubleOf } from './db.ts';

/** Milliseconds without typing, and of typing without pause, after which there is a revision (S3.1). */
export const pauseMs = 4000, longestMs = 60_000;
const retryMs = 5000;

export type SaveState = 'saved' | 'saving' | 'failed';
export interface LiveEnv {
  /** The page must show this text instead, as its replacement n; seq: the last text of the page it contains. */
  replace(text: string, seq: number, n: number): void;
  /** State of saving; trouble says why it failed. */
  state(s: SaveState, trouble: Trouble | null): void;
  /** Another tab and this one changed the same lines: mine is now a session of its own. */
  forked(mine: Session, theirs: Session): void;
  changed(s: Session): void;
  /** Number of other tabs that have the session open. */
  company(n: number): void;
  setTimeout?(f: () => void, ms: number): number;
  clearTimeout?(t: number): void;
}
/** title: a new one, or null to leave the session's as it is. */
interface Text { readonly text: string; readonly title: string | null; readonly place: Place; readonly seq: number }

export class Live {
  #session: Session;
  #base: string;
  #mine: Text;
  #dirty = false;
  /** What the page shows cannot be joined with what is stored: the next write is a fork. */
  #apart = false;
  #busy: Promise<void> | null = null;
  #results: readonly RunRef[] = [];
  #pause = 0;
  #since = 0;
  #retry = 0;
  #others = new Set<string>();
  #unhear: () => void;
  #closed = false;
  #revising: Promise<unknown> = Promise.resolve();
  #sent = 0;
  #docTitle: string | null = null;
  #shown = new Map<number, string>();

  constructor(readonly library: Library, readonly wire: Wire, session: Session, head: Head, readonly env: LiveEnv) {
    this.#session = session;
    this.#base = head.text;
    this.#mine = { text: head.text, title: null, place: head.place, seq: 0 };
    this.#shown.set(0, head.text);
    this.#unhear = wire.hear(n => {
      if (n.kind === 'listed' || n.session !== this.#session.id) return;
      if (n.kind === 'wrote') void this.pull();
      else if (n.kind === 'left') { this.#others.delete(n.from); env.company(this.#others.size); }
      else { this.#others.add(n.from); env.company(this.#others.size); if (!n.answer) wire.send({ kind: 'here', session: this.#session.id, from: wire.me, answer: true }); }
    });
    wire.send({ kind: 'here', session: session.id, from: wire.me, answer: false });
  }
  get session(): Session { return this.#session; }
  get text(): string { return this.#mine.text; }
  get place(): Place { return this.#mine.place; }
  /** Nothing waits to be written. */
  get settled(): boolean { return !this.#dirty; }

  /** The page shows text, which contains replacement number base and all before. */
  type(text: string, title: string, place: Place, seq: number, base = this.#sent): void {
    if (this.#closed || base > this.#sent) return;
    // The session is named after its document only when the document's title changes: a name given here stays.
    const named = this.#docTitle !== null && title !== this.#docTitle ? title : this.#mine.title;
    this.#docTitle = title;
    let mine = text;
    if (base < this.#sent) {
      const merged = join(this.#shown.get(base) ?? this.#base, text, this.#mine.text);
      this.#shown.set(base, text);
      if (merged === null) { this.#apart = true; this.#sent = base; }
      mine = merged ?? text;
      if (mine === text) this.#sent = base;
    } else this.#shown.set(base, text);
    for (const n of this.#shown.keys()) if (n < base) this.#shown.delete(n);
    const same = mine === this.#mine.text && named === this.#mine.title && !this.#apart;
    this.#mine = { text: mine, title: named, place, seq };
    if (mine !== text) this.#replace(mine, seq);
    if (same) return;
    this.#dirty = true;
    this.#later();
    void this.flush();
  }
  #replace(text: string, seq: number): void {
    this.#shown.set(++this.#sent, text);
    this.env.replace(text, seq, this.#sent);
  }
  /** The page was opened anew with the present text: it has no replacements and counts from the start. */
  reopened(): void {
    this.#sent = 0;
    this.#docTitle = null;
    this.#shown = new Map([[0, this.#mine.text]]);
    this.#mine = { ...this.#mine, seq: 0 };
  }
  /** The reader is elsewhere in the document. */
  move(place: Place): void {
    this.#mine = { ...this.#mine, place };
    if (!this.#dirty && !this.#closed) void this.library.place(this.#session.id, place).catch(() => {});
  }
  /** Results as they now are: named by the next revision. A finished run makes one (S3.1). */
  ran(results: readonly RunRef[]): void {
    this.#results = results;
    this.#cut('run');
  }

  /** Writes until nothing waits; resolves when it is stored, or failed. */
  flush(): Promise<void> { return this.#busy ??= this.#write().finally(() => { this.#busy = null; if (this.#dirty && !this.#retry && !this.#closed) void this.flush(); }); }

  async #write(): Promise<void> {
    while (this.#dirty) {
      const mine = this.#mine;
      this.env.state('saving', null);
      try {
        if (this.#apart) { await this.#branch(mine, this.#session); continue; }
        const w = await this.library.write(this.#session.id, this.#session.rev, mine, this.wire.me);
        // Removed for good elsewhere: what is typed here goes on in a session of its own.
        if (w === null) { await this.#branch(mine, this.#session); continue; }
        if (w.ok) { this.#accept(w.session, mine.text); this.#done(mine); continue; }
        await this.#settle(w.session, w.head);
      } catch (e) {
        this.env.state('failed', troubleOf(e).trouble);
        clearT(this.env, this.#retry);
        this.#retry = setT(this.env, () => { this.#retry = 0; void this.flush(); }, retryMs);
        return;
      }
    }
    clearT(this.env, this.#retry);
    this.#retry = 0;
    this.env.state('saved', null);
  }
  #accept(s: Session, text: string): void {
    this.#session = s;
    this.#base = text;
    this.env.changed(s);
    this.wire.send({ kind: 'wrote', session: s.id, rev: s.rev, from: this.wire.me });
  }

  /** Another tab wrote: take its text in, or part ways. */
  async #settle(session: Session, head: Head): Promise<void> {
    const mine = this.#mine, merged = join(this.#base, mine.text, head.text);
    if (merged === null) { await this.#branch(mine, session); return; }
    this.#session = session;
    this.#base = head.text;
    this.#mine = { ...mine, text: merged };
    this.#dirty = merged !== head.text || mine.title !== null;
    if (merged !== mine.text) this.#replace(merged, mine.seq);
    this.env.changed(session);
  }
  /** What the page shows becomes a fork of the session it stood for. */
  async #branch(mine: Text, theirs: Session): Promise<void> {
    const own = await this.library.create({ title: mine.title ?? theirs.title, text: mine.text, origin: this.#base, chapter: theirs.chapter, chapterVersion: theirs.chapterVersion, parent: { session: theirs.id, revision: theirs.revision }, tags: theirs.tags, place: mine.place, cause: 'merge' }, this.wire.me);
    this.#apart = false;
    this.#move(own, mine.text);
    this.#done(mine);
    this.env.forked(own, theirs);
  }
  /** mine is stored. */
  #done(mine: Text): void {
    if (this.#mine === mine) { this.#dirty = false; this.#mine = { ...mine, title: null }; }
    else if (this.#mine.title === mine.title) this.#mine = { ...this.#mine, title: null };
  }
  #move(to: Session, text: string): void {
    this.wire.send({ kind: 'left', session: this.#session.id, from: this.wire.me });
    this.#session = to;
    this.#base = text;
    this.#others.clear();
    this.env.company(0);
    this.wire.send({ kind: 'listed', from: this.wire.me });
    this.wire.send({ kind: 'here', session: to.id, from: this.wire.me, answer: false });
  }

  /** Looks whether another tab wrote, and takes it in. */
  async pull(): Promise<void> {
    if (this.#closed) return;
    if (this.#dirty || this.#busy) { await this.flush(); return; }
    try {
      const [s, h] = [await this.library.get(this.#session.id), await this.library.head(this.#session.id)];
      if (!s || !h || this.#dirty || this.#busy || this.#closed) return;
      if (s.rev !== h.rev) return;
      if (s.rev === this.#session.rev) { if (JSON.stringify(s) !== JSON.stringify(this.#session)) { this.#session = s; this.env.changed(s); } return; }
      const { seq } = this.#mine, differs = h.text !== this.#mine.text;
      this.#session = s;
      this.#base = h.text;
      this.#mine = { ...this.#mine, text: h.text, title: null };
      this.env.changed(s);
      if (differs) this.#replace(h.text, seq);
    } catch (e) { if (!(e instanceof StorageTrouble)) throw e; }
  }

  /** Makes the stored text that of a revision. */
  async restore(n: number): Promise<void> { await this.rewrite(id => this.library.restore(id, n, this.wire.me)); }
  /** Lets the library write another text, and shows it. False: nothing was written. */
  async rewrite(write: (id: string) => Promise<Session | null>): Promise<boolean> {
    await this.flush();
    await this.#revising;
    const s = await write(this.#session.id);
    const h = s && await this.library.head(s.id);
    if (!s || !h) return false;
    this.#mine = { ...this.#mine, text: h.text, title: null };
    this.#accept(s, h.text);
    this.#replace(h.text, this.#mine.seq);
    return true;
  }

  // ── revisions ──
  #later(): void {
    const now = this.library.host_.now();
    this.#since ||= now;
    clearT(this.env, this.#pause);
    this.#pause = setT(this.env, () => this.#cut('pause'), Math.max(0, Math.min(pauseMs, this.#since + longestMs - now)));
  }
  #cut(cause: Cause): void {
    clearT(this.env, this.#pause);
    this.#pause = 0;
    this.#since = 0;
    const results = this.#results;
    this.#revising = this.#revising.then(async () => {
      await this.flush();
      if (this.#dirty) return;
      const s = await this.library.revise(this.#session.id, cause, results);
      if (!s || s.id !== this.#session.id) return;
      this.#session = { ...this.#session, revision: Math.max(s.revision, this.#session.revision) };
      this.env.changed(this.#session);
      if (s.revision % 20 === 0) await this.library.tidy(s.id, new Set(results.map(r => `${r.cell} ${r.source}`)));
    }).catch(() => {});
  }
  /** Waits for everything under way. */
  async idle(): Promise<void> { await this.flush(); await this.#revising; await this.flush(); }

  /** The page left the session. */
  async close(): Promise<void> {
    const pending = this.#pause !== 0;
    if (pending) this.#cut('close');
    await this.idle();
    this.#closed = true;
    clearT(this.env, this.#retry);
    this.#unhear();
    this.wire.send({ kind: 'left', session: this.#session.id, from: this.wire.me });
  }
}
const setT = (env: LiveEnv, f: () => void, ms: number): number => (env.setTimeout ?? ((g, n) => setTimeout(g, n) as unknown as number))(f, ms);
const clearT = (env: LiveEnv, t: number): void => { if (t !== 0) (env.clearTimeout ?? (x => clearTimeout(x)))(t); };
