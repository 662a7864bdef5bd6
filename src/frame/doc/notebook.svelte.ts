/**
 * The open notebook: document, selection, undo, and what each cell shows. Every
 * change goes through change(), which records undo, tells the shell, and lets the
 * kernel run what may run now:
 *
 * - prose and Go run a moment after typing pauses (Go in a Worker, so an endless
 *   loop harms nobody); JavaScript runs when it is committed (Shift+Enter or
 *   leaving the cell), because half-typed code must not run;
 * - in manual mode nothing runs until asked; in safe mode nothing ran yet.
 */
import { untrack } from 'svelte';
import type { FrameSettings, Place } from '../../bridge/schema.ts';
import { Kernel } from '../kernel/kernel.ts';
import type { KernelEnv } from '../kernel/kernel.ts';
import { compileCell } from '../kernel/transpile.ts';
import type { CellDoc, CellMode, NotebookDoc } from '../../../lib/notebook/document.ts';
import { parseNotebook, serializeNotebook } from '../../../lib/notebook/document.ts';
import type { FormatChunk } from '../chunks/format.ts';
import { chunk } from '../kernel/chunks.ts';
import { History } from './history.ts';
import { sameToken } from './layout.ts';
import { View } from './view.svelte.ts';

export type { View };

/** Milliseconds after the last keystroke: verdicts, then the run of live cells. */
const checkAfter = 60, runAfter = 350;
const live = (mode: CellMode): boolean => mode === 'md' || mode === 'html' || mode === 'go' || mode === 'tex';

/** Notebooks of more cells than this are started in slices of about so many milliseconds. */
const longFrom = 150, sliceMs = 8;

/** A place where a searched text stands, with a little of its line. */
export interface Found { readonly cell: number; readonly offset: number; readonly line: number; readonly before: string; readonly after: string; }

export type Why = 'typing' | 'edit' | 'run';
export interface NotebookEnv {
  /** The document changed. */
  changed(why: Why): void;
  announce(key: 'ann_ran' | 'ann_failed' | 'ann_deleted' | 'ann_formatted' | 'ann_notFormatted' | 'ann_undone' | 'ann_redone' | 'ann_moved' | 'ann_stopped', n?: number): void;
}

export class Notebook {
  doc = $state.raw<NotebookDoc>({ title: '', cells: [], attrs: {} });
  /** The cell that has the focus, and whether its editor is open. */
  focus = $state<number | null>(null);
  editing = $state(false);
  selected = $state.raw<ReadonlySet<number>>(new Set());
  settings = $state.raw<FrameSettings>({ theme: 'system', lang: 'en', autorun: true, goVersion: '1.26' });
  safe = $state(false);
  cursor = 0;
  readonly history = new History();
  readonly views = new Map<number, View>();
  readonly kernel: Kernel;
  /** Raised whenever any cell's state changed. */
  pulse = $state(0);
  #committed = new Map<number, CellDoc>();
  #clipboard: CellDoc[] = [];
  #timers = new Map<number, { check: ReturnType<typeof setTimeout>; run: ReturnType<typeof setTimeout> }>();
  #checks = new Map<number, AbortController>();
  #pulsing = false;
  #beatAt = -Infinity;
  /** While a long notebook opens: cells that do not run yet; null before their graph is known. */
  #held: Set<number> | null = new Set();
  /** Cells the reader asked to run: how they end is said aloud. */
  readonly #asked = new Set<number>();

