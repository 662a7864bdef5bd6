/**
 * Leaks: where a parameter's value flows, as the tag that callers see.
 *
 * For the heap, the mutator (memory behind it may be written), the callee (it may
 * be called with results unseen) and the first results: the least number of
 * dereferences on any path. Stored as bytes holding derefs+1, zero meaning no
 * path; the text "esc:" and the bytes up to the last nonzero one is the tag. An
 * empty tag means: leaks to the heap as it is.
 *
 *   func f(p **T) *T { return *p }      result 0 with 1 dereference: esc:\0\0\0\2
 *
 * Until Go 1.21 there is no mutator and callee, and seven results instead of five.
 */

const heap = 0, mutator = 1, callee = 2;

export class Leaks {
  readonly #bytes = new Uint8Array(8);
  /** minor: Go version, which decides the layout. */
  constructor(readonly minor: number) {}
  /** Number of results a tag can speak of. */
  static results(minor: number): number { return minor >= 22 ? 5 : 7; }

  get(i: number): number { return this.#bytes[i] - 1; }
  #add(i: number, derefs: number): void {
    const old = this.get(i);
    if (old < 0 || derefs < old) this.#bytes[i] = Math.min(derefs + 1, 255);
  }
  #result(i: number): number { return i + (this.minor >= 22 ? 3 : 1); }

  /** Fewest dereferences on a way to the heap; −1: none. The others likewise. */
  heap(): number { return this.get(heap); }
  mutator(): number { return this.minor >= 22 ? this.get(mutator) : -1; }
  callee(): number { return this.minor >= 22 ? this.get(callee) : -1; }
  result(i: number): number { return this.get(this.#result(i)); }
  addHeap(d: number): void { this.#add(heap, d); }
  addMutator(d: number): void { if (this.minor >= 22) this.#add(mutator, d); }
  addCallee(d: number): void { if (this.minor >= 22) this.#add(callee, d); }
  addResult(i: number, d: number): void { this.#add(this.#result(i), d); }

  /** Drops flows that are no shorter than the one to the heap. */
  optimize(): void {
    const h = this.heap();
    if (h < 0) return;
    for (let i = 1; i < this.#bytes.length; i++) if (this.get(i) >= h) this.#bytes[i] = 0;
  }
  /** The tag. */
  encode(): string {
    if (this.heap() === 0) return '';
    let n = this.#bytes.length;
    while (n > 0 && this.#bytes[n - 1] === 0) n--;
    return `esc:${String.fromCharCode(...this.#bytes.subarray(0, n))}`;
  }
  copy(): Leaks {
    const l = new Leaks(this.minor);
    l.#bytes.set(this.#bytes);
    return l;
  }
  /** What a tag says. */
  static parse(tag: string, minor: number): Leaks {
    const l = new Leaks(minor);
    if (!tag.startsWith('esc:')) l.addHeap(0);
    else for (let i = 4; i < tag.length && i < 12; i++) l.#bytes[i - 4] = tag.charCodeAt(i);
    return l;
  }
}
