/** The session library, rule by rule (src/session/SPEC.md). */
import fc from 'fast-check';
import { openDB } from 'idb';
import { describe, expect, test } from 'vitest';
import { bench, settle, tab, wires } from './help.ts';
import { rescue, rescued, unrescue } from '../../src/session/health.ts';
import { binDays } from '../../src/session/library.ts';
import { join, update } from '../../src/session/join.ts';
import { diffLines, linesOf, merge3 } from '../../src/session/lines.ts';
import { originOf } from '../../src/session/upstream.ts';
import { pack, unpack } from '../../src/session/link.ts';
import { thin } from '../../src/session/thin.ts';
import { exportBundle, importBundle, readBundle } from '../../src/session/transfer.ts';
import { Library } from '../../src/session/library.ts';
import { StorageTrouble } from '../../src/session/types.ts';
import { forest } from '../../src/session/wire.ts';
import type { Branch } from '../../src/session/wire.ts';

const day = 86_400_000;
const run = (session: string, cell: number, source: string, digest = `d${source}`) => ({ session, cell, source, name: `run${cell}`, digest, exit: 0, stdout: 'out', numbers: [{ name: 'allocs', value: 3 }], rows: '{"heap":[]}', time: 1 });

describe('sessions', () => {
  test('S2.1 revision 1 is the text a session started from', async () => {
    const { library } = await bench();
    const s = await library.create({ title: 'Mine', text: 'changed', origin: 'published', chapter: '01', chapterVersion: 'abc' });
    expect((await library.revision(s.id, 1))?.text).toBe('published');
    expect((await library.head(s.id))?.text).toBe('changed');
    expect(await library.get(s.id)).toMatchObject({ chapter: '01', chapterVersion: 'abc', rev: 2, revision: 1 });
  });
  test('S2.2 forks name their session and revision, and form a tree', async () => {
    const { library } = await bench();
    const a = await library.create({ title: 'a', text: 'one' });
    await library.write(a.id, 1, { text: 'two', title: null, place: {} });
    const b = (await library.fork(a.id, null))!, c = (await library.fork(a.id, 1, 'old'))!, d = (await library.fork(b.id, null))!;
    expect(b.parent).toEqual({ session: a.id, revision: 2 });
    expect((await library.head(b.id))?.text).toBe('two');
    expect((await library.head(c.id))?.text).toBe('one');
    const show = (list: readonly Branch[]): unknown => list.map(x => [x.session.id, show(x.forks)]);
    expect(show(forest([a, b, c, d]))).toEqual([[a.id, [[b.id, [[d.id, []]]], [c.id, []]]]]);
    expect(show(forest([d, c]))).toEqual([[d.id, []], [c.id, []]]);
    const x = { ...a, id: 'x', parent: { session: 'y', revision: 1 } }, y = { ...a, id: 'y', parent: { session: 'x', revision: 1 } };
    expect(show(forest([x, y]))).toEqual([['x', [['y', []]]]]);
  });
  test('S2.3 titles and tags', async () => {
    const { library } = await bench();
    const s = await library.create({ title: ' a \n b ', text: '' });
    expect(s.title).toBe('a b');
    expect((await library.patch(s.id, { title: '   ' }))?.title).toBe('a b');
    expect((await library.patch(s.id, { title: 'x'.repeat(300), tags: ['gc', ' gc ', '', 'maps'] }))).toMatchObject({ title: 'x'.repeat(200), tags: ['gc', 'maps'] });
    expect((await library.head(s.id))?.rev).toBe(1);
  });
  test('S2.4 delete with undo, and thirty days in the bin', async () => {
    const { library, clock } = await bench();
    const s = await library.create({ title: 'a', text: 'one' });
    await library.remove(s.id);
    expect(await library.list()).toEqual([]);
    expect((await library.bin()).map(x => x.id)).toEqual([s.id]);
    expect(await library.unremove(s.id)).toMatchObject({ id: s.id, deleted: null });
    await library.remove(s.id);
    clock.now += (binDays - 1) * day;
    expect(await library.purge()).toBe(0);
    await library.write(s.id, 1, { text: 'typed in another tab', title: null, place: {} });
    expect((await library.list()).map(x => x.id)).toEqual([s.id]);
    await library.remove(s.id);
    clock.now += (binDays + 1) * day;
    expect(await library.purge()).toBe(1);
    expect(await library.head(s.id)).toBeNull();
  });
  test('S2.5 removing for good takes its records and leaves its forks', async () => {
    const { library } = await bench();
    const a = await library.create({ title: 'a', text: 'one' });
    await library.putRun(run(a.id, 1, 'x'));
    const b = (await library.fork(a.id, null))!;
    await library.remove(a.id);
    await library.purge(a.id);
    expect([await library.get(a.id), await library.head(a.id), await library.revisions(a.id), await library.runs(a.id)]).toEqual([null, null, [], []]);
    expect((await library.head(b.id))?.text).toBe('one');
    expect((await library.runs(b.id)).length).toBe(1);
  });
});

