/**
 * Runs a notebook: cells are compiled (transpile.ts), checked against each other
 * (graph.ts), and defined as variables of one Observable runtime, which recomputes
 * exactly what depends on a change. The kernel adds what the runtime lacks:
 * mistakes found before running, visible states, stopping, and Go.
 *
 * A cell's life: stale (its text or an input changed and it waits to be run) →
 * queued (waits for its inputs) → running → idle or error. Definitions are replaced
 * only when something that matters to the cell changed, its signature: text, kind,
 * name, resolved inputs and mistakes.
 */
import { Runtime } from '@observablehq/runtime';
import type { Module } from '@observablehq/runtime';
import { define } from 'kit:define';
import type { Definition, DisplayState, Observer } from 'kit:define';
import { clear, display } from 'kit:display';
import type { CellDoc } from '../../../lib/notebook/document.ts';
import { buildGraph, dependents } from '../../../lib/notebook/graph.ts';
import type { Graph, GraphCell, GraphError } from '../../../lib/notebook/graph.ts';
import { builtins } from './builtins.ts';
import { chunk } from './chunks.ts';
import { shortened } from './longtext.ts';
import { knobsOf } from '../../../lib/notebook/directives.ts';
import { Stopped } from './goworker.ts';
import type { GoHost } from './goworker.ts';
import { defaultKnobs } from './gotypes.ts';
import type { AnswerTo, Question } from '../verdict/questions.ts';
import type { ServiceAnswer, ServiceAsk } from './service.ts';
import type { GoCheckResult, GoKnobs, GoRunResult } from './gotypes.ts';
import { cellWords, compileCell, goFileName } from './transpile.ts';
import type { Compiled, CompiledGo, SourceError } from './transpile.ts';
import { hasCompiler, provideCompiler } from './typescript.ts';

export type Status = 'idle' | 'queued' | 'running' | 'stale' | 'error';

/** What the kernel tells about a cell. The page implements it with reactive fields. */
export interface CellView {
  /** Where values of the cell are displayed. */
  readonly root: HTMLElement;
  status: Status;
  /** The reader stopped it, and it was not run since. */
  stopped: boolean;
  /** Milliseconds of the last run, null before it. */
  ms: number | null;
  /** Mistake in the text. */
  syntax: SourceError | null;
  mistakes: readonly GraphError[];
  /** What running threw. */
  thrown: string | null;
  /** Verdicts of the last check or run, and the text they are about. */
  check: GoCheckResult | null;
  checkText: string;
  go: GoRunResult | null;
  knobs: GoKnobs | null;
  stdout: string;
  stderr: string;
  progress: { phase: string; virtualNs: number } | null;
  inputs: readonly string[];
  outputs: readonly string[];
  reads: readonly number[];
  readers: readonly number[];
  /** Value of the cell as last computed: for the variables panel. */
  value: unknown;
}

interface Entry { doc: CellDoc; compiled: Compiled; signature: string; defined: boolean;
  /** It was in waiting at the last sync. */
  waits: boolean;
  /** Counts definitions: a deleted variable still reports once, to nobody. */
  generation: number;
  readonly state: DisplayState; from: number; abort: AbortController | null; }

export interface KernelEnv {
  view(id: number): CellView;
  readonly workers: GoHost;
  goVersion(): string;
  readonly builtins: Parameters<typeof builtins>[0];
  /** A Go cell finished. */
  ran?(doc: CellDoc, result: GoRunResult): void;
  changed?(): void;
  /** A cell came to rest: with a value, or failed. */
  settled?(id: number, ok: boolean): void;
}

/** Characters of output kept per stream; the rest is counted by the engine. */
const outputCap = 2_000_000;

const evaluate = globalThis.eval;

