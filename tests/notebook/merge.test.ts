/** Differences and merges of documents, told by cell. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { NotebookDoc } from '../../lib/notebook/document.ts';
import { diffNotebooks, mergeNotebooks } from '../../lib/notebook/merge.ts';

/** `1a 2b` is a document of cells 1 and 2 with texts a and b. */
const doc = (s: string): NotebookDoc => ({ title: 't', attrs: {}, cells: s.split(' ').filter(Boolean).map(w => { const [, id, value] = /^(\d+)(.*)$/.exec(w)!; return { id: Number(id), mode: 'js' as const, value, pinned: true, hidden: false, attrs: {} }; }) });
const show = (d: NotebookDoc): string => d.cells.map(c => `${c.id}${c.value}`).join(' ');
const diff = (a: string, b: string): string => diffNotebooks(doc(a), doc(b)).map(c => `${c.kind} ${c.id}`).join(', ');
const merge = (base: string, mine: string, theirs: string): string => {
  const m = mergeNotebooks(doc(base), doc(mine), doc(theirs));
  return `${show(m.doc)}${m.conflicts.map(c => ` !${c.what} ${c.id}`).join('')}`;
};

describe('documents', () => {
  test('differences', () => {
    expect(diff('1a 2b 3c', '1a 2b 3c')).toBe('');
    expect(diff('1a 2b 3c', '1a 3x 4d')).toBe('changed 3, added 4, removed 2');
    expect(diff('1a 2b 3c 4d', '4d 1a 2b 3c')).toBe('moved 4');
  });
  test('changes of different cells are joined', () => {
    expect(merge('1a 2b 3c', '1x 2b 3c', '1a 2b 3y 4n')).toBe('1x 2b 3y 4n');
    expect(merge('1a 2b 3c', '2b 3c', '1a 2b 3z')).toBe('2b 3z');
    expect(merge('1a 2b 3c', '3c 1a 2b', '1a 2q 3c')).toBe('3c 1a 2q');
    expect(merge('1a 2b', '1a 5m 2b', '1a 2b 6n')).toBe('1a 5m 2b 6n');
  });
  test('what cannot be joined stays mine and is told', () => {
    expect(merge('1a', '1x', '1y')).toBe('1x !text 1');
    expect(merge('1a 2b', '1a', '1a 2y')).toBe('1a 2y !removed 2');
    expect(merge('1a', '1a 2m', '1a 2n')).toBe('1a 2m 3n');
  });
  test('a merge with an unchanged side is the other side', () => {
    const some = fc.uniqueArray(fc.tuple(fc.integer({ min: 1, max: 9 }), fc.constantFrom('a', 'b', 'c')), { selector: t => t[0], maxLength: 8 }).map(l => l.map(([i, v]) => `${i}${v}`).join(' '));
    fc.assert(fc.property(some, some, (a, b) => {
      expect(show(mergeNotebooks(doc(a), doc(a), doc(b)).doc)).toBe(show(doc(b)));
      expect(new Set(mergeNotebooks(doc(a), doc(b), doc(a)).doc.cells.map(c => `${c.id}${c.value}`))).toEqual(new Set(b.split(' ').filter(Boolean)));
    }));
  });
  test('whatever two sides did: ids stay apart, nothing that a side wrote is lost, and a conflict names a cell of it', () => {
    const some = fc.uniqueArray(fc.tuple(fc.integer({ min: 1, max: 9 }), fc.constantFrom('a', 'b', 'c')), { selector: t => t[0], maxLength: 8 }).map(l => l.map(([i, v]) => `${i}${v}`).join(' '));
    fc.assert(fc.property(some, some, some, (base, mine, theirs) => {
      const [b, m, t] = [doc(base), doc(mine), doc(theirs)], r = mergeNotebooks(b, m, t);
      const ids = r.doc.cells.map(c => c.id);
      expect(new Set(ids).size).toBe(ids.length);
      const old = new Map(b.cells.map(c => [c.id, c.value]));
      const kept = new Set([...r.doc.cells.map(c => c.value + c.id), ...r.conflicts.flatMap(c => [c.mine, c.theirs]).flatMap(c => (c ? [c.value + c.id] : []))]);
      const values = new Set([...r.doc.cells.map(c => c.value), ...r.conflicts.flatMap(c => (c.theirs ? [c.theirs.value] : []))]);
      // What mine changed or added stands; what theirs changed or added stands, perhaps with another number, or is in a conflict.
      for (const c of m.cells) if (old.get(c.id) !== c.value) expect(kept.has(c.value + c.id), `mine ${c.id}${c.value}`).toBe(true);
      for (const c of t.cells) if (old.get(c.id) !== c.value) expect(values.has(c.value), `theirs ${c.id}${c.value}`).toBe(true);
      // Cells that both left alone stay, and stay as they were.
      for (const c of b.cells) if (m.cells.some(x => x.id === c.id && x.value === c.value) && t.cells.some(x => x.id === c.id && x.value === c.value)) expect(r.doc.cells.find(x => x.id === c.id)?.value).toBe(c.value);
      for (const c of r.conflicts) expect([...m.cells, ...t.cells, ...b.cells].some(x => x.id === c.id)).toBe(true);
      // Merged again, nothing more happens.
      expect(show(mergeNotebooks(r.doc, r.doc, r.doc).doc)).toBe(show(r.doc));
    }), { numRuns: 300 });
  });
});
