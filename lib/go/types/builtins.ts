/** Calls of predeclared functions and of package unsafe. */
import type { CallExpr } from '../syntax/ast.ts';
import { unparen } from '../syntax/walk.ts';
import { assignment } from './assignments.ts';
import { checkArguments, exprList, use } from './call.ts';
import type { Checker } from './check.ts';
import { convertUntyped } from './const.ts';
import * as c from './constant.ts';
import { errorf, invalidArg, invalidOp, softErrorf } from './errors.ts';
import { excludeForNew, expr, exprOrType, matchTypes, rawExpr } from './expr.ts';
import { updateExprType } from './untyped.ts';
import { index, isValidIndex } from './index.ts';
import { derefStructPtr, lookupFieldOrMethod } from './lookup.ts';
import { TypeName, Var } from './object.ts';
import { assignableTo, Operand } from './operand.ts';
import { allOrdered, allString, defaultType, identical, isBoolean, isNumeric, isString, isTypeParam, isUntyped, isValid } from './predicates.ts';
import { record, recordBuiltinType, recordSelection } from './recording.ts';
import { alignof, offsetof, sizeof } from './sizes.ts';
import { BasicKind, emptyInterface, emptyTuple, InterfaceT, PointerT, Signature, SliceT, Term, Tuple, Typ, Union, universeByte, type Named, type Type } from './type.ts';
import { newTypeParam, tparamIs } from './typeparam.ts';
import { validVarType, varType } from './typexpr.ts';
import { asNamed, asTypeParam, commonUnder, typeErrorf, typeset, under, underIs, type TypeError_ } from './under.ts';
import { predeclaredFuncs } from './universe.ts';
import { go1_17, go1_20, go1_21, go1_26, verifyVersionf } from './version.ts';

/** Checks a call of builtin id; x becomes its result. False after an error. */
export function builtin(check: Checker, x: Operand, call: CallExpr, id: string): boolean {
  const bin = predeclaredFuncs[id], argList = call.argList;
  if (call.hasDots && id !== 'append') {
    errorf(check, call, 'InvalidDotDotDot', invalidOp + 'invalid use of ... with built-in %s', id);
    use(check, ...argList);
    return false;
  }
  // len and cap need to know whether their own argument calls or receives.
  const saved = check.env.hasCallOrRecv, restores = id === 'len' || id === 'cap';
  if (restores) check.env.hasCallOrRecv = false;
  const ok = builtin1(check, x, call, id, bin.nargs, bin.variadic);
  if (restores) check.env.hasCallOrRecv = saved;
  return ok;
}

