/**
 * Concrete types behind the interfaces that standard functions return.
 *
 * errors.New gives an *errorString: once it is inlined, gc calls that type's methods
 * directly. Such types are seldom exported, so that no declaration of them is at hand.
 * A fact names the type of a result (`*errors errorString`), and the package's facts
 * its methods; here stand a Named without structure for it, and functions known by
 * their facts only for the methods. They serve verdicts, never runs.
 */
import { Func, Name } from '../ir/nodes.ts';
import { ptrTo, withReceiver } from '../ir/typeutil.ts';
import type { FactsProvider, MethodFacts } from '../facts/facts.ts';
import { TypeName, type Func as FuncObj } from '../types/object.ts';
import { Package } from '../types/package.ts';
import { Named, StructT, type Type } from '../types/type.ts';

const known = new WeakMap<FactsProvider, Map<string, Type>>();
const methods = new WeakMap<Type, MethodFacts>();

function namedOf(facts: FactsProvider, path: string, name: string): Named {
  let all = known.get(facts);
  if (!all) known.set(facts, (all = new Map()));
  const key = `${path} ${name}`, have = all.get(key);
  if (have) return have as Named;
  const obj = new TypeName(0, new Package(path, facts.packageName(path) ?? path.slice(path.lastIndexOf('/') + 1)), name, null);
  const named = new Named(null, obj, null);
  named.underlying_ = new StructT([]);
  obj.type = named;
  obj.parent = obj.pkg!.scope;
  all.set(key, named);
  return named;
}

/** The type that a fact calls `path name` or `*path name`; undefined if nothing is recorded of its methods. */
export function factType(facts: FactsProvider, spec: string): Type | undefined {
  const star = spec.startsWith('*'), [path, name] = spec.slice(star ? 1 : 0).split(' ');
  const m = facts.methods(path, star ? `*${name}` : name);
  if (!m) return undefined;
  const named = namedOf(facts, path, name);
  const t = star ? ptrTo(named) : named;
  methods.set(t, m);
  return t;
}

/** Methods of a type that factType made; undefined for any other. */
export function factMethods(t: Type): MethodFacts | undefined { return methods.get(t); }

const funcs = new WeakMap<FactsProvider, Map<string, Func>>();
/** The function that calling method m of a type from facts is: spec is its package and symbol. */
export function factFunc(facts: FactsProvider, spec: string, m: FuncObj): { readonly recv: Type; readonly name: Name } {
  const [path, sym] = spec.split(' ');
  const star = sym.startsWith('(*');
  const named = namedOf(facts, path, sym.slice(star ? 2 : 0, star ? sym.indexOf(')') : sym.indexOf('.')));
  const recv = star ? ptrTo(named) : named;
  let all = funcs.get(facts);
  if (!all) funcs.set(facts, (all = new Map()));
  let fn = all.get(spec);
  if (!fn) {
    fn = new Func(0, sym, path, withReceiver(m.signature, recv));
    fn.external = true;
    all.set(spec, fn);
  }
  return { recv, name: fn.nname };
}
