/** Map entries of compiled code over the runtime's maps. Keys given by value go through the runtime's scratch words. */
import type { Entries, RtEnv } from './rt.ts';
import { resultArea } from '../abi/imports.ts';
import { Maps } from '../runtime/mapenv.ts';
import { nsMapAccess, nsMapAssign, nsMapIter } from '../abi/cost.ts';

export function mapEntries(env: RtEnv): Entries {
  const { m, rt } = env;
  const maps = new Maps(rt);
  const found = (p: number): number => { m.mem.setInt(resultArea + 8, maps.found ? 1 : 0); return p; };
  const access = (t: number, h: number, key: number): number => { m.spend(nsMapAccess); return maps.access(t, h >>> 0, key); };
  const assign = (t: number, h: number, key: number, site: number): number => { m.spend(nsMapAssign); return maps.assign(t, h >>> 0, key, site); };
  const entries: Record<string, (...a: never[]) => unknown> = {
    makemap_small: (t: number, site: number) => maps.make(t, 0, 0, 0, site),
    makemap: (t: number, hint: number, header: number, first: number, site: number) => maps.make(t, hint, header >>> 0, first >>> 0, site),
    mapaccess1: (t: number, h: number, k: number) => access(t, h, k >>> 0),
    mapaccess1_fast32: (t: number, h: number, k: number) => access(t, h, maps.key32(k >>> 0)),
    mapaccess1_fast64: (t: number, h: number, lo: number, hi: number) => access(t, h, maps.key64(lo, hi)),
    mapaccess1_faststr: (t: number, h: number, p: number, n: number) => access(t, h, maps.keyStr(p >>> 0, n)),
    mapaccess2: (t: number, h: number, k: number) => found(access(t, h, k >>> 0)),
    mapaccess2_fast32: (t: number, h: number, k: number) => found(access(t, h, maps.key32(k >>> 0))),
    mapaccess2_fast64: (t: number, h: number, lo: number, hi: number) => found(access(t, h, maps.key64(lo, hi))),
    mapaccess2_faststr: (t: number, h: number, p: number, n: number) => found(access(t, h, maps.keyStr(p >>> 0, n))),
    mapassign: (t: number, h: number, k: number, site: number) => assign(t, h, k >>> 0, site),
    mapassign_fast32: (t: number, h: number, k: number, site: number) => assign(t, h, maps.key32(k >>> 0), site),
    mapassign_fast64: (t: number, h: number, lo: number, hi: number, site: number) => assign(t, h, maps.key64(lo, hi), site),
    mapassign_faststr: (t: number, h: number, p: number, n: number, site: number) => assign(t, h, maps.keyStr(p >>> 0, n), site),
    mapdelete: (t: number, h: number, k: number) => { m.spend(nsMapAssign); maps.delete(t, h >>> 0, k >>> 0); },
    mapclear: (t: number, h: number) => { m.spend(nsMapAssign); maps.clear(t, h >>> 0); },
    mapiterinit: (t: number, h: number, it: number) => { m.spend(nsMapIter); maps.iterInit(t, h >>> 0, it >>> 0); },
    mapiternext: (it: number) => { m.spend(nsMapIter); maps.iterNext(it >>> 0); },
    maplen: (h: number) => maps.len(h >>> 0),
  };
  return entries as Entries;
}