function builtin1(check: Checker, x: Operand, call: CallExpr, id: string, want: number, variadic: boolean): boolean {
  const argList = call.argList;
  let args: Operand[] = [], nargs = argList.length;
  if (id !== 'make' && id !== 'new' && id !== 'Offsetof' && id !== 'trace') {
    args = exprList(check, argList);
    nargs = args.length;
    if (args.some((a) => a.mode === 'invalid')) return false;
    if (nargs > 0) x.set(args[0]);
  }
  const few = nargs < want;
  if (few || (!variadic && nargs > want)) {
    errorf(check, call, 'WrongArgCount', invalidOp + '%s arguments for %s (expected %d, found %d)', few ? 'not enough' : 'too many', call, want, nargs);
    return false;
  }
  const sig = (res: Type | null, ...params: Type[]): void => recordBuiltinType(check, call.fun, makeSig(res, ...params));
  const since = (v: number, what: string): void => { verifyVersionf(check, call.fun, v, '%s', what); };

  switch (id) {
    case 'append': return append(check, x, call, args);
    case 'cap': case 'len': return length(check, x, call, id);
    case 'clear': {
      since(go1_21, 'clear');
      const ok = underIs(x.type!, (u) => {
        if (u?.kind === 'Map' || u?.kind === 'Slice') return true;
        errorf(check, x, 'InvalidClear', invalidArg + 'cannot clear %s: argument must be (or constrained by) map or slice', x);
        return false;
      });
      if (!ok) return false;
      x.mode = 'novalue';
      sig(null, x.type!);
      return true;
    }
    case 'close': {
      const ok = underIs(x.type!, (u) => {
        if (u?.kind !== 'Chan') errorf(check, x, 'InvalidClose', invalidOp + 'cannot close non-channel %s', x);
        else if (u.dir === 2) errorf(check, x, 'InvalidClose', invalidOp + 'cannot close receive-only channel %s', x);
        else return true;
        return false;
      });
      if (!ok) return false;
      x.mode = 'novalue';
      sig(null, x.type!);
      return true;
    }
    case 'complex': return complex(check, x, args[1], call);
    case 'copy': return copy(check, x, args[1], call);
    case 'delete': {
      const map = x.type!;
      let key: Type | null = null;
      const ok = underIs(map, (u) => {
        if (u?.kind !== 'Map') {
          errorf(check, x, 'InvalidDelete', invalidArg + '%s is not a map', x);
          return false;
        }
        if (key && !identical(u.key, key)) {
          errorf(check, x, 'InvalidDelete', invalidArg + 'maps of %s must have identical key types', x);
          return false;
        }
        key = u.key;
        return true;
      });
      if (!ok) return false;
      x.set(args[1]);
      assignment(check, x, key, 'argument to delete');
      if (x.mode === 'invalid') return false;
      x.mode = 'novalue';
      sig(null, map, key!);
      return true;
    }
    case 'imag': case 'real': return realImag(check, x, call, id);
    case 'make': return make(check, x, call);
    case 'max': case 'min': return minMax(check, x, call, args, id);
    case 'new': {
      exprOrType(check, x, argList[0], false);
      excludeForNew(check, x);
      if ((x.mode as string) === 'invalid') return false;
      if (x.mode === 'typexpr') validVarType(check, argList[0], x.type!);
      else {
        if (isUntyped(x.type!)) {
          assignment(check, x, null, 'argument to new');
          if ((x.mode as string) === 'invalid') return false;
        }
        verifyVersionf(check, call.fun, go1_26, 'new(%s)', argList[0]);
      }
      const T = x.type!;
      x.mode = 'value';
      x.type = new PointerT(T);
      sig(x.type, T);
      return true;
    }
    case 'panic':
      if (check.env.sig && check.env.sig.results.length > 0) (check.env.isPanic ??= new Set()).add(call);
      assignment(check, x, emptyInterface, 'argument to panic');
      if (x.mode === 'invalid') return false;
      x.mode = 'novalue';
      sig(null, emptyInterface);
      return true;
    case 'print': case 'println':
      for (const a of args) {
        assignment(check, a, null, `argument to built-in ${id}`);
        if (a.mode === 'invalid') return false;
      }
      x.mode = 'novalue';
      sig(null, ...args.map((a) => a.type!));
      return true;
    case 'recover':
      x.mode = 'value';
      x.type = emptyInterface;
      sig(x.type);
      return true;
    case 'Add':
      since(go1_17, 'unsafe.Add');
      assignment(check, x, Typ.UnsafePointer, 'argument to unsafe.Add');
      if (x.mode === 'invalid' || !isValidIndex(check, args[1], 'InvalidUnsafeAdd', 'length', true)) return false;
      x.mode = 'value';
      x.type = Typ.UnsafePointer;
      sig(x.type, x.type, args[1].type!);
      return true;
    case 'Alignof': case 'Sizeof': {
      assignment(check, x, null, `argument to unsafe.${id}`);
      if (x.mode === 'invalid') return false;
      if (hasVarSize(x.type!, new Map())) {
        x.mode = 'value';
        sig(Typ.Uintptr, x.type!);
      } else {
        const n = id === 'Sizeof' ? sizeof(x.type!) : alignof(x.type!);
        if (n < 0) {
          errorf(check, x, 'TypeTooLarge', '%s is too large', x);
          return false;
        }
        x.mode = 'constant';
        x.val = c.makeInt(n);
      }
      x.type = Typ.Uintptr;
      return true;
    }
    case 'Offsetof': return offsetOf(check, x, call);
    case 'Slice': {
      since(go1_17, 'unsafe.Slice');
      const ptr = commonUnder(x.type!, null)[0];
      if (ptr?.kind !== 'Pointer') {
        errorf(check, x, 'InvalidUnsafeSlice', invalidArg + '%s is not a pointer', x);
        return false;
      }
      if (!isValidIndex(check, args[1], 'InvalidUnsafeSlice', 'length', false)) return false;
      x.mode = 'value';
      x.type = new SliceT(ptr.elem);
      sig(x.type, ptr, args[1].type!);
      return true;
    }
    case 'SliceData': {
      since(go1_20, 'unsafe.SliceData');
      const s = commonUnder(x.type!, null)[0];
      if (s?.kind !== 'Slice') {
        errorf(check, x, 'InvalidUnsafeSliceData', invalidArg + '%s is not a slice', x);
        return false;
      }
      x.mode = 'value';
      x.type = new PointerT(s.elem);
      sig(x.type, s);
      return true;
    }
    case 'String':
      since(go1_20, 'unsafe.String');
      assignment(check, x, new PointerT(universeByte), 'argument to unsafe.String');
      if (x.mode === 'invalid' || !isValidIndex(check, args[1], 'InvalidUnsafeString', 'length', false)) return false;
      x.mode = 'value';
      x.type = Typ.String;
      sig(x.type, new PointerT(universeByte), args[1].type!);
      return true;
    case 'StringData':
      since(go1_20, 'unsafe.StringData');
      assignment(check, x, Typ.String, 'argument to unsafe.StringData');
      if (x.mode === 'invalid') return false;
      x.mode = 'value';
      x.type = new PointerT(universeByte);
      sig(x.type, Typ.String);
      return true;
    case 'assert':
      if (x.mode !== 'constant' || !isBoolean(x.type!)) {
        errorf(check, x, 'Test', invalidArg + '%s is not a boolean constant', x);
        return false;
      }
      if (!c.boolVal(x.val!)) errorf(check, call, 'Test', '%s failed', call);
      return true;
    case 'trace': {
      if (nargs === 0) { x.mode = 'novalue'; return true; }
      argList.forEach((a, i) => { rawExpr(check, null, i === 0 ? x : new Operand(), a, null, false); });
      return (x.mode as string) !== 'invalid';
    }
    default: return false;
  }
}

