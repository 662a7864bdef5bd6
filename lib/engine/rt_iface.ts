/**
 * Runtime entries for interfaces: boxing, itabs, assertions, equality
 * (runtime/iface.go, alg.go).
 *
 * There is one itab per (interface, dynamic type): compiled code compares their
 * addresses. Those the linker made are entered first; others are made here, with the
 * methods found by name in the dynamic type's descriptor.
 */
import { staticuint64s, zeroVal } from '../abi/memory.ts';
import * as abi from '../abi/type.ts';
import { nsCopyByte } from '../abi/cost.ts';
import { Unhashable } from '../runtime/alg.ts';
import type { Entries, RtEnv } from './rt.ts';

/** A type as panics name it. */
export function typeName(env: RtEnv, t: number): string { return text(env, t + abi.typeStr); }
function text(env: RtEnv, at: number): string {
  const mem = env.m.mem, p = mem.ptr(at), n = mem.u32[(at + 8) >>> 2];
  return new TextDecoder().decode(mem.u8.slice(p, p + n));
}

export class Itabs {
  readonly #known = new Map<number, Map<number, number>>();
  constructor(readonly env: RtEnv) {
    const mem = env.m.mem;
    for (const [sym, at] of env.m.program.symbols) {
      if (sym.startsWith('itab:')) this.#add(mem.u32[(at + abi.itabInter) >>> 2], mem.u32[(at + abi.itabType) >>> 2], at);
    }
  }
  #add(inter: number, typ: number, at: number): void {
    inter = this.canonical(inter);
    let m = this.#known.get(inter);
    if (!m) this.#known.set(inter, (m = new Map()));
    m.set(typ, at);
  }
  readonly #canon = new Map<number, number>();
  readonly #byMethods = new Map<string, number>();
  /** One interface type for all with the same methods. */
  canonical(inter: number): number {
    const have = this.#canon.get(inter);
    if (have !== undefined) return have;
    const mem = this.env.m.mem, ms = mem.ptr(inter + abi.typeMethods), n = mem.u32[(inter + abi.typeMethodCount) >>> 2];
    let key = '';
    for (let i = 0; i < n; i++) {
      const w = ms + i * abi.imethodSize;
      key += `${text(this.env, w + abi.imethodName)}|${text(this.env, w + abi.imethodPkg)}|${mem.u32[(w + abi.imethodType) >>> 2]};`;
    }
    const c = this.#byMethods.get(key) ?? inter;
    this.#byMethods.set(key, c);
    this.#canon.set(inter, c);
    return c;
  }
  #missing = '';
  /** Name of the first method of inter that typ does not have. */
  missing(inter: number, typ: number): string {
    this.#make(this.canonical(inter), typ);
    return this.#missing;
  }

  /** The itab of (inter, typ), 0 if a method is missing. */
  get(inter: number, typ: number): number {
    inter = this.canonical(inter);
    const have = this.#known.get(inter)?.get(typ);
    if (have !== undefined) return have;
    const at = this.#make(inter, typ);
    this.#add(inter, typ, at);
    return at;
  }
  #make(inter: number, typ: number): number {
    const { m, rt } = this.env, mem = m.mem, u32 = mem.u32;
    const wanted = mem.ptr(inter + abi.typeMethods), n = u32[(inter + abi.typeMethodCount) >>> 2];
    const uncommon = mem.ptr(typ + abi.typeUncommon);
    const have = uncommon === 0 ? 0 : mem.ptr(uncommon + 32), count = uncommon === 0 ? 0 : u32[(uncommon + 40) >>> 2];
    const fns: number[] = [];
    for (let i = 0; i < n; i++) {
      const w = wanted + i * abi.imethodSize;
      const name = text(this.env, w + abi.imethodName), pkg = text(this.env, w + abi.imethodPkg);
      let fn = 0;
      for (let k = 0; k < count; k++) {
        const h = have + k * abi.methodSize;
        if (text(this.env, h + abi.methodName) === name && text(this.env, h + abi.methodPkg) === pkg
          && u32[(h + abi.methodType) >>> 2] === u32[(w + abi.imethodType) >>> 2]) { fn = u32[(h + abi.methodFn) >>> 2]; break; }
      }
      if (fn === 0) { this.#missing = name; return 0; }
      fns.push(fn);
    }
    const at = rt.persistent(abi.itabFun + 8 * n);
    mem.setPtr(at + abi.itabInter, inter);
    mem.setPtr(at + abi.itabType, typ);
    mem.u32[(at + abi.itabHash) >>> 2] = mem.u32[(typ + abi.typeHash) >>> 2];
    fns.forEach((f, i) => mem.setInt(at + abi.itabFun + 8 * i, f));
    return at;
  }
}

