/**
 * The door between the page and the chunk that shows verdicts. The chunk has its own copy
 * of Svelte's runtime, so nothing reactive crosses: the page hands in snapshots and functions.
 */
import type { GoCheckResult, GoKnobs, SiteRow, WhyRemedy } from '../kernel/gotypes.ts';
import type { AnswerTo, Question } from './questions.ts';

export interface PanelInput {
  readonly lang: 'en' | 'zh';
  readonly cell: number;
  readonly text: string;
  readonly check: GoCheckResult;
  /** The verdicts are of this very text. */
  readonly fresh: boolean;
  /** What a run of this very text allocated; null: there was none. */
  readonly sites: readonly SiteRow[] | null;
  readonly go: string;
  readonly inline: boolean;
}
export interface PanelHost {
  /** Opens the editor at a place: line from 1, col in bytes from 1. */
  goTo(line: number, col: number): void;
  apply(remedy: WhyRemedy): void;
  announce(text: string): void;
  /** Gives the keyboard back to the cell. */
  leave(): void;
  ask<Q extends Question>(question: Q, over: Partial<GoKnobs>, signal: AbortSignal): Promise<AnswerTo<Q>>;
  check(over: Partial<GoKnobs>, signal: AbortSignal): Promise<GoCheckResult>;
}
export interface PanelHandle { update(input: PanelInput): void; destroy(): void; }
export interface VerdictChunk { mountPanel(target: HTMLElement, host: PanelHost, input: PanelInput): PanelHandle; }
