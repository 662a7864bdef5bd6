/**
 * The pool of engine Workers. Two are kept warm; a third starts when both are
 * busy, so that a check while typing never waits behind an endless loop. Stopping
 * is terminating: nothing inside a Worker has to cooperate.
 */
import type { EventLevel, FromWorker, GoCheckResult, GoFile, GoKnobs, GoRunResult, ToWorker } from './gotypes.ts';
import type { Answer as VerdictAnswer, AnswerTo, Question } from '../verdict/questions.ts';
import type { ServiceAnswer, ServiceAsk } from './service.ts';

export const warmWorkers = 2;
export const maxWorkers = 6;

export class Stopped extends Error { constructor() { super('stopped'); this.name = 'Stopped'; } }

export interface RunEvents {
  progress?(phase: 'check' | 'compile' | 'run', virtualNs: number): void;
  output?(fd: 1 | 2, text: string): void;
  /** The job left the queue and a Worker has it. */
  started?(): void;
}
type Ask = { readonly kind: 'service'; readonly files: readonly GoFile[]; readonly go: string; readonly ask: ServiceAsk } | { readonly kind: 'ask'; readonly files: readonly GoFile[]; readonly knobs: GoKnobs; readonly question: Question } | { readonly kind: 'check'; readonly files: readonly GoFile[]; readonly knobs: GoKnobs } | { readonly kind: 'run'; readonly files: readonly GoFile[]; readonly knobs: GoKnobs; readonly level: EventLevel };
type Answer = ServiceAnswer | GoRunResult | GoCheckResult | VerdictAnswer;
interface Job { readonly id: number; readonly ask: Ask; readonly events: RunEvents; readonly resolve: (r: Answer) => void; readonly reject: (e: unknown) => void; }
interface Member { readonly worker: Worker; job: Job | null; }

export class GoWorkers {
  readonly #members: Member[] = [];
  readonly #queue: Job[] = [];
  #url: string | null = null;
  #loading: Promise<void> | null = null;
  #next = 1;

  /** engine loads the Worker's script text once; archive fetches a std archive's bytes. */
  constructor(readonly engine: () => Promise<string>, readonly archive: (name: string) => Promise<ArrayBuffer>) {}

  /** Starts the warm Workers ahead of the first run. */
  async warm(): Promise<void> {
    await this.#load();
    while (this.#members.length < warmWorkers) this.#spawn();
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

  #load(): Promise<void> {
    return this.#loading ??= this.engine().then(
      text => { this.#url = URL.createObjectURL(new Blob([text], { type: 'text/javascript' })); },
      (e: unknown) => { this.#loading = null; throw e; });
  }

  async #submit(ask: Ask, events: RunEvents, signal: AbortSignal): Promise<Answer> {
    await this.#load();
    return new Promise((resolve, reject) => {
      if (signal.aborted) { reject(new Stopped()); return; }
      const job: Job = { id: this.#next++, ask, events, resolve, reject };
      signal.addEventListener('abort', () => this.#cancel(job), { once: true });
      if (ask.kind !== 'run') this.#queue.unshift(job); else this.#queue.push(job);
      this.#dispatch();
    });
  }

  #spawn(): Member {
    const member: Member = { worker: new Worker(this.#url!), job: null };
    member.worker.onmessage = (e: MessageEvent<FromWorker>) => this.#hear(member, e.data);
    member.worker.onerror = e => { e.preventDefault(); this.#fail(member, `the engine's worker failed: ${e.message}`); };
    this.#members.push(member);
    return member;
  }

  #dispatch(): void {
    for (;;) {
      if (this.#queue.length === 0) return;
      const busyRuns = this.#members.filter(m => m.job?.ask.kind === 'run').length;
      const next = this.#queue.findIndex(j => j.ask.kind !== 'run' || busyRuns < maxWorkers - 1);
      if (next < 0) return;
      const member = this.#members.find(m => m.job === null) ?? (this.#members.length < maxWorkers ? this.#spawn() : null);
      if (!member) return;
      const [job] = this.#queue.splice(next, 1);
      member.job = job;
      job.events.started?.();
      member.worker.postMessage({ ...job.ask, id: job.id } satisfies ToWorker);
    }
  }

  #hear(member: Member, m: FromWorker): void {
    if (m.kind === 'ready') return;
    if (m.kind === 'want') {
      const answer = (bytes: ArrayBuffer | null): void => member.worker.postMessage({ kind: 'archive', name: m.name, bytes } satisfies ToWorker);
      this.archive(m.name).then(answer, () => answer(null));
      return;
    }
    const job = member.job;
    if (!job || job.id !== m.id) return;
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
    if (member) {
      this.#drop(member);
      while (this.#members.length < warmWorkers) this.#spawn();
    }
    job.reject(new Stopped());
    this.#dispatch();
  }

  #drop(member: Member): void {
    member.worker.onmessage = member.worker.onerror = null;
    member.worker.terminate();
    member.job = null;
    this.#members.splice(this.#members.indexOf(member), 1);
  }

  /** Idle Workers beyond the warm ones go. */
  #trim(): void {
    for (const m of this.#members.filter(m => m.job === null).slice(warmWorkers)) this.#drop(m);
  }
}
