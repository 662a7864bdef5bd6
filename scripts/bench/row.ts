/** What a benchmark in this folder exports as `measure`, and what its rows say. */
export interface Row {
  /** What was measured: `fib(35)`, `alloc 16 B noscan`. */
  readonly name: string;
  readonly value: number;
  /** Unit of value: ms, ns/op, MB/s, KB, … */
  readonly unit: string;
  /** The same in real Go, in the same run and unit; absent where there is none or no Go is found. */
  readonly go?: number;
  /** The bar: value (or the ratio to Go, with `x`) is to be at most this, or at least with `>=`. */
  readonly bar?: string;
}

/** A benchmark: measures and gives its rows. */
export type Measure = () => Promise<Row[]>;

/** Best of n runs of f in milliseconds. */
export function best(n: number, f: () => void): number {
  let least = Infinity;
  for (let i = 0; i < n; i++) {
    const t = performance.now();
    f();
    least = Math.min(least, performance.now() - t);
  }
  return least;
}
