/** The formatter of Go code: fetched when a cell is first laid out. */
import { format } from '../../../lib/go/format/format.ts';

/** The text in gofmt's layout, or where it is not Go (UTF-16 offset). */
export type Reformatted = { readonly text: string; readonly at?: undefined } | { readonly text?: undefined; readonly at: number };
export interface FormatChunk { reformat(text: string): Reformatted; }

/** Lays out a cell: a whole file, declarations or statements. */
export function reformat(text: string): Reformatted {
  const r = format(text, { fragment: true });
  if (r.text !== undefined) return { text: r.text };
  // A part is parsed inside a file made up around it: only its lines are its own.
  const p = r.fset.position(r.diagnostics[0].range.start), lines = text.split('\n'), line = Math.min(p.line, lines.length);
  const made = r.fset.files[0].text.length > new TextEncoder().encode(text).length && p.line === 1;
  const before = lines.slice(0, line - 1).reduce((n, l) => n + l.length + 1, 0), bytes = new TextEncoder().encode(lines[line - 1]);
  return { at: before + (made ? 0 : new TextDecoder().decode(bytes.subarray(0, Math.max(0, p.col - 1))).length) };
}
