/**
 * The state of walking one function: where statements go, temporaries, sites.
 *
 * Walking is one pass over the analysed tree. An expression is walked with
 * expr(), which returns an expression without calls and appends whatever must
 * run before it to `out`. What is appended runs in the order of the source's
 * calls, receives and allocations, as the language demands; plain variable reads
 * stay where they are, as in gc, so `f(x, g())` sees g's change of x.
 *
 *   s = append(s, f(x), <-c)   becomes
 *     t1 = f(x)
 *     chanrecv1(c, &t2)
 *     t3 = s; if uint(len(t3)+2) > uint(cap(t3)) { t3 = growslice(…) } else { t3 = t3[:len(t3)+2] }
 *     t3[n] = t1; t3[n+1] = t2
 *     s = t3
 */
import type { Pos } from '../../base/pos.ts';
import type { GoVersion } from '../../base/version.ts';
import { minor } from '../../base/version.ts';
import type { RuntimeName } from '../../abi/imports.ts';
import type { Type } from '../types/type.ts';
import * as c from '../types/constant.ts';
import {
  AddrExpr, AssignListStmt, AssignStmt, BinaryExpr, BlockStmt, BranchStmt, CallExpr, ConstExpr, ConvExpr, Decl, ForStmt, Func, IfStmt, IndexExpr, LogicalExpr,
  Name, NilExpr, RuntimeCall, SelectorExpr, StarExpr, TypeDescExpr, UnaryExpr,
  type Expr, type Node, type Place, type Site, type SiteKind, type Stmt,
} from '../ir/nodes.ts';
import { T, arrayOf, elem, isUnsigned, offsets, pointerTo, size, under } from './typex.ts';
import type { StructT } from '../types/type.ts';

export interface WalkOptions {
  readonly goVersion: GoVersion;
  /** A node as -m prints it (lib/go/ir/print.ts). */
  readonly print: (n: Node) => string;
  /** The number the first site of this package gets. */
  readonly firstSite: number;
  /** The number the first site of a function gets that is walked in no fixed order or by several packages (8 times its place in the text leaves room); undefined: the package's next. */
  readonly firstSiteOf?: (fn: Func) => number | undefined;
}