function append(check: Checker, x: Operand, call: CallExpr, args: Operand[]): boolean {
  const [E, err] = sliceElem(x);
  if (err) {
    errorf(check, x, 'InvalidAppend', 'invalid append: %s', err.format(check));
    return false;
  }
  let sig: Signature | null = null;
  if (args.length === 2 && call.hasDots && assignableTo(check, x, new SliceT(universeByte), null)[0]) {
    // append([]byte, string...)
    const set = bytesAndStrings(args[1].type!);
    if (set === 'string') {
      sig = makeSig(x.type, x.type!, args[1].type!);
      sig.variadic = true;
    }
  }
  if (!sig) {
    const S = x.type!;
    sig = makeSig(S, S, new SliceT(E!));
    sig.variadic = true;
    checkArguments(check, call, sig, [], [], args, []);
    x.type = S;
  }
  recordBuiltinType(check, call.fun, sig);
  x.mode = 'value';
  return true;
}

/** 'string' if t's types are strings and perhaps byte slices, 'bytes' if byte slices only, null for others. */
function bytesAndStrings(t: Type): 'string' | 'bytes' | null {
  let hasString = false;
  for (const [, u] of typeset(t)) {
    if (u?.kind === 'Slice' && identical(u.elem, universeByte)) continue;
    if (u === null || !isString(u)) return null;
    hasString = true;
  }
  return hasString ? 'string' : 'bytes';
}

