/**
 * The pool of engine Workers. One starts with the page, a second when the first has
 * warmed up. Runs share as many Workers as there are processors to spare; one that
 * lasts gives its place in that count up, so that nothing waits behind an endless
 * loop, and a check while typing always finds a Worker. Stopping is terminating:
 * nothing inside a Worker has to cooperate.
 */
import type { EventLevel, Facts, FromWorker, GoCheckResult, GoFile, GoKnobs, GoRunResult, ToWorker } from './gotypes.ts';
import type { Answer as VerdictAnswer, AnswerTo, Question } from '../verdict/questions.ts';
import { factsFor, imports } from './facts.ts';
import type { ServiceAnswer, ServiceAsk } from './service.ts';

export const warmWorkers = 2;
export const maxWorkers = 6;
/** Runs at a time, while they are short: the page's own thread needs a processor too. */
const shortRuns = Math.min(maxWorkers - 2, Math.max(1, (globalThis.navigator?.hardwareConcurrency ?? 2) - 1));
/** When a run counts as long, milliseconds. */
const longRun = 400;
/** How long a Worker may go on with a check that nobody waits for any more. */
const lateCheck = 2000;
/** How long after the first Worker the second one starts. */
const secondWorker = 1500;

export class Stopped extends Error { constructor() { super('stopped'); this.name = 'Stopped'; } }

export interface RunEvents {
  progress?(phase: 'check' | 'compile' | 'run', virtualNs: number): void;
  output?(fd: 1 | 2, text: string): void;
  /** The job left the queue and a Worker has it. */
  started?(): void;
}
/** What runs and checks programs for a kernel: this pool in the page, the process itself in the command. */
export type GoHost = Pick<GoWorkers, 'run' | 'check' | 'ask' | 'service'>;
type Ask = { readonly kind: 'service'; readonly files: readonly GoFile[]; readonly go: string; readonly ask: ServiceAsk } | { readonly kind: 'ask'; readonly files: readonly GoFile[]; readonly knobs: GoKnobs; readonly question: Question } | { readonly kind: 'check'; readonly files: readonly GoFile[]; readonly knobs: GoKnobs } | { readonly kind: 'run'; readonly files: readonly GoFile[]; readonly knobs: GoKnobs; readonly level: EventLevel };
type Answer = ServiceAnswer | GoRunResult | GoCheckResult | VerdictAnswer;
/** more: the text of the less common standard packages, if it needs that; docs: with comments. */
interface Job { readonly id: number; readonly ask: Ask; readonly more: string | null; readonly docs: string | null; readonly facts: Facts; readonly events: RunEvents; readonly resolve: (r: Answer) => void; readonly reject: (e: unknown) => void; }
interface Member { readonly worker: Worker; job: Job | null; since: number; late: ReturnType<typeof setTimeout> | undefined; hasMore: boolean; hasDocs: boolean; }
/** Loads the Worker's script, what was compiled ahead of the standard packages, and their texts in three parts (scripts/build.mjs). */
export interface EngineFiles { engine(): Promise<string>; archive(): Promise<ArrayBuffer>; source(part: 'gosrc' | 'gosrc-more' | 'gosrc-docs'): Promise<string> }

export class GoWorkers {
  readonly #members: Member[] = [];
  readonly #queue: Job[] = [];
  #url: string | null = null;
  #std: ArrayBuffer | null = null;
  #source = '';
  /** The packages of #source. */
  #common: ReadonlySet<string> = new Set();
  #more: Promise<string> | null = null;
  #docs: Promise<string> | null = null;
  #again: ReturnType<typeof setTimeout> | undefined;
  #scripting: Promise<void> | null = null;
  #loading: Promise<void> | null = null;
  #next = 1;

  constructor(readonly files: EngineFiles) {}

