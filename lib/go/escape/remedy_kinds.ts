/**
 * The standard remedies: for a value on the heap, the edit a Go programmer would
 * try. Each function looks whether its pattern is there and gathers the edits;
 * whether they compile and change the verdict is found out by trying (remedies.ts),
 * so a pattern may be generous.
 *
 * One function a remedy, and the helpers they share: a list, read one by one, that a
 * second file would only cut somewhere.
 */
import type { Pos } from '../../base/pos.ts';
import type * as ast from '../syntax/ast.ts';
import { exactRange, inspect, startPos, unpackListExpr, unparen } from '../syntax/walk.ts';
import type { Obj, Var } from '../types/object.ts';
import type { Type } from '../types/type.ts';
import { elem, identical, intConst, isArray, isChan, isInterface, isPtr, isSlice, signatureOf, sizeOf, under } from '../ir/typeutil.ts';
import type { EscapeLine } from '../inline/context.ts';
import type { Explanation } from './explain.ts';
import { fill, type Words } from './sentences.ts';
import { Edits, Unfit, need, pointee, zeroText, type Edit, type Tree } from './remedy_tree.ts';

export interface RemedyDraft { readonly title: Words; readonly edits: readonly Edit[] }
export interface RemedyInput {
  readonly tree: Tree;
  readonly line: EscapeLine;
  readonly why: Explanation | undefined;
  readonly minor: number;
  readonly smallFrames: boolean;
}

const w = (en: string, zh: string): Words => ({ en, 'zh-CN': zh });

/** What each remedy says it does. */
export const remedyTitles = {
  'return-value': w('Return {type}, not a pointer to it', '返回 {type} 本身，而不是指针'),
  'keep-value': w('Keep the value in `{name}`, not a pointer to it', '在 `{name}` 中保存值，而不是指针'),
  'store-value': w('Let `{name}` hold values, not pointers', '让 `{name}` 保存值，而不是指针'),
  'copy-capture': w('Give the closure a copy of `{name}`, as it is then', '给闭包一个 `{name}` 当时的副本'),
  'concrete-param': w('Take `{type}` instead of an interface in `{func}`', '让 `{func}` 接收 `{type}` 而不是接口'),
  'generic-param': w('Take any type by a type parameter in `{func}`', '让 `{func}` 用类型参数接收任意类型'),
  'no-boxing': w('Make the text without an interface: {how}', '不经接口直接生成文本：{how}'),
  smaller: w('Make it small enough for the stack: {n} elements', '缩小到栈能容纳：{n} 个元素'),
  'constant-size': w('Make the size `{name}` a constant', '把大小 `{name}` 变成常量'),
  'caller-buffer': w('Let the caller of `{func}` provide the buffer', '由 `{func}` 的调用者提供缓冲区'),
  'package-error': w('Make the error once, in a package variable', '只创建一次错误，放进包级变量'),
  'defer-per-round': w('Run the deferred call at the end of each round', '让 defer 在每一轮结束时执行'),
  'outside-loop': w('Declare `{name}` once, outside the loop', '在循环外只声明一次 `{name}`'),
} as const;
export type RemedyId = keyof typeof remedyTitles;

type Kind = (x: RemedyInput) => RemedyDraft | undefined;

function draft(id: RemedyId, e: Edits, blanks: Readonly<Record<string, string | number>> = {}): RemedyDraft | undefined {
  return e.list.length === 0 ? undefined : { title: fill(remedyTitles[id], blanks), edits: e.list };
}

/** Nodes at the verdict's place. */
function here(x: RemedyInput): readonly ast.Node[] { return x.tree.at.get(x.line.pos) ?? []; }
/** The variable a "moved to heap" speaks of. */
function variable(x: RemedyInput): { name: ast.Name; obj: Var } | undefined {
  for (const n of here(x)) if (n.kind === 'Name' && n.obj?.kind === 'Var' && n.obj.pos === n.pos) return { name: n, obj: n.obj };
  return undefined;
}
/** The pointers that the verdict's storage is reached by: &x of a variable, &T{}, new(T). */
function pointers(x: RemedyInput): ast.Expr[] {
  const v = variable(x);
  if (v) return x.tree.uses(v.obj).map((n) => x.tree.parent.get(n)).filter((p): p is ast.Operation => p?.kind === 'Operation' && p.op === '&' && p.y === null);
  return here(x).filter((n): n is ast.Operation | ast.CallExpr => (n.kind === 'Operation' && n.op === '&' && n.y === null)
    || (n.kind === 'CallExpr' && n.fun.kind === 'Name' && n.fun.value === 'new' && n.fun.obj?.kind === 'Builtin'));
}
/** The variable that holds a pointer expression: `p := &x`, `p = &x`. */
function holder(tree: Tree, p: ast.Expr): Obj | undefined {
  const as = tree.parent.get(p);
  if (as?.kind === 'AssignStmt' && as.rhs === p && as.lhs.kind === 'Name') return as.lhs.obj ?? undefined;
  if (as?.kind === 'VarDecl' && as.nameList.length === 1) return as.nameList[0].obj ?? undefined;
  return undefined;
}

