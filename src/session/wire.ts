/** How tabs of one browser hear of each other's writes. Hints only: what counts is the database (S4). */
import type { Session } from './types.ts';

export type Note =
  /** A session's text, title or tags changed. */
  | { readonly kind: 'wrote'; readonly session: string; readonly rev: number; readonly from: string }
  /** A session appeared, went to the bin or came back. */
  | { readonly kind: 'listed'; readonly from: string }
  /** A tab has a session open (asked and answered when one opens). */
  | { readonly kind: 'here'; readonly session: string; readonly from: string; readonly answer: boolean }
  | { readonly kind: 'left'; readonly session: string; readonly from: string };

export interface Wire { readonly me: string; send(n: Note): void; hear(f: (n: Note) => void): () => void; close(): void }

const isNote = (v: unknown): v is Note => typeof v === 'object' && v !== null && typeof (v as Note).kind === 'string' && typeof (v as Note).from === 'string';

/** Joins the tabs of this origin; a browser without BroadcastChannel gives a wire to nobody. */
export function openWire(me: string, name = 'go-memory-lab.sessions'): Wire {
  const listeners = new Set<(n: Note) => void>();
  const channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel(name);
  if (channel) channel.onmessage = (e: MessageEvent<unknown>) => { const n = e.data; if (isNote(n) && n.from !== me) for (const f of listeners) f(n); };
  return {
    me,
    send: n => channel?.postMessage(n),
    hear: f => { listeners.add(f); return () => { listeners.delete(f); }; },
    close: () => channel?.close(),
  };
}

/** The sessions as a forest: children under the session they were forked from; orphans are roots. */
export interface Branch { readonly session: Session; readonly forks: readonly Branch[] }
export function forest(list: readonly Session[]): Branch[] {
  const ids = new Set(list.map(s => s.id)), under = new Map<string, Session[]>(), roots: Session[] = [];
  for (const s of list) {
    if (s.parent && ids.has(s.parent.session) && s.parent.session !== s.id) { const l = under.get(s.parent.session); if (l) l.push(s); else under.set(s.parent.session, [s]); } else roots.push(s);
  }
  const seen = new Set<string>();
  const grow = (s: Session): Branch => { seen.add(s.id); return { session: s, forks: (under.get(s.id) ?? []).filter(c => !seen.has(c.id)).map(grow) }; };
  const out = roots.map(grow);
  // An imported library could name parents in a circle: cut it anywhere.
  for (const s of list) if (!seen.has(s.id)) out.push(grow(s));
  return out;
}
