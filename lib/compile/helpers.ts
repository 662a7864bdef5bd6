/**
 * Runtime entries whose common case is WebAssembly: the linker puts these functions
 * where compiled code calls `rt:…`; what they cannot do goes on to the import of the
 * same name (`slow:…`). They change nothing that can be observed: each charges the
 * clock as the import does, and what they allocate they
 * count as the allocator does (lib/abi/mcache.ts).
 */
import { cellFuel } from '../abi/machine.ts';
import {
  fastMax, groupAsked, groupBase, groupCount, groupElem, groupFree, groups, groupShift, groupSites, groupSize, groupTypes, logFolded, logLeft, logMixA, logMixB, logPacked, scanAlloc, siteBytes, siteCache,
  siteKey, siteObjects, siteShift, siteSlots, sizeTable, tinyBlock, tinyOffset, tinyPacked, tinySpanClass,
} from '../abi/mcache.ts';
import { staticuint64s } from '../abi/memory.ts';
import { typePtrdata } from '../abi/type.ts';
import { Asm, type E } from './asm.ts';
import { mapHelpers } from './helpers_map.ts';
import { stringHelpers } from './helpers_string.ts';
import * as w from './wasm.ts';
import type { Buf } from './wasm.ts';

/** Objects with pointers of more bytes have a header. */
const maxScan = 512;
const tinySize = 16;

/**
 * Returns an object of n bytes (a local) of the type in local t, if that can be done
 * here; falls through if not, with nothing changed. n is at most fastMax and not 0.
 * With value instead of a type: an object without pointers that value() fills, given its
 * address; as converting to an interface charges nothing for the object, neither does this.
 */
function alloc(a: Asm, n: number, t: number | null, site: number, value?: (x: E) => void): void {
  const g = (l: number): E => a.get(l), k = (v: number): E => a.i32(v);
  const entry = a.local(), group = a.local(), free = a.local(), bit = a.local(), x = a.local(), left = a.local(), totals = a.local(), ptrdata = a.local(), elem = a.local();
  const bump = (at: number, by: E): void => a.setCell(at, a.add(a.cell(at), by));
  /** Counts object x of size bytes and returns it. low: what the digest mixes beside the site. */
  const finish = (size: E, low: E): void => {
    if (!value) a.setCell(cellFuel, a.sub(a.cell(cellFuel), a.and(g(entry), k(0xffff))));
    value?.(g(x));
    a.setCell(logMixA, a.add(a.mul(a.xor(a.cell(logMixA), g(x)), k(0x9e3779b1)), g(n)));
    a.setCell(logMixB, a.add(a.mul(a.xor(a.cell(logMixB), a.xor(a.shl(g(site), k(9)), low)), k(0x85ebca77)), a.cell(logMixA)));
    bump(logFolded, k(1));
    a.st(g(totals), siteObjects, a.add(a.ld(g(totals), siteObjects), k(1)));
    a.st(g(totals), siteBytes, a.add(a.ld(g(totals), siteBytes), size));
    a.ret(g(x));
  };
  /** Takes the next slot of the group at the address pushed. */
  const take = (at: E): void => {
    a.st(at, groupFree, a.and(g(free), a.sub(g(free), k(1))));
    a.set(bit, a.ctz(g(free)));
    a.set(x, a.add(a.ld(at, groupBase), a.mul(g(bit), g(elem))));
    a.st(at, groupCount, a.add(a.ld(at, groupCount), k(1)));
    a.st(at, groupAsked, a.add(a.ld(at, groupAsked), g(n)));
    a.set(bit, a.add(at, a.shl(g(bit), k(2))));
    a.st(g(bit), groupSites, g(site));
    a.setCell(logLeft, a.sub(g(left), g(elem)));
  };
  const tinyGroup = k(groups + tinySpanClass * groupSize);
  a.set(entry, a.ld(a.shl(g(n), k(2)), sizeTable));
  a.set(left, a.cell(logLeft));
  a.block((slow) => {
    a.brIf(slow, a.ne(a.ld(a.tee(totals, a.add(a.shl(a.and(g(site), k(siteSlots - 1)), k(siteShift)), k(siteCache))), siteKey), g(site)));
    a.set(group, a.add(a.shl(a.shr(g(entry), k(16)), k(groupShift + 1)), k(groups)));
    a.if(a.eqz(a.tee(ptrdata, t === null ? k(0) : a.ld(g(t), typePtrdata))), () => {
      a.if(a.ltU(g(n), k(tinySize)), () => {
        const block = a.let(a.cell(tinyBlock)), off = a.let(a.cell(tinyOffset)), low = a.let(a.and(g(n), a.sub(k(0), g(n))));
        // Aligned to the largest power of two that divides the size.
        const at = a.let(a.and(a.add(g(off), a.sub(g(low), k(1))), a.sub(k(0), g(low))));
        const tinyLow = k(tinySpanClass << 1 | 1);
        a.brIf(slow, a.eqz(g(left)));
        a.if(g(block), () => {
          a.if(a.gtU(a.tee(free, a.add(g(at), g(n))), k(tinySize)), () => undefined, () => {
            a.setCell(tinyOffset, g(free));
            a.set(x, a.add(g(block), g(at)));
            bump(tinyPacked, k(1));
            bump(logPacked, k(1));
            a.st(tinyGroup, groupAsked, a.add(a.ld(tinyGroup, groupAsked), g(n)));
            finish(k(0), tinyLow);
          });
        });
        a.brIf(slow, a.eqz(a.tee(free, a.ld(tinyGroup, groupFree))));
        a.set(elem, k(tinySize));
        a.brIf(slow, a.geU(g(elem), g(left)));
        take(tinyGroup);
        a.if(a.or(a.ltU(g(n), g(off)), a.eqz(g(block))), () => {
          a.setCell(tinyBlock, g(x));
          a.setCell(tinyOffset, g(n));
        });
        finish(g(elem), tinyLow);
      });
      a.set(group, a.add(g(group), k(groupSize)));
    }, () => a.brIf(slow, a.gtU(g(n), k(maxScan))));
    a.brIf(slow, a.eqz(a.tee(free, a.ld(g(group), groupFree))));
    a.brIf(slow, a.geU(a.tee(elem, a.ld(g(group), groupElem)), g(left)));
    take(g(group));
    if (t !== null) {
      a.if(g(ptrdata), () => {
        a.st(g(bit), groupTypes, g(t));
        bump(scanAlloc, a.add(a.sub(g(n), a.ld(g(t))), g(ptrdata)));
      });
    }
    // The group's address tells its span class.
    finish(g(elem), a.shl(a.shr(a.sub(g(group), k(groups)), k(groupShift)), k(1)));
  });
}