function returnValue(x: RemedyInput): RemedyDraft | undefined {
  const { tree } = x;
  const e = new Edits(tree);
  for (const p of pointers(x)) {
    const fn = tree.func(p);
    if (fn?.kind !== 'FuncDecl' || !fn.name.obj) continue;
    const held = holder(tree, p);
    const is = (r: ast.Expr): boolean => unparen(r) === p || (held !== undefined && unparen(r).kind === 'Name' && (unparen(r) as ast.Name).obj === held);
    const returns = tree.returns(fn);
    const i = returns.map((r) => unpackListExpr(r.results).findIndex(is)).find((k) => k >= 0);
    if (i === undefined) continue;
    const field = need(fn.type.resultList[i]);
    if (field.name) throw new Unfit();
    e.dropStar(field.type);
    const t = pointee(need(field.type.tv?.type));
    for (const r of returns) {
      const all = unpackListExpr(r.results), v = all[i];
      if (!v) throw new Unfit();
      if (v.kind === 'Name' && v.obj?.kind === 'Nil') {
        if (all.length < 2) throw new Unfit();
        e.replace(v, zeroText(tree, t));
      } else e.value(v);
      // The name itself stays: it holds the value now. Take back the & that retyping put before it.
    }
    dropReturned(e, returns, i);
    for (const use of tree.uses(fn.name.obj)) {
      let f: ast.Node = use;
      const sel = tree.parent.get(use);
      if (sel?.kind === 'SelectorExpr' && sel.sel === use) f = sel;
      const call = tree.parent.get(f);
      if (call?.kind !== 'CallExpr' || call.fun !== f) throw new Unfit();
      callResult(tree, e, call, i, fn.type.resultList.length);
    }
    return draft('return-value', e, { type: `\`${tree.typeText(t)}\`` });
  }
  return undefined;
}
/** `return p` with p retyped: p is what is returned, not &p. */
function dropReturned(e: Edits, returns: readonly ast.ReturnStmt[], i: number): void {
  for (const r of returns) {
    const v = unpackListExpr(r.results)[i];
    if (v?.kind !== 'Name') continue;
    const f = e.tree.file(v), at = v.pos - f.base;
    const k = e.list.findIndex((x) => x.file === f.name && x.start === at && x.end === at && x.newText === '&');
    if (k >= 0) e.list.splice(k, 1);
  }
}
/** What becomes of the i-th result of a call when it is a value instead of a pointer. */
function callResult(tree: Tree, e: Edits, call: ast.CallExpr, i: number, results: number): void {
  const p = tree.parent.get(call);
  switch (p?.kind) {
    case 'ExprStmt': case 'SelectorExpr': return;
    case 'Operation':
      if (p.op !== '*' || p.y !== null) throw new Unfit();
      e.span(p.pos, startPos(call), '');
      return;
    case 'AssignStmt': {
      const target = results > 1 ? unpackListExpr(p.lhs)[i] : p.lhs;
      e.settled.add(call);
      if (target?.kind !== 'Name' || !target.obj) throw new Unfit();
      if (target.value !== '_') e.retype(target.obj);
      return;
    }
    case 'VarDecl': {
      const n = p.nameList[results > 1 ? i : 0];
      if (p.type || !n?.obj) throw new Unfit();
      for (const u of tree.uses(n.obj)) e.use(u);
      return;
    }
    default: throw new Unfit();
  }
}

function keepValue(x: RemedyInput): RemedyDraft | undefined {
  const { tree } = x;
  for (const p of pointers(x)) {
    const obj = holder(tree, p);
    if (obj?.kind !== 'Var') continue;
    const e = new Edits(tree);
    e.retype(obj);
    return draft('keep-value', e, { name: obj.name });
  }
  return undefined;
}

