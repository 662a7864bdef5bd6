/** Slices: growth rules and the capacities they give, with the memory behind them. (runtime/slice.go) */
import { minor } from '../base/version.ts';
import type { GoVersion } from '../base/version.ts';
import { roundupsize } from './sizes.ts';

/** The largest allocation linux/amd64 allows: 2**48 bytes. */
export const maxAlloc = 2 ** 48;

/** Capacity before rounding to a size class: double up to 256 elements, then by a quarter plus 192. */
export function nextslicecap(newLen: number, oldCap: number): number {
  if (newLen > 2 * oldCap) return newLen;
  if (oldCap < 256) return 2 * oldCap;
  let c = oldCap;
  do c += Math.floor((c + 768) / 4); while (c < newLen);
  return c;
}

/**
 * Capacity that append gives a slice of newLen elements of elemSize bytes whose store had room for oldCap; NaN when it
 * is out of range. The rule from Go 1.20 on; the header of 1.22 is added before rounding, so pointerful slices lose one
 * element at some sizes.
 */
export function growCap(newLen: number, oldCap: number, elemSize: number, noscan: boolean, go: GoVersion): number {
  if (newLen < 0) return NaN;
  if (elemSize === 0) return newLen;
  const bytes = nextslicecap(newLen, oldCap) * elemSize;
  if (!(bytes <= maxAlloc)) return NaN;
  return Math.floor(roundupsize(bytes, noscan, minor(go) >= 22) / elemSize);
}

/** A slice header as the runtime hands it around. */
export interface Slice { ptr: number; len: number; cap: number }
