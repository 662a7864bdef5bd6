/** Calls, instantiation of functions, and selectors. */
import type { Pos } from '../../base/pos.ts';
import { Name, type CallExpr, type Expr, type IndexExpr, type SelectorExpr } from '../syntax/ast.ts';
import { startPos, unpackListExpr, unparen } from '../syntax/walk.ts';
import { assignment, typesSummary } from './assignments.ts';
import { builtin } from './builtins.ts';
import { addDeclDep, later, lookup, type Checker } from './check.ts';
import { conversion } from './conversions.ts';
import { objDecl } from './decl.ts';
import { errorf, invalidOp, newError, softErrorf, type Poser } from './errors.ts';
import { lookupError } from './errsupport.ts';
import { excludeNonValues, expr, exprOrType, genericExpr, multiExpr, nonGeneric, rawExpr, type ExprKind, type Target } from './expr.ts';
import { checkSprintf } from './format.ts';
import { indexExpr } from './index.ts';
import { infer, isParameterized, renameTParams } from './infer.ts';
import { instance, verify } from './instantiate.ts';
import { interfacePtrError, isInterfacePtr, lookupFieldOrMethod } from './lookup.ts';
import { context } from './named.ts';
import { isExported, Var } from './object.ts';
import { Operand } from './operand.ts';
import { isTypeParam, isValid, isValidName } from './predicates.ts';
import { record, recordInstance, recordSelection, recordTypeAndValue, recordUse } from './recording.ts';
import { makeSubstMap, subst } from './subst.ts';
import { Signature, Tuple, Typ, type SliceT, type Type, type TypeParam } from './type.ts';
import { typeList } from './typexpr.ts';
import { commonUnder, typeErrorf, under } from './under.ts';
import { predeclaredFuncs } from './universe.ts';
import { allowVersion, go1_18, go1_21, verifyVersionf, versionErrorf } from './version.ts';

/**
 * Instantiates generic function x with the type arguments of inst, and those that
 * can be inferred from the type T it is assigned to. With inferMissing unset and
 * arguments missing, returns those given and leaves x generic; else null.
 */
export function funcInst(check: Checker, T: Target | null, pos: Pos, x: Operand, inst: IndexExpr | null, inferMissing: boolean): Type[] | null {
  const errPos: Poser = inst ? inst.pos : pos;
  if (inst) x.expr = inst;
  const versionErr = !verifyVersionf(check, errPos, go1_18, 'function instantiation');
  let targs: Type[] | null = [], xlist: readonly Expr[] = [];
  if (inst) {
    xlist = unpackListExpr(inst.index);
    targs = typeList(check, xlist);
    if (targs === null) {
      x.mode = 'invalid';
      return null;
    }
  }
  const sig = x.type as Signature, got = targs.length, want = sig.tparams.length;
  if (got > want) {
    errorf(check, xlist[got - 1], 'WrongTypeArgCount', 'got %d type arguments but want %d', got, want);
    x.mode = 'invalid';
    return null;
  }
  if (got < want) {
    if (!inferMissing) return targs;
    // var v T = x is inferred like a call g(v) of func g[type parameters of x](type of x).
    const args: Operand[] = [], params: Var[] = [];
    if (T && sig.tparams.length > 0) {
      if (!versionErr && !allowVersion(check, go1_21)) {
        versionErrorf(check, errPos, go1_21, inst ? 'partially instantiated function in assignment' : 'implicitly instantiated function in assignment');
      }
      params.push(Var.newParam(x.pos, check.pkg, '', new Signature(null, sig.params, sig.results, sig.variadic)));
      const arg = new Operand();
      arg.mode = 'value';
      arg.expr = new Name(x.pos, T.desc);
      arg.type = T.sig;
      args.push(arg);
    }
    const [tparams, params2] = renameTParams(check, pos, sig.tparams, new Tuple(params));
    const err = newError(check, 'CannotInferTypeArgs');
    targs = infer(check, pos, tparams, targs, params2 as Tuple, args, args.length > 0, err);
    if (targs === null) {
      err.report();
      x.mode = 'invalid';
      return null;
    }
  }
  x.type = instantiateSignature(check, x.pos, x.expr!, sig, targs, xlist);
  x.mode = 'value';
  return null;
}