function storeValue(x: RemedyInput): RemedyDraft | undefined {
  const { tree } = x;
  for (const p0 of pointers(x)) {
    // &x itself goes into the container, or a variable that holds it.
    const held = holder(tree, p0);
    const stored: ast.Expr[] = held ? tree.uses(held) : [p0];
    for (const p of stored) {
      const c = container(tree, p);
      if (!c) continue;
      const e = new Edits(tree);
      retypeContainer(tree, e, c);
      return draft('store-value', e, { name: c.name });
    }
  }
  return undefined;
}
/** The slice, map or channel variable an expression is put into. */
function container(tree: Tree, p: ast.Expr): Var | undefined {
  const par = tree.parent.get(p);
  const variableOf = (n: ast.Expr | undefined): Var | undefined => (n?.kind === 'Name' && n.obj?.kind === 'Var' && !n.obj.isField && n.obj.varKind !== 'param' ? n.obj : undefined);
  if (par?.kind === 'CallExpr' && par.fun.kind === 'Name' && par.fun.value === 'append' && par.argList[0] !== p) return variableOf(par.argList[0]);
  if (par?.kind === 'AssignStmt' && par.rhs === p && par.lhs.kind === 'IndexExpr') return variableOf(par.lhs.x);
  if (par?.kind === 'SendStmt' && par.value === p) return variableOf(par.chan);
  return undefined;
}
function retypeContainer(tree: Tree, e: Edits, v: Var): void {
  if (v.pkg !== tree.pkg || !isPtr(elementOf(v.type))) throw new Unfit();
  const decl = need(tree.declaration(v));
  const p = need(tree.parent.get(decl));
  let written: ast.Expr | null = null, init: ast.Expr | null | undefined;
  if (p.kind === 'VarDecl') {
    written = p.type;
    init = unpackListExpr(p.values)[p.nameList.indexOf(decl)];
  } else if (p.kind === 'AssignStmt' && p.lhs === decl) init = p.rhs;
  else throw new Unfit();
  if (written) e.dropStar(elementType(written));
  if (init) containerValue(e, init);
  for (const n of tree.uses(v)) {
    const q = need(tree.parent.get(n));
    switch (q.kind) {
      case 'CallExpr': {
        if (q.fun.kind !== 'Name' || q.fun.obj?.kind !== 'Builtin') throw new Unfit();
        if (q.fun.value === 'append' && q.argList[0] === n) {
          if (q.hasDots) throw new Unfit();
          for (const a of q.argList.slice(1)) e.value(a);
        }
        break;
      }
      case 'IndexExpr': element(tree, e, q); break;
      case 'AssignStmt': {
        if (q.lhs !== n || !q.rhs) throw new Unfit();
        const r = unparen(q.rhs);
        if (!(r.kind === 'CallExpr' && r.fun.kind === 'Name' && r.fun.value === 'append' && r.argList[0]?.kind === 'Name' && r.argList[0].obj === v)) containerValue(e, r);
        break;
      }
      case 'SendStmt': if (q.chan !== n) throw new Unfit(); e.value(q.value); break;
      case 'Operation': if (q.op !== '<-' || q.y !== null) throw new Unfit(); element(tree, e, q); break;
      case 'RangeClause': {
        const vars = unpackListExpr(q.lhs);
        const value = isChan(v.type) ? vars[0] : vars[1];
        if (!value) break;
        if (value.kind !== 'Name' || !q.def) throw new Unfit();
        if (value.value !== '_' && value.obj) for (const u of tree.uses(value.obj)) e.use(u);
        break;
      }
      default: throw new Unfit();
    }
  }
}
function elementOf(t: Type): Type {
  const u = under(t);
  if (u.kind === 'Map') return u.elem;
  return isSlice(t) || isArray(t) || isChan(t) ? elem(t) : need<Type>(null);
}
function elementType(t: ast.Expr): ast.Expr {
  switch (t.kind) {
    case 'SliceType': case 'ArrayType': case 'ChanType': return t.elem;
    case 'MapType': return t.value;
    default: throw new Unfit();
  }
}
/** A literal or make of the container. */
function containerValue(e: Edits, x: ast.Expr): void {
  if (x.kind === 'CallExpr' && x.fun.kind === 'Name' && x.fun.value === 'make') {
    e.dropStar(elementType(x.argList[0]));
    return;
  }
  if (x.kind !== 'CompositeLit' || !x.type) throw new Unfit();
  e.dropStar(elementType(x.type));
  for (const el of x.elemList) {
    const v = el.kind === 'KeyValueExpr' ? el.value : el;
    // An element {…} of a []*T stands for &T{…}.
    if (!(v.kind === 'CompositeLit' && v.type === null)) e.value(v);
  }
}
/** m[k], s[i] or <-c, now a value. */
function element(tree: Tree, e: Edits, q: ast.IndexExpr | ast.Operation): void {
  const p = need(tree.parent.get(q));
  if (p.kind === 'AssignStmt' && p.lhs === q) {
    e.value(need(p.rhs));
    return;
  }
  if (p.kind === 'SelectorExpr' || p.kind === 'ExprStmt') return;
  if (p.kind === 'Operation' && p.op === '*' && p.y === null) {
    e.span(p.pos, startPos(q), '');
    return;
  }
  if (p.kind === 'AssignStmt' && p.rhs === q) {
    const target = unpackListExpr(p.lhs)[0];
    if (target.kind !== 'Name' || !target.obj) throw new Unfit();
    e.settled.add(q);
    if (target.value !== '_') e.retype(target.obj);
    return;
  }
  throw new Unfit();
}

