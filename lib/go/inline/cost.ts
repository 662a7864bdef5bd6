/**
 * Which functions may be inlined.
 *
 * A function's cost is the number of its IR nodes, with adjustments; 80 is the
 * limit (closures may cost 800 when tested, see inline.ts for what a call site
 * accepts). Some constructs forbid inlining at any cost. Rules:
 * cmd/compile/internal/inline/inl.go.
 *
 * Nodes that only gc has are counted where ours stand: the declared name under an
 * ODCL, the name of a type switch's guard, dictionary arguments (dictCost).
 */
import { anyChild } from '../ir/visit.ts';
import type { CallExpr, Expr, Func, Node, Stmt } from '../ir/nodes.ts';
import { identical, intConst, signatureOf } from '../ir/typeutil.ts';
import { nodeText } from '../ir/print.ts';
import { typeText } from '../ir/typetext.ts';
import { factOf, funcText, say, type Context } from './context.ts';
import { isIntrinsic } from './intrinsics.ts';
import { staticValue } from './static.ts';
import { snapshot } from './clone.ts';

export const maxBudget = 80;
const paramCallCost = 17, panicCost = 1, closureCost = 15;
const bigFunctionNodes = 5000, bigFunctionMaxCost = 20, closureCalledOnceCost = 10 * maxBudget;

/** Functions judged already; closures are judged when they are first called. */
const checked = new WeakSet<Func>();

/** Is the function's body, or a summary of it, at hand for inlining? */
export function haveInlineBody(c: Context, fn: Func): boolean { return inlineCost(c, fn) !== undefined; }

/** Cost of inlining fn; undefined if it cannot be inlined. */
export function inlineCost(c: Context, fn: Func): number | undefined {
  const fact = factOf(c, fn);
  return fact ? fact.inline?.cost : fn.inl?.cost;
}

/** Decides whether fn can be inlined; sets fn.inl (or inlFail) and says so. */
export function canInline(c: Context, fn: Func): void {
  const fail = (reason: string): void => {
    fn.inlFail = reason;
    if (c.level > 1) say(c, 'cannot inline', fn.pos, `cannot inline ${funcText(c, fn)}: ${reason}`, fn);
  };
  const impossible = inlineImpossible(fn);
  if (impossible) { fail(impossible); return; }
  if (checked.has(fn)) return;
  checked.add(fn);

  const budget = fn.outer && c.minor >= 24 ? closureCalledOnceCost : maxBudget;
  const v = new CostVisitor(c, fn, budget);
  if (v.tooHairy()) { fail(v.reason); return; }
  const cost = budget - v.budget;
  const { body, dcl } = snapshot(fn);
  fn.inl = { cost, body, dcl, canDelayResults: canDelayResults(fn) };
  if (c.level > 1) {
    let type = typeText(fn.nname.shaped ?? fn.nname.type, c.print);
    // SIMPLIFIED: a dictionary has a word for each type argument; gc's has one more for each derived type it needs at run time.
    if (fn.shape !== undefined && !fn.oclosure) type = type.replace(/^func\((\)?)/, (_, end: string | undefined) => `func(*[${shapeCount(fn.shape!)}]uintptr${end ? ')' : ', '}`);
    const recv = signatureOf(fn.nname.shaped ?? fn.nname.type).recv;
    const sig = recv ? `method(${typeText(recv.type, c.print)}) ${type}` : type;
    const text = fn.body.map((s) => nodeText(s, c.print)).join('; ');
    say(c, 'can inline', fn.pos, `can inline ${funcText(c, fn)} with cost ${cost} as: ${sig} { ${text} }`, fn);
  } else say(c, 'can inline', fn.pos, `can inline ${funcText(c, fn)}`, fn);
}

/** Number of type arguments in a shape's text. */
function shapeCount(shape: string): number {
  let depth = 0, n = 1;
  for (const ch of shape.slice(1, -1)) {
    if (ch === '[' || ch === '{' || ch === '(') depth++;
    else if (ch === ']' || ch === '}' || ch === ')') depth--;
    else if (ch === ',' && depth === 0) n++;
  }
  return n;
}

/** Why fn can never be inlined, whatever it costs; undefined: nothing forbids it. */
function inlineImpossible(fn: Func): string | undefined {
  const p = fn.pragmas;
  if (p.has('noinline')) return 'marked go:noinline';
  if (p.has('cgo_unsafe_args')) return 'marked go:cgo_unsafe_args';
  if (p.has('uintptrkeepalive')) return 'marked as having a keep-alive uintptr argument';
  if (p.has('uintptrescapes')) return 'marked as having an escaping uintptr argument';
  if (p.has('yeswritebarrierrec')) return 'marked go:yeswritebarrierrec';
  if (fn.body.length === 0) return 'no function body';
  return undefined;
}

