/**
 * Range over functions.
 *
 * `for x := range f { body }` calls f with a closure holding the body:
 *
 *   #state1 := READY
 *   #yield1 := func(x T) bool { check and set #state1; body; #state1 = READY; return true }
 *   f(#yield1)
 *   if #state1 == PANIC { panicrangestate(MISSING_PANIC) }
 *   #state1 = EXHAUSTED
 *   checks of #next
 *
 * continue and break of the loop itself return true and false from the closure.
 * Whatever else leaves it sets #next (one variable for a nest of loops) to say
 * where control goes, returns false, and every loop on the way out tests #next
 * after its call: −1 is return (results were assigned already), −4 and below a
 * break, continue or goto to a label, 2k a break of the loop at depth k and 2k−1
 * a continue of it. defer inside a body belongs to the function as written: it
 * carries a token (#defers) made there. The codes, and the order of the checks,
 * are those of cmd/compile/internal/rangefunc, since inline costs count them.
 */
import type { Pos } from '../../base/pos.ts';
import type * as ast from '../syntax/ast.ts';
import type { Type } from '../types/type.ts';
import { Var } from '../types/object.ts';
import {
  AssignListStmt, AssignStmt, BinaryExpr, BranchStmt, CallExpr, ConstExpr, ConvExpr, Decl, IfStmt, ReturnStmt, type BinaryOp, type Expr, type Name, type Stmt,
} from './nodes.ts';
import { Ctx, blank, declareParams } from './ctx.ts';
import { newClosure } from './closures.ts';
import { assigned, stmtsInto } from './lower_stmt.ts';
import { expr, unpack, unparen } from './lower_expr.ts';
import { convertTemp } from './lower_conv.ts';
import { callOf, multiExpr } from './lower_call.ts';
import { T, coreType, makeBool, makeInt, newSignature, newSignatureFull, signatureOf } from './typeutil.ts';

// States of a loop, as internal/abi.RF_* have them.
const DONE = 0, READY = 1, PANIC = 2, EXHAUSTED = 3, MISSING_PANIC = 4;

type Tok = 'break' | 'continue' | 'goto';
interface Branch { readonly tok: Tok; readonly label: string }
interface Loop {
  readonly stmt: ast.ForStmt;
  readonly state: Var;
  readonly depth: number;
  checkRet: boolean; checkBreak: boolean; checkContinue: boolean;
  readonly checkBranch: Branch[];
}

/** One nest of range-over-func loops. */
export interface RangeFuncState {
  /** Body of the function as written, around the outermost loop. */
  readonly root: Ctx;
  /** Loops around the current point, outermost first. */
  readonly loops: Loop[];
  next: Var | undefined;
  defers: Var | undefined;
  /** Branches that became returns. */
  readonly rewritten: Set<ast.Stmt>;
  /** Where in the root's list of locals those declarations go. */
  readonly dclAt: number;
  /** Declarations for the start of the outermost block. */
  readonly decls: Stmt[];
}

const intType = (): Type => T.int;
function newVar(c: Ctx, pos: Pos, name: string, type: Type): Var { return new Var('local', pos, c.low.pkg, name, type); }
/** A use of a variable of the rewriting. */
function use(c: Ctx, v: Var, pos: Pos): Name { return c.use(pos, v)!; }
function int(pos: Pos, n: number): ConstExpr { return new ConstExpr(pos, T.int, makeInt(BigInt(n))); }
function set(c: Ctx, pos: Pos, v: Var, n: number): Stmt { return new AssignStmt(pos, assigned(use(c, v, pos)), int(pos, n)); }
/** gc takes the untyped constants true and false here, converted. */
function ret(pos: Pos, b: boolean, valuePos = pos): Stmt {
  const x = new ConvExpr(valuePos, 'OCONVNOP', new ConstExpr(0, T.bool, makeBool(b)), T.bool);
  x.implicit = true;
  return new ReturnStmt(pos, [x]);
}
function cond(c: Ctx, pos: Pos, op: BinaryOp, v: Var, n: number): Expr { return new BinaryExpr(pos, op, use(c, v, pos), int(pos, n), T.bool); }
function panicState(c: Ctx, pos: Pos, arg: Expr): Stmt { return new CallExpr(pos, 'OCALLFUNC', c.low.runtimeFunc('panicrangestate'), [arg]); }
/** var v = x in c. */
function declare(c: Ctx, pos: Pos, v: Var, x: Expr): Stmt {
  const name = c.local(v.pos, v.name, v.type, v);
  const as = new AssignStmt(pos, name, x, true);
  name.defn = as;
  as.init = [new Decl(name.pos, name)];
  return as;
}