export class Kernel {
  readonly #entries = new Map<number, Entry>();
  readonly #builtins: Record<string, unknown>;
  readonly #main: Module;
  #graph: Graph = { errors: new Map(), reads: new Map(), readers: new Map(), definer: new Map() };
  #docs: readonly CellDoc[] = [];
  #hold = false;
  #waiting: ReadonlySet<number> = new Set();
  #version = '';
  /** What prepare() compiled ahead. */
  readonly #ahead = new WeakMap<CellDoc, Compiled>();

  constructor(readonly env: KernelEnv) {
    this.#builtins = builtins(env.builtins);
    this.#main = new Runtime(this.#builtins).module();
  }

  get graph(): Graph { return this.#graph; }
  readonly knows = (name: string): boolean => Object.hasOwn(this.#builtins, name) || cellWords.has(name) || name in globalThis;
  /** The present value of a name that a cell defines, as readers of the name see it: of a view its value, of a generator what it gave last. */
  valueOf(name: string): Promise<unknown> { return this.#main.value(name); }
  get builtinNames(): string[] { return Object.keys(this.#builtins); }

  /**
   * Makes the runtime agree with docs. hold: dependents of what changed become
   * stale instead of running. Cells in waiting are known to the graph but not run.
   */
  sync(docs: readonly CellDoc[], hold: boolean, waiting: ReadonlySet<number>): void {
    const before = this.#docs;
    let anew = docs.length !== before.length || this.env.goVersion() !== this.#version;
    this.#docs = docs;
    this.#hold = hold;
    this.#waiting = waiting;
    this.#version = this.env.goVersion();
    const touched = new Set<Entry>();
    docs.forEach((d, i) => {
      anew ||= before[i].id !== d.id;
      const e = this.#entries.get(d.id);
      if (e && sameText(e.doc, d)) { e.doc = d; return; }
      const compiled = this.#compile(d);
      if (e) {
        anew ||= !sameFace(e.compiled, compiled);
        e.doc = d;
        e.compiled = compiled;
        touched.add(e);
      } else {
        anew = true;
        this.#entries.set(d.id, { doc: d, compiled, signature: '', defined: false, waits: false, generation: 0, state: { root: this.env.view(d.id).root, expanded: [], variables: [] }, from: 0, abort: null });
      }
    });
    // The graph is made anew only when what a cell reads or defines changed, or which cells there are.
    if (anew) {
      const alive = new Set(docs.map(d => d.id));
      for (const [id, e] of this.#entries) if (!alive.has(id)) { this.#undefine(e); this.#entries.delete(id); }
      const nodes: GraphCell[] = docs.map(d => { const { inputs, optional, outputs } = this.#entries.get(d.id)!.compiled; return { id: d.id, inputs, optional, outputs }; });
      this.#graph = buildGraph(nodes, this.knows);
    }
    const graph = this.#graph;
    const dirty: Entry[] = [];
    for (const d of docs) {
      const e = this.#entries.get(d.id)!;
      if (!anew && !touched.has(e) && waiting.has(d.id) === e.waits) continue;
      const view = this.env.view(d.id), c = e.compiled;
      e.waits = waiting.has(d.id);
      const inputs = c.inputs.concat(c.optional.filter(n => graph.definer.has(n))), reads = [...graph.reads.get(d.id)!], readers = [...graph.readers.get(d.id)!];
      if (!sameList(view.inputs, inputs)) view.inputs = inputs;
      if (!sameList(view.outputs, c.outputs)) view.outputs = c.outputs;
      if (!sameList(view.reads, reads)) view.reads = reads;
      if (!sameList(view.readers, readers)) view.readers = readers;
      view.syntax = c.kind === 'error' ? c.error : null;
      const mistakes = graph.errors.get(d.id) ?? none;
      if (mistakes.length > 0 || view.mistakes.length > 0) view.mistakes = mistakes;
      if (e.waits) { if (e.defined) this.#undefine(e); e.signature = ''; continue; }
      const signature = JSON.stringify([d.mode, d.value, d.output, d.hidden, view.inputs, mistakes, c.kind, d.mode === 'go' ? this.env.goVersion() : '']);
      if (signature !== e.signature) { e.signature = signature; dirty.push(e); }
    }
    if (hold) {
      const changed = dirty.map(e => e.doc.id), later = dependents(graph, changed);
      for (const id of changed) later.delete(id);
      for (const id of later) { const e = this.#entries.get(id); if (e) this.#shelve(e); }
    }
    for (const e of dirty) this.#define(e);
    this.env.changed?.();
  }

  /** Runs cells again although nothing changed (and what they need, where that is stale). */
  run(ids: Iterable<number>): void {
    const want = new Set(ids);
    for (const id of want) for (const r of this.#graph.reads.get(id) ?? []) if (this.env.view(r).status === 'stale') want.add(r);
    if (this.#hold) for (const id of dependents(this.#graph, want)) { const e = this.#entries.get(id); if (e && !want.has(id)) this.#shelve(e); }
    for (const d of this.#docs) if (want.has(d.id)) this.#define(this.#entries.get(d.id)!);
  }

  /** Stops a cell: its Worker ends, its variables go, what it showed stays. */
  stop(id: number): void {
    const e = this.#entries.get(id);
    if (!e) return;
    const view = this.env.view(id);
    if (view.status !== 'running' && view.status !== 'queued') return;
    this.#shelve(e);
    view.stopped = true;
  }
  stopAll(): void { for (const id of this.#entries.keys()) this.stop(id); }

  /** Checks the text of a Go cell without running it. */
  async check(doc: CellDoc, signal: AbortSignal): Promise<void> {
    const compiled = compileCell(doc);
    if (compiled.kind !== 'go') return;
    try {
      const { knobs } = knobsOf({ ...defaultKnobs, go: this.env.goVersion() }, { ...compiled.directives, settings: compiled.directives.settings.filter(s => s.variable === null) }, new Map());
      const result = await this.env.workers.check([{ name: goFileName, text: doc.value }], knobs, signal);
      const view = this.env.view(doc.id);
      view.check = { ...result, diagnostics: [...compiled.directives.diagnostics, ...result.diagnostics] };
      view.checkText = doc.value;
    } catch (e) { if (!(e instanceof Stopped)) throw e; }
  }

  /** The knobs of a Go cell as its text and its last run say; null: the text cannot be read. */
  #knobs(doc: CellDoc): GoKnobs | null {
    const compiled = compileCell(doc);
    if (compiled.kind !== 'go') return null;
    return this.env.view(doc.id).knobs ?? knobsOf({ ...defaultKnobs, go: this.env.goVersion() }, { ...compiled.directives, settings: compiled.directives.settings.filter(s => s.variable === null) }, new Map()).knobs;
  }
  /** Answers a question about a Go cell's verdicts; over: other knobs than its own. */
  async ask<Q extends Question>(doc: CellDoc, question: Q, over: Partial<GoKnobs>, signal: AbortSignal): Promise<AnswerTo<Q>> {
    const knobs = this.#knobs(doc);
    if (!knobs) throw new Stopped();
    return this.env.workers.ask([{ name: goFileName, text: doc.value }], { ...knobs, ...over }, question, signal);
  }
  /** Verdicts of a Go cell with other knobs than its own. */
  async checkWith(doc: CellDoc, over: Partial<GoKnobs>, signal: AbortSignal): Promise<GoCheckResult> {
    const knobs = this.#knobs(doc);
    if (!knobs) throw new Stopped();
    return this.env.workers.check([{ name: goFileName, text: doc.value }], { ...knobs, ...over }, signal);
  }
  knobsOf(doc: CellDoc): GoKnobs { return this.#knobs(doc) ?? defaultKnobs; }

  /** Answers an editor's question about text, the text of a Go cell as it is being typed. */
  service(id: number, text: string, ask: ServiceAsk, signal: AbortSignal): Promise<ServiceAnswer> {
    return this.env.workers.service([{ name: goFileName, text }], this.env.view(id).knobs?.go ?? this.env.goVersion(), ask, signal);
  }

  #compile(d: CellDoc): Compiled {
    if (d.mode === 'ts' && !hasCompiler()) {
      void chunk<{ transpileTypeScript(text: string): string }>('typescript').then(m => {
        provideCompiler(m.transpileTypeScript);
        for (const e of this.#entries.values()) if (e.doc.mode === 'ts') { e.compiled = compileCell(e.doc); e.signature = ''; }
        this.#version = '';
        this.sync(this.#docs, this.#hold, this.#waiting);
      }, (e: unknown) => { this.env.view(d.id).thrown = String(e); });
      return { kind: 'js', inputs: [], optional: [], outputs: [], transpiled: { body: '() => {}', inputs: [] } };
    }
    return this.#ahead.get(d) ?? compileCell(d);
  }
  /** Compiles a cell before sync asks for it: in a long notebook, a few at a time. */
  prepare(d: CellDoc): void { if (d.mode !== 'ts' || hasCompiler()) this.#ahead.set(d, compileCell(d)); }

  #undefine(e: Entry): void {
    e.abort?.abort();
    e.abort = null;
    e.generation++;
    for (const v of e.state.variables) v.delete();
    e.state.variables = [];
    e.defined = false;
  }

  /** Takes a cell out of the runtime; what it showed stays, marked stale. */
  #shelve(e: Entry): void {
    this.#undefine(e);
    const view = this.env.view(e.doc.id);
    view.status = 'stale';
    view.progress = null;
    this.env.changed?.();
  }

  #define(e: Entry): void {
    this.#undefine(e);
    const view = this.env.view(e.doc.id), c = e.compiled;
    view.thrown = null;
    view.stopped = false;
    if (c.kind === 'error' || view.mistakes.length > 0) {
      clear(e.state);
      view.status = 'error';
      this.env.changed?.();
      this.env.settled?.(e.doc.id, false);
      return;
    }
    let definition: Definition;
    if (c.kind === 'go') definition = this.#goDefinition(e, c, view);
    else {
      const t = c.transpiled;
      let body: (...a: unknown[]) => unknown;
      try { body = evaluate(`(${t.body})`) as (...a: unknown[]) => unknown; }
      catch (err) { view.thrown = message(err); view.status = 'error'; this.env.settled?.(e.doc.id, false); return; }
      const { generation } = e;
      const shows = t.inputs?.indexOf('display') ?? -1;
      const start = (...args: unknown[]): unknown => {
        if (e.generation !== generation) throw new Stopped();
        e.from = performance.now();
        view.status = 'running';
        if (shows >= 0) { const show = args[shows] as (v: unknown) => unknown; args[shows] = (v: unknown) => { show(shortened(v)); return v; }; }
        return body(...args);
      };
      const only = onlyName(t);
      if (only === null) definition = { ...t, id: e.doc.id, body: start };
      else {
        const pick = (defined: unknown): unknown => (defined as Record<string, unknown>)[only];
        definition = { ...t, id: e.doc.id, outputs: [], output: only, body: (...args: unknown[]) => { const defined = start(...args); return defined instanceof Promise ? defined.then(pick) : pick(defined); } };
      }
    }
    e.defined = true;
    define(this.#main, e.state, definition, (state, d) => this.#observe(e, state, d));
  }

  #observe(e: Entry, state: DisplayState, { autodisplay, output }: Definition): Observer {
    const view = this.env.view(e.doc.id);
    const { generation } = e;
    const alive = (): boolean => e.generation === generation;
    return {
      _node: state.root,
      pending: () => { if (!alive()) return; view.status = 'queued'; if (view.thrown !== null) { view.thrown = null; clear(state); } this.env.changed?.(); },
      fulfilled: value => {
        if (!alive()) return;
        if (autodisplay) { clear(state); display(state, shortened(value), output); } else if (state.autoclear) clear(state);
        view.value = e.compiled.kind === 'js' && onlyName(e.compiled.transpiled) !== null ? { [output!]: value } : value;
        if (view.status !== 'idle') view.ms = performance.now() - e.from;
        view.status = e.doc.mode === 'go' && view.check?.diagnostics.some(d => d.severity === 'error') ? 'error' : 'idle';
        view.progress = null;
        this.env.changed?.();
        this.env.settled?.(e.doc.id, view.status === 'idle');
      },
      rejected: error => {
        if (!alive()) return;
        clear(state);
        view.thrown = message(error);
        view.value = undefined;
        view.status = 'error';
        view.progress = null;
        this.env.changed?.();
        this.env.settled?.(e.doc.id, false);
      },
    };
  }

  #goDefinition(e: Entry, c: CompiledGo, view: CellView): Definition {
    const names = view.inputs;
    const body = async (...args: unknown[]): Promise<unknown> => {
      const invalidation = args.pop() as Promise<void>;
      const doc = e.doc, abort = e.abort = new AbortController();
      void invalidation.then(() => abort.abort());
      const values = new Map(names.map((n, i) => [n, args[i]]));
      const { knobs, level } = knobsOf({ ...defaultKnobs, go: this.env.goVersion() }, c.directives, values);
      view.knobs = knobs;
      const out: [string, string] = ['', ''];
      let shown = 0;
      const flush = (): void => { shown = 0; view.stdout = out[0]; view.stderr = out[1]; };
      e.from = performance.now();
      try {
        const result = await this.env.workers.run([{ name: goFileName, text: doc.value }], knobs, level, {
          started: () => { e.from = performance.now(); view.status = 'running'; },
          progress: (phase, virtualNs) => { view.progress = { phase, virtualNs }; },
          output: (fd, text) => {
            if (out[fd - 1].length < outputCap) out[fd - 1] += text;
            shown ||= window.setTimeout(flush, 50);
          },
        }, abort.signal);
        clearTimeout(shown);
        if (abort.signal.aborted) throw new Stopped();
        const all: GoRunResult = { ...result, diagnostics: [...c.directives.diagnostics, ...result.diagnostics] };
        view.check = all;
        view.checkText = doc.value;
        view.go = all;
        view.stdout = result.stdout.slice(0, outputCap);
        view.stderr = result.stderr.slice(0, outputCap);
        this.env.ran?.(doc, all);
        return Object.freeze({ ...all, name: c.name, knobs, source: doc.value });
      } finally {
        clearTimeout(shown);
        if (e.abort === abort) e.abort = null;
      }
    };
    return { id: e.doc.id, inputs: [...names, 'invalidation'], outputs: [], output: c.name, body, autodisplay: false };
  }
}

const none: readonly GraphError[] = [];
/**
 * The name a cell defines, if it defines one and displays nothing by itself: such a cell is one variable
 * of the runtime. Others are two or more, that of the cell and those that pick their names from its value.
 */
const onlyName = ({ inputs = [], outputs = [], output }: Omit<Definition, 'id' | 'body'>): string | null => outputs.length === 1 && output === undefined && !inputs.includes('display') && !inputs.includes('view') ? outputs[0] : null;
const sameList = <T>(a: readonly T[], b: readonly T[]): boolean => a.length === b.length && a.every((x, i) => x === b[i]);
/** Whether two compilations read and define the same names: the graph sees nothing else of them. */
const sameFace = (a: Compiled, b: Compiled): boolean => sameList(a.inputs, b.inputs) && sameList(a.optional, b.optional) && sameList(a.outputs, b.outputs);
const sameText = (a: CellDoc, b: CellDoc): boolean => a === b || (a.mode === b.mode && a.value === b.value && a.output === b.output && a.hidden === b.hidden);

const message = (e: unknown): string => e instanceof Error ? (e.name === 'Error' || e.name === 'RuntimeError' ? e.message : `${e.name}: ${e.message}`) : String(e);
