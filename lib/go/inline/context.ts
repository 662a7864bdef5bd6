/** What inlining and escape analysis of one package share: options, positions, and the lines they say. */
import type { FileSet, Pos } from '../../base/pos.ts';
import type { FactsProvider, FuncFact } from '../facts/facts.ts';
import type { Func, Node } from '../ir/nodes.ts';
import type { PrintContext } from '../ir/print.ts';
import { nameText } from '../ir/print.ts';
import type { Lowerer } from '../ir/ctx.ts';
import { modelledFunc } from '../facts/models.ts';
import { factFor } from '../facts/versions.ts';

/** Sorts of lines. 'flow' and 'from' are the explanations of -m=2; 'cannot inline', 'capture' and 'big' exist only there. */
export type LineKind = 'can inline' | 'cannot inline' | 'inlining call' | 'devirtualizing' | 'moved' | 'escapes' | 'does not escape' | 'leaking param' | 'self-assignment'
  | 'zero-copy' | 'uintptr' | 'mutates' | 'calls' | 'big' | 'capture' | 'escape head' | 'param head' | 'flow' | 'from' | 'warning' | 'bounds';

/** One line of -m, in emission order. text is what is printed after the position. */
export interface EscapeLine {
  readonly pos: Pos;
  readonly text: string;
  readonly kind: LineKind;
  /** Function the line speaks of, as gc names it. */
  readonly func: string;
  /** The node a verdict belongs to. */
  readonly node: Node | undefined;
}

export interface Context {
  readonly fset: FileSet;
  readonly print: PrintContext;
  /** Minor Go version. */
  readonly minor: number;
  readonly level: number;
  readonly noInline: boolean;
  /** What a call that is not inlined costs beyond its nodes: 57, or 1 with -l=4. */
  readonly callCost: number;
  readonly smallFrames: boolean;
  /** Also report mutated and called parameters (-d=escapemutationscalls). */
  readonly mutationsCalls: boolean;
  /** Pointer checks are compiled in (-d=checkptr): some functions of reflect and runtime are not inlined. */
  readonly checkptr: boolean;
  readonly facts: FactsProvider | undefined;
  readonly lowerer: Lowerer | undefined;
  readonly lines: EscapeLine[];
  /** Lines are not wanted now: a function whose verdicts another one of its shape has printed. */
  muted: boolean;
}

/** Says a line; undefined: lines are not wanted. */
export function say(c: Context, kind: LineKind, pos: Pos, text: string, fn: Func | undefined, node?: Node): EscapeLine | undefined {
  if (c.muted) return undefined;
  const line: EscapeLine = { pos, text, kind, func: fn ? fn.sym : '', node };
  c.lines.push(line);
  return line;
}
const older = new WeakMap<FuncFact, Map<number, FuncFact>>();
/** What is recorded of a function of another package; it wins over a body at hand, which may be another implementation. */
export function factOf(c: Context, fn: Func): FuncFact | undefined {
  if (!c.facts || fn.nname.pkgPath === c.print.pkgPath || fn.shape !== undefined) return undefined;
  if (fn.body.length > 0 && modelledFunc(fn.nname.pkgPath, fn.sym)) return undefined;
  const f = c.facts.lookup(fn.nname.pkgPath, fn.sym);
  if (c.minor >= 26 || !f) return f;
  // One fact for one function: analysis asks often, and lines under it are told apart by it.
  let old = older.get(f);
  if (!old) older.set(f, (old = new Map()));
  let g = old.get(c.minor);
  if (!g) old.set(c.minor, (g = factFor(c.minor, fn.nname.pkgPath, fn.sym, f)!));
  return g;
}
/** gc's %v of a function. */
export function funcText(c: Context, fn: Func): string { return nameText(fn.nname, c.print); }