describe('revisions', () => {
  test('S3.1 a revision at a pause, at a run and on leaving', async () => {
    const b = await bench();
    const s = await b.library.create({ title: 'a', text: 'one\n' });
    let pause: (() => void) | undefined;
    const t = await tab(b, wires()('A'), s.id, { setTimeout: f => { pause = f; return 1; }, clearTimeout: () => { pause = undefined; } });
    t.show('two\n');
    await settle(t);
    expect((await b.library.revisions(s.id)).map(r => r.cause)).toEqual(['start']);
    pause!();
    await settle(t);
    expect((await b.library.revisions(s.id)).map(r => r.cause)).toEqual(['start', 'pause']);
    t.show('three\n');
    t.live.ran([{ cell: 1, source: 'x', digest: 'd', exit: 0 }]);
    await settle(t);
    expect((await b.library.revisions(s.id)).at(-1)).toMatchObject({ cause: 'run', results: [{ cell: 1, digest: 'd' }] });
    t.show('four\n');
    await t.live.close();
    expect((await b.library.revisions(s.id)).at(-1)).toMatchObject({ cause: 'close' });
    expect((await b.library.revision(s.id, 4))?.text).toBe('four\n');
  });
  test('S3.2 no revision without a change, but its results are renewed', async () => {
    const { library } = await bench();
    const s = await library.create({ title: 'a', text: 'one' });
    await library.revise(s.id, 'run', [{ cell: 1, source: 'x', digest: 'd', exit: 0 }]);
    expect(await library.revisions(s.id)).toMatchObject([{ n: 1, cause: 'start', results: [{ digest: 'd' }] }]);
  });
  test('S3.3 restoring rewinds nothing', async () => {
    const { library } = await bench();
    const s = await library.create({ title: 'a', text: 'one' });
    await library.write(s.id, 1, { text: 'two', title: null, place: {} });
    await library.restore(s.id, 1);
    expect((await library.head(s.id))?.text).toBe('one');
    expect(await Promise.all((await library.revisions(s.id)).map(async r => (await library.revision(s.id, r.n))?.text))).toEqual(['one', 'two', 'one']);
  });
  test('S3.4 revisions thin with age, and the ones that matter stay', () => {
    const now = 100 * day;
    const list = Array.from({ length: 3000 }, (_, i) => ({ n: i + 1, time: now - 40 * day + i * (40 * day / 2999), cause: i === 500 ? 'restore' as const : 'pause' as const }));
    const drop = new Set(thin(list, now, new Set([7])));
    const left = list.filter(r => !drop.has(r.n));
    expect(left.length).toBeLessThan(250);
    for (const n of [1, 7, 501, 3000]) expect(drop.has(n)).toBe(false);
    const fresh = Array.from({ length: 50 }, (_, i) => ({ n: i + 1, time: now - 9 * 60_000 + i * 1000, cause: 'pause' as const }));
    expect(thin(fresh, now)).toEqual([]);
    const flood = Array.from({ length: 2000 }, (_, i) => ({ n: i + 1, time: now - i, cause: 'pause' as const }));
    expect(2000 - thin(flood, now).length).toBe(400);
  });
  test('S3.5 results that no revision names are dropped', async () => {
    const { library } = await bench();
    const s = await library.create({ title: 'a', text: 'one' });
    for (const source of ['x', 'y', 'z']) await library.putRun(run(s.id, 1, source));
    await library.revise(s.id, 'run', [{ cell: 1, source: 'y', digest: 'dy', exit: 0 }]);
    expect(await library.tidy(s.id, new Set(['1 z']))).toBe(1);
    expect((await library.runs(s.id)).map(r => r.source)).toEqual(['y', 'z']);
  });
});

