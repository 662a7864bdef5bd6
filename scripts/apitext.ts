/**
 * A checked package's exported declarations as Go text without bodies: what the
 * checker needs of an imported package. Unexported types appear where exported
 * declarations mention them, with all their fields, because sizes depend on them.
 * Generic functions, which must have bodies, get one that leaks all it is given.
 */
import { exactString, quote, stringVal, type Value } from '../lib/go/types/constant.ts';
import type { Func, Obj, TypeName } from '../lib/go/types/object.ts';
import type { Package } from '../lib/go/types/package.ts';
import { BasicKind, type Named, type Type } from '../lib/go/types/type.ts';
import { signatureString, typeString } from '../lib/go/types/typestring.ts';
import { under, unalias } from '../lib/go/types/under.ts';

/** The text, and the import paths it needs. */
export function apiText(pkg: Package): { text: string; imports: string[] } {
  const imports = new Map<string, string>();
  const aliases = new Set<string>();
  const queue: TypeName[] = [];
  const seen = new Set<Obj>();
  const qf = (p: Package): string => {
    if (p === pkg) return '';
    let a = imports.get(p.path);
    if (a === undefined) {
      a = p.name;
      for (let i = 2; aliases.has(a) || pkg.scope.lookup(a); i++) a = `${p.name}${i}`;
      aliases.add(a);
      imports.set(p.path, a);
    }
    return a;
  };
  const want = (o: TypeName): void => {
    if (o.pkg !== pkg || seen.has(o) || pkg.scope.lookup(o.name) !== o) return;
    seen.add(o);
    queue.push(o);
  };
  const visited = new Set<Type>();
  const mention = (t: Type | null): void => {
    if (!t || visited.has(t)) return;
    visited.add(t);
    switch (t.kind) {
      case 'Alias':
        want(t.obj);
        if (t.obj.pkg !== pkg) mention(unalias(t));
        t.targs.forEach(mention);
        return;
      case 'Named': want(t.decl()); t.targs.forEach(mention); return;
      case 'Pointer': case 'Slice': case 'Array': case 'Chan': mention(t.elem); return;
      case 'Map': mention(t.key); mention(t.elem); return;
      case 'Struct': t.fields.forEach((f) => mention(f.type)); return;
      case 'Tuple': t.vars.forEach((v) => mention(v.type)); return;
      case 'Signature':
        [...t.params.vars, ...t.results.vars].forEach((v) => mention(v.type));
        t.tparams.forEach((p) => mention(p.bound));
        return;
      case 'Interface': t.methods.forEach((m) => mention(m.type)); t.embeddeds.forEach(mention); return;
      case 'Union': t.terms.forEach((x) => mention(x.type)); return;
      case 'TypeParam': mention(t.bound); return;
      default:
    }
  };
  const str = (t: Type): string => {
    mention(t);
    const s = typeString(t, qf);
    if (s.includes('unsafe.Pointer')) imports.set('unsafe', 'unsafe');
    return s;
  };
  const sigStr = (f: Func): string => {
    mention(f.type);
    const s = signatureString(f.signature, qf).replace(/^func/, '');
    if (s.includes('unsafe.Pointer')) imports.set('unsafe', 'unsafe');
    return s;
  };

  const out: string[] = [];
  const objs = [...pkg.scope.names()].map((n) => pkg.scope.lookup(n)!).filter((o) => o.exported).sort((a, b) => a.pos - b.pos);
  for (const o of objs) {
    switch (o.kind) {
      case 'Const': out.push(`const ${o.name}${constDecl(o.type, o.val!, str)}`); break;
      case 'Var': out.push(`var ${o.name} ${str(o.type)}`); break;
      case 'Func': out.push(o.signature.tparams.length > 0 ? generic(`func ${o.name}${sigStr(o)}`, o) : `func ${o.name}${sigStr(o)}`); break;
      case 'TypeName': want(o); break;
      default:
    }
  }
  for (let o = queue.shift(); o; o = queue.shift()) {
    const t = o.type;
    if (o.isAlias()) {
      const a = t.kind === 'Alias' ? t : undefined;
      const params = a && a.tparams.length > 0 ? typeString(t, qf).slice(o.name.length) : '';
      const rhs = a?.fromRHS ?? t;
      out.push(`type ${o.name}${params} = ${str(rhs)}`);
      continue;
    }
    const n = t as Named;
    n.tparams.forEach((p) => mention(p));
    const head = typeString(n, qf);
    out.push(`type ${head} ${str(under(n))}`);
    for (let i = 0; i < n.numMethods(); i++) {
      const m = n.method(i);
      if (!m.exported && under(n).kind !== 'Interface') continue;
      const recv = m.signature.recv!;
      const head = `func (${recv.name === '' ? '_' : recv.name} ${str(recv.type)}) ${m.name}${sigStr(m)}`;
      out.push(n.tparams.length > 0 ? generic(head, m) : head);
    }
  }
  const imp = [...imports].filter(([p]) => p !== pkg.path).map(([p, a]) => `import ${p.endsWith(a) && (p === a || p.endsWith(`/${a}`)) ? '' : `${a} `}"${p}"`);
  return { text: [`package ${pkg.name}`, ...imp, ...out, ''].join('\n'), imports: [...imports.keys()] };
}

function generic(head: string, f: Func): string {
  const names = [f.signature.recv, ...f.signature.params.vars].map((v) => v?.name ?? '').filter((n) => n !== '' && n !== '_');
  return `//go:noinline\n${head} { panic([]any{${names.join(', ')}}) }`;
}

function constDecl(t: Type, v: Value, str: (t: Type) => string): string {
  const untyped = t.kind === 'Basic' && t.isUntyped();
  return `${untyped ? '' : ` ${str(t)}`} = ${literal(t, v)}`;
}
function literal(t: Type, v: Value): string {
  switch (v.kind) {
    case 'String': return quote(stringVal(v));
    case 'Int':
      if (t.kind === 'Basic' && t.basic === BasicKind.UntypedRune && v.val >= 0n && v.val <= 0x10ffffn) return `'\\U${v.val.toString(16).padStart(8, '0')}'`;
      return t.kind === 'Basic' && t.basic === BasicKind.UntypedFloat ? `${v.val}.0` : String(v.val);
    case 'Float': return v.rat ? (v.den === 1n ? `${v.num}.0` : `${v.num}.0 / ${v.den}.0`) : exactString(v);
    default: return exactString(v);
  }
}
