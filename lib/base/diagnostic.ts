/** What the front end says about a program. Diagnostics ride beside results; they are never thrown. */
import type { Pos, Range } from './pos.ts';

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

/** A fault of the compiler itself at some place of the program: becomes a diagnostic before anyone outside sees it. */
export class InternalError extends Error {
  constructor(readonly pos: Pos, cause: unknown) { super(cause instanceof Error ? cause.message : String(cause), { cause }); }
}
/** Runs f; what it throws is located at pos unless it says better. */
export function locate<T>(pos: () => Pos, f: () => T): T {
  try { return f(); } catch (x) { throw x instanceof InternalError ? x : new InternalError(pos(), x); }
}
/** The diagnostic for something thrown by the compiler; pos serves when it names no place. */
export function internalDiagnostic(x: unknown, pos: Pos): Diagnostic {
  const at = x instanceof InternalError && x.pos > 0 ? x.pos : pos;
  const deep = (x instanceof InternalError ? x.cause : x) instanceof RangeError;
  return { code: 'Internal', severity: 'error', range: { start: at, end: at }, text: deep ? 'internal error: nested too deeply for the lab' : `internal error: ${x instanceof Error ? x.message : String(x)}; please report this program` };
}
