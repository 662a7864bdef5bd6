/**
 * Reads and writes of Swiss maps whose keys are 4 bytes, 8 bytes or strings: finding a
 * key, and putting one where a slot is free. The structures, the hash and the order of
 * probing are those of lib/runtime/map.ts, to which everything else goes: growing,
 * tombstones, writes while a collection marks, hmaps, types not seen before.
 */
import { cellBarrier, cellFuel } from '../abi/machine.ts';
import { arenaBase, heapPrefix } from '../abi/memory.ts';
import { resultArea } from '../abi/imports.ts';
import { nsMapAccess, nsMapAssign, ticksPerNs } from '../abi/cost.ts';
import { infoElemOff, infoGroupSize, infoSlotSize, infoZero, mDirLen, mDirPtr, mGlobalDepth, mSeed, mUsed, tGroups, tGrowthLeft, tLengthMask, tUsed } from '../abi/swissmap.ts';
import { typeMapInfo } from '../abi/type.ts';
import { Asm, type E } from './asm.ts';
import * as w from './wasm.ts';
import type { Buf } from './wasm.ts';

type Kind = '32' | '64' | 'str';

/** Mixes a word into the hash in local h (mix in lib/runtime/alg.ts). */
function mix(a: Asm, h: number, word: E): void {
  const rotl = (x: E, n: number): E => a.bin(w.oI32Rotl, x, a.i32(n));
  a.set(h, a.xor(a.get(h), a.mul(rotl(a.mul(word, a.i32(0xcc9e2d51)), 15), a.i32(0x1b873593))));
  a.set(h, a.add(a.mul(rotl(a.get(h), 13), a.i32(5)), a.i32(0xe6546b64)));
}
function finish(a: Asm, h: number): void {
  const fold = (n: number, k?: number): void => { a.set(h, a.xor(a.get(h), a.shr(a.get(h), a.i32(n)))); if (k !== undefined) a.set(h, a.mul(a.get(h), a.i32(k))); };
  fold(16, 0x85ebca6b);
  fold(13, 0xc2b2ae35);
  fold(16);
}

/** memhash(p, n, seed). */
function memhash(): Buf {
  const a = new Asm('iii:i'), [p, n, h] = [0, 1, 2], end = a.let(a.add(a.get(p), a.and(a.get(n), a.i32(~3))));
  a.block((out) => a.loop((again) => {
    a.brIf(out, a.eq(a.get(p), a.get(end)));
    mix(a, h, a.ld(a.get(p)));
    a.set(p, a.add(a.get(p), a.i32(4)));
    a.br(again);
  }));
  const tail = a.local(), rest = a.let(a.and(a.get(n), a.i32(3)));
  a.if(a.get(rest), () => {
    a.set(tail, a.ld8(a.get(p)));
    a.if(a.gtU(a.get(rest), a.i32(1)), () => a.set(tail, a.or(a.get(tail), a.shl(a.ld8(a.get(p), 1), a.i32(8)))));
    a.if(a.gtU(a.get(rest), a.i32(2)), () => a.set(tail, a.or(a.get(tail), a.shl(a.ld8(a.get(p), 2), a.i32(16)))));
  });
  mix(a, h, a.get(tail));
  mix(a, h, a.get(n));
  finish(a, h);
  a.ret(a.get(h));
  a.unreachable();
  return a.finish();
}

/** Are the n bytes at p and q the same? Eight at a time; the last eight may overlap those before. */
function memequal(): Buf {
  const a = new Asm('iii:i'), [p, q, n] = [0, 1, 2], i = a.local();
  const differ = (off: E): E => a.bin(w.oI64Ne, a.ld64(a.add(a.get(p), off)), a.ld64(a.add(a.get(q), off)));
  a.if(a.eq(a.get(p), a.get(q)), () => a.ret(a.i32(1)));
  a.if(a.gtU(a.get(n), a.i32(7)), () => {
    a.set(n, a.sub(a.get(n), a.i32(8)));
    a.loop((again) => {
      a.if(a.ltU(a.get(i), a.get(n)), () => {
        a.if(differ(a.get(i)), () => a.ret(a.i32(0)));
        a.set(i, a.add(a.get(i), a.i32(8)));
        a.br(again);
      });
    });
    a.ret(a.un(w.oI32Eqz, differ(a.get(n))));
  });
  a.loop((again) => {
    a.if(a.ltU(a.get(i), a.get(n)), () => {
      a.if(a.ne(a.ld8(a.add(a.get(p), a.get(i))), a.ld8(a.add(a.get(q), a.get(i)))), () => a.ret(a.i32(0)));
      a.set(i, a.add(a.get(i), a.i32(1)));
      a.br(again);
    });
  });
  a.ret(a.i32(1));
  a.unreachable();
  return a.finish();
}

