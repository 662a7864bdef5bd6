/** What the panel of verdicts asks its Worker beyond a check, and the answers: plain data. */
import type { Words, WhyRemedy } from '../kernel/gotypes.ts';

/** A verdict, by its place and text. */
export interface VerdictAt { readonly line: number; readonly col: number; readonly text: string }

/** Steps of the compiler that can be opened. */
export const pipelineSteps = ['tokens', 'tree', 'types', 'ir', 'inlined', 'graph', 'wasm'] as const;
export type PipelineStep = (typeof pipelineSteps)[number];

export type Question =
  | { readonly what: 'path'; readonly at: VerdictAt }
  | { readonly what: 'remedies'; readonly at: VerdictAt }
  | { readonly what: 'functions' }
  | { readonly what: 'inlining'; readonly func: string }
  | { readonly what: 'step'; readonly step: PipelineStep; readonly max: number };

/** One step of a way through the text. line 0: nowhere in it. derefs of the edge that it belongs to: −1 an address, n > 0 what n pointers lead to. */
export interface PathStep { readonly text: Words; readonly code: string; readonly why: string; readonly line: number; readonly col: number; readonly derefs: number; readonly dst: string; readonly src: string; /** The last reason of its edge. */ readonly last: boolean }
export interface PathStory { readonly text: Words; readonly value: string; readonly root: string; readonly line: number; readonly col: number; readonly steps: readonly PathStep[]; readonly m2: readonly string[] }
/** A line of a function's IR; line: its place in the cell, from: where it was written when it was inlined. */
export interface CodeRow { readonly indent: number; readonly text: string; readonly line: number; readonly inlined: readonly string[]; readonly written: number }
/** A row of an opened step: texts of its columns, and the lines of the cell it stands for (0: none). */
export interface StepRow { readonly depth: number; readonly texts: readonly string[]; readonly line: number; readonly endLine: number; /** head: names a function; alloc: calls the allocator; inlined: came from another function; heap: flows to the heap. */ readonly mark: '' | 'head' | 'alloc' | 'inlined' | 'heap' }
export interface StepRows { readonly rows: readonly StepRow[]; readonly total: number }

export type Answer =
  | { readonly what: 'path'; readonly stories: readonly PathStory[] }
  | { readonly what: 'remedies'; readonly remedies: readonly WhyRemedy[] }
  | { readonly what: 'functions'; readonly names: readonly string[] }
  | { readonly what: 'inlining'; readonly pair: { readonly before: readonly CodeRow[]; readonly after: readonly CodeRow[] } | null }
  /** null: the program has errors. */
  | { readonly what: 'step'; readonly found: StepRows | null };
/** The answer to a question of a kind. */
export type AnswerTo<Q extends Question> = Extract<Answer, { what: Q['what'] }>;
