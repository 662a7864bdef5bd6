/**
 * Joining notebooks. Two tabs' texts are merged by lines, which keeps every
 * character; where lines cannot be joined, or would give two cells one number, they
 * are merged cell by cell (lib/notebook/merge), text inside a cell by lines. The
 * same merge takes a chapter's changes into a session (S7).
 */
import { parseNotebook, serializeNotebook } from '../../lib/notebook/document.ts';
import type { NotebookDoc } from '../../lib/notebook/document.ts';
import { diffNotebooks, mergeNotebooks } from '../../lib/notebook/merge.ts';
import type { CellChange, Conflict } from '../../lib/notebook/merge.ts';
import { merge3 } from './lines.ts';

/** The notebook a text holds, or null: no cells, numbers twice, or more in it than its cells tell. */
function whole(text: string): NotebookDoc | null {
  const doc = parseNotebook(text);
  return doc.cells.length > 0 && new Set(doc.cells.map(c => c.id)).size === doc.cells.length && serializeNotebook(doc) === text ? doc : null;
}

/** What two tabs made of one text, or null where both changed the same lines. */
export function join(base: string, mine: string, theirs: string): string | null {
  const lines = merge3(base, mine, theirs);
  if (lines !== null && (lines === mine || lines === theirs || whole(lines))) return lines;
  const [b, m, t] = [whole(base), whole(mine), whole(theirs)];
  if (!b || !m || !t) return lines;
  const merged = mergeNotebooks(b, m, t, merge3);
  return merged.conflicts.length > 0 ? null : serializeNotebook(merged.doc);
}

/** What taking a chapter's changes in would do. */
export interface Update {
  /** The session's text with them. */
  readonly text: string;
  /** Cells of the chapter that changed since. */
  readonly changes: readonly CellChange[];
  /** Cells that both changed: the reader's stays; of cells that one removed, what the other made of it stays. */
  readonly conflicts: readonly Conflict[];
}
/** What a chapter, published anew, brings to a session that began from base; null: nothing. */
export function update(base: string, mine: string, published: string): Update | null {
  if (base === published) return null;
  const b = parseNotebook(base), p = parseNotebook(published), changes = diffNotebooks(b, p);
  const { doc, conflicts } = mergeNotebooks(b, parseNotebook(mine), p, merge3), text = serializeNotebook(doc);
  return text === mine ? null : { text, changes, conflicts };
}
