/** The `lab` of cells: the library's face, with programs run in the page's Workers. */
import { goFileName } from './transpile.ts';
import type { GoWorkers } from './goworker.ts';
import { defaultKnobs } from './gotypes.ts';
import type { GoCheckResult, GoKnobs, GoRunResult } from './gotypes.ts';

export interface Lab {
  /** Verdicts of a Go program given as text. */
  check(source: string, knobs?: Partial<GoKnobs>): Promise<GoCheckResult>;
  /** Runs a Go program given as text; aborting the signal stops it. */
  run(source: string, knobs?: Partial<GoKnobs>, signal?: AbortSignal): Promise<GoRunResult>;
}

export const lab = (workers: GoWorkers): Lab => ({
  check: (source, knobs = {}) => workers.check([{ name: goFileName, text: source }], { ...defaultKnobs, ...knobs }, new AbortController().signal),
  run: (source, knobs = {}, signal = new AbortController().signal) => workers.run([{ name: goFileName, text: source }], { ...defaultKnobs, ...knobs }, 'sampled', {}, signal),
});
