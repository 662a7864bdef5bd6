/** Types, signatures and objects as text, the way gc prints them. */
import type { Pos } from '../../base/pos.ts';
import { quote, encodeUtf8 } from './constant.ts';
import type { Context } from './context.ts';
import { isExported, type Func, type Obj, type TypeName } from './object.ts';
import type { Package } from './package.ts';
import { isTypeParam } from './predicates.ts';
import { Basic, emptyInterface, Typ, type InterfaceT, type Signature, type Tuple, type Type, type TypeParam } from './type.ts';
import type { TypeSet } from './typeset.ts';
import { unalias, under } from './under.ts';
import { universe, universeComparable, unsafePkg } from './universe.ts';
import { typeErrorPos } from './format.ts';

/** How a package prefixes its names ("" for none). pos tells where a shadowing type parameter was declared. */
export interface Qualifier { (pkg: Package): string; pos?: (p: Pos) => string }

/** A type as text; without qualifier names are prefixed by package path. */
export function typeString(t: Type, qf: Qualifier | null): string {
  const w = new TypeWriter(qf);
  w.type(t);
  return w.buf;
}

/** Parameters and results, as after `func`. */
export function signatureString(sig: Signature, qf: Qualifier | null): string {
  const w = new TypeWriter(qf);
  w.signature(sig);
  return w.buf;
}

/** Text that is equal for identical lists of type arguments within a context. */
export function typeHash(ctxt: Context, targs: readonly Type[]): string {
  const w = new TypeWriter(null, ctxt);
  w.typeList(targs);
  return w.buf;
}

export class TypeWriter {
  buf = '';
  /** Parameter names are written. */
  paramNames = true;
  /** The first unexported field says its package, to tell like-looking structs apart. */
  pkgInfo = false;
  #seen: Type[] = [];
  #tparams: readonly TypeParam[] = [];

  /** ctxt: write a hash, not text for reading. */
  constructor(readonly qf: Qualifier | null, readonly ctxt: Context | null = null) {
    if (ctxt) this.paramNames = false;
  }

  type(t: Type | null): void {
    if (t === null) { this.buf += '<nil>'; return; }
    if (t.kind === 'Basic') { this.#basic(t); return; }
    if (this.#seen.includes(t)) { this.buf += `<cycle to ${goName(t)}>`; return; }
    this.#seen.push(t);
    this.#composite(t);
    this.#seen.pop();
  }

  #basic(t: Basic): void {
    if (t === Typ.UnsafePointer) this.buf += this.#prefix(unsafePkg());
    this.buf += t.name;
  }

  #composite(t: Exclude<Type, Basic>): void {
    switch (t.kind) {
      case 'Array': this.buf += `[${BigInt(t.len)}]`; this.type(t.elem); break;
      case 'Slice': this.buf += '[]'; this.type(t.elem); break;
      case 'Pointer': this.buf += '*'; this.type(t.elem); break;
      case 'Map': this.buf += 'map['; this.type(t.key); this.buf += ']'; this.type(t.elem); break;
      case 'Chan': {
        this.buf += t.dir === 0 ? 'chan ' : t.dir === 1 ? 'chan<- ' : '<-chan ';
        const parens = t.dir === 0 && t.elem.kind === 'Chan' && t.elem.dir === 2;
        if (parens) this.buf += '(';
        this.type(t.elem);
        if (parens) this.buf += ')';
        break;
      }
      case 'Struct':
        this.buf += 'struct{';
        t.fields.forEach((f, i) => {
          if (i > 0) this.#sep(';');
          const annotate = this.qf === null && this.pkgInfo && !isExported(f.name);
          if (annotate) this.pkgInfo = false;
          if (!f.embedded) this.buf += f.name + ' ';
          this.type(f.type);
          if (annotate) this.buf += ` /* package ${f.pkg?.path ?? ''} */ `;
          const tag = t.tag(i);
          if (tag !== '') this.buf += ' ' + quote(tag);
        });
        this.buf += '}';
        break;
      case 'Tuple': this.#tuple(t, false); break;
      case 'Signature': this.buf += 'func'; this.signature(t); break;
      case 'Union':
        t.terms.forEach((x, i) => {
          if (i > 0) this.buf += ' | ';
          if (x.tilde) this.buf += '~';
          this.type(x.type);
        });
        break;
      case 'Interface': this.#interface(t); break;
      case 'Named':
        if (this.ctxt) this.buf += this.ctxt.id(t.inst ? t.inst.orig : t);
        this.#typeName(t.obj);
        if (t.inst) this.typeList(t.inst.targs);
        else if (!this.ctxt && t.tparams.length > 0) this.tparamList(t.tparams);
        break;
      case 'Alias':
        // Aliases are not part of a type's identity.
        if (this.ctxt) { this.type(unalias(t)); break; }
        this.#typeName(t.obj);
        if (t.targs.length > 0) this.typeList(t.targs);
        else if (t.tparams.length > 0) this.tparamList(t.tparams);
        break;
      case 'TypeParam': {
        const i = this.#tparams.indexOf(t);
        if (i >= 0) { this.buf += `$${i}`; break; }
        this.buf += t.obj.name;
        if (this.ctxt) this.buf += `#${t.id}`;
        else if (universe().lookup(t.obj.name)) this.buf += ` /* with ${t.obj.name} declared at ${(this.qf?.pos ?? typeErrorPos)(t.obj.pos)} */`;
        break;
      }
    }
  }

