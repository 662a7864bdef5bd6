/**
 * Package-level variables as data: constants, and literals, addresses and
 * functions made of such (walk says which in Name.staticInit).
 */
import type { Expr, Name } from '../go/ir/nodes.ts';
import type { Type } from '../go/types/type.ts';
import { under } from '../go/types/under.ts';
import * as k from '../go/types/constant.ts';
import { sizes } from '../go/types/sizes.ts';
import { alignof, comps, ptrOffsets, sizeof, type Comp } from './layout.ts';
import { Record, isDirectIface } from './typedesc.ts';
import type { PackageCompiler } from './compile.ts';

export function globalData(pkg: PackageCompiler, n: Name): void {
  const sym = pkg.globalSym(n);
  const ptrs = n.readonly_ ? [] : ptrOffsets(n.type);
  if (!n.staticInit) {
    pkg.data.set(sym, { sym, size: sizeof(n.type), align: alignof(n.type), bytes: undefined, relocs: [], ptrs });
    return;
  }
  const r = new Record(sizeof(n.type));
  pkg.data.set(sym, r.symbol(sym, alignof(n.type), ptrs));
  new Writer(pkg, r, sym).value(n.staticInit, 0, n.type);
}

class Writer {
  #anon = 0;
  constructor(readonly pkg: PackageCompiler, readonly r: Record, readonly sym: string) {}

  /** Writes x, a value of type t, at byte `at`. */
  value(x: Expr, at: number, t: Type): void {
    switch (x.op) {
      case 'OPAREN': case 'OCONVNOP': this.value(x.x, at, x.op === 'OCONVNOP' ? t : x.type!); return;
      case 'ONIL': return;
      case 'OLITERAL': this.#constant(x.val, at, t); return;
      case 'ONAME':
        if (x.class_ === 'PFUNC') this.r.addr(at, this.pkg.funcValueSym(x.func!));
        else throw new Error(`invalid static initialiser: ${x.sym}`);
        return;
      case 'OMETHEXPR': this.r.addr(at, this.pkg.funcValueSym(x.method!.func!)); return;
      case 'OCLOSURE': this.r.addr(at, this.pkg.funcValueSym(x.func)); return;
      case 'OSTR2BYTES': {
        const b = x.x.op === 'OLITERAL' ? k.stringVal(x.x.val) : '';
        const sym = `${this.sym}·${this.#anon++}`;
        const r = new Record(b.length);
        for (let i = 0; i < b.length; i++) r.view.setUint8(i, b.charCodeAt(i));
        this.pkg.data.set(sym, r.symbol(sym, 1, []));
        this.#slice(at, b.length > 0 ? sym : this.pkg.zeroSym(8), b.length);
        return;
      }
      case 'OSLICEHEADER':
        this.value(x.ptr, at, x.ptr.type!);
        this.value(x.len, at + 8, x.len.type!);
        this.value(x.cap, at + 16, x.cap.type!);
        return;
      case 'OADDR': case 'OPTRLIT': this.r.addr(at, this.#place(x.x)); return;
      case 'OSTRUCTLIT': {
        const u = under(t);
        if (u.kind !== 'Struct') throw new Error('invalid struct literal');
        const offs = sizes.offsetsof(u.fields);
        x.list.forEach((f, i) => {
          const n = f.op === 'OSTRUCTKEY' ? f.index : i;
          this.value(f.op === 'OSTRUCTKEY' ? f.value : f, at + offs[n], u.fields[n].type);
        });
        return;
      }
      case 'OARRAYLIT': {
        const u = under(t);
        if (u.kind !== 'Array') throw new Error('invalid array literal');
        this.#elements(x.list, at, u.elem);
        return;
      }
      case 'OSLICELIT': {
        const u = under(t);
        if (u.kind !== 'Slice') throw new Error('invalid slice literal');
        const sym = `${this.sym}·${this.#anon++}`;
        const r = new Record(x.len * sizeof(u.elem));
        const ptrs: number[] = [];
        for (let i = 0; i < x.len; i++) for (const o of ptrOffsets(u.elem)) ptrs.push(i * sizeof(u.elem) + o);
        this.pkg.data.set(sym, r.symbol(sym, alignof(u.elem), ptrs));
        new Writer(this.pkg, r, sym).#elements(x.list, 0, u.elem);
        this.#slice(at, x.len > 0 ? sym : this.pkg.zeroSym(8), x.len);
        return;
      }
      case 'OCONVIFACE': {
        const from = x.x.type!;
        const u = under(t);
        const empty = u.kind === 'Interface' && u.typeSet().methods.length === 0;
        this.r.addr(at, empty ? this.pkg.typeSym(from) : this.pkg.itabSym(t, from));
        if (isDirectIface(from)) this.value(x.x, at + 8, from);
        else this.r.addr(at + 8, this.#data(x.x, from));
        return;
      }
      default: throw new Error(`invalid static initialiser: ${x.op}`);
    }
  }
  #slice(at: number, sym: string, len: number): void {
    this.r.addr(at, sym);
    this.r.word(at + 8, len);
    this.r.word(at + 16, len);
  }
  #elements(list: readonly Expr[], at: number, elem: Type): void {
    let i = 0;
    for (const e of list) {
      if (e.op === 'OKEY') {
        if (e.key.op === 'OLITERAL') i = Number(k.intVal(k.toInt(e.key.val)) ?? 0n);
        this.value(e.value, at + i * sizeof(elem), elem);
      } else this.value(e, at + i * sizeof(elem), elem);
      i++;
    }
  }
  /** Data of its own holding x. */
  #data(x: Expr, t: Type): string {
    const sym = `${this.sym}·${this.#anon++}`;
    const r = new Record(sizeof(t));
    this.pkg.data.set(sym, r.symbol(sym, alignof(t), ptrOffsets(t)));
    new Writer(this.pkg, r, sym).value(x, 0, t);
    return sym;
  }
  #place(x: Expr): string {
    if (x.op === 'ONAME') return this.pkg.globalSym(x);
    return this.#data(x, x.type!);
  }
  #constant(v: k.Value, at: number, t: Type): void {
    const cs = comps(t)!;
    const d = this.r.view;
    if (v.kind === 'String') {
      const b = k.stringVal(v);
      if (b.length > 0) this.r.addr(at, this.pkg.stringSym(b));
      this.r.word(at + 8, b.length);
      return;
    }
    cs.forEach((c: Comp, i) => {
      const p = at + c.off;
      const part = cs.length === 2 ? (i === 0 ? k.real(k.toComplex(v)) : k.imag(k.toComplex(v))) : v;
      if (c.t === 'd') d.setFloat64(p, k.float64Val(k.toFloat(part)), true);
      else if (c.t === 'f') d.setFloat32(p, k.float32Val(k.toFloat(part)), true);
      else if (v.kind === 'Bool') d.setUint8(p, v.val ? 1 : 0);
      else {
        const n = k.intVal(k.toInt(part)) ?? 0n;
        if (c.size === 8) d.setBigUint64(p, BigInt.asUintN(64, n), true);
        else if (c.size === 4) d.setUint32(p, Number(BigInt.asUintN(32, n)), true);
        else if (c.size === 2) d.setUint16(p, Number(BigInt.asUintN(16, n)), true);
        else d.setUint8(p, Number(BigInt.asUintN(8, n)));
      }
    });
  }
}
