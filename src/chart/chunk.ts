/** What the page fetches when a cell or a run first draws. */
import * as Plot from '@observablehq/plot';
import * as chart from './index.ts';

export { Plot, chart };