/** A loop over a function; appends what it becomes. */
export function rangeFuncLoop(c: Ctx, s: ast.ForStmt, r: ast.RangeClause, out: Stmt[]): void {
  const start = s.pos, end = s.body.rbrace;
  const check = c.low.opts.rangeFuncCheck !== false;
  const outermost = c.rangeFunc === undefined;
  const st: RangeFuncState = c.rangeFunc ?? { root: c, loops: [], next: undefined, defers: undefined, decls: [], rewritten: new Set(), dclAt: c.fn.dcl.length };
  const n = ++st.root.rangeFuncCount;
  const loop: Loop = {
    stmt: s, state: newVar(c, start, `#state${n}`, intType()), depth: st.loops.length + 1, checkRet: false, checkBreak: false, checkContinue: false, checkBranch: [],
  };
  const block: Stmt[] = [];
  if (check) block.push(declare(c, start, loop.state, int(start, READY)));
  c.rangeFunc = st;
  st.loops.push(loop);

  const fsig = signatureOf(coreType(r.x.tv!.type!)!);
  const paramType = fsig.params.vars[0].type;
  const ysig = signatureOf(coreType(paramType)!);
  const yield_ = newVar(c, 0, '#yield', newSignature(ysig.params.vars.map((v) => v.type), [T.bool]));
  const yieldName = c.local(0, yield_.name, yield_.type, yield_);
  const yieldDecl = new AssignStmt(start, yieldName, bodyFunc(c, st, loop, r, ysig.params.vars, start, end, check), true);
  yieldName.sym = `#yield${++st.root.rangeFuncYields}`;
  yieldName.defn = yieldDecl;
  yieldDecl.init = [new Decl(0, yieldName)];
  block.push(yieldDecl);

  st.loops.pop();
  if (outermost) c.rangeFunc = undefined;
  const call = callOf(c, start, r.x);
  call.args.push(convertTemp(c, use(c, yield_, start), yield_.type, paramType));
  block.push(call);
  st.loops.push(loop);
  c.rangeFunc = st;

  if (check) {
    block.push(new IfStmt(end, cond(c, end, 'OEQ', loop.state, PANIC), [panicState(c, end, int(end, MISSING_PANIC))], []));
    block.push(set(c, end, loop.state, EXHAUSTED));
  }
  block.push(...checks(c, st, loop, end, check));
  st.loops.pop();
  if (outermost) {
    c.rangeFunc = undefined;
    block.unshift(...st.decls);
  }
  out.push(...block);
}

/** The closure that is the body of a loop. */
function bodyFunc(c: Ctx, st: RangeFuncState, loop: Loop, r: ast.RangeClause, params: readonly Var[], start: Pos, end: Pos, check: boolean): Expr {
  const lhs = unpack(r.lhs);
  const assigns: { x: ast.Expr; v: Var }[] = [];
  const vars = params.map((p, i) => {
    const x = lhs[i];
    if (x && r.def) {
      const obj = (x as ast.Name).obj;
      if (obj?.kind === 'Var') return obj;
    }
    const v = newVar(c, start, `#p${i + 1}`, p.type);
    if (x && !r.def) assigns.push({ x, v });
    return v;
  });
  const sig = newSignatureFull(null, vars, [newVar(c, start, '#r', T.bool)], false);
  const fn = newClosure(c.fn, start, 'range', c.typ(sig), c.low.minor);
  const b = new Ctx(c.low, fn, c.env, c, sig.results.vars, []);
  b.addParams(declareParams(fn, sig, (t) => c.typ(t)).vars);
  b.rangeFunc = st;
  for (const { x, v } of assigns) {
    const blankTarget = unparen(x).kind === 'Name' && (unparen(x) as ast.Name).value === '_';
    const to = blankTarget ? blank() : assigned(expr(b, x));
    fn.body.push(new AssignStmt(x.pos, to, convertTemp(b, use(b, v, x.pos), v.type, blankTarget ? undefined : (x.tv?.type ?? undefined))));
  }
  if (check) {
    const tmp = newVar(b, 0, '#tmpState', intType());
    fn.body.push(declare(b, 0, tmp, use(b, loop.state, 0)), set(b, start, loop.state, PANIC));
    fn.body.push(new IfStmt(start, cond(b, start, 'ONE', tmp, READY), [panicState(b, start, use(b, tmp, start))], []));
  }
  if (!stmtsInto(b, loop.stmt.body.list, fn.body)) {
    if (check) fn.body.push(set(b, end, loop.state, READY));
    fn.body.push(ret(end, true, 0));
  }
  if (c.env) fn.closureVars.push(b.dict());
  fn.endPos = end;
  return fn.oclosure!;
}