function copyCapture(x: RemedyInput): RemedyDraft | undefined {
  const { tree } = x;
  const v = variable(x);
  if (!v) return undefined;
  const home = tree.func(v.name);
  const literals = new Set<ast.FuncLit>();
  for (const u of tree.uses(v.obj)) {
    // The outermost literal around the use that is inside the variable's own function.
    let lit: ast.FuncLit | undefined;
    for (let f = tree.func(u); f && f !== home; f = tree.func(f)) if (f.kind === 'FuncLit') lit = f;
    if (lit) literals.add(lit);
  }
  if (literals.size === 0) return undefined;
  const e = new Edits(tree);
  for (const lit of literals) {
    const inside: ast.Name[] = [];
    let written = false;
    inspect(lit, (n) => {
      if (n.kind === 'Name' && n.obj === v.obj) inside.push(n);
      const targets = n.kind === 'AssignStmt' ? unpackListExpr(n.lhs) : n.kind === 'RangeClause' && !n.def ? unpackListExpr(n.lhs) : [];
      for (const t of targets) if (root(t) === v.obj) written = true;
      if (n.kind === 'Operation' && n.op === '&' && n.y === null && root(n.x) === v.obj) written = true;
      return true;
    });
    // A closure that changes the variable wants the variable.
    if (written) throw new Unfit();
    const at = need(tree.statement(lit));
    const indent = tree.indent(at.stmt);
    const own = tree.statement(v.name)?.block === at.block;
    const name = own ? tree.fresh(`${v.obj.name}Copy`) : v.obj.name;
    e.insert(startPos(at.stmt), `${name} := ${v.obj.name}\n${indent}`);
    if (own) for (const n of inside) e.replace(n, name);
  }
  return draft('copy-capture', e, { name: v.obj.name });
}
/** The variable that storing into an expression changes. */
function root(n: ast.Expr): Obj | undefined {
  for (;;) {
    n = unparen(n);
    if (n.kind === 'Name') return n.obj ?? undefined;
    if (n.kind === 'SelectorExpr' || (n.kind === 'IndexExpr' && n.x.tv?.type && isArray(n.x.tv.type))) n = n.x;
    else return undefined;
  }
}