/** May result variables be declared where the only return assigns them? */
function canDelayResults(fn: Func): boolean {
  let returns = 0;
  const count = (n: Node): boolean => {
    if (n.op === 'ORETURN') returns += n.results.length === 0 ? 2 : 1;
    return anyChild(n, count);
  };
  fn.body.forEach(count);
  return returns === 1 && fn.results.every((r) => r.sym.startsWith('~'));
}

/** The assignment of a several-valued expression to temporaries that a, b = f() carries in gc's tree. */
function isTupleInit(n: Node): n is Node & { op: 'OAS2' } {
  if (n.op !== 'OAS2' || n.rhs.length === 0) return false;
  const init = n.rhs[0].init;
  return init?.length === 1 && 'lhs' in init[0];
}

/** Big functions accept only small callees. */
export function isBigFunc(fn: Func): boolean {
  let budget = bigFunctionNodes;
  const visit = (n: Node): boolean => {
    if (isTupleInit(n)) budget += 4 * n.lhs.length + 1;
    budget -= extraNodes(n) + 1;
    return budget <= 0 || anyChild(n, visit);
  };
  return fn.body.some(visit);
}

/** Nodes gc has here that are no nodes of ours. */
function extraNodes(n: Node): number {
  switch (n.op) {
    case 'ODCL': return 1;
    case 'OTYPESW': return n.tag !== '' ? 1 : 0;
    case 'OCALLFUNC': return n.dictCost;
    case 'ODOTTYPE': case 'ODOTTYPE2': return n.dynamic ? 6 : 0;
    default: return 0;
  }
}

/**
 * The function a call's callee expression denotes for inlining, if known.
 * Closures from other frames are not supported; with resolveOnly a closure is not judged on the way.
 */
export function inlCallee(c: Context, caller: Func, call: CallExpr, resolveOnly: boolean): Func | undefined {
  if (call.viaDict) return undefined;
  const f = staticValue(call.fun);
  switch (f.op) {
    case 'OMETHEXPR': {
      const fn = f.method?.func;
      const recv = fn && signatureOf(fn.nname.type).recv;
      return recv && identical(recv.type, f.x.type!) ? fn : undefined;
    }
    case 'ONAME': return f.class_ === 'PFUNC' ? f.func : undefined;
    case 'OCLOSURE': {
      const fn = f.func;
      if (fn.closureVars.length > 0 && fn.closureVars[0].outer!.curfn !== caller) return undefined;
      if (!resolveOnly) canInline(c, fn);
      return fn;
    }
    default: return undefined;
  }
}

/** Does the call cost at most what this call site accepts? */
export function costOK(c: Context, callee: Func, bigCaller: boolean, calledOnce: boolean): boolean {
  const cost = inlineCost(c, callee);
  if (cost === undefined) return false;
  let max = bigCaller ? bigFunctionMaxCost : maxBudget;
  if (callee.outer && c.minor >= 24) {
    max *= 2;
    if (calledOnce) max = Math.max(max, closureCalledOnceCost);
  }
  return cost <= max;
}

export function isIntrinsicCall(call: CallExpr): boolean {
  const f = call.fun;
  if (f.op === 'ONAME' && f.class_ === 'PFUNC') return isIntrinsic(f.pkgPath, f.sym);
  return f.op === 'OMETHEXPR' && f.method !== undefined && isIntrinsic(f.method.pkgPath, f.method.sym);
}

const endian = /^(?:little|big)Endian\.(?:Append|Put)?Uint(?:16|32|64)$/;
const byteorder = /^(?:LE|BE)(?:Append|Put)?Uint(?:16|32|64)$/;