function instantiateSignature(check: Checker, pos: Pos, e: Expr, sig: Signature, targs: readonly Type[], xlist: readonly Expr[]): Signature {
  const inst = instance(check, pos, sig, targs, null, context(check)) as Signature;
  recordInstance(check, e, targs, inst);
  later(check, () => {
    const bad = verify(check, pos, sig.tparams, targs, context(check));
    if (bad) softErrorf(check, bad.index < xlist.length ? startPos(xlist[bad.index]) : pos, 'InvalidTypeArg', '%s', bad.cause);
    else check.mono.recordInstance(check.pkg, pos, sig.tparams, targs, xlist);
  });
  return inst;
}

export function callExpr(check: Checker, x: Operand, call: CallExpr): ExprKind {
  let inst: IndexExpr | null = null;
  if (call.fun.kind === 'IndexExpr') {
    // Type arguments are combined with value arguments below.
    if (indexExpr(check, x, call.fun)) inst = call.fun;
    x.expr = call.fun;
    record(check, x);
  } else exprOrType(check, x, call.fun, true);

  const giveUp = (): ExprKind => {
    use(check, ...call.argList);
    x.mode = 'invalid';
    x.expr = call;
    return 'statement';
  };
  switch (x.mode) {
    case 'invalid': return giveUp();
    case 'typexpr': return conversionCall(check, x, call);
    case 'builtin': {
      const id = x.id;
      if (!builtin(check, x, call, id)) x.mode = 'invalid';
      x.expr = call;
      if ((x.mode as string) !== 'invalid' && (x.mode as string) !== 'constant') check.env.hasCallOrRecv = true;
      return predeclaredFuncs[id].kind;
    }
  }

  const [u, err] = commonUnder(x.type!, (t, v) => (v !== null && v.kind !== 'Signature' ? typeErrorf('%s is not a function', t) : null));
  if (err || u?.kind !== 'Signature') {
    errorf(check, x, 'InvalidCall', invalidOp + 'cannot call %s: %s', x, err?.format(check) ?? '');
    x.mode = 'invalid';
    x.expr = call;
    return 'statement';
  }
  let sig: Signature = u;
  const wasGeneric = sig.tparams.length > 0;

  let xlist: readonly Expr[] = [], targs: Type[] = [];
  if (inst) {
    xlist = unpackListExpr(inst.index);
    const list = typeList(check, xlist);
    if (list === null) return giveUp();
    targs = list;
    const got = targs.length, want = sig.tparams.length;
    if (got > want) {
      errorf(check, xlist[want], 'WrongTypeArgCount', 'got %d type arguments but want %d', got, want);
      return giveUp();
    }
    if (got === want && want > 0) {
      verifyVersionf(check, inst, go1_18, 'function instantiation');
      sig = instantiateSignature(check, inst.pos, inst, sig, targs, xlist);
      targs = [];
      xlist = [];
    }
  }

  const { args, atargs } = genericExprList(check, call.argList);
  sig = checkArguments(check, call, sig, targs, xlist, args, atargs);
  if (wasGeneric && sig.tparams.length === 0) recordTypeAndValue(check, call.fun, 'value', sig, null);
  switch (sig.results.length) {
    case 0: x.mode = 'novalue'; break;
    case 1:
      x.mode = 'value';
      x.type = sig.results.vars[0].type;
      break;
    default:
      x.mode = 'value';
      x.type = sig.results;
  }
  x.expr = call;
  check.env.hasCallOrRecv = true;
  // After failed inference, results may mention type parameters of the callee.
  if (x.mode === 'value' && sig.tparams.length > 0 && isParameterized(sig.tparams, x.type!)) x.mode = 'invalid';
  return 'statement';
}

function conversionCall(check: Checker, x: Operand, call: CallExpr): ExprKind {
  nonGeneric(check, null, x);
  if (x.mode === 'invalid') return 'conversion';
  const T = x.type!, n = call.argList.length;
  x.mode = 'invalid';
  if (n === 0) errorf(check, call, 'WrongArgCount', 'missing argument in conversion to %s', T);
  else if (n === 1) {
    expr(check, null, x, call.argList[0]);
    if ((x.mode as string) !== 'invalid') {
      const t = under(T);
      if (t.kind === 'Interface' && !isTypeParam(T) && !t.typeSet().isMethodSet()) {
        errorf(check, call, 'MisplacedConstraintIface', 'cannot use interface %s in conversion (contains specific type constraints or is comparable)', T);
      } else if (call.hasDots) errorf(check, call.argList[0], 'BadDotDotDotSyntax', 'invalid use of ... in conversion to %s', T);
      else conversion(check, x, T);
    }
  } else {
    use(check, ...call.argList);
    errorf(check, call.argList[n - 1], 'WrongArgCount', 'too many arguments in conversion to %s', T);
  }
  x.expr = call;
  return 'conversion';
}