export function ifaceEntries(env: RtEnv): Entries {
  const { m, rt } = env;
  const mem = m.mem;
  let itabs: Itabs | undefined;
  const table = (): Itabs => (itabs ??= new Itabs(env));
  const size = (t: number): number => mem.u32[(t + abi.typeSize) >>> 2];
  const box = (n: number, site: number): number => rt.mallocgc(n, 0, false, site);
  const guard = (f: () => boolean): number => {
    try { return f() ? 1 : 0; } catch (e) {
      if (!(e instanceof Unhashable)) throw e;
      m.panics.runtimeError(e.message);
      return 0;
    }
  };
  const conversion = (inter: number, have: number, want: number): void => {
    const name = typeName(env, inter);
    m.panics.raise('assertion', have === 0
      ? `interface conversion: ${name === 'interface {}' || name === '' ? 'interface {}' : name} is nil, not ${typeName(env, want)}`
      : `interface conversion: ${name} is ${typeName(env, have)}, not ${typeName(env, want)}${typeName(env, have) === typeName(env, want) ? ' (types from different scopes)' : ''}`);
  };
  return {
    convT: (t: number, p: number, site: number) => {
      const q = rt.mallocgc(size(t), t, false, site);
      m.spend(size(t) * nsCopyByte);
      if (rt.gcphase !== 0) rt.shadeRange(p >>> 0, size(t), t);
      mem.u8.copyWithin(q, p >>> 0, (p >>> 0) + size(t));
      return q;
    },
    convT16: (v: number, site: number) => {
      if ((v & 0xffff) < 256) return staticuint64s + 8 * (v & 0xff);
      const p = box(2, site);
      mem.u16[p >>> 1] = v;
      return p;
    },
    convT32: (v: number, site: number) => {
      if (v >>> 0 < 256) return staticuint64s + 8 * v;
      const p = box(4, site);
      mem.i32[p >>> 2] = v;
      return p;
    },
    convT64: (lo: number, hi: number, site: number) => {
      if (hi === 0 && lo >>> 0 < 256) return staticuint64s + 8 * lo;
      const p = box(8, site);
      mem.i32[p >>> 2] = lo;
      mem.i32[(p >>> 2) + 1] = hi;
      return p;
    },
    convTstring: (p: number, n: number, site: number) => {
      if (n === 0) return zeroVal;
      const q = rt.mallocgc(16, stringType(), true, site);
      if (rt.gcphase !== 0) rt.marker.grey(p >>> 0);
      mem.setPtr(q, p >>> 0);
      mem.setInt(q + 8, n);
      return q;
    },
    convTslice: (p: number, n: number, cap: number, t: number, site: number) => {
      if (p === 0) return zeroVal;
      const q = rt.mallocgc(24, t, true, site);
      if (rt.gcphase !== 0) rt.marker.grey(p >>> 0);
      mem.setPtr(q, p >>> 0);
      mem.setInt(q + 8, n);
      mem.setInt(q + 16, cap);
      return q;
    },
    assertE2I: (inter: number, typ: number) => {
      if (typ === 0) { m.panics.raise('assertion', `interface conversion: interface is nil, not ${typeName(env, inter)}`); return 0; }
      const tab = table().get(inter, typ);
      if (tab === 0) m.panics.raise('assertion', `interface conversion: ${typeName(env, typ)} is not ${typeName(env, inter)}: missing method ${table().missing(inter, typ)}`);
      return tab;
    },
    assertE2I2: (inter: number, typ: number) => (typ === 0 ? 0 : table().get(inter, typ)),
    panicdottypeE: (have: number, want: number, inter: number) => conversion(inter, have, want),
    panicdottypeI: (have: number, want: number, inter: number) => conversion(inter, have === 0 ? 0 : mem.u32[(have + abi.itabType) >>> 2], want),
    panicnildottype: (want: number) => m.panics.raise('assertion', `interface conversion: interface is nil, not ${typeName(env, want)}`),
    efaceeq: (t: number, x: number, y: number) => guard(() => t === 0 || rt.alg.dataEqual(t, x >>> 0, y >>> 0)),
    ifaceeq: (tab: number, x: number, y: number) => guard(() => tab === 0 || rt.alg.dataEqual(mem.u32[(tab + abi.itabType) >>> 2], x >>> 0, y >>> 0)),
    typeequal: (t: number, p: number, q: number) => guard(() => rt.alg.equal(t, p >>> 0, q >>> 0)),
    panicmakeslicecap: () => m.panics.runtimeError('makeslice: cap out of range'),
    panicmakeslicelen: () => m.panics.runtimeError('makeslice: len out of range'),
    panicunsafeslicelen: () => m.panics.runtimeError('unsafe.Slice: len out of range'),
    panicunsafestringlen: () => m.panics.runtimeError('unsafe.String: len out of range'),
    panicSliceConvert: (have: number, want: number) => m.panics.raise('bounds', `cannot convert slice with length ${have} to array or pointer to array with length ${want}`),
    panicwrap: (p: number, pn: number, t: number, tn: number, f: number, fn: number) => {
      const s = (a: number, n: number): string => new TextDecoder().decode(mem.u8.slice(a >>> 0, (a >>> 0) + n));
      m.panics.raise('plain', `value method ${s(p, pn)}.${s(t, tn)}.${s(f, fn)} called using nil *${s(t, tn)} pointer`);
    },
  };
  /** A descriptor with one leading pointer, for string headers. */
  function stringType(): number { return env.m.program.symbols.get('type:string') ?? rt.makeType('string', 16, [0]); }
}
