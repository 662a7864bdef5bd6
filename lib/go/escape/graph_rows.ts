/** The escape graph as rows: what a picture of it needs. */
import type { FileSet } from '../../base/pos.ts';
import { nodeText } from '../ir/print.ts';
import type { Context } from '../inline/context.ts';
import type { Batch } from './batch.ts';
import { attrCalls, attrEscapes, attrMutates, attrPersists, type Location, type Note } from './graph.ts';
import { placeOf, type Place } from './story.ts';

/** A location: a variable, a value that allocates, a temporary, or one of the three outside ones (heap, mutator, callee: ids 0, 1, 2). */
export interface GraphNode {
  readonly id: number;
  readonly kind: 'heap' | 'mutator' | 'callee' | 'variable' | 'param' | 'result' | 'site' | 'temp';
  readonly text: string;
  readonly func: string;
  readonly at: Place | null;
  readonly loopDepth: number;
  readonly escapes: boolean;
  readonly persists: boolean;
  readonly mutates: boolean;
  readonly calls: boolean;
}
/** dst ← src through derefs dereferences (−1: the address), with gc's reasons from the source outwards. */
export interface GraphEdge { readonly dst: number; readonly src: number; readonly derefs: number; readonly why: readonly string[] }
export interface EscapeGraph { readonly nodes: readonly GraphNode[]; readonly edges: readonly GraphEdge[]; /** Rows left out. */ readonly dropped: number }

/** The graph of the batches of a package; locations that no edge touches are left out. */
export function graphRows(fset: FileSet, c: Context, batches: readonly Batch[], max: number): EscapeGraph {
  const nodes: GraphNode[] = [];
  const edges: GraphEdge[] = [];
  const ids = new Map<Location, number>();
  let dropped = 0;
  const outside = (['heap', 'mutator', 'callee'] as const);
  outside.forEach((kind, id) => nodes.push({
    id, kind, text: `{${kind}}`, func: '', at: null, loopDepth: 0, escapes: id === 0, persists: true, mutates: id < 2, calls: id !== 1,
  }));
  const idOf = (b: Batch, l: Location): number | undefined => {
    if (l === b.heapLoc) return 0;
    if (l === b.mutatorLoc) return 1;
    if (l === b.calleeLoc) return 2;
    const have = ids.get(l);
    if (have !== undefined) return have;
    if (nodes.length >= max) { dropped++; return undefined; }
    const n = l.n;
    const kind = n === undefined ? (l.summary ? (l.summary.op === 'ONAME' ? 'variable' : 'site') : 'temp') : n.op !== 'ONAME' ? 'site' : l.param ? 'param' : l.paramOut ? 'result' : 'variable';
    let f = l.curfn;
    while (f && !('nname' in f)) f = f.outer;
    const id = nodes.length;
    ids.set(l, id);
    nodes.push({
      id, kind, text: n ? nodeText(n, c.print) : l.summary?.text ?? '', func: f?.sym ?? '', at: placeOf(fset, n?.pos ?? l.summary?.pos ?? 0), loopDepth: l.loopDepth,
      escapes: l.has(attrEscapes), persists: l.has(attrPersists), mutates: l.has(attrMutates), calls: l.has(attrCalls),
    });
    return id;
  };
  for (const b of batches) {
    for (const l of [...b.allLocs, b.heapLoc, b.mutatorLoc, b.calleeLoc]) {
      for (const e of l.edges) {
        const dst = idOf(b, l), src = idOf(b, e.src);
        if (dst === undefined || src === undefined || edges.length >= 4 * max) { dropped++; continue; }
        const why: string[] = [];
        for (let n: Note | undefined = e.notes; n; n = n.next) why.push(n.why);
        edges.push({ dst, src, derefs: e.derefs, why });
      }
      // What flowed straight to the heap by address keeps no edge: it escaped on the spot.
      for (const p of l.paths) {
        if (p.kind !== 'escapes' || p.root !== b.heapLoc || p.steps.length !== 1 || p.steps[0].derefs >= 0) continue;
        const src = idOf(b, l);
        const why: string[] = [];
        for (let n = p.steps[0].notes; n; n = n.next) why.push(n.why);
        if (src !== undefined && !b.heapLoc.edges.some((e) => e.src === l && e.derefs === -1)) edges.push({ dst: 0, src, derefs: -1, why });
      }
    }
  }
  return { nodes, edges, dropped };
}
