/** A stand-in for a compiled program: a linear memory with type descriptors written by hand. */
import * as abi from '../../lib/abi/type.ts';
import { arenaBase, Mem, staticBase } from '../../lib/abi/memory.ts';
import type { GoVersion } from '../../lib/base/version.ts';
import { Runtime } from '../../lib/runtime/runtime.ts';
import type { Knobs, RuntimeHooks } from '../../lib/runtime/runtime.ts';
import type { Roots } from '../../lib/runtime/mgc.ts';

export class GoPanic extends Error {}

export class Image {
  readonly mem = new Mem(new WebAssembly.Memory({ initial: (arenaBase + (4 << 20)) / 65536, maximum: 65536 }));
  #at = staticBase;
  reserve(bytes: number): number { const p = (this.#at + 7) & ~7; this.#at = p + bytes; return p; }
  text(s: string): number { const b = new TextEncoder().encode(s), p = this.reserve(b.length); this.mem.u8.set(b, p); return p; }
  /** A descriptor: size, words that are pointers, kind, and the words after the head. */
  type(str: string, kind: number, size: number, pointers: number[] = [], o: { align?: number; tflag?: number; words?: [number, number][] } = {}): number {
    const { mem } = this, t = this.reserve(abi.typeRecordSize), ptrdata = pointers.length > 0 ? (Math.max(...pointers) + 1) * 8 : 0;
    const mask = this.reserve(Math.ceil(ptrdata / 64) + 8), at = this.text(str);
    for (const w of pointers) mem.u8[mask + (w >> 3)] |= 1 << (w & 7);
    mem.u32[t >> 2] = size; mem.u32[(t + abi.typePtrdata) >> 2] = ptrdata;
    mem.u8[t + abi.typeAlign] = mem.u8[t + abi.typeFieldAlign] = o.align ?? Math.min(8, size || 1);
    mem.u8[t + abi.typeKind] = kind; mem.u8[t + abi.typeTflag] = o.tflag ?? 0;
    mem.u32[(t + abi.typeGcdata) >> 2] = mask; mem.u32[(t + abi.typeStr) >> 2] = at; mem.u32[(t + abi.typeStrLen) >> 2] = str.length;
    mem.u32[(t + abi.typeEqualFn) >> 2] = kind === abi.kindSlice || kind === abi.kindMap || kind === abi.kindFunc ? 0 : 1;
    for (const [off, v] of o.words ?? []) mem.u32[(t + off) >> 2] = v;
    return t;
  }
  int = this.type('int', abi.kindInt, 8, [], { tflag: abi.tflagRegularMemory | abi.tflagNamed });
  byte = this.type('uint8', abi.kindUint8, 1, [], { tflag: abi.tflagRegularMemory | abi.tflagNamed });
  int32 = this.type('int32', abi.kindInt32, 4, [], { tflag: abi.tflagRegularMemory | abi.tflagNamed });
  float64 = this.type('float64', abi.kindFloat64, 8, [], { tflag: abi.tflagNamed });
  string = this.type('string', abi.kindString, 16, [0], { align: 8, tflag: abi.tflagNamed });
  any = this.type('interface {}', abi.kindInterface, 16, [0, 1], { align: 8 });
  ptr(elem: number, str = '*int'): number {
    return this.type(str, abi.kindPointer, 8, [0], { tflag: abi.tflagRegularMemory | abi.tflagDirectIface, words: [[abi.typeElem, elem]] });
  }
  intPtr = this.ptr(this.int);
  array(elem: number, n: number): number {
    const size = this.mem.u32[elem >> 2], ptrs = this.pointers(elem), all: number[] = [];
    for (let i = 0; i < n; i++) for (const w of ptrs) all.push(w + (i * size) / 8);
    return this.type(`[${n}]x`, abi.kindArray, size * n, all, { align: this.mem.u8[elem + abi.typeAlign], tflag: this.mem.u8[elem + abi.typeTflag] & abi.tflagRegularMemory, words: [[abi.typeElem, elem], [abi.typeLen, n]] });
  }
  pointers(t: number): number[] {
    const out: number[] = [], mask = this.mem.u32[(t + abi.typeGcdata) >> 2];
    for (let w = 0; w < this.mem.u32[(t + abi.typePtrdata) >> 2] / 8; w++) if (this.mem.u8[mask + (w >> 3)] >> (w & 7) & 1) out.push(w);
    return out;
  }
  struct(str: string, fields: [string, number][]): number {
    const recs = this.reserve(fields.length * abi.structFieldSize), all: number[] = [];
    let off = 0, align = 1, regular = abi.tflagRegularMemory;
    fields.forEach(([name, t], i) => {
      const a = this.mem.u8[t + abi.typeAlign], size = this.mem.u32[t >> 2];
      if (off % a) { off += a - off % a; regular = 0; }
      const r = recs + i * abi.structFieldSize;
      this.mem.u32[r >> 2] = this.text(name); this.mem.u32[(r + 8) >> 2] = name.length;
      this.mem.u32[(r + abi.structFieldType) >> 2] = t; this.mem.u32[(r + abi.structFieldOffset) >> 2] = off;
      for (const w of this.pointers(t)) all.push(off / 8 + w);
      regular &= this.mem.u8[t + abi.typeTflag];
      off += size; align = Math.max(align, a);
    });
    const size = Math.ceil(off / align) * align;
    return this.type(str, abi.kindStruct, size, all, { align, tflag: size === off ? regular & abi.tflagRegularMemory : 0, words: [[abi.typeFields, recs], [abi.typeFieldCount, fields.length]] });
  }
  slice(elem: number): number { return this.type('[]x', abi.kindSlice, 24, [0], { align: 8, words: [[abi.typeElem, elem]] }); }
  chan(elem: number): number { return this.type('chan x', abi.kindChan, 8, [0], { words: [[abi.typeElem, elem], [abi.typeDir, 3]] }); }
}

export interface Harness { image: Image; rt: Runtime; globals: number[]; panics: string[] }

/** A runtime over a fresh image. Globals are pointer words the collector sees. */
export function start(go: GoVersion, knobs: Partial<Knobs> = {}, hooks: Partial<RuntimeHooks> = {}): Harness {
  const image = new Image(), globals: number[] = [];
  const roots: Roots = {
    globalBytes: () => globals.length * 8, forEachGlobalPointer: (v) => globals.forEach(v), stacks: () => [], forEachExtraPointer: () => undefined,
  };
  const panics: string[] = [];
  const rt = new Runtime(image.mem, { go, gogc: -1, memlimit: Infinity, procs: 1, seed: 1, ...knobs }, {
    panicError: (s) => { panics.push(`runtime error: ${s}`); },
    panicPlain: (s) => { panics.push(s); },
    panicUnhashable: (s) => { panics.push(s); },
    panicTypeAssertion: () => { panics.push('interface conversion'); },
    throw: (s) => { throw new GoPanic(s); },
    roots, ...hooks,
  });
  return { image, rt, globals, panics };
}

/** Mallocs, frees and bytes between two ReadMemStats. */
export function meas(rt: Runtime, f: () => void): { mallocs: number; frees: number; bytes: number } {
  const a = rt.readMemStats();
  f();
  const b = rt.readMemStats();
  return { mallocs: b.mallocs - a.mallocs, frees: b.frees - a.frees, bytes: b.totalAlloc - a.totalAlloc };
}
