/** Function literals and method values: records {code, captured…} in static data, the frame or the heap. */
import { Func, CallExpr, FuncIndexExpr, GetClosurePtr, Name, ReturnStmt, SelectorExpr, type ClosureExpr, type Expr } from '../ir/nodes.ts';
import { StructT, type Signature, type Type } from '../types/type.ts';
import { Walker } from './walker.ts';
import { T, elem, isInterface, pointerTo, recordOf, size, under } from './typex.ts';
import { heapAddr, isHeapName, walkExpr, walkName } from './expr.ts';

/** The record type of a closure: its code word, then values or addresses of what it captures. */
export function closureRecord(fn: Func): StructT {
  return recordOf([T.uintptr, ...fn.closureVars.map((v) => (v.byval ? v.type : pointerTo(v.type)))]);
}

export function walkClosure(w: Walker, n: ClosureExpr): Expr {
  const fn = n.func;
  if (fn.closureVars.length === 0) return w.nop(fn.nname, n.type!);
  const rec = closureRecord(fn);
  const p = w.safe(w.object(n, 'closure', rec));
  w.assign(w.fieldPtr(p, 0), new FuncIndexExpr(n.pos, fn, T.uintptr));
  fn.closureVars.forEach((v, i) => {
    const outer = v.outer!;
    const value = v.byval ? walkName(w, outer) : addressOfName(w, outer);
    w.assign(w.fieldPtr(p, i + 1), value);
  });
  return w.nop(p, n.type!);
}

function addressOfName(w: Walker, n: Name): Expr {
  if (n.heapaddr) return n.heapaddr;
  if (isHeapName(n)) return heapAddr(w, n);
  return w.addr(n);
}

/** At the start of a closure body: captured variables become locals, or are reached through the address captured. */
export function enterClosure(w: Walker): void {
  const fn = w.fn;
  if (fn.closureVars.length === 0) return;
  const rec = closureRecord(fn);
  const p = w.temp(fn.pos, pointerTo(rec));
  w.assign(p, new GetClosurePtr(fn.pos, p.type));
  fn.closureVars.forEach((v, i) => {
    const src = w.fieldPtr(p, i + 1);
    if (v.byval) {
      v.class_ = 'PAUTO';
      v.curfn = fn;
      fn.dcl.push(v);
      w.assign(v, src);
    } else {
      v.heapaddr = w.temp(v.pos, pointerTo(v.type));
      v.heapaddr.sym = `&${v.sym}`;
      w.assign(v.heapaddr, src);
    }
  });
}

/** x.M as a value: a record of a wrapper's code and the receiver. */
export function walkMethodValue(w: Walker, n: SelectorExpr): Expr {
  const x = w.safe(walkExpr(w, n.x));
  const wrapper = methodValueWrapper(w, n, x.type!);
  const rec = recordOf([T.uintptr, x.type!]);
  if (isInterface(x.type!)) {
    // A nil interface panics when the value is made, not when it is called.
    w.if(w.cmp('OEQ', w.itab(x), w.intOf(n.pos, 0, T.uintptr)), () => w.assign(w.temp(n.pos, T.byte), nilRead(w, n)));
  }
  const p = w.safe(w.object(n, 'method value', rec));
  w.assign(w.fieldPtr(p, 0), new FuncIndexExpr(n.pos, wrapper, T.uintptr));
  w.assign(w.fieldPtr(p, 1), x);
  return w.nop(p, n.type!);
}

function nilRead(w: Walker, n: SelectorExpr): Expr {
  const d = w.deref(w.nil(n.pos, pointerTo(T.byte)), T.byte);
  d.bounded = false;
  return d;
}

/** The function a method value calls: it loads the receiver from its record (gc's M-fm). */
function methodValueWrapper(w: Walker, n: SelectorExpr, recv: Type): Func {
  const sig = under(n.type!) as Signature;
  const name = `${n.method ? n.method.sym : `${w.pkg.opts.print(n.x)}.${n.sel}`}-fm`;
  const fn = new Func(n.pos, name, w.pkg.pkgPath, n.type!);
  fn.targs = w.pkg.funcTag();
  fn.wrapper = true;
  const sub = new Walker(w.pkg, fn);
  const params = sig.params.vars.map((v, i) => {
    const p = new Name(n.pos, v.name || `p${i}`, v.type, 'PPARAM');
    p.curfn = fn;
    return p;
  });
  const results = sig.results.vars.map((v, i) => {
    const r = new Name(n.pos, `~r${i}`, v.type, 'PPARAMOUT');
    r.curfn = fn;
    return r;
  });
  fn.dcl.push(...params, ...results);
  fn.body = sub.capture(() => {
    const rec = recordOf([T.uintptr, recv]);
    const p = sub.temp(n.pos, pointerTo(rec));
    sub.assign(p, new GetClosurePtr(n.pos, p.type));
    const r = sub.copy(sub.fieldPtr(p, 1));
    const call = n.method
      ? new CallExpr(n.pos, 'OCALLFUNC', n.method, [adapt(sub, r, n.method), ...params])
      : new CallExpr(n.pos, 'OCALLINTER', new SelectorExpr(n.pos, 'ODOTINTER', r, n.sel, n.type!), params);
    call.isDDD = sig.variadic;
    if (results.length === 1) call.type = results[0].type;
    if (results.length === 0) { sub.emit(call); sub.emit(new ReturnStmt(n.pos, [])); return; }
    const vs = results.map((v) => sub.temp(n.pos, v.type));
    sub.results(n.pos, vs, call);
    sub.emit(new ReturnStmt(n.pos, vs));
  });
  w.pkg.funcs.push(fn);
  return fn;
}

/** The receiver as the method takes it. */
function adapt(w: Walker, r: Name, method: Name): Expr {
  const sig = under(method.type) as Signature;
  const want = sig.recv?.type ?? sig.params.vars[0]?.type;
  if (want && under(want).kind !== 'Pointer' && under(r.type).kind === 'Pointer' && under(elem(r.type)).kind === under(want).kind && size(elem(r.type)) === size(want)) return w.copy(w.deref(r));
  return r;
}
