/**
 * The shell's state: settings, the library, the open notebook and its saving.
 * What a page shows as its own document belongs to a Live session (src/session);
 * before the first change there is none, and nothing is written.
 */
import type { FrameSettings, Place, Recorded, RunSummary, ToShell } from '../bridge/schema.ts';
import { speaker } from '../i18n/index.ts';
import { rescue, rescued, unrescue } from '../session/health.ts';
import { update } from '../session/join.ts';
import { Library, newId } from '../session/library.ts';
import { originOf } from '../session/upstream.ts';
import type { NewSession } from '../session/library.ts';
import { unpack } from '../session/link.ts';
import type { Shared } from '../session/link.ts';
import { Live } from '../session/live.ts';
import { NotABundle, exportBundle, importBundle, readBundle } from '../session/transfer.ts';
import { StorageTrouble } from '../session/types.ts';
import type { Prediction, Run, RunRef, Session, Trouble } from '../session/types.ts';
import { openWire } from '../session/wire.ts';
import { readRoute, toSession } from './route.ts';
import type { Route } from './route.ts';
import { keepSettings, readSettings, shelf } from './settings.ts';

export interface Opened {
  readonly key: string; readonly title: string; readonly text: string; readonly chapter: string | null; readonly session: Session | null;
  readonly safe: boolean; readonly place: Place | undefined; readonly recorded: readonly Recorded[]; readonly shared: Shared | null;
}
export type SaveState = 'clean' | 'saving' | 'saved' | 'failed';
/** What a page says for a moment, with an optional way back. */
export interface Toast { readonly text: string; readonly undo?: () => void; readonly n: number }
/** A chapter published anew: cells that changed, its text, and what the session began from (as compare names it, and as text). */
export interface News { readonly cells: number; readonly published: string; readonly from: string; readonly base: string }
/** How a cell of a shared notebook came out. */
export interface Verified { readonly cell: number; readonly same: boolean; readonly was: string; readonly is: string; readonly sourceSame: boolean }

/** Whether two results come from the same text: source is `<digest of the text>.<digest of the knobs>`. */
const textSame = (a: string, b: string): boolean => a.split('.')[0] === b.split('.')[0];
/** Most characters of results stored per opening of a notebook; figures are stored beyond it. */
const mostResults = 64_000_000;
const squeeze = (t: string): string => t.replace(/\s+/g, '');
export const chapterNode = (slug: string, version: string): string => `chapter ${slug} ${version}`;

export class Shell {
  settings = $state.raw<FrameSettings>(readSettings());
  route = $state.raw<Route>(readRoute(location.hash));
  sessions = $state.raw<readonly Session[]>([]);
  bin = $state.raw<readonly Session[]>([]);
  opened = $state.raw<Opened | null>(null);
  problem = $state<string | null>(null);
  /** Counts what was opened: each has a frame of its own, from before its text is known. */
  visit = $state(0);
  save = $state<SaveState>('clean');
  trouble = $state<Trouble | null>(null);
  /** Other tabs that have this session open. */
  company = $state(0);
  toast = $state.raw<Toast | null>(null);
  status = $state.raw({ cells: 0, ran: 0, running: 0, stale: 0, errors: 0 });
  verified = $state.raw<readonly Verified[]>([]);
  say = $derived(speaker(this.settings.lang));
  /** Name of the open notebook. */
  title = $state('');
  /** Rises when revisions or results of the open session changed. */
  beat = $state(0);
  /** Set by the frame: sends what it still holds, resolves when the shell has it. */
  drain: (() => Promise<void>) | null = null;
  /** Set by the frame: shows another text. */
  show: ((text: string, seq: number, n: number) => void) | null = null;
  readonly wire = openWire(newId());
  readonly library: Promise<Library | null>;
  #live: Live | null = null;
  #starting: Promise<void> | null = null;
  #latest: Extract<ToShell, { kind: 'doc' }> | null = null;
  #results = new Map<number, Run>();
  /** Cells whose newest result is not stored yet; results stored since the last tidying. */
  #fresh = new Set<number>();
  #kept = 0;
  #spent = 0;
  #settled: ReturnType<typeof setTimeout> | undefined;
  #import: { text: string; title: string } | null = null;
  #toasts = 0;
  /** Where the reader is, and what was predicted, as last heard: a fork of a chapter begins with it. */
  #place: Place = {};
  /** What the reader predicted in the open chapter, before (S1.4): the frame begins with it. */
  predictions: Promise<readonly Prediction[]> = Promise.resolve([]);

