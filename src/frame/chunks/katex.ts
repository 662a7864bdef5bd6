/** Mathematics as MathML: the browser sets it, so no fonts and no styles come along. */
import katex from 'katex';

export const render = (tex: string, display: boolean): string => katex.renderToString(tex, { displayMode: display, output: 'mathml', throwOnError: false, maxExpand: 1000, strict: 'ignore', trust: false });