describe('writing', () => {
  test('S4.1 a writer that is behind writes nothing and gets the newer text', async () => {
    const { library } = await bench();
    const s = await library.create({ title: 'a', text: 'one' });
    expect(await library.write(s.id, 1, { text: 'two', title: null, place: {} }, 'A')).toMatchObject({ ok: true });
    expect(await library.write(s.id, 1, { text: 'three', title: null, place: {} }, 'B')).toMatchObject({ ok: false, head: { text: 'two', rev: 2, writer: 'A' } });
    expect((await library.head(s.id))?.text).toBe('two');
  });
  test('S4.2, S4.5 changes of different lines in two tabs are joined, and both tabs show both', async () => {
    const b = await bench(), wire = wires();
    const s = await b.library.create({ title: 'a', text: 'a\nb\nc\nd\ne\n' });
    const A = await tab(b, wire('A'), s.id), B = await tab(b, wire('B'), s.id);
    await settle(A, B);
    expect([A.company, B.company]).toEqual([1, 1]);
    A.show('A\nb\nc\nd\ne\n');
    B.show('a\nb\nc\nd\nE\n');
    await settle(A, B);
    expect((await b.library.head(s.id))?.text).toBe('A\nb\nc\nd\nE\n');
    expect([A.text, B.text]).toEqual(['A\nb\nc\nd\nE\n', 'A\nb\nc\nd\nE\n']);
    expect((await b.library.list()).length).toBe(1);
  });
  test('S4.3 changes of the same line make a fork, and both texts are kept', async () => {
    const b = await bench(), wire = wires();
    const s = await b.library.create({ title: 'a', text: 'a\nb\n' });
    const A = await tab(b, wire('A'), s.id), B = await tab(b, wire('B'), s.id);
    A.show('a\nmine\n');
    B.show('a\nyours\n');
    await settle(A, B);
    const list = await b.library.list();
    expect(list.length).toBe(2);
    expect((await Promise.all(list.map(x => b.library.head(x.id)))).map(h => h?.text).sort()).toEqual(['a\nmine\n', 'a\nyours\n']);
    expect([A.text, B.text]).toEqual(['a\nmine\n', 'a\nyours\n']);
    expect([...A.log, ...B.log].filter(l => l.startsWith('forked')).length).toBe(1);
    B.show('a\nyours too\n');
    A.show('a\nmine too\n');
    await settle(A, B);
    expect((await Promise.all((await b.library.list()).map(x => b.library.head(x.id)))).map(h => h?.text).sort()).toEqual(['a\nmine too\n', 'a\nyours too\n']);
  });
  test('S4.4 text typed while a replacement is on its way is merged, not taken for the whole', async () => {
    const b = await bench(), wire = wires();
    const s = await b.library.create({ title: 'a', text: 'a\nb\nc\nd\ne\n' });
    const A = await tab(b, wire('A'), s.id), B = await tab(b, wire('B'), s.id);
    B.held = [];
    A.show('A\nb\nc\nd\ne\n');
    await settle(A, B);
    B.show('a\nb\nC\nd\ne\n');
    const late = B.held;
    B.held = null;
    for (const take of late) take();
    await settle(A, B);
    expect((await b.library.head(s.id))?.text).toBe('A\nb\nC\nd\ne\n');
    expect([A.text, B.text]).toEqual(['A\nb\nC\nd\ne\n', 'A\nb\nC\nd\ne\n']);
  });
  test('S4.2–S4.4 whatever two tabs type and whenever replacements arrive, no typed line is lost', async () => {
    await fc.assert(fc.asyncProperty(fc.array(fc.record({ who: fc.boolean(), at: fc.nat(7), hold: fc.boolean(), wait: fc.boolean() }), { minLength: 1, maxLength: 14 }), async steps => {
      const b = await bench(), wire = wires();
      const s = await b.library.create({ title: 'a', text: Array.from({ length: 8 }, (_, i) => `line ${i}\n`).join('') });
      const tabs = [await tab(b, wire('A'), s.id), await tab(b, wire('B'), s.id)];
      const typed: string[] = [];
      let n = 0;
      for (const { who, at, hold, wait } of steps) {
        const t = tabs[Number(who)], other = tabs[Number(!who)];
        if (hold) other.held ??= []; else { const late = other.held ?? []; other.held = null; for (const f of late) f(); }
        const lines = linesOf(t.text), word = `typed ${n++}\n`;
        lines.splice(Math.min(at, lines.length), 0, word);
        typed.push(word);
        t.show(lines.join(''));
        if (wait) await settle(...tabs);
      }
      for (const t of tabs) { const late = t.held ?? []; t.held = null; for (const f of late) f(); }
      await settle(...tabs);
      const kept = (await Promise.all((await b.library.list()).map(async x => [(await b.library.head(x.id))!.text, ...(await b.library.allRevisions(x.id)).map(r => r.text)].join('')))).join('');
      for (const word of typed) expect(kept).toContain(word);
      for (const t of tabs) expect(t.text).toBe((await b.library.head(t.live.session.id))!.text);
    }), { numRuns: 60 });
  });
  test('S4.4 a page that was ended and opened anew counts from the start, and loses nothing', async () => {
    const b = await bench(), wire = wires();
    const s = await b.library.create({ title: 'a', text: 'a\nb\nc\n' });
    const A = await tab(b, wire('A'), s.id), B = await tab(b, wire('B'), s.id);
    A.show('A\nb\nc\n');
    await settle(A, B);
    B.live.reopened();
    Object.assign(B, { seq: 0, base: 0, text: B.live.text });
    A.show('A\nb\nC\n');
    await settle(A, B);
    expect(B.text).toBe('A\nb\nC\n');
    B.show('A\nb\nC\nd\n');
    await settle(A, B);
    expect([A.text, (await b.library.head(s.id))?.text]).toEqual(['A\nb\nC\nd\n', 'A\nb\nC\nd\n']);
  });
  test('S2.3 a name given to a session stays when its text changes, and follows the document’s title', async () => {
    const b = await bench();
    const s = await b.library.create({ title: 'a', text: 'x' });
    const A = await tab(b, wires()('A'), s.id);
    A.show('y');
    await settle(A);
    await b.library.patch(s.id, { title: 'bigger make' });
    A.show('z');
    await settle(A);
    expect((await b.library.get(s.id))?.title).toBe('bigger make');
    A.live.type('z2', 'New title', {}, ++A.seq, A.base);
    await settle(A);
    expect((await b.library.get(s.id))?.title).toBe('New title');
  });
});

