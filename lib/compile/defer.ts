/**
 * The end of a function with defer statements.
 *
 * A normal return comes here with dmode 0, a panic with dmode 1. The engine keeps the
 * goroutine's deferred closures; each is called from here, so that it runs on top of
 * the frame that deferred it. While one runs, unwind is clear again. When it returns,
 * `deferdone` says how to go on: 0 the panic was recovered (or there was none), 1 still
 * panicking. With none left the function returns its results or unwinds further.
 */
import { cellUnwind, unwindPanic, unwindYield } from '../abi/machine.ts';
import * as w from './wasm.ts';
import type { FuncEmitter } from './emit.ts';

export function genDefers(e: FuncEmitter): void {
  const closure = e.local('i');
  const loop = e.loop();
  const landed = e.block();
  e.get(e.pc); e.i32(e.deferPoint); e.op(w.oI32Eq);
  e.brIf(landed);
  e.pushTop();
  e.get(e.dmode);
  e.callSym('chk:nextdefer');
  e.tee(closure);
  e.op(w.oI32Eqz);
  e.if();
  // None left.
  e.get(e.dmode);
  e.if();
  e.popFrame();
  e.dummies();
  e.op(w.oReturn);
  e.end();
  e.returnResults();
  e.end();
  e.get(closure);
  e.op(w.oI64ExtendI32U);
  e.op(w.oGlobalSet); e.b.u32(0);
  e.get(closure);
  e.mem(w.oI32Load, 2, 0);
  e.op(w.oCallIndirect); e.b.reloc('type', ':'); e.op(0);
  e.cell(cellUnwind); e.i32(unwindYield); e.op(w.oI32Eq);
  e.if();
  e.i32(e.deferPoint);
  e.set(e.pc);
  e.saveFrame();
  e.end();
  e.end();
  e.i32(0);
  e.set(e.pc);
  // A deferred call panicked at a normal return: this function, too, is one the panic passes.
  e.get(e.dmode);
  e.op(w.oI32Eqz);
  e.cell(cellUnwind); e.i32(unwindPanic); e.op(w.oI32Eq);
  e.op(w.oI32And);
  e.if();
  e.op(w.oI32Const); e.b.reloc('pcbase', e.fn.link, e.deferPoint);
  e.callSym('chk:trace');
  e.end();
  e.pushTop();
  e.get(e.dmode);
  e.callSym('chk:deferdone');
  e.set(e.dmode);
  e.br(loop);
  e.end();
  e.op(w.oUnreachable);
}