interface InterfaceParam { readonly fn: ast.FuncDecl; readonly index: number; readonly field: ast.Field; readonly types: Type[]; readonly variadic: boolean }
/** The interface parameter of a function of the program that the value at hand is passed to, with the types of all arguments it gets. */
function interfaceParam(x: RemedyInput): InterfaceParam | undefined {
  const { tree } = x;
  const starts: ast.Node[] = [...here(x), ...pointers(x)];
  const v = variable(x);
  if (v) starts.push(...tree.uses(v.obj));
  for (const p of pointers(x)) {
    const held = holder(tree, p);
    if (held) starts.push(...tree.uses(held));
  }
  for (const start of starts) {
    for (let n: ast.Node | undefined = start; n; n = tree.parent.get(n)) {
      const call = tree.parent.get(n);
      if (call?.kind !== 'CallExpr' || call.fun === n) continue;
      const f = call.fun.kind === 'SelectorExpr' ? call.fun.sel : call.fun;
      const fn = f.kind === 'Name' && f.obj ? tree.declOf(f.obj) : undefined;
      if (!fn || fn.tparamList.length > 0 || call.hasDots) break;
      const sig = signatureOf(fn.name.obj!.type);
      const arg = call.argList.indexOf(n as ast.Expr), last = sig.params.vars.length - 1;
      const index = sig.variadic ? Math.min(arg, last) : arg;
      const variadic = sig.variadic && index === last;
      const t = variadic ? elem(sig.params.vars[index].type) : sig.params.vars[index]?.type;
      if (!t || !isInterface(t)) break;
      const types: Type[] = [];
      for (const use of tree.uses(fn.name.obj!)) {
        const g = tree.parent.get(use);
        const c = g?.kind === 'SelectorExpr' ? tree.parent.get(g) : g;
        if (c?.kind !== 'CallExpr' || (c.fun !== use && c.fun !== g) || c.hasDots) throw new Unfit();
        for (const a of variadic ? c.argList.slice(index) : [c.argList[index]]) types.push(need(defaultType(a)));
      }
      return { fn, index, field: need(fn.type.paramList[index]), types, variadic };
    }
  }
  return undefined;
}
/** The type an argument has when nothing asks for an interface. */
function defaultType(a: ast.Expr | undefined): Type | undefined {
  const t = a?.tv?.type;
  if (!t || t.kind !== 'Basic' || !t.isUntyped()) return t ?? undefined;
  return undefined;
}
function concreteParam(x: RemedyInput): RemedyDraft | undefined {
  const p = interfaceParam(x);
  if (!p || p.types.length === 0) return undefined;
  const t = p.types[0];
  if (isInterface(t) || !p.types.every((o) => identical(o, t))) return undefined;
  const e = new Edits(x.tree);
  const text = x.tree.typeText(t);
  replaceParamType(e, p, text);
  return draft('concrete-param', e, { type: text, func: p.fn.name.value });
}
function replaceParamType(e: Edits, p: InterfaceParam, text: string): void {
  const { field, fn } = p;
  // One type written for several parameters.
  if (fn.type.paramList.filter((f) => f.type === field.type).length > 1) throw new Unfit();
  const written = field.type.kind === 'DotsType' ? field.type.elem : field.type;
  e.replace(written, text);
  if (written.kind === 'SelectorExpr' && written.x.kind === 'Name' && written.x.obj?.kind === 'PkgName' && !text.startsWith(`${written.x.value}.`)) dropImport(e, written.x);
}
/** Takes back the import whose last use goes away. */
function dropImport(e: Edits, use: ast.Name): void {
  const { tree } = e;
  if (!use.obj || tree.uses(use.obj).some((n) => n !== use && tree.file(n) === tree.file(use))) return;
  const file = need(tree.files.find((f) => f.source === tree.file(use)));
  for (const d of file.declList) {
    if (d.kind !== 'ImportDecl' || !d.path || (d.implicit ?? d.localPkgName?.obj) !== use.obj) continue;
    removeImport(e, d, d.path);
  }
}
function genericParam(x: RemedyInput): RemedyDraft | undefined {
  const p = interfaceParam(x);
  if (!p || p.fn.recv || p.types.length === 0 || p.types.some((t) => isInterface(t)) || p.types.every((t) => identical(t, p.types[0]))) return undefined;
  const e = new Edits(x.tree);
  const written = p.field.type.kind === 'DotsType' ? p.field.type.elem : p.field.type;
  const name = x.tree.fresh('T');
  e.insert(p.fn.name.end, `[${name} ${x.tree.text(written)}]`);
  replaceParamType(e, p, name);
  return draft('generic-param', e, { func: p.fn.name.value });
}

