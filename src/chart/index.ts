/** The recipes cells call as `chart.…`: each takes rows of a run and gives an element. */
export { heapTimeline } from './heapTimeline.ts';
export { gcPhases, stw } from './gc.ts';
export { heapMap, spanGrid } from './spans.ts';
export { sites, sizeClasses } from './allocs.ts';
export { bars, series } from './series.ts';
export { classes, heaps } from './compare.ts';
export { figure } from './figure.ts';