/** The variable of the outermost function that says where control goes. */
function next(c: Ctx, st: RangeFuncState, pos: Pos): Name {
  if (!st.next) {
    const start = st.loops[0].stmt.pos;
    st.next = newVar(c, 0, '#next', intType());
    const name = st.root.local(0, '#next', intType(), st.next);
    hoist(st, name);
    const as = new AssignStmt(start, name, undefined);
    as.init = [new Decl(start, name)];
    st.decls.push(as);
  }
  return use(c, st.next, pos);
}
/** Moves a name just declared among the locals to where its declaration will stand. */
function hoist(st: RangeFuncState, name: Name): void {
  const dcl = st.root.fn.dcl;
  dcl.splice(dcl.indexOf(name), 1);
  const before = st.decls.filter((d) => d.op === 'OAS' && d.x !== name).length;
  dcl.splice(st.dclAt + before, 0, name);
}
function setNext(c: Ctx, st: RangeFuncState, pos: Pos, n: number): Stmt { return new AssignStmt(pos, assigned(next(c, st, pos)), int(pos, n)); }

/** A break, continue or goto inside a loop body; false: it stays as it is. */
export function rangeFuncBranch(c: Ctx, s: ast.BranchStmt, out: Stmt[]): boolean {
  const st = c.rangeFunc!;
  const loops = st.loops;
  if (s.tok === 'fallthrough') return false;
  const tok: Tok = s.tok;
  const last = loops.length - 1;
  const check = c.low.opts.rangeFuncCheck !== false;
  if (!s.label && loops[last].stmt !== s.target) return false;
  let i = last;
  while (i >= 0 && loops[i].stmt !== s.target) i--;
  let code: number;
  if (tok === 'goto' || i < 0) {
    const label = s.label!.value;
    const info = labelsOf(st.root);
    const home = info.loop.get(label);
    if (loops[last].stmt === home) return false;
    code = info.code(tok, label);
    let j = last;
    while (j >= 0 && loops[j].stmt !== home) j--;
    loops[j + 1].checkBranch.push({ tok, label });
    for (let k = j + 2; k <= last; k++) loops[k].checkRet = true;
  } else {
    if (i === last) {
      if (check) out.push(set(c, s.pos, loops[last].state, tok === 'continue' ? READY : DONE));
      out.push(ret(s.pos, tok === 'continue'));
      return true;
    }
    let from = i + 1;
    if (tok === 'continue') loops[from].checkContinue = true;
    else {
      from = i;
      loops[from].checkBreak = true;
    }
    for (let k = from + 1; k <= last; k++) loops[k].checkBreak = true;
    code = 2 * (i + 1) - (tok === 'continue' ? 1 : 0);
  }
  out.push(setNext(c, st, s.pos, code));
  if (check) out.push(set(c, s.pos, loops[last].state, DONE));
  out.push(ret(s.pos, false));
  return true;
}

/** A return inside a loop body: results are assigned, then every loop on the way is left. */
export function rangeFuncReturn(c: Ctx, s: ast.ReturnStmt, out: Stmt[]): boolean {
  const st = c.rangeFunc!;
  const root = st.root;
  if (s.results) {
    const lhs = root.resultVars.map((v, i) => {
      const name = root.fn.results[i];
      if (name && name.sym.startsWith('~r')) name.sym = `#rv${i + 1}`;
      return assigned(use(c, v, s.pos));
    });
    const rhs = multiExpr(c, s.pos, (i) => root.results[i], unpack(s.results));
    out.push(lhs.length === 1 ? new AssignStmt(s.pos, lhs[0], rhs[0]) : new AssignListStmt(s.pos, 'OAS2', lhs, rhs));
  }
  for (const l of st.loops) l.checkRet = true;
  out.push(setNext(c, st, s.pos, -1));
  if (c.low.opts.rangeFuncCheck !== false) out.push(set(c, s.pos, st.loops[st.loops.length - 1].state, DONE));
  out.push(ret(s.pos, false));
  return true;
}

