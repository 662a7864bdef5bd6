/** What charts of a run take. */
import type { GoKnobs, GoRunResult } from '../frame/kernel/gotypes.ts';
import { isZh, say, type Words } from './theme.ts';

export type Run = GoRunResult;
export interface ChartOptions {
  /** Width to draw at first, in CSS pixels; the chart follows its column after that. */
  readonly width?: number;
  /** Knobs of the run, for the caption. */
  readonly knobs?: GoKnobs | null;
  /** A title instead of the one computed from the data. */
  readonly title?: Words | string;
  /** Said in the caption after the run. */
  readonly note?: Words | string;
  /** Stem of names of files. */
  readonly name?: string;
}
/** `GOGC=100, 2 procs, seed 1, go 1.26`. */
export function captionOf(o: ChartOptions): string {
  const k = o.knobs, parts: string[] = [];
  if (k) parts.push(`GOGC=${k.gogc < 0 ? 'off' : k.gogc}${k.memlimit === null ? '' : `, GOMEMLIMIT=${k.memlimit}`}, ${k.procs} procs, seed ${k.seed}, go ${k.go}${k.inline ? '' : isZh() ? '，不内联' : ', no inlining'}`);
  if (o.note) parts.push(say(o.note));
  return parts.join(' · ');
}