function length(check: Checker, x: Operand, call: CallExpr, id: 'len' | 'cap'): boolean {
  const len = id === 'len';
  let mode: 'invalid' | 'value' | 'constant' = 'invalid', val: c.Value | null = null;
  const t = arrayPtrDeref(under(x.type!));
  switch (t.kind) {
    case 'Basic':
      if (!isString(t) || !len) break;
      if (x.mode === 'constant') {
        mode = 'constant';
        val = c.makeInt(c.stringVal(x.val!).length);
      } else mode = 'value';
      break;
    case 'Array':
      mode = 'value';
      if (!check.env.hasCallOrRecv) {
        mode = 'constant';
        val = t.len >= 0 ? c.makeInt(t.len) : c.makeUnknown();
      }
      break;
    case 'Slice': case 'Chan': mode = 'value'; break;
    case 'Map': if (len) mode = 'value'; break;
    case 'Interface': {
      const has = (u0: Type | null): boolean => {
        const u = u0 && arrayPtrDeref(u0);
        switch (u?.kind) {
          case 'Basic': return isString(u) && len;
          case 'Array': case 'Slice': case 'Chan': return true;
          case 'Map': return len;
          default: return false;
        }
      };
      if (isTypeParam(x.type!) && underIs(x.type!, has)) mode = 'value';
    }
  }
  if (mode === 'invalid') {
    if (isValid(under(x.type!))) errorf(check, x, len ? 'InvalidLen' : 'InvalidCap', invalidArg + '%s for built-in %s', x, id);
    return false;
  }
  if (mode !== 'constant') recordBuiltinType(check, call.fun, makeSig(Typ.Int, x.type!));
  x.mode = mode;
  x.type = Typ.Int;
  x.val = val;
  return true;
}

function complex(check: Checker, x: Operand, y: Operand, call: CallExpr): boolean {
  const ux = isUntyped(x.type!), uy = isUntyped(y.type!);
  if (ux && !uy) convertUntyped(check, x, y.type!);
  else if (!ux && uy) convertUntyped(check, y, x.type!);
  else if (ux && uy) {
    if (x.mode === 'constant' && y.mode === 'constant') {
      for (const o of [x, y]) if (isNumeric(o.type!) && c.sign(c.imag(o.val!)) === 0) o.type = Typ.UntypedFloat;
    } else {
      // Untyped shifts: floats cannot be shifted, which is reported now.
      convertUntyped(check, x, Typ.Float64);
      convertUntyped(check, y, Typ.Float64);
    }
  }
  if (x.mode === 'invalid' || y.mode === 'invalid') return false;
  if (!identical(x.type!, y.type!)) {
    errorf(check, x, 'InvalidComplex', invalidOp + '%s (mismatched types %s and %s)', call, x.type, y.type);
    return false;
  }
  const res = applyTypeFunc(check, (k) => (k === BasicKind.Float32 ? Typ.Complex64 : k === BasicKind.Float64 ? Typ.Complex128 : k === BasicKind.UntypedFloat ? Typ.UntypedComplex : null), x, 'complex');
  if (!res) {
    errorf(check, x, 'InvalidComplex', invalidArg + 'arguments have type %s, expected floating-point', x.type);
    return false;
  }
  if (x.mode === 'constant' && y.mode === 'constant') x.val = c.binaryOp(c.toFloat(x.val!), '+', c.makeImag(c.toFloat(y.val!)));
  else x.mode = 'value';
  if ((x.mode as string) !== 'constant') recordBuiltinType(check, call.fun, makeSig(res, x.type!, x.type!));
  x.type = res;
  return true;
}

function realImag(check: Checker, x: Operand, call: CallExpr, id: 'real' | 'imag'): boolean {
  if (isUntyped(x.type!)) {
    if (x.mode === 'constant') { if (isNumeric(x.type!)) x.type = Typ.UntypedComplex; } else {
      convertUntyped(check, x, Typ.Complex128);
      if ((x.mode as string) === 'invalid') return false;
    }
  }
  const res = applyTypeFunc(check, (k) => (k === BasicKind.Complex64 ? Typ.Float32 : k === BasicKind.Complex128 ? Typ.Float64 : k === BasicKind.UntypedComplex ? Typ.UntypedFloat : null), x, id);
  if (!res) {
    errorf(check, x, id === 'real' ? 'InvalidReal' : 'InvalidImag', invalidArg + 'argument has type %s, expected complex type', x.type);
    return false;
  }
  if (x.mode === 'constant') x.val = id === 'real' ? c.real(x.val!) : c.imag(x.val!);
  else {
    x.mode = 'value';
    recordBuiltinType(check, call.fun, makeSig(res, x.type!));
  }
  x.type = res;
  return true;
}

