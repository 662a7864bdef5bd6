import { describe, expect, test } from 'vitest';
import { arrange, stretchLimit, stretchSize } from '../../src/frame/doc/stretches.ts';
import type { Stretch } from '../../src/frame/doc/stretches.ts';

interface C { readonly id: number; readonly text?: string }
const cells = (...ids: number[]): C[] => ids.map(id => ({ id }));
const range = (from: number, n: number): C[] => Array.from({ length: n }, (_, i) => ({ id: from + i }));
const flat = (list: readonly Stretch<C>[]): number[] => list.flatMap(s => s.cells.map(c => c.id));
const homes = (list: readonly Stretch<C>[]): Map<number, number> => new Map(list.flatMap(s => s.cells.map(c => [c.id, s.id] as const)));

describe('stretches of cells', () => {
  test('hold all cells in order, in stretches of one size', () => {
    const list = arrange(range(1, 100), []);
    expect(flat(list)).toEqual(range(1, 100).map(c => c.id));
    expect(list.map(s => s.cells.length)).toEqual([...Array<number>(6).fill(stretchSize), 100 - 6 * stretchSize]);
    expect(new Set(list.map(s => s.id)).size).toBe(list.length);
  });
  test('a changed cell changes its stretch and no other', () => {
    const all = range(1, 100), before = arrange(all, []), next = all.slice();
    next[40] = { id: 41, text: 'typed' };
    const after = arrange(next, before);
    expect(after.filter((s, i) => s !== before[i])).toEqual([{ id: before[2].id, cells: next.slice(32, 48) }]);
    expect(arrange(next, after)).toBe(after);
  });
  test('inserted, removed and moved cells leave all others where they are', () => {
    const all = range(1, 64), before = arrange(all, []);
    const put = [...all.slice(0, 20), { id: 900 }, ...all.slice(20)], a = arrange(put, before);
    expect(flat(a)).toEqual(put.map(c => c.id));
    expect(homes(a).get(900)).toBe(before[1].id);
    const gone = put.filter(c => c.id !== 3), b = arrange(gone, a);
    const moved = gone.filter(c => c.id !== 60);
    moved.splice(5, 0, { id: 60 });
    const c = arrange(moved, b);
    expect(flat(c)).toEqual(moved.map(x => x.id));
    for (const [id, h] of homes(c)) if (id !== 900 && id !== 60) expect(h).toBe(homes(before).get(id));
    expect(homes(c).get(60)).toBe(before[0].id);
  });
  test('a cell put before all others joins the first stretch', () => {
    const before = arrange(range(1, 40), []), after = arrange([{ id: 99 }, ...range(1, 40)], before);
    expect(homes(after).get(99)).toBe(before[0].id);
    expect(after.length).toBe(before.length);
  });
  test('a stretch that grows too long is cut; what comes of nothing is one', () => {
    const before = arrange(range(1, 16), []), after = arrange([...range(1, 10), ...range(100, stretchLimit), ...range(11, 6)], before);
    expect(Math.max(...after.map(s => s.cells.length))).toBeLessThanOrEqual(stretchLimit);
    expect(flat(after)).toHaveLength(16 + stretchLimit);
    expect(after[0].id).toBe(before[0].id);
    expect(arrange([], after)).toEqual([]);
    expect(flat(arrange(cells(5, 4), arrange([], after)))).toEqual([5, 4]);
  });
  test('any change at all keeps cells, order and distinct ids', () => {
    let seed = 7;
    const rnd = (n: number): number => { seed = (Math.imul(seed, 1103515245) + 12345) >>> 0; return (seed >>> 8) % n; };
    let all = range(1, 200), list = arrange(all, []), next = 1000;
    for (let k = 0; k < 500; k++) {
      const i = rnd(all.length + 1), n = 1 + rnd(30);
      switch (rnd(4)) {
        case 0: all = [...all.slice(0, i), ...range(next, n), ...all.slice(i)]; next += n; break;
        case 1: all = [...all.slice(0, i), ...all.slice(i + n)]; break;
        case 2: { const part = all.slice(i, i + n), rest = [...all.slice(0, i), ...all.slice(i + n)], to = rnd(rest.length + 1); all = [...rest.slice(0, to), ...part, ...rest.slice(to)]; break; }
        default: if (rnd(8) === 0) all = all.toReversed();
      }
      list = arrange(all, list);
      expect(flat(list)).toEqual(all.map(c => c.id));
      expect(new Set(list.map(s => s.id)).size).toBe(list.length);
      expect(Math.max(0, ...list.map(s => s.cells.length))).toBeLessThanOrEqual(stretchLimit);
    }
  });
});