function noBoxing(x: RemedyInput): RemedyDraft | undefined {
  const { tree } = x;
  for (const start of here(x)) {
    const call = start.kind === 'CallExpr' && start.fun.kind === 'SelectorExpr' ? start : tree.around(start, 'CallExpr');
    if (call?.kind !== 'CallExpr' || call.fun.kind !== 'SelectorExpr' || call.hasDots) continue;
    const f = call.fun.sel.obj;
    if (f?.kind !== 'Func' || f.pkg?.path !== 'fmt') continue;
    const e = new Edits(tree);
    const packages = new Set<string>();
    const text = (a: ast.Expr): string => asText(tree, a, packages);
    let how: string;
    if ((f.name === 'Sprint' && call.argList.length === 1) || (f.name === 'Sprintf' && call.argList.length === 2 && plainVerb(call.argList[0], call.argList[1]))) {
      how = text(call.argList[call.argList.length - 1]);
    } else if (f.name === 'Println' && tree.parent.get(call)?.kind === 'ExprStmt' && call.argList.length > 0) {
      const parts = call.argList.map(text);
      let joined = parts[0];
      for (const q of parts.slice(1)) joined += ` + " " + ${q}`;
      packages.add('os');
      how = `os.Stdout.WriteString(${joined} + "\\n")`;
    } else continue;
    e.replace(call, how);
    imports(tree, e, call, packages);
    return draft('no-boxing', e, { how: `\`${how.length > 60 ? `${how.slice(0, 57)}...` : how}\`` });
  }
  return undefined;
}
function plainVerb(format: ast.Expr, a: ast.Expr): boolean {
  const t = a.tv?.type;
  const v = format.tv?.value;
  if (!t || v?.kind !== 'String') return false;
  const u = under(t);
  const verb = format.kind === 'BasicLit' ? format.value.slice(1, -1) : '';
  if (verb === '%v') return true;
  if (u.kind !== 'Basic') return false;
  return (verb === '%d' && u.isInteger()) || (verb === '%s' && u.isString()) || (verb === '%t' && u.isBoolean());
}
/** An expression for what fmt prints of a value. */
function asText(tree: Tree, a: ast.Expr, packages: Set<string>): string {
  const t = need(a.tv?.type), src = tree.text(a);
  // A type with methods may print itself.
  if (t.kind !== 'Basic') throw new Unfit();
  if (t.isString()) return src;
  packages.add('strconv');
  if (t.isBoolean()) return `strconv.FormatBool(${src})`;
  if (!t.isInteger()) throw new Unfit();
  if (t.name === 'int' || t.isUntyped()) return `strconv.Itoa(${src})`;
  if (t.name === 'int64') return `strconv.FormatInt(${src}, 10)`;
  if (t.name === 'uint64') return `strconv.FormatUint(${src}, 10)`;
  return /^u/.test(t.name) || t.name === 'byte' ? `strconv.FormatUint(uint64(${src}), 10)` : `strconv.FormatInt(int64(${src}), 10)`;
}
/** Imports the packages; drops fmt where the call was its last use. */
function imports(tree: Tree, e: Edits, call: ast.CallExpr, packages: Set<string>): void {
  const file = need(tree.files.find((f) => f.source === tree.file(call)));
  const decls = file.declList.filter((d): d is ast.ImportDecl => d.kind === 'ImportDecl');
  const fmt = need(decls.find((d) => d.path?.value === '"fmt"' && !d.localPkgName));
  const missing = [...packages].filter((p) => !decls.some((d) => d.path?.value === `"${p}"`)).sort();
  let used = false;
  inspect(file, (n) => {
    if (n === call) {
      for (const a of call.argList) inspect(a, (m) => { if (m.kind === 'Name' && m.obj?.kind === 'PkgName' && m.obj.name === 'fmt') used = true; return true; });
      return false;
    }
    if (n.kind === 'Name' && n.obj?.kind === 'PkgName' && n.obj.name === 'fmt') used = true;
    return true;
  });
  const path = need(fmt.path);
  const group = fmt.group !== null;
  const sep = group ? '\n\t' : '\nimport ';
  const list = [...(used ? ['fmt'] : []), ...missing].sort().map((p) => `"${p}"`);
  if (list.length > 0) e.span(path.pos, path.end, list.join(sep));
  else removeImport(e, fmt, path);
}
/** One import of several loses its line's text, a single one its keyword too. */
function removeImport(e: Edits, d: ast.ImportDecl, path: ast.BasicLit): void {
  const f = e.tree.file(path);
  const start = startPos(d.localPkgName ?? path);
  e.span(d.group ? start : f.base + f.lineStart(f.position(start - f.base, true).line), path.end, '');
}