describe('merging lines', () => {
  const text = fc.array(fc.constantFrom('a\n', 'b\n', 'c\n', '\n', 'long line\n'), { maxLength: 12 }).map(l => l.join(''));
  test('a difference rebuilds the other text', () => {
    fc.assert(fc.property(text, text, (x, y) => {
      const a = linesOf(x), b = linesOf(y), out: string[] = [];
      let at = 0;
      for (const h of diffLines(a, b)) { out.push(...a.slice(at, h.a0), ...b.slice(h.b0, h.b1)); at = h.a1; }
      out.push(...a.slice(at));
      expect(out.join('')).toBe(y);
    }));
  });
  test('merging agrees with itself both ways, and with no change on one side takes the other', () => {
    fc.assert(fc.property(text, text, text, (o, a, b) => {
      expect(merge3(o, a, b)).toBe(merge3(o, b, a));
      expect(merge3(o, a, o)).toBe(a);
      expect(merge3(o, a, a)).toBe(a);
    }));
  });
  test('lines that touch are a conflict, lines apart are not', () => {
    expect(merge3('a\nb\nc\n', 'A\nb\nc\n', 'a\nB\nc\n')).toBeNull();
    expect(merge3('a\nb\nc\n', 'A\nb\nc\n', 'a\nb\nC\n')).toBe('A\nb\nC\n');
    expect(merge3('a\n', 'a\nb\n', 'a\nc\n')).toBeNull();
  });
  test('a difference of large texts stays bounded', () => {
    const a = Array.from({ length: 20_000 }, (_, i) => `a${i}\n`), b = Array.from({ length: 20_000 }, (_, i) => `b${i}\n`);
    const from = performance.now();
    expect(diffLines(a, b)).toEqual([{ a0: 0, a1: 20_000, b0: 0, b1: 20_000 }]);
    expect(performance.now() - from).toBeLessThan(2000);
  });
});

