/**
 * A small assembler for functions written by hand: expressions are closures that
 * push a value, statements emit at once. Enough for the runtime's short paths
 * (helpers.ts), where what matters is which instructions come out.
 */
import * as w from './wasm.ts';
import { Buf, type WasmType } from './wasm.ts';

/** Pushes one value. */
export type E = () => void;
/** A block or loop to branch to. */
export interface Target { readonly depth: number }

export class Asm {
  readonly b = new Buf();
  readonly #types: WasmType[] = [];
  readonly #params: number;
  #depth = 0;
  constructor(readonly sig: string) { this.#params = sig.indexOf(':'); }

  /** Locals and code, as object files hold them. */
  finish(): Buf {
    this.b.u8(w.oEnd);
    const out = new Buf();
    out.u32(this.#types.length);
    for (const t of this.#types) { out.u32(1); out.u8(w.wasmTypeByte[t]); }
    out.append(this.b);
    return out;
  }

  local(t: WasmType = 'i'): number { this.#types.push(t); return this.#params + this.#types.length - 1; }
  /** A new local holding v. */
  let(v: E, t: WasmType = 'i'): number { const l = this.local(t); this.set(l, v); return l; }

  // Values.
  get(l: number): E { return () => { this.b.u8(w.oLocalGet); this.b.u32(l); }; }
  i32(v: number): E { return () => { this.b.u8(w.oI32Const); this.b.s32(v); }; }
  i64(v: bigint): E { return () => { this.b.u8(w.oI64Const); this.b.s64(v); }; }
  un(op: number, x: E): E { return () => { x(); this.b.u8(op); }; }
  bin(op: number, x: E, y: E): E { return () => { x(); y(); this.b.u8(op); }; }
  add(x: E, y: E): E { return this.bin(w.oI32Add, x, y); }
  sub(x: E, y: E): E { return this.bin(w.oI32Sub, x, y); }
  mul(x: E, y: E): E { return this.bin(w.oI32Mul, x, y); }
  and(x: E, y: E): E { return this.bin(w.oI32And, x, y); }
  or(x: E, y: E): E { return this.bin(w.oI32Or, x, y); }
  xor(x: E, y: E): E { return this.bin(w.oI32Xor, x, y); }
  shl(x: E, n: E): E { return this.bin(w.oI32Shl, x, n); }
  shr(x: E, n: E): E { return this.bin(w.oI32ShrU, x, n); }
  eq(x: E, y: E): E { return this.bin(w.oI32Eq, x, y); }
  ne(x: E, y: E): E { return this.bin(w.oI32Ne, x, y); }
  ltU(x: E, y: E): E { return this.bin(w.oI32LtU, x, y); }
  gtU(x: E, y: E): E { return this.bin(w.oI32GtU, x, y); }
  geU(x: E, y: E): E { return this.bin(w.oI32GeU, x, y); }
  eqz(x: E): E { return this.un(w.oI32Eqz, x); }
  ctz(x: E): E { return this.un(w.oI32Ctz, x); }
  /** Loads of 4, 2, 1 and 8 bytes, unsigned. */
  ld(a: E, off = 0): E { return this.#load(w.oI32Load, 2, a, off); }
  ld16(a: E, off = 0): E { return this.#load(w.oI32Load16U, 1, a, off); }
  ld8(a: E, off = 0): E { return this.#load(w.oI32Load8U, 0, a, off); }
  ld64(a: E, off = 0): E { return this.#load(w.oI64Load, 0, a, off); }
  #load(op: number, align: number, a: E, off: number): E { return () => { a(); this.b.u8(op); this.b.u32(align); this.b.u32(off); }; }
  /** The word at a fixed address. */
  cell(at: number): E { return this.ld(this.i32(0), at); }
  call(sym: string, ...args: E[]): E { return () => { for (const a of args) a(); this.b.u8(w.oCall); this.b.reloc('func', sym); }; }
  /** x, kept in local l. */
  tee(l: number, x: E): E { return () => { x(); this.b.u8(w.oLocalTee); this.b.u32(l); }; }

  // Statements.
  set(l: number, v: E): void { v(); this.b.u8(w.oLocalSet); this.b.u32(l); }
  st(a: E, off: number, v: E): void { this.#store(w.oI32Store, 2, a, off, v); }
  st16(a: E, off: number, v: E): void { this.#store(w.oI32Store16, 1, a, off, v); }
  st8(a: E, off: number, v: E): void { this.#store(w.oI32Store8, 0, a, off, v); }
  st64(a: E, off: number, v: E): void { this.#store(w.oI64Store, 0, a, off, v); }
  #store(op: number, align: number, a: E, off: number, v: E): void { a(); v(); this.b.u8(op); this.b.u32(align); this.b.u32(off); }
  setCell(at: number, v: E): void { this.st(this.i32(0), at, v); }
  /** Copies n bytes. */
  copy(to: E, from: E, n: E): void { to(); from(); n(); this.b.u8(w.oPrefixFC); this.b.u32(w.oMemoryCopy); this.b.u8(0); this.b.u8(0); }
  ret(v?: E): void { v?.(); this.b.u8(w.oReturn); }
  if(c: E, then: () => void, els?: () => void): void {
    c();
    this.b.u8(w.oIf); this.b.u8(w.tVoid);
    this.#depth++;
    then();
    if (els) { this.b.u8(w.oElse); els(); }
    this.b.u8(w.oEnd);
    this.#depth--;
  }
  block(f: (out: Target) => void): void { this.#nest(w.oBlock, f); }
  loop(f: (again: Target) => void): void { this.#nest(w.oLoop, f); }
  #nest(op: number, f: (t: Target) => void): void {
    this.b.u8(op); this.b.u8(w.tVoid);
    f({ depth: ++this.#depth });
    this.b.u8(w.oEnd);
    this.#depth--;
  }
  br(t: Target): void { this.b.u8(w.oBr); this.b.u32(this.#depth - t.depth); }
  brIf(t: Target, c: E): void { c(); this.b.u8(w.oBrIf); this.b.u32(this.#depth - t.depth); }
  unreachable(): void { this.b.u8(w.oUnreachable); }
}
