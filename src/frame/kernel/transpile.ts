/**
 * A cell's text to what the runtime needs: body, inputs, outputs. Shared by the
 * page and the headless runner. TypeScript's compiler is a megabyte, so cells of
 * that mode come in two steps: needsCompiler() says so, and provideCompiler()
 * hands in what a lazily loaded chunk brought.
 */
import { transpile } from 'kit:transpile';
import type { Transpiled } from 'kit:transpile';
import type { CellDoc } from '../../../lib/notebook/document.ts';
import { readDirectives } from '../../../lib/notebook/directives.ts';
import type { Directives } from '../../../lib/notebook/directives.ts';

/** A mistake in the text of a cell: offsets in UTF-16 units. */
export interface SourceError { readonly text: string; readonly from: number; readonly to: number; }

export interface CompiledJs {
  readonly kind: 'js';
  readonly inputs: readonly string[]; readonly optional: readonly string[]; readonly outputs: readonly string[];
  readonly transpiled: Transpiled;
}
export interface CompiledGo {
  readonly kind: 'go';
  readonly inputs: readonly string[]; readonly optional: readonly string[]; readonly outputs: readonly string[];
  readonly directives: Directives;
  /** The name of the cell's value. */
  readonly name: string;
}
export interface CompiledError { readonly kind: 'error'; readonly inputs: readonly string[]; readonly optional: readonly string[]; readonly outputs: readonly string[]; readonly error: SourceError; }
export type Compiled = CompiledJs | CompiledGo | CompiledError;

/** Names a body receives that are not definitions of the notebook. */
export const cellWords: ReadonlySet<string> = new Set(['display', 'view', 'invalidation', 'visibility', '@variable']);

const none: readonly string[] = [];
const failed = (text: string, from: number, to: number): CompiledError => ({ kind: 'error', inputs: none, optional: none, outputs: none, error: { text, from, to } });

/** Modes of Observable's format that run on a server or a network we do not have. */
const foreign: Readonly<Record<string, string>> = { sql: 'SQL', node: 'Node.js', python: 'Python', r: 'R', dot: 'Graphviz' };

/** Compiles one cell; whatever the text, a result comes back. */
export function compileCell(cell: CellDoc): Compiled {
  if (cell.mode === 'other') return failed(`cells of type ${cell.attrs.type ?? ''} are kept but do not run here`, 0, 0);
  if (Object.hasOwn(foreign, cell.mode)) return failed(`${foreign[cell.mode]} cells are kept but do not run here`, 0, 0);
  if (cell.mode === 'go') {
    const directives = readDirectives(cell.value, goFileName);
    const name = cell.output ?? directives.name ?? `run${cell.id}`;
    const inputs = [...new Set(directives.settings.flatMap(s => s.variable === null ? [] : [s.variable]))];
    return { kind: 'go', inputs, optional: [...new Set(directives.inputs)].filter(n => !inputs.includes(n)), outputs: [name], directives, name };
  }
  if (cell.mode === 'md' && !cell.value.includes('${') || cell.value.trim() === '') return plain(cell);
  try {
    const t = transpile({ id: cell.id, mode: cell.mode, value: cell.value, hidden: cell.hidden, pinned: cell.pinned, output: cell.output });
    const outputs = [...new Set([...(t.outputs ?? []), ...outputNames(t)])];
    return { kind: 'js', inputs: t.inputs.filter(n => !cellWords.has(n)), optional: none, outputs, transpiled: t };
  } catch (e) {
    return errorOf(e, cell.value);
  }
}

/** The file name of a Go cell in diagnostics. */
export const goFileName = 'main.go';

/** Prose without interpolation needs no parser. */
function plain(cell: CellDoc): CompiledJs {
  const body = cell.value.trim() === '' ? '() => {}' : `(md) => md([${JSON.stringify(cell.value)}])`;
  const inputs = cell.value.trim() === '' ? [] : ['md'];
  return { kind: 'js', inputs, optional: none, outputs: none, transpiled: { body, inputs, outputs: [], autodisplay: inputs.length > 0 } };
}

function outputNames(t: Transpiled): string[] {
  if (t.output === undefined) return [];
  if (t.autoview) return [t.output, t.output.replace(/^viewof\$/, '')];
  if (t.automutable) { const o = t.output.replace(/^mutable /, ''); return [o, `mutable$${o}`]; }
  return [t.output];
}

function errorOf(e: unknown, text: string): CompiledError {
  const message = e instanceof Error ? e.message : String(e);
  const pos = (e as { pos?: unknown }).pos;
  const at = / \((\d+):(\d+)\)$/.exec(message);
  let from = 0;
  if (typeof pos === 'number') from = Math.min(pos, text.length);
  else if (at) { const lines = text.split('\n'); for (let i = 0; i < Number(at[1]) - 1 && i < lines.length; i++) from += lines[i].length + 1; from = Math.min(from + Number(at[2]), text.length); }
  return failed(message.replace(/ \(\d+:\d+\)$/, ''), from, Math.min(from + 1, text.length));
}