/** The values of an expression list; one call may give several. */
export function exprList(check: Checker, list: readonly Expr[]): Operand[] {
  if (list.length === 1) return multiExpr(check, list[0], false)[0];
  return list.map((e) => {
    const x = new Operand();
    expr(check, null, x, e);
    return x;
  });
}

/** exprList where generic functions may stay uninstantiated; atargs[i] holds partial type arguments of args[i]. */
function genericExprList(check: Checker, list: readonly Expr[]): { args: Operand[]; atargs: (Type[] | null)[] } {
  const inferMissing = !(list.length > 0 && allowVersion(check, go1_21));
  const atargs: (Type[] | null)[] = [];
  const one = (e: Expr, i: number): Operand | null => {
    const x = new Operand();
    if (e.kind !== 'IndexExpr') return null;
    if (!indexExpr(check, x, e)) {
      // An ordinary index expression, already evaluated.
      x.expr = e;
      finishIndex(check, x);
      return x;
    }
    const targs = funcInst(check, null, x.pos, x, e, inferMissing);
    if (targs) {
      atargs[i] = targs;
      x.expr = e;
    } else record(check, x);
    return x;
  };
  if (list.length === 1) {
    const e = list[0], known = one(e, 0);
    if (known) return { args: [known], atargs };
    const x = new Operand();
    rawExpr(check, null, x, e, null, true);
    excludeNonValues(check, x);
    if (x.type?.kind !== 'Tuple' || (x.mode as string) === 'invalid') return { args: [x], atargs };
    return {
      args: x.type.vars.map((v) => {
        const y = new Operand();
        y.mode = 'value';
        y.expr = e;
        y.type = v.type;
        return y;
      }),
      atargs,
    };
  }
  const args = list.map((e, i) => {
    const known = one(e, i);
    if (known) return known;
    const x = new Operand();
    genericExpr(check, x, e);
    return x;
  });
  return { args, atargs };
}

/** Does for an index expression what rawExpr does after evaluation. */
function finishIndex(check: Checker, x: Operand): void {
  if (x.mode === 'invalid') x.type = Typ.Invalid;
  record(check, x);
  excludeNonValues(check, x);
}

