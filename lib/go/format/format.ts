/**
 * gofmt: Go source to its one layout. The face of this room.
 *
 * What gofmt prints is learned from gofmt (scripts/conformance/fmt.ts compares);
 * what no formatter may do is checked here, on every file whose text changes: the
 * result must hold the same tokens and comments as the input, and formatting it
 * once more must change nothing. Otherwise the input comes back as it was, with a
 * note that says why.
 *
 * SIMPLIFIED: //go:build lines are left as they are and where they are.
 */
import { FileSet } from '../../base/pos.ts';
import type { Diagnostic } from '../../base/diagnostic.ts';
import type { File } from '../syntax/ast.ts';
import { parseFile, type Comment } from '../syntax/parser.ts';
import { difference } from './check.ts';
import { fileNode } from './decl.ts';
import { Formatter } from './formatter.ts';
import { sortedImports } from './imports.ts';
import { Source } from './source.ts';
import { Writer } from './writer.ts';

export interface FormatOptions {
  /** The file's name in positions. */
  readonly name?: string;
}

/** The formatted text, or why the source is not Go. */
export type FormatResult =
  | { readonly text: string; /** The text was left alone, and this is why: a fault of the formatter. */ readonly note?: string; readonly diagnostics?: undefined }
  | { readonly text?: undefined; readonly diagnostics: readonly Diagnostic[]; /** For positions of the diagnostics. */ readonly fset: FileSet };

/** Formats one file as gofmt does. Never throws: source that does not parse comes back as its syntax errors. */
export function format(source: string | Uint8Array, opts: FormatOptions = {}): FormatResult {
  const name = opts.name ?? 'x.go', bytes = typeof source === 'string' ? new TextEncoder().encode(source) : source;
  const parsed = parse(name, bytes);
  if (parsed.file === null || parsed.diagnostics.length > 0) return { diagnostics: parsed.diagnostics, fset: parsed.fset };
  const given = typeof source === 'string' ? source : new TextDecoder('utf-8', { ignoreBOM: true }).decode(source);
  try {
    const text = layout(parsed);
    if (text === given) return { text };
    const lost = difference(bytes, new TextEncoder().encode(text));
    if (lost !== null) return { text: given, note: lost };
    const again = parse(name, new TextEncoder().encode(text));
    if (again.file === null || again.diagnostics.length > 0) return { text: given, note: 'the result does not parse' };
    return layout(again) === text ? { text } : { text: given, note: 'formatting twice is not formatting once' };
  } catch (e) {
    return { text: given, note: e instanceof RangeError ? 'nested too deeply' : String(e) };
  }
}

interface Parsed { name: string; bytes: Uint8Array; file: File | null; diagnostics: readonly Diagnostic[]; comments: readonly Comment[]; fset: FileSet; base: number; }

function parse(name: string, bytes: Uint8Array): Parsed {
  const fset = new FileSet(), source = fset.add(name, bytes);
  const r = parseFile(fset, source, { comments: true, keepParens: true, ignoreBranches: true });
  return { name, bytes, file: r.file, diagnostics: r.diagnostics.filter((d) => d.code === 'Syntax'), comments: r.comments, fset, base: source.base };
}

/** The layout of a file that parsed without errors. */
function layout(p: Parsed): string {
  const sorted = sortedImports(p.bytes, p.file!, p.base);
  if (sorted !== null) p = parse(p.name, sorted);
  const src = new Source(p.bytes, p.base, p.comments);
  const w = new Writer(src.groups);
  fileNode(new Formatter(src, p.base, w, new Map()), p.file!);
  return w.columns.finish();
}
