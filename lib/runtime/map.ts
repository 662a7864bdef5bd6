/**
 * Swiss maps (Go ≥ 1.24) as real structures in memory, laid out as Go lays them out:
 *
 *   Map (48 bytes)    used 0, seed 8, dirPtr 16, dirLen 24, globalDepth 32, globalShift 33, writing 34,
 *                     tombstonePossible 35, clearSeq 40
 *   table (32)        used 0 (u16), capacity 2, growthLeft 4, localDepth 6 (u8), index 8, groups 16, lengthMask 24
 *   group             8 control bytes, then 8 slots {key, elem}
 *   Iter (96)         key 0, elem 8, typ 16, m 24, entryOffset 32, dirOffset 40, clearSeq 48, globalDepth 56, dirIdx 64,
 *                     tab 72, group 80, entryIdx 88
 *
 * Up to eight elements live in one group without a table (dirLen 0). Then tables of
 * 16 to 1,024 slots, found through a directory by the hash's high bits; a table
 * doubles at 7/8 load, and splits in two beyond 1,024.
 *
 * A control byte is 0x80 empty, 0xfe deleted, or the hash's low seven bits. The rest
 * of the hash chooses the first group of the probe sequence (triangular steps).
 * SIMPLIFIED: our hash has 32 bits, not 64; the directory uses its top bits.
 * `writing` is kept 0: a run's goroutines switch only between map operations.
 */
import { mClearSeq, mDirLen, mDirPtr, mGlobalDepth, mSeed, mTombstone, mUsed, tCapacity, tGroups, tGrowthLeft, tIndex, tLengthMask, tLocalDepth, tUsed } from '../abi/swissmap.ts';
import { hash32, hash64 } from './alg.ts';
import { setPtrWords } from './barrier.ts';
import { key32, key64 } from './maptype.ts';
import type { MapInfo } from './maptype.ts';
import type { MapEnv } from './mapenv.ts';

const ctrlEmpty = 0x80, ctrlDeleted = 0xfe;
const maxTableCapacity = 1024;

const iTyp = 16, iMap = 24, iEntryOffset = 32, iDirOffset = 40, iClearSeq = 48, iGlobalDepth = 56, iDirIdx = 64, iTab = 72, iGroup = 80, iEntryIdx = 88;

const pow2 = (n: number): number => { let p = 1; while (p < n) p *= 2; return p; };

export class SwissMaps {
  readonly #mapType: number; readonly #tableType: number; readonly #ptrType: number;
  constructor(readonly env: MapEnv) {
    this.#mapType = env.makeType('maps.Map', 48, [2]);
    this.#tableType = env.makeType('maps.table', 32, [2]);
    this.#ptrType = env.makeType('*maps.table', 8, [0]);
  }

