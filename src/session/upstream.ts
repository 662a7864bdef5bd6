/** The published text a session grew from (S7): its own, or that of the session it was forked from. */
import type { Library } from './library.ts';
import type { Session } from './types.ts';

export interface Origin { readonly session: string; readonly n: number; readonly text: string }

/** The newest published text among the versions a session grew from, or null when that is not kept any more. */
export async function originOf(l: Library, s: Session): Promise<Origin | null> {
  const seen = new Set<string>();
  let at: Session | null = s, upTo = Infinity;
  while (at && at.chapter === s.chapter && !seen.has(at.id)) {
    seen.add(at.id);
    const list = await l.revisions(at.id), { id, parent }: Session = at;
    // A fork of the chapter itself, made before any change, begins with its text.
    const start = list.filter(r => r.n <= upTo && (r.cause === 'start' || (r.cause === 'fork' && r.n === 1 && parent === null))).at(-1);
    if (start) { const r = await l.revision(id, start.n); return r ? { session: id, n: r.n, text: r.text } : null; }
    if (!parent || parent.revision === 0) return null;
    upTo = parent.revision;
    at = await l.get(parent.session);
  }
  return null;
}
