/**
 * Undo over the whole notebook. A state is an immutable document, so the log keeps
 * snapshots that share everything unchanged. Typing in one cell within a second is
 * one step; deleted cells also stay in the bin, whatever is undone.
 */
import type { CellDoc, NotebookDoc } from '../../../lib/notebook/document.ts';

export interface Step { readonly doc: NotebookDoc; readonly focus: number | null; }
/** Steps kept. */
export const historyLimit = 1000;
/** Typing pauses shorter than this (ms) join one step. */
export const joinMs = 1000;

export class History {
  #past: Step[] = [];
  #future: Step[] = [];
  #joinKey = '';
  #joinAt = -Infinity;
  readonly bin: { readonly cell: CellDoc; readonly at: number }[] = [];

  /** Notes the state before a change. Changes with the same non-empty join key soon after each other are one step. */
  before(step: Step, join: string, now: number): void {
    const joined = join !== '' && join === this.#joinKey && now - this.#joinAt < joinMs;
    this.#joinKey = join;
    this.#joinAt = now;
    if (joined) return;
    this.#past.push(step);
    if (this.#past.length > historyLimit) this.#past.shift();
    this.#future = [];
  }
  undo(current: Step): Step | null { return this.#swap(this.#past, this.#future, current); }
  redo(current: Step): Step | null { return this.#swap(this.#future, this.#past, current); }
  #swap(from: Step[], to: Step[], current: Step): Step | null {
    const s = from.pop();
    if (!s) return null;
    to.push(current);
    this.#joinKey = '';
    return s;
  }
  discard(cells: readonly CellDoc[], at: number): void {
    for (const cell of cells) if (cell.value.trim() !== '') this.bin.unshift({ cell, at });
    this.bin.length = Math.min(this.bin.length, 200);
  }
}