/** Checks the arguments of a call, inferring type arguments; returns the signature called (still generic after an error). */
export function checkArguments(
  check: Checker, call: CallExpr, sig: Signature, targs0: readonly (Type | null)[], xlist: readonly Expr[], args: readonly Operand[], atargs: readonly (Type[] | null)[],
): Signature {
  const nargs = args.length, ddd = call.hasDots;
  let npars = sig.params.length, sigParams = sig.params, adjusted = false;
  if (sig.variadic) {
    if (ddd) {
      if (call.argList.length === 1 && nargs > 1) {
        errorf(check, call, 'InvalidDotDotDot', 'cannot use ... with %d-valued %s', nargs, call.argList[0]);
        return sig;
      }
    } else if (nargs >= npars - 1) {
      // One parameter for each argument that goes to the last.
      const vars = sig.params.vars.slice(0, npars - 1), last = sig.params.vars[npars - 1], elem = (last.type as SliceT).elem;
      while (vars.length < nargs) vars.push(Var.newParam(last.pos, last.pkg, last.name, elem));
      sigParams = new Tuple(vars);
      adjusted = true;
      npars = nargs;
    } else npars--;
  } else if (ddd) {
    errorf(check, call, 'NonVariadicDotDotDot', 'cannot use ... in call to non-variadic %s', call.fun);
    return sig;
  }
  if (nargs !== npars) {
    let at: Poser = call;
    if (nargs > npars) at = args[npars].expr!;
    else if (nargs > 0) at = args[nargs - 1].expr!;
    const err = newError(check, 'WrongArgCount');
    err.addf(at, '%s arguments in call to %s', nargs > npars ? 'too many' : 'not enough', call.fun);
    err.addf(0, 'have %s', typesSummary(check, args.map((a) => a.type), false, ddd));
    err.addf(0, 'want %s', typesSummary(check, sig.params.vars.map((v) => v.type), sig.variadic, false));
    err.report();
    return sig;
  }

  // Type parameters to solve: those of the callee, then those of generic arguments.
  let tparams: TypeParam[] = [];
  const targs: (Type | null)[] = targs0.slice(), n = sig.tparams.length;
  if (n > 0) {
    if (!allowVersion(check, go1_18)) {
      if (call.fun.kind === 'IndexExpr') versionErrorf(check, call.fun, go1_18, 'function instantiation');
      else versionErrorf(check, call, go1_18, 'implicit function instantiation');
    }
    const [fresh, params] = renameTParams(check, call.pos, sig.tparams, sigParams);
    tparams = fresh;
    sigParams = params as Tuple;
    while (targs.length < tparams.length) targs.push(null);
  }
  const genericArgs: number[] = [];
  args.forEach((arg, i) => {
    if (arg.mode === 'invalid' || arg.type?.kind !== 'Signature' || arg.type.tparams.length === 0) return;
    // f(g, g): each g gets type parameters of its own.
    const [fresh, t] = renameTParams(check, call.pos, arg.type.tparams, arg.type);
    const asig = (t as Signature).copy();
    asig.tparams = fresh;
    arg.type = asig;
    tparams = [...tparams, ...fresh];
    targs.push(...(atargs[i] ?? []));
    while (targs.length < tparams.length) targs.push(null);
    genericArgs.push(i);
  });
  if (genericArgs.length > 0) verifyVersionf(check, args[genericArgs[0]], go1_21, 'implicitly instantiated function as argument');

  let rsig = sig;
  if (tparams.length > 0) {
    const err = newError(check, 'CannotInferTypeArgs');
    const solved = infer(check, call.pos, tparams, targs, sigParams, args, false, err);
    if (solved === null) {
      if (!err.empty) errorf(check, err.pos, 'CannotInferTypeArgs', 'in call to %s, %s', call.fun, err.msg);
      return rsig;
    }
    if (n > 0) {
      rsig = instantiateSignature(check, call.pos, call.fun, sig, solved.slice(0, n), xlist);
      sigParams = adjusted ? (subst(check, call.pos, sigParams, makeSubstMap(tparams.slice(0, n), solved.slice(0, n)), null, context(check)) as Tuple) : rsig.params;
    }
    let j = n;
    for (const i of genericArgs) {
      const arg = args[i], asig = arg.type as Signature, k = j + asig.tparams.length;
      arg.type = instantiateSignature(check, call.pos, arg.expr!, asig, solved.slice(j, k), []);
      record(check, arg);
      j = k;
    }
  }
  if (nargs > 0) {
    const where = (): string => checkSprintf(check, 'argument to %s', call.fun);
    args.forEach((a, i) => assignment(check, a, sigParams.vars[i].type, where));
  }
  return rsig;
}

/** x.sel: a name of an imported package, a field, a method, a method expression. */
export function selector(check: Checker, x: Operand, e: SelectorExpr, wantType: boolean): void {
  if (selector1(check, x, e, wantType)) {
    x.expr = e;
    return;
  }
  x.mode = 'invalid';
  x.type = Typ.Invalid;
  x.expr = e;
}