function copy(check: Checker, x: Operand, y: Operand, call: CallExpr): boolean {
  const special = assignableTo(check, x, new SliceT(universeByte), null)[0] && bytesAndStrings(y.type!) !== null;
  if (!special) {
    const [dst, derr] = sliceElem(x);
    if (derr) {
      errorf(check, x, 'InvalidCopy', 'invalid copy: %s', derr.format(check));
      return false;
    }
    let [src, serr] = sliceElem(y);
    if (serr) {
      if (!allString(y.type!)) {
        errorf(check, y, 'InvalidCopy', 'invalid copy: %s', serr.format(check));
        return false;
      }
      src = universeByte;
      serr = null;
    }
    if (!identical(dst!, src!)) {
      errorf(check, x, 'InvalidCopy', 'invalid copy: arguments %s and %s have different element types %s and %s', x, y, dst, src);
      return false;
    }
  }
  recordBuiltinType(check, call.fun, makeSig(Typ.Int, x.type!, y.type!));
  x.mode = 'value';
  x.type = Typ.Int;
  return true;
}

function make(check: Checker, x: Operand, call: CallExpr): boolean {
  const [arg0, ...rest] = call.argList, T = varType(check, arg0), nargs = call.argList.length;
  if (!isValid(T)) return false;
  const [u, err] = commonUnder(T, (_, v) => {
    if (v === null) return typeErrorf('no specific type');
    return v.kind === 'Slice' || v.kind === 'Map' || v.kind === 'Chan' ? null : typeErrorf('type must be slice, map, or channel');
  });
  if (err) {
    errorf(check, arg0, 'InvalidMake', invalidArg + 'cannot make %s: %s', arg0, err.format(check));
    return false;
  }
  const min = u!.kind === 'Slice' ? 2 : 1;
  if (nargs < min || min + 1 < nargs) {
    errorf(check, call, 'WrongArgCount', invalidOp + '%s expects %d or %d arguments; found %d', call, min, min + 1, nargs);
    return false;
  }
  const types: Type[] = [T], sizes: number[] = [];
  for (const a of rest) {
    const [t, n] = index(check, a, -1);
    types.push(t);
    if (n >= 0) sizes.push(n);
  }
  if (sizes.length === 2 && sizes[0] > sizes[1]) errorf(check, rest[0], 'SwappedMakeArgs', invalidArg + 'length and capacity swapped');
  x.mode = 'value';
  x.type = T;
  recordBuiltinType(check, call.fun, makeSig(T, ...types));
  return true;
}

function minMax(check: Checker, x: Operand, call: CallExpr, args: Operand[], id: 'min' | 'max'): boolean {
  verifyVersionf(check, call.fun, go1_21, 'built-in %s', id);
  for (let i = 0; i < args.length; i++) {
    const a = args[i];
    if (!allOrdered(a.type!)) {
      errorf(check, a, 'InvalidMinMaxOperand', invalidArg + '%s cannot be ordered', a);
      return false;
    }
    if (i === 0) continue;
    matchTypes(check, x, a);
    if (x.mode === 'invalid') return false;
    if (!identical(x.type!, a.type!)) {
      errorf(check, a, 'MismatchedTypes', invalidArg + 'mismatched types %s (previous argument) and %s (type of %s)', x.type, a.type, a.expr);
      return false;
    }
    if (x.mode === 'constant' && a.mode === 'constant') {
      if (c.compare(a.val!, id === 'min' ? '<' : '>', x.val!)) x.set(a);
    } else x.mode = 'value';
  }
  if (x.mode !== 'constant') {
    x.mode = 'value';
    assignment(check, x, emptyInterface, `argument to built-in ${id}`);
    if ((x.mode as string) === 'invalid') return false;
  }
  for (const a of args) updateExprType(check, a.expr!, x.type!, true);
  if (x.mode !== 'constant') recordBuiltinType(check, call.fun, makeSig(x.type, ...args.map(() => x.type!)));
  return true;
}

