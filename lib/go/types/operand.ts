/** Operands: what an expression amounts to while it is being checked, and what it may be assigned to. */
import type { Pos } from '../../base/pos.ts';
import type { Expr, LitKind } from '../syntax/ast.ts';
import { exprString } from '../syntax/printer.ts';
import type { Checker } from './check.ts';
import { makeFromLiteral, valueString, type Value } from './constant.ts';
import { implicitTypeAndValue } from './untyped.ts';
import { checkSprintf, type FormatArg } from './format.ts';
import type { OperandMode } from './info.ts';
import { implements_ } from './instantiate.ts';
import { isInterfacePtr } from './lookup.ts';
import { hasEmptyTypeset, hasName, identical, isGeneric, isUntyped, isValid } from './predicates.ts';
import { Typ, type Basic, type Type } from './type.ts';
import { tparamIs } from './typeparam.ts';
import { typeString, type Qualifier } from './typestring.ts';
import { asTypeParam, unalias, under, type Cause } from './under.ts';

const modeText: Readonly<Record<OperandMode, string>> = {
  invalid: 'invalid operand', novalue: 'no value', builtin: 'built-in', typexpr: 'type', constant: 'constant', variable: 'variable',
  mapindex: 'map index expression', value: 'value', nilvalue: 'nil', commaok: 'comma, ok expression', commaerr: 'comma, error expression', cgofunc: 'cgo function',
};

/** Mode, expression, type, and value (constants) or name (builtins). New operands are invalid. */
export class Operand {
  mode: OperandMode = 'invalid';
  expr: Expr | null = null;
  type: Type | null = null;
  val: Value | null = null;
  /** The builtin's name. */
  id = '';
  get pos(): Pos { return this.expr ? this.expr.pos : 0; }
  copy(): Operand { return new Operand().set(this); }
  /** Becomes a copy of o. */
  set(o: Operand): this {
    this.mode = o.mode;
    this.expr = o.expr;
    this.type = o.type;
    this.val = o.val;
    this.id = o.id;
    return this;
  }
  isNil(): boolean { return this.mode === 'nilvalue'; }
  /** Becomes the untyped constant a literal denotes; invalid if it cannot be evaluated. */
  setConst(kind: LitKind, lit: string): void {
    const val = makeFromLiteral(lit, kind);
    if (val.kind === 'Unknown' || (val.kind === 'Complex' && val.im.kind === 'Unknown')) {
      this.mode = 'invalid';
      this.type = Typ.Invalid;
      return;
    }
    this.mode = 'constant';
    this.type = { int: Typ.UntypedInt, float: Typ.UntypedFloat, imag: Typ.UntypedComplex, rune: Typ.UntypedRune, string: Typ.UntypedString }[kind];
    this.val = val;
  }
}

/** An operand as diagnostics show it: `x (variable of type int)`, `1 << 3 (untyped int constant 8)`. */
export function operandString(x: Operand, qf: Qualifier | null): string {
  if (x.mode === 'nilvalue') {
    if (x.type === null || x.type === Typ.Invalid) return 'nil (with invalid type)';
    return x.type === Typ.UntypedNil ? 'nil' : `nil (of type ${typeString(x.type, qf)})`;
  }
  let expr = '';
  if (x.expr) expr = exprString(x.expr);
  else if (x.mode === 'builtin') expr = x.id;
  else if (x.mode === 'typexpr') expr = typeString(x.type!, qf);
  else if (x.mode === 'constant') expr = valueString(x.val!);

  let s = '', hasType = false;
  if (x.mode !== 'invalid' && x.mode !== 'novalue' && x.mode !== 'builtin' && x.mode !== 'typexpr' && x.type) {
    if (isUntyped(x.type)) s += (x.type as Basic).name + ' ';
    else hasType = true;
  }
  s += modeText[x.mode];
  if (x.mode === 'constant') {
    const v = valueString(x.val!);
    if (v !== expr) s += ' ' + v;
  }
  if (hasType) {
    const t = x.type!;
    if (isValid(t)) {
      let desc = isGeneric(t) ? 'generic ' : '';
      const tpar = asTypeParam(t);
      if (!tpar && (t.kind === 'Alias' || t.kind === 'Named')) desc += (compositeKind(t) || (under(t) as Basic).name) + ' ';
      s += ` of ${desc}type ${typeString(t, qf)}`;
      if (tpar) {
        s += ` constrained by ${typeString(tpar.bound, qf)}`;
        if (hasEmptyTypeset(tpar)) s += ' with empty type set';
      }
    } else s += ' with invalid type';
  }
  return expr === '' ? s : `${expr} (${s})`;
}

