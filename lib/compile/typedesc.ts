/**
 * Type descriptors and interface tables as data, in the layout of lib/abi/type.ts.
 */
import type { Func, Name } from '../go/ir/nodes.ts';
import { BasicKind, type InterfaceT, type Type } from '../go/types/type.ts';
import { under } from '../go/types/under.ts';
import { encodeUtf8 } from '../go/types/constant.ts';
import { isExported, type Func as FuncObj } from '../go/types/object.ts';
import { PointerT, Signature, SendRecv, SendOnly } from '../go/types/type.ts';
import { linkText } from '../go/ir/typetext.ts';
import { sizes } from '../go/types/sizes.ts';
import * as abi from '../abi/type.ts';
import type { DataReloc, DataSymbol } from './object.ts';
import { alignof, ptrOffsets, sizeof } from './layout.ts';
import type { PackageCompiler } from './compile.ts';

/** Bytes under construction with relocations. */
export class Record {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  readonly relocs: DataReloc[] = [];
  constructor(readonly size: number) { this.bytes = new Uint8Array(size); this.view = new DataView(this.bytes.buffer); }
  word(at: number, v: number): void { this.view.setUint32(at, v, true); this.view.setUint32(at + 4, Math.floor(v / 4294967296), true); }
  u32(at: number, v: number): void { this.view.setUint32(at, v, true); }
  addr(at: number, sym: string, add = 0): void { this.relocs.push({ at, kind: 'addr', sym, add }); }
  table(at: number, sym: string): void { this.relocs.push({ at, kind: 'table', sym, add: 0 }); }
  /** A string header. */
  string(pkg: PackageCompiler, at: number, s: string): void {
    const b = encodeUtf8(s);
    if (b.length > 0) this.addr(at, pkg.stringSym(b));
    this.word(at + 8, b.length);
  }
  symbol(sym: string, align = 8, ptrs: readonly number[] = []): DataSymbol { return { sym, size: this.size, align, bytes: this.bytes, relocs: this.relocs, ptrs }; }
}

const basicKinds: { [k: number]: number } = {
  [BasicKind.Bool]: abi.kindBool, [BasicKind.Int]: abi.kindInt, [BasicKind.Int8]: abi.kindInt8, [BasicKind.Int16]: abi.kindInt16, [BasicKind.Int32]: abi.kindInt32, [BasicKind.Int64]: abi.kindInt64,
  [BasicKind.Uint]: abi.kindUint, [BasicKind.Uint8]: abi.kindUint8, [BasicKind.Uint16]: abi.kindUint16, [BasicKind.Uint32]: abi.kindUint32, [BasicKind.Uint64]: abi.kindUint64, [BasicKind.Uintptr]: abi.kindUintptr,
  [BasicKind.Float32]: abi.kindFloat32, [BasicKind.Float64]: abi.kindFloat64, [BasicKind.Complex64]: abi.kindComplex64, [BasicKind.Complex128]: abi.kindComplex128,
  [BasicKind.String]: abi.kindString, [BasicKind.UnsafePointer]: abi.kindUnsafePointer,
};

export function kindOf(t: Type): number {
  const u = under(t);
  switch (u.kind) {
    case 'Basic': return basicKinds[u.basic] ?? 0;
    case 'Pointer': return abi.kindPointer;
    case 'Slice': return abi.kindSlice;
    case 'Array': return abi.kindArray;
    case 'Struct': return abi.kindStruct;
    case 'Map': return abi.kindMap;
    case 'Chan': return abi.kindChan;
    case 'Signature': return abi.kindFunc;
    case 'Interface': return abi.kindInterface;
    default: return 0;
  }
}

/** FNV-1a of a text's UTF-16 units: equal types have equal texts, hence equal hashes. */
function hashText(s: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < s.length; i++) { h ^= s.charCodeAt(i); h = Math.imul(h, 0x01000193); }
  return h >>> 0;
}

export function isDirectIface(t: Type): boolean {
  const u = under(t);
  switch (u.kind) {
    case 'Pointer': case 'Chan': case 'Map': case 'Signature': return true;
    case 'Basic': return u.basic === BasicKind.UnsafePointer;
    case 'Array': return u.len === 1 && isDirectIface(u.elem);
    case 'Struct': return u.fields.length === 1 && isDirectIface(u.fields[0].type);
    default: return false;
  }
}

/** Values compare by their bytes alone. */
function isRegularMemory(t: Type): boolean {
  const u = under(t);
  switch (u.kind) {
    case 'Basic': return !u.isFloat() && !u.isComplex() && !u.isString();
    case 'Pointer': case 'Chan': return true;
    case 'Array': return isRegularMemory(u.elem);
    case 'Struct': {
      let end = 0;
      const offs = sizes.offsetsof(u.fields);
      for (let i = 0; i < u.fields.length; i++) {
        if (u.fields[i].name === '_' || offs[i] !== end || !isRegularMemory(u.fields[i].type)) return false;
        end = offs[i] + sizeof(u.fields[i].type);
      }
      return end === sizeof(t);
    }
    default: return false;
  }
}
function isComparable(t: Type): boolean {
  const u = under(t);
  switch (u.kind) {
    case 'Slice': case 'Map': case 'Signature': return false;
    case 'Array': return isComparable(u.elem);
    case 'Struct': return u.fields.every((f) => isComparable(f.type));
    default: return true;
  }
}