/** The token that ties a defer in a loop body to the function as written. */
export function rangeFuncDefer(c: Ctx, pos: Pos): Expr {
  const st = c.rangeFunc!;
  st.root.fn.hasDefer = true;
  if (!st.defers) {
    const start = st.loops[0].stmt.pos;
    st.defers = newVar(c, 0, '#defers', T.any);
    const call = new CallExpr(start, 'OCALLFUNC', c.low.runtimeFunc('deferrangefunc'), [], T.emptyInterface);
    st.decls.push(declare(st.root, start, st.defers, call));
    hoist(st, st.root.locals.get(st.defers)!);
  }
  return use(c, st.defers, pos);
}

/** What follows the call of a loop's function. */
function checks(c: Ctx, st: RangeFuncState, loop: Loop, pos: Pos, check: boolean): Stmt[] {
  const out: Stmt[] = [];
  const ifNext = (op: BinaryOp, n: number, clear: boolean, ...then: Stmt[]): void => {
    const x = new BinaryExpr(pos, op, next(c, st, pos), int(pos, n), T.bool);
    out.push(new IfStmt(pos, x, clear ? [setNext(c, st, pos, 0), ...then] : then, []));
  };
  const done = new Set<string>();
  for (const b of loop.checkBranch) {
    const key = `${b.tok} ${b.label}`;
    if (done.has(key)) continue;
    done.add(key);
    const op = ({ break: 'OBREAK', continue: 'OCONTINUE', goto: 'OGOTO' } as const)[b.tok];
    ifNext('OEQ', labelsOf(st.root).code(b.tok, b.label), true, new BranchStmt(pos, op, b.label));
  }
  if (loop.depth === 1) {
    if (loop.checkRet) ifNext('OEQ', -1, false, new ReturnStmt(pos, []));
    return out;
  }
  const outer = st.loops[loop.depth - 2];
  const leave = (state: number, result: boolean): Stmt[] => (check ? [set(c, pos, outer.state, state), ret(pos, result)] : [ret(pos, result)]);
  const step = 2 * (loop.depth - 1);
  if (loop.checkRet) ifNext('OLT', 0, false, ...leave(DONE, false));
  if (check) ifNext('OGT', step, false, panicState(c, pos, int(pos, DONE)));
  else ifNext('OGT', step, true);
  if (loop.checkContinue) ifNext('OEQ', step - 1, true, ...leave(READY, true));
  if (loop.checkBreak) ifNext('OEQ', step, true, ...leave(DONE, false));
  if (loop.checkContinue || loop.checkBreak) ifNext('OGT', 0, false, ...leave(DONE, false));
  return out;
}

interface Labels { loop: Map<string, ast.ForStmt | undefined>; code(tok: Tok, label: string): number }
const labelInfo = new WeakMap<Ctx, Labels>();
/** In which loop over a function each label stands, and the codes of branches to it. */
function labelsOf(root: Ctx): Labels {
  const have = labelInfo.get(root);
  if (have) return have;
  const loop = new Map<string, ast.ForStmt | undefined>();
  const order: string[] = [];
  const walk = (s: ast.Stmt | null | undefined, inside: ast.ForStmt | undefined): void => {
    switch (s?.kind) {
      case 'LabeledStmt':
        order.push(s.label.value);
        loop.set(s.label.value, inside);
        walk(s.stmt, inside);
        return;
      case 'BlockStmt': s.list.forEach((t) => walk(t, inside)); return;
      case 'IfStmt': walk(s.then, inside); walk(s.else, inside); return;
      case 'ForStmt': {
        const over = s.init?.kind === 'RangeClause' && coreType(s.init.x.tv!.type!)?.kind === 'Signature';
        walk(s.body, over ? s : inside);
        return;
      }
      case 'SwitchStmt': case 'SelectStmt': for (const cl of s.body) cl.body.forEach((t) => walk(t, inside)); return;
      default:
    }
  };
  for (const s of root.body) walk(s, undefined);
  const base = new Map(order.map((l, i) => [l, -1 - 3 * (i + 1)]));
  const info: Labels = { loop, code: (tok, label) => (base.get(label) ?? -4) + { break: 0, continue: 1, goto: 2 }[tok] };
  labelInfo.set(root, info);
  return info;
}
