/** Which cells need a page, and what is said of those that run nothing. */
import type { CellDoc } from '../../lib/notebook/document.ts';
import type { CellReport } from './notebook_go.ts';

/** Cells that need a JavaScript engine with a page around it. */
export const needsPage = (c: CellDoc): boolean => c.mode === 'js' || c.mode === 'ts' || c.mode === 'ojs' || ((c.mode === 'md' || c.mode === 'html' || c.mode === 'tex') && c.value.includes('${'));

/** Prose, and kinds of cell that do not run in the lab. */
export const plain = (c: CellDoc): CellReport => c.mode === 'md' || c.mode === 'html' || c.mode === 'tex' ? { id: c.id, mode: c.mode, state: 'ok', problems: [] } : { id: c.id, mode: c.mode, state: 'skipped', problems: [`${c.mode} cells are kept but do not run in the lab`] };
