/** From a size to its class: the lookups every allocation starts with, and the rounding growslice shares with them. */
import { pageSize } from '../abi/memory.ts';
import { classToSize } from '../abi/sizeclasses.ts';

export { numSpanClasses } from '../abi/mcache.ts';
export const numSizeClasses = 68;
export const tinySize = 16, tinySizeClass = 2;
/** Objects up to this size with pointers keep their pointer bits in the span; larger ones have a header (Go ≥ 1.22). */
export const minSizeForMallocHeader = 512;
export const mallocHeaderSize = 8;

/** Class of a size of at most 32 KiB, indexed by ⌈size/8⌉. */
export const sizeToClass8: Uint8Array = (() => {
  const t = new Uint8Array(32768 / 8 + 1);
  for (let i = 1, c = 1; i < t.length; i++) { while (classToSize[c] < i * 8) c++; t[i] = c; }
  return t;
})();
export const classSize: Int32Array = Int32Array.from(classToSize);

/** The span class: twice the size class, odd for objects without pointers. */
export function makeSpanClass(sizeclass: number, noscan: boolean): number { return sizeclass << 1 | (noscan ? 1 : 0); }

/**
 * Bytes that an allocation of size bytes really occupies for its user (runtime.roundupsize): the class's size,
 * less the header where there is one; whole pages when large. headers: Go ≥ 1.22.
 */
export function roundupsize(size: number, noscan: boolean, headers: boolean): number {
  let req = size, header = 0;
  if (headers) {
    if (!noscan && req > minSizeForMallocHeader) { header = mallocHeaderSize; req += header; }
    if (size <= 32768 - mallocHeaderSize) return classSize[sizeToClass8[(req + 7) >>> 3]] - header;
    return Math.ceil(size / pageSize) * pageSize;
  }
  // Before 1.22 the comparison was strict, and the largest class's size came out as whole pages: the same number.
  if (size <= 32768) return classSize[sizeToClass8[(req + 7) >>> 3]];
  return Math.ceil(size / pageSize) * pageSize;
}