/** "array", "func", …; empty for basic types. */
export function compositeKind(t: Type): string {
  const u = under(t);
  switch (u.kind) {
    case 'Basic': return '';
    case 'Signature': return 'func';
    default: return u.kind.toLowerCase();
  }
}

/**
 * Whether x may be assigned to a variable of type T; if not, the code to report
 * and, where there is something to say, the cause.
 */
export function assignableTo(check: Checker | null, x: Operand, T0: Type, cause: Cause | null): [boolean, string] {
  if (x.mode === 'invalid' || !isValid(T0)) return [true, ''];
  const V = unalias(x.type!), T = unalias(T0);
  if (identical(V, T)) return [true, ''];
  const Vu = under(V), Tu = under(T);
  const Vp = V.kind === 'TypeParam' ? V : null, Tp = T.kind === 'TypeParam' ? T : null;

  // An untyped value must be representable, by every type a type parameter stands for.
  if (isUntyped(Vu)) {
    if (Tp) return [tparamIs(Tp, (t) => t !== null && implicitTypeAndValue(check!, x, t.type!)[0] !== null), 'IncompatibleAssign'];
    return [implicitTypeAndValue(check!, x, T)[0] !== null, 'IncompatibleAssign'];
  }

  // (Compared first, as in types2: it decides which type sets of invalid cycles are seen whole.)
  if (identical(Vu, Tu) && (!hasName(V) || !hasName(T)) && !Vp && !Tp) return [true, ''];

  // T is an interface (or a pointer to one, by mistake: implements_ says so).
  if ((Tu.kind === 'Interface' && !Tp) || isInterfacePtr(Tu)) {
    if (implements_(check, V, T, false, cause)) return [true, ''];
    if (!Vp) return [false, 'InvalidIfaceAssign'];
    if (cause) cause.text = '';
  }
  if (Vu.kind === 'Interface' && !Vp && implements_(check, T, V, false, null)) {
    if (cause) cause.text = 'need type assertion';
    return [false, 'IncompatibleAssign'];
  }

  if (Vu.kind === 'Chan' && Vu.dir === 0 && Tu.kind === 'Chan' && identical(Vu.elem, Tu.elem)) return [!hasName(V) || !hasName(T), 'InvalidChanAssign'];
  if (!Vp && !Tp) return [false, 'IncompatibleAssign'];

  // Every specific type must do, if the other side is not a named type.
  const explain = (fmt: string, ...args: FormatArg[]): void => {
    if (check && cause) cause.text = checkSprintf(check, fmt, ...args) + (cause.text !== '' ? `\n\t${cause.text}` : '');
  };
  let ok = false, code = 'IncompatibleAssign';
  if (Tp && !hasName(V)) {
    tparamIs(Tp, (t) => {
      if (t === null) return false;
      [ok, code] = assignableTo(check, x, t.type!, cause);
      if (!ok) explain('cannot assign %s to %s (in %s)', x.type, t.type, Tp);
      return ok;
    });
    return [ok, code];
  }
  if (Vp && !hasName(T)) {
    const y = x.copy();
    tparamIs(Vp, (v) => {
      if (v === null) return false;
      y.type = v.type!;
      [ok, code] = assignableTo(check, y, T, cause);
      if (!ok) explain('cannot assign %s (in %s) to %s', v.type, Vp, T0);
      return ok;
    });
    return [ok, code];
  }
  return [false, 'IncompatibleAssign'];
}
