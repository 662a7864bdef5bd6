/**
 * The WebAssembly binary format, as far as we emit it: a growing byte buffer with
 * LEB128 numbers, the opcodes by name, and the sections of a module.
 *
 * Numbers that the linker decides (function, type and table indexes, addresses)
 * are written as 5-byte padded LEBs with a relocation beside them, so that a
 * function body can be moved into any module without decoding it.
 */

export type WasmType = 'i' | 'j' | 'f' | 'd';
export const wasmTypeByte: Record<WasmType, number> = { i: 0x7f, j: 0x7e, f: 0x7d, d: 0x7c };

/**
 * func: a function index. table: the function's place in the table (i32.const).
 * addr: the address of data (i32.const). addr64: the same as i64.const. type: a type index;
 * sym is the signature. pcbase: number of the first code point of function sym (i32.const).
 */
export type RelocKind = 'func' | 'table' | 'addr' | 'addr64' | 'type' | 'pcbase';
export interface Reloc { at: number; readonly kind: RelocKind; readonly sym: string; readonly add: number }

const f64box = new Float64Array(1), f64bytes = new Uint8Array(f64box.buffer);
const f32box = new Float32Array(1), f32bytes = new Uint8Array(f32box.buffer);

export class Buf {
  bytes = new Uint8Array(256);
  len = 0;
  readonly relocs: Reloc[] = [];

  need(n: number): void {
    if (this.len + n <= this.bytes.length) return;
    const b = new Uint8Array(Math.max(this.bytes.length * 2, this.len + n));
    b.set(this.bytes.subarray(0, this.len));
    this.bytes = b;
  }
  u8(v: number): void { if (this.len === this.bytes.length) this.need(1); this.bytes[this.len++] = v; }
  op2(a: number, b: number): void { this.u8(a); this.u8(b); }
  u32(v: number): void {
    v >>>= 0;
    while (v > 127) { this.u8((v & 127) | 128); v >>>= 7; }
    this.u8(v);
  }
  s32(v: number): void {
    v |= 0;
    for (;;) {
      const b = v & 127;
      v >>= 7;
      if ((v === 0 && !(b & 64)) || (v === -1 && b & 64)) { this.u8(b); return; }
      this.u8(b | 128);
    }
  }
  s64(v: bigint): void {
    v = BigInt.asIntN(64, v);
    if (v >= -0x4000_0000n && v < 0x4000_0000n) { this.s32(Number(v)); return; }
    for (;;) {
      const b = Number(v & 127n);
      v >>= 7n;
      if ((v === 0n && !(b & 64)) || (v === -1n && b & 64)) { this.u8(b); return; }
      this.u8(b | 128);
    }
  }
  f64(v: number): void { f64box[0] = v; this.raw(f64bytes); }
  f32(v: number): void { f32box[0] = v; this.raw(f32bytes); }
  raw(b: Uint8Array): void { this.need(b.length); this.bytes.set(b, this.len); this.len += b.length; }
  name(s: string): void { const b = new TextEncoder().encode(s); this.u32(b.length); this.raw(b); }
  /** Five bytes for the linker to fill. */
  reloc(kind: RelocKind, sym: string, add = 0): void {
    this.relocs.push({ at: this.len, kind, sym, add });
    this.need(5);
    this.len += 5;
  }
  take(): Uint8Array { return this.bytes.slice(0, this.len); }
  /** Appends another buffer, its relocations moved along. */
  append(b: Buf): void {
    for (const r of b.relocs) this.relocs.push({ ...r, at: r.at + this.len });
    this.raw(b.bytes.subarray(0, b.len));
  }
}

/** Writes v as an unsigned LEB of five bytes at p. */
export function patchU(b: Uint8Array, p: number, v: number): void {
  for (let i = 0; i < 4; i++) { b[p + i] = (v & 127) | 128; v >>>= 7; }
  b[p + 4] = v & 15;
}
/** Writes v (below 2**31) as a signed LEB of five bytes at p. */
export function patchS(b: Uint8Array, p: number, v: number): void {
  for (let i = 0; i < 4; i++) { b[p + i] = (v & 127) | 128; v >>= 7; }
  b[p + 4] = v & 127;
}

