/** The `lab` of cells: the library's face, with programs run in the page's Workers. */
import { goFileName } from './transpile.ts';
import type { StepRow } from '../verdict/questions.ts';
import type { GoHost } from './goworker.ts';
import { defaultKnobs } from './gotypes.ts';
import type { GoCheckResult, GoKnobs, GoRunResult } from './gotypes.ts';

/** One instruction of a compiled function. */
export interface ListingRow {
  /** `main.f`. */
  readonly func: string;
  /** Line of the source it came from; 0: none. */
  readonly line: number;
  /** Blocks around it. */
  readonly depth: number;
  /** `call runtime.newobject`. */
  readonly text: string;
  /** A call of the run-time system that makes an object. */
  readonly allocates: boolean;
}
/** Rows of the compiler's last step as a listing. */
export function listingOf(rows: readonly StepRow[]): ListingRow[] {
  let func = '';
  return rows.map(({ texts: [text], line, depth, mark }) => {
    if (mark === 'head') func = /^func (\S+)/.exec(text)?.[1] ?? text;
    return { func, line, depth, text, allocates: mark === 'alloc' };
  });
}
/** More lines than a reader opens; a listing longer than that is cut. */
const listingCap = 20_000;

export interface Lab {
  /** Checks a Go program given as text: its errors, and what escapes and is inlined. Nothing runs. */
  check(source: string, knobs?: Partial<GoKnobs>): Promise<GoCheckResult>;
  /** Runs a Go program given as text on a heap of its own and resolves to the run. The same text and knobs always give the same digest. Aborting the signal stops it. */
  run(source: string, knobs?: Partial<GoKnobs>, signal?: AbortSignal): Promise<GoRunResult>;
  /** The WebAssembly a Go program given as text is compiled to: its own functions in the order of the text, each instruction with its line. What runs is made from the same bytes. Rejects a program with errors. */
  listing(source: string, knobs?: Partial<GoKnobs>): Promise<ListingRow[]>;
}

export const lab = (workers: GoHost): Lab => ({
  check: (source, knobs = {}) => workers.check([{ name: goFileName, text: source }], { ...defaultKnobs, ...knobs }, new AbortController().signal),
  listing: async (source, knobs = {}) => {
    const files = [{ name: goFileName, text: source }], { signal } = new AbortController();
    const { found } = await workers.ask(files, { ...defaultKnobs, ...knobs }, { what: 'step', step: 'wasm', max: listingCap }, signal);
    if (!found) throw new Error((await workers.check(files, { ...defaultKnobs, ...knobs }, signal)).diagnostics[0]?.text ?? 'the program has errors');
    return listingOf(found.rows);
  },
  run: (source, knobs = {}, signal = new AbortController().signal) => workers.run([{ name: goFileName, text: source }], { ...defaultKnobs, ...knobs }, 'sampled', {}, signal),
});