describe('trouble', () => {
  test('S5.1 no storage, and a newer library, are named', async () => {
    const { name, library } = await bench();
    library.close();
    (await openDB(name, 99)).close();
    await expect(Library.open({}, {}, name)).rejects.toMatchObject({ trouble: 'newer' });
    const idb = globalThis.indexedDB;
    try {
      Object.defineProperty(globalThis, 'indexedDB', { value: undefined, configurable: true });
      await expect(Library.open()).rejects.toMatchObject({ trouble: 'blocked' });
    } finally { Object.defineProperty(globalThis, 'indexedDB', { value: idb, configurable: true, writable: true }); }
  });
  test('S5.1, S5.2 a full quota is said, and the write is tried again', async () => {
    const b = await bench();
    const s = await b.library.create({ title: 'a', text: 'one' });
    let again: (() => void) | undefined;
    const A = await tab(b, wires()('A'), s.id, { setTimeout: (f, ms) => { if (ms === 5000) again = f; return 1; }, clearTimeout: () => {} });
    const write = b.library.write.bind(b.library);
    b.library.write = () => Promise.reject(new StorageTrouble('full', 'quota'));
    A.show('two');
    await A.live.flush();
    expect(A.log.at(-1)).toBe('failed full');
    expect(A.live.settled).toBe(false);
    b.library.write = write;
    again!();
    await settle(A);
    expect(A.log.at(-1)).toBe('saved');
    expect((await b.library.head(s.id))?.text).toBe('two');
  });
  test('S5.2 a text that could not be stored waits outside the database', () => {
    const kept = new Map<string, string>();
    const shelf = { getItem: (k: string) => kept.get(k) ?? null, setItem: (k: string, v: string) => { kept.set(k, v); }, removeItem: (k: string) => { kept.delete(k); }, key: (i: number) => [...kept.keys()][i] ?? null, get length() { return kept.size; } };
    expect(rescue(shelf, { session: 's', title: 't', text: 'typed', chapter: null, time: 5 })).toBe(true);
    kept.set('other', 'x');
    expect(rescued(shelf)).toEqual([{ session: 's', title: 't', text: 'typed', chapter: null, time: 5 }]);
    unrescue(shelf, 's');
    expect(rescued(shelf)).toEqual([]);
    expect(rescue(null, { session: 's', title: '', text: '', chapter: null, time: 0 })).toBe(false);
  });
  test('S1.4 predictions of a chapter are kept by chapter and question, and make no session', async () => {
    const b = await bench();
    expect(await b.library.predictions('01')).toEqual([]);
    await b.library.predict('01', [{ question: 'a', choice: 1 }, { question: 'b', choice: 0 }]);
    await b.library.predict('02', [{ question: 'a', choice: 3 }]);
    await b.library.predict('01', [{ question: 'b', choice: 2 }]);
    expect(await b.library.predictions('01')).toEqual([{ question: 'a', choice: 1 }, { question: 'b', choice: 2 }]);
    expect(await b.library.predictions('02')).toEqual([{ question: 'a', choice: 3 }]);
    await b.library.predict('01', Array.from({ length: 150 }, (_, i) => ({ question: `q${i}`, choice: 0 })));
    expect(await b.library.predictions('01')).toHaveLength(100);
    expect(await b.library.list()).toEqual([]);
    b.library.close();
    expect(await (await bench(b.name)).library.predictions('02')).toEqual([{ question: 'a', choice: 3 }]);
  });
  test('S5.3 the database of version 1 becomes sessions with a first revision', async () => {
    const name = 'old library';
    const old = await openDB(name, 1, { upgrade: d => { d.createObjectStore('sessions', { keyPath: 'id' }); } });
    await old.put('sessions', { id: 'p', title: 'Parent', chapter: '01', parent: null, text: 'one', place: { cell: 3, scroll: 10 }, created: 1, updated: 2 });
    await old.put('sessions', { id: 'c', title: 'Child', chapter: '01', parent: 'p', text: 'two', place: {}, created: 3, updated: 4 });
    old.close();
    const { library } = await bench(name);
    expect((await library.list()).map(s => [s.id, s.title, s.parent?.session ?? null, s.rev])).toEqual([['c', 'Child', 'p', 1], ['p', 'Parent', null, 1]]);
    expect(await library.head('p')).toMatchObject({ text: 'one', place: { cell: 3, scroll: 10 } });
    expect((await library.revision('c', 1))?.text).toBe('two');
    expect(await library.write('p', 1, { text: 'more', title: null, place: {} })).toMatchObject({ ok: true });
  });
});

