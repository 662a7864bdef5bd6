/** A library over a fresh in-memory database, with a clock and ids of its own. */
import 'fake-indexeddb/auto';
import { Library } from '../../src/session/library.ts';
import { Live } from '../../src/session/live.ts';
import type { LiveEnv } from '../../src/session/live.ts';
import type { Note, Wire } from '../../src/session/wire.ts';

let databases = 0;
export interface Bench { library: Library; name: string; clock: { now: number } }
export async function bench(name = `test ${++databases}`): Promise<Bench> {
  const clock = { now: 1_000_000_000_000 };
  let ids = 0;
  const library = await Library.open({}, { now: () => clock.now, id: () => `s${++ids}` }, name);
  return { library, name, clock };
}

/** Wires between tabs of one test. */
export function wires(): (me: string) => Wire {
  const all = new Map<string, Set<(n: Note) => void>>();
  return me => {
    const mine = new Set<(n: Note) => void>();
    all.set(me, mine);
    return {
      me,
      send: n => { for (const [who, fs] of all) if (who !== me) for (const f of fs) queueMicrotask(() => f(n)); },
      hear: f => { mine.add(f); return () => { mine.delete(f); }; },
      close: () => { all.delete(me); },
    };
  };
}

/** A tab: what the page shows, as the frame would. */
export interface Tab {
  live: Live; text: string; seq: number; base: number; log: string[]; company: number;
  /** Types at once: the shell hears it. */
  show(text: string): void;
  /** Replacements wait here while held. */
  held: (() => void)[] | null;
}
export async function tab(b: Bench, wire: Wire, id: string, timers?: Pick<LiveEnv, 'setTimeout' | 'clearTimeout'>): Promise<Tab> {
  const session = (await b.library.get(id))!, head = (await b.library.head(id))!;
  const t: Tab = {
    text: head.text, seq: 0, base: 0, log: [], company: 0, held: null, live: undefined as unknown as Live,
    show(text) { t.text = text; t.live.type(text, 'doc', {}, ++t.seq, t.base); },
  };
  t.live = new Live(b.library, wire, session, head, {
    replace: (text, seq, n) => {
      const take = (): void => { if (seq !== t.seq) return; t.text = text; t.base = n; t.log.push('replaced'); };
      if (t.held) t.held.push(take); else take();
    },
    state: (s, trouble) => { t.log.push(trouble ? `${s} ${trouble}` : s); },
    forked: (mine, theirs) => { t.log.push(`forked ${theirs.id} to ${mine.id}`); },
    changed: () => {}, company: n => { t.company = n; },
    setTimeout: () => 0, clearTimeout: () => {}, ...timers,
  });
  return t;
}
export const settle = async (...tabs: Tab[]): Promise<void> => { for (let i = 0; i < 6; i++) { for (const t of tabs) await t.live.idle(); await new Promise(r => setTimeout(r, 0)); } };
