/**
 * gofmt: Go source to its one layout. The face of this room.
 *
 * What gofmt prints is learned from gofmt (scripts/conformance/fmt.ts compares);
 * what no formatter may do is checked here, on every file whose text changes: the
 * result must hold the same tokens and comments as the input, and formatting it
 * once more must change nothing (what gofmt itself changes a second time is laid out
 * again at once). Otherwise the input comes back as it was, with a
 * note that says why.
 */
import { FileSet } from '../../base/pos.ts';
import type { Diagnostic } from '../../base/diagnostic.ts';
import type { File } from '../syntax/ast.ts';
import { parseFile, type Comment } from '../syntax/parser.ts';
import { difference } from './check.ts';
import { placeConstraint } from './constraints.ts';
import { fileNode } from './decl.ts';
import { Formatter } from './formatter.ts';
import { joinImportEnds, sortedImports } from './imports.ts';
import { simplify } from './simplify.ts';
import { Source } from './source.ts';
import { Writer } from './writer.ts';

export interface FormatOptions {
  /** The file's name in positions. */
  readonly name?: string;
  /** Declarations or statements without a package clause are allowed: they keep the blanks around them and the indentation of their first line. */
  readonly fragment?: boolean;
  /** Also gofmt -s's simplifications. */
  readonly simplify?: boolean;
}

/** The formatted text, or why the source is not Go. */
export type FormatResult =
  | { readonly text: string; /** The text was left alone, and this is why: a fault of the formatter. */ readonly note?: string; readonly diagnostics?: undefined; readonly fset?: undefined }
  | { readonly text?: undefined; readonly note?: undefined; readonly diagnostics: readonly Diagnostic[]; /** For positions of the diagnostics. */ readonly fset: FileSet };

/** Formats one file as gofmt does. Never throws: source that does not parse comes back as its syntax errors. */
export function format(source: string | Uint8Array, opts: FormatOptions = {}): FormatResult {
  const name = opts.name ?? 'x.go', bytes = typeof source === 'string' ? new TextEncoder().encode(source) : source;
  let parsed = parse(name, bytes);
  if (!sound(parsed)) {
    const part = opts.fragment === true && parsed.diagnostics.some((d) => d.text.includes('package statement must be first')) ? fragment(name, bytes, opts.simplify === true) : null;
    return part === null ? { diagnostics: parsed.diagnostics, fset: parsed.fset } : 'text' in part ? part : { diagnostics: part.diagnostics, fset: part.fset };
  }
  const given = typeof source === 'string' ? source : decode(source);
  if (opts.simplify) parsed = simplified(parsed);
  return checked(given, parsed, (p) => layout(p));
}

/** The layout f makes of a file, if it keeps what it must and is the layout of itself too. */
function checked(given: string, parsed: Parsed, f: (p: Parsed) => string): FormatResult {
  try {
    let text = f(parsed);
    if (text === given) return { text };
    // A comment that has moved may be laid out anew once it is where it belongs (gofmt run twice does that as well).
    for (let pass = 0; pass < 3; pass++) {
      const after = encode(text), again = parse(parsed.name, after);
      if (!sound(again)) return { text: given, note: 'the result does not parse' };
      const next = f(again);
      if (next === text) {
        const lost = difference(parsed.bytes, after);
        return lost === null ? { text } : { text: given, note: lost };
      }
      text = next;
    }
    return { text: given, note: 'formatting comes to no end' };
  } catch (e) {
    return { text: given, note: e instanceof RangeError ? 'nested too deeply' : String(e) };
  }
}

const encode = (s: string): Uint8Array => new TextEncoder().encode(s);
const decode = (b: Uint8Array): string => new TextDecoder('utf-8', { ignoreBOM: true }).decode(b);
const sound = (p: Parsed): boolean => p.file !== null && p.diagnostics.length === 0;

/** Formats declarations, or else statements, as parts of a made-up file; null if they are neither. */
function fragment(name: string, bytes: Uint8Array, short: boolean): FormatResult | Parsed {
  const given = decode(bytes), body = given.trim();
  if (body === '') return { text: given };
  const lead = /^[ \t\r\n]*/.exec(given)![0], cut = lead.lastIndexOf('\n') + 1, margin = lead.slice(cut);
  const indent = margin.includes('\t') ? margin.replace(/[^\t]/g, '').length : margin.includes(' ') ? 1 : 0;
  const tail = /[ \t\r\n]*$/.exec(given)![0];
  const decls = parse(name, encode(`package p;${given}`));
  if (sound(decls)) {
    const r = checked('', short ? simplified(decls) : decls, (p) => layout(p, indent));
    if (r.text === undefined) return r;
    if (r.note !== undefined) return { text: given, note: r.note };
    return { text: lead.slice(0, cut) + '\t'.repeat(indent) + r.text.slice(r.text.indexOf('\n') + 1).trim() + tail };
  }
  if (!decls.diagnostics.some((d) => d.text.includes('non-declaration statement'))) return decls;
  const stmts = parse(name, encode(`package p; func _() {${given}\n\n}`));
  if (!sound(stmts)) return stmts;
  const r = checked('', short ? simplified(stmts) : stmts, (p) => layout(p, indent - 1));
  if (r.text === undefined) return r;
  if (r.note !== undefined) return { text: given, note: r.note };
  return { text: lead.slice(0, cut) + '\t'.repeat(indent) + r.text.slice(r.text.indexOf('{') + 1, r.text.lastIndexOf('}')).trim() + tail };
}

/** A file that parsed, with gofmt -s's simplifications; the file as it is should they break it. */
function simplified(p: Parsed): Parsed {
  const bytes = simplify(p.bytes, p.file!, p.comments, p.base);
  if (bytes === null) return p;
  const shorter = parse(p.name, bytes);
  return sound(shorter) ? shorter : p;
}

interface Parsed { name: string; bytes: Uint8Array; file: File | null; diagnostics: readonly Diagnostic[]; comments: readonly Comment[]; fset: FileSet; base: number; }

function parse(name: string, bytes: Uint8Array): Parsed {
  const fset = new FileSet(), source = fset.add(name, bytes);
  const r = parseFile(fset, source, { comments: true, keepParens: true, ignoreBranches: true });
  return { name, bytes, file: r.file, diagnostics: r.diagnostics.filter((d) => d.code === 'Syntax'), comments: r.comments, fset, base: source.base };
}

/** The layout of a file that parsed without errors, all of it indented. */
function layout(p: Parsed, indent = 0): string {
  const sorted = sortedImports(p.bytes, p.file!, p.base);
  if (sorted !== null) p = parse(p.name, sorted);
  const src = new Source(p.bytes, p.base, p.comments);
  joinImportEnds(src, p.file!, p.base);
  const w = new Writer(src.groups, indent);
  fileNode(new Formatter(src, p.base, w, new Map()), p.file!);
  return placeConstraint(w.columns.finish(), w.constraints);
}
