/**
 * Comparing strings, and making short ones in a buffer of the frame: what needs no
 * allocation. The rest goes to the imports (lib/engine/rt_string.ts).
 */
import { cellFuel } from '../abi/machine.ts';
import { resultArea } from '../abi/imports.ts';
import { nsCopyByte, ticksPerNs } from '../abi/cost.ts';
import { Asm, type E } from './asm.ts';
import * as w from './wasm.ts';
import type { Buf } from './wasm.ts';

/** Bytes of the buffer. */
const tmpBuf = 32;

/** Charges for n bytes, an f64, as Machine.spend does. No n gives a half, so rounding is adding one and cutting. */
function spend(a: Asm, n: E): void {
  const f64 = (v: number): E => () => { a.b.u8(w.oF64Const); a.b.f64(v); };
  const ticks = a.un(w.oI32TruncF64S, a.bin(w.oF64Add, a.bin(w.oF64Mul, a.bin(w.oF64Mul, n, f64(nsCopyByte)), f64(ticksPerNs)), f64(0.5)));
  a.setCell(cellFuel, a.sub(a.cell(cellFuel), ticks));
}
const toF64 = (a: Asm, x: E): E => a.un(w.oF64ConvertI32U, x);
const result = (a: Asm, i: number, v: E): void => a.st64(a.i32(0), resultArea + 8 * i, a.un(w.oI64ExtendI32U, v));

/** memequal(p, q, n): n is an f64. */
function memequal(): Buf {
  const a = new Asm('iid:i');
  spend(a, a.get(2));
  a.ret(a.call('fast:memequal', a.get(0), a.get(1), a.un(w.oI32TruncF64S, a.get(2))));
  a.unreachable();
  return a.finish();
}
/** cmpstring(p, n, q, m): -1, 0 or 1. */
function cmpstring(): Buf {
  const a = new Asm('iiii:i'), [p, n, q, m] = [0, 1, 2, 3], i = a.local(), x = a.local(), y = a.local(), end = a.let(a.get(n));
  a.if(a.gtU(a.get(n), a.get(m)), () => a.set(end, a.get(m)));
  a.loop((again) => a.if(a.ltU(a.get(i), a.get(end)), () => {
    a.set(x, a.ld8(a.add(a.get(p), a.get(i))));
    a.set(y, a.ld8(a.add(a.get(q), a.get(i))));
    a.if(a.ne(a.get(x), a.get(y)), () => {
      a.if(a.ltU(a.get(x), a.get(y)), () => a.ret(a.i32(-1)));
      a.ret(a.i32(1));
    });
    a.set(i, a.add(a.get(i), a.i32(1)));
    a.br(again);
  }));
  a.if(a.ltU(a.get(n), a.get(m)), () => a.ret(a.i32(-1)));
  a.ret(a.gtU(a.get(n), a.get(m)));
  a.unreachable();
  return a.finish();
}
/** slicebytetostring(buf, p, n, site): n is an f64. */
function slicebytetostring(): Buf {
  const a = new Asm('iidi:i'), n = a.let(a.un(w.oI32TruncF64S, a.get(2)));
  a.if(a.get(0), () => a.if(a.ltU(a.sub(a.get(n), a.i32(2)), a.i32(tmpBuf - 1)), () => {
    spend(a, a.get(2));
    a.copy(a.get(0), a.get(1), a.get(n));
    result(a, 1, a.get(n));
    a.ret(a.get(0));
  }));
  a.ret(a.call('slow:slicebytetostring', a.get(0), a.get(1), a.get(2), a.get(3)));
  a.unreachable();
  return a.finish();
}
/** stringtoslicebyte(buf, p, n, site). */
function stringtoslicebyte(): Buf {
  const a = new Asm('iiii:i');
  a.if(a.get(0), () => a.if(a.ltU(a.sub(a.get(2), a.i32(1)), a.i32(tmpBuf)), () => {
    for (let i = 0; i < tmpBuf; i += 8) a.st64(a.get(0), i, a.i64(0n));
    spend(a, toF64(a, a.get(2)));
    a.copy(a.get(0), a.get(1), a.get(2));
    result(a, 1, a.get(2));
    result(a, 2, a.i32(tmpBuf));
    a.ret(a.get(0));
  }));
  a.ret(a.call('slow:stringtoslicebyte', a.get(0), a.get(1), a.get(2), a.get(3)));
  a.unreachable();
  return a.finish();
}
/** concatstrings(buf, list, count, site): two strings or more that are not empty, into the buffer. count is an f64. */
function concatstrings(): Buf {
  const a = new Asm('iidi:i'), at = a.let(a.get(1)), end = a.let(a.add(a.get(1), a.shl(a.un(w.oI32TruncF64S, a.get(2)), a.i32(4)))), total = a.local(), n = a.local(), dst = a.let(a.get(0));
  a.block((slow) => {
    a.brIf(slow, a.eqz(a.get(0)));
    a.loop((again) => a.if(a.ltU(a.get(at), a.get(end)), () => {
      // An empty one, or one that alone is too long, is not for here: so the sum cannot overflow either.
      a.brIf(slow, a.geU(a.sub(a.tee(n, a.ld(a.get(at), 8)), a.i32(1)), a.i32(tmpBuf)));
      a.set(total, a.add(a.get(total), a.get(n)));
      a.set(at, a.add(a.get(at), a.i32(16)));
      a.br(again);
    }));
    a.brIf(slow, a.gtU(a.get(total), a.i32(tmpBuf)));
    a.brIf(slow, a.ltU(a.sub(a.get(end), a.get(1)), a.i32(32)));
    spend(a, toF64(a, a.get(total)));
    a.set(at, a.get(1));
    a.loop((again) => a.if(a.ltU(a.get(at), a.get(end)), () => {
      a.copy(a.get(dst), a.ld(a.get(at)), a.tee(n, a.ld(a.get(at), 8)));
      a.set(dst, a.add(a.get(dst), a.get(n)));
      a.set(at, a.add(a.get(at), a.i32(16)));
      a.br(again);
    }));
    result(a, 1, a.get(total));
    a.ret(a.get(0));
  });
  a.ret(a.call('slow:concatstrings', a.get(0), a.get(1), a.get(2), a.get(3)));
  a.unreachable();
  return a.finish();
}

/** The entries by symbol: signature and body. */
export const stringHelpers: readonly (readonly [string, { readonly sig: string; readonly build: () => Buf }])[] = [
  ['rt:memequal', { sig: 'iid:i', build: memequal }],
  ['rt:cmpstring', { sig: 'iiii:i', build: cmpstring }],
  ['rt:slicebytetostring', { sig: 'iidi:i', build: slicebytetostring }],
  ['rt:stringtoslicebyte', { sig: 'iiii:i', build: stringtoslicebyte }],
  ['rt:concatstrings', { sig: 'iidi:i', build: concatstrings }],
];