  /** make(map, hint): a header (m, or new when 0), with its first group when one lies in the frame. */
  make(t: MapInfo, hint: number, m: number, group: number, site: number): number {
    const { env } = this, { mem } = env;
    if (m === 0) m = env.newobject(this.#mapType, site); else mem.u8.fill(0, m, m + 48);
    mem.u32[(m + mSeed) >>> 2] = env.random.uint32();
    if (group !== 0) { mem.u8.fill(0, group, group + t.groupSize); mem.u8.fill(ctrlEmpty, group, group + 8); this.#set(m + mDirPtr, group); }
    if (!(hint > 8)) return m;
    const capacity = Math.floor((hint * 8) / 7), dirSize = pow2(Math.ceil(capacity / maxTableCapacity));
    if (dirSize * maxTableCapacity * t.groupSize > 2 ** 48) return m;
    const depth = Math.log2(dirSize);
    mem.u8[m + mGlobalDepth] = depth;
    mem.u8[m + mGlobalDepth + 1] = 64 - depth;
    // A directory that is a root of nothing yet would not survive a collection; none runs inside an entry.
    const dir = env.newarray(this.#ptrType, dirSize, site);
    for (let i = 0; i < dirSize; i++) this.#set(dir + 8 * i, this.#newTable(t, Math.floor(capacity / dirSize), i, depth, site));
    this.#set(m + mDirPtr, dir);
    mem.u32[(m + mDirLen) >>> 2] = dirSize;
    return m;
  }
  #set(slot: number, p: number): void { setPtrWords(this.env, slot, p); }

  #newTable(t: MapInfo, capacity: number, index: number, localDepth: number, site: number): number {
    const { env } = this, { mem } = env;
    const tab = env.newobject(this.#tableType, site), cap = pow2(Math.max(capacity, 8)), n = cap / 8;
    const groups = env.newarray(t.group, n, site);
    mem.setInt(tab + tIndex, index);
    mem.u8[tab + tLocalDepth] = localDepth;
    mem.u16[(tab + tCapacity) >>> 1] = cap;
    mem.u16[(tab + tGrowthLeft) >>> 1] = cap <= 8 ? cap - 1 : (cap * 7) / 8;
    this.#set(tab + tGroups, groups);
    mem.u32[(tab + tLengthMask) >>> 2] = n - 1;
    for (let i = 0, g = groups; i < n; i++, g += t.groupSize) { mem.u32[g >>> 2] = 0x80808080; mem.u32[(g >>> 2) + 1] = 0x80808080; }
    return tab;
  }
  #tableOf(m: number, hash: number): number {
    const { u32, u8 } = this.env.mem, dir = u32[(m + mDirPtr) >>> 2], depth = u8[m + mGlobalDepth];
    return u32[(dir + 8 * (depth === 0 ? 0 : hash >>> (32 - depth))) >>> 2];
  }
  #key(t: MapInfo, slot: number): number { return t.indirectKey ? this.env.mem.u32[slot >>> 2] : slot; }
  #elem(t: MapInfo, slot: number): number { return t.indirectElem ? this.env.mem.u32[(slot + t.elemOff) >>> 2] : slot + t.elemOff; }
  #keyEqual(t: MapInfo, a: number, b: number): boolean {
    const { u32 } = this.env.mem;
    if (t.keyKind === key64) return u32[a >>> 2] === u32[b >>> 2] && u32[(a >>> 2) + 1] === u32[(b >>> 2) + 1];
    if (t.keyKind === key32) return u32[a >>> 2] === u32[b >>> 2];
    return this.env.keyEqual(t, a, b);
  }
  /** The slot in group g that holds key, 0 if none. Four control bytes are compared at a time; a hit is checked byte by byte. */
  #findIn(t: MapInfo, g: number, h2: number, key: number): number {
    const { u8, u32 } = this.env.mem, pattern = Math.imul(h2, 0x01010101);
    for (let half = 0; half < 8; half += 4) {
      const x = u32[(g + half) >>> 2] ^ pattern;
      for (let zero = (x - 0x01010101) & ~x & 0x80808080; zero !== 0; zero &= zero - 1) {
        const i = half + ((31 - Math.clz32(zero & -zero)) >>> 3), slot = g + 8 + i * t.slotSize;
        if (u8[g + i] === h2 && this.#keyEqual(t, key, this.#key(t, slot))) return slot;
      }
    }
    return 0;
  }
  #hasEmpty(g: number): boolean {
    const { u32 } = this.env.mem, a = u32[g >>> 2], b = u32[(g >>> 2) + 1];
    // Empty is 0x80: high bit set and bit 1 clear (deleted is 0xfe).
    return ((a & ~(a << 6) & 0x80808080) | (b & ~(b << 6) & 0x80808080)) !== 0;
  }
  /** Index of the first empty or deleted slot of g, 8 if full. */
  #firstFree(g: number): number {
    const { u32 } = this.env.mem, a = u32[g >>> 2] & 0x80808080;
    if (a !== 0) return (31 - Math.clz32(a & -a)) >>> 3;
    const b = u32[(g >>> 2) + 1] & 0x80808080;
    return b !== 0 ? 4 + ((31 - Math.clz32(b & -b)) >>> 3) : 8;
  }
  /** The slot that holds key, 0 if none. m is not nil. */
  find(t: MapInfo, m: number, key: number): number {
    const { mem } = this.env, { u32 } = mem;
    if (u32[(m + mUsed) >>> 2] === 0) return 0;
    const hash = this.env.keyHash(t, key, u32[(m + mSeed) >>> 2]), h2 = hash & 0x7f;
    if (u32[(m + mDirLen) >>> 2] === 0) return this.#findIn(t, u32[(m + mDirPtr) >>> 2], h2, key);
    const tab = this.#tableOf(m, hash), mask = u32[(tab + tLengthMask) >>> 2], groups = u32[(tab + tGroups) >>> 2];
    for (let o = (hash >>> 7) & mask, i = 0; i <= mask; o = (o + ++i) & mask) {
      const g = groups + o * t.groupSize, slot = this.#findIn(t, g, h2, key);
      if (slot !== 0) return slot;
      if (this.#hasEmpty(g)) return 0;
    }
    return 0;
  }
  /** Address of key's element, 0 if absent. */
  access(t: MapInfo, m: number, key: number): number {
    const slot = this.find(t, m, key);
    return slot === 0 ? 0 : this.#elem(t, slot);
  }

  #fill(t: MapInfo, g: number, i: number, h2: number, key: number, site: number): number {
    const { env } = this, { mem } = env;
    const slot = g + 8 + i * t.slotSize;
    let k = slot, e = slot + t.elemOff;
    if (t.indirectKey) { k = env.newobject(t.key, site); this.#set(slot, k); }
    env.typedmemmove(t.key, k, key);
    if (t.indirectElem) { e = env.newobject(t.elem, site); this.#set(slot + t.elemOff, e); }
    mem.u8[g + i] = h2;
    return e;
  }
  /** Address of the element for key, which is inserted (with a zero element) if absent. */
  assign(t: MapInfo, m: number, key: number, site: number): number {
    const { env } = this, { mem } = env, { u32 } = mem;
    const hash = env.keyHash(t, key, u32[(m + mSeed) >>> 2]), h2 = hash & 0x7f;
    if (u32[(m + mDirPtr) >>> 2] === 0) {
      const g = env.newarray(t.group, 1, site);
      env.mem.u8.fill(ctrlEmpty, g, g + 8);
      this.#set(m + mDirPtr, g);
    }
    if (env.mem.u32[(m + mDirLen) >>> 2] === 0) {
      const g = env.mem.u32[(m + mDirPtr) >>> 2], slot = this.#findIn(t, g, h2, key);
      if (slot !== 0) return this.#found(t, slot, key);
      if (env.mem.u32[(m + mUsed) >>> 2] < 8) {
        const e = this.#fill(t, g, this.#firstFree(g), h2, key, site);
        env.mem.u32[(m + mUsed) >>> 2]++;
        return e;
      }
      this.#growToTable(t, m, site);
    }
    for (;;) {
      const e = this.#put(t, m, this.#tableOf(m, hash), hash, key, site);
      if (e !== 0) return e;
    }
  }
  #found(t: MapInfo, slot: number, key: number): number {
    if (t.needKeyUpdate) this.env.typedmemmove(t.key, this.#key(t, slot), key);
    return this.#elem(t, slot);
  }
  /** Inserts into a table; 0 after the table was replaced by larger ones. */
  #put(t: MapInfo, m: number, tab: number, hash: number, key: number, site: number): number {
    const { mem } = this.env, { u32, u16 } = mem, h2 = hash & 0x7f;
    const mask = u32[(tab + tLengthMask) >>> 2], groups = u32[(tab + tGroups) >>> 2];
    let deletedGroup = 0, deletedSlot = 0;
    for (let o = (hash >>> 7) & mask, step = 0; ; o = (o + ++step) & mask) {
      let g = groups + o * t.groupSize;
      const slot = this.#findIn(t, g, h2, key);
      if (slot !== 0) return this.#found(t, slot, key);
      let i = this.#firstFree(g);
      if (i === 8) continue;
      if (mem.u8[g + i] === ctrlDeleted) {
        if (deletedGroup === 0) { deletedGroup = g; deletedSlot = i; }
        // Only a group with an empty slot ends the search: look further when this one's first free slot is a tombstone.
        continue;
      }
      let reused = 0;
      if (deletedGroup !== 0) { g = deletedGroup; i = deletedSlot; reused = 1; }
      if (u16[(tab + tGrowthLeft) >>> 1] + reused === 0 && this.env.version >= 25) this.#prune(t, m, tab);
      if (mem.u16[(tab + tGrowthLeft) >>> 1] + reused > 0) {
        const e = this.#fill(t, g, i, h2, key, site);
        const now = this.env.mem;
        now.u16[(tab + tGrowthLeft) >>> 1] += reused - 1;
        now.u16[(tab + tUsed) >>> 1]++;
        now.u32[(m + mUsed) >>> 2]++;
        return e;
      }
      this.#rehash(t, m, tab, site);
      return 0;
    }
  }
  /** Puts a slot into a table known to have room and not to hold its key. */
  #move(t: MapInfo, groups: number, mask: number, hash: number, slot: number): void {
    const { u8, u32 } = this.env.mem;
    for (let o = (hash >>> 7) & mask, step = 0; ; o = (o + ++step) & mask) {
      const g = groups + o * t.groupSize, i = this.#firstFree(g);
      if (i === 8) continue;
      const to = g + 8 + i * t.slotSize;
      // A slot is copied whole: the new group is not yet visible, and the old one's pointers stay until it is dropped.
      if (t.slotSize <= 64 && (t.slotSize & 3) === 0) for (let d = to >>> 2, f = slot >>> 2, n = t.slotSize >>> 2; n > 0; n--) u32[d++] = u32[f++];
      else u8.copyWithin(to, slot, slot + t.slotSize);
      if (this.env.phase() !== 0) this.env.shadeSlot(t, to);
      u8[g + i] = hash & 0x7f;
      return;
    }
  }
  /** Moves what n groups from g on hold to table left, or to right where the hash's bit at depth is set; left and right may be one. */
  #moveAll(t: MapInfo, g: number, n: number, left: number, right: number, depth: number, seed: number): void {
    const { env } = this, { u8, u16, u32 } = env.mem, kind = t.keyKind;
    const groupsL = u32[(left + tGroups) >>> 2], maskL = u32[(left + tLengthMask) >>> 2], groupsR = u32[(right + tGroups) >>> 2], maskR = u32[(right + tLengthMask) >>> 2];
    let nl = 0, nr = 0;
    for (; n > 0; n--, g += t.groupSize) {
      for (let j = 0; j < 8; j++) {
        if ((u8[g + j] & ctrlEmpty) !== 0) continue;
        const slot = g + 8 + j * t.slotSize, key = this.#key(t, slot);
        const h = kind === key64 ? hash64(u32[key >>> 2], u32[(key >>> 2) + 1], seed) : kind === key32 ? hash32(u32[key >>> 2], seed) : env.keyHash(t, key, seed);
        if (left !== right && (h >>> (31 - depth) & 1) !== 0) { this.#move(t, groupsR, maskR, h, slot); nr++; } else { this.#move(t, groupsL, maskL, h, slot); nl++; }
      }
    }
    u16[(left + tGrowthLeft) >>> 1] -= nl; u16[(left + tUsed) >>> 1] += nl;
    u16[(right + tGrowthLeft) >>> 1] -= nr; u16[(right + tUsed) >>> 1] += nr;
  }
  #growToTable(t: MapInfo, m: number, site: number): void {
    const { env } = this, tab = this.#newTable(t, 16, 0, 0, site), { mem } = env, g = mem.u32[(m + mDirPtr) >>> 2];
    this.#moveAll(t, g, 1, tab, tab, 0, mem.u32[(m + mSeed) >>> 2]);
    const dir = env.newarray(this.#ptrType, 1, site);
    this.#set(dir, tab);
    this.#set(m + mDirPtr, dir);
    env.mem.u32[(m + mDirLen) >>> 2] = 1;
    env.mem.u8[m + mGlobalDepth] = 0;
    env.mem.u8[m + mGlobalDepth + 1] = 64;
  }
  #rehash(t: MapInfo, m: number, tab: number, site: number): void {
    const { env } = this, cap = 2 * env.mem.u16[(tab + tCapacity) >>> 1], depth = env.mem.u8[tab + tLocalDepth];
    const seed = env.mem.u32[(m + mSeed) >>> 2];
    if (cap <= maxTableCapacity) {
      const grown = this.#newTable(t, cap, env.mem.u32[(tab + tIndex) >>> 2], depth, site), { u32 } = env.mem;
      this.#moveAll(t, u32[(tab + tGroups) >>> 2], u32[(tab + tLengthMask) >>> 2] + 1, grown, grown, 0, seed);
      this.#replace(m, grown);
    } else {
      const left = this.#newTable(t, maxTableCapacity, -1, depth + 1, site), right = this.#newTable(t, maxTableCapacity, -1, depth + 1, site), { u32 } = env.mem;
      this.#moveAll(t, u32[(tab + tGroups) >>> 2], u32[(tab + tLengthMask) >>> 2] + 1, left, right, depth, seed);
      this.#installSplit(m, tab, left, right, site);
    }
    env.mem.setInt(tab + tIndex, -1);
  }
  /** Points every directory entry that belongs to tab at it. */
  #replace(m: number, tab: number): void {
    const { mem } = this.env, n = 1 << (mem.u8[m + mGlobalDepth] - mem.u8[tab + tLocalDepth]), dir = mem.u32[(m + mDirPtr) >>> 2], index = mem.u32[(tab + tIndex) >>> 2];
    for (let i = 0; i < n; i++) this.#set(dir + 8 * (index + i), tab);
  }
  #installSplit(m: number, old: number, left: number, right: number, site: number): void {
    const { env } = this;
    if (env.mem.u8[old + tLocalDepth] === env.mem.u8[m + mGlobalDepth]) {
      const n = env.mem.u32[(m + mDirLen) >>> 2], dir = env.newarray(this.#ptrType, 2 * n, site), { mem } = env, from = mem.u32[(m + mDirPtr) >>> 2];
      for (let i = 0; i < n; i++) {
        const tab = mem.u32[(from + 8 * i) >>> 2];
        this.#set(dir + 16 * i, tab);
        this.#set(dir + 16 * i + 8, tab);
        if (mem.u32[(tab + tIndex) >>> 2] === i) mem.u32[(tab + tIndex) >>> 2] = 2 * i;
      }
      mem.u8[m + mGlobalDepth]++;
      mem.u8[m + mGlobalDepth + 1]--;
      this.#set(m + mDirPtr, dir);
      mem.u32[(m + mDirLen) >>> 2] = 2 * n;
    }
    const { mem } = env, index = mem.u32[(old + tIndex) >>> 2];
    mem.setInt(left + tIndex, index);
    this.#replace(m, left);
    mem.setInt(right + tIndex, index + (1 << (mem.u8[m + mGlobalDepth] - mem.u8[left + tLocalDepth])));
    this.#replace(m, right);
  }
  /** Turns tombstones that no probe sequence needs back into empty slots, if that gives a tenth of the table back (Go ≥ 1.25). */
  #prune(t: MapInfo, m: number, tab: number): void {
    const { mem } = this.env, { u32, u16, u8 } = mem, cap = u16[(tab + tCapacity) >>> 1];
    const full = cap <= 8 ? cap - 1 : (cap * 7) / 8;
    if ((full - u16[(tab + tUsed) >>> 1] - u16[(tab + tGrowthLeft) >>> 1]) * 10 < cap) return;
    const mask = u32[(tab + tLengthMask) >>> 2], groups = u32[(tab + tGroups) >>> 2], seed = u32[(m + mSeed) >>> 2];
    const needed = new Uint8Array(mask + 1);
    for (let i = 0; i <= mask; i++) {
      const g = groups + i * t.groupSize;
      for (let j = 0; j < 8; j++) {
        if (u8[g + j] & ctrlEmpty) continue;
        const key = this.#key(t, g + 8 + j * t.slotSize);
        if (!this.#keyEqual(t, key, key)) continue;
        const h = this.env.keyHash(t, key, seed);
        for (let o = (h >>> 7) & mask, step = 0; o !== i; o = (o + ++step) & mask) if (this.#firstFree(groups + o * t.groupSize) !== 8) needed[o] = 1;
      }
      if (this.#hasEmpty(g)) needed[i] = 1;
    }
    const free = (i: number, restore: boolean): number => {
      let n = 0;
      const g = groups + i * t.groupSize;
      for (let j = 0; j < 8; j++) if (u8[g + j] & ctrlEmpty) { n++; if (restore) u8[g + j] = ctrlEmpty; }
      return n;
    };
    let count = 0;
    for (let i = 0; i <= mask; i++) if (needed[i] === 0) count += free(i, false);
    if (count * 10 < cap) return;
    for (let i = 0; i <= mask; i++) if (needed[i] === 0) u16[(tab + tGrowthLeft) >>> 1] += free(i, true);
  }

  delete(t: MapInfo, m: number, key: number): void {
    const { env } = this, { mem } = env, { u32, u8, u16 } = mem;
    if (u32[(m + mUsed) >>> 2] === 0) return;
    const hash = env.keyHash(t, key, u32[(m + mSeed) >>> 2]), h2 = hash & 0x7f;
    if (u32[(m + mDirLen) >>> 2] === 0) {
      const g = u32[(m + mDirPtr) >>> 2], slot = this.#findIn(t, g, h2, key);
      if (slot === 0) return;
      this.#clearSlot(t, slot);
      u8[g + (slot - g - 8) / t.slotSize] = ctrlEmpty;
      u32[(m + mUsed) >>> 2]--;
    } else {
      const tab = this.#tableOf(m, hash), mask = u32[(tab + tLengthMask) >>> 2], groups = u32[(tab + tGroups) >>> 2];
      for (let o = (hash >>> 7) & mask, step = 0; ; o = (o + ++step) & mask) {
        const g = groups + o * t.groupSize, slot = this.#findIn(t, g, h2, key);
        if (slot === 0) { if (this.#hasEmpty(g)) return; continue; }
        this.#clearSlot(t, slot);
        const i = (slot - g - 8) / t.slotSize;
        if (this.#hasEmpty(g)) { u8[g + i] = ctrlEmpty; u16[(tab + tGrowthLeft) >>> 1]++; } else { u8[g + i] = ctrlDeleted; u8[m + mTombstone] = 1; }
        u16[(tab + tUsed) >>> 1]--;
        u32[(m + mUsed) >>> 2]--;
        break;
      }
    }
    if (u32[(m + mUsed) >>> 2] === 0) u32[(m + mSeed) >>> 2] = env.random.uint32();
  }
  #clearSlot(t: MapInfo, slot: number): void {
    const { env } = this;
    if (t.indirectKey) this.#set(slot, 0); else if (t.keyPtrs) env.typedmemclr(t.key, slot, t.keySize);
    if (t.indirectElem) this.#set(slot + t.elemOff, 0); else env.typedmemclr(t.elem, slot + t.elemOff, t.elemSize);
  }
  clear(t: MapInfo, m: number): void {
    const { env } = this, { mem } = env, { u32, u8, u16 } = mem;
    if (u32[(m + mUsed) >>> 2] === 0 && u8[m + mTombstone] === 0) return;
    const clearGroups = (g: number, n: number): void => {
      env.typedmemclr(t.group, g, n * t.groupSize);
      for (let i = 0; i < n; i++, g += t.groupSize) { u32[g >>> 2] = 0x80808080; u32[(g >>> 2) + 1] = 0x80808080; }
    };
    const n = u32[(m + mDirLen) >>> 2];
    if (n === 0) clearGroups(u32[(m + mDirPtr) >>> 2], 1);
    for (let i = 0, last = 0; i < n; i++) {
      const tab = u32[(u32[(m + mDirPtr) >>> 2] + 8 * i) >>> 2];
      if (tab === last) continue;
      last = tab;
      clearGroups(u32[(tab + tGroups) >>> 2], u32[(tab + tLengthMask) >>> 2] + 1);
      const cap = u16[(tab + tCapacity) >>> 1];
      u16[(tab + tUsed) >>> 1] = 0;
      u16[(tab + tGrowthLeft) >>> 1] = cap <= 8 ? cap - 1 : (cap * 7) / 8;
    }
    u32[(m + mUsed) >>> 2] = 0;
    u8[m + mTombstone] = 0;
    u32[(m + mClearSeq) >>> 2]++;
    u32[(m + mSeed) >>> 2] = env.random.uint32();
  }

  /** Begins an iteration at a random place; it lies in the frame, so no barrier is needed. */
  iterInit(typ: number, m: number, it: number): void {
    const { env } = this, { mem } = env;
    mem.u8.fill(0, it, it + 96);
    mem.u32[(it + iTyp) >>> 2] = typ;
    if (m === 0 || mem.u32[(m + mUsed) >>> 2] === 0) return;
    mem.setPtr(it + iMap, m);
    // Small numbers, so that a stack scan cannot take them for addresses.
    mem.u32[(it + iEntryOffset) >>> 2] = env.random.uint32() & 0xffff;
    mem.u32[(it + iDirOffset) >>> 2] = env.random.uint32() & 0xffff;
    mem.u8[it + iGlobalDepth] = mem.u8[m + mGlobalDepth];
    mem.u32[(it + iClearSeq) >>> 2] = mem.u32[(m + mClearSeq) >>> 2];
    if (mem.u32[(m + mDirLen) >>> 2] === 0) { mem.setInt(it + iDirIdx, -1); mem.setPtr(it + iGroup, mem.u32[(m + mDirPtr) >>> 2]); }
  }
  #yield(it: number, key: number, elem: number): void { this.env.mem.setPtr(it, key); this.env.mem.setPtr(it + 8, elem); }

  /** The key and element of a slot seen by an iterator over a store that has since been replaced; false: skip it. */
  #grown(t: MapInfo, it: number, m: number, slot: number): boolean {
    const { mem } = this.env, key = this.#key(t, slot), now = this.find(t, m, key);
    if (now !== 0) { this.#yield(it, this.#key(t, now), this.#elem(t, now)); return true; }
    // A key that does not equal itself cannot be found, nor have been deleted, unless the map was cleared.
    if (mem.u32[(it + iClearSeq) >>> 2] !== mem.u32[(m + mClearSeq) >>> 2] || this.#keyEqual(t, key, key)) return false;
    this.#yield(it, key, this.#elem(t, slot));
    return true;
  }
  iterNext(t: MapInfo, it: number): void {
    const { mem } = this.env, { u32, u8, u16 } = mem;
    const m = u32[(it + iMap) >>> 2];
    if (m === 0) { this.#yield(it, 0, 0); return; }
    const offset = u32[(it + iEntryOffset) >>> 2];
    if (mem.int(it + iDirIdx) < 0) {
      const g = u32[(it + iGroup) >>> 2];
      for (let e = u32[(it + iEntryIdx) >>> 2]; e < 8; e++) {
        const k = (e + offset) & 7, slot = g + 8 + k * t.slotSize;
        if (u8[g + k] & ctrlEmpty) continue;
        if (u32[(m + mDirLen) >>> 2] > 0) { if (!this.#grown(t, it, m, slot)) continue; } else this.#yield(it, this.#key(t, slot), this.#elem(t, slot));
        u32[(it + iEntryIdx) >>> 2] = e + 1;
        return;
      }
      u32[(it + iEntryIdx) >>> 2] = 8;
      this.#yield(it, 0, 0);
      return;
    }
    if (u8[it + iGlobalDepth] !== u8[m + mGlobalDepth]) {
      const orders = u8[m + mGlobalDepth] - u8[it + iGlobalDepth];
      u32[(it + iDirIdx) >>> 2] <<= orders;
      u32[(it + iDirOffset) >>> 2] = (u32[(it + iDirOffset) >>> 2] << orders) & 0x1ffffff;
      u8[it + iGlobalDepth] = u8[m + mGlobalDepth];
    }
    const dirLen = u32[(m + mDirLen) >>> 2];
    while (u32[(it + iDirIdx) >>> 2] < dirLen) {
      let tab = u32[(it + iTab) >>> 2];
      if (tab === 0) {
        const at = (u32[(it + iDirIdx) >>> 2] + u32[(it + iDirOffset) >>> 2]) & (dirLen - 1);
        tab = u32[(u32[(m + mDirPtr) >>> 2] + 8 * at) >>> 2];
        // The walk must begin at a table's first entry, else it would be seen twice.
        const first = u32[(tab + tIndex) >>> 2];
        if (first !== at) u32[(it + iDirOffset) >>> 2] = (u32[(it + iDirOffset) >>> 2] - (at - first)) & 0x1ffffff;
        mem.setPtr(it + iTab, tab);
      }
      const mask = u16[(tab + tCapacity) >>> 1] - 1, groups = u32[(tab + tGroups) >>> 2], grown = mem.int(tab + tIndex) === -1;
      for (let e = u32[(it + iEntryIdx) >>> 2]; e <= mask; e++) {
        const at = (e + offset) & mask, g = groups + (at >>> 3) * t.groupSize;
        if (u8[g + (at & 7)] & ctrlEmpty) continue;
        const slot = g + 8 + (at & 7) * t.slotSize;
        if (grown) { if (!this.#grown(t, it, m, slot)) continue; } else this.#yield(it, this.#key(t, slot), this.#elem(t, slot));
        u32[(it + iEntryIdx) >>> 2] = e + 1;
        return;
      }
      u32[(it + iDirIdx) >>> 2] += 1 << (u8[m + mGlobalDepth] - u8[tab + tLocalDepth]);
      mem.setPtr(it + iTab, 0);
      u32[(it + iEntryIdx) >>> 2] = 0;
    }
    this.#yield(it, 0, 0);
  }
  len(m: number): number { return this.env.mem.u32[(m + mUsed) >>> 2]; }
  /** `used 20 dir 1 depth 0 tables 1 slots 32`, or `used 3 small`. */
  describe(m: number): string {
    const { u32, u16, u8 } = this.env.mem, n = u32[(m + mDirLen) >>> 2];
    if (n === 0) return `used ${this.len(m)} small${u32[(m + mDirPtr) >>> 2] === 0 ? ' empty' : ''}`;
    const tabs = new Set<number>();
    let slots = 0;
    for (let i = 0; i < n; i++) {
      const tab = u32[(u32[(m + mDirPtr) >>> 2] + 8 * i) >>> 2];
      if (!tabs.has(tab)) { tabs.add(tab); slots += u16[(tab + tCapacity) >>> 1]; }
    }
    return `used ${this.len(m)} dir ${n} depth ${u8[m + mGlobalDepth]} tables ${tabs.size} slots ${slots}`;
  }
}
