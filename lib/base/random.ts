/** Seeded randomness: xorshift64, so that every choice of a run repeats on every machine. */
export class Random {
  #hi: number; #lo: number;
  constructor(seed: number) {
    this.#hi = 0x853c49e6 ^ seed; this.#lo = 0xda3e39cb ^ Math.imul(seed, 0x9e3779b9);
    this.uint32(); this.uint32();
  }
  /** 32 uniform bits, as an unsigned number (xorshift64* mixed from two 32-bit halves). */
  uint32(): number {
    let hi = this.#hi | 0, lo = this.#lo | 0;
    // x ^= x << 13
    let h = (hi << 13) | (lo >>> 19), l = lo << 13;
    hi ^= h; lo ^= l;
    // x ^= x >>> 7
    h = hi >>> 7; l = (lo >>> 7) | (hi << 25);
    hi ^= h; lo ^= l;
    // x ^= x << 17
    h = (hi << 17) | (lo >>> 15); l = lo << 17;
    hi ^= h; lo ^= l;
    this.#hi = hi; this.#lo = lo;
    return Math.imul(hi ^ lo, 0x2545f491) >>> 0;
  }
  /** A uniform integer in [0, n), n ≤ 2**32. */
  below(n: number): number { return Math.floor((this.uint32() / 4294967296) * n); }
  /** A uniform double in [0, 1) with 53 bits. */
  float64(): number { return ((this.uint32() >>> 5) * 67108864 + (this.uint32() >>> 6)) / 9007199254740992; }
}
