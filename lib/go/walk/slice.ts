/**
 * The slice pass of Go 1.26: appends whose backing store may start in the frame.
 *
 * A local slice that is only appended to, read, and given away once at the end
 * (returned or assigned, not in a loop deeper than its declaration) is
 * "exclusive" until then: nobody else can tell where its backing store lies. So
 * its appends may use a frame buffer, if the store is moved to the heap just
 * before the slice is given away:
 *
 *   var s []int
 *   for … { s = append(s, x) }     store in the frame while it fits
 *   return s                       s = moveSlice(s); return s
 *
 * Anything the pass does not understand about a use of s makes it leave s alone.
 * The printed verdict stays `append escapes to heap`: -m is decided before.
 * Source of the rules: cmd/compile/internal/slice.
 */
import { AssignStmt, RuntimeCall, type CallExpr, type Expr, type Func, type Name, type Node, type Stmt } from '../ir/nodes.ts';
import { doChildren } from '../ir/visit.ts';
import type { Signature } from '../types/type.ts';
import { elem, size, under } from './typex.ts';
import { variableBuffer } from './make.ts';

interface Tracked {
  readonly s: Name;
  understood: number;
  uses: number;
  /** The statement that gives the slice away. */
  transition: Stmt | undefined;
  readonly appends: CallExpr[];
  /** Appends count more the deeper they loop; below 2 the effort is not worth it. */
  weight: number;
  depth: number;
  capUsed: boolean;
}

/** Finds such slices in fn and rewrites: appends get esc none (and useBuf), transitions a move in front. */
export function analyzeSlices(fn: Func): void {
  const tracked = new Map<Node, Tracked>();
  for (const s of fn.dcl) {
    if (under(s.type).kind !== 'Slice' || size(elem(s.type)) > variableBuffer) continue;
    tracked.set(s, { s, understood: 0, uses: 0, transition: undefined, appends: [], weight: 0, depth: 0, capUsed: false });
  }
  if (tracked.size === 0) return;
  const results = fn.results.filter((r) => tracked.has(r));
  const get = (n: Node | undefined): Tracked | undefined => (n ? tracked.get(n) : undefined);
  let depth = 0;

  const giveAway = (t: Tracked, at: Stmt): void => {
    if (t.transition || depth > t.depth) tracked.delete(t.s);
    else t.transition = at;
  };
  const assign = (x: Expr, y: Expr | undefined, at: Stmt): void => {
    const t = get(x);
    if (t) {
      if (!y || y.op === 'ONIL') t.understood++;
      else if (y.op === 'OSLICELIT') { t.understood++; t.capUsed = true; }
      else if (y.op === 'OSLICE' && y.x === t.s) { t.understood += 2; t.capUsed = true; }
      else if (y.op === 'OAPPEND' && y.args[0] === t.s) {
        t.understood += 2;
        t.appends.push(y);
        t.weight += 1 + (depth - t.depth);
      }
    }
    const from = get(y);
    if (from) { from.understood++; giveAway(from, at); }
  };

  const visit = (n: Node): void => {
    switch (n.op) {
      case 'ONAME': { const t = get(n); if (t) t.uses++; break; }
      case 'ODCL': { const t = get(n.x); if (t) { t.uses++; t.understood++; t.depth = depth; } break; }
      case 'OINDEX': { const t = get(n.x); if (t) t.understood++; break; }
      case 'OLEN': { const t = get(n.x); if (t) t.understood++; break; }
      case 'OCAP': { const t = get(n.x); if (t) { t.understood++; t.capUsed = true; } break; }
      case 'OADDR': if (n.x.op === 'OINDEX' && get(n.x.x)) tracked.delete(n.x.x); break;
      case 'ORETURN':
        for (const r of n.results) { const t = get(r); if (t) { t.understood++; giveAway(t, n); } }
        if (n.results.length === 0) for (const r of results) { const t = get(r); if (t) giveAway(t, n); }
        break;
      case 'OCALLFUNC':
        n.args.forEach((a, i) => { const t = get(a); if (t && !argumentLeaks(n, i)) { t.understood++; t.capUsed = true; } });
        break;
      case 'ORANGE': { const t = get(n.x); if (t) t.understood++; break; }
      case 'OAS': assign(n.x, n.y, n); break;
      case 'OAS2': n.lhs.forEach((x, i) => assign(x, n.rhs[i], n)); break;
      case 'OCLOSURE': for (const v of n.func.closureVars) if (v.outer) visit(v.outer); break;
      default: break;
    }
    const loop = n.op === 'OFOR' || n.op === 'ORANGE';
    if (loop) depth++;
    doChildren(n, visit);
    if (loop) depth--;
  };
  for (const s of fn.body) visit(s);

  for (const t of tracked.values()) {
    if (t.understood !== t.uses || !t.transition || t.weight < 2) continue;
    const at = t.transition;
    const move = new RuntimeCall(at.pos, 'moveSlice', [], t.s.type);
    move.slice = { name: t.s, keepCap: t.capUsed };
    at.init = [new AssignStmt(at.pos, t.s, move), ...(at.init ?? [])];
    for (const a of t.appends) { a.esc = 'none'; a.useBuf = t.capUsed; }
  }
}

/** Whether argument i may be kept, or come back, from the call. */
function argumentLeaks(n: CallExpr, i: number): boolean {
  const fun = n.fun.op === 'OMETHEXPR' && n.fun.method ? n.fun.method : n.fun;
  if (fun.op !== 'ONAME' || !fun.func) return true;
  const sig = under(fun.type) as Signature;
  const nparams = sig.params.vars.length + (sig.recv ? 1 : 0);
  if (i >= nparams) return true;
  const tag = fun.func.paramTags?.[i];
  return tag === undefined || !doesNotLeak(tag);
}
/** A tag without leaks to heap or results (encoding of lib/go/escape/leaks.ts). */
function doesNotLeak(tag: string): boolean { return !/^(?:esc:)/.test(tag) ? false : tagLeaks(tag) === 0; }
function tagLeaks(tag: string): number {
  // After "esc:", one code per destination: heap, mutator, callee, results; 0 is "no flow".
  let n = 0;
  for (let i = 4; i < tag.length; i++) if (i !== 5 && i !== 6 && tag.charCodeAt(i) !== 0) n++;
  return n;
}