describe('files and links', () => {
  test('S6.1 a library goes into a file and comes back, twice without overwriting', async () => {
    const a = await bench();
    const s = await a.library.create({ title: 'a', text: 'one\r\n</script>', tags: ['gc'], place: { cell: 2, offset: 4, mode: 'edit' } });
    await a.library.write(s.id, 1, { text: 'two', title: null, place: {} });
    await a.library.putRun(run(s.id, 1, 'x'));
    await a.library.revise(s.id, 'run', [{ cell: 1, source: 'x', digest: 'dx', exit: 0 }]);
    const f = (await a.library.fork(s.id, 1, 'fork'))!;
    const file = JSON.stringify(await exportBundle(a.library));
    const b = await bench();
    for (let i = 0; i < 2; i++) await importBundle(b.library, readBundle(file));
    const list = await b.library.list();
    expect(list.length).toBe(4);
    const fork = list.find(x => x.title === 'fork')!, parent = list.find(x => x.id === fork.parent!.session)!;
    expect(parent).toMatchObject({ title: 'a', tags: ['gc'] });
    expect((await b.library.allRevisions(parent.id)).map(({ session: _, ...r }) => r)).toEqual((await a.library.allRevisions(s.id)).map(({ session: _, ...r }) => r));
    expect((await b.library.runs(parent.id)).map(r => r.digest)).toEqual(['dx']);
    expect((await b.library.head(fork.id))?.text).toBe((await a.library.head(f.id))?.text);
    expect((await exportBundle(a.library, [f.id])).sessions.length).toBe(1);
    expect(await b.library.write(parent.id, parent.rev, { text: 'goes on', title: null, place: {} })).toMatchObject({ ok: true });
  });
  test('S6.2 files that are not ours are refused', async () => {
    const { library } = await bench();
    await library.create({ title: 'a', text: 'x' });
    const good = JSON.stringify(await exportBundle(library));
    for (const bad of ['', 'null', '[]', '{}', '{"format":"go-memory-lab/sessions"}', good.replace('"version":1', '"version":2'), good.replace('"text":"x"', '"text":5'), good.slice(0, -3)]) expect(() => readBundle(bad)).toThrow();
    fc.assert(fc.property(fc.json(), text => { try { readBundle(text); } catch (e) { expect((e as Error).name).toBe('NotABundle'); } }));
  });
  test('S6.3 a link carries a document and its digests; damaged ones are refused', async () => {
    const shared = { title: '内存', text: '<notebook>\n'.repeat(500), chapter: '01', results: [{ cell: 3, source: 's', digest: 'd', exit: 0 }] };
    const link = await pack(shared);
    expect(link).toMatch(/^[\w-]+$/);
    expect(link.length).toBeLessThan(400);
    expect(await unpack(link)).toEqual(shared);
    for (const bad of ['', 'x', link.slice(0, -8), `${link.slice(0, 10)}A${link.slice(12)}`, '…']) expect(await unpack(bad)).toBeNull();
    expect(await unpack(await pack({ ...shared, text: 'a'.repeat(5 * 1024 * 1024) }))).toBeNull();
  });
  test('search finds every word in titles, tags and texts', async () => {
    const { library } = await bench();
    await library.create({ title: 'Big slices', text: 'make([]int, 16)\nreturn x\n', tags: ['escape'] });
    await library.create({ title: 'Maps', text: 'map[string]int' });
    expect((await library.search('MAKE slices')).map(f => [f.session.title, f.line])).toEqual([['Big slices', 'make([]int, 16)']]);
    expect((await library.search('int')).length).toBe(2);
    expect((await library.search('escape')).length).toBe(1);
    expect(await library.search('nowhere')).toEqual([]);
  });
});

