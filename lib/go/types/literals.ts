/** Literals: numbers and strings, functions, composites. */
import type { BasicLit, CompositeLit, Expr, FuncLit } from '../syntax/ast.ts';
import { endPos } from '../syntax/walk.ts';
import { assignment } from './assignments.ts';
import { use } from './call.ts';
import { later, type Checker } from './check.ts';
import { overflow } from './const.ts';
import { exactString, float64Val, imag, real, toFloat, toInt, type Value } from './constant.ts';
import { errorf } from './errors.ts';
import { lookupError } from './errsupport.ts';
import { expr, exprWithHint, opPos } from './expr.ts';
import { index } from './index.ts';
import { deref, fieldIndex } from './lookup.ts';
import { Operand } from './operand.ts';
import { identical, isNonTypeParamInterface, isValid } from './predicates.ts';
import { recordTypeAndValue, recordUse } from './recording.ts';
import { funcBody } from './stmt.ts';
import { ArrayT, Typ, type MapT, type StructT, type Type } from './type.ts';
import { typ, varType } from './typexpr.ts';
import { commonUnder } from './under.ts';
import { allowVersion, go1_13, versionErrorf } from './version.ts';

/** Reports forms of numbers that came with Go 1.13. */
function langCompat(check: Checker, lit: BasicLit): void {
  const s = lit.value;
  if (s.length <= 2 || allowVersion(check, go1_13)) return;
  if (s.includes('_')) versionErrorf(check, lit, go1_13, 'underscore in numeric literal');
  else if (/^0[bB]/.test(s)) versionErrorf(check, lit, go1_13, 'binary literal');
  else if (/^0[oO]/.test(s)) versionErrorf(check, lit, go1_13, '0o/0O-style octal literal');
  else if (lit.litKind !== 'int' && /^0[xX]/.test(s)) versionErrorf(check, lit, go1_13, 'hexadecimal floating-point literal');
}

/** Longer numbers mean nothing and cost much. */
const maxLiteral = 10000;

export function basicLit(check: Checker, x: Operand, e: BasicLit): void {
  if (e.litKind === 'int' || e.litKind === 'float' || e.litKind === 'imag') {
    langCompat(check, e);
    if (e.value.length > maxLiteral) {
      errorf(check, e, 'InvalidConstVal', 'excessively long constant: %s... (%d chars)', e.value.slice(0, 10), e.value.length);
      x.mode = 'invalid';
      return;
    }
  }
  x.setConst(e.litKind, e.value);
  if (x.mode === 'invalid') {
    errorf(check, e, 'InvalidConstVal', 'malformed constant: %s', e.value);
    return;
  }
  x.expr = e;
  overflow(check, x, opPos(e));
}

export function funcLit(check: Checker, x: Operand, e: FuncLit): void {
  const sig = typ(check, e.type);
  if (sig.kind !== 'Signature') {
    errorf(check, e, 'InvalidSyntaxTree', 'invalid function literal');
    x.mode = 'invalid';
    return;
  }
  sig.scope!.pos = e.pos;
  sig.scope!.end = endPos(e);
  if (!check.conf.ignoreFuncBodies) {
    // The body may refer to types still being declared, but must see the scope as it is now.
    const decl = check.env.decl, iota = check.env.iota;
    later(check, () => funcBody(check, decl, '<function literal>', sig, e.body, iota));
  }
  x.mode = 'value';
  x.type = sig;
}

export function compositeLit(check: Checker, x: Operand, e: CompositeLit, hint: Type | null): void {
  let t: Type, base: Type, isElem = false;
  if (e.type !== null) {
    if (e.type.kind === 'ArrayType' && e.type.len === null) {
      check.pkg.arrays = true;
      t = new ArrayT(varType(check, e.type.elem), -1);
    } else t = typ(check, e.type);
    base = t;
  } else if (hint !== null) {
    t = base = hint;
    // An element type *T stands for &T{}.
    const u = commonUnder(base, null)[0];
    if (u) {
      const [b, isPtr] = deref(u);
      if (isPtr) base = b;
    }
    isElem = true;
  } else {
    errorf(check, e, 'UntypedLit', 'missing type in composite literal');
    t = base = Typ.Invalid;
  }

  const utyp = commonUnder(base, null)[0];
  switch (utyp?.kind) {
    case 'Struct': structLit(check, x, e, base, utyp); break;
    case 'Array': {
      const n = indexedElts(check, e.elemList, utyp.elem, utyp.len);
      if (utyp.len < 0) {
        utyp.len = n;
        if (e.type) recordTypeAndValue(check, e.type, 'typexpr', utyp, null);
      }
      break;
    }
    case 'Slice': indexedElts(check, e.elemList, utyp.elem, -1); break;
    case 'Map': mapLit(check, x, e, utyp); break;
    default:
      for (const el of e.elemList) use(check, el.kind === 'KeyValueExpr' ? el.value : el);
      if (utyp === null || isValid(utyp)) {
        errorf(check, e, 'InvalidLit', 'invalid composite literal%s type %s%s', isElem ? ' element' : '', t, utyp === null ? ' (no common underlying type)' : '');
        x.mode = 'invalid';
        return;
      }
  }
  x.mode = 'value';
  x.type = t;
}

