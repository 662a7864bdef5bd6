/** The door believes nothing: every message of both directions passes its schema, and nothing else does. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openDoor } from '../../src/bridge/port.ts';
import { isToFrame, isToShell } from '../../src/bridge/schema.ts';
import type { ToFrame, ToShell } from '../../src/bridge/schema.ts';

const settings = { theme: 'dark', lang: 'zh', autorun: true, goVersion: '1.26' } as const, place = { cell: 3, offset: 12, scroll: 40.5, mode: 'edit' } as const;
/** One of each kind, every field filled; a kind that is added without a line here fails the first test. */
const toFrame: { readonly [K in ToFrame['kind']]: Extract<ToFrame, { kind: K }> } = {
  open: { kind: 'open', text: 'x', settings, safe: false, place, mac: false, recorded: [{ cell: 1, source: 's', rows: '{}' }] },
  settings: { kind: 'settings', settings }, replace: { kind: 'replace', text: 'x', seq: 1, n: 2 }, command: { kind: 'command', name: 'runAll' },
  reply: { kind: 'reply', id: 1, value: 'x' }, ping: { kind: 'ping', n: 1 },
};
const toShell: { readonly [K in ToShell['kind']]: Extract<ToShell, { kind: K }> } = {
  ready: { kind: 'ready' }, doc: { kind: 'doc', text: 'x', title: 't', seq: 1, why: 'typing', place, base: 0 }, patch: { kind: 'patch', at: 1, drop: 0, size: 3, put: 'x', title: 't', seq: 2, why: 'edit', place, base: 0 }, place: { kind: 'place', place },
  status: { kind: 'status', cells: 1, ran: 1, running: 0, stale: 0, errors: 0 },
  summary: { kind: 'summary', summary: { cell: 1, name: 'run1', source: 's', digest: 'd', exit: 0, stdout: '', numbers: [{ name: 'n', value: 1, unit: 'B' }], rows: '{}' } },
  need: { kind: 'need', id: 1, asset: 'plot' }, download: { kind: 'download', name: 'a.csv', mime: 'text/csv', content: 'a' }, copy: { kind: 'copy', text: 'x' },
  link: { kind: 'link', href: 'https://go.dev' }, pong: { kind: 'pong', n: 1 }, fault: { kind: 'fault', text: 'x' },
};
const sides = [['to the frame', isToFrame, Object.values(toFrame)], ['to the shell', isToShell, Object.values(toShell)]] as const;
type Path = readonly (string | number)[];
/** Every place in a message: the paths of its records, lists and values. */
function* paths(v: unknown, at: Path = []): Generator<Path> {
  yield at;
  if (typeof v === 'object' && v !== null) for (const k of Object.keys(v)) yield* paths((v as Record<string, unknown>)[k], [...at, Array.isArray(v) ? Number(k) : k]);
}
/** A copy with what stands at a path replaced. */
function put(v: unknown, at: Path, by: (old: unknown) => unknown): unknown {
  if (at.length === 0) return by(v);
  const copy = (Array.isArray(v) ? v.slice() : { ...(v as object) }) as Record<string | number, unknown>;
  copy[at[0]] = put(copy[at[0]], at.slice(1), by);
  return copy;
}

describe.each(sides)('messages %s', (_, guard, samples) => {
  test('one of each kind passes', () => { for (const m of samples) expect(guard(m), m.kind).toBe(true); });
  test('a message with one value of another type is refused', () => {
    for (const m of samples) for (const at of paths(m)) {
      for (const bad of [NaN, Infinity, Symbol.iterator, () => 1, new Date(0), new Map()]) expect(guard(put(m, at, () => bad)), `${m.kind} ${at.join('.')} ${String(bad)}`).toBe(false);
    }
  });
  test('a record with one key more, or of another prototype, is refused wherever it stands', () => {
    class Odd { toJSON(): string { return 'x'; } }
    for (const m of samples) for (const at of paths(m)) {
      const now = at.reduce<unknown>((v, k) => (v as Record<string | number, unknown>)[k], m);
      if (typeof now !== 'object' || now === null || Array.isArray(now)) continue;
      for (const key of ['extra', 'constructor', '__proto__', 'toString']) {
        const more = put(m, at, old => Object.defineProperty({ ...(old as object) }, key, { value: {}, enumerable: true }));
        expect(guard(more), `${m.kind} ${at.join('.')} + ${key}`).toBe(false);
      }
      expect(guard(put(m, at, old => Object.assign(new Odd(), old))), `${m.kind} ${at.join('.')}`).toBe(false);
      // A key that is only inherited is no key.
      expect(guard(put(m, at, old => Object.create(old as object) as unknown)), `${m.kind} ${at.join('.')} inherited`).toBe(false);
    }
  });
  test('whatever arrives, the guard answers and changes nothing', () => {
    const any = fc.anything({ withBigInt: true, withDate: true, withMap: true, withSet: true, withNullPrototype: true, withTypedArray: true });
    fc.assert(fc.property(any, v => { expect(typeof guard(v)).toBe('boolean'); }), { numRuns: 500 });
    fc.assert(fc.property(fc.constantFrom(...samples), fc.nat(), any, (m, n, v) => {
      const list = [...paths(m)], at = list[n % list.length], before = JSON.stringify(m);
      guard(put(m, at, () => v));
      expect(JSON.stringify(m)).toBe(before);
    }), { numRuns: 1000 });
  });
  test('a text longer than its limit is refused', () => {
    for (const m of samples) for (const at of paths(m)) {
      const now = at.reduce<unknown>((v, k) => (v as Record<string | number, unknown>)[k], m);
      if (typeof now === 'string' && !(m.kind === 'reply' && at[0] === 'value')) expect(guard(put(m, at, () => 'x'.repeat(16 * 1024 * 1024 + 1))), `${m.kind} ${at.join('.')}`).toBe(false);
    }
  });
});

test('a door drops what fails and what comes too fast, and counts it', async () => {
  const c = new MessageChannel(), heard: ToShell[] = [];
  const door = openDoor<ToShell, ToFrame>(c.port1, isToShell, m => heard.push(m), 5);
  c.port2.postMessage({ kind: 'doc', text: 7 });
  for (let i = 0; i < 20; i++) c.port2.postMessage({ kind: 'pong', n: i });
  await expect.poll(() => heard.length + door.dropped).toBe(21);
  expect(heard.length).toBeGreaterThanOrEqual(4);
  // At most two seconds can have begun meanwhile.
  expect(heard.length).toBeLessThanOrEqual(10);
  door.close();
  c.port2.close();
});
