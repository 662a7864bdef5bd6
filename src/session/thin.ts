/** Which revisions stay as they age (S3.4): everything for ten minutes, then ever fewer, never the first, the last or a kept one. */
import type { Cause } from './types.ts';

const minute = 60_000, hour = 60 * minute, day = 24 * hour;
/** Up to this age, one revision per this long. */
const steps: readonly (readonly [age: number, per: number])[] = [[10 * minute, 0], [hour, minute], [day, 10 * minute], [30 * day, day], [Infinity, 7 * day]];
/** Most revisions of one session. */
export const maxRevisions = 400;

const kept: ReadonlySet<Cause> = new Set(['start', 'restore', 'fork', 'import', 'merge']);

/** The numbers of the revisions to drop. pinned: those that forks name. Revisions come in order of n. */
export function thin(list: readonly { readonly n: number; readonly time: number; readonly cause: Cause }[], now: number, pinned: ReadonlySet<number> = new Set()): number[] {
  const drop: number[] = [];
  let bucket = '';
  // From new to old, so that the newest of each stretch stays.
  for (let i = list.length - 1; i >= 0; i--) {
    const r = list[i];
    const always = i === list.length - 1 || i === 0 || kept.has(r.cause) || pinned.has(r.n);
    const age = now - r.time, [, per] = steps.find(([limit]) => age < limit) ?? steps[steps.length - 1];
    const mine = per === 0 ? `n ${r.n}` : `${per} ${Math.floor(r.time / per)}`;
    if (mine === bucket && !always) drop.push(r.n);
    bucket = mine;
  }
  const left = list.length - drop.length;
  if (left > maxRevisions) {
    const gone = new Set(drop);
    for (const r of list.slice(1, -1)) {
      if (list.length - gone.size <= maxRevisions) break;
      if (!gone.has(r.n) && !pinned.has(r.n)) { gone.add(r.n); drop.push(r.n); }
    }
  }
  return drop.sort((a, b) => a - b);
}