/** Makes the descriptor of t, and what it refers to. */
export function typeData(pkg: PackageCompiler, t: Type, sym: string): void {
  const r = new Record(abi.typeRecordSize);
  // Entered before its parts: types refer to themselves.
  const ready: DataSymbol = r.symbol(sym);
  pkg.data.set(sym, ready);
  const u = under(t);
  const ptrs = ptrOffsets(t);
  r.word(abi.typeSize, sizeof(t));
  r.word(abi.typePtrdata, ptrs.length > 0 ? ptrs[ptrs.length - 1] + 8 : 0);
  r.u32(abi.typeHash, hashText(linkText(t)));
  const named = t.kind === 'Named' || t.kind === 'Basic';
  r.bytes[abi.typeTflag] = (named ? abi.tflagNamed : 0) | (isRegularMemory(t) ? abi.tflagRegularMemory : 0) | (isDirectIface(t) ? abi.tflagDirectIface : 0);
  r.bytes[abi.typeAlign] = alignof(t);
  r.bytes[abi.typeFieldAlign] = alignof(t);
  r.bytes[abi.typeKind] = kindOf(t);
  // Any nonzero value says "comparable": the runtime compares by descriptor.
  r.u32(abi.typeEqualFn, isComparable(t) ? 1 : 0);
  if (ptrs.length > 0) r.addr(abi.typeGcdata, gcdata(pkg, t));
  r.string(pkg, abi.typeStr, pkg.typeString(t));
  switch (u.kind) {
    case 'Pointer': case 'Slice': r.addr(abi.typeElem, pkg.typeSym(u.elem)); break;
    case 'Array': r.addr(abi.typeElem, pkg.typeSym(u.elem)); r.word(abi.typeLen, u.len); break;
    case 'Chan': r.addr(abi.typeElem, pkg.typeSym(u.elem)); r.word(abi.typeDir, u.dir === SendRecv ? 3 : u.dir === SendOnly ? 2 : 1); break;
    case 'Map': {
      r.addr(abi.typeKey, pkg.typeSym(u.key));
      r.addr(abi.typeMapElem, pkg.typeSym(u.elem));
      const flags = (sizeof(u.key) > 128 ? abi.mapIndirectKey : 0) | (sizeof(u.elem) > 128 ? abi.mapIndirectElem : 0)
        | (hashMightPanic(u.key) ? abi.mapHashMightPanic : 0) | (needKeyUpdate(u.key) ? abi.mapNeedKeyUpdate : 0);
      r.word(abi.typeMapFlags, flags);
      break;
    }
    case 'Signature': {
      list(pkg, r, sym, 'in', abi.typeIn, u.params.vars.map((v) => v.type));
      list(pkg, r, sym, 'out', abi.typeOut, u.results.vars.map((v) => v.type));
      r.word(abi.typeVariadic, u.variadic ? 1 : 0);
      break;
    }
    case 'Struct': {
      const f = new Record(Math.max(8, u.fields.length * abi.structFieldSize));
      const offs = sizes.offsetsof(u.fields);
      u.fields.forEach((x, i) => {
        const at = i * abi.structFieldSize;
        f.string(pkg, at + abi.structFieldName, x.name);
        f.addr(at + abi.structFieldType, pkg.typeSym(x.type));
        f.word(at + abi.structFieldOffset, offs[i]);
        f.word(at + abi.structFieldFlags, (x.embedded ? 1 : 0) | (isExported(x.name) ? 2 : 0));
        f.string(pkg, at + abi.structFieldTag, u.tag(i));
      });
      pkg.data.set(`${sym}#fields`, f.symbol(`${sym}#fields`));
      r.addr(abi.typeFields, `${sym}#fields`);
      r.word(abi.typeFieldCount, u.fields.length);
      break;
    }
    case 'Interface': {
      const ms = u.typeSet().methods;
      const m = new Record(Math.max(8, ms.length * abi.imethodSize));
      ms.forEach((x, i) => {
        const at = i * abi.imethodSize;
        m.string(pkg, at + abi.imethodName, x.name);
        m.addr(at + abi.imethodType, pkg.typeSym(plain(x)));
        m.string(pkg, at + abi.imethodPkg, isExported(x.name) ? '' : (x.pkg?.path ?? ''));
      });
      pkg.data.set(`${sym}#methods`, m.symbol(`${sym}#methods`));
      r.addr(abi.typeMethods, `${sym}#methods`);
      r.word(abi.typeMethodCount, ms.length);
      break;
    }
  }
  uncommon(pkg, r, t, sym);
}

