/** The shell's state: settings, sessions, the open notebook, and its autosave. */
import type { FrameSettings, Lang, Place, ToShell } from '../bridge/schema.ts';
import { speaker } from '../i18n/index.ts';
import { readRoute, toSession } from './route.ts';
import type { Route } from './route.ts';
import { openStore } from './store.ts';
import type { Session, SessionStore } from './store.ts';

export interface Opened { readonly key: string; readonly title: string; readonly text: string; readonly chapter: string | null; readonly session: Session | null; readonly safe: boolean; readonly place: Place | undefined; }
export type SaveState = 'clean' | 'saving' | 'saved' | 'failed';

const settingsKey = 'go-memory-lab.settings';
const defaults = (): FrameSettings => ({ theme: 'system', lang: navigator.language.startsWith('zh') ? 'zh' : 'en', autorun: true, goVersion: '1.26' });
function readSettings(): FrameSettings {
  const base = defaults();
  try {
    const s = JSON.parse(localStorage.getItem(settingsKey) ?? '{}') as Partial<FrameSettings>;
    return {
      theme: s.theme === 'light' || s.theme === 'dark' ? s.theme : base.theme,
      lang: s.lang === 'zh' || s.lang === 'en' ? s.lang : base.lang,
      autorun: typeof s.autorun === 'boolean' ? s.autorun : base.autorun,
      goVersion: typeof s.goVersion === 'string' && /^1\.2[1-6]$/.test(s.goVersion) ? s.goVersion : base.goVersion,
    };
  } catch { return base; }
}

export class Shell {
  settings = $state.raw<FrameSettings>(readSettings());
  route = $state.raw<Route>(readRoute(location.hash));
  sessions = $state.raw<readonly Session[]>([]);
  opened = $state.raw<Opened | null>(null);
  problem = $state<string | null>(null);
  save = $state<SaveState>('clean');
  status = $state.raw({ cells: 0, ran: 0, running: 0, stale: 0, errors: 0 });
  say = $derived(speaker(this.settings.lang));
  /** Title of the open document as last heard. */
  title = $state('');
  #store: Promise<SessionStore | null>;
  #writing: Promise<void> = Promise.resolve();
  #current: Session | null = null;
  #import: { text: string; title: string } | null = null;

  constructor() {
    this.#store = openStore().catch(() => null);
    addEventListener('hashchange', () => { this.route = readRoute(location.hash); void this.open(); });
    void this.refresh();
    void this.open();
  }
  async refresh(): Promise<void> { this.sessions = await (await this.#store)?.list().catch(() => []) ?? []; }

  set(patch: Partial<FrameSettings>): void {
    this.settings = { ...this.settings, ...patch };
    try { localStorage.setItem(settingsKey, JSON.stringify(this.settings)); } catch { /* a browser without storage keeps settings for the visit */ }
  }
  lang(l: Lang): void { this.set({ lang: l }); }
  chapterTitle(slug: string | null): string {
    const c = __CHAPTERS__.find(x => x.slug === slug);
    return c ? (this.settings.lang === 'zh' && c.titleZh ? c.titleZh : c.title) : '';
  }

  /** Loads what the address names. */
  async open(): Promise<void> {
    const r = this.route;
    if (r.page === 'session' && this.#current?.id === r.id && this.opened?.session?.id === r.id) return;
    this.problem = null;
    this.status = { cells: 0, ran: 0, running: 0, stale: 0, errors: 0 };
    this.#current = null;
    this.opened = null;
    try {
      if (r.page === 'chapter') {
        const c = __CHAPTERS__.find(x => x.slug === r.slug);
        if (!c) { this.problem = this.say('notFound'); return; }
        const answer = await fetch(c.file);
        if (!answer.ok) throw new Error(`${answer.status} ${answer.statusText}`);
        const text = await answer.text();
        if (this.route === r) this.#show({ key: `chapter ${r.slug}`, title: this.chapterTitle(r.slug), text, chapter: r.slug, session: null, safe: false, place: undefined });
      } else if (r.page === 'session') {
        const s = await (await this.#store)?.get(r.id) ?? null;
        if (this.route !== r) return;
        if (!s) { this.problem = this.say('notFound'); return; }
        this.#current = s;
        this.#show({ key: `session ${s.id}`, title: s.title, text: s.text, chapter: s.chapter, session: s, safe: false, place: s.place });
      } else if (r.page === 'new') {
        const given = this.#import;
        this.#import = null;
        this.#show({ key: `new ${performance.now()}`, title: given?.title ?? this.say('untitled'), text: given?.text ?? emptyNotebook, chapter: null, session: null, safe: given !== null, place: undefined });
      }
    } catch (e) { this.problem = this.say('loadFailed', e instanceof Error ? e.message : String(e)); }
  }
  #show(o: Opened): void { this.opened = o; this.title = o.title; this.save = 'clean'; }

  /** The frame reports the document. The first change of a chapter makes a session. */
  heard(m: Extract<ToShell, { kind: 'doc' }>): void {
    const o = this.opened;
    if (!o) return;
    this.title = m.title;
    if (this.#current === null && m.why === 'run' && m.text === o.text) return;
    const now = Date.now(), fresh = this.#current === null;
    const s: Session = this.#current
      ? { ...this.#current, text: m.text, title: m.title || this.#current.title, place: m.place, updated: now }
      : { id: crypto.randomUUID(), title: m.title || o.title, chapter: o.chapter, parent: null, text: m.text, place: m.place, created: now, updated: now };
    this.#current = s;
    if (fresh) { this.opened = { ...o, session: s }; history.replaceState(null, '', toSession(s.id)); this.route = { page: 'session', id: s.id }; }
    this.#write(s);
  }
  placed(place: Place): void {
    if (!this.#current) return;
    this.#current = { ...this.#current, place };
    this.#write(this.#current);
  }
  #write(s: Session): void {
    this.save = 'saving';
    this.#writing = this.#writing.then(async () => {
      const store = await this.#store;
      if (!store) { this.save = 'failed'; return; }
      try { await store.put(s); if (this.#current === s) this.save = 'saved'; await this.refresh(); } catch { this.save = 'failed'; }
    });
  }
  async fork(): Promise<void> {
    await this.#writing;
    const o = this.opened;
    if (!o) return;
    const now = Date.now(), from = this.#current;
    const s: Session = { id: crypto.randomUUID(), title: from?.title ?? o.title, chapter: o.chapter, parent: from?.id ?? null, text: from?.text ?? o.text, place: from?.place ?? {}, created: now, updated: now };
    const store = await this.#store;
    if (!store) { this.save = 'failed'; return; }
    await store.put(s);
    await this.refresh();
    location.hash = toSession(s.id);
  }
  async remove(id: string): Promise<void> {
    await (await this.#store)?.remove(id);
    await this.refresh();
    if (this.#current?.id === id) location.hash = '#/';
  }
  openText(text: string, title: string): void {
    this.#import = { text, title };
    if (this.route.page === 'new') void this.open(); else location.hash = '#/new';
  }
  get currentText(): string { return this.#current?.text ?? this.opened?.text ?? ''; }
}

const emptyNotebook = `<!doctype html>
<notebook>
  <title>Untitled</title>
  <script id="1" type="text/markdown">
    # Untitled
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
