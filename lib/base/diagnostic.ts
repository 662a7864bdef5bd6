/** What the front end says about a program. Diagnostics ride beside results; they are never thrown. */
import type { Range } from './pos.ts';

export type Severity = 'error' | 'warning' | 'info';

export interface Note { readonly range: Range; readonly text: string; }

/** A replacement that would answer the diagnostic. */
export interface Suggestion { readonly range: Range; readonly text: string; readonly label: string; }

export interface Diagnostic {
  /** A stable name: for type errors the name of the code in Go's internal/types/errors (`UnusedVar`), `Syntax` for syntax errors. */
  readonly code: string;
  readonly severity: Severity;
  readonly range: Range;
  /** gc's text, without position. Continuation lines start with a tab. */
  readonly text: string;
  readonly notes?: readonly Note[];
  readonly suggestion?: Suggestion;
}
