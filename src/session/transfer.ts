/**
 * One session or the whole library as one file, and back. The file is JSON, said to
 * be so in its first member; what comes in is checked member by member, gets fresh
 * ids (so importing twice never overwrites), and keeps its tree and its history.
 */
import type { Library } from './library.ts';
import { causes } from './types.ts';
import type { Cause, Figure, Place, Revision, Run, RunRef, Session } from './types.ts';

export const bundleFormat = 'go-memory-lab/sessions';
export const bundleVersion = 1;
/** The longest document, in characters, that an import accepts. */
const maxText = 16 * 1024 * 1024;

export interface Bundled { readonly session: Session; readonly text: string; readonly place: Place; readonly revisions: readonly Omit<Revision, 'session'>[]; readonly runs: readonly Omit<Run, 'session'>[] }
export interface Bundle { readonly format: typeof bundleFormat; readonly version: number; readonly made: string; readonly sessions: readonly Bundled[] }

/** Everything of the sessions named (all that are not in the bin, without ids), as one value for JSON. */
export async function exportBundle(library: Library, ids?: readonly string[]): Promise<Bundle> {
  const sessions: Bundled[] = [];
  for (const session of await library.list()) {
    if (ids && !ids.includes(session.id)) continue;
    const head = await library.head(session.id);
    if (!head) continue;
    const drop = <T extends { readonly session: string }>(r: T): Omit<T, 'session'> => { const { session: _, ...rest } = r; return rest; };
    sessions.push({ session, text: head.text, place: head.place, revisions: (await library.allRevisions(session.id)).map(drop), runs: (await library.runs(session.id)).map(drop) });
  }
  return { format: bundleFormat, version: bundleVersion, made: new Date(library.host_.now()).toISOString(), sessions };
}

export class NotABundle extends Error { override readonly name = 'NotABundle'; }

type Obj = Readonly<Record<string, unknown>>;
const obj = (v: unknown): Obj => { if (typeof v !== 'object' || v === null || Array.isArray(v)) throw new NotABundle('not an object'); return v as Obj; };
const str = (v: unknown, max = 1000): string => { if (typeof v !== 'string' || v.length > max) throw new NotABundle('not a text'); return v; };
const num = (v: unknown): number => { if (typeof v !== 'number' || !Number.isFinite(v)) throw new NotABundle('not a number'); return v; };
const arr = (v: unknown, max = 100_000): readonly unknown[] => { if (!Array.isArray(v) || v.length > max) throw new NotABundle('not a list'); return v; };
const opt = <T>(v: unknown, f: (v: unknown) => T): T | undefined => v === undefined ? undefined : f(v);
const orNull = <T>(v: unknown, f: (v: unknown) => T): T | null => v === null || v === undefined ? null : f(v);
/** A place from a stranger's record. */
export function placeOf(v: unknown): Place {
  const p = obj(v ?? {}), cell = opt(p.cell, num), offset = opt(p.offset, num), scroll = opt(p.scroll, num);
  return { ...(cell === undefined ? {} : { cell }), ...(offset === undefined ? {} : { offset }), ...(scroll === undefined ? {} : { scroll }), ...(p.mode === 'edit' || p.mode === 'command' ? { mode: p.mode } : {}), ...(p.predictions === undefined ? {} : { predictions: arr(p.predictions).slice(0, 100).map(x => { const c = obj(x); return { question: str(c.question, 300), choice: num(c.choice) }; }) }) };
}
const refOf = (v: unknown): RunRef => { const r = obj(v); return { cell: num(r.cell), source: str(r.source), digest: str(r.digest), exit: orNull(r.exit, num) }; };
const causeOf = (v: unknown): Cause => causes.find(c => c === v) ?? 'import';
export const figureOf = (v: unknown): Figure => { const f = obj(v), unit = opt(f.unit, u => str(u, 20)); return { name: str(f.name, 100), value: num(f.value), ...(unit === undefined ? {} : { unit }) }; };

/** The text of a file as a bundle; throws NotABundle. */
export function readBundle(text: string): Bundle {
  let v: unknown;
  try { v = JSON.parse(text); } catch { throw new NotABundle('not JSON'); }
  const b = obj(v);
  if (b.format !== bundleFormat) throw new NotABundle('not a file of sessions');
  if (num(b.version) > bundleVersion) throw new NotABundle('made by a newer version');
  return {
    format: bundleFormat, version: bundleVersion, made: str(b.made),
    sessions: arr(b.sessions).map(x => {
      const e = obj(x), s = obj(e.session), parent = orNull(s.parent, p => ({ session: str(obj(p).session), revision: num(obj(p).revision) }));
      return {
        session: {
          id: str(s.id), title: str(s.title), tags: arr(s.tags, 20).map(t => str(t)), chapter: orNull(s.chapter, c => str(c)), chapterVersion: orNull(s.chapterVersion, c => str(c)),
          parent, created: num(s.created), updated: num(s.updated), rev: num(s.rev), revision: num(s.revision), deleted: null,
        },
        text: str(e.text, maxText), place: placeOf(e.place),
        revisions: arr(e.revisions).map(y => { const r = obj(y); return { n: num(r.n), rev: num(r.rev), text: str(r.text, maxText), title: str(r.title), cause: causeOf(r.cause), time: num(r.time), place: placeOf(r.place), results: arr(r.results ?? []).map(refOf) }; }),
        runs: arr(e.runs ?? []).map(y => { const r = obj(y); return { cell: num(r.cell), source: str(r.source), name: str(r.name), digest: str(r.digest), exit: orNull(r.exit, num), stdout: str(r.stdout, maxText), numbers: arr(r.numbers, 200).map(figureOf), rows: str(r.rows, maxText), time: num(r.time) }; }),
      };
    }),
  };
}

/** Adds a bundle's sessions under fresh ids; gives them. */
export async function importBundle(library: Library, b: Bundle): Promise<Session[]> {
  const ids = new Map(b.sessions.map(s => [s.session.id, library.host_.id()]));
  const out: Session[] = [];
  for (const e of b.sessions) {
    const id = ids.get(e.session.id)!, parent = e.session.parent && ids.has(e.session.parent.session) ? { ...e.session.parent, session: ids.get(e.session.parent.session)! } : null;
    const numbers = new Set<number>(), revisions = e.revisions.filter(r => Number.isSafeInteger(r.n) && !numbers.has(r.n) && numbers.add(r.n)).map(r => ({ ...r, session: id }));
    const last = Math.max(0, ...numbers);
    if (revisions.length === 0) revisions.push({ session: id, n: 1, rev: 1, text: e.text, title: e.session.title, cause: 'import', time: library.host_.now(), place: e.place, results: [] });
    const session: Session = { ...e.session, id, parent, rev: Math.max(1, Math.floor(e.session.rev)), revision: Math.max(1, last), deleted: null };
    await library.adopt(session, { session: id, rev: session.rev, text: e.text, place: e.place, writer: '', time: session.updated }, revisions, e.runs.map(r => ({ ...r, session: id })));
    out.push(session);
  }
  return out;
}