describe('notebooks joined cell by cell', () => {
  const note = (...cells: (readonly [id: number, text: string])[]): string => `<!doctype html>\n<notebook>\n  <title>T</title>\n${cells.map(([id, t]) => `  <script id="${id}" type="text/markdown">\n${t.split('\n').map(l => `    ${l}`).join('\n')}\n  </script>\n`).join('')}</notebook>\n`;
  const base = note([1, 'a\nb\nc'], [2, 'two'], [3, 'three']);

  test('S4.2 two cells added at one place, and a cell moved here and edited there, are joined', () => {
    const added = join(base, note([1, 'a\nb\nc'], [2, 'two'], [3, 'three'], [4, 'mine']), note([1, 'a\nb\nc'], [2, 'two'], [3, 'three'], [4, 'theirs']))!;
    expect(added.match(/mine|theirs/g)?.sort()).toEqual(['mine', 'theirs']);
    expect(new Set(added.match(/id="\d+"/g)).size).toBe(5);
    expect(join(base, note([2, 'two'], [3, 'three'], [1, 'a\nb\nc']), note([1, 'a\nb\nX'], [2, 'two'], [3, 'three']))).toBe(note([2, 'two'], [3, 'three'], [1, 'a\nb\nX']));
    // Cells of one number in two places would be one too many.
    const apart = join(base, note([4, 'mine'], [1, 'a\nb\nc'], [2, 'two'], [3, 'three']), note([1, 'a\nb\nc'], [2, 'two'], [3, 'three'], [4, 'theirs']))!;
    expect(new Set(apart.match(/id="\d+"/g)).size).toBe(5);
  });
  test('S4.3 the same line, and a removed cell that the other changed, are not', () => {
    expect(join(base, base.replace('two', '2'), base.replace('two', 'II'))).toBe(null);
    expect(join(base, note([1, 'a\nb\nc'], [3, 'three']), base.replace('two', 'II'))).toBe(null);
    expect(join('a\n', 'b\n', 'c\n')).toBe(null);
  });
  test('S7.2 a chapter’s changes come in, what the reader wrote stays', () => {
    const mine = note([1, 'a\nb\nmine'], [2, 'my two'], [3, 'three'], [4, 'my own']);
    const published = note([1, 'new\nb\nc'], [2, 'their two'], [5, 'a new section']);
    const u = update(base, mine, published)!;
    for (const part of ['new\n    b\n    mine', 'my two', 'my own', 'a new section']) expect(u.text).toContain(part);
    expect(u.text).not.toContain('their two');
    expect(u.text).not.toContain('three');
    expect(u.conflicts.map(c => [c.id, c.what])).toEqual([[2, 'text']]);
    expect(u.changes.map(c => [c.kind, c.id])).toEqual([['changed', 1], ['changed', 2], ['added', 5], ['removed', 3]]);
    expect(update(base, mine, base)).toBe(null);
    expect(update(base, published, published)).toBe(null);
    // What the chapter removed and the reader changed stays.
    expect(update(base, base.replace('three', 'drei'), note([1, 'a\nb\nc'], [2, 'two']))).toBe(null);
  });
  test('S7.2 no line that a reader wrote into cells of the chapter or cells of their own is ever lost', () => {
    const cells = fc.uniqueArray(fc.tuple(fc.integer({ min: 1, max: 6 }), fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 1, maxLength: 4 })), { selector: c => c[0], maxLength: 5, minLength: 1 });
    let n = 0;
    fc.assert(fc.property(cells, cells, fc.array(fc.nat(20), { maxLength: 3 }), (b, p, edits) => {
      const text = (list: readonly (readonly [number, readonly string[]])[]): string => note(...list.map(([id, lines]) => [id, lines.join('\n')] as const));
      const wrote: string[] = [], mine = b.map(([id, lines]) => [id, [...lines]] as [number, string[]]);
      for (const e of edits) { const line = `mine${n++}`; wrote.push(line); if (e % 4 === 0) mine.push([10 + wrote.length, [line]]); else { const [, lines] = mine[e % mine.length]; lines.splice(e % (lines.length + 1), 0, line); } }
      const u = update(text(b), text(mine), text(p)), now = u?.text ?? text(mine);
      for (const line of wrote) expect(now).toContain(line);
      expect(new Set(now.match(/id="\d+"/g)).size).toBe(now.match(/id="\d+"/g)!.length);
    }), { numRuns: 300 });
  });
  test('S7.1, S7.2 what a session and its forks began from; taking in leaves both texts as revisions, undo restores', async () => {
    const b = await bench(), { library } = b;
    const s = await library.create({ title: 'mine', text: base.replace('two', 'my two'), origin: base, chapter: '01', chapterVersion: 'v1' });
    expect(await originOf(library, s)).toEqual({ session: s.id, n: 1, text: base });
    const f = (await library.fork(s.id, null))!;
    expect(await originOf(library, f)).toEqual({ session: s.id, n: 1, text: base });
    const direct = await library.create({ title: 'fork', text: base, chapter: '01', chapterVersion: 'v1', cause: 'fork' });
    expect((await originOf(library, direct))?.text).toBe(base);
    const published = base.replace('three', 'THREE'), mine = (await library.head(s.id))!.text;
    expect(await library.takeIn(s.id, { mine: 'something else', published, merged: 'x', version: 'v2' })).toBe(null);
    const t = (await library.takeIn(s.id, { mine, published, merged: update(base, mine, published)!.text, version: 'v2' }))!;
    expect(t.session.chapterVersion).toBe('v2');
    expect((await library.head(s.id))?.text).toBe(base.replace('two', 'my two').replace('three', 'THREE'));
    expect((await library.revision(s.id, t.before))?.text).toBe(mine);
    expect((await originOf(library, t.session))?.text).toBe(published);
    // The fork began before.
    expect((await originOf(library, f))?.text).toBe(base);
    await library.restore(s.id, t.before);
    expect((await library.head(s.id))?.text).toBe(mine);
    await library.remove(s.id);
    await library.purge(s.id);
    expect(await originOf(library, f)).toBe(null);
  });
});
