/**
 * What a cell shows: the kernel writes, components read.
 *
 * A change can make thousands of cells pass through queued, running and idle before the
 * next frame, and to redraw each at each step would cost far more than the computing. So
 * state and duration are told to components apart from their change: after what computes
 * now has ended, a few cells at a time, and of a cell that came back to the state it was
 * shown in only the duration. Whoever asks gets the present state at any time.
 */
import type { GraphError } from '../../../lib/notebook/graph.ts';
import type { GoCheckResult, GoKnobs, GoRunResult } from '../kernel/gotypes.ts';
import type { CellView, Status } from '../kernel/kernel.ts';
import type { SourceError } from '../kernel/transpile.ts';

/** Cells told at a time, before whatever else waits has its turn. */
export const toldAtOnce = 64;

const waiting = new Set<View>();
const turn = new MessageChannel();
turn.port1.onmessage = () => {
  let n = 0;
  for (const v of waiting) {
    waiting.delete(v);
    v.tell();
    if (++n === toldAtOnce) break;
  }
  if (waiting.size > 0) turn.port2.postMessage(0);
};
function later(v: View): void {
  if (waiting.size === 0) turn.port2.postMessage(0);
  waiting.add(v);
}

export class View implements CellView {
  readonly root: HTMLElement = document.createElement('div');
  #status: Status = 'stale';
  #stopped = false;
  #ms: number | null = null;
  #shownStatus = $state<Status>('stale');
  #shownStopped = $state(false);
  #shownMs = $state<number | null>(null);
  get status(): Status { void this.#shownStatus; return this.#status; }
  set status(s: Status) { if (s !== this.#status) { this.#status = s; later(this); } }
  get stopped(): boolean { void this.#shownStopped; return this.#stopped; }
  set stopped(s: boolean) { if (s !== this.#stopped) { this.#stopped = s; later(this); } }
  /** Milliseconds of the last run, null before it. */
  get ms(): number | null { void this.#shownMs; return this.#ms; }
  set ms(ms: number | null) { if (ms !== this.#ms) { this.#ms = ms; later(this); } }
  /** Components hear of what changed since they last did. */
  tell(): void {
    this.#shownStatus = this.#status;
    this.#shownStopped = this.#stopped;
    this.#shownMs = this.#ms;
  }
  syntax = $state.raw<SourceError | null>(null);
  mistakes = $state.raw<readonly GraphError[]>([]);
  thrown = $state<string | null>(null);
  check = $state.raw<GoCheckResult | null>(null);
  /** Verdicts hold for this very text. */
  checkText = $state('');
  go = $state.raw<GoRunResult | null>(null);
  knobs = $state.raw<GoKnobs | null>(null);
  stdout = $state('');
  stderr = $state('');
  progress = $state.raw<{ phase: string; virtualNs: number } | null>(null);
  inputs = $state.raw<readonly string[]>([]);
  outputs = $state.raw<readonly string[]>([]);
  reads = $state.raw<readonly number[]>([]);
  readers = $state.raw<readonly number[]>([]);
  /** Panels that show values follow the notebook's pulse. */
  value: unknown = undefined;
  /** Text was edited after the last run. */
  edited = $state(false);
  collapsed = $state(false);
  tab = $state('output');
  constructor(readonly id: number) { this.root.className = 'cell-values'; }
}
