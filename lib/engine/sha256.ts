/**
 * SHA-256, incremental (FIPS 180-4): the digest of a run is taken while it goes. Words
 * are signed: sums of unsigned ones would leave the range that engines keep in registers.
 */

/** The round constants. */
export const k = new Int32Array(64);
const h0 = new Int32Array(8);
{
  // First 32 bits of the fractional parts of the cube and square roots of the first primes.
  const frac = (x: number): number => ((x - Math.floor(x)) * 4294967296) >>> 0;
  let n = 0;
  for (let p = 2; n < 64; p++) {
    let prime = true;
    for (let d = 2; d * d <= p; d++) if (p % d === 0) { prime = false; break; }
    if (!prime) continue;
    if (n < 8) h0[n] = frac(Math.sqrt(p));
    k[n++] = frac(Math.cbrt(p));
  }
}

/** Takes the whole blocks of b in [from, to) into the state h. */
export type Blocks = (h: Int32Array, b: Uint8Array, from: number, to: number) => void;

export class Sha256 {
  readonly #h = h0.slice();
  readonly #block = new Uint8Array(64);
  readonly #w = new Int32Array(64);
  #fill = 0;
  #total = 0;
  readonly #blocks: Blocks;

  /** blocks: what does the work, if not the function below (sha256_wasm.ts has one). */
  constructor(blocks: Blocks | null = null) {
    this.#blocks = blocks ?? ((h, b, from, to) => { for (let i = from; i < to; i += 64) compress(h, this.#w, b, i); });
  }

  update(b: Uint8Array): this {
    this.#total += b.length;
    for (let i = 0; i < b.length;) {
      if (this.#fill === 0) {
        const end = b.length - (b.length - i) % 64;
        if (end > i) this.#blocks(this.#h, b, i, end);
        if ((i = end) === b.length) break;
      }
      const n = Math.min(64 - this.#fill, b.length - i);
      this.#block.set(b.subarray(i, i + n), this.#fill);
      this.#fill += n;
      i += n;
      if (this.#fill === 64) { this.#blocks(this.#h, this.#block, 0, 64); this.#fill = 0; }
    }
    return this;
  }
  /** The digest in hexadecimal; nothing may be added afterwards. */
  hex(): string {
    const total = this.#total;
    const pad = new Uint8Array(((this.#fill < 56 ? 56 : 120) - this.#fill) + 8);
    pad[0] = 0x80;
    const v = new DataView(pad.buffer);
    v.setUint32(pad.length - 8, Math.floor(total / 0x2000_0000));
    v.setUint32(pad.length - 4, (total * 8) >>> 0);
    this.update(pad);
    return Array.from(this.#h, (x) => (x >>> 0).toString(16).padStart(8, '0')).join('');
  }
}

/** Takes the 64 bytes of b at p into h; w is room for the schedule. */
function compress(h: Int32Array, w: Int32Array, b: Uint8Array, p: number): void {
  for (let i = 0; i < 16; i++, p += 4) w[i] = (b[p] << 24) | (b[p + 1] << 16) | (b[p + 2] << 8) | b[p + 3];
  for (let i = 16; i < 64; i++) {
    const x = w[i - 15], y = w[i - 2];
    const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
    const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
    w[i] = (((w[i - 16] + s0) | 0) + ((w[i - 7] + s1) | 0)) | 0;
  }
  let a = h[0], c = h[1], d = h[2], e = h[3], f = h[4], g = h[5], i8 = h[6], j = h[7];
  for (let i = 0; i < 64; i++) {
    const s1 = ((f >>> 6) | (f << 26)) ^ ((f >>> 11) | (f << 21)) ^ ((f >>> 25) | (f << 7));
    const t1 = (((((j + s1) | 0) + (i8 ^ (f & (g ^ i8)))) | 0) + ((k[i] + w[i]) | 0)) | 0;
    const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
    const t2 = (s0 + ((a & c) | (d & (a | c)))) | 0;
    j = i8; i8 = g; g = f; f = (e + t1) | 0; e = d; d = c; c = a; a = (t1 + t2) | 0;
  }
  h[0] += a; h[1] += c; h[2] += d; h[3] += e; h[4] += f; h[5] += g; h[6] += i8; h[7] += j;
}
