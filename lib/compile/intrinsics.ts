/**
 * Functions without a Go body that are one or two WebAssembly instructions.
 *
 * The compiler knows them as gc knows its intrinsics: where lib/std declares one,
 * a call is the instructions themselves, not a call. They take and give scalars.
 */
import * as w from './wasm.ts';
import type { FuncEmitter } from './emit.ts';

const ops = (...codes: number[]) => (e: FuncEmitter): void => { for (const c of codes) e.op(c); };

/** By link name: what follows the arguments on the stack. */
export const intrinsics: Readonly<Record<string, (e: FuncEmitter) => void>> = {
  'math/bits.clz64': ops(w.oI64Clz),
  'math/bits.ctz64': ops(w.oI64Ctz),
  'math/bits.popcnt64': ops(w.oI64Popcnt),
  'math.abs': ops(w.oF64Abs),
  'math.ceil': ops(w.oF64Ceil),
  'math.floor': ops(w.oF64Floor),
  'math.trunc': ops(w.oF64Trunc),
  'math.nearest': ops(w.oF64Nearest),
  'math.sqrt': ops(w.oF64Sqrt),
  'math.copysign': ops(w.oF64Copysign),
  'math.bits64': ops(w.oI64ReinterpretF64),
  'math.from64': ops(w.oF64ReinterpretI64),
  'math.bits32': ops(w.oI32ReinterpretF32),
  'math.from32': ops(w.oF32ReinterpretI32),
};
