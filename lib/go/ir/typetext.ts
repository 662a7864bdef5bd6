/**
 * Types and constants as gc prints them.
 *
 * Two spellings. For people (typeText): names of other packages carry their
 * package's name, predeclared aliases keep their name (`byte`, `any`), the empty
 * interface literal is `interface {}`. For identity (linkText): package paths,
 * aliases resolved; two types are identical exactly when their link texts agree.
 * Symbols of generic instances and shapes are made of link texts, and print as
 * they are. Rules: cmd/compile/internal/types/fmt.go.
 */
import { isExported, type Func as FuncObj, type Var } from '../types/object.ts';
import type { Package } from '../types/package.ts';
import { BasicKind, universeByte, universeRune, type InterfaceT, type Named, type Type } from '../types/type.ts';
import { quote, valueString, type Value } from '../types/constant.ts';
import { isComplex, isPtr, isShapeType, localTag, unalias } from './typeutil.ts';
import type { PrintContext } from './print.ts';

type Mode = PrintContext | 'link';

export function typeText(t: Type | undefined, ctx: PrintContext): string { return t ? str(t, ctx) : '<nil>'; }
/** The spelling that tells types apart. */
export function linkText(t: Type): string { return str(t, 'link'); }
export function typeKey(t: Type): string { return str(t, 'link'); }

export function isNamedType(t: Type | undefined): boolean {
  if (!t) return false;
  return t.kind === 'Named' || t.kind === 'Basic' || t.kind === 'TypeParam' || t.kind === 'Alias' ? t.kind !== 'Alias' || isNamedAlias(t) : false;
}
function isNamedAlias(t: Type): boolean {
  const u = unalias(t);
  return u.kind === 'Named' || u.kind === 'Basic' || u.kind === 'TypeParam' || (t.kind === 'Alias' && t.obj.pkg === null);
}
export function isPtrTo(t: Type | undefined): boolean { return t !== undefined && t.kind !== 'Named' && isPtr(t); }

function packageName(path: string, ctx: PrintContext): string { return ctx.pkgNames?.get(path) ?? lastElement(path); }
const lastElement = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
/** Names of the packages that pkg imports, and of those they import, where the name is not the path's last element. */
export function oddNames(pkg: Package): ReadonlyMap<string, string> {
  const out = new Map<string, string>(), seen = new Set<Package>();
  const go = (p: Package): void => {
    if (seen.has(p)) return;
    seen.add(p);
    if (p.name !== lastElement(p.path)) out.set(p.path, p.name);
    p.imports.forEach(go);
  };
  pkg.imports.forEach(go);
  return out;
}
/** A package-level symbol, qualified unless it belongs to the package being compiled. */
export function qualifiedName(pkgPath: string, sym: string, ctx: PrintContext): string {
  return pkgPath === '' || pkgPath === ctx.pkgPath ? sym : `${packageName(pkgPath, ctx)}.${sym}`;
}
function qualify(pkg: Package | null, name: string, mode: Mode): string {
  if (!pkg) return name;
  if (mode === 'link') return `${pkg.path}.${name}`;
  return pkg.path === mode.pkgPath ? name : `${mode.pkgNames?.get(pkg.path) ?? pkg.name}.${name}`;
}

const gens = new WeakMap<object, number>();
/** Of each package: the last number given. */
const lastGens = new WeakMap<Package, number>();
/**
 * Tells types declared in functions apart, as gc's ·N suffixes: numbered as they are
 * met, or, where functions are met in no fixed order, by their place in the package.
 */
function localSuffix(t: Named): string {
  const obj = t.decl();
  if (!obj.pkg || obj.parent === obj.pkg.scope || obj.parent === null) return '';
  let g = gens.get(obj);
  if (g === undefined) {
    g = obj.pkg.lazy ? obj.pos - Math.min(...[...obj.pkg.scope.elems.values()].map((o) => o.pos)) : (lastGens.get(obj.pkg) ?? 0) + 1;
    lastGens.set(obj.pkg, g);
    gens.set(obj, g);
  }
  return `·${g}${localTag(obj) ? 'i' : ''}`;
}

function named(t: Named, mode: Mode): string {
  const obj = t.decl();
  if (obj.pkg === null) return obj.name;
  const targs = t.targs.length > 0 ? `[${t.targs.map((a) => str(a, 'link')).join(',')}]` : '';
  const local = mode === 'link' ? localSuffix(t) : '';
  if (isShapeType(t)) return `go.shape.${obj.name}`;
  return qualify(obj.pkg, obj.name + targs + local, mode);
}

/** The receiver part of a method symbol: `T`, `(*T)`. */
export function receiverText(t: Type): string {
  const u = unalias(t);
  if (u.kind === 'Pointer') return `(*${receiverText(u.elem)})`;
  if (u.kind !== 'Named') return linkText(u);
  return u.decl().name + (u.targs.length > 0 ? `[${u.targs.map(linkText).join(',')}]` : '');
}

