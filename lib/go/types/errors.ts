/** Reporting: diagnostics with gc's texts at gc's positions. */
import type { Diagnostic, Note } from '../../base/diagnostic.ts';
import type { Pos, Range } from '../../base/pos.ts';
import type { Node } from '../syntax/ast.ts';
import { startPos } from '../syntax/walk.ts';
import type { Checker } from './check.ts';
import { checkSprintf, type FormatArg } from './format.ts';
import type { Obj } from './object.ts';
import { Operand } from './operand.ts';

/** Where something is reported. */
export type Poser = Pos | Node | Obj | Operand;

export const invalidArg = 'invalid argument: ';
export const invalidOp = 'invalid operation: ';

const objKinds = new Set<string>(['PkgName', 'Const', 'TypeName', 'Var', 'Func', 'Label', 'Builtin', 'Nil']);

/** The text a report points at; it starts where gc says. */
export function rangeOf(at: Poser): Range {
  if (typeof at === 'number') return { start: at, end: at };
  if (at instanceof Operand) {
    if (!at.expr) return { start: 0, end: 0 };
    at = at.expr;
  }
  if (objKinds.has(at.kind)) {
    const o = at as Obj;
    return { start: o.pos, end: o.pos + new TextEncoder().encode(o.name).length };
  }
  const n = at as Node, start = startPos(n);
  return { start, end: Math.max(n.end, start) };
}

/** Where gc says something is. */
export function atPos(at: Poser): Pos { return rangeOf(at).start; }

/** An error under construction: the first part is the error, further parts explain it. */
export class ErrorDesc {
  readonly #desc: { range: Range; msg: string }[] = [];
  soft = false;
  constructor(readonly check: Checker, readonly code: string) {}
  get empty(): boolean { return this.#desc.length === 0; }
  get pos(): Pos { return this.#desc[0]?.range.start ?? 0; }
  /** The text of all parts. */
  get msg(): string {
    return this.#desc.map((d, i) => (i === 0 ? '' : `\n\t${d.range.start > 0 ? this.check.fset.format(d.range.start) + ': ' : ''}`) + d.msg).join('');
  }
  addf(at: Poser, fmt: string, ...args: FormatArg[]): void { this.#desc.push({ range: rangeOf(at), msg: checkSprintf(this.check, fmt, ...args) }); }
  addAltDecl(obj: Obj): void { if (obj.pos > 0) this.addf(obj, 'other declaration of %s', obj.name); }

  report(): void {
    const check = this.check, first = this.#desc[0];
    if (!first) return;
    // These words inside a message tell that it follows from an earlier error.
    if (check.diagnostics.length > 0 && (first.msg.indexOf('invalid operand') > 0 || first.msg.indexOf('invalid type') > 0)) return;
    const notes: Note[] = [];
    for (const d of this.#desc.slice(1)) if (d.range.start > 0) notes.push({ range: d.range, text: d.msg });
    handleError(check, first.range, this.code, this.msg, notes);
  }
}

function handleError(check: Checker, range: Range, code: string, text: string, notes: Note[]): void {
  // In an inherited constant initialiser, the constant is at fault, not the text.
  if (check.env.errpos > 0) range = { start: check.env.errpos, end: check.env.errpos };
  if (code === 'InvalidSyntaxTree') text = 'invalid syntax tree: ' + text;
  if (/requires go[0-9]+\.[0-9]+ or later/.test(text)) text += versionHint(check, range.start);
  const d: Diagnostic = { code, severity: 'error', range, text, ...(notes.length > 0 ? { notes } : {}) };
  check.diagnostics.push(d);
}

/** Where the version in force was set, as gc adds it to complaints about versions. */
function versionHint(check: Checker, pos: Pos): string {
  const source = check.fset.file(pos), file = check.files.find((f) => f.source === source);
  if (!file) return '';
  const v = `go1.${check.versions.get(file) ?? 0}`;
  return file.goVersion === v ? ` (file declares //go:build ${v})` : ` (-lang was set to ${langOf(check)}; check go.mod)`;
}
function langOf(check: Checker): string {
  const v = check.conf.goVersion ?? '';
  return v.startsWith('go') ? v : `go${v}`;
}

export function newError(check: Checker, code: string): ErrorDesc { return new ErrorDesc(check, code); }

export function errorf(check: Checker, at: Poser, code: string, fmt: string, ...args: FormatArg[]): void {
  const err = new ErrorDesc(check, code);
  err.addf(at, fmt, ...args);
  err.report();
}

/** An error that does not make later results doubtful. */
export function softErrorf(check: Checker, at: Poser, code: string, fmt: string, ...args: FormatArg[]): void {
  const err = new ErrorDesc(check, code);
  err.addf(at, fmt, ...args);
  err.soft = true;
  err.report();
}
