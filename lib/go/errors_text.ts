/**
 * Compile errors as `go build` prints them: sorted by position, exact repeats
 * dropped, at most ten, then "too many errors"; a header names the package.
 */
import type { Diagnostic } from '../base/diagnostic.ts';
import type { FileSet } from '../base/pos.ts';
import type { ProgramResult } from './program.ts';

/** Errors printed before gc gives up (its -e flag lifts the limit). */
export const maxErrors = 10;

/** Codes of problems that the go command finds before it calls the compiler: printed without a header and without ./ */
const beforeCompile: ReadonlySet<string> = new Set(['BrokenImport', 'ImportCycle', 'NoPackage']);

/**
 * The lines for stderr, empty if there is no error. diagnostics are in the order found
 * (ProgramResult.reported): gc gives up at the tenth it finds and sorts those it has,
 * files in the order in which they first had an error. header names the main package
 * ("command-line-arguments"). With owners (ProgramResult.owners) each package of the
 * program gets its own header and count.
 */
export function errorsText(fset: FileSet, diagnostics: readonly Diagnostic[], header: string, owners?: ReadonlyMap<string, string>, main = 'main'): string {
  const errors = diagnostics.filter((d) => d.severity === 'error');
  if (errors.length === 0) return '';
  const early = errors.filter((d) => beforeCompile.has(d.code));
  if (early.length > 0) {
    return early.map((d) => (d.code === 'ImportCycle' ? `${d.text.replace('command-line-arguments', header)}\n` : `${fset.format(d.range.start).replace(/^\.\//, '')}: ${d.text}\n`)).join('');
  }
  if (errors[0].code === 'NotMain') return `package ${header} is not a main package\n`;
  if (errors[0].code === 'NoMain') return `# ${header}\nruntime.main_main·f: ${errors[0].text}\n`;
  const packages = new Map<string, Diagnostic[]>();
  for (const d of errors) {
    const path = owners?.get(fset.position(d.range.start).filename) ?? main, list = packages.get(path);
    if (list) list.push(d); else packages.set(path, [d]);
  }
  return [...packages].map(([path, list]) => `# ${path === main ? header : path}\n${packageText(fset, list, path !== main)}`).join('');
}

/** What keeps a program without errors from being run: its package is not main, or has no function main (the linker's complaint). */
export function cannotStart(r: ProgramResult): Diagnostic | undefined {
  if (!r.main || r.main.pkg.scope.lookup('main')?.kind === 'Func' && r.main.pkg.name === 'main') return undefined;
  const start = r.main.files[0]?.pos ?? 0, not = r.main.pkg.name !== 'main';
  return { code: not ? 'NotMain' : 'NoMain', severity: 'error', range: { start, end: start }, text: not ? `package ${r.main.pkg.name} is not a main package` : 'function main is undeclared in the main package' };
}

/** The errors of one package. The go command prints files of other directories without ./ in front. */
function packageText(fset: FileSet, errors: readonly Diagnostic[], elsewhere: boolean): string {
  const rows: { text: string; file: number; line: number; col: number }[] = [];
  const files = new Map<string, number>();
  let lastSyntax = '', lastOther = '', lastText = '', end = '';
  for (const d of errors) {
    const p = fset.position(d.range.start), at = `${p.filename}:${p.line}`;
    if (!files.has(p.filename)) files.set(p.filename, files.size);
    // One syntax error a line: what follows it on the line is its consequence.
    if (d.text.startsWith('syntax error')) {
      if (at === lastSyntax) continue;
      lastSyntax = at;
    } else {
      if (at === lastOther && d.text === lastText) continue;
      lastOther = at;
      lastText = d.text;
    }
    rows.push({ text: `${fset.format(d.range.start)}: ${d.text}\n`, file: files.get(p.filename)!, line: p.line, col: p.col });
    if (rows.length === maxErrors) {
      end = `${fset.format(d.range.start)}: too many errors\n`;
      break;
    }
  }
  rows.sort((a, b) => a.file - b.file || a.line - b.line || a.col - b.col);
  const out = rows.filter((r, i) => r.text !== rows[i - 1]?.text).map((r) => r.text).join('') + end;
  return elsewhere ? out.replace(/^(\t?)\.\//gm, '$1') : out;
}
