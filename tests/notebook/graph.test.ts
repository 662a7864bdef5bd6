/** Who defines, who reads: mistakes are found from text alone. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { buildGraph, dependents } from '../../lib/notebook/graph.ts';
import type { GraphCell } from '../../lib/notebook/graph.ts';

/** `1: a b <- c ?d` is cell 1, which defines a and b, reads c, and reads d where it exists. */
const cells = (...lines: string[]): GraphCell[] => lines.map(l => {
  const [, id, out, inn = ''] = /^(\d+): *([^<]*)(?:<- *(.*))?$/.exec(l)!;
  const words = (s: string): string[] => s.trim() === '' ? [] : s.trim().split(/\s+/);
  return { id: Number(id), outputs: words(out), inputs: words(inn).filter(w => !w.startsWith('?')), optional: words(inn).filter(w => w.startsWith('?')).map(w => w.slice(1)) };
});
const known = (n: string): boolean => n === 'Plot';
const errors = (...lines: string[]): Record<number, string[]> => Object.fromEntries([...buildGraph(cells(...lines), known).errors].map(([id, l]) => [id, l.map(e => e.code === 'cycle' ? `cycle ${e.names.join(',')} in ${e.cells.join(',')}` : e.code === 'duplicate' ? `duplicate ${e.name} in ${e.cells.join(',')}` : `undefined ${e.name}`)]));

describe('cell graph', () => {
  test('a chain has no mistakes, and knows its dependents', () => {
    const g = buildGraph(cells('1: a', '2: b <- a', '3: <- b Plot', '4: c'), known);
    expect(g.errors.size).toBe(0);
    expect([...dependents(g, [1])]).toEqual([2, 3]);
    expect([...dependents(g, [4])]).toEqual([]);
    expect([...g.readers.get(1)!]).toEqual([2]);
  });
  test('a name defined twice is a mistake of both cells', () => {
    expect(errors('1: a', '2: a', '3: <- a')).toEqual({ 1: ['duplicate a in 1,2'], 2: ['duplicate a in 1,2'] });
  });
  test('a cycle is a mistake of every cell in it, and of no other', () => {
    expect(errors('1: a <- c', '2: b <- a', '3: c <- b', '4: d <- c')).toEqual({ 1: ['cycle a,b,c in 1,2,3'], 2: ['cycle a,b,c in 1,2,3'], 3: ['cycle a,b,c in 1,2,3'] });
    expect(errors('1: a <- a')).toEqual({ 1: ['cycle a in 1'] });
  });
  test('a name nobody defines is a mistake; an optional one is not', () => {
    expect(errors('1: <- nowhere', '2: <- ?n')).toEqual({ 1: ['undefined nowhere'] });
    expect([...buildGraph(cells('1: n', '2: r <- ?n'), known).reads.get(2)!]).toEqual([1]);
  });
  test('cycles are exactly the cells that reach themselves', () => {
    fc.assert(fc.property(fc.array(fc.array(fc.nat(9), { maxLength: 3 }), { minLength: 1, maxLength: 10 }), reads => {
      const list = reads.map((r, i) => ({ id: i + 1, outputs: [`v${i}`], inputs: [...new Set(r.filter(x => x < reads.length).map(x => `v${x}`))], optional: [] }));
      const g = buildGraph(list, () => false);
      for (const c of list) {
        const reached = new Set<number>(g.readers.get(c.id));
        for (const id of reached) for (const r of g.readers.get(id)!) reached.add(r);
        expect(g.errors.get(c.id)?.some(e => e.code === 'cycle') ?? false).toBe(reached.has(c.id));
      }
    }), { numRuns: 500 });
  });
  test('ten thousand cells in a chain take no stack and little time', () => {
    const list = Array.from({ length: 10_000 }, (_, i) => ({ id: i + 1, outputs: [`v${i}`], inputs: i === 0 ? [] : [`v${i - 1}`], optional: [] }));
    const t = performance.now();
    expect(dependents(buildGraph(list, () => false), [1]).size).toBe(9_999);
    expect(performance.now() - t).toBeLessThan(1000);
  });
});