function offsetOf(check: Checker, x: Operand, call: CallExpr): boolean {
  const arg0 = call.argList[0], selx = unparen(arg0);
  if (selx.kind !== 'SelectorExpr') {
    errorf(check, arg0, 'BadOffsetofSyntax', invalidArg + '%s is not a selector expression', arg0);
    use(check, arg0);
    return false;
  }
  expr(check, null, x, selx.x);
  if (x.mode === 'invalid') return false;
  const base = derefStructPtr(x.type!), sel = selx.sel.value;
  const { obj, index: path, indirect } = lookupFieldOrMethod(base, false, check.pkg, sel);
  if (obj === null) {
    errorf(check, x, 'MissingFieldOrMethod', invalidArg + '%s has no single field %s', base, sel);
    return false;
  }
  if (obj.kind === 'Func') {
    errorf(check, arg0, 'InvalidOffsetof', invalidArg + '%s is a method value', arg0);
    return false;
  }
  if (indirect) {
    errorf(check, x, 'InvalidOffsetof', invalidArg + 'field %s is embedded via a pointer in %s', sel, base);
    return false;
  }
  recordSelection(check, selx, 'FieldVal', base, obj, path!, false);
  const f = new Operand();
  f.mode = x.mode === 'variable' ? 'variable' : 'value';
  f.expr = selx;
  f.type = obj.type;
  record(check, f);
  if (hasVarSize(base, new Map())) {
    x.mode = 'value';
    recordBuiltinType(check, call.fun, makeSig(Typ.Uintptr, obj.type));
  } else {
    const offs = offsetof(base, path!);
    if (offs < 0) {
      errorf(check, x, 'TypeTooLarge', '%s is too large', x);
      return false;
    }
    x.mode = 'constant';
    x.val = c.makeInt(offs);
  }
  x.type = Typ.Uintptr;
  return true;
}

/** The element type common to the slices x may be, or why there is none. */
function sliceElem(x: Operand): [Type | null, TypeError_ | null] {
  let E: Type | null = null;
  for (const [, u] of typeset(x.type!)) {
    if (u?.kind !== 'Slice') return [null, x.isNil() ? typeErrorf('argument must be a slice; have untyped nil') : typeErrorf('argument must be a slice; have %s', x)];
    if (E === null) E = u.elem;
    else if (!identical(E, u.elem)) return [null, typeErrorf('mismatched slice element types %s and %s in %s', E, u.elem, x)];
  }
  return [E, null];
}

/** t's size depends on type arguments. */
export function hasVarSize(t: Type, seen: Map<Named, boolean>): boolean {
  const named = asNamed(t);
  if (named) {
    const known = seen.get(named);
    if (known !== undefined) return known;
    seen.set(named, true); // until proven otherwise
  }
  const u = under(t);
  let res = false;
  if (u.kind === 'Array') res = hasVarSize(u.elem, seen);
  else if (u.kind === 'Struct') res = u.fields.some((f) => hasVarSize(f.type, seen));
  else if (u.kind === 'Interface') res = isTypeParam(t);
  if (named) seen.set(named, res);
  return res;
}

/** f of the kind of x's type; for a type parameter, a new one constrained by f of its types. Null if f fails. */
function applyTypeFunc(check: Checker, f: (basic: number) => Type | null, x: Operand, id: 'real' | 'imag' | 'complex'): Type | null {
  const apply = (t: Type): Type | null => {
    const u = under(t);
    return u.kind === 'Basic' ? f(u.basic) : null;
  };
  const tp = asTypeParam(x.type);
  if (!tp) return apply(x.type!);
  const terms: Term[] = [];
  const ok = tparamIs(tp, (t) => {
    const r = t && apply(t.type!);
    if (r) terms.push(new Term(t!.tilde, r));
    return r !== null;
  });
  if (!ok) return null;
  const code = id === 'real' ? 'InvalidReal' : id === 'imag' ? 'InvalidImag' : 'InvalidComplex';
  softErrorf(check, x, code, '%s not supported as argument to built-in %s for go1.18 (see go.dev/issue/50937)', x, id);
  const bound = new InterfaceT(null, [], [new Union(terms)]);
  bound.complete = true;
  const p = newTypeParam(check, new TypeName(0, check.pkg, tp.obj.name, null), bound);
  p.index = tp.index;
  return p;
}

/** The signature of a builtin in one call. */
function makeSig(res: Type | null, ...params: Type[]): Signature {
  return new Signature(null, new Tuple(params.map((p) => Var.newParam(0, null, '', defaultType(p)))), res ? new Tuple([new Var('result', 0, null, '', res)]) : emptyTuple);
}

/** The array a pointer to an array points to; other types are themselves. */
export function arrayPtrDeref(t: Type): Type {
  if (t.kind !== 'Pointer') return t;
  const a = under(t.elem);
  return a.kind === 'Array' ? a : t;
}
