/** Plot, Inputs and our charts: fetched when a cell or a run first draws. */
import * as Inputs from '@observablehq/inputs';
import { chart, Plot } from '../../chart/chunk.ts';
import type { ChartOptions, Run } from '../../chart/run.ts';

export { Inputs, Plot, chart };

/** Recipes the page itself uses. */
export type Recipe = 'heapTimeline' | 'gcPhases' | 'stw' | 'spanGrid' | 'heapMap' | 'sizeClasses' | 'sites';
/** The part of this chunk that the page itself uses. */
export interface ChartChunk { readonly chart: Readonly<Record<Recipe, (run: Run, o: ChartOptions) => HTMLElement>>; }
