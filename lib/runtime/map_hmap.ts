/**
 * Maps of Go ≤ 1.23 as real structures in memory:
 *
 *   hmap (48 bytes)  count 0, flags 8 (u8), B 9, noverflow 10 (u16), hash0 12 (u32), buckets 16, oldbuckets 24, nevacuate 32, extra 40
 *   mapextra (24)    overflow *[]*bmap 0, oldoverflow 8, nextOverflow 16
 *   bmap             8 tophash bytes, 8 keys, 8 elements, overflow pointer
 *   hiter (96)       key 0, elem 8, t 16, h 24, buckets 32, bptr 40, overflow 48, oldoverflow 56, startBucket 64, offset 72 (u8),
 *                    wrapped 73, B 74, i 75, bucket 80, checkBucket 88
 *
 * A map has 2^B buckets of eight; beyond 6.5 elements a bucket it doubles, with too
 * many overflow buckets it is rewritten at the same size; each write moves one or two
 * old buckets (evacuation). Buckets of maps without pointers are not scanned: the
 * collector keeps their overflow buckets through extra.overflow.
 * SIMPLIFIED: noverflow is counted exactly (Go samples it from B = 16 on).
 */
import { setPtrWords } from './barrier.ts';
import { key32, key64 } from './maptype.ts';
import type { MapInfo } from './maptype.ts';
import type { MapEnv } from './mapenv.ts';
import { roundupsize } from './sizes.ts';

const emptyRest = 0, emptyOne = 1, evacuatedX = 2, evacuatedY = 3, evacuatedEmpty = 4, minTopHash = 5;
const sameSizeGrow = 8, iterating = 1, oldIterating = 2;
const hCount = 0, hFlags = 8, hB = 9, hNoverflow = 10, hHash0 = 12, hBuckets = 16, hOld = 24, hNevacuate = 32, hExtra = 40;
const xOverflow = 0, xOldOverflow = 8, xNext = 16;
const iT = 16, iH = 24, iBuckets = 32, iBptr = 40, iStart = 64, iOffset = 72, iWrapped = 73, iB = 74, iI = 75, iBucket = 80, iCheck = 88;
const noCheck = 0xffffffff;

const overLoad = (count: number, B: number): boolean => count > 8 && count > 6.5 * (1 << B);
const tooManyOverflow = (n: number, B: number): boolean => n >= 1 << (B < 15 ? B : 15);
const top = (hash: number): number => { const t = hash >>> 24; return t < minTopHash ? t + minTopHash : t; };

export class HMaps {
  readonly #hmapType: number; readonly #extraType: number; readonly #listType: number; readonly #ptrType: number;
  constructor(readonly env: MapEnv) {
    this.#hmapType = env.makeType('runtime.hmap', 48, [2, 3, 5]);
    this.#extraType = env.makeType('runtime.mapextra', 24, [0, 1, 2]);
    this.#listType = env.makeType('[]*runtime.bmap', 24, [0]);
    this.#ptrType = env.makeType('*runtime.bmap', 8, [0]);
  }
  #set(slot: number, p: number): void { setPtrWords(this.env, slot, p); }
  len(h: number): number { return this.env.mem.u32[(h + hCount) >>> 2]; }