/** The parts both directions share: locals, the hash, the search of a group. */
class MapAsm {
  readonly info: number; readonly hash: number; readonly h2: number; readonly g: number; readonly slot: number; readonly ctrl: number;
  readonly #z: number; readonly #pattern: number; readonly #key: number;
  constructor(readonly a: Asm, readonly kind: Kind) {
    this.info = a.local(); this.hash = a.local(); this.h2 = a.local(); this.g = a.local(); this.slot = a.local();
    this.ctrl = a.local('j'); this.#z = a.local('j'); this.#pattern = a.local('j'); this.#key = a.local('j');
  }
  field(off: number): E { return this.a.ld(this.a.get(this.info), off); }
  word(base: number, off: number): E { return this.a.ld(this.a.get(base), off); }
  /** Hashes the key in parameters 2 and 3 with the seed of map 1. */
  start(): void {
    const { a } = this, { hash } = this;
    if (this.kind === 'str') a.set(hash, a.call('fast:memhash', a.get(2), a.get(3), a.ld(a.get(1), mSeed)));
    else {
      a.set(hash, a.ld(a.get(1), mSeed));
      mix(a, hash, a.get(2));
      if (this.kind === '64') {
        mix(a, hash, a.get(3));
        a.set(this.#key, a.bin(w.oI64Or, a.un(w.oI64ExtendI32U, a.get(2)), a.bin(w.oI64Shl, a.un(w.oI64ExtendI32U, a.get(3)), a.i64(32n))));
      }
      finish(a, hash);
    }
    a.set(this.h2, a.and(a.get(hash), a.i32(0x7f)));
    a.set(this.#pattern, a.bin(w.oI64Mul, a.un(w.oI64ExtendI32U, a.get(this.h2)), a.i64(0x0101010101010101n)));
  }
  /** Runs found with slot set if group g holds the key; ctrl is its control word afterwards. */
  search(found: () => void): void {
    const { a, slot } = this, z = this.#z;
    a.set(this.ctrl, a.ld64(a.get(this.g)));
    a.set(z, a.bin(w.oI64Xor, a.get(this.ctrl), a.get(this.#pattern)));
    a.set(z, a.bin(w.oI64And, a.bin(w.oI64And, a.bin(w.oI64Sub, a.get(z), a.i64(0x0101010101010101n)), a.bin(w.oI64Xor, a.get(z), a.i64(-1n))), a.i64(0x8080808080808080n)));
    a.block((none) => a.loop((again) => {
      a.brIf(none, a.un(w.oI64Eqz, a.get(z)));
      a.set(slot, this.slotAt(z));
      a.if(this.#same(), found);
      a.set(z, a.bin(w.oI64And, a.get(z), a.bin(w.oI64Sub, a.get(z), a.i64(1n))));
      a.br(again);
    }));
  }
  /** The slot of the lowest byte marked in a word. */
  slotAt(z: number): E {
    const { a } = this;
    return a.add(a.add(a.get(this.g), a.i32(8)), a.mul(this.byteOf(z), this.field(infoSlotSize)));
  }
  byteOf(z: number): E { return this.a.shr(this.a.un(w.oI32WrapI64, this.a.un(w.oI64Ctz, this.a.get(z))), this.a.i32(3)); }
  #same(): E {
    const { a } = this, at = a.get(this.slot);
    if (this.kind === '32') return a.eq(a.ld(at), a.get(2));
    if (this.kind === '64') return a.bin(w.oI64Eq, a.ld64(at), a.get(this.#key));
    return () => {
      a.eq(a.ld(at, 8), a.get(3))();
      a.b.u8(w.oIf); a.b.u8(w.wasmTypeByte.i);
      a.call('fast:memequal', a.ld(at), a.get(2), a.get(3))();
      a.b.u8(w.oElse);
      a.i32(0)();
      a.b.u8(w.oEnd);
    };
  }
  storeKey(): void {
    const { a } = this, at = a.get(this.slot);
    if (this.kind === '32') a.st(at, 0, a.get(2));
    else if (this.kind === '64') a.st64(at, 0, a.get(this.#key));
    else {
      const p = a.un(w.oI64ExtendI32U, a.get(2));
      a.if(a.geU(a.get(2), a.i32(arenaBase)), () => a.st64(at, 0, a.bin(w.oI64Or, p, a.i64(heapPrefix))), () => a.st64(at, 0, p));
      a.st64(at, 8, a.un(w.oI64ExtendI32U, a.get(3)));
    }
  }
  elem(): E { return this.a.add(this.a.get(this.slot), this.field(infoElemOff)); }
  /** The table for the hash, found through the directory. */
  table(): E {
    const { a } = this;
    // Shifted in two steps: at depth 0 by 32.
    return a.ld(a.add(a.ld(a.get(1), mDirPtr), a.shl(a.shr(a.shr(a.get(this.hash), a.i32(1)), a.sub(a.i32(31), a.ld8(a.get(1), mGlobalDepth))), a.i32(3))));
  }
  spend(ns: number): void { this.a.setCell(cellFuel, this.a.sub(this.a.cell(cellFuel), this.a.i32(Math.round(ns * ticksPerNs)))); }
}

const keys: Record<Kind, string> = { 32: 'i', 64: 'ii', str: 'ii' };

/** mapaccess1 (two false) and mapaccess2. */
function access(kind: Kind, two: boolean): Buf {
  const a = new Asm(`ii${keys[kind]}:i`), m = new MapAsm(a, kind);
  const give = (p: E, found: number): void => { if (two) a.st64(a.i32(0), resultArea + 8, a.i64(BigInt(found))); a.ret(p); };
  const args = [...`ii${keys[kind]}`].map((_, i) => a.get(i));
  a.if(a.eqz(a.tee(m.info, a.ld(a.get(0), typeMapInfo))), () => a.ret(a.call(`slow:mapaccess${two ? 2 : 1}_fast${kind}`, ...args)));
  m.spend(nsMapAccess);
  a.block((miss) => {
    a.brIf(miss, a.eqz(a.get(1)));
    a.brIf(miss, a.eqz(a.ld(a.get(1), mUsed)));
    m.start();
    a.if(a.eqz(a.ld(a.get(1), mDirLen)), () => {
      a.set(m.g, a.ld(a.get(1), mDirPtr));
      m.search(() => give(m.elem(), 1));
      a.br(miss);
    });
    const tab = a.let(m.table()), mask = a.let(m.word(tab, tLengthMask)), o = a.let(a.and(a.shr(a.get(m.hash), a.i32(7)), a.get(mask))), step = a.local();
    a.loop((again) => {
      a.set(m.g, a.add(m.word(tab, tGroups), a.mul(a.get(o), m.field(infoGroupSize))));
      m.search(() => give(m.elem(), 1));
      // An empty slot (high bit set, next one but one clear) ends the sequence.
      a.brIf(miss, a.bin(w.oI64Ne, a.bin(w.oI64And, a.bin(w.oI64And, a.get(m.ctrl), a.bin(w.oI64Xor, a.bin(w.oI64Shl, a.get(m.ctrl), a.i64(6n)), a.i64(-1n))), a.i64(0x8080808080808080n)), a.i64(0n)));
      a.set(step, a.add(a.get(step), a.i32(1)));
      a.set(o, a.and(a.add(a.get(o), a.get(step)), a.get(mask)));
      a.brIf(again, a.eqz(a.gtU(a.get(step), a.get(mask))));
    });
  });
  give(m.field(infoZero), 0);
  a.unreachable();
  return a.finish();
}

function assign(kind: Kind): Buf {
  const a = new Asm(`ii${keys[kind]}i:i`), m = new MapAsm(a, kind), free = a.local('j');
  const args = [...`ii${keys[kind]}i`].map((_, i) => a.get(i));
  const done = (): void => { m.spend(nsMapAssign); a.ret(m.elem()); };
  const found = (): void => { if (kind === 'str') m.storeKey(); done(); };
  /** Fills the free slot that the lowest bit of free stands for. */
  const fill = (): void => {
    a.set(m.slot, m.slotAt(free));
    m.storeKey();
    a.st8(a.add(a.get(m.g), m.byteOf(free)), 0, a.get(m.h2));
    a.st(a.get(1), mUsed, a.add(a.ld(a.get(1), mUsed), a.i32(1)));
    done();
  };
  a.block((slow) => {
    a.brIf(slow, a.eqz(a.tee(m.info, a.ld(a.get(0), typeMapInfo))));
    a.brIf(slow, a.eqz(a.get(1)));
    a.brIf(slow, a.cell(cellBarrier));
    a.brIf(slow, a.eqz(a.ld(a.get(1), mDirPtr)));
    m.start();
    a.if(a.eqz(a.ld(a.get(1), mDirLen)), () => {
      a.set(m.g, a.ld(a.get(1), mDirPtr));
      m.search(found);
      a.brIf(slow, a.gtU(a.ld(a.get(1), mUsed), a.i32(7)));
      a.set(free, a.bin(w.oI64And, a.get(m.ctrl), a.i64(0x8080808080808080n)));
      fill();
    });
    const tab = a.let(m.table()), mask = a.let(m.word(tab, tLengthMask)), o = a.let(a.and(a.shr(a.get(m.hash), a.i32(7)), a.get(mask))), step = a.local();
    a.loop((again) => {
      a.set(m.g, a.add(m.word(tab, tGroups), a.mul(a.get(o), m.field(infoGroupSize))));
      m.search(found);
      a.set(free, a.bin(w.oI64And, a.get(m.ctrl), a.i64(0x8080808080808080n)));
      a.if(a.bin(w.oI64Ne, a.get(free), a.i64(0n)), () => {
        // A tombstone is used only if no later group holds the key.
        a.brIf(slow, a.ne(a.ld8(a.add(a.get(m.g), m.byteOf(free))), a.i32(0x80)));
        a.brIf(slow, a.eqz(a.ld16(a.get(tab), tGrowthLeft)));
        a.st16(a.get(tab), tGrowthLeft, a.sub(a.ld16(a.get(tab), tGrowthLeft), a.i32(1)));
        a.st16(a.get(tab), tUsed, a.add(a.ld16(a.get(tab), tUsed), a.i32(1)));
        fill();
      });
      a.set(step, a.add(a.get(step), a.i32(1)));
      a.set(o, a.and(a.add(a.get(o), a.get(step)), a.get(mask)));
      a.brIf(again, a.eqz(a.gtU(a.get(step), a.get(mask))));
    });
  });
  a.ret(a.call(`slow:mapassign_fast${kind}`, ...args));
  a.unreachable();
  return a.finish();
}

/** The entries by symbol: signature and body. */
export const mapHelpers: readonly (readonly [string, { readonly sig: string; readonly build: () => Buf }])[] = [
  ['fast:memhash', { sig: 'iii:i', build: memhash }],
  ['fast:memequal', { sig: 'iii:i', build: memequal }],
  ...(['32', '64', 'str'] as const).flatMap((k) => [
    [`rt:mapaccess1_fast${k}`, { sig: `ii${keys[k]}:i`, build: () => access(k, false) }] as const,
    [`rt:mapaccess2_fast${k}`, { sig: `ii${keys[k]}:i`, build: () => access(k, true) }] as const,
    [`rt:mapassign_fast${k}`, { sig: `ii${keys[k]}i:i`, build: () => assign(k) }] as const,
  ]),
];
