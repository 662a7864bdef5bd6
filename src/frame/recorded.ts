/**
 * Results that outlive the page. After a run the frame sends the shell a summary:
 * figures, digest, what produced it, and the whole result as text. When a session is
 * opened, results whose cell still has the text that gave them are shown at once,
 * until the cell runs again.
 */
import { Sha256 } from '../../lib/engine/sha256.ts';
import type { Recorded, RunSummary } from '../bridge/schema.ts';
import type { CellDoc } from '../../lib/notebook/document.ts';
import type { Notebook } from './doc/notebook.svelte.ts';
import { emptyResult } from './kernel/gotypes.ts';
import type { GoKnobs, GoRunResult } from './kernel/gotypes.ts';

const maxRows = 400_000;
const hash = (text: string): string => new Sha256().update(new TextEncoder().encode(text)).hex().slice(0, 16);

/** The result as JSON text: whole, without its spans and goroutines, or nothing. */
function rowsOf(r: GoRunResult): string {
  const text = JSON.stringify(r);
  if (text.length <= maxRows) return text;
  const less = JSON.stringify({ ...r, spans: [], goroutines: [], stdout: r.stdout.slice(0, 20_000), stderr: r.stderr.slice(0, 20_000) });
  return less.length <= maxRows ? less : '';
}

/** What the shell keeps of a run. source is `<digest of the text>.<digest of the knobs>`. */
export function summaryOf(doc: CellDoc, r: GoRunResult, knobs: GoKnobs | null): RunSummary {
  const count = (...kinds: string[]): number => r.escapes.filter(e => kinds.includes(e.kind)).length;
  const total = (f: (a: GoRunResult['allocs'][number]) => number): number => r.allocs.reduce((n, a) => n + f(a), 0);
  const numbers: { name: string; value: number; unit?: string }[] = [
    { name: 'heap verdicts', value: count('heap', 'moved') }, { name: 'stack verdicts', value: count('stack') }, { name: 'parameters that flow out', value: count('leak') },
    { name: 'objects', value: total(a => a.allocs) }, { name: 'allocated', value: total(a => a.bytes), unit: 'B' }, { name: 'asked for', value: total(a => a.asked), unit: 'B' },
    { name: 'peak heapLive', value: r.heap.reduce((m, h) => Math.max(m, h.heapLive), 0), unit: 'B' }, { name: 'collections', value: r.cycles.length },
    { name: 'pauses', value: r.stw.reduce((n, s) => n + s.ns, 0), unit: 'ns' }, { name: 'virtual time', value: r.virtualNs, unit: 'ns' },
    ...Object.entries(r.memstats).map(([name, value]) => ({ name, value })),
  ];
  const rows = rowsOf(r);
  return {
    cell: doc.id, ...(doc.output === undefined ? {} : { name: doc.output.slice(0, 200) }), source: `${hash(doc.value)}.${hash(JSON.stringify(knobs ?? {}))}`, digest: r.digest.slice(0, 200), stdout: r.stdout.slice(0, 20_000),
    numbers: numbers.filter(x => Number.isFinite(x.value)).slice(0, 64), ...(r.exit === null ? {} : { exit: r.exit }), ...(rows === '' ? {} : { rows }),
  };
}

/** A result from its text: every list a list, every figure a figure; null when it is none. */
function resultOf(rows: string): GoRunResult | null {
  let v: Record<string, unknown>;
  try { v = JSON.parse(rows) as Record<string, unknown>; } catch { return null; }
  if (typeof v !== 'object' || v === null) return null;
  const out: Record<string, unknown> = { ...emptyResult };
  for (const [k, empty] of Object.entries(emptyResult)) if (Object.hasOwn(v, k) && (k === 'exit' ? typeof v[k] === 'number' : Array.isArray(v[k]) === Array.isArray(empty) && typeof v[k] === typeof empty)) out[k] = v[k];
  return out as unknown as GoRunResult;
}

/** Shows recorded results in the cells that have not run and still have the text they were recorded for. */
export function showRecorded(notebook: Notebook, list: readonly Recorded[]): void {
  for (const r of list) {
    const cell = notebook.cell(r.cell);
    if (!cell || cell.mode !== 'go' || !r.source.startsWith(`${hash(cell.value)}.`)) continue;
    const view = notebook.view(r.cell), result = resultOf(r.rows);
    if (!result || view.go) continue;
    view.go = result;
    view.check = result;
    view.checkText = cell.value;
    view.stdout = result.stdout;
    view.stderr = result.stderr;
  }
}