/** Counts down from the budget through a body. */
class CostVisitor {
  reason = '';
  readonly #big: boolean;
  constructor(readonly c: Context, readonly fn: Func, public budget: number) { this.#big = isBigFunc(fn); }

  tooHairy(): boolean {
    const max = this.budget;
    if (this.fn.body.some((n) => this.#node(n))) return true;
    if (this.budget < 0) {
      this.reason = `function too complex: cost ${max - this.budget} exceeds budget ${max}`;
      return true;
    }
    return false;
  }

  #children(n: Node): boolean { return anyChild(n, (x) => this.#node(x)); }
  #list(l: readonly (Expr | Stmt)[] | undefined): boolean { return l?.some((x) => this.#node(x)) ?? false; }

  #node(n: Node): boolean {
    switch (n.op) {
      case 'OCALLFUNC': if (this.#call(n)) return true; break;
      case 'OCALLINTER': this.budget -= this.c.callCost; break;
      case 'OPANIC':
        if (n.x.op === 'OCONVIFACE' && n.x.implicit) this.budget++;
        this.budget -= panicCost;
        break;
      case 'ORECOVER': this.reason = 'call to recover'; return true;
      case 'OCLOSURE': this.budget -= closureCost; break;
      case 'OGO': case 'ODEFER': this.reason = `unhandled op ${n.op === 'OGO' ? 'GO' : 'DEFER'}`; return true;
      case 'OADDR': {
        // The address of a first field is the address of the struct.
        const x = n.x;
        if ((x.op === 'ODOT' || x.op === 'ODOTPTR') && x.x.op === 'ONAME' && x.offset === 0) this.budget += 2;
        break;
      }
      case 'ODEREF': {
        let p = n.x;
        while (p.op === 'OCONVNOP') p = p.x;
        if (p.op === 'OADDR') this.budget++;
        break;
      }
      case 'OCONVNOP': this.budget++; break;
      case 'OTYPE':
        // A type taken from the dictionary is an expression.
        if (n.dynamic) this.budget -= 5;
        return false;
      case 'OFALL': return false;
      case 'OIF':
        if (n.cond.op === 'OLITERAL' && n.cond.val.kind === 'Bool') return this.#list(n.init) || this.#list(n.cond.val.val ? n.body : n.els);
        break;
      case 'OBLOCK': this.budget++; break;
      case 'OMETHVALUE': case 'OSLICELIT': this.budget--; break;
      case 'OMETHEXPR': this.budget++; break;
      case 'OAS2': if (isTupleInit(n)) this.budget += 4 * n.lhs.length + 1; break;
      case 'OSLICE': case 'OSLICEARR': case 'OSLICESTR': case 'OSLICE3': case 'OSLICE3ARR':
        if (this.c.minor >= 26) {
          if (n.low?.op === 'OLITERAL' && intConst(n.low.val) === 0n) this.budget++;
          if (n.high?.op === 'OLEN' && n.high.x === n.x) this.budget += 2;
        }
        break;
      default: break;
    }
    this.budget -= 1 + extraNodes(n);
    // With -m=2 the whole cost is wanted.
    if (this.budget < 0 && this.c.level < 2) {
      this.reason = 'too expensive';
      return true;
    }
    return this.#children(n);
  }

  #call(n: CallExpr): boolean {
    const f = n.fun;
    let extra = this.c.callCost;
    let cheap = false;
    if (f.op === 'ONAME') {
      if (f.class_ === 'PFUNC') {
        switch (f.pkgPath) {
          case 'internal/abi': cheap = f.sym === 'NoEscape' || f.sym.startsWith('EscapeNonString['); break;
          case 'internal/runtime/sys':
            if (f.sym === 'GetCallerPC' || f.sym === 'GetCallerSP') {
              this.reason = `call to ${f.sym}`;
              return true;
            }
            break;
          case 'internal/byteorder': cheap = byteorder.test(f.sym); break;
          case 'runtime':
            if (f.sym === 'panicrangestate') cheap = true;
            if (f.sym === 'deferrangefunc') {
              this.reason = 'defer call in range func';
              return true;
            }
            break;
          default: break;
        }
      } else if (this.c.minor >= 24 && (f.class_ === 'PPARAM' || (f.class_ === 'PAUTOHEAP' && f.isClosureVar))) extra = Math.min(extra, paramCallCost);
    } else if (f.op === 'OMETHEXPR' && f.method?.func) {
      const m = f.method;
      cheap = (m.pkgPath === 'encoding/binary' && endian.test(m.sym)) || (m.pkgPath === 'runtime' && m.sym === 'heapBits.nextArena');
    }
    if (cheap || isIntrinsicCall(n)) return false;
    const callee = inlCallee(this.c, this.fn, n, false);
    if (callee && haveInlineBody(this.c, callee) && costOK(this.c, callee, this.#big, false)) {
      this.budget -= inlineCost(this.c, callee)!;
      return false;
    }
    this.budget -= extra;
    return false;
  }
}

