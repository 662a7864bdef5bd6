/**
 * The runtime's entry points as compiled code sees them: names (Go's), what they
 * take and give, and whether a goroutine may be switched or a panic raised inside.
 *
 * A signature is written in letters, one per Go value:
 *   p  pointer          in wasm an i64; at the boundary its i32 offset. As a result it may be nil, static or heap
 *   h  pointer          result only: never nil, always in the arena
 *   t  type descriptor  i32 offset
 *   w  integer ≤ 32 bit i32 (sign- or zero-extended by its Go type)
 *   b  bool             i32 0 or 1
 *   n  int, uintptr     i64 in wasm, f64 at the boundary (sizes, counts, indexes: exact below 2**53, huge values stay huge)
 *   d  64-bit value     two i32 at the boundary: low, high
 *   q  64-bit value     BigInt at the boundary (rare calls only)
 *   f  float64          f64 (float32 is promoted)
 *   s  string           i32 pointer, i32 length
 *   S  slice            i32 pointer, i32 length, i32 capacity
 *   e  interface        i32 type or itab, i32 data
 * The first scalar of the result is returned; every further scalar is stored by
 * the callee as an 8-byte word at resultArea + 8·i (i from 1), pointers with
 * their prefix, and read by the caller at once. A composite result counts its
 * scalars (`s`: pointer returned, length at resultArea+8).
 *
 * `site` arguments (letter w) are the program's allocation-site numbers, 0 for none.
 *
 * Flags: y — may set `unwind` (the goroutine yields: collection, blocking, stack);
 * x — may raise a Go panic. Entries without y never run the collector.
 */

export interface RuntimeEntry { readonly params: string; readonly results: string; readonly yields: boolean; readonly panics: boolean }

/** Where results after the first are passed: 16 words. */
export const resultArea = 5632;

function e(sig: string, flags = ''): RuntimeEntry {
  const [params, results] = sig.split('>').map((s) => s.trim().replaceAll(' ', ''));
  return { params, results, yields: flags.includes('y'), panics: flags.includes('x') };
}