function str(t0: Type, mode: Mode): string {
  if (t0.kind === 'Alias') {
    if (mode !== 'link' && !mode.reflect && t0.obj.pkg === null) return t0.obj.name;
    return str(unalias(t0), mode);
  }
  const t = t0;
  switch (t.kind) {
    case 'Basic':
      if ((mode === 'link' || mode.reflect) && t === universeByte) return 'uint8';
      if ((mode === 'link' || mode.reflect) && t === universeRune) return 'int32';
      return t.basic === BasicKind.UnsafePointer ? 'unsafe.Pointer' : t.basic === BasicKind.UntypedNil ? 'nil' : t.name;
    case 'Named': return named(t, mode);
    case 'TypeParam': return t.obj.name;
    case 'Pointer': return `*${str(t.elem, mode)}`;
    case 'Array': return `[${t.len}]${str(t.elem, mode)}`;
    case 'Slice': return `[]${str(t.elem, mode)}`;
    case 'Map': return `map[${str(t.key, mode)}]${str(t.elem, mode)}`;
    case 'Chan': {
      const e = str(t.elem, mode);
      if (t.dir === 2) return `<-chan ${e}`;
      if (t.dir === 1) return `chan<- ${e}`;
      const inner = unalias(t.elem);
      return inner.kind === 'Chan' && inner.dir === 2 ? `chan (${e})` : `chan ${e}`;
    }
    case 'Tuple': return `struct { ${t.vars.map((v) => str(v.type, mode)).join('; ')} }`;
    case 'Signature': return `func${signature(t, mode)}`;
    case 'Interface': return iface(t, mode);
    case 'Struct': {
      if (t.fields.length === 0) return 'struct {}';
      return `struct { ${t.fields.map((f, i) => field(f, t.tag(i), mode)).join('; ')} }`;
    }
    default: return '<T>';
  }
}

function signature(t: Type & { kind: 'Signature' }, mode: Mode): string {
  const params = t.params.vars.map((v, i) => {
    if (t.variadic && i === t.params.vars.length - 1) {
      const s = unalias(v.type);
      return `...${str(s.kind === 'Slice' ? s.elem : s, mode)}`;
    }
    return str(v.type, mode);
  });
  const r = t.results.vars.map((v) => str(v.type, mode));
  return `(${params.join(', ')})${r.length === 0 ? '' : r.length === 1 ? ` ${r[0]}` : ` (${r.join(', ')})`}`;
}

function iface(t: InterfaceT, mode: Mode): string {
  const methods: readonly FuncObj[] = t.typeSet().methods;
  if (methods.length === 0) return 'interface {}';
  let m: Mode = mode;
  const parts = methods.map((f) => {
    let name = f.name;
    if (!isExported(f.name)) {
      m = 'link';
      name = qualify(f.pkg, f.name, m);
    }
    return name + signature(f.signature, m);
  });
  return `interface { ${parts.join('; ')} }`;
}

function field(f: Var, tag: string, mode: Mode): string {
  let name = f.name;
  if (!isExported(name) && (mode === 'link' || !mode.reflect)) name = qualify(f.pkg, name, mode);
  const text = str(f.type, mode);
  let s: string;
  if (f.embedded) {
    const base = unalias(f.type);
    const target = base.kind === 'Pointer' ? unalias(base.elem) : base;
    const own = target.kind === 'Named' ? target.decl().name : target.kind === 'Basic' ? target.name : '';
    s = mode === 'link' && own !== f.name ? `${name} = ${text}` : text;
  } else s = `${name} ${text}`;
  return tag === '' ? s : `${s} ${quoteBytes(tag)}`;
}
function quoteBytes(s: string): string { return quote(s); }

/** A constant of a type: `'x'` for runes, the bare value where the type is the value's default one, else T(value). */
export function constText(v: Value, t: Type | undefined, ctx: PrintContext): string {
  if (!t) return valueString(v);
  if (t === universeRune && v.kind === 'Int' && v.val >= 0n && v.val <= 0x10ffffn) return quoteRune(Number(v.val));
  const text = valueText(v, t);
  if (t.kind === 'Basic') {
    switch (t.name) {
      case 'int': case 'float64': case 'complex128': case 'string': case 'bool': return text;
      default: if (t.isUntyped()) return text;
    }
  }
  return `${typeText(t, ctx)}(${text})`;
}
function valueText(v: Value, t: Type): string {
  if (v.kind === 'Complex' || !isComplex(t)) return valueString(v);
  return `(${valueString(v)} + 0i)`;
}

/** A rune in single quotes, escaped as strconv.QuoteRune does. */
function quoteRune(r: number): string {
  if (r === 39) return `'\\''`;
  if (r === 34) return `'"'`;
  if (r >= 0xd800 && r <= 0xdfff) return `'\ufffd'`;
  const s = String.fromCodePoint(r);
  let bytes = '';
  for (const b of new TextEncoder().encode(s)) bytes += String.fromCharCode(b);
  return `'${quote(bytes).slice(1, -1)}'`;
}