/** newobject(t, site). */
function newobject(): Buf {
  const a = new Asm('ii:i'), n = a.let(a.ld(a.get(0)));
  a.if(a.ltU(a.sub(a.get(n), a.i32(1)), a.i32(fastMax)), () => alloc(a, n, 0, 1));
  a.ret(a.call('slow:newobject', a.get(0), a.get(1)));
  a.unreachable();
  return a.finish();
}

/** makeslice(t, len, cap, site): lengths are f64 and may be anything. */
function makeslice(): Buf {
  const a = new Asm('iddi:i'), n = a.local();
  const f64 = (v: number): E => () => { a.b.u8(w.oF64Const); a.b.f64(v); };
  a.if(a.and(a.and(a.bin(w.oF64Ge, a.get(1), f64(0)), a.bin(w.oF64Le, a.get(1), a.get(2))), a.bin(w.oF64Le, a.get(2), f64(fastMax))), () => {
    a.set(n, a.mul(a.un(w.oI32TruncF64S, a.get(2)), a.ld(a.get(0))));
    // The element's size may be large: both factors are below 2**11.
    a.if(a.and(a.ltU(a.ld(a.get(0)), a.i32(fastMax + 1)), a.ltU(a.sub(a.get(n), a.i32(1)), a.i32(fastMax))), () => alloc(a, n, 0, 3));
  });
  a.ret(a.call('slow:makeslice', a.get(0), a.get(1), a.get(2), a.get(3)));
  a.unreachable();
  return a.finish();
}

/** convT32(v, site) and convT64(lo, hi, site): small values lie in a table, as in Go. */
function convT(words: 1 | 2): Buf {
  const a = new Asm(words === 1 ? 'ii:i' : 'iii:i'), site = words;
  const small = a.ltU(a.get(0), a.i32(256));
  a.if(words === 1 ? small : a.and(a.eqz(a.get(1)), small), () => a.ret(a.add(a.i32(staticuint64s), a.shl(a.get(0), a.i32(3)))));
  alloc(a, a.let(a.i32(4 * words)), null, site, (x) => { for (let i = 0; i < words; i++) a.st(x, 4 * i, a.get(i)); });
  a.ret(words === 1 ? a.call('slow:convT32', a.get(0), a.get(1)) : a.call('slow:convT64', a.get(0), a.get(1), a.get(2)));
  a.unreachable();
  return a.finish();
}

export interface Helper { readonly sig: string; readonly build: () => Buf }

/** By symbol. */
export const helpers: ReadonlyMap<string, Helper> = new Map<string, Helper>([
  ['rt:newobject', { sig: 'ii:i', build: newobject }],
  ['rt:makeslice', { sig: 'iddi:i', build: makeslice }],
  ['rt:convT32', { sig: 'ii:i', build: () => convT(1) }],
  ['rt:convT64', { sig: 'iii:i', build: () => convT(2) }],
  ...mapHelpers,
  ...stringHelpers,
]);