// Opcodes.
export const oUnreachable = 0x00, oBlock = 0x02, oLoop = 0x03, oIf = 0x04, oElse = 0x05, oEnd = 0x0b, oBr = 0x0c, oBrIf = 0x0d, oBrTable = 0x0e, oReturn = 0x0f;
export const oCall = 0x10, oCallIndirect = 0x11, oDrop = 0x1a, oSelect = 0x1b;
export const oLocalGet = 0x20, oLocalSet = 0x21, oLocalTee = 0x22, oGlobalGet = 0x23, oGlobalSet = 0x24;
export const oI32Load = 0x28, oI64Load = 0x29, oF32Load = 0x2a, oF64Load = 0x2b, oI32Load8S = 0x2c, oI32Load8U = 0x2d, oI32Load16S = 0x2e, oI32Load16U = 0x2f;
export const oI64Load32U = 0x35;
export const oI32Store = 0x36, oI64Store = 0x37, oF32Store = 0x38, oF64Store = 0x39, oI32Store8 = 0x3a, oI32Store16 = 0x3b;
export const oI32Const = 0x41, oI64Const = 0x42, oF32Const = 0x43, oF64Const = 0x44;
export const oI32Eqz = 0x45, oI32Eq = 0x46, oI32Ne = 0x47, oI32LtS = 0x48, oI32LtU = 0x49, oI32GtS = 0x4a, oI32GtU = 0x4b, oI32LeS = 0x4c, oI32LeU = 0x4d, oI32GeS = 0x4e, oI32GeU = 0x4f;
export const oI64Eqz = 0x50, oI64Eq = 0x51, oI64Ne = 0x52, oI64LtS = 0x53, oI64LtU = 0x54, oI64GtS = 0x55, oI64GtU = 0x56, oI64LeS = 0x57, oI64LeU = 0x58, oI64GeS = 0x59, oI64GeU = 0x5a;
export const oF32Eq = 0x5b, oF64Eq = 0x61, oF64Le = 0x65, oF64Ge = 0x66;
export const oI32Ctz = 0x68, oI32Rotl = 0x77;
export const oI32Add = 0x6a, oI32Sub = 0x6b, oI32Mul = 0x6c, oI32DivS = 0x6d, oI32DivU = 0x6e, oI32RemS = 0x6f, oI32RemU = 0x70, oI32And = 0x71, oI32Or = 0x72, oI32Xor = 0x73, oI32Shl = 0x74, oI32ShrS = 0x75, oI32ShrU = 0x76;
export const oI64Add = 0x7c, oI64Sub = 0x7d, oI64Mul = 0x7e, oI64DivS = 0x7f, oI64DivU = 0x80, oI64RemS = 0x81, oI64RemU = 0x82, oI64And = 0x83, oI64Or = 0x84, oI64Xor = 0x85, oI64Shl = 0x86, oI64ShrS = 0x87, oI64ShrU = 0x88;
export const oI64Clz = 0x79, oI64Ctz = 0x7a, oI64Popcnt = 0x7b;
export const oF64Abs = 0x99, oF64Ceil = 0x9b, oF64Floor = 0x9c, oF64Trunc = 0x9d, oF64Nearest = 0x9e, oF64Sqrt = 0x9f, oF64Copysign = 0xa6;
export const oI32ReinterpretF32 = 0xbc, oI64ReinterpretF64 = 0xbd, oF32ReinterpretI32 = 0xbe, oF64ReinterpretI64 = 0xbf;
export const oF32Neg = 0x8c, oF32Add = 0x92, oF32Sub = 0x93, oF32Mul = 0x94, oF32Div = 0x95, oF32Min = 0x96, oF32Max = 0x97;
export const oF64Neg = 0x9a, oF64Add = 0xa0, oF64Sub = 0xa1, oF64Mul = 0xa2, oF64Div = 0xa3, oF64Min = 0xa4, oF64Max = 0xa5;
export const oI32WrapI64 = 0xa7, oI32TruncF64S = 0xaa, oI64ExtendI32S = 0xac, oI64ExtendI32U = 0xad, oI64TruncF64S = 0xb0;
export const oF32ConvertI32S = 0xb2, oF32ConvertI32U = 0xb3, oF32ConvertI64S = 0xb4, oF32ConvertI64U = 0xb5, oF32DemoteF64 = 0xb6;
export const oF64ConvertI32S = 0xb7, oF64ConvertI32U = 0xb8, oF64ConvertI64S = 0xb9, oF64ConvertI64U = 0xba, oF64PromoteF32 = 0xbb;
export const oI32Extend8S = 0xc0, oI32Extend16S = 0xc1;
export const oPrefixFC = 0xfc, oMemoryCopy = 10, oMemoryFill = 11;
export const tVoid = 0x40;

