/** Rows of recorded results. They come from cells, so every figure is looked at before it is drawn. */
import type { Run } from '../session/types.ts';

const finite = (v: unknown): v is number => typeof v === 'number' && Number.isFinite(v);
function member(run: Run, key: string): readonly Record<string, unknown>[] {
  if (run.rows === '') return [];
  try {
    const v = (JSON.parse(run.rows) as Record<string, unknown> | null)?.[key];
    return Array.isArray(v) ? v.filter((r): r is Record<string, unknown> => typeof r === 'object' && r !== null) : [];
  } catch { return []; }
}

export interface HeapPoint { readonly t: number; readonly heapLive: number; readonly heapGoal: number }
/** The heap over virtual time (ns, bytes). */
export function heapOf(run: Run): HeapPoint[] {
  return member(run, 'heap').flatMap(r => finite(r.t) && finite(r.heapLive) ? [{ t: r.t, heapLive: r.heapLive, heapGoal: finite(r.heapGoal) ? r.heapGoal : 0 }] : []);
}
export interface ClassBytes { readonly sizeclass: number; readonly size: number; readonly noscan: boolean; readonly bytes: number }
/** Bytes allocated by size class; large objects have class and size 0. */
export function classesOf(run: Run): ClassBytes[] {
  return member(run, 'allocs').flatMap(r => finite(r.size) && finite(r.bytes) ? [{ sizeclass: finite(r.sizeclass) ? r.sizeclass : r.size === 0 ? 0 : 1, size: r.size, noscan: r.noscan === true, bytes: r.bytes }] : []);
}
export interface VerdictLine { readonly text: string; readonly line: number }
/** The compiler's verdicts, with the line each is on. */
export function verdictsOf(run: Run): VerdictLine[] {
  return member(run, 'escapes').flatMap(r => typeof r.text === 'string' && finite(r.line) ? [{ text: r.text, line: r.line }] : []);
}
/** Verdicts of a that b lacks. The same words count as the same verdict wherever its line went, as often as they occur. */
export function without(a: readonly VerdictLine[], b: readonly VerdictLine[]): VerdictLine[] {
  const left = new Map<string, number>();
  for (const v of b) left.set(v.text, (left.get(v.text) ?? 0) + 1);
  return a.filter(v => { const n = left.get(v.text) ?? 0; if (n > 0) left.set(v.text, n - 1); return n === 0; });
}
