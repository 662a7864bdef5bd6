/**
 * Recomputes Go's size classes from the rule that produces them and writes
 * lib/abi/sizeclasses.ts:  npx tsx scripts/sizeclasses.ts
 *
 * The rule: sizes step by an alignment that doubles with the size; a class's span
 * has the fewest pages that waste at most 1/8 of it; a size that fits as often
 * into the same span as the class before it replaces that class; at the end each
 * size grows to what its span can give it, in steps of 128 bytes.
 */
import { writeFileSync } from 'node:fs';

const page = 8192, max = 32768;

function classes(): { size: number; pages: number }[] {
  const out: { size: number; pages: number }[] = [];
  let align = 8;
  for (let size = 8; size <= max; size += align) {
    if ((size & (size - 1)) === 0) {
      if (size >= 2048) align = 256;
      else if (size >= 128) align = size / 8;
      else if (size >= 32) align = 16;
    }
    let bytes = page;
    while (bytes % size > bytes / 8) bytes += page;
    const pages = bytes / page, last = out.at(-1);
    if (last && last.pages === pages && Math.floor(bytes / size) === Math.floor(bytes / last.size)) last.size = size;
    else out.push({ size, pages });
  }
  for (const c of out) {
    const bytes = c.pages * page;
    c.size = Math.max(c.size, Math.floor(bytes / Math.floor(bytes / c.size)) & ~127);
  }
  return out;
}

const list = classes();
if (list.length !== 67) throw new Error(`size classes: ${list.length}, not 67`);
const row = (xs: number[]): string => xs.join(', ').replace(/(.{1,150})(?:, |$)/g, '\n  $1,').trimStart();
writeFileSync(new URL('../lib/abi/sizeclasses.ts', import.meta.url), `/** Written by scripts/sizeclasses.ts; do not edit. Go's 68 size classes (class 0: large objects), the same from Go 1.19 on. */

/** Bytes of an object of each class. */
export const classToSize: readonly number[] = [
  ${row([0, ...list.map((c) => c.size)])}
];
/** Pages of a span of each class. */
export const classToAllocNPages: readonly number[] = [
  ${row([0, ...list.map((c) => c.pages)])}
];
`);
