/**
 * What an allocation site really does when it runs, beside what -m says of it: walk's
 * decision (lib/go/walk) with the size class that the allocator of this Go version
 * would take for it.
 */
import type { GoVersion } from '../../../lib/base/version.ts';
import { minor } from '../../../lib/base/version.ts';
import type { Pos } from '../../../lib/base/pos.ts';
import type { EscapeLine } from '../../../lib/go/escape/analyze.ts';
import type { Site } from '../../../lib/go/ir/nodes.ts';
import { under } from '../../../lib/go/types/under.ts';
import { hasPointers } from '../../../lib/go/types/sizes.ts';
import { classSize, mallocHeaderSize, minSizeForMallocHeader, sizeToClass8, tinySize } from '../../../lib/runtime/sizes.ts';
import type { SliceT } from '../../../lib/go/types/type.ts';
import type { Truth } from '../kernel/gotypes.ts';

/** Whether what the site allocates holds no pointers; undefined where walk keeps no type. */
function noscan(s: Site): boolean | undefined {
  if (s.kind === 'string') return true;
  const t = s.type;
  if (!t) return undefined;
  if (s.kind === 'map' || s.kind === 'chan' || s.kind === 'append') return undefined;
  return !hasPointers(s.kind === 'makeslice' && under(t).kind === 'Slice' ? (under(t) as SliceT).elem : t);
}

/** The site as plain data. */
export function truthOf(s: Site, go: GoVersion): Truth {
  const base = { place: s.place, kind: s.kind, what: s.text, func: s.func, size: s.size ?? null };
  const plain = noscan(s);
  // SIMPLIFIED: values below 256 that fill one byte or a word without pointers, empty strings and nil slices boxed at run time need no object; only integers are told.
  const small = s.kind === 'box' && s.place === 'heap' && s.type !== undefined && under(s.type).kind === 'Basic' && plain === true && s.size !== undefined && s.size <= 8 && s.size > 1;
  if (s.place !== 'heap' || s.size === undefined) return { ...base, slot: null, sizeclass: null, noscan: plain ?? null, tiny: false, small };
  const headers = minor(go) >= 22;
  const header = headers && plain === false && s.size > minSizeForMallocHeader ? mallocHeaderSize : 0;
  if (s.size + header > 32768 - (headers ? mallocHeaderSize - header : 0)) return { ...base, slot: Math.ceil(s.size / 8192) * 8192, sizeclass: 0, noscan: plain ?? null, tiny: false, small };
  const c = sizeToClass8[(s.size + header + 7) >>> 3];
  return { ...base, slot: classSize[c], sizeclass: c, noscan: plain ?? null, tiny: plain === true && s.size < tinySize, small };
}

/** Sites of walked functions by the exact place of their expression. */
export function sitesByPlace(sites: readonly Site[]): Map<Pos, Site[]> {
  const out = new Map<Pos, Site[]>();
  for (const s of sites) { const l = out.get(s.pos); if (l) l.push(s); else out.set(s.pos, [s]); }
  return out;
}

/** The sites a verdict speaks of: those at its place with its text, or the only one there. */
export function sitesOf(places: ReadonlyMap<Pos, readonly Site[]>, l: EscapeLine): readonly Site[] {
  if (l.kind !== 'escapes' && l.kind !== 'moved' && l.kind !== 'does not escape') return [];
  const here = places.get(l.pos);
  if (!here) return [];
  if (l.kind === 'moved') return here.filter((s) => s.kind === 'var');
  const text = l.text.replace(/ (escapes to heap|does not escape)$/, '');
  const same = here.filter((s) => s.text === text && s.kind !== 'var');
  if (same.length > 0) return same;
  const rest = here.filter((s) => s.kind !== 'var' && s.kind !== 'variadic' && s.kind !== 'go' && s.kind !== 'defer');
  // The text of an expression that walk has rewritten is not its source's any more.
  return rest.length === 1 || text === 'append' ? rest : rest.filter((s) => s.text.includes('<node '));
}
