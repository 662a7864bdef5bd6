/**
 * The data-flow graph of escape analysis.
 *
 * Every variable, and every expression that allocates, is a location. An edge
 * dst ← src with derefs n says that values flow from src to dst through n
 * dereferences; −1 is the address of src:
 *
 *   p = &q   −1        p = q   0        p = *q   1        p = **q   2
 *
 * The graph does not know order, paths or fields: x.f = u[0] is x = *u. Four
 * locations stand for things outside: the heap, the mutator (its sources may be
 * written through), the callee (its sources may be called with results unseen) and
 * blank (nothing).
 *
 * While walking an expression a Hole says where its value goes: into dst, after so
 * many dereferences. Each step of the way leaves a note (which node, why), so that
 * an edge can tell later how a value got there: explanation is data.
 */
import type { ClosureExpr, Func, Node } from '../ir/nodes.ts';

import { Leaks } from './leaks.ts';
import type { Pos } from '../../base/pos.ts';

/** The storage must be on the heap. */
export const attrEscapes = 1;
/** The storage must outlive the statement. */
export const attrPersists = 2;
/** Memory reachable from here may be written. */
export const attrMutates = 4;
/** Closures reachable from here may be called without anyone following their results. */
export const attrCalls = 8;
export const attrAll = attrEscapes | attrPersists | attrMutates | attrCalls;

/** said: for reasons known from summaries, the text and place to print instead of where's. */
export interface Note { readonly next: Note | undefined; readonly where: Node; readonly why: string; readonly said?: { readonly text: string; readonly at: string | undefined } }

export interface Edge { readonly src: Location; readonly derefs: number; readonly notes: Note | undefined }

/** Why a location's storage escapes, or a parameter leaks: the edges on the way from it to root. */
export interface Path {
  /** 'escapes': the storage does; 'leaks': the parameter's value flows. */
  readonly kind: 'escapes' | 'leaks';
  readonly root: Location;
  readonly derefs: number;
  readonly steps: readonly { readonly dst: Location; readonly src: Location; readonly derefs: number; readonly notes: Note | undefined }[];
  /** The way runs in a circle and was cut. */
  readonly truncated: boolean;
}

export class Location {
  edges: Edge[] = [];
  /** Tuple position of a result from 1; 0 for others. */
  resultIndex = 0;
  /** State of the walk: least dereferences from the root, where it flows next, by which edge. */
  derefs = 0;
  walkgen = 0;
  dst: Location | undefined = undefined;
  dstEdge = 0;
  queuedAll = false;
  queuedOne = 0;
  captured = false;
  reassigned = false;
  addrtaken = false;
  readonly param: boolean;
  readonly paramOut: boolean;
  paramEsc: Leaks | undefined = undefined;
  readonly paths: Path[] = [];
  /** For sites known from summaries: text and position instead of a node; after: the caller's variables before it. */
  summary: { readonly text: string; readonly pos: Pos; readonly op: string; readonly zeroCopy: boolean; readonly hidden: boolean; readonly after: number } | undefined = undefined;
  /** For closures known from summaries: the function it is declared in (as ContainsClosure asks). */
  constructor(readonly n: Node | undefined, readonly curfn: Func | SummaryFunc | undefined, public loopDepth: number, public attrs: number) {
    this.param = n?.op === 'ONAME' && n.class_ === 'PPARAM';
    this.paramOut = n?.op === 'ONAME' && n.class_ === 'PPARAMOUT';
  }
  has(attr: number): boolean { return (this.attrs & attr) !== 0; }
  hole(): Hole { return new Hole(this, 0, undefined, false); }
}

/** A closure inside a body that only a summary describes. */
export interface SummaryFunc { readonly outer: Func | SummaryFunc; readonly oclosure: true }

/** A context that an expression is evaluated in: its value goes to dst after derefs dereferences. */
export class Hole {
  constructor(readonly dst: Location, readonly derefs: number, readonly notes: Note | undefined, readonly addrtaken: boolean) {}
  /** A reason told in words. */
  noteSaid(where: Node, why: string, text: string, at?: string): Hole { return new Hole(this.dst, this.derefs, { next: this.notes, where, why, said: { text, at } }, this.addrtaken); }
  note(where: Node, why: string): Hole { return new Hole(this.dst, this.derefs, { next: this.notes, where, why }, this.addrtaken); }
  shift(delta: number): Hole { return new Hole(this.dst, this.derefs + delta, this.notes, delta < 0); }
  deref(where: Node, why: string): Hole { return this.shift(1).note(where, why); }
  addr(where: Node, why: string): Hole { return this.shift(-1).note(where, why); }
  /** The value goes nowhere, but its expression is still walked. */
  into(dst: Location): Hole { return new Hole(dst, this.derefs, this.notes, this.addrtaken); }
}

/** A closure expression met, and the hole of its record. */
export interface ClosureFlow { readonly k: Hole; readonly clo: ClosureExpr }

/** Is c a closure written (at any depth) inside f? */
export function containsClosure(f: Func | SummaryFunc | undefined, c: Func | SummaryFunc | undefined): boolean {
  if (!f || !c || f === c || !c.oclosure) return false;
  for (let p = c.outer; p; p = (p as Func).outer) if (p === f) return true;
  return false;
}