function smaller(x: RemedyInput): RemedyDraft | undefined {
  if (!x.why?.steps.some((s) => s.from.some((f) => f.why === 'too large for stack'))) return undefined;
  const { tree } = x;
  const implicit = x.smallFrames ? 16 << 10 : 64 << 10, maxVar = x.smallFrames ? 64 << 10 : x.minor >= 24 ? 128 << 10 : 10 << 20;
  const shrink = (len: ast.Expr | null | undefined, size: number, max: number): RemedyDraft | undefined => {
    const n = len?.tv?.value ? intConst(len.tv.value) : undefined;
    if (!len || n === undefined || size <= 0) return undefined;
    const fit = Math.floor(max / size);
    if (fit <= 0 || n <= BigInt(fit)) return undefined;
    const e = new Edits(tree);
    e.replace(len, String(fit));
    return draft('smaller', e, { n: fit });
  };
  const arrayIn = (t: ast.Expr | null | undefined, max: number): RemedyDraft | undefined => {
    if (t?.kind !== 'ArrayType' || !t.elem.tv?.type) return undefined;
    return shrink(t.len, sizeOf(t.elem.tv.type), max);
  };
  for (const n of here(x)) {
    if (n.kind === 'CallExpr' && n.fun.kind === 'Name' && n.fun.value === 'make') return shrink(n.argList[n.argList.length - 1], sizeOf(elem(need(n.argList[0].tv?.type))), implicit);
    if (n.kind === 'CallExpr' && n.fun.kind === 'Name' && n.fun.value === 'new') return arrayIn(n.argList[0], implicit);
    if (n.kind === 'Operation' && n.op === '&' && n.x.kind === 'CompositeLit') return arrayIn(n.x.type, implicit);
    if (n.kind === 'Name' && n.obj?.kind === 'Var') {
      const p = tree.parent.get(n);
      if (p?.kind === 'VarDecl') {
        const v = unpackListExpr(p.values)[0];
        return arrayIn(p.type ?? (v?.kind === 'CompositeLit' ? v.type : null), maxVar);
      }
      if (p?.kind === 'AssignStmt' && p.rhs?.kind === 'CompositeLit') return arrayIn(p.rhs.type, maxVar);
    }
  }
  return undefined;
}

function constantSize(x: RemedyInput): RemedyDraft | undefined {
  const { tree } = x;
  for (const n of here(x)) {
    if (n.kind !== 'CallExpr' || n.fun.kind !== 'Name' || n.fun.value !== 'make') continue;
    for (const a of n.argList.slice(1)) {
      if (a.kind !== 'Name' || a.obj?.kind !== 'Var') continue;
      const decl = tree.declaration(a.obj);
      const as = decl && tree.parent.get(decl);
      if (as?.kind !== 'AssignStmt' || as.op !== ':=' || as.lhs !== decl || as.rhs?.tv?.mode !== 'constant') continue;
      const e = new Edits(tree);
      e.span(startPos(as), startPos(as.rhs), `const ${decl.value} = `);
      return draft('constant-size', e, { name: a.value });
    }
  }
  return undefined;
}

function callerBuffer(x: RemedyInput): RemedyDraft | undefined {
  const { tree } = x;
  for (const n of here(x)) {
    if (n.kind !== 'CallExpr' || n.fun.kind !== 'Name' || n.fun.value !== 'make' || !isSlice(need(n.tv?.type))) continue;
    // The caller must be able to write the sizes.
    if (n.argList.slice(1).some((a) => a.tv?.mode !== 'constant' || a.kind === 'Name' && a.obj?.parent !== tree.pkg.scope)) continue;
    const fn = tree.func(n);
    if (fn?.kind !== 'FuncDecl' || !fn.name.obj || signatureOf(fn.name.obj.type).variadic || fn.type.paramList.some((f) => !f.name)) continue;
    const as = tree.parent.get(n);
    const e = new Edits(tree);
    const make = tree.text(n), type = tree.text(n.argList[0]);
    let name: string;
    if (as?.kind === 'AssignStmt' && as.op === ':=' && as.lhs.kind === 'Name') {
      name = as.lhs.value;
      e.removeStmt(as);
    } else if (as?.kind === 'ReturnStmt') {
      name = tree.fresh('buf');
      e.replace(n, name);
    } else continue;
    const params = fn.type.paramList;
    const close: Pos = params.length > 0 ? params[params.length - 1].end : exactRange(fn.name).end + 1;
    e.insert(close, `${params.length > 0 ? ', ' : ''}${name} ${type}`);
    for (const use of tree.uses(fn.name.obj)) {
      let f: ast.Node = use;
      const sel = tree.parent.get(use);
      if (sel?.kind === 'SelectorExpr' && sel.sel === use) f = sel;
      const call = tree.parent.get(f);
      if (call?.kind !== 'CallExpr' || call.fun !== f) throw new Unfit();
      e.insert(call.end - 1, `${call.argList.length > 0 ? ', ' : ''}${make}`);
    }
    return draft('caller-buffer', e, { func: fn.name.value });
  }
  return undefined;
}