  make(t: MapInfo, hint: number, h: number, bucket: number, site: number): number {
    const { env } = this, { mem } = env;
    if (h === 0) h = env.newobject(this.#hmapType, site); else mem.u8.fill(0, h, h + 48);
    mem.u32[(h + hHash0) >>> 2] = env.random.uint32();
    if (bucket !== 0) { mem.u8.fill(0, bucket, bucket + t.bucketSize); this.#set(h + hBuckets, bucket); }
    if (hint * t.bucketSize > 2 ** 48) hint = 0;
    let B = 0;
    while (overLoad(hint, B)) B++;
    mem.u8[h + hB] = B;
    if (B !== 0) {
      const next = this.#makeBuckets(t, B, site);
      this.#set(h + hBuckets, next.buckets);
      if (next.overflow !== 0) {
        const x = env.newobject(this.#extraType, site);
        this.#set(h + hExtra, x);
        this.#set(x + xNext, next.overflow);
      }
    }
    return h;
  }
  /** 2^B buckets and, from B = 4 on, 2^(B−4) overflow buckets more, filling the size class. */
  #makeBuckets(t: MapInfo, B: number, site: number): { buckets: number; overflow: number } {
    const base = (1 << B), { env } = this;
    let n = base;
    if (B >= 4) {
      n += (1 << (B - 4));
      const size = n * t.bucketSize, up = roundupsize(size, t.bucketNoscan, env.version >= 22);
      if (up !== size) n = Math.floor(up / t.bucketSize);
    }
    const buckets = env.newarray(t.bucket, n, site, t.bucketNoscan);
    if (n === base) return { buckets, overflow: 0 };
    // The last preallocated bucket's overflow pointer is set to mark the end.
    this.#set(buckets + n * t.bucketSize - 8, buckets);
    return { buckets, overflow: buckets + base * t.bucketSize };
  }
  #overflow(t: MapInfo, b: number): number { return this.env.mem.u32[(b + t.bucketSize - 8) >>> 2]; }
  #newOverflow(t: MapInfo, h: number, b: number, site: number): number {
    const { env } = this, { mem } = env;
    const x = mem.u32[(h + hExtra) >>> 2];
    let ovf = x === 0 ? 0 : mem.u32[(x + xNext) >>> 2];
    if (ovf !== 0) {
      if (this.#overflow(t, ovf) === 0) this.#set(x + xNext, ovf + t.bucketSize);
      else { this.#set(ovf + t.bucketSize - 8, 0); this.#set(x + xNext, 0); }
    } else ovf = env.newarray(t.bucket, 1, site, t.bucketNoscan);
    mem.u16[(h + hNoverflow) >>> 1] = Math.min(65535, mem.u16[(h + hNoverflow) >>> 1] + 1);
    if (t.bucketNoscan) this.#keep(h, ovf, site);
    this.#set(b + t.bucketSize - 8, ovf);
    return ovf;
  }
  /** Appends ovf to the list that keeps a pointer-free map's overflow buckets alive. */
  #keep(h: number, ovf: number, site: number): void {
    const { env } = this, { mem } = env;
    if (mem.u32[(h + hExtra) >>> 2] === 0) this.#set(h + hExtra, env.newobject(this.#extraType, site));
    const x = mem.u32[(h + hExtra) >>> 2];
    if (mem.u32[(x + xOverflow) >>> 2] === 0) this.#set(x + xOverflow, env.newobject(this.#listType, site));
    const list = mem.u32[(x + xOverflow) >>> 2], len = mem.u32[(list + 8) >>> 2], cap = mem.u32[(list + 16) >>> 2];
    if (len === cap) {
      const want = cap === 0 ? 1 : cap < 256 ? 2 * cap : cap + Math.floor((cap + 768) / 4);
      const bytes = roundupsize(want * 8, false, env.version >= 22), n = Math.floor(bytes / 8), store = env.newarray(this.#ptrType, n, site);
      for (let i = 0; i < len; i++) this.#set(store + 8 * i, mem.u32[(mem.u32[list >>> 2] + 8 * i) >>> 2]);
      this.#set(list, store);
      mem.u32[(list + 16) >>> 2] = n;
    }
    this.#set(mem.u32[list >>> 2] + 8 * len, ovf);
    mem.u32[(list + 8) >>> 2] = len + 1;
  }
  #keySlot(t: MapInfo, b: number, i: number): number { return b + 8 + i * t.keySlot; }
  #elemSlot(t: MapInfo, b: number, i: number): number { return b + 8 + 8 * t.keySlot + i * t.elemSlot; }
  #key(t: MapInfo, slot: number): number { return t.indirectKey ? this.env.mem.u32[slot >>> 2] : slot; }
  #elem(t: MapInfo, slot: number): number { return t.indirectElem ? this.env.mem.u32[slot >>> 2] : slot; }

  #keyEqual(t: MapInfo, a: number, b: number): boolean {
    const { u32 } = this.env.mem;
    if (t.keyKind === key64) return u32[a >>> 2] === u32[b >>> 2] && u32[(a >>> 2) + 1] === u32[(b >>> 2) + 1];
    if (t.keyKind === key32) return u32[a >>> 2] === u32[b >>> 2];
    return this.env.keyEqual(t, a, b);
  }
  /** Finds key; leaves bucket and index in #b, #i. */
  #b = 0; #i = 0;
  #find(t: MapInfo, h: number, key: number): boolean {
    const { env } = this, { mem } = env, { u32, u8 } = mem;
    if (u32[(h + hCount) >>> 2] === 0) return false;
    const hash = env.keyHash(t, key, u32[(h + hHash0) >>> 2]), B = u8[h + hB];
    let mask = (1 << B) - 1, b = u32[(h + hBuckets) >>> 2] + (hash & mask) * t.bucketSize;
    const old = u32[(h + hOld) >>> 2];
    if (old !== 0) {
      if ((u8[h + hFlags] & sameSizeGrow) === 0) mask >>>= 1;
      const ob = old + (hash & mask) * t.bucketSize;
      if (!this.#evacuated(ob)) b = ob;
    }
    const tophash = top(hash);
    for (; b !== 0; b = this.#overflow(t, b)) {
      for (let i = 0; i < 8; i++) {
        const th = u8[b + i];
        if (th !== tophash) { if (th === emptyRest) return false; continue; }
        if (this.#keyEqual(t, key, this.#key(t, this.#keySlot(t, b, i)))) { this.#b = b; this.#i = i; return true; }
      }
    }
    return false;
  }
  #evacuated(b: number): boolean { const th = this.env.mem.u8[b]; return th > emptyOne && th < minTopHash; }
  access(t: MapInfo, h: number, key: number): number { return this.#find(t, h, key) ? this.#elem(t, this.#elemSlot(t, this.#b, this.#i)) : 0; }

  assign(t: MapInfo, h: number, key: number, site: number): number {
    const { env } = this, { mem } = env;
    const hash = env.keyHash(t, key, mem.u32[(h + hHash0) >>> 2]);
    if (mem.u32[(h + hBuckets) >>> 2] === 0) this.#set(h + hBuckets, env.newarray(t.bucket, 1, site, t.bucketNoscan));
    for (;;) {
      const B = mem.u8[h + hB], bucket = hash & ((1 << B) - 1);
      if (mem.u32[(h + hOld) >>> 2] !== 0) this.#growWork(t, h, bucket, site);
      const tophash = top(hash);
      let b = mem.u32[(h + hBuckets) >>> 2] + bucket * t.bucketSize, freeB = 0, freeI = 0;
      search: for (;;) {
        for (let i = 0; i < 8; i++) {
          const th = mem.u8[b + i];
          if (th !== tophash) {
            if (th <= emptyOne && freeB === 0) { freeB = b; freeI = i; }
            if (th === emptyRest) break search;
            continue;
          }
          const k = this.#key(t, this.#keySlot(t, b, i));
          if (!this.#keyEqual(t, key, k)) continue;
          if (t.needKeyUpdate) env.typedmemmove(t.key, k, key);
          return this.#elem(t, this.#elemSlot(t, b, i));
        }
        const next = this.#overflow(t, b);
        if (next === 0) break;
        b = next;
      }
      if (mem.u32[(h + hOld) >>> 2] === 0 && (overLoad(mem.u32[(h + hCount) >>> 2] + 1, B) || tooManyOverflow(mem.u16[(h + hNoverflow) >>> 1], B))) {
        this.#hashGrow(t, h, site);
        continue;
      }
      if (freeB === 0) { freeB = this.#newOverflow(t, h, b, site); freeI = 0; }
      const ks = this.#keySlot(t, freeB, freeI), es = this.#elemSlot(t, freeB, freeI);
      let k = ks, e = es;
      if (t.indirectKey) { k = env.newobject(t.key, site); this.#set(ks, k); }
      if (t.indirectElem) { e = env.newobject(t.elem, site); this.#set(es, e); }
      env.typedmemmove(t.key, k, key);
      mem.u8[freeB + freeI] = tophash;
      mem.u32[(h + hCount) >>> 2]++;
      return e;
    }
  }
  #hashGrow(t: MapInfo, h: number, site: number): void {
    const { mem } = this.env;
    let bigger = 1;
    if (!overLoad(mem.u32[(h + hCount) >>> 2] + 1, mem.u8[h + hB])) { bigger = 0; mem.u8[h + hFlags] |= sameSizeGrow; }
    const old = mem.u32[(h + hBuckets) >>> 2], made = this.#makeBuckets(t, mem.u8[h + hB] + bigger, site);
    const flags = mem.u8[h + hFlags];
    mem.u8[h + hFlags] = (flags & ~(iterating | oldIterating)) | (flags & iterating ? oldIterating : 0);
    mem.u8[h + hB] += bigger;
    this.#set(h + hOld, old);
    this.#set(h + hBuckets, made.buckets);
    mem.setInt(h + hNevacuate, 0);
    mem.u16[(h + hNoverflow) >>> 1] = 0;
    const x = mem.u32[(h + hExtra) >>> 2];
    if (x !== 0 && mem.u32[(x + xOverflow) >>> 2] !== 0) { this.#set(x + xOldOverflow, mem.u32[(x + xOverflow) >>> 2]); this.#set(x + xOverflow, 0); }
    if (made.overflow !== 0) {
      if (mem.u32[(h + hExtra) >>> 2] === 0) this.#set(h + hExtra, this.env.newobject(this.#extraType, site));
      this.#set(mem.u32[(h + hExtra) >>> 2] + xNext, made.overflow);
    }
  }
  #oldBuckets(h: number): number { const { u8 } = this.env.mem; return 1 << (u8[h + hB] - (u8[h + hFlags] & sameSizeGrow ? 0 : 1)); }
  #growWork(t: MapInfo, h: number, bucket: number, site: number): void {
    const { mem } = this.env;
    this.#evacuate(t, h, bucket & (this.#oldBuckets(h) - 1), site);
    if (mem.u32[(h + hOld) >>> 2] !== 0) this.#evacuate(t, h, mem.u32[(h + hNevacuate) >>> 2], site);
  }
  #evacuate(t: MapInfo, h: number, oldbucket: number, site: number): void {
    const { env } = this, { mem } = env;
    const newbit = this.#oldBuckets(h), first = mem.u32[(h + hOld) >>> 2] + oldbucket * t.bucketSize, same = (mem.u8[h + hFlags] & sameSizeGrow) !== 0;
    if (!this.#evacuated(first)) {
      const dst = [oldbucket, oldbucket + newbit].map((n) => ({ b: mem.u32[(h + hBuckets) >>> 2] + n * t.bucketSize, i: 0 }));
      for (let b = first; b !== 0; b = this.#overflow(t, b)) {
        for (let i = 0; i < 8; i++) {
          let th = mem.u8[b + i];
          if (th <= emptyOne) { mem.u8[b + i] = evacuatedEmpty; continue; }
          const ks = this.#keySlot(t, b, i), key = this.#key(t, ks);
          let useY = 0;
          if (!same) {
            const hash = env.keyHash(t, key, mem.u32[(h + hHash0) >>> 2]);
            // A key unequal to itself (NaN) hashes anew each time: decide by its old tophash, and give it a new one.
            if ((mem.u8[h + hFlags] & (iterating | oldIterating)) !== 0 && !this.#keyEqual(t, key, key)) { useY = th & 1; th = top(hash); } else if ((hash & newbit) !== 0) useY = 1;
          }
          mem.u8[b + i] = evacuatedX + useY;
          const d = dst[useY];
          if (d.i === 8) { d.b = this.#newOverflow(t, h, d.b, site); d.i = 0; }
          mem.u8[d.b + d.i] = th;
          const kd = this.#keySlot(t, d.b, d.i), ed = this.#elemSlot(t, d.b, d.i), es = this.#elemSlot(t, b, i);
          if (t.indirectKey) this.#set(kd, mem.u32[ks >>> 2]); else env.typedmemmove(t.key, kd, ks);
          if (t.indirectElem) this.#set(ed, mem.u32[es >>> 2]); else env.typedmemmove(t.elem, ed, es);
          d.i++;
        }
      }
      // Help the collector: drop the pointers, keep the mark that the bucket moved.
      if ((mem.u8[h + hFlags] & oldIterating) === 0 && !t.bucketNoscan) { env.typedmemclr(t.bucket, first, t.bucketSize); mem.u8.fill(evacuatedEmpty, first, first + 8); }
    }
    if (oldbucket === mem.u32[(h + hNevacuate) >>> 2]) {
      let n = oldbucket + 1;
      const stop = Math.min(n + 1024, newbit);
      while (n !== stop && this.#evacuated(mem.u32[(h + hOld) >>> 2] + n * t.bucketSize)) n++;
      mem.u32[(h + hNevacuate) >>> 2] = n;
      if (n === newbit) {
        this.#set(h + hOld, 0);
        const x = mem.u32[(h + hExtra) >>> 2];
        if (x !== 0) this.#set(x + xOldOverflow, 0);
        mem.u8[h + hFlags] &= ~sameSizeGrow;
      }
    }
  }

  delete(t: MapInfo, h: number, key: number): void {
    const { env } = this, { mem } = env;
    if (mem.u32[(h + hCount) >>> 2] === 0) return;
    const hash = env.keyHash(t, key, mem.u32[(h + hHash0) >>> 2]), bucket = hash & ((1 << mem.u8[h + hB]) - 1);
    if (mem.u32[(h + hOld) >>> 2] !== 0) this.#growWork(t, h, bucket, 0);
    if (!this.#find(t, h, key)) return;
    const b = this.#b, i = this.#i, ks = this.#keySlot(t, b, i), es = this.#elemSlot(t, b, i);
    if (t.indirectKey) this.#set(ks, 0); else if (t.keyPtrs) env.typedmemclr(t.key, ks, t.keySize);
    if (t.indirectElem) this.#set(es, 0); else env.typedmemclr(t.elem, es, t.elemSize);
    mem.u8[b + i] = emptyOne;
    this.#emptyTail(t, mem.u32[(h + hBuckets) >>> 2] + bucket * t.bucketSize, b, i);
    mem.u32[(h + hCount) >>> 2]--;
    if (mem.u32[(h + hCount) >>> 2] === 0) mem.u32[(h + hHash0) >>> 2] = env.random.uint32();
  }
  /** If nothing follows slot i of bucket b, it and the empty slots before it end the chain. */
  #emptyTail(t: MapInfo, first: number, b: number, i: number): void {
    const { mem } = this.env;
    const after = (bb: number, ii: number): number => { if (ii < 7) return mem.u8[bb + ii + 1]; const o = this.#overflow(t, bb); return o === 0 ? emptyRest : mem.u8[o]; };
    if (after(b, i) !== emptyRest) return;
    for (;;) {
      mem.u8[b + i] = emptyRest;
      if (i === 0) {
        if (b === first) return;
        let c = first;
        while (this.#overflow(t, c) !== b) c = this.#overflow(t, c);
        b = c; i = 7;
      } else i--;
      if (mem.u8[b + i] !== emptyOne) return;
    }
  }
  clear(t: MapInfo, h: number): void {
    const { env } = this, { mem } = env;
    if (mem.u32[(h + hCount) >>> 2] === 0) return;
    const B = mem.u8[h + hB];
    // Running iterators must not see old buckets again.
    this.#markEmpty(t, mem.u32[(h + hBuckets) >>> 2], (1 << B));
    if (mem.u32[(h + hOld) >>> 2] !== 0) this.#markEmpty(t, mem.u32[(h + hOld) >>> 2], this.#oldBuckets(h));
    mem.u8[h + hFlags] &= ~sameSizeGrow;
    this.#set(h + hOld, 0);
    mem.setInt(h + hNevacuate, 0);
    mem.u16[(h + hNoverflow) >>> 1] = 0;
    mem.u32[(h + hCount) >>> 2] = 0;
    mem.u32[(h + hHash0) >>> 2] = env.random.uint32();
    const x = mem.u32[(h + hExtra) >>> 2];
    if (x !== 0) { this.#set(x + xOverflow, 0); this.#set(x + xOldOverflow, 0); this.#set(x + xNext, 0); }
    const n = (1 << B), buckets = mem.u32[(h + hBuckets) >>> 2];
    env.typedmemclr(t.bucketNoscan ? 0 : t.bucket, buckets, n * t.bucketSize);
    if (B >= 4) {
      let all = n + (1 << (B - 4));
      const size = all * t.bucketSize, up = roundupsize(size, t.bucketNoscan, env.version >= 22);
      if (up !== size) all = Math.floor(up / t.bucketSize);
      env.typedmemclr(t.bucketNoscan ? 0 : t.bucket, buckets + n * t.bucketSize, (all - n) * t.bucketSize);
      if (mem.u32[(h + hExtra) >>> 2] !== 0) { this.#set(buckets + all * t.bucketSize - 8, buckets); this.#set(mem.u32[(h + hExtra) >>> 2] + xNext, buckets + n * t.bucketSize); }
    }
  }
  #markEmpty(t: MapInfo, buckets: number, n: number): void {
    const { mem } = this.env;
    for (let i = 0; i < n; i++) for (let b = buckets + i * t.bucketSize; b !== 0; b = this.#overflow(t, b)) mem.u8.fill(emptyRest, b, b + 8);
  }

  iterInit(typ: number, h: number, it: number): void {
    const { env } = this, { mem } = env;
    mem.u8.fill(0, it, it + 96);
    mem.u32[(it + iT) >>> 2] = typ;
    if (h === 0 || mem.u32[(h + hCount) >>> 2] === 0) return;
    const B = mem.u8[h + hB], r = env.random.uint32();
    mem.setPtr(it + iH, h);
    mem.u8[it + iB] = B;
    mem.setPtr(it + iBuckets, mem.u32[(h + hBuckets) >>> 2]);
    mem.u32[(it + iStart) >>> 2] = r & ((1 << B) - 1);
    mem.u8[it + iOffset] = r >>> 29;
    mem.u32[(it + iBucket) >>> 2] = mem.u32[(it + iStart) >>> 2];
    mem.u32[(it + iCheck) >>> 2] = noCheck;
    mem.u8[h + hFlags] |= iterating | oldIterating;
  }
  iterNext(t: MapInfo, it: number): void {
    const { env } = this, { mem } = env, { u32, u8 } = mem;
    const h = u32[(it + iH) >>> 2];
    if (h === 0) { mem.setPtr(it, 0); mem.setPtr(it + 8, 0); return; }
    let b = u32[(it + iBptr) >>> 2], bucket = u32[(it + iBucket) >>> 2], i = u8[it + iI], check = u32[(it + iCheck) >>> 2];
    const B = u8[it + iB];
    for (;;) {
      if (b === 0) {
        if (bucket === u32[(it + iStart) >>> 2] && u8[it + iWrapped]) { mem.setPtr(it, 0); mem.setPtr(it + 8, 0); return; }
        check = noCheck;
        if (u32[(h + hOld) >>> 2] !== 0 && B === u8[h + hB]) {
          // Growing since before the iteration began: read the old bucket if it has not moved, keeping what would land here.
          const ob = u32[(h + hOld) >>> 2] + (bucket & (this.#oldBuckets(h) - 1)) * t.bucketSize;
          if (!this.#evacuated(ob)) { b = ob; check = bucket; } else b = u32[(it + iBuckets) >>> 2] + bucket * t.bucketSize;
        } else b = u32[(it + iBuckets) >>> 2] + bucket * t.bucketSize;
        if (++bucket === (1 << B)) { bucket = 0; u8[it + iWrapped] = 1; }
        i = 0;
      }
      for (; i < 8; i++) {
        const o = (i + u8[it + iOffset]) & 7, th = u8[b + o];
        if (th <= emptyOne || th === evacuatedEmpty) continue;
        const key = this.#key(t, this.#keySlot(t, b, o)), elem = this.#elem(t, this.#elemSlot(t, b, o));
        if (check !== noCheck && (u8[h + hFlags] & sameSizeGrow) === 0) {
          if (this.#keyEqual(t, key, key)) { if ((env.keyHash(t, key, u32[(h + hHash0) >>> 2]) & ((1 << B) - 1)) !== check) continue; }
          else if ((check >>> (B - 1)) !== (th & 1)) continue;
        }
        const moved = th === evacuatedX || th === evacuatedY;
        if (!moved || !this.#keyEqual(t, key, key)) { mem.setPtr(it, key); mem.setPtr(it + 8, elem); } else {
          if (!this.#find(t, h, key)) continue;
          mem.setPtr(it, this.#key(t, this.#keySlot(t, this.#b, this.#i)));
          mem.setPtr(it + 8, this.#elem(t, this.#elemSlot(t, this.#b, this.#i)));
        }
        mem.setPtr(it + iBptr, b);
        u32[(it + iBucket) >>> 2] = bucket;
        u8[it + iI] = i + 1;
        u32[(it + iCheck) >>> 2] = check;
        return;
      }
      b = this.#overflow(t, b);
      i = 0;
    }
  }
  describe(h: number): string {
    const { u8, u32, u16 } = this.env.mem;
    return `count ${this.len(h)} B ${u8[h + hB]} noverflow ${u16[(h + hNoverflow) >>> 1]}${u32[(h + hOld) >>> 2] !== 0 ? ' growing' : ''}`;
  }
}
