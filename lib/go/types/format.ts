/**
 * Formatting of diagnostics: Go's format strings with types, objects, expressions,
 * operands and constants as arguments, names qualified as gc does.
 */
import type { Pos } from '../../base/pos.ts';
import type { Expr } from '../syntax/ast.ts';
import { exprString } from '../syntax/printer.ts';
import type { Checker } from './check.ts';
import { encodeUtf8, quote, valueString, type Value } from './constant.ts';
import { operandString, Operand } from './operand.ts';
import type { Obj } from './object.ts';
import type { Package } from './package.ts';
import type { Type } from './type.ts';
import { objectString, typeString, type Qualifier } from './typestring.ts';

export type FormatArg = string | number | bigint | boolean | null | Type | Obj | Expr | Operand | Value | readonly Type[] | readonly Expr[] | readonly Operand[];

/** A position when no file set is at hand. */
export function typeErrorPos(p: Pos): string { return String(p); }

const typeKinds = new Set<string>(['Basic', 'Named', 'Alias', 'Pointer', 'Array', 'Slice', 'Map', 'Chan', 'Struct', 'Tuple', 'Signature', 'Interface', 'TypeParam', 'Union']);
const objKinds = new Set<string>(['PkgName', 'Const', 'TypeName', 'Var', 'Func', 'Label', 'Builtin', 'Nil']);
const valueKinds = new Set<string>(['Unknown', 'Bool', 'String', 'Int', 'Float', 'Complex']);

function argString(a: FormatArg, qf: Qualifier | null): string {
  if (a === null || a === undefined) return '<nil>';
  if (typeof a !== 'object') return String(a);
  if (Array.isArray(a)) return `[${(a as FormatArg[]).map((x) => argString(x, qf)).join(', ')}]`;
  if (a instanceof Operand) return operandString(a, qf);
  const kind = (a as { kind: string }).kind;
  if (typeKinds.has(kind)) return typeString(a as Type, qf);
  if (objKinds.has(kind)) return objectString(a as Obj, qf);
  if (valueKinds.has(kind)) return valueString(a as Value);
  return exprString(a as Expr);
}

/** fmt.Sprintf for the verbs diagnostics use: %s %v %d %q %t %%. */
export function sprintf(qf: Qualifier | null, fmt: string, ...args: FormatArg[]): string {
  if (!fmt.includes('%')) return fmt;
  let i = 0;
  return fmt.replace(/%([%a-z])/g, (_, verb: string) => {
    if (verb === '%') return '%';
    if (i >= args.length) return `%!${verb}(MISSING)`;
    const s = argString(args[i++], qf);
    return verb === 'q' ? quote(encodeUtf8(s)) : s;
  });
}

/** sprintf with names qualified for the package being checked. */
export function checkSprintf(check: Checker | null, fmt: string, ...args: FormatArg[]): string { return sprintf(qualifierOf(check), fmt, ...args); }

/** The qualifier of a checker: nothing for its own package, the name for others, the quoted path where names clash. */
export function qualifierOf(check: Checker | null): Qualifier | null {
  if (check === null) return null;
  return (check.qualifier ??= makeQualifier(check));
}

function makeQualifier(check: Checker): Qualifier {
  let paths: Map<string, Set<string>> | null = null;
  const qf: Qualifier = (pkg) => {
    if (pkg === check.pkg) return '';
    if (paths === null) {
      paths = new Map();
      markImports(check.pkg, paths, new Set());
    }
    return (paths.get(pkg.name)?.size ?? 0) > 1 ? quote(encodeUtf8(pkg.path)) : pkg.name;
  };
  qf.pos = (p) => check.fset.format(p);
  return qf;
}

/** Collects the paths each package name stands for in the import graph. */
function markImports(pkg: Package, paths: Map<string, Set<string>>, seen: Set<Package>): void {
  if (seen.has(pkg)) return;
  seen.add(pkg);
  let set = paths.get(pkg.name);
  if (!set) { set = new Set(); paths.set(pkg.name, set); }
  set.add(pkg.path);
  for (const imp of pkg.imports) markImports(imp, paths, seen);
}