/** "ij:d" → function type bytes. */
function functionType(b: Buf, sig: string): void {
  const [p, r] = sig.split(':');
  b.u8(0x60);
  b.u32(p.length);
  for (const c of p) b.u8(wasmTypeByte[c as WasmType]);
  b.u32(r.length);
  for (const c of r) b.u8(wasmTypeByte[c as WasmType]);
}

export interface WasmImport { readonly module: string; readonly name: string; readonly sig: string }
export interface WasmModule {
  readonly types: readonly string[];
  readonly imports: readonly WasmImport[];
  /** Type indexes of the defined functions, and their bodies (locals and code, without size). */
  readonly funcs: readonly { readonly type: number; readonly body: Uint8Array }[];
  /** Function indexes in the table from 1 on (0 stays empty). */
  readonly table: readonly number[];
  /** Initial values of i64 globals, all mutable. */
  readonly globals: number;
  readonly exports: readonly { readonly name: string; readonly func: number }[];
  readonly typeIndex: ReadonlyMap<string, number>;
  /** Pages of the imported memory. */
  readonly pages: number;
}

/** The bytes of a module that imports its memory as "env.memory". */
export function encodeModule(m: WasmModule): Uint8Array {
  const out = new Buf();
  out.raw(new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]));
  const section = (id: number, f: (b: Buf) => void): void => {
    const b = new Buf();
    f(b);
    out.u8(id);
    out.u32(b.len);
    out.raw(b.bytes.subarray(0, b.len));
  };
  section(1, (b) => { b.u32(m.types.length); for (const t of m.types) functionType(b, t); });
  section(2, (b) => {
    b.u32(m.imports.length + 1);
    b.name('env'); b.name('memory'); b.u8(2); b.u8(0); b.u32(m.pages);
    for (const i of m.imports) { b.name(i.module); b.name(i.name); b.u8(0); b.u32(m.typeIndex.get(i.sig)!); }
  });
  section(3, (b) => { b.u32(m.funcs.length); for (const f of m.funcs) b.u32(f.type); });
  section(4, (b) => { b.u32(1); b.u8(0x70); b.u8(0); b.u32(m.table.length + 1); });
  section(6, (b) => { b.u32(m.globals); for (let i = 0; i < m.globals; i++) { b.u8(0x7e); b.u8(1); b.u8(oI64Const); b.u8(0); b.u8(oEnd); } });
  section(7, (b) => { b.u32(m.exports.length); for (const e of m.exports) { b.name(e.name); b.u8(0); b.u32(e.func); } });
  if (m.table.length > 0) {
    section(9, (b) => {
      b.u32(1); b.u8(0); b.u8(oI32Const); b.s32(1); b.u8(oEnd);
      b.u32(m.table.length);
      for (const f of m.table) b.u32(f);
    });
  }
  section(10, (b) => {
    b.u32(m.funcs.length);
    for (const f of m.funcs) { b.u32(f.body.length); b.raw(f.body); }
  });
  return out.take();
}
