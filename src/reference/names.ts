/**
 * The names every JavaScript cell may use, with what they are: the text of the
 * reference page and of hovers. tests/reference compares the list with what the
 * kernel really defines.
 */
export interface CellNames {
  /** Observable Plot: marks, scales and Plot.plot. Loaded when a cell first reads it. */
  Plot: object;
  /** Observable Inputs: range, select, radio, checkbox, toggle, text, button, table and form. With view(…) the value of one becomes a notebook variable. */
  Inputs: object;
  /** The charts of this lab, each a function of a run. Every chart can be read as a table and saved as CSV, SVG or PNG. */
  chart: object;
  /** Runs and checks Go programs given as text. */
  lab: object;
  /** claims([{id, says, judge}]): a board of assertions, each judged by an experiment when the page runs. */
  claims: (list: readonly object[]) => HTMLElement;
  /** predict({question, options, answer, why}): asks the reader first, then shows what was measured. */
  predict: (o: object) => HTMLElement;
  /** A template tag: Markdown as an element. */
  md: (strings: TemplateStringsArray, ...values: unknown[]) => HTMLElement;
  /** A template tag: TeX as an element (KaTeX). */
  tex: (strings: TemplateStringsArray, ...values: unknown[]) => HTMLElement;
  /** Hypertext literal: html and svg template tags that escape what is put in. */
  htl: object;
  /** A template tag: HTML as an element; values are escaped. */
  html: (strings: TemplateStringsArray, ...values: unknown[]) => HTMLElement;
  /** A template tag: SVG as an element; values are escaped. */
  svg: (strings: TemplateStringsArray, ...values: unknown[]) => SVGElement;
  /** Makers of reactive streams: observe, input, queue, now. */
  Generators: object;
  /** Mutable(value): a variable that its own cell may change. */
  Mutable: (value: unknown) => object;
  /** The time in milliseconds, sixty times a second. */
  now: number;
  /** Whether the page is dark. */
  dark: boolean;
  /** Width of the text column in CSS pixels. */
  width: number;
  /** The page's language: 'en' or 'zh'. */
  lang: 'en' | 'zh';
  /** Promises.delay(ms, value): resolves later. */
  Promises: object;
  /** Shows a value below the cell; may be called several times. */
  display: (value: unknown) => unknown;
  /** view(input): shows an input and gives its value, which other cells read as a variable. */
  view: (input: HTMLElement) => unknown;
  /** A promise that is rejected when the cell is computed again: for stopping work. */
  invalidation: Promise<void>;
  /** visibility(): a promise that waits until the cell can be seen. */
  visibility: (value?: unknown) => Promise<unknown>;
}

/** Comments of a Go cell that the notebook reads; real Go ignores them. */
export interface GoDirectives {
  /** Above a package-level const or var: a notebook variable of that name replaces its value, and the cell runs again when it changes. */
  '//lab:input': string;
  /** Sets knobs of the run: `GOGC=50 GOMEMLIMIT=64MiB GOMAXPROCS=$procs go=1.24 seed=7 inline=off level=full`. `$name` reads a notebook variable. */
  '//lab:run': string;
  /** Names the cell’s value: other cells read the run under that name. */
  '//lab:name': string;
}