  constructor() {
    this.library = Library.open({ outdated: () => this.#stop('newer'), terminated: () => this.#stop('failed') }).then(async l => { await this.#recover(l); return l; }, (e: unknown) => {
      this.#stop(e instanceof StorageTrouble ? e.trouble : 'failed');
      return null;
    });
    addEventListener('hashchange', () => void this.#go(readRoute(location.hash)));
    addEventListener('beforeunload', e => { if (this.#live && !this.#live.settled && this.save === 'failed') e.preventDefault(); });
    document.addEventListener('visibilitychange', () => { if (document.hidden) void this.drain?.(); else void this.#live?.pull(); });
    this.wire.hear(n => { if (n.kind === 'listed' || n.kind === 'wrote') this.#refreshSoon(); });
    void this.library.then(async l => { await l?.purge().catch(() => 0); await this.refresh(); });
    void this.open();
  }
  #stop(t: Trouble): void { this.trouble = t; if (this.#live) this.save = 'failed'; }

  async refresh(): Promise<void> {
    const l = await this.library;
    if (!l) return;
    try { this.sessions = await l.list(); this.bin = await l.bin(); } catch (e) { this.#stop(e instanceof StorageTrouble ? e.trouble : 'failed'); }
  }
  #refreshing: ReturnType<typeof setTimeout> | undefined;
  /** Lists follow writes, but not every keystroke. */
  #refreshSoon(): void { this.#refreshing ??= setTimeout(() => { this.#refreshing = undefined; void this.refresh(); }, 500); }
  #told(): void { this.wire.send({ kind: 'listed', from: this.wire.me }); }

  set(patch: Partial<FrameSettings>): void { this.settings = { ...this.settings, ...patch }; keepSettings(this.settings); }
  chapterTitle(slug: string | null): string {
    const c = __CHAPTERS__.find(x => x.slug === slug);
    return c ? (this.settings.lang === 'zh' && c.titleZh ? c.titleZh : c.title) : '';
  }
  notify(text: string, undo?: () => void): void {
    const n = ++this.#toasts;
    this.toast = { text, n, ...(undo ? { undo } : {}) };
    setTimeout(() => { if (this.toast?.n === n) this.toast = null; }, undo ? 12_000 : 5000);
  }

  // ── opening ──
  async #go(route: Route): Promise<void> {
    const leaving = this.#live;
    if (leaving && route.page === 'session' && route.id === leaving.session.id && this.opened) { this.route = route; return; }
    await this.#leave();
    this.route = route;
    await this.open();
  }
  async #leave(): Promise<void> {
    if (this.opened) await this.drain?.();
    await this.#starting;
    await this.#settle();
    const live = this.#live;
    this.#live = null;
    if (live) { await Promise.race([live.close(), new Promise(r => setTimeout(r, 1500))]); this.#refreshSoon(); }
  }
  /** Loads what the address names. */
  async open(): Promise<void> {
    const r = this.route;
    this.visit++;
    this.news = null;
    this.problem = null;
    this.status = { cells: 0, ran: 0, running: 0, stale: 0, errors: 0 };
    this.opened = null;
    this.predictions = Promise.resolve([]);
    this.#latest = null;
    this.#starting = null;
    this.#results = new Map();
    this.#fresh.clear();
    this.#spent = 0;
    this.verified = [];
    this.company = 0;
    const plain = { session: null, safe: false, place: undefined, recorded: [], shared: null } as const;
    try {
      if (r.page === 'chapter') {
        const predictions = this.predictions = this.#predicted(r.slug), text = await this.chapterText(r.slug);
        if (this.route !== r) return;
        if (text === null) { this.problem = this.say('notFound'); return; }
        this.#present({ ...plain, key: `chapter ${r.slug}`, title: this.chapterTitle(r.slug), text, chapter: r.slug });
        void predictions.then(list => { if (this.predictions === predictions && list.length > 0) this.#place = { predictions: list }; });
      } else if (r.page === 'session') {
        const l = await this.library, s = await l?.get(r.id) ?? null, h = await l?.head(r.id) ?? null;
        if (this.route !== r) return;
        if (!l || !s || !h) { this.problem = this.say('notFound'); return; }
        const runs = await l.runs(s.id);
        this.#live = new Live(l, this.wire, s, h, this.#env());
        for (const run of runs) if ((this.#results.get(run.cell)?.time ?? -1) < run.time) this.#results.set(run.cell, run);
        this.#present({ ...plain, key: `session ${s.id}`, title: s.title, text: h.text, chapter: s.chapter, session: s, place: h.place, recorded: recordedOf(runs) });
        this.save = 'saved';
        void this.#look(s, h.text);
      } else if (r.page === 'open') {
        const shared = await unpack(r.packed);
        if (this.route !== r) return;
        if (!shared) { this.problem = this.say('badLink'); return; }
        this.#present({ ...plain, key: `open ${r.packed.length}`, title: shared.title, text: shared.text, chapter: shared.chapter, safe: true, shared });
      } else if (r.page === 'new') {
        const given = this.#import;
        this.#import = null;
        this.#present({ ...plain, key: `new ${performance.now()}`, title: given?.title ?? this.say('untitled'), text: given?.text ?? emptyNotebook(this.say('untitled')), chapter: null, safe: given !== null });
      }
    } catch (e) { this.problem = this.say('loadFailed', e instanceof Error ? e.message : String(e)); }
  }
  #present(o: Opened): void { this.opened = o; this.#place = o.place ?? {}; this.title = o.title; this.save = 'clean'; }
  /** The published text of a chapter, or null. */
  async chapterText(slug: string): Promise<string | null> {
    const c = __CHAPTERS__.find(x => x.slug === slug);
    if (!c) return null;
    const answer = await fetch(c.file);
    if (!answer.ok) throw new Error(`${answer.status} ${answer.statusText}`);
    return answer.text();
  }
  openText(text: string, title: string): void {
    this.#import = { text, title };
    if (this.route.page === 'new') void this.#go({ page: 'new' }); else location.hash = '#/new';
  }
  /** The frame was ended and started again with the newest text. */
  reopened(): void { this.#live?.reopened(); }
  get currentText(): string { return this.#live?.text ?? this.#latest?.text ?? this.opened?.text ?? ''; }

  // ── saving ──
  #env(): ConstructorParameters<typeof Live>[4] {
    return {
      replace: (text, seq, n) => this.show?.(text, seq, n),
      state: (s, trouble) => {
        this.save = s;
        const live = this.#live;
        if (s === 'failed') { this.trouble = trouble ?? 'failed'; if (live) this.#shelve(live.session.id); }
        else if (s === 'saved') { this.trouble = null; if (live) unrescue(shelf(), live.session.id); }
      },
      forked: (mine, theirs) => {
        this.#adopt(mine);
        void this.#keepAll();
        this.notify(this.say('conflict', theirs.title));
        void this.refresh();
      },
      changed: s => {
        this.beat++;
        if (this.opened) this.opened = { ...this.opened, session: s };
        this.title = s.title;
        this.#refreshSoon();
      },
      company: n => { this.company = n; },
    };
  }
  /** The open page now is this session; its frame stays. */
  #adopt(s: Session): void {
    if (!this.opened) return;
    this.opened = { ...this.opened, session: s };
    this.title = s.title;
    history.replaceState(null, '', toSession(s.id));
    this.route = { page: 'session', id: s.id };
  }
  /** The frame reports the document. The first change makes a session (S1.2). */
  heard(m: Extract<ToShell, { kind: 'doc' }>): void {
    const o = this.opened;
    if (!o) return;
    if (!this.#live && !this.#starting && m.why === 'run' && squeeze(m.text) === squeeze(o.text)) return;
    this.#latest = m;
    if (this.#live) this.#live.type(m.text, m.title, m.place, m.seq, m.base ?? 0);
    else this.#starting ??= this.#start(o, m).finally(() => { this.#starting = null; });
  }
  async #start(o: Opened, m: Extract<ToShell, { kind: 'doc' }>): Promise<void> {
    this.save = 'saving';
    const l = await this.library;
    // What came with a link is not the text of this version.
    const version = o.shared ? null : __CHAPTERS__.find(c => c.slug === o.chapter)?.version ?? null;
    const fresh: NewSession = { title: o.chapter || o.shared ? o.title : m.title || o.title, text: m.text, origin: o.text, chapter: o.chapter, chapterVersion: version, place: m.place };
    try {
      if (!l) throw new StorageTrouble(this.trouble ?? 'blocked', 'no library');
      const s = await l.create(fresh, this.wire.me), head = await l.head(s.id);
      if (this.opened !== o || !head) return;
      const live = new Live(l, this.wire, s, head, this.#env());
      live.type(m.text, m.title, m.place, m.seq, 0);
      this.#live = live;
      this.#adopt(s);
      this.#told();
      const now = this.#latest ?? m;
      if (now !== m) live.type(now.text, now.title, now.place, now.seq, now.base ?? 0); else this.save = 'saved';
      await this.#keepAll();
      await this.refresh();
    } catch (e) {
      this.save = 'failed';
      this.trouble = e instanceof StorageTrouble ? e.trouble : 'failed';
      this.#shelve(`new ${o.key}`);
    }
  }
  placed(place: Place): void {
    const before = this.#place.predictions ?? [], now = place.predictions ?? [], o = this.opened;
    this.#place = place;
    if (this.#live) this.#live.move(place);
    else if (o?.chapter && !o.shared && JSON.stringify(now) !== JSON.stringify(before)) { const { chapter } = o; void this.library.then(l => l?.predict(chapter, now)).catch(() => {}); }
  }
  /** What the reader predicted in a chapter. Storage that hangs does not keep the chapter from opening. */
  async #predicted(chapter: string): Promise<readonly Prediction[]> {
    const kept = this.library.then(l => l?.predictions(chapter) ?? []).catch(() => []);
    return Promise.race([kept, new Promise<readonly Prediction[]>(r => setTimeout(r, 500, []))]);
  }

  /** Storage fails: a copy outside it, for the next visit. */
  #shelve(key: string): void { rescue(shelf(), { session: key, title: this.title, text: this.currentText, chapter: this.opened?.chapter ?? null, time: Date.now() }); }
  async #recover(l: Library): Promise<void> {
    for (const r of rescued(shelf())) {
      try {
        const head = await l.head(r.session);
        if (head?.text !== r.text && (head === null || head.time < r.time)) await l.create({ title: this.say('rescued', r.title), text: r.text, chapter: r.chapter, parent: head ? { session: r.session, revision: 0 } : null, ...(head ? { origin: head.text } : {}) });
        unrescue(shelf(), r.session);
      } catch { /* it stays where it is */ }
    }
  }

  // ── results ──
  /** A Go cell finished. */
  ran(r: RunSummary): void {
    const run: Run = { session: this.#node(), cell: r.cell, source: r.source, name: r.name ?? '', digest: r.digest ?? '', exit: r.exit ?? null, stdout: r.stdout ?? '', numbers: r.numbers, rows: r.rows ?? '', time: Date.now() };
    this.#results.set(r.cell, run);
    const was = this.opened?.shared?.results.find(x => x.cell === r.cell);
    if (was) this.verified = [...this.verified.filter(v => v.cell !== r.cell), { cell: r.cell, same: was.digest === run.digest && textSame(was.source, run.source), was: was.digest, is: run.digest, sourceSame: textSame(was.source, run.source) }];
    this.#fresh.add(r.cell);
    // While a slider moves, only what it comes to rest at is kept.
    clearTimeout(this.#settled);
    this.#settled = setTimeout(() => void this.#keepFresh().then(() => { this.#live?.ran(this.refs); this.beat++; }), 400);
  }
  /** Results that wait to be kept are kept, and named by a version, now. */
  async #settle(): Promise<void> {
    clearTimeout(this.#settled);
    if (this.#fresh.size === 0) return;
    await this.#keepFresh();
    this.#live?.ran(this.refs);
  }
  async #keepFresh(): Promise<void> {
    const cells = [...this.#fresh], session = this.#node();
    this.#fresh.clear();
    for (const c of cells) { const run = this.#results.get(c); if (run) await this.#keep(run); }
    // What no version names any more goes, now and then.
    if (session !== '' && (this.#kept += cells.length) >= 20) { this.#kept = 0; await (await this.library)?.tidy(session, new Set(this.refs.map(r => `${r.cell} ${r.source}`))).catch(() => 0); }
  }
  // ── the chapter as published since (S7) ──
  /** What the open session's chapter brings that it did not have when the session began. */
  news = $state.raw<News | null>(null);
  async #look(s: Session, text: string): Promise<void> {
    this.news = null;
    const c = __CHAPTERS__.find(x => x.slug === s.chapter), l = await this.library;
    if (!c || !l || s.chapterVersion === null || s.chapterVersion === c.version) return;
    try {
      const origin = await originOf(l, s), published = await this.chapterText(c.slug), u = origin && published !== null ? update(origin.text, text, published) : null;
      if (!origin || published === null || !u || this.opened?.session?.id !== s.id) return;
      this.news = { cells: u.changes.length, published, from: `${origin.session}@${origin.n}`, base: origin.text };
    } catch { /* an offer only: the session is as it was */ }
  }
  /** Takes the chapter's changes into the open session. */
  async takeNews(): Promise<void> {
    const news = this.news, o = this.opened, version = __CHAPTERS__.find(x => x.slug === o?.chapter)?.version;
    await this.drain?.();
    await this.#settle();
    await this.#live?.idle();
    const live = this.#live, l = await this.library;
    if (!news || !live || !l || version === undefined) return;
    const mine = live.text, u = update(news.base, mine, news.published);
    let before = 0;
    if (u && !await live.rewrite(async id => { const t = await l.takeIn(id, { mine, published: news.published, merged: u.text, version }, this.wire.me); before = t?.before ?? 0; return t?.session ?? null; })) return;
    this.news = null;
    if (!u) return;
    const kept = [...new Set(u.conflicts.map(c => c.id))];
    this.notify(kept.length > 0 ? this.say('newsTakenKept', kept.join(', ')) : this.say('newsTaken'), () => { this.toast = null; void live.restore(before); });
  }

  /** Where results are kept: the session, or the chapter as published. */
  #node(): string {
    const c = this.opened?.chapter, chapter = c ? __CHAPTERS__.find(x => x.slug === c) : undefined;
    return this.#live?.session.id ?? (chapter && !this.opened?.shared ? chapterNode(chapter.slug, chapter.version) : '');
  }
  get results(): readonly Run[] { return [...this.#results.values()]; }
  get refs(): RunRef[] { return this.results.map(({ cell, source, digest, exit }) => ({ cell, source, digest, exit })); }
  async #keep(run: Run): Promise<void> {
    // A notebook is a stranger's code: it may not fill the library with results.
    if ((this.#spent += run.rows.length + run.stdout.length) > mostResults) run = { ...run, rows: '', stdout: '' };
    const session = this.#node();
    if (session !== '') await (await this.library)?.putRun({ ...run, session }).catch(() => {});
  }
  async #keepAll(): Promise<void> { for (const r of this.results) await this.#keep(r); }

  // ── what the reader does with sessions ──
  async fork(): Promise<void> {
    const o = this.opened, l = await this.library;
    if (!o || !l) { this.save = 'failed'; return; }
    await this.drain?.();
    await this.#starting;
    await this.#settle();
    await this.#live?.idle();
    const from = this.#live?.session;
    const title = this.say('forkTitle', this.title);
    const s = from ? await l.fork(from.id, null, title) : await l.create({ title, text: this.currentText, chapter: o.chapter, chapterVersion: o.shared ? null : __CHAPTERS__.find(c => c.slug === o.chapter)?.version ?? null, place: this.#place, cause: 'fork' });
    if (!s) return;
    if (!from) for (const r of this.results) await l.putRun({ ...r, session: s.id }).catch(() => {});
    this.#told();
    await this.refresh();
    location.hash = toSession(s.id);
  }
  async forkRevision(id: string, n: number): Promise<void> {
    const l = await this.library, old = await l?.get(id), s = await l?.fork(id, n, this.say('forkTitle', old?.title ?? ''));
    if (!s) return;
    this.#told();
    await this.refresh();
    location.hash = toSession(s.id);
  }
  async restore(n: number): Promise<void> {
    await this.drain?.();
    await this.#live?.restore(n);
    this.notify(this.say('restored', n));
  }
  async rename(id: string, title: string): Promise<void> {
    const s = await (await this.library)?.patch(id, { title });
    if (s && this.#live?.session.id === id) { await this.#live.pull(); this.title = s.title; }
    this.#told();
    await this.refresh();
  }
  async tag(id: string, tags: readonly string[]): Promise<void> {
    await (await this.library)?.patch(id, { tags });
    if (this.#live?.session.id === id) await this.#live.pull();
    this.#told();
    await this.refresh();
  }
  async remove(id: string): Promise<void> {
    const l = await this.library, s = await l?.get(id);
    if (!l || !s) return;
    const open = this.route.page === 'session' && this.route.id === id;
    if (open) { await this.#leave(); history.replaceState(null, '', '#/'); this.opened = null; this.route = { page: 'contents' }; }
    await l.remove(id);
    this.#told();
    await this.refresh();
    this.notify(this.say('removed', s.title), () => void this.unremove(id));
  }
  async unremove(id: string): Promise<void> {
    await (await this.library)?.unremove(id);
    this.toast = null;
    this.#told();
    await this.refresh();
  }
  async purge(id: string): Promise<void> { await (await this.library)?.purge(id); this.#told(); await this.refresh(); }

  // ── files ──
  /** Sessions as the text of one file. */
  async bundle(ids?: readonly string[]): Promise<string> {
    await this.drain?.();
    await this.#settle();
    await this.#live?.idle();
    const l = await this.library;
    return l ? JSON.stringify(await exportBundle(l, ids)) : '';
  }
  /** Opens a file: a library of sessions, or a notebook. */
  async take(text: string, name: string): Promise<void> {
    if (!text.trimStart().startsWith('{')) { this.openText(text, name.replace(/\.html?$/i, '')); return; }
    try {
      const l = await this.library;
      if (!l) throw new StorageTrouble(this.trouble ?? 'blocked', '');
      const made = await importBundle(l, readBundle(text));
      this.#told();
      await this.refresh();
      this.notify(this.say('imported', made.length));
    } catch (e) { this.notify(e instanceof NotABundle ? this.say('badFile', e.message) : this.say('notSaved')); }
  }
}

/** The newest result of each text of each cell. */
function recordedOf(runs: readonly Run[]): Recorded[] {
  const newest = [...runs].sort((a, b) => b.time - a.time), seen = new Set<string>(), out: Recorded[] = [];
  for (const r of newest) {
    const key = `${r.cell} ${r.source.split('.')[0]}`;
    if (r.rows === '' || seen.has(key) || out.length >= 100) continue;
    seen.add(key);
    out.push({ cell: r.cell, source: r.source, rows: r.rows });
  }
  return out;
}

const emptyNotebook = (title: string): string => `<!doctype html>
<notebook>
  <title>${title}</title>
  <script id="1" type="text/markdown">
    # ${title}
  </script>
  <script id="2" type="text/x-go">
    package main

    func main() {
    	p := new(int)
    	println(*p)
    }
  </script>
</notebook>
`;