  /** Starts the first Worker ahead of the first run, before what it works with is here. */
  async warm(): Promise<void> {
    await this.#script();
    if (this.#members.length === 0) this.#spawn();
    await this.#load();
  }

  check(files: readonly GoFile[], knobs: GoKnobs, signal: AbortSignal): Promise<GoCheckResult> {
    return this.#submit({ kind: 'check', files, knobs }, {}, signal) as Promise<GoCheckResult>;
  }
  /** Answers a question about the verdicts. */
  ask<Q extends Question>(files: readonly GoFile[], knobs: GoKnobs, question: Q, signal: AbortSignal): Promise<AnswerTo<Q>> {
    return this.#submit({ kind: 'ask', files, knobs, question }, {}, signal) as Promise<AnswerTo<Q>>;
  }
  /** Answers an editor's question. */
  service(files: readonly GoFile[], go: string, ask: ServiceAsk, signal: AbortSignal): Promise<ServiceAnswer> {
    return this.#submit({ kind: 'service', files, go, ask }, {}, signal) as Promise<ServiceAnswer>;
  }
  run(files: readonly GoFile[], knobs: GoKnobs, level: EventLevel, events: RunEvents, signal: AbortSignal): Promise<GoRunResult> {
    return this.#submit({ kind: 'run', files, knobs, level }, events, signal) as Promise<GoRunResult>;
  }

  #script(): Promise<void> {
    return this.#scripting ??= this.files.engine().then(
      text => { this.#url = URL.createObjectURL(new Blob([text], { type: 'text/javascript' })); },
      (e: unknown) => { this.#scripting = null; throw e; });
  }
  #load(): Promise<void> {
    return this.#loading ??= Promise.all([this.#script(), this.files.archive().catch(() => null), this.files.source('gosrc')]).then(
      ([, std, source]) => {
        this.#std = std;
        this.#source = source;
        this.#common = new Set(Object.keys(JSON.parse(source) as object));
        for (const m of this.#members) this.#equip(m);
      },
      (e: unknown) => { this.#loading = null; throw e; });
  }
  /** Gives a Worker what it works with. */
  #equip(m: Member): void { if (this.#source !== '') m.worker.postMessage({ kind: 'std', text: this.#source, bytes: this.#std } satisfies ToWorker); }

  async #submit(ask: Ask, events: RunEvents, signal: AbortSignal): Promise<Answer> {
    const [facts] = await Promise.all([ask.kind === 'service' ? [] : factsFor(ask.files), this.#load()]);
    // The editor offers what any package has.
    const docs = ask.kind === 'service' ? await this.#part('gosrc-docs') : null;
    const more = docs !== null || ask.files.some(f => imports(f.text).some(p => !this.#common.has(p))) ? await this.#part('gosrc-more') : null;
    return new Promise((resolve, reject) => {
      if (signal.aborted) { reject(new Stopped()); return; }
      const job: Job = { id: this.#next++, ask, more, docs, facts, events, resolve, reject };
      signal.addEventListener('abort', () => this.#cancel(job), { once: true });
      if (ask.kind !== 'run') this.#queue.unshift(job); else this.#queue.push(job);
      this.#dispatch();
    });
  }

  #part(name: 'gosrc-more' | 'gosrc-docs'): Promise<string> {
    const load = (forget: () => void): Promise<string> => this.files.source(name).catch((e: unknown) => { forget(); throw e; });
    return name === 'gosrc-more' ? this.#more ??= load(() => { this.#more = null; }) : this.#docs ??= load(() => { this.#docs = null; });
  }

  #spawn(): Member {
    const member: Member = { worker: new Worker(this.#url!), job: null, since: 0, late: undefined, hasMore: false, hasDocs: false };
    this.#equip(member);
    member.worker.onmessage = (e: MessageEvent<FromWorker>) => this.#hear(member, e.data);
    member.worker.onerror = e => { e.preventDefault(); this.#fail(member, `the engine's worker failed: ${e.message}`); };
    this.#members.push(member);
    return member;
  }

  #dispatch(): void {
    for (;;) {
      if (this.#queue.length === 0) return;
      const now = performance.now(), runs = this.#members.filter(m => m.job?.ask.kind === 'run'), short = runs.filter(m => now - m.since < longRun);
      const next = this.#queue.findIndex(j => j.ask.kind !== 'run' || (runs.length < maxWorkers - 1 && short.length < shortRuns));
      if (next < 0) {
        if (runs.length < maxWorkers - 1) this.#again ??= setTimeout(() => { this.#again = undefined; this.#dispatch(); }, longRun);
        return;
      }
      const member = this.#members.find(m => m.job === null) ?? (this.#members.length < maxWorkers ? this.#spawn() : null);
      if (!member) return;
      const [job] = this.#queue.splice(next, 1);
      member.job = job;
      member.since = now;
      job.events.started?.();
      if (job.more !== null && !member.hasMore) {
        member.hasMore = true;
        member.worker.postMessage({ kind: 'source', text: job.more } satisfies ToWorker);
      }
      if (job.docs !== null && !member.hasDocs) {
        member.hasDocs = true;
        member.worker.postMessage({ kind: 'docs', text: job.docs } satisfies ToWorker);
      }
      member.worker.postMessage((job.ask.kind === 'service' ? { ...job.ask, id: job.id } : { ...job.ask, id: job.id, facts: job.facts }) satisfies ToWorker);
    }
  }

  #hear(member: Member, m: FromWorker): void {
    if (m.kind === 'ready') {
      if (this.#members.length < warmWorkers) setTimeout(() => { if (this.#members.length > 0 && this.#members.length < warmWorkers) this.#spawn(); }, secondWorker);
      return;
    }
    const job = member.job;
    if (!job || job.id !== m.id) return;
    clearTimeout(member.late);
    switch (m.kind) {
      case 'progress': job.events.progress?.(m.phase, m.virtualNs); return;
      case 'output': job.events.output?.(m.fd, m.text); return;
      case 'checked': case 'done': case 'answered': case 'served': member.job = null; job.resolve(m.result); break;
      case 'failed': member.job = null; job.reject(new Error(m.text)); break;
    }
    this.#trim();
    this.#dispatch();
  }

  #fail(member: Member, text: string): void {
    const job = member.job;
    this.#drop(member);
    job?.reject(new Error(text));
    this.#dispatch();
  }

  #cancel(job: Job): void {
    const at = this.#queue.indexOf(job);
    if (at >= 0) this.#queue.splice(at, 1);
    const member = this.#members.find(m => m.job === job);
    const end = (m: Member): void => {
      this.#drop(m);
      while (this.#members.length < warmWorkers) this.#spawn();
    };
    // A check is over soon: ending it would cost a new Worker's start at every key.
    if (member && job.ask.kind !== 'run') member.late = setTimeout(() => { end(member); this.#dispatch(); }, lateCheck);
    else if (member) end(member);
    job.reject(new Stopped());
    this.#dispatch();
  }

  #drop(member: Member): void {
    member.worker.onmessage = member.worker.onerror = null;
    member.worker.terminate();
    clearTimeout(member.late);
    member.job = null;
    this.#members.splice(this.#members.indexOf(member), 1);
  }

  /** Idle Workers beyond the warm ones go. */
  #trim(): void {
    for (const m of this.#members.filter(m => m.job === null).slice(warmWorkers)) this.#drop(m);
  }
}