  #interface(t: InterfaceT): void {
    if (!this.ctxt) {
      if (t === emptyInterface) { this.buf += 'any'; return; }
      if (t === under(universeComparable().type)) { this.buf += 'interface{comparable}'; return; }
    }
    if (t.implicit) {
      if (t.methods.length === 0 && t.embeddeds.length === 1) { this.type(t.embeddeds[0]); return; }
      this.buf += '/* implicit */ ';
    }
    this.buf += 'interface{';
    if (this.ctxt) this.#typeSet(t.typeSet(), this.ctxt);
    else {
      let first = true;
      for (const m of t.methods) {
        if (!first) this.#sep(';');
        first = false;
        this.buf += m.name;
        this.signature(m.signature);
      }
      for (const e of t.embeddeds) {
        if (!first) this.#sep(';');
        first = false;
        this.type(e);
      }
    }
    this.buf += '}';
  }

  #typeSet(s: TypeSet, ctxt: Context): void {
    for (const m of s.methods) { this.buf += m.id; this.signature(m.signature); this.buf += ';'; }
    if (s.comparable) this.buf += 'comparable';
    if (s.terms.some((x) => x.type === null)) return;
    // The terms have no order of their own.
    this.buf += s.terms.map((x) => {
      const w = new TypeWriter(null, ctxt);
      w.#seen = this.#seen.slice();
      w.type(x.type);
      return (x.tilde ? '~' : '') + w.buf;
    }).sort().join('|');
  }

  typeList(list: readonly Type[]): void {
    this.buf += '[';
    list.forEach((t, i) => { if (i > 0) this.#sep(','); this.type(t); });
    this.buf += ']';
  }

  /** Type parameters with their bounds, a bound shared by neighbours written once. */
  tparamList(list: readonly TypeParam[]): void {
    this.buf += '[';
    let prev: Type | null = null;
    list.forEach((p, i) => {
      if (i > 0) {
        if (p.bound !== prev) { this.buf += ' '; this.type(prev); }
        this.#sep(',');
      }
      prev = p.bound;
      this.type(p);
    });
    if (prev !== null) { this.buf += ' '; this.type(prev); }
    this.buf += ']';
  }

  #sep(s: string): void { this.buf += this.ctxt ? s : s + ' '; }
  #prefix(pkg: Package | null): string { return packagePrefix(pkg, this.qf); }
  #typeName(obj: TypeName): void { this.buf += this.#prefix(obj.pkg) + obj.name; }

  #tuple(t: Tuple, variadic: boolean): void {
    this.buf += '(';
    t.vars.forEach((v, i) => {
      if (i > 0) this.#sep(',');
      if (v.name !== '' && this.paramNames) this.buf += v.name + ' ';
      if (variadic && i === t.vars.length - 1) {
        // append(b, s...) has a string, or a type parameter, in this place.
        if (v.type.kind === 'Slice') { this.buf += '...'; this.type(v.type.elem); } else { this.type(v.type); this.buf += '...'; }
      } else this.type(v.type);
    });
    this.buf += ')';
  }

  signature(sig: Signature): void {
    const outer = this.#tparams;
    if (sig.tparams.length > 0) {
      if (this.ctxt) this.#tparams = sig.tparams;
      this.tparamList(sig.tparams);
    }
    this.#tuple(sig.params, sig.variadic);
    const r = sig.results.vars;
    if (r.length === 1 && (this.ctxt || r[0].name === '')) { this.buf += ' '; this.type(r[0].type); } else if (r.length > 0) { this.buf += ' '; this.#tuple(sig.results, false); }
    this.#tparams = outer;
  }
}

/** The kind of a type with a capital, as Go calls its struct. */
function goName(t: Type): string { return t.kind; }

export function packagePrefix(pkg: Package | null, qf: Qualifier | null): string {
  if (pkg === null) return '';
  const s = qf ? qf(pkg) : pkg.path;
  return s === '' ? '' : s + '.';
}

// Objects ---------------------------------------------------------------------------

/** An object with what it is and its type: "var x int", "func f()". */
export function objectString(obj: Obj, qf: Qualifier | null): string {
  let s: string;
  let t: Type | null = obj.type;
  switch (obj.kind) {
    case 'PkgName': {
      const path = obj.imported.path;
      return `package ${obj.name}${path !== '' && path !== obj.name ? ` (${quote(encodeUtf8(path))})` : ''}`;
    }
    case 'Func': return `func ${funcName(obj, qf)}${t !== null ? signatureString(obj.signature, qf) : ''}`;
    case 'Nil': return 'nil';
    case 'Const': s = 'const'; break;
    case 'TypeName': s = t !== null && isTypeParam(t) ? 'type parameter' : 'type'; break;
    case 'Var': s = obj.isField ? 'field' : 'var'; break;
    case 'Label': s = 'label'; t = null; break;
    case 'Builtin': s = 'builtin'; t = null; break;
  }
  s += ' ';
  if (obj.pkg && obj.pkg.scope.lookup(obj.name) === obj) s += packagePrefix(obj.pkg, qf);
  s += obj.name;
  if (t === null) return s;
  if (obj.kind === 'TypeName') {
    if (t.kind === 'Basic') return s;
    if ((t.kind === 'Named' || t.kind === 'Alias') && t.tparams.length > 0) {
      const w = new TypeWriter(qf);
      w.tparamList(t.tparams);
      s += w.buf;
    }
    if (obj.isAlias()) {
      s += ' =';
      if (t.kind === 'Alias' && t.fromRHS) t = t.fromRHS;
    } else t = t.kind === 'TypeParam' ? t.bound : under(t);
  }
  return `${s} ${t === emptyInterface && obj.name === 'any' && obj.pkg === null ? 'interface{}' : typeString(t, qf)}`;
}

/** A function's name with package or receiver. */
function funcName(f: Func, qf: Qualifier | null): string {
  if (f.type === null) return f.name;
  const recv = f.signature.recv;
  if (recv) return `(${recv.type.kind === 'Interface' ? 'interface' : typeString(recv.type, qf)}).${f.name}`;
  return packagePrefix(f.pkg, qf) + f.name;
}

/** What an object is, in words. */
export function objectKind(obj: Obj): string {
  switch (obj.kind) {
    case 'PkgName': return 'package name';
    case 'Const': return 'constant';
    case 'TypeName': return obj.isAlias() ? 'type alias' : obj.type?.kind === 'TypeParam' ? 'type parameter' : 'defined type';
    case 'Var':
      switch (obj.varKind) {
        case 'package': return 'package-level variable';
        case 'local': return 'local variable';
        case 'recv': return 'receiver';
        case 'param': return 'parameter';
        case 'result': return 'result variable';
        case 'field': return 'struct field';
      }
      break;
    case 'Func': return obj.signature.recv ? 'method' : 'function';
    case 'Label': return 'label';
    case 'Builtin': return 'built-in function';
    case 'Nil': return 'untyped nil';
  }
  return 'unknown symbol';
}