function structLit(check: Checker, x: Operand, e: CompositeLit, base: Type, utyp: StructT): void {
  const fields = utyp.fields, list = e.elemList;
  if (list.length === 0) return;
  if (list[0].kind === 'KeyValueExpr') {
    const visited = new Set<number>();
    for (const kv of list) {
      if (kv.kind !== 'KeyValueExpr') {
        errorf(check, kv, 'MixedStructLit', 'mixture of field:value and value elements in struct literal');
        continue;
      }
      expr(check, null, x, kv.value);
      const key = kv.key;
      if (key.kind !== 'Name') {
        errorf(check, kv, 'InvalidLitField', 'invalid field name %s in struct literal', key);
        continue;
      }
      const i = fieldIndex(fields, check.pkg, key.value, false);
      if (i < 0) {
        const alt = fieldIndex(fields, check.pkg, key.value, true);
        errorf(check, key, 'MissingLitField', '%s', lookupError(check, base, key.value, fields[alt] ?? null, true));
        continue;
      }
      recordUse(check, key, fields[i]);
      assignment(check, x, fields[i].type, 'struct literal');
      if (visited.has(i)) errorf(check, kv, 'DuplicateLitField', 'duplicate field name %s in struct literal', key.value);
      visited.add(i);
    }
    return;
  }
  for (let i = 0; i < list.length; i++) {
    const el = list[i];
    if (el.kind === 'KeyValueExpr') {
      errorf(check, el, 'MixedStructLit', 'mixture of field:value and value elements in struct literal');
      continue;
    }
    expr(check, null, x, el);
    if (i >= fields.length) {
      errorf(check, x, 'InvalidStructLit', 'too many values in struct literal of type %s', base);
      break;
    }
    const f = fields[i];
    if (!f.exported && f.pkg !== check.pkg) {
      errorf(check, x, 'UnexportedLitField', 'implicit assignment to unexported field %s in struct literal of type %s', f.name, base);
      continue;
    }
    assignment(check, x, f.type, 'struct literal');
  }
  if (list.length < fields.length) errorf(check, e.rbrace, 'InvalidStructLit', 'too few values in struct literal of type %s', base);
}

/** Constants are equal map keys iff their keys are. */
function keyVal(v: Value): string {
  if (v.kind === 'Complex') {
    const f = toFloat(v);
    if (f.kind !== 'Float') return `c${float64Val(real(v))},${float64Val(imag(v))}`;
    v = f;
  }
  if (v.kind === 'Float') {
    const i = toInt(v);
    if (i.kind !== 'Int') return `f${float64Val(v)}`;
    v = i;
  }
  return `${v.kind[0]}${exactString(v)}`;
}

function mapLit(check: Checker, x: Operand, e: CompositeLit, utyp: MapT): void {
  // For interface keys, constants of different types differ.
  const ifaceKey = isNonTypeParamInterface(utyp.key), visited = new Map<string, Type[]>();
  for (const kv of e.elemList) {
    if (kv.kind !== 'KeyValueExpr') {
      errorf(check, kv, 'MissingLitKey', 'missing key in map literal');
      continue;
    }
    exprWithHint(check, x, kv.key, utyp.key);
    assignment(check, x, utyp.key, 'map literal');
    if (x.mode === 'invalid') continue;
    if (x.mode === 'constant') {
      const key = keyVal(x.val!), types = visited.get(key), t = x.type!;
      const dup = types !== undefined && (!ifaceKey || types.some((u) => identical(u, t)));
      if (types) types.push(t); else visited.set(key, [t]);
      if (dup) {
        errorf(check, x, 'DuplicateLitKey', 'duplicate key %s in map literal', x.val);
        continue;
      }
    }
    exprWithHint(check, x, kv.value, utyp.elem);
    assignment(check, x, utyp.elem, 'map literal');
  }
}

/** Checks the elements of an array or slice literal; returns the length. */
function indexedElts(check: Checker, elts: readonly Expr[], t: Type, length: number): number {
  const visited = new Set<number>();
  let i = 0, max = 0;
  for (const e of elts) {
    let valid = false, eval_ = e;
    if (e.kind === 'KeyValueExpr') {
      const [kt, k] = index(check, e.key, length);
      if (isValid(kt)) {
        if (k >= 0) { i = k; valid = true; } else errorf(check, e, 'InvalidLitIndex', 'index %s must be integer constant', e.key);
      }
      eval_ = e.value;
    } else if (length >= 0 && i >= length) errorf(check, e, 'OversizeArrayLit', 'index %d is out of bounds (>= %d)', i, length);
    else valid = true;
    if (valid) {
      if (visited.has(i)) errorf(check, e, 'DuplicateLitKey', 'duplicate index %d in array or slice literal', i);
      visited.add(i);
    }
    i++;
    if (i > max) max = i;
    const x = new Operand();
    exprWithHint(check, x, eval_, t);
    assignment(check, x, t, 'array or slice literal');
  }
  return max;
}