  constructor(readonly env: NotebookEnv, kernel: Omit<KernelEnv, 'view' | 'goVersion' | 'changed' | 'settled'>) {
    this.kernel = new Kernel({
      ...kernel, view: id => this.view(id), goVersion: () => this.settings.goVersion,
      changed: () => this.#beat(),
      settled: (id, ok) => { if (this.#asked.delete(id)) this.env.announce(ok ? 'ann_ran' : 'ann_failed', id); },
    });
  }

  /** Counts and panels follow changes of state: at once, and then ten times a second. */
  #beat(): void {
    if (this.#pulsing) return;
    this.#pulsing = true;
    const wait = Math.max(0, this.#beatAt + 100 - performance.now());
    const go = (): void => { this.#pulsing = false; this.#beatAt = performance.now(); this.pulse++; };
    if (wait === 0) queueMicrotask(go); else setTimeout(go, wait);
  }

  view(id: number): View {
    let v = this.views.get(id);
    if (!v) this.views.set(id, v = new View(id));
    return v;
  }

  /** Cells in the reader's language. */
  readonly shown: readonly CellDoc[] = $derived(this.#inLanguage(this.doc.cells, this.settings.lang));
  #inLanguage(cells: readonly CellDoc[], lang: string): readonly CellDoc[] { return cells.every(c => c.lang === undefined) ? cells : cells.filter(c => c.lang === undefined || c.lang.startsWith(lang) || (c.lang !== 'en' && c.lang !== 'zh')); }
  get text(): string { return serializeNotebook(this.doc); }

  open(text: string, settings: FrameSettings, safe: boolean, place: Place | undefined): void {
    this.settings = settings;
    this.safe = safe;
    this.doc = parseNotebook(text);
    if (place?.cell !== undefined && this.index(place.cell) >= 0) { this.focus = place.cell; this.cursor = place.offset ?? 0; }
    if (this.doc.cells.length > longFrom) void this.#openLong();
    else {
      if (this.auto) this.#commitAll();
      this.#sync();
    }
  }
  /**
   * A long notebook is shown at once and started in slices, so that it can be read,
   * scrolled and edited meanwhile: the prose at the reader's place first; then all
   * cells are compiled, which gives the graph; then they run, what they read before them.
   */
  async #openLong(): Promise<void> {
    const { doc } = this;
    this.#held = null;
    if (this.auto) this.#commitAll();
    const at = Math.max(0, this.index(this.focus) - 20), first = doc.cells.slice(at, at + 60).filter(c => c.mode === 'md' && !c.value.includes('${'));
    this.kernel.sync(first, false, new Set());
    let until = performance.now() + sliceMs;
    const pause = async (): Promise<void> => { if (performance.now() > until) { await new Promise(r => setTimeout(r, 0)); until = performance.now() + sliceMs; } };
    for (const c of doc.cells) { await pause(); this.kernel.prepare(c); }
    const done = new Set(first.map(c => c.id)), held = this.#held = new Set(this.doc.cells.map(c => c.id).filter(id => !done.has(id)));
    this.#sync();
    const order: number[] = [], seen = new Set<number>(), { graph } = this.kernel;
    const near = [...this.doc.cells.slice(at, at + 60), ...this.doc.cells];
    for (const { id } of near) {
      const stack = [id];
      while (stack.length > 0) {
        const top = stack[stack.length - 1], next = seen.has(top) ? [] : [...graph.reads.get(top) ?? []].filter(r => !seen.has(r));
        seen.add(top);
        if (next.length > 0) stack.push(...next); else { stack.pop(); if (held.has(top) && !done.has(top)) { done.add(top); order.push(top); } }
      }
    }
    for (let i = 0, n = 12; i < order.length;) {
      for (const id of order.slice(i, i += n)) held.delete(id);
      const from = performance.now();
      this.#sync();
      // The runtime computes in the next frame; how long that took says how much to give it next.
      await new Promise<void>(r => { requestAnimationFrame(() => { setTimeout(r, 0); }); });
      n = performance.now() - from < sliceMs * 4 ? Math.min(n * 2, 100) : Math.max(6, n >> 1);
    }
  }
  replace(text: string): void {
    const next = parseNotebook(text);
    this.history.before({ doc: this.doc, focus: this.focus }, '', performance.now());
    this.#set(next);
    if (this.auto) this.#commitAll();
    this.#sync();
  }
  get auto(): boolean { return this.settings.autorun && !this.safe; }

  /** Where the cells of #placesOf stand, by id. */
  #places = new Map<number, number>();
  #placesOf: readonly CellDoc[] = [];
  index(id: number | null): number {
    const { cells } = this.doc;
    if (this.#placesOf !== cells) {
      this.#placesOf = cells;
      this.#places = new Map(cells.map((c, i) => [c.id, i]));
    }
    return id === null ? -1 : this.#places.get(id) ?? -1;
  }
  cell(id: number): CellDoc | undefined { return this.doc.cells[this.index(id)]; }

  applySettings(s: FrameSettings): void {
    const wasAuto = this.auto;
    this.settings = s;
    if (this.auto && !wasAuto) this.runAll(); else this.#sync();
  }

  // ── changing ────────────────────────────────────────────────────────────

  /** Replaces the document by one step of undo. */
  change(cells: readonly CellDoc[], why: Why, join = ''): void {
    this.history.before({ doc: this.doc, focus: this.focus }, join, performance.now());
    this.#set({ ...this.doc, cells });
    this.env.changed(why);
  }
  #set(doc: NotebookDoc): void {
    this.doc = doc;
    if (this.focus !== null && this.index(this.focus) < 0) { this.focus = null; this.editing = false; }
  }

  /** Text typed in a cell. */
  type(id: number, value: string): void {
    const at = this.index(id);
    if (at < 0 || this.doc.cells[at].value === value) return;
    const cells = this.doc.cells.slice();
    const cell = cells[at] = { ...cells[at], value };
    // The cells stand where they stood.
    this.#placesOf = cells;
    this.change(cells, 'typing', `type ${id}`);
    const view = this.view(id);
    if (!view.edited) { view.edited = true; this.#beat(); }
    const old = this.#timers.get(id);
    if (old) { clearTimeout(old.check); clearTimeout(old.run); }
    this.#timers.set(id, {
      check: setTimeout(() => { if (cell.mode === 'go') void this.#check(id); }, checkAfter),
      run: setTimeout(() => { this.#timers.delete(id); if (live(cell.mode) && this.auto) this.commit([id]); else this.#sync(); }, runAfter),
    });
  }
  async #check(id: number): Promise<void> {
    const cell = this.cell(id);
    if (!cell) return;
    this.#checks.get(id)?.abort();
    const abort = new AbortController();
    this.#checks.set(id, abort);
    await this.kernel.check(cell, abort.signal).catch((e: unknown) => { this.view(id).thrown = String(e); });
  }

  /** Gives the cells' present text to the kernel. */
  commit(ids: readonly number[]): void {
    for (const id of ids) {
      const c = this.cell(id);
      if (!c) continue;
      const t = this.#timers.get(id);
      if (t) { clearTimeout(t.check); clearTimeout(t.run); this.#timers.delete(id); }
      this.#committed.set(id, c);
      this.view(id).edited = false;
    }
    this.#sync();
  }
  #commitAll(): void { for (const c of this.doc.cells) { this.#committed.set(c.id, c); this.view(c.id).edited = false; } }

  /** The kernel's view of the document: committed text, and which cells wait. */
  #sync(): void {
    // Compiling is under way: whoever opens the notebook comes back here.
    if (this.#held === null) return;
    const waiting = new Set(this.#held);
    const docs = this.doc.cells.map(c => {
      const done = this.#committed.get(c.id);
      if (done) return done.value === c.value && done.mode === c.mode ? (done === c ? c : { ...c }) : { ...c, value: done.value, mode: done.mode };
      if (c.mode === 'md' && !c.value.includes('${')) return c;
      waiting.add(c.id);
      return c;
    });
    for (const id of this.#committed.keys()) if (this.index(id) < 0) this.#committed.delete(id);
    this.kernel.sync(docs, !this.auto, waiting);
  }

  run(ids: readonly number[]): void {
    if (ids.length <= 10) for (const id of ids) this.#asked.add(id);
    const rerun = ids.filter(id => { const c = this.cell(id), d = this.#committed.get(id); return c && d && c.value === d.value && c.mode === d.mode; });
    this.commit(ids);
    if (rerun.length > 0) this.kernel.run(rerun);
    this.env.changed('run');
  }
  runAll(): void {
    this.safe = false;
    this.run(this.doc.cells.map(c => c.id));
  }
  stop(id: number): void { this.kernel.stop(id); this.env.announce('ann_stopped', id); }

  /** The cell was left: what was typed counts. */
  leave(id: number): void { if (this.auto && this.view(id).edited) this.commit([id]); }

  freshId(): number { return Math.max(0, ...this.doc.cells.map(c => c.id), ...this.history.bin.map(b => b.cell.id), ...this.views.keys()) + 1; }

  insert(index: number, mode: CellMode, value = ''): number {
    const id = this.freshId();
    const cells = this.doc.cells.slice();
    cells.splice(index, 0, { id, mode, value, pinned: mode !== 'md' && mode !== 'html', hidden: false, attrs: {} });
    this.change(cells, 'edit');
    if (this.auto) this.commit([id]);
    this.select(id);
    return id;
  }
  remove(ids: readonly number[]): void {
    const gone = new Set(ids), at = this.doc.cells.findIndex(c => gone.has(c.id));
    if (at < 0) return;
    this.history.discard(this.doc.cells.filter(c => gone.has(c.id)), Date.now());
    const cells = this.doc.cells.filter(c => !gone.has(c.id));
    this.change(cells, 'edit');
    this.#sync();
    const next = cells[Math.min(at, cells.length - 1)];
    if (next) this.select(next.id);
    this.env.announce('ann_deleted');
  }
  /** Moves cells by one place (up -1, down 1), or to before the cell at index. */
  move(ids: readonly number[], by: number): void {
    const set = new Set(ids), cells = this.doc.cells.slice();
    const order = by < 0 ? cells.map((_, i) => i) : cells.map((_, i) => cells.length - 1 - i);
    for (const i of order) {
      const j = i + by;
      if (!set.has(cells[i].id) || j < 0 || j >= cells.length || set.has(cells[j].id)) continue;
      [cells[i], cells[j]] = [cells[j], cells[i]];
    }
    this.change(cells, 'edit', `move ${ids.join()}`);
    this.env.announce('ann_moved');
  }
  moveTo(ids: readonly number[], index: number): void {
    const set = new Set(ids), moved = this.doc.cells.filter(c => set.has(c.id));
    const before = this.doc.cells.slice(0, index).filter(c => !set.has(c.id)), after = this.doc.cells.slice(index).filter(c => !set.has(c.id));
    this.change([...before, ...moved, ...after], 'edit');
    this.env.announce('ann_moved');
  }
  copies(ids: readonly number[]): CellDoc[] { const set = new Set(ids); return this.doc.cells.filter(c => set.has(c.id)); }
  pasteAfter(id: number | null, list: readonly CellDoc[]): void {
    if (list.length === 0) return;
    let next = this.freshId();
    const at = id === null ? this.doc.cells.length : this.index(id) + 1;
    const fresh = list.map(c => ({ ...c, id: next++ }));
    this.change([...this.doc.cells.slice(0, at), ...fresh, ...this.doc.cells.slice(at)], 'edit');
    if (this.auto) this.commit(fresh.map(c => c.id)); else this.#sync();
    this.select(fresh[fresh.length - 1].id);
  }
  copy(ids: readonly number[]): void { this.#clipboard = this.copies(ids); }
  paste(): void { this.pasteAfter(this.focus, this.#clipboard); }
  split(id: number, offset: number): void {
    const at = this.index(id), cell = this.cell(id);
    if (!cell) return;
    const fresh: CellDoc = { ...cell, id: this.freshId(), value: cell.value.slice(offset).replace(/^\n/, ''), output: undefined };
    const cells = this.doc.cells.slice();
    cells.splice(at, 1, { ...cell, value: cell.value.slice(0, offset).replace(/\n$/, '') }, fresh);
    this.change(cells, 'edit');
    if (this.auto) this.commit([id, fresh.id]); else this.#sync();
    this.select(fresh.id);
  }
  merge(ids: readonly number[]): void {
    const list = ids.length > 1 ? this.copies(ids) : this.doc.cells.slice(this.index(ids[0]), this.index(ids[0]) + 2);
    if (list.length < 2) return;
    const [first] = list, gone = new Set(list.slice(1).map(c => c.id));
    const value = list.map(c => c.value).join(first.mode === 'md' ? '\n\n' : '\n');
    this.change(this.doc.cells.filter(c => !gone.has(c.id)).map(c => c.id === first.id ? { ...c, value } : c), 'edit');
    if (this.auto) this.commit([first.id]); else this.#sync();
    this.select(first.id);
  }
  patch(ids: readonly number[], patch: Partial<Pick<CellDoc, 'mode' | 'value' | 'pinned' | 'hidden' | 'output'>>): void {
    const set = new Set(ids);
    this.change(this.doc.cells.map(c => set.has(c.id) ? { ...c, ...patch } : c), 'edit');
    if (this.auto) this.commit(ids); else this.#sync();
  }
  /** Lays out the Go cells among ids, as gofmt does; the caret stays at its token. A cell that is not Go shows where. */
  async format(ids: readonly number[]): Promise<void> {
    const { reformat } = await chunk<FormatChunk>('format');
    for (const id of ids) {
      const before = this.cell(id);
      if (before?.mode !== 'go') continue;
      const r = reformat(before.value);
      if (r.text === undefined) {
        this.edit(id, r.at);
        this.env.announce('ann_notFormatted', id);
        return;
      }
      const { text } = r;
      if (text !== before.value) {
        if (this.focus === id) this.cursor = sameToken(before.value, text, this.cursor);
        this.patch([id], { value: text });
      }
      this.env.announce('ann_formatted', id);
    }
  }
  rename(title: string): void {
    if (title === this.doc.title) return;
    this.history.before({ doc: this.doc, focus: this.focus }, 'title', performance.now());
    this.doc = { ...this.doc, title };
    this.env.changed('typing');
  }

  undo(): void { this.#travel(this.history.undo({ doc: this.doc, focus: this.focus }), 'ann_undone'); }
  redo(): void { this.#travel(this.history.redo({ doc: this.doc, focus: this.focus }), 'ann_redone'); }
  #travel(step: { doc: NotebookDoc; focus: number | null } | null, say: 'ann_undone' | 'ann_redone'): void {
    if (!step) return;
    const old = new Map(this.doc.cells.map(c => [c.id, c]));
    this.editing = false;
    this.#set(step.doc);
    const changed = step.doc.cells.filter(c => old.get(c.id) !== c).map(c => c.id);
    for (const id of changed) this.view(id).edited = this.#committed.has(id);
    if (this.auto) this.commit(changed); else this.#sync();
    if (step.focus !== null && this.index(step.focus) >= 0) this.select(step.focus);
    this.env.changed('edit');
    this.env.announce(say);
  }

  // ── selection ───────────────────────────────────────────────────────────

  select(id: number | null, extend = false): void {
    if (id !== null && extend && this.focus !== null) {
      const list = this.shown, a = list.findIndex(c => c.id === (this.#anchor ?? this.focus)), b = list.findIndex(c => c.id === id);
      this.#anchor ??= this.focus;
      this.selected = new Set(list.slice(Math.min(a, b), Math.max(a, b) + 1).map(c => c.id));
    } else { this.selected = new Set(); this.#anchor = null; }
    if (id !== this.focus) { if (this.focus !== null && this.editing) this.leave(this.focus); this.editing = false; this.focus = id; this.cursor = 0; }
  }
  /** The panel for finding is open. */
  finding = $state(false);
  #anchor: number | null = null;
  edit(id: number, offset?: number): void { this.select(id); if (offset !== undefined) this.cursor = offset; this.editing = true; }
  /** The cells a command is about. */
  get targets(): readonly number[] { return this.selected.size > 0 ? this.doc.cells.filter(c => this.selected.has(c.id)).map(c => c.id) : this.focus === null ? [] : [this.focus]; }
  /** Moves the focus among shown cells. */
  step(by: number, extend = false): void {
    const list = this.shown, at = list.findIndex(c => c.id === this.focus);
    const to = list[Math.max(0, Math.min(list.length - 1, at < 0 ? 0 : at + by))];
    if (to) this.select(to.id, extend);
  }

  // ── search ──────────────────────────────────────────────────────────────

  /** Where a text stands in the shown cells, at most limit places. */
  find(query: string, matchCase: boolean, limit = 1000): Found[] {
    const out: Found[] = [];
    if (query === '') return out;
    const q = matchCase ? query : query.toLowerCase();
    for (const c of this.shown) {
      const text = matchCase ? c.value : c.value.toLowerCase();
      for (let at = text.indexOf(q); at >= 0 && out.length < limit; at = text.indexOf(q, at + q.length)) {
        const start = c.value.lastIndexOf('\n', at - 1) + 1, stop = c.value.indexOf('\n', at);
        out.push({ cell: c.id, offset: at, line: c.value.slice(0, at).split('\n').length, before: c.value.slice(Math.max(start, at - 24), at), after: c.value.slice(at + q.length, Math.min(stop < 0 ? c.value.length : stop, at + q.length + 40)) });
      }
    }
    return out;
  }
  /** Replaces in all shown cells, as one step of undo; tells how many places. */
  replaceAll(query: string, by: string, matchCase: boolean): number {
    if (query === '') return 0;
    const shown = new Set(this.shown.map(c => c.id)), pattern = new RegExp(query.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'), matchCase ? 'g' : 'gi');
    let n = 0;
    const changed: number[] = [];
    const cells = this.doc.cells.map(c => {
      if (!shown.has(c.id)) return c;
      const value = c.value.replace(pattern, () => { n++; return by; });
      if (value === c.value) return c;
      changed.push(c.id);
      return { ...c, value };
    });
    if (n === 0) return 0;
    this.change(cells, 'edit');
    for (const id of changed) this.view(id).edited = true;
    if (this.auto) this.commit(changed); else this.#sync();
    return n;
  }

  get counts(): { cells: number; ran: number; running: number; stale: number; errors: number } {
    void this.pulse;
    return untrack(() => {
      let ran = 0, running = 0, stale = 0, errors = 0;
      for (const c of this.doc.cells) {
        const v = this.views.get(c.id);
        if (!v) continue;
        if (v.status === 'running' || v.status === 'queued') running++;
        else if (v.status === 'error') errors++;
        else if (v.status === 'stale' || v.edited) stale++;
        else ran++;
      }
      return { cells: this.doc.cells.length, ran, running, stale, errors };
    });
  }
  /** Names a cell can complete: definitions of the notebook and builtins. */
  /** Names of the values of Go cells. */
  get goNames(): string[] { return this.doc.cells.flatMap(c => (c.mode === 'go' ? [...(this.views.get(c.id)?.outputs ?? [])] : [])); }
  get names(): string[] { return [...new Set([...this.doc.cells.flatMap(c => [...(this.views.get(c.id)?.outputs ?? [])]), ...this.kernel.builtinNames])]; }
  outputsOf(cell: CellDoc): readonly string[] { return compileCell(cell).outputs; }
}
