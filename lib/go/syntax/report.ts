/**
 * Diagnostics as gc prints them: one syntax error per line, equal messages of a
 * line once, sorted by position, and no more than ten ("too many errors").
 */
import type { Diagnostic } from '../../base/diagnostic.ts';
import type { FileSet } from '../../base/pos.ts';

export interface ReportOptions {
  /** Print all errors (-e). */
  readonly all?: boolean;
}

/** Lines `file:line:col: text` for the errors of one compilation, given in the order they were found. */
export function report(fset: FileSet, diagnostics: readonly Diagnostic[], opts: ReportOptions = {}): string[] {
  const kept: { d: Diagnostic; line: string; order: number }[] = [];
  let lastSyntax = '', lastOther = '', lastText = '', tooMany = '';
  for (const d of diagnostics) {
    if (d.severity !== 'error') continue;
    const p = fset.position(d.range.start), where = `${p.filename}:${p.line}`;
    if (d.text.startsWith('syntax error')) {
      if (where === lastSyntax) continue;
      lastSyntax = where;
    } else {
      if (where === lastOther && d.text === lastText) continue;
      lastOther = where;
      lastText = d.text;
    }
    kept.push({ d, line: `${fset.format(d.range.start)}: ${d.text}`, order: kept.length });
    if (kept.length >= 10 && !opts.all) {
      tooMany = `${fset.format(d.range.start)}: too many errors`;
      break;
    }
  }
  kept.sort((a, b) => a.d.range.start - b.d.range.start || a.order - b.order);
  const out: string[] = [];
  for (const k of kept) if (k.line !== out[out.length - 1]) out.push(k.line);
  if (tooMany !== '') out.push(tooMany);
  return out;
}
