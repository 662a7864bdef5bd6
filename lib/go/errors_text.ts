/**
 * Compile errors as `go build` prints them: sorted by position, exact repeats
 * dropped, at most ten, then "too many errors"; a header names the package.
 */
import type { Diagnostic } from '../base/diagnostic.ts';
import type { FileSet } from '../base/pos.ts';

/** Errors printed before gc gives up (its -e flag lifts the limit). */
export const maxErrors = 10;

/** Codes of problems that the go command finds before it calls the compiler: printed without a header and without ./ */
const beforeCompile: ReadonlySet<string> = new Set(['BrokenImport', 'ImportCycle', 'NoPackage']);

/** The lines for stderr, empty if there is no error. header is the package's name ("command-line-arguments"). */
export function errorsText(fset: FileSet, diagnostics: readonly Diagnostic[], header: string): string {
  const errors = diagnostics.filter((d) => d.severity === 'error');
  if (errors.length === 0) return '';
  const early = errors.filter((d) => beforeCompile.has(d.code));
  if (early.length > 0) return early.map((d) => `${fset.format(d.range.start).replace(/^\.\//, '')}: ${d.text}\n`).join('');
  const rows = errors.map((d, i) => ({ d, i, p: fset.position(d.range.start) }));
  const file = new Map<string, number>();
  fset.files.forEach((f, i) => { if (!file.has(f.name)) file.set(f.name, i); });
  rows.sort((a, b) => (file.get(a.p.filename) ?? 0) - (file.get(b.p.filename) ?? 0) || a.p.line - b.p.line || a.p.col - b.p.col || a.i - b.i);
  let out = `# ${header}\n`, n = 0, last = '', lastSyntax = '';
  for (const { d, p } of rows) {
    const line = `${fset.format(d.range.start)}: ${d.text}\n`;
    if (line === last) continue;
    // One syntax error a line: what follows it on the line is its consequence.
    if (d.text.startsWith('syntax error')) {
      const at = `${p.filename}:${p.line}`;
      if (at === lastSyntax) continue;
      lastSyntax = at;
    }
    last = line;
    out += line;
    if (++n === maxErrors && rows.length > maxErrors) return `${out}${fset.format(d.range.start)}: too many errors\n`;
  }
  return out;
}