function selector1(check: Checker, x: Operand, e: SelectorExpr, wantType: boolean): boolean {
  const sel = e.sel.value;
  if (e.x.kind === 'Name') {
    const obj = lookup(check, e.x.value);
    if (obj?.kind === 'PkgName') {
      recordUse(check, e.x, obj);
      obj.used = true;
      // SIMPLIFIED: gc also knows those unexported names that inlinable bodies use, and then says "name %s not exported".
      const pkg = obj.imported, exp = isExported(sel) ? pkg.scope.lookup(sel) : null;
      if (!exp) {
        if (pkg.fake || !isValidName(sel)) return false;
        const alt = pkg.scope.lookupIgnoringCase(sel, true)[0];
        if (alt) errorf(check, e.sel, 'UndeclaredImportedName', 'undefined: %s (but have %s)', e, alt.name);
        else errorf(check, e.sel, 'UndeclaredImportedName', 'undefined: %s', e);
        return false;
      }
      recordUse(check, e.sel, exp);
      x.type = exp.type;
      switch (exp.kind) {
        case 'Const':
          x.mode = 'constant';
          x.val = exp.val;
          return true;
        case 'TypeName': x.mode = 'typexpr'; return true;
        case 'Var': x.mode = 'variable'; return true;
        case 'Func': x.mode = 'value'; return true;
        case 'Builtin':
          x.mode = 'builtin';
          x.id = exp.name;
          return true;
        default: return false;
      }
    }
  }
  exprOrType(check, x, e.x, false);
  if (x.mode === 'builtin') {
    errorf(check, e.pos, 'UncalledBuiltin', 'invalid use of %s in selector expression', x);
    return false;
  }
  if (x.mode === 'invalid') return false;
  if (wantType) {
    errorf(check, e.sel, 'NotAType', '%s is not a type', e);
    return false;
  }

  const { obj, index, indirect } = lookupFieldOrMethod(x.type!, x.mode === 'variable', check.pkg, sel);
  if (obj === null) {
    if (!isValid(under(x.type!))) return false;
    if (index !== null) errorf(check, e.sel, 'AmbiguousSelector', 'ambiguous selector %s.%s', x.expr, sel);
    else if (indirect) {
      if (x.mode === 'typexpr') errorf(check, e.sel, 'InvalidMethodExpr', 'invalid method expression %s.%s (needs pointer receiver (*%s).%s)', x.type, sel, x.type, sel);
      else errorf(check, e.sel, 'InvalidMethodExpr', 'cannot call pointer method %s on %s', sel, x.type);
    } else {
      const why = isInterfacePtr(x.type!) ? interfacePtrError(check, x.type!)
        : lookupError(check, x.type!, sel, lookupFieldOrMethod(x.type!, x.mode === 'variable', check.pkg, sel, true).obj, false);
      errorf(check, e.sel, 'MissingFieldOrMethod', '%s.%s undefined (%s)', x.expr, sel, why);
    }
    return false;
  }
  if (obj.kind === 'Func') objDecl(check, obj);

  if (x.mode === 'typexpr') {
    if (obj.kind !== 'Func') {
      errorf(check, e.sel, 'MissingFieldOrMethod', '%s.%s undefined (type %s has no method %s)', x.expr, sel, x.type, sel);
      return false;
    }
    recordSelection(check, e, 'MethodExpr', x.type!, obj, index!, indirect);
    const sig = obj.signature;
    if (sig.recv === null) {
      errorf(check, e, 'InvalidDeclCycle', 'illegal cycle in method declaration');
      return false;
    }
    // The receiver becomes the first parameter, named if the others are.
    const params = sig.params.vars;
    const name = params.length > 0 && params[0].name !== '' ? sig.recv.name || '_' : '';
    const t = new Signature(null, new Tuple([Var.newParam(sig.recv.pos, sig.recv.pkg, name, x.type), ...params]), sig.results, sig.variadic);
    t.tparams = sig.tparams;
    x.mode = 'value';
    x.type = t;
    addDeclDep(check, obj);
    return true;
  }
  if (obj.kind === 'Var') {
    recordSelection(check, e, 'FieldVal', x.type!, obj, index!, indirect);
    x.mode = x.mode === 'variable' || indirect ? 'variable' : 'value';
    x.type = obj.type;
    return true;
  }
  recordSelection(check, e, 'MethodVal', x.type!, obj, index!, indirect);
  x.mode = 'value';
  const sig = obj.signature.copy();
  sig.recv = null;
  x.type = sig;
  addDeclDep(check, obj);
  return true;
}

/** Evaluates expressions after an error so that what they use counts as used; true if they are all valid. */
export function use(check: Checker, ...list: (Expr | null)[]): boolean { return useN(check, list, false); }
/** use for left-hand sides: assigning to a variable is no use of it. */
export function useLHS(check: Checker, ...list: (Expr | null)[]): boolean { return useN(check, list, true); }

function useN(check: Checker, list: readonly (Expr | null)[], lhs: boolean): boolean {
  let ok = true;
  for (const e of list) if (e !== null && !use1(check, e, lhs)) ok = false;
  return ok;
}

function use1(check: Checker, e: Expr, lhs: boolean): boolean {
  const n = unparen(e), x = new Operand();
  if (n.kind === 'ListExpr') return useN(check, n.elemList, lhs);
  if (n.kind !== 'Name') {
    rawExpr(check, null, x, e, null, true);
    return x.mode !== 'invalid';
  }
  if (n.value === '_') return true;
  const obj = lhs ? lookup(check, n.value) : null;
  const v = obj?.kind === 'Var' && obj.pkg === check.pkg ? obj : null, used = v?.used ?? false;
  exprOrType(check, x, n, true);
  if (v) v.used = used;
  return x.mode !== 'invalid';
}
