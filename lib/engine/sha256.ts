/** SHA-256, incremental (FIPS 180-4): the digest of a run is taken while it goes. */

const k = new Uint32Array(64);
const h0 = new Uint32Array(8);
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

export class Sha256 {
  readonly #h = h0.slice();
  readonly #block = new Uint8Array(64);
  readonly #w = new Uint32Array(64);
  #fill = 0;
  #total = 0;

  update(b: Uint8Array): this {
    this.#total += b.length;
    for (let i = 0; i < b.length;) {
      const n = Math.min(64 - this.#fill, b.length - i);
      this.#block.set(b.subarray(i, i + n), this.#fill);
      this.#fill += n;
      i += n;
      if (this.#fill === 64) { this.#compress(); this.#fill = 0; }
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
    return Array.from(this.#h, (x) => x.toString(16).padStart(8, '0')).join('');
  }
  #compress(): void {
    const w = this.#w, b = this.#block, h = this.#h;
    for (let i = 0; i < 16; i++) w[i] = (b[4 * i] << 24) | (b[4 * i + 1] << 16) | (b[4 * i + 2] << 8) | b[4 * i + 3];
    for (let i = 16; i < 64; i++) {
      const x = w[i - 15], y = w[i - 2];
      const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
      const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
      w[i] = w[i - 16] + s0 + w[i - 7] + s1;
    }
    let [a, c, d, e, f, g, i8, j] = [h[0], h[1], h[2], h[3], h[4], h[5], h[6], h[7]];
    for (let i = 0; i < 64; i++) {
      const s1 = ((f >>> 6) | (f << 26)) ^ ((f >>> 11) | (f << 21)) ^ ((f >>> 25) | (f << 7));
      const t1 = (j + s1 + ((f & g) ^ (~f & i8)) + k[i] + w[i]) | 0;
      const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
      const t2 = (s0 + ((a & c) ^ (a & d) ^ (c & d))) | 0;
      j = i8; i8 = g; g = f; f = (e + t1) | 0; e = d; d = c; c = a; a = (t1 + t2) | 0;
    }
    h[0] += a; h[1] += c; h[2] += d; h[3] += e; h[4] += f; h[5] += g; h[6] += i8; h[7] += j;
  }
}
