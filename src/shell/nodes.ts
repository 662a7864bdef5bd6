/** Nodes of the tree that can be compared: a chapter as published, a session, one of its revisions. */
import type { Library } from '../session/library.ts';
import type { Figure, Run, RunRef } from '../session/types.ts';
import { chapterNode } from './app.svelte.ts';
import type { Shell } from './app.svelte.ts';
import { verdictsOf, without } from './rows.ts';
import type { VerdictLine } from './rows.ts';
import { toChapter, toSession } from './route.ts';

export interface Node { readonly key: string; readonly label: string; readonly href: string; readonly text: string; readonly runs: ReadonlyMap<number, Run> }

/** The newest result of each cell. */
const newest = (runs: readonly Run[]): Map<number, Run> => { const m = new Map<number, Run>(); for (const r of runs) if ((m.get(r.cell)?.time ?? -1) < r.time) m.set(r.cell, r); return m; };
const named = (runs: readonly Run[], refs: readonly RunRef[]): Map<number, Run> => new Map(refs.flatMap(x => { const r = runs.find(y => y.cell === x.cell && y.source === x.source); return r ? [[x.cell, r] as const] : []; }));

/** Loads what a key names; null when there is no such node. */
export async function loadNode(shell: Shell, key: string): Promise<Node | null> {
  const l: Library | null = await shell.library;
  if (key.startsWith('chapter:')) {
    const slug = key.slice(8), c = __CHAPTERS__.find(x => x.slug === slug), text = await shell.chapterText(slug);
    return c && text !== null ? { key, label: shell.say('cmpPublished', shell.chapterTitle(slug)), href: toChapter(slug), text, runs: newest(await l?.runs(chapterNode(slug, c.version)) ?? []) } : null;
  }
  const [id, n] = key.split('@'), s = await l?.get(id), runs = await l?.runs(id) ?? [];
  if (!l || !s) return null;
  if (n !== undefined) {
    const r = await l.revision(id, Number(n));
    return r ? { key, label: `${s.title} · ${shell.say('version', r.n)}`, href: toSession(id), text: r.text, runs: named(runs, r.results) } : null;
  }
  const head = await l.head(id), last = await l.revision(id, s.revision);
  const current = last && last.results.length > 0 && last.text === head?.text ? named(runs, last.results) : newest(runs);
  return head ? { key, label: s.title, href: toSession(id), text: head.text, runs: current.size > 0 ? current : newest(runs) } : null;
}

export interface FigureRow { readonly name: string; readonly unit: string | undefined; readonly a: number | null; readonly b: number | null }
export interface CellPair { readonly cell: number; readonly name: string; readonly a: Run | undefined; readonly b: Run | undefined; readonly figures: readonly FigureRow[]; readonly gone: readonly VerdictLine[]; readonly added: readonly VerdictLine[] }

/** Cells that one side or both ran, with their figures side by side. */
export function pairs(a: Node, b: Node): CellPair[] {
  return [...new Set([...a.runs.keys(), ...b.runs.keys()])].sort((x, y) => x - y).map(cell => {
    const x = a.runs.get(cell), y = b.runs.get(cell), names = new Map<string, Figure>();
    for (const f of [...x?.numbers ?? [], ...y?.numbers ?? []]) names.set(f.name, f);
    const figures = [...names.values()].map(f => ({ name: f.name, unit: f.unit, a: x?.numbers.find(n => n.name === f.name)?.value ?? null, b: y?.numbers.find(n => n.name === f.name)?.value ?? null }));
    const va = x && y ? verdictsOf(x) : [], vb = x && y ? verdictsOf(y) : [];
    return { cell, name: y?.name || x?.name || '', a: x, b: y, figures, gone: without(va, vb), added: without(vb, va) };
  });
}