export const runtimeEntries = {
  // Allocation. newobject(type, site); mallocgc(size, type or 0 for noscan, site): zeroed.
  newobject: e('t w > h', 'y'),
  mallocgc: e('n t w > h', 'y'),
  // makeslice(elem, len, cap, site): panics "makeslice: len out of range", "… cap out of range".
  makeslice: e('t n n w > p', 'yx'),
  // growslice(oldPtr, newLen, oldCap, num, elem, site): the grown slice, len = newLen.
  growslice: e('p n n n t w > S', 'yx'),
  // growsliceBuf(oldPtr, newLen, oldCap, num, elem, buf, bufLen, site): like growslice, the first backing store being buf (bufLen elements in the frame).
  growsliceBuf: e('p n n n t p n w > S', 'yx'),
  // moveSlice(elem, ptr, len, cap, keepCap, site): the slice, moved to the heap if its store lies in the current stack (Go 1.26).
  // keepCap 0: nobody looks at the capacity before that; a moved slice gets the capacity of len's size class.
  moveSlice: e('t p n n n w > S', 'y'),

  // Bytes. Copies between memory with pointers go through these (write barriers); others are memory.copy.
  typedmemmove: e('t p p >'),
  // typedslicecopy(elem, dst, dstLen, src, srcLen): elements copied.
  typedslicecopy: e('t p n p n > n'),
  typedmemclr: e('t p n >'),
  memequal: e('p p n > b'),
  // typeequal(type, p, q): p and q hold equal values of type. Panics comparing uncomparable interface contents.
  typeequal: e('t p p > b', 'x'),

  // Strings. buf: 32 bytes in the frame, or nil.
  cmpstring: e('s s > w'),
  // concatstrings(buf, first of n string headers, n, site)
  concatstrings: e('p p n w > s', 'yx'),
  slicebytetostring: e('p p n w > s', 'y'),
  stringtoslicebyte: e('p s w > S', 'y'),
  stringtoslicerune: e('p s w > S', 'y'),
  slicerunetostring: e('p p n w > s', 'y'),
  // intstring(buf, rune value, site)
  intstring: e('p q w > s', 'y'),
  // decoderune(s, index): the rune at index and the index after it. Go's rules for invalid UTF-8.
  decoderune: e('s n > w n'),
  countrunes: e('s > n'),

  // Interfaces. convT*: a pointer to a copy of the value; values that need no memory (zero-size, one byte, small integers, "", nil slice) get static addresses.
  convT: e('t p w > p', 'y'),
  convT16: e('w w > p', 'y'),
  convT32: e('w w > p', 'y'),
  convT64: e('d w > p', 'y'),
  convTstring: e('s w > p', 'y'),
  convTslice: e('S t w > p', 'y'),
  // assertE2I(interface type, dynamic type): the itab; panics if nil or a method is missing. assertE2I2: 0 instead.
  assertE2I: e('t p > p', 'x'),
  assertE2I2: e('t p > p'),
  // panicdottypeE(have, want, interface type); panicdottypeI(have itab, want, interface type); panicnildottype(want).
  panicdottypeE: e('p t t >', 'x'),
  panicdottypeI: e('p t t >', 'x'),
  panicnildottype: e('t >', 'x'),
  efaceeq: e('p p p > b', 'x'),
  ifaceeq: e('p p p > b', 'x'),

  // Maps. m may be nil for reads. Results of access and assign point at the element.
  makemap_small: e('t w > h', 'y'),
  // makemap(type, hint, header in the frame or nil, first group/bucket in the frame or nil, site)
  makemap: e('t n p p w > p', 'yx'),
  mapaccess1: e('t p p > p', 'x'),
  mapaccess1_fast32: e('t p w > p'),
  mapaccess1_fast64: e('t p d > p'),
  mapaccess1_faststr: e('t p s > p'),
  mapaccess2: e('t p p > p b', 'x'),
  mapaccess2_fast32: e('t p w > p b'),
  mapaccess2_fast64: e('t p d > p b'),
  mapaccess2_faststr: e('t p s > p b'),
  mapassign: e('t p p w > p', 'yx'),
  mapassign_fast32: e('t p w w > p', 'yx'),
  mapassign_fast64: e('t p d w > p', 'yx'),
  mapassign_faststr: e('t p s w > p', 'yx'),
  mapdelete: e('t p p >', 'x'),
  mapclear: e('t p >'),
  // Iterators are mapIterSize bytes in the frame; word 0 is the key's address (nil at the end), word 1 the element's.
  mapiterinit: e('t p p >', 'y'),
  mapiternext: e('p >', 'y'),
  maplen: e('p > n'),

  // Channels. elem points at the value to send or at the place to receive into (nil: discard).
  makechan: e('t n w > h', 'yx'),
  chansend1: e('p p >', 'yx'),
  chanrecv1: e('p p >', 'y'),
  chanrecv2: e('p p > b', 'y'),
  closechan: e('p >', 'yx'),
  chanlen: e('p > n'),
  chancap: e('p > n'),
  // selectgo(cases, number of sends, number of receives, blocking): cases = {chan, elem} pairs, sends first; gives the chosen index (-1: default) and received-ok.
  selectgo: e('p n n b > n b', 'yx'),
  selectnbsend: e('p p > b', 'x'),
  selectnbrecv: e('p p > b b'),
  block: e('>', 'y'),

  // Goroutines, defer, panic. fn: closure record of a func().
  newproc: e('p w >', 'yx'),
  deferproc: e('p w >', 'y'),
  // deferprocat(fn, token of deferrangefunc, site): defer in the body of a range-over-func loop, for the function around it.
  deferprocat: e('p e w >', 'x'),
  gopanic: e('e >', 'yx'),
  // gorecover: compile adds the frame of the caller's caller so that only a deferred function's own call recovers.
  gorecover: e('> e'),

  // print and println.
  printint: e('q >'), printuint: e('q >'), printhex: e('q >'), printfloat: e('f >'), printcomplex: e('f f >'), printfloat32: e('f >'), printcomplex64: e('f f >'), printbool: e('b >'),
  printstring: e('s >'), printpointer: e('q >'), printslice: e('S >'), printiface: e('e >'), printnl: e('>'), printsp: e('>'),

  // Checks with arguments of their own raised by compiled code.
  panicmakeslicelen: e('>', 'x'), panicmakeslicecap: e('>', 'x'), panicunsafeslicelen: e('>', 'x'), panicunsafestringlen: e('>', 'x'),
  // panicSliceConvert(have, want): slice shorter than the array it is converted to.
  panicSliceConvert: e('n n >', 'x'),
  // panicwrap: value method called through a nil pointer by a wrapper: "value method main.T.M called using nil *T pointer".
  panicwrap: e('s s s >', 'x'),
} as const satisfies Record<string, RuntimeEntry>;

export type RuntimeName = keyof typeof runtimeEntries;

/** Bytes of a map iterator in the frame and its pointer words (all of them may hold pointers). */
export const mapIterSize = 96;
/** Bytes of a map header (Swiss Map and hmap alike). */
export const mapHeaderSize = 48;

/**
 * Functions of lib/std without a Go body are natives: import module "native",
 * name = link name ("runtime.GC"), letters from their Go types: integers up to
 * 32 bits w, 64-bit ones and int/uint/uintptr q, floats f, bool b, pointers,
 * maps, channels and funcs p, strings s, slices S, interfaces e; other types
 * are not allowed. These natives may yield:
 */
export const yieldingNatives: ReadonlySet<string> = new Set([
  'runtime.GC', 'runtime.Gosched', 'runtime.Goexit', 'runtime.ReadMemStats', 'runtime.LockOSThread', 'runtime.callers', 'time.sleep',
  'sync.runtime_Semacquire', 'sync.runtime_Semrelease', 'sync.runtime_notifyListWait', 'sync.runtime_notifyListNotify', 'runtime/debug.FreeOSMemory', 'os.read', 'internal/rtype.newobject',
  'internal/rtype.newarray', 'internal/rtype.makemap', 'internal/rtype.mapput', 'internal/rtype.mapiterinit', 'internal/rtype.mapiternext', 'weak.handle',
]);