/** A method's type without its receiver. */
function plain(m: FuncObj): Type {
  const s = m.type as Signature;
  return s.recv ? new Signature(null, s.params, s.results, s.variadic) : s;
}

function hashMightPanic(t: Type): boolean {
  const u = under(t);
  if (u.kind === 'Interface') return true;
  if (u.kind === 'Array') return hashMightPanic(u.elem);
  return u.kind === 'Struct' && u.fields.some((f) => hashMightPanic(f.type));
}
/** Overwriting must store the new key: +0 and -0, strings and interfaces that are equal but not the same. */
function needKeyUpdate(t: Type): boolean {
  const u = under(t);
  switch (u.kind) {
    case 'Basic': return u.isFloat() || u.isComplex() || u.isString();
    case 'Interface': return true;
    case 'Array': return needKeyUpdate(u.elem);
    case 'Struct': return u.fields.some((f) => needKeyUpdate(f.type));
    default: return false;
  }
}

function list(pkg: PackageCompiler, r: Record, sym: string, what: string, at: number, types: readonly Type[]): void {
  r.word(at + 8, types.length);
  if (types.length === 0) return;
  const l = new Record(types.length * 8);
  types.forEach((t, i) => l.addr(i * 8, pkg.typeSym(t)));
  pkg.data.set(`${sym}#${what}`, l.symbol(`${sym}#${what}`));
  r.addr(at, `${sym}#${what}`);
}

function gcdata(pkg: PackageCompiler, t: Type): string {
  const ptrs = ptrOffsets(t);
  const bits = new Uint8Array(Math.ceil((ptrs[ptrs.length - 1] / 8 + 1) / 8));
  for (const o of ptrs) { const w = o / 8; bits[w >> 3] |= 1 << (w & 7); }
  return pkg.stringSym(Array.from(bits, (b) => String.fromCharCode(b)).join(''));
}

/** The functions an interface's table calls for the methods of t: they take the receiver as one pointer word. */
export function ifaceMethods(pkg: PackageCompiler, t: Type): ReadonlyMap<string, Func> {
  if (isDirectIface(t)) return pkg.methods(t);
  const own = pkg.methods(t), byPtr = pkg.methods(new PointerT(t));
  const out = new Map<string, Func>();
  for (const name of own.keys()) { const f = byPtr.get(name); if (f) out.set(name, f); }
  return out;
}

function uncommon(pkg: PackageCompiler, r: Record, t: Type, sym: string): void {
  if (under(t).kind === 'Interface') return;
  const ms = [...ifaceMethods(pkg, t)].sort((a, b) => (a[0] < b[0] ? -1 : 1));
  if (ms.length === 0 && t.kind !== 'Named') return;
  const obj = t.kind === 'Named' ? t.decl() : undefined;
  const uc = new Record(56);
  uc.string(pkg, 0, obj?.pkg?.path ?? '');
  uc.string(pkg, 16, obj?.name ?? '');
  const m = new Record(Math.max(8, ms.length * abi.methodSize));
  ms.forEach(([name, f], i) => {
    const at = i * abi.methodSize;
    m.string(pkg, at + abi.methodName, name);
    m.addr(at + abi.methodType, pkg.typeSym(methodType(f.nname)));
    m.string(pkg, at + abi.methodPkg, isExported(name) ? '' : f.nname.pkgPath);
    m.table(at + abi.methodFn, f.link);
    pkg.noteFunc(f);
  });
  pkg.data.set(`${sym}#m`, m.symbol(`${sym}#m`));
  uc.addr(32, `${sym}#m`);
  uc.word(40, ms.length);
  // Methods that only *T has are found through T by reflection, which may make a *T where the program never does.
  if (t.kind === 'Named' && pkg.methods(new PointerT(t)).size > pkg.methods(t).size) uc.addr(48, pkg.typeSym(new PointerT(t)));
  pkg.data.set(`${sym}#u`, uc.symbol(`${sym}#u`));
  r.addr(abi.typeUncommon, `${sym}#u`);
}
function methodType(n: Name): Type {
  const s = under(n.type) as Signature;
  return s.recv ? new Signature(null, s.params, s.results, s.variadic) : s;
}

/** The table of concrete type t for interface type iface. */
export function itabData(pkg: PackageCompiler, iface: Type, t: Type, sym: string): void {
  const ms = (under(iface) as InterfaceT).typeSet().methods;
  const r = new Record(abi.itabFun + 8 * ms.length);
  pkg.data.set(sym, r.symbol(sym));
  r.addr(abi.itabInter, pkg.typeSym(iface));
  r.addr(abi.itabType, pkg.typeSym(t));
  r.u32(abi.itabHash, hashText(linkText(t)));
  const fns = ifaceMethods(pkg, t);
  ms.forEach((m, i) => {
    const f = fns.get(m.name);
    if (!f) return;
    r.table(abi.itabFun + 8 * i, f.link);
    pkg.noteFunc(f);
  });
}