/** What a package's walk shares between its functions. */
export class PackageWalk {
  readonly sites: Site[] = [];
  /** Read-only data made here. */
  readonly statics: Name[] = [];
  /** Functions made here (method-value wrappers). */
  readonly funcs: Func[] = [];
  readonly wrappers = new Map<string, Func>();
  constructor(readonly pkgPath: string, readonly opts: WalkOptions) {}
  get minor(): number { return minor(this.opts.goVersion); }
  #fn!: Func;
  #fnStatics = 0;
  #fnFuncs = 0;
  /** Of this function, if it is numbered by itself. */
  #ownSite: number | undefined = undefined;
  #nextSite = 0;
  /** Begins a function: its sites and data are numbered from here. */
  enter(fn: Func): void {
    this.#fn = fn;
    this.#fnStatics = this.#fnFuncs = 0;
    this.#ownSite = this.opts.firstSiteOf?.(fn);
  }
  siteNumber(): number { return this.#ownSite === undefined ? this.opts.firstSite + this.#nextSite++ : this.#ownSite++; }
  /** What the package's next site would be numbered. */
  get nextSite(): number { return this.opts.firstSite + this.#nextSite; }
  /** Tells functions made here apart, whichever functions were walked before. */
  funcTag(): string { return `·${this.#fn.link}.${this.#fnFuncs++}`; }
  newStatic(pos: Pos, type: Type, init: Expr | undefined): Name {
    const n = new Name(pos, `${this.#fn.link}..stmp_${this.#fnStatics++}`, type, 'PEXTERN');
    n.pkgPath = this.#fn.nname.pkgPath;
    n.staticInit = init;
    n.readonly_ = true;
    this.statics.push(n);
    return n;
  }
  /** A variable without a name in the source, for what a package-level variable points at. */
  newStorage(pos: Pos, type: Type): Name {
    const n = this.newStatic(pos, type, undefined);
    n.readonly_ = false;
    return n;
  }
}

/** What break and continue mean at some place. */
interface Target { readonly user: string; readonly label: string; readonly loop: boolean }
interface Buffer { readonly store: Name; readonly used: Name; readonly k: number; taken: boolean }

export class Walker {
  out: Stmt[] = [];
  /** Statements for the start of the function. */
  readonly entry: Stmt[] = [];
  readonly targets: Target[] = [];
  /** Append buffers by the slice they serve. */
  readonly buffers = new Map<Node, Buffer>();
  /** Operands walked ahead of the expression they belong to. */
  readonly walked = new WeakSet<Expr>();
  #labels = 0;
  constructor(readonly pkg: PackageWalk, readonly fn: Func) {}

  emit(s: Stmt): void { this.out.push(s); }

  /** Runs f with an output list of its own and returns that list. */
  capture(f: () => void): Stmt[] {
    const saved = this.out;
    this.out = [];
    f();
    const list = this.out;
    this.out = saved;
    return list;
  }

  // Names.

  /** A new local temporary. */
  temp(pos: Pos, type: Type): Name {
    const n = new Name(pos, `.walk_${this.fn.dcl.length}`, type, 'PAUTO');
    n.curfn = this.fn;
    n.autoTemp = true;
    n.reassigned = true;
    this.fn.dcl.push(n);
    return n;
  }
  /** A temporary whose address will be taken: it lives in the frame. */
  slot(pos: Pos, type: Type): Name {
    const n = this.temp(pos, type);
    n.addrtaken = true;
    return n;
  }
  /** A temporary holding x. */
  copy(x: Expr): Name {
    const n = this.temp(x.pos, x.type!);
    this.assign(n, x);
    return n;
  }
  /** x itself if evaluating it twice is safe and cheap whatever runs between, else a copy. */
  safe(x: Expr): Expr {
    if (x.op === 'OLITERAL' || x.op === 'ONIL') return x;
    if (x.op === 'ONAME' && (x.autoTemp || x.class_ === 'PFUNC')) return x;
    return this.copy(x);
  }
  /** An array that is evaluated only for what that does: a nil pointer to it panics. */
  touch(x: Expr): void { if (x.op === 'ODEREF' && !x.bounded) this.copy(new UnaryExpr(x.pos, 'OCHECKNIL', x.x, x.x.type)); }
  label(): string { return `.L${++this.#labels}`; }

  // Statements.

  assign(x: Expr, y: Expr | undefined): void { this.emit(new AssignStmt(x.pos, x, y)); }
  /** x becomes its zero value. */
  zero(x: Name): void { this.emit(new Decl(x.pos, x)); }
  if(cond: Expr, then: () => void, otherwise?: () => void): void {
    const body = this.capture(then);
    const els = otherwise ? this.capture(otherwise) : [];
    this.emit(new IfStmt(cond.pos, cond, body, els));
  }
  block(pos: Pos, label: string, body: () => void): void { this.emit(new BlockStmt(pos, this.capture(body), label)); }
  /** for cond { body } with post run by continue; cond must be without calls. */
  loop(pos: Pos, label: string, cond: Expr | undefined, post: () => void, body: () => void): void {
    const list = this.capture(body);
    const p = this.capture(post);
    this.emit(new ForStmt(pos, label, cond, p.length === 0 ? undefined : p.length === 1 ? p[0] : new BlockStmt(pos, p), list));
  }
  break(pos: Pos, label: string): void { this.emit(new BranchStmt(pos, 'OBREAK', label)); }

  /** Runs f with break (and, for loops, continue) bound to label. */
  withTarget(user: string, label: string, loop: boolean, f: () => void): void {
    this.targets.push({ user, label, loop });
    f();
    this.targets.pop();
  }
  /** Where a break or continue with a user label ('' for none) goes. */
  target(user: string, loop: boolean): string {
    for (let i = this.targets.length - 1; i >= 0; i--) {
      const t = this.targets[i];
      if (user === '' ? !loop || t.loop : t.user === user) return t.label;
    }
    throw new Error(`missing branch target: ${user}`);
  }

  // Runtime calls.

  /** Emits a call without result. */
  rt(pos: Pos, name: RuntimeName, ...args: Expr[]): void { this.emit(new RuntimeCall(pos, name, args)); }
  /** Emits a call and returns its result in a temporary. */
  rtValue(pos: Pos, name: RuntimeName, type: Type, ...args: Expr[]): Name {
    const t = this.temp(pos, type);
    this.emit(new AssignStmt(pos, t, new RuntimeCall(pos, name, args, type)));
    return t;
  }
  /** Emits a call with two results and returns them in temporaries. */
  rtValues(pos: Pos, name: RuntimeName, types: [Type, Type], ...args: Expr[]): [Name, Name] {
    const a = this.temp(pos, types[0]), b = this.temp(pos, types[1]);
    this.emit(new AssignListStmt(pos, 'OAS2FUNC', [a, b], [new RuntimeCall(pos, name, args, types[0])]));
    return [a, b];
  }

  /** names = call */
  results(pos: Pos, names: Name[], call: CallExpr): void {
    this.emit(names.length === 1 ? new AssignStmt(pos, names[0], call) : new AssignListStmt(pos, 'OAS2FUNC', names, [call]));
  }

  // Sites.

  /** text: what readers see of the site, where it is not the node itself. */
  site(n: Node, kind: SiteKind, place: Place, type: Type | undefined, bytes: number | undefined, text = this.pkg.opts.print(n)): Site {
    const s: Site = {
      id: this.pkg.siteNumber(), pos: n.pos, kind, place, text, func: this.fn.sym, type, size: bytes,
    };
    this.pkg.sites.push(s);
    if ('site' in n) n.site = s;
    return s;
  }
  siteArg(s: Site): ConstExpr { return this.intOf(s.pos, s.id, T.uint32); }

  /** A zeroed heap object of type t: a pointer to it. */
  newobject(n: Node, kind: SiteKind, t: Type): Expr {
    const s = this.site(n, kind, size(t) === 0 ? 'zero' : 'heap', t, size(t));
    return this.rtValue(n.pos, 'newobject', pointerTo(t), this.typeDesc(n.pos, t), this.siteArg(s));
  }
  /** A zeroed object of type t, in the frame when esc is none: a pointer to it. */
  object(n: Node, kind: SiteKind, t: Type): Expr {
    if (n.esc !== 'none') return this.newobject(n, kind, t);
    this.site(n, kind, size(t) === 0 ? 'zero' : 'stack', t, size(t));
    const slot = this.slot(n.pos, t);
    this.zero(slot);
    return this.addr(slot);
  }

  // Expressions without calls, typed.

  intOf(pos: Pos, v: number | bigint, t: Type = T.int): ConstExpr { return new ConstExpr(pos, t, c.makeInt(BigInt(v))); }
  boolOf(pos: Pos, v: boolean): ConstExpr { return new ConstExpr(pos, T.bool, c.makeBool(v)); }
  stringOf(pos: Pos, v: Uint8Array | string): ConstExpr { return new ConstExpr(pos, T.string, c.makeString(v)); }
  nil(pos: Pos, t: Type = T.unsafePointer): NilExpr { return new NilExpr(pos, t); }
  typeDesc(pos: Pos, t: Type): TypeDescExpr { return new TypeDescExpr(pos, t, T.uintptr); }
  /** A pointer to a fixed low address. */
  fixed(pos: Pos, address: number, t: Type): Expr { return new ConvExpr(pos, 'OCONVNOP', this.intOf(pos, address, T.uintptr), t); }
  bin(op: BinaryExpr['op'], x: Expr, y: Expr, t: Type = x.type!): BinaryExpr { return new BinaryExpr(x.pos, op, x, y, t); }
  cmp(op: 'OEQ' | 'ONE' | 'OLT' | 'OLE' | 'OGT' | 'OGE', x: Expr, y: Expr): BinaryExpr { return new BinaryExpr(x.pos, op, x, y, T.bool); }
  and(x: Expr, y: Expr): Expr { return new LogicalExpr(x.pos, 'OANDAND', x, y, T.bool); }
  not(x: Expr): Expr { return new UnaryExpr(x.pos, 'ONOT', x, T.bool); }
  len(x: Expr): Expr { return new UnaryExpr(x.pos, 'OLEN', x, T.int); }
  cap(x: Expr): Expr { return new UnaryExpr(x.pos, 'OCAP', x, T.int); }
  /** The pointer of a slice or string. */
  sptr(x: Expr, t?: Type): Expr {
    const u = under(x.type!);
    return new UnaryExpr(x.pos, 'OSPTR', x, t ?? pointerTo(u.kind === 'Slice' ? u.elem : T.byte));
  }
  itab(x: Expr): Expr { return new UnaryExpr(x.pos, 'OITAB', x, T.uintptr); }
  idata(x: Expr): Expr { return new UnaryExpr(x.pos, 'OIDATA', x, T.unsafePointer); }
  nop(x: Expr, t: Type): Expr { return new ConvExpr(x.pos, 'OCONVNOP', x, t); }
  conv(x: Expr, t: Type): Expr { return new ConvExpr(x.pos, 'OCONV', x, t); }
  uint(x: Expr): Expr { return isUnsigned(x.type!) ? x : this.conv(x, T.uint64); }
  /** *p, p being known not to be nil. */
  deref(p: Expr, t: Type = elem(p.type!)): StarExpr {
    const s = new StarExpr(p.pos, p, t);
    s.bounded = true;
    return s;
  }
  addr(x: Expr, t: Type = pointerTo(x.type!)): Expr {
    if (x.op === 'ODEREF') return t === x.x.type ? x.x : this.nop(x.x, t);
    if (x.op === 'ONAME') x.addrtaken = true;
    return new AddrExpr(x.pos, 'OADDR', x, t);
  }
  /** x[i] within bounds. */
  index(x: Expr, i: Expr | number, t: Type = elem(x.type!)): IndexExpr {
    const n = new IndexExpr(x.pos, 'OINDEX', x, typeof i === 'number' ? this.intOf(x.pos, i) : i, t);
    n.bounded = true;
    return n;
  }
  /** Field i of x. */
  field(x: Expr, i: number): SelectorExpr {
    const st = under(x.type!) as StructT;
    const n = new SelectorExpr(x.pos, 'ODOT', x, st.fields[i].name, st.fields[i].type);
    n.index = i;
    n.offset = offsets(st)[i];
    return n;
  }
  /** Field i of the struct p points at. */
  fieldPtr(p: Expr, i: number): SelectorExpr {
    const st = under(elem(p.type!)) as StructT;
    const n = new SelectorExpr(p.pos, 'ODOTPTR', p, st.fields[i].name, st.fields[i].type);
    n.index = i;
    n.offset = offsets(st)[i];
    return n;
  }
  /** n bytes in the frame for a short-lived string or slice, as *[n]byte; not zeroed. */
  buffer(pos: Pos, n: number, t: Type = T.byte): Expr { return this.addr(this.slot(pos, arrayOf(n, t))); }
  /** The address of x's value, copied to the frame unless x has one that outlives the use. */
  addressOf(x: Expr): Expr {
    if (x.op === 'ONAME' && x.class_ !== 'PFUNC' && !x.autoTemp) return this.addr(x);
    const s = this.slot(x.pos, x.type!);
    this.assign(s, x);
    return this.addr(s);
  }
}