function packageError(x: RemedyInput): RemedyDraft | undefined {
  const { tree } = x;
  for (const n of here(x)) {
    if (n.kind !== 'CallExpr' || n.fun.kind !== 'SelectorExpr') continue;
    const f = n.fun.sel.obj;
    if (f?.kind !== 'Func' || f.pkg?.path !== 'errors' || f.name !== 'New' || n.argList[0]?.tv?.mode !== 'constant') continue;
    const fn = tree.around(n, 'FuncDecl');
    if (!fn) continue;
    const e = new Edits(tree);
    const base = fn.name.value;
    const name = tree.fresh(`err${base.slice(0, 1).toUpperCase()}${base.slice(1)}`);
    e.insert(tree.aboveDecl(fn), `var ${name} = ${tree.text(n)}\n\n`);
    e.replace(n, name);
    return draft('package-error', e);
  }
  return undefined;
}

function deferPerRound(x: RemedyInput): RemedyDraft | undefined {
  const { tree } = x;
  for (const n of here(x)) {
    const d = n.kind === 'CallStmt' ? n : tree.around(n, 'CallStmt');
    if (d?.kind !== 'CallStmt' || d.tok !== 'defer') continue;
    const loop = tree.around(d, 'ForStmt', 'FuncLit', 'FuncDecl');
    if (loop?.kind !== 'ForStmt' || loop.body.list.length === 0) continue;
    // Leaving the loop, or the function, from inside the new function is not possible.
    inspect(loop.body, (m) => {
      if (m.kind === 'FuncLit') return false;
      if (m.kind === 'ReturnStmt' || m.kind === 'BranchStmt') throw new Unfit();
      return true;
    });
    const e = new Edits(tree);
    const f = tree.file(loop.body), from = loop.body.pos + 1, to = loop.body.rbrace;
    const body = new TextDecoder().decode(f.text.subarray(from - f.base, to - f.base));
    if (body.includes('`')) throw new Unfit();
    const indent = tree.indent(loop);
    const lines = body.split('\n');
    if (lines.length < 2) throw new Unfit();
    const inner = lines.slice(1, -1).map((l) => (l === '' ? '' : `\t${l}`));
    e.span(from, to, `${lines[0]}\n${indent}\tfunc() {\n${inner.join('\n')}\n${indent}\t}()\n${indent}`);
    return draft('defer-per-round', e);
  }
  return undefined;
}

function outsideLoop(x: RemedyInput): RemedyDraft | undefined {
  const { tree } = x;
  const v = variable(x);
  const as = v && tree.parent.get(v.name);
  if (!v || as?.kind !== 'AssignStmt' || as.op !== ':=' || as.lhs !== v.name) return undefined;
  const loop = tree.around(v.name, 'ForStmt', 'FuncLit', 'FuncDecl');
  if (loop?.kind !== 'ForStmt' || tree.parent.get(as) !== loop.body) return undefined;
  const e = new Edits(tree);
  e.insert(startPos(loop), `var ${v.obj.name} ${tree.typeText(v.obj.type)}\n${tree.indent(loop)}`);
  e.span(as.pos, as.pos + 2, '=');
  return draft('outside-loop', e, { name: v.obj.name });
}

/** In the order they are offered: those that change the program's meaning least come first. */
export const remedyKinds: readonly (readonly [RemedyId, Kind])[] = [
  ['return-value', returnValue], ['keep-value', keepValue], ['store-value', storeValue], ['concrete-param', concreteParam], ['generic-param', genericParam], ['package-error', packageError],
  ['constant-size', constantSize], ['caller-buffer', callerBuffer], ['no-boxing', noBoxing], ['copy-capture', copyCapture], ['defer-per-round', deferPerRound], ['outside-loop', outsideLoop], ['smaller', smaller],
];
