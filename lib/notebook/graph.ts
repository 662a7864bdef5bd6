/**
 * The static graph of a notebook: who defines a name, who reads it. The runtime
 * keeps silent about duplicate definitions and knows nothing before it runs, so
 * mistakes are found here, from text alone, and reported in every cell concerned.
 */
export interface GraphCell {
  readonly id: number;
  readonly inputs: readonly string[];
  /** Inputs that count only when another cell defines them. */
  readonly optional: readonly string[];
  readonly outputs: readonly string[];
}
export type GraphError =
  | { readonly code: 'duplicate'; readonly name: string; readonly cells: readonly number[] }
  | { readonly code: 'cycle'; readonly names: readonly string[]; readonly cells: readonly number[] }
  | { readonly code: 'undefined'; readonly name: string };

export interface Graph {
  /** Mistakes by cell. */
  readonly errors: ReadonlyMap<number, readonly GraphError[]>;
  /** Cells read by a cell, and cells that read it. */
  readonly reads: ReadonlyMap<number, ReadonlySet<number>>;
  readonly readers: ReadonlyMap<number, ReadonlySet<number>>;
  /** The cell that defines a name (the first one). */
  readonly definer: ReadonlyMap<string, number>;
}

/** Builds the graph; known tells names that need no definition (builtins, globals). */
export function buildGraph(cells: readonly GraphCell[], known: (name: string) => boolean): Graph {
  const errors = new Map<number, GraphError[]>();
  const say = (id: number, e: GraphError): void => { const l = errors.get(id); if (l) l.push(e); else errors.set(id, [e]); };
  const definers = new Map<string, number[]>();
  for (const c of cells) for (const o of c.outputs) { const l = definers.get(o); if (l) l.push(c.id); else definers.set(o, [c.id]); }
  const definer = new Map<string, number>();
  for (const [name, ids] of definers) {
    definer.set(name, ids[0]);
    if (ids.length > 1) for (const id of new Set(ids)) say(id, { code: 'duplicate', name, cells: ids });
  }
  const reads = new Map<number, Set<number>>(), readers = new Map<number, Set<number>>();
  for (const c of cells) { reads.set(c.id, new Set()); readers.set(c.id, new Set()); }
  const link = (c: GraphCell, d: number): void => { reads.get(c.id)!.add(d); readers.get(d)!.add(c.id); };
  for (const c of cells) {
    for (const name of c.inputs) {
      const d = definer.get(name);
      if (d !== undefined) link(c, d); else if (!known(name)) say(c.id, { code: 'undefined', name });
    }
    for (const name of c.optional) { const d = definer.get(name); if (d !== undefined && d !== c.id) link(c, d); }
  }
  for (const group of cycles(cells.map(c => c.id), reads)) {
    const inGroup = new Set(group);
    const names = cells.filter(c => inGroup.has(c.id)).flatMap(c => c.outputs.filter(o => cells.some(r => inGroup.has(r.id) && (r.inputs.includes(o) || r.optional.includes(o)))));
    for (const id of group) say(id, { code: 'cycle', names, cells: group });
  }
  return { errors, reads, readers, definer };
}

/** Strongly connected groups of more than one cell, or of one that reads itself (Tarjan, without recursion). */
function cycles(ids: readonly number[], reads: ReadonlyMap<number, ReadonlySet<number>>): number[][] {
  const index = new Map<number, number>(), low = new Map<number, number>(), onStack = new Set<number>(), stack: number[] = [], out: number[][] = [];
  let n = 0;
  for (const root of ids) {
    if (index.has(root)) continue;
    const work: { id: number; next: Iterator<number> }[] = [];
    const enter = (id: number): void => { index.set(id, n); low.set(id, n++); stack.push(id); onStack.add(id); work.push({ id, next: reads.get(id)!.values() }); };
    enter(root);
    while (work.length > 0) {
      const top = work[work.length - 1];
      const step = top.next.next();
      if (!step.done) {
        if (!index.has(step.value)) enter(step.value);
        else if (onStack.has(step.value)) low.set(top.id, Math.min(low.get(top.id)!, index.get(step.value)!));
        continue;
      }
      work.pop();
      if (work.length > 0) { const up = work[work.length - 1].id; low.set(up, Math.min(low.get(up)!, low.get(top.id)!)); }
      if (low.get(top.id) !== index.get(top.id)) continue;
      const group: number[] = [];
      for (;;) { const id = stack.pop()!; onStack.delete(id); group.push(id); if (id === top.id) break; }
      if (group.length > 1 || reads.get(top.id)!.has(top.id)) out.push(group.sort((a, b) => a - b));
    }
  }
  return out;
}

/** Cells that depend on any of ids, directly or not, without ids themselves. */
export function dependents(graph: Graph, ids: Iterable<number>): Set<number> {
  const from = new Set(ids), out = new Set(from);
  for (const id of out) for (const r of graph.readers.get(id) ?? []) out.add(r);
  for (const id of from) out.delete(id);
  return out;
}
