/** The `lab` of cells: the library's face, with programs run in the page's Workers. */
import { goFileName } from './transpile.ts';
import type { GoWorkers } from './goworker.ts';
import { defaultKnobs } from './gotypes.ts';
import type { GoCheckResult, GoKnobs, GoRunResult } from './gotypes.ts';

export interface Lab {
  /** Checks a Go program given as text: its errors, and what escapes and is inlined. Nothing runs. */
  check(source: string, knobs?: Partial<GoKnobs>): Promise<GoCheckResult>;
  /** Runs a Go program given as text on a heap of its own and resolves to the run. The same text and knobs always give the same digest. Aborting the signal stops it. */
  run(source: string, knobs?: Partial<GoKnobs>, signal?: AbortSignal): Promise<GoRunResult>;
}

export const lab = (workers: GoWorkers): Lab => ({
  check: (source, knobs = {}) => workers.check([{ name: goFileName, text: source }], { ...defaultKnobs, ...knobs }, new AbortController().signal),
  run: (source, knobs = {}, signal = new AbortController().signal) => workers.run([{ name: goFileName, text: source }], { ...defaultKnobs, ...knobs }, 'sampled', {}, signal),
});
