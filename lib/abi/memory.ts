/**
 * The address space. Linear memory is the simulated machine's memory: address
 * and offset are the same number up to the heap prefix.
 *
 *   0 .. 4 KiB          unmapped page: a nil dereference is caught by explicit checks
 *   4 KiB .. staticEnd  the program's static data: descriptors, itabs, rodata, data, bss
 *   .. arenaBase        the runtime's own tables that programs can point to
 *   arenaBase ..        the heap arena; spans of heap objects and goroutine stacks
 *
 * Pointers into the arena carry heapPrefix in their high bits, as on linux/amd64
 * where the first arena lies at 0xc000000000; pointers to static data have none.
 */

/** High bits of a heap or stack pointer. */
export const heapPrefix = 0xc0_0000_0000n;
export const heapPrefixHi = 0xc0;
/** Offset of the first heap arena: 64 MiB, so that static data never limits it. SIMPLIFIED: real Go starts at 0xc000000000 exactly. */
export const arenaBase = 0x400_0000;
/** Bytes of an arena (linux/amd64). */
export const arenaSize = 64 << 20;
export const pageShift = 13, pageSize = 1 << pageShift;
/** The most memory a run may have: wasm's 4 GiB less one page. */
export const memoryMax = 0x1_0000_0000 - 65536;

/** Offset of the low, always-zero object every zero-size allocation shares (runtime.zerobase). */
export const zerobase = 4096;
/** 1024 zero bytes that a map miss points at (runtime.zeroVal). */
export const zeroVal = 4608, zeroValSize = 1024;
/** 256 words holding 0…255: what an interface holding a one-byte value or a small integer points at (runtime.staticuint64s). */
export const staticuint64s = 6144;
/** First offset the linker may use for static data. */
export const staticBase = 8192;

/** The linear memory of one run, seen through typed arrays that are replaced when it grows. */
export class Mem {
  buffer!: ArrayBuffer;
  u8!: Uint8Array; i8!: Int8Array; u16!: Uint16Array; i32!: Int32Array; u32!: Uint32Array; f32!: Float32Array; f64!: Float64Array;
  i64!: BigInt64Array; u64!: BigUint64Array;
  constructor(readonly memory: WebAssembly.Memory) { this.refresh(); }
  /** Takes the views anew after memory grew. */
  refresh(): void {
    const b = this.memory.buffer;
    this.buffer = b; this.u8 = new Uint8Array(b); this.i8 = new Int8Array(b); this.u16 = new Uint16Array(b);
    this.i32 = new Int32Array(b); this.u32 = new Uint32Array(b); this.f32 = new Float32Array(b); this.f64 = new Float64Array(b);
    this.i64 = new BigInt64Array(b); this.u64 = new BigUint64Array(b);
  }
  /** Makes bytes [0, end) usable; returns false when the host refuses. */
  ensure(end: number): boolean {
    const have = this.buffer.byteLength;
    if (end <= have) return true;
    if (end > memoryMax) return false;
    // Growing is slow for the host, so it is done in large steps; memory not touched costs nothing.
    const ask = Math.min(Math.max(end, have + Math.max(32 << 20, have >>> 3)), memoryMax);
    try { this.memory.grow(Math.ceil((ask - have) / 65536)); } catch {
      try { this.memory.grow(Math.ceil((end - have) / 65536)); } catch { return false; }
    }
    this.refresh();
    return true;
  }
  /** The offset held by the pointer at address a (its low half). */
  ptr(a: number): number { return this.u32[a >>> 2]; }
  /** Stores a pointer to offset p at address a, with the prefix its place has. */
  setPtr(a: number, p: number): void {
    this.u32[a >>> 2] = p;
    this.u32[(a >>> 2) + 1] = p >= arenaBase ? heapPrefixHi : 0;
  }
  /** An integer word as a double (exact below 2**53). */
  int(a: number): number { return this.u32[a >>> 2] + this.i32[(a >>> 2) + 1] * 4294967296; }
  setInt(a: number, v: number): void {
    this.u32[a >>> 2] = v % 4294967296;
    this.i32[(a >>> 2) + 1] = Math.floor(v / 4294967296);
  }
  /** The bytes of a Go string or slice whose header lies at a. */
  bytesAt(a: number): Uint8Array { const p = this.ptr(a); return this.u8.subarray(p, p + this.u32[(a + 8) >>> 2]); }
}
