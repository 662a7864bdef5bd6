/** Instantiation of generic types and functions, and whether a type satisfies a constraint or implements an interface. */
import type { Pos } from '../../base/pos.ts';
import { newAliasInstance } from './alias.ts';
import type { Checker } from './check.ts';
import { Context } from './context.ts';
import { errorf } from './errors.ts';
import { checkSprintf, qualifierOf } from './format.ts';
import { hasAllMethods, isInterfacePtr } from './lookup.ts';
import { newNamedInstance } from './named.ts';
import { comparableType, identical, isValid } from './predicates.ts';
import { makeSubstMap, subst } from './subst.ts';
import { termIncludes, termString } from './termlist.ts';
import { Typ, type Alias, type InterfaceT, type Named, type Signature, type Type, type TypeParam } from './type.ts';
import { iface } from './typeparam.ts';
import { typeString } from './typestring.ts';
import { under, type Cause } from './under.ts';
import { allowVersion, go1_20 } from './version.ts';

/** orig[targs…] outside of checking; the arguments are not verified. */
export function instantiate(ctxt: Context | null, orig: Named | Alias | Signature, targs: readonly Type[]): Type {
  return instance(null, 0, orig, targs, null, ctxt ?? new Context());
}

/** orig[targs…]: the instance known to expanding's context or to ctxt, or a new one recorded in both. */
export function instance(check: Checker | null, pos: Pos, orig: Named | Alias | Signature, targs: readonly Type[], expanding: Named | null, ctxt: Context | null): Type {
  const ctxts: Context[] = [];
  if (expanding?.inst?.ctxt) ctxts.push(expanding.inst.ctxt);
  if (ctxt && ctxt !== ctxts[0]) ctxts.push(ctxt);
  if (ctxts.length === 0) ctxts.push(new Context());
  const hashes = ctxts.map((c) => c.instanceHash(orig, targs));
  const record = (t: Type): Type => {
    for (let i = ctxts.length - 1; i >= 0; i--) t = ctxts[i].update(hashes[i], orig, targs, t);
    return t;
  };
  for (let i = 0; i < ctxts.length; i++) {
    const known = ctxts[i].lookup(hashes[i], orig, targs);
    if (known) return record(known);
  }
  switch (orig.kind) {
    case 'Named': return record(newNamedInstance(check, pos, orig, targs, expanding));
    case 'Alias':
      if (!validateTArgLen(check, pos, orig.obj.name, orig.tparams.length, targs.length)) return Typ.Invalid;
      if (orig.tparams.length === 0) return orig;
      return record(newAliasInstance(check, pos, orig, targs, expanding, ctxt));
    case 'Signature': {
      if (!validateTArgLen(check, pos, typeString(orig, null), orig.tparams.length, targs.length)) return Typ.Invalid;
      if (orig.tparams.length === 0) return orig;
      let sig = subst(check, pos, orig, makeSubstMap(orig.tparams, targs), null, ctxts[ctxts.length - 1]) as Signature;
      if (sig === orig) sig = orig.copy();
      sig.tparams = [];
      return record(sig);
    }
  }
}

/** Reports a wrong number of type arguments. */
export function validateTArgLen(check: Checker | null, pos: Pos, name: string, want: number, got: number): boolean {
  if (got === want) return true;
  if (check) errorf(check, pos, 'WrongTypeArgCount', '%s type arguments for type %s: have %d, want %d', got < want ? 'not enough' : 'too many', name, got, want);
  return false;
}

/** Index of the first type argument that does not satisfy its constraint, and why; null if all do. */
export function verify(check: Checker | null, pos: Pos, tparams: readonly TypeParam[], targs: readonly Type[], ctxt: Context | null): { index: number; cause: string } | null {
  const smap = makeSubstMap(tparams, targs);
  for (let i = 0; i < tparams.length; i++) {
    iface(tparams[i]); // make sure the bound is an interface
    const bound = subst(check, pos, tparams[i].bound, smap, null, ctxt ?? new Context());
    const cause: Cause = { text: '' };
    if (!implements_(check, targs[i], bound, true, cause)) return { index: i, cause: cause.text };
  }
  return null;
}

/** V implements interface T (constraint: satisfies it); cause says why not. */
export function implements_(check: Checker | null, V: Type, T: Type, constraint: boolean, cause: Cause | null): boolean {
  const Vu = under(V), Tu = under(T);
  if (!isValid(Vu) || !isValid(Tu)) return true;
  if (Vu.kind === 'Pointer' && !isValid(under(Vu.elem))) return true;
  const verb = constraint ? 'satisfy' : 'implement';
  const fail = (fmt: string, ...args: Parameters<typeof checkSprintf>[2][]): false => {
    if (cause) cause.text = checkSprintf(check, fmt, ...args);
    return false;
  };
  if (Tu.kind !== 'Interface') {
    const detail = isInterfacePtr(Tu) ? checkSprintf(check, 'type %s is pointer to interface, not interface', T) : checkSprintf(check, '%s is not an interface', T);
    return fail('%s does not %s %s (%s)', V, verb, T, detail);
  }
  const Ti: InterfaceT = Tu;
  if (Ti.typeSet().isAll()) return true;
  const Vi = Vu.kind === 'Interface' ? Vu : null;
  if (Vi && Vi.typeSet().isEmpty()) return true;
  if (Ti.typeSet().isEmpty()) return fail('cannot %s %s (empty type set)', verb, T);
  if (!hasAllMethods(check, V, T, true, identical, cause)) return fail('%s does not %s %s %s', V, verb, T, cause?.text ?? '');

  const checkComparability = (): boolean => {
    if (!Ti.typeSet().isComparable()) return true;
    if (comparableType(V, false, null) === null) return true;
    // Ordinary interfaces satisfy comparable though == may panic.
    if (constraint && comparableType(V, true, null) === null) {
      if (check === null || allowVersion(check, go1_20)) return true;
      return fail('%s to %s comparable requires go1.20 or later', V, verb);
    }
    return fail('%s does not %s comparable', V, verb);
  };
  if (!Ti.typeSet().hasTerms()) return checkComparability();
  if (Vi) return Vi.typeSet().subsetOf(Ti.typeSet()) ? checkComparability() : fail('%s does not %s %s', V, verb, T);

  let alt: Type | null = null;
  for (const t of Ti.typeSet().terms) {
    if (termIncludes(t, V)) return checkComparability();
    if (alt === null && !t.tilde && identical(t.type!, under(t.type!)) && termIncludes({ tilde: true, type: t.type }, V)) alt = t.type;
  }
  if (!cause) return false;
  let detail: string;
  if (alt) detail = checkSprintf(check, 'possibly missing ~ for %s in %s', alt, T);
  else if (mentions(Ti, V)) detail = checkSprintf(check, '%s mentions %s, but %s is not in the type set of %s', T, V, V, T);
  else detail = checkSprintf(check, '%s missing in %s', V, Ti.typeSet().terms.map((t) => termString(t, qualifierOf(null))).join(' | '));
  return fail('%s does not %s %s (%s)', V, verb, T, detail);
}

/** typ is written somewhere in constraint T. */
function mentions(T: Type, typ: Type): boolean {
  switch (T.kind) {
    case 'Interface': return T.embeddeds.some((e) => mentions(e, typ));
    case 'Union': return T.terms.some((t) => mentions(t.type, typ));
    default: return identical(T, typ);
  }
}
