/** What the page fetches when a cell or a run first draws. */
import * as ObservablePlot from '@observablehq/plot';
import { withRoles } from './figure.ts';
import * as chart from './index.ts';

/** Plot as cells know it; what it draws is named for screen readers too. */
const Plot = { ...ObservablePlot, plot: (options?: ObservablePlot.PlotOptions) => withRoles(ObservablePlot.plot(options)) };

export { Plot, chart };
