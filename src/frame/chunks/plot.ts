/** Plot, Inputs and our charts: fetched when a cell or a run first draws. */
import * as Inputs from '@observablehq/inputs';
import * as Plot from '@observablehq/plot';
import type { GoKnobs, GoRunResult } from '../kernel/gotypes.ts';
import * as chart from './charts.ts';

export { Inputs, Plot, chart };

export interface ChartOptions { readonly width: number; readonly dark: boolean; readonly knobs?: GoKnobs; }
/** The part of this chunk that the page itself uses. */
export interface ChartChunk { readonly chart: Readonly<Record<'heapTimeline' | 'spanGrid' | 'sizeClasses' | 'gcPhases', (run: GoRunResult, o: ChartOptions) => Element>>; }
