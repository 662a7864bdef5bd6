/**
 * The intermediate representation: gc's, node for node.
 *
 * Inline costs count these nodes, diagnostics print them, and escape analysis
 * gives each a location, so the set of ops and the trees built from them follow
 * cmd/compile/internal/ir. Where gc builds one node, so do we.
 *
 * Life of a tree: lowering builds it (types resolved, constants folded, generics
 * instantiated); inlining and devirtualization replace calls; escape analysis
 * writes `esc` on allocation sites and names; walk rewrites it into the walked
 * form below; compile emits WebAssembly from that.
 *
 * Walked form (what compile accepts). Evaluation order is explicit:
 *   - a call (OCALLFUNC, OCALLINTER, OCALLRT) stands only as a statement, as the
 *     right side of OAS whose left side is a local Name, or of OAS2FUNC whose left
 *     sides are local Names; its arguments contain no calls. These are the only
 *     points where a goroutine can yield, so nothing else lives on the wasm stack
 *     across them;
 *   - conditions of OIF and OFOR contain no calls (walk moves them into the body);
 *   - gone: OAPPEND ORANGE OSWITCH (but integer jump tables: OJUMPTABLE) OSELECT
 *     OINDEXMAP ODELETE OCLEAR OADDSTR string and slice conversions OCONVIFACE
 *     ODOTTYPE OCOMPLIT-family OCLOSURE OMETHVALUE OGO ODEFER OASOP OAS2* (but
 *     OAS2FUNC) OINLCALL OMAKE* ONEW OMIN OMAX OCOPY OPRINT* ORECOVER OPANIC: they
 *     have become assignments, tests, OMAKEFACE, OSLICEHEADER, OSTRINGHEADER and
 *     OCALLRT, with a Site wherever an allocation may happen;
 *  * Panics that checks raise (index, nil, divide, shift, slice) stay inside their nodes.
 */
import type { Diagnostic } from '../../base/diagnostic.ts';
import type { Pos } from '../../base/pos.ts';
import type { Type } from '../types/type.ts';
import type { Value } from '../types/constant.ts';
import type { Obj } from '../types/object.ts';
import type { Summary } from '../facts/facts.ts';

export type BinaryOp = 'OADD' | 'OSUB' | 'OMUL' | 'ODIV' | 'OMOD' | 'OAND' | 'OOR' | 'OXOR' | 'OANDNOT' | 'OLSH' | 'ORSH'
  | 'OEQ' | 'ONE' | 'OLT' | 'OLE' | 'OGT' | 'OGE'
  | 'OCOMPLEX' | 'OCOPY' | 'OUNSAFEADD' | 'OUNSAFESLICE' | 'OUNSAFESTRING' | 'OMAKEFACE';
export type UnaryOp = 'ONEG' | 'OPLUS' | 'ONOT' | 'OBITNOT' | 'OLEN' | 'OCAP' | 'OREAL' | 'OIMAG' | 'OPANIC' | 'OCLOSE' | 'OCLEAR'
  | 'ONEW' | 'ORECV' | 'OUNSAFESLICEDATA' | 'OUNSAFESTRINGDATA' | 'OITAB' | 'OIDATA' | 'OSPTR' | 'OCHECKNIL' | 'OCFUNC';
export type ConvOp = 'OCONV' | 'OCONVNOP' | 'OCONVIFACE' | 'OBYTES2STR' | 'OBYTES2STRTMP' | 'ORUNES2STR' | 'ORUNESTR'
  | 'OSTR2BYTES' | 'OSTR2BYTESTMP' | 'OSTR2RUNES' | 'OSLICE2ARR' | 'OSLICE2ARRPTR';
export type CallOp = 'OCALLFUNC' | 'OCALLINTER' | 'OCALLMETH' | 'OAPPEND' | 'ODELETE' | 'OPRINT' | 'OPRINTLN' | 'ORECOVER' | 'OMIN' | 'OMAX';
export type CompLitOp = 'OSTRUCTLIT' | 'OARRAYLIT' | 'OSLICELIT' | 'OMAPLIT';
export type SelectorOp = 'ODOT' | 'ODOTPTR' | 'ODOTINTER' | 'ODOTMETH' | 'OMETHVALUE' | 'OMETHEXPR';
export type SliceOp = 'OSLICE' | 'OSLICEARR' | 'OSLICESTR' | 'OSLICE3' | 'OSLICE3ARR';

/** What escape analysis decided for a node. */
export type Esc = 'unknown' | 'heap' | 'none' | 'never';

/** Where a Name lives before escape analysis says more. */
export type Class = 'PEXTERN' | 'PAUTO' | 'PAUTOHEAP' | 'PPARAM' | 'PPARAMOUT' | 'PFUNC';

abstract class NodeBase {
  /** The value's type; undefined for statements. */
  type: Type | undefined = undefined;
  /** Statements to run before the node itself. */
  init: Stmt[] | undefined = undefined;
  esc: Esc = 'unknown';
  /** Made by the compiler, not written: printing leaves it out (conversions, &, *). */
  implicit = false;
  /** In a generic instance: the type as gc spells it (go.shape…), where that differs from `type`. For printing only. */
  shaped: Type | undefined = undefined;
  /** Set by escape analysis on closures, method values and slice literals that live no longer than their statement: storage may be reused at once. */
  transient = false;
  /** Set by walk on a node that allocates: the entry of the site table it became. */
  site: Site | undefined = undefined;
  constructor(public pos: Pos) {}
}

/** A variable, parameter, result, function or package-level variable. */
export class Name extends NodeBase {
  readonly op = 'ONAME';
  /** The function that declares it; undefined for package level. */
  curfn: Func | undefined = undefined;
  /** For PFUNC: the function. */
  func: Func | undefined = undefined;
  /** The checker's object, when the name was written. */
  obj: Obj | undefined = undefined;
  /** Package path that qualifies a package-level name ('' for locals). */
  pkgPath = '';
  addrtaken = false;
  /** Assigned other than at its declaration. */
  reassigned = false;
  used = true;
  /** It stands for a variable of an enclosing function… */
  isClosureVar = false;
  /** …captured by value (else by reference); decided by escape analysis. */
  byval = false;
  /** The captured variable one level out, for closure variables. */
  outer: Name | undefined = undefined;
  /** The captured variable itself (outermost), or the name itself. */
  get canonical(): Name { return this.outer && this.isClosureVar ? this.outer.canonical : this; }
  /** The statement that declares and initialises it, for staticValue. */
  defn: Node | undefined = undefined;
  /** A compiler temporary (printed .autotmp_N). */
  autoTemp = false;
  /** Introduced by inlining: a parameter (inlFormal) or other local of the inlined function. */
  inlFormal = false;
  inlLocal = false;
  /** For names moved to the heap: the local that holds their address (set by walk). */
  heapaddr: Name | undefined = undefined;
  /** For package-level variables laid out by the linker: a literal made of constants, functions and addresses of such (walk). */
  staticInit: Expr | undefined = undefined;
  /** Never written: goes to read-only data (walk). */
  readonly_ = false;
  constructor(pos: Pos, public sym: string, public override type: Type, public class_: Class) { super(pos); }
}

/** A constant (OLITERAL). Its type is never untyped. */
export class ConstExpr extends NodeBase {
  readonly op = 'OLITERAL';
  /** gc keeps how a folded constant was written for printing only in a few cases; the text wins when set. */
  text: string | undefined = undefined;
  constructor(pos: Pos, public override type: Type, readonly val: Value) { super(pos); }
}
export class NilExpr extends NodeBase { readonly op = 'ONIL'; constructor(pos: Pos, public override type: Type) { super(pos); } }
/** A type used as an operand (argument of new/make, case of a type switch, method expression). */
export class TypeExpr extends NodeBase {
  readonly op = 'OTYPE';
  /** Known only from the dictionary in gc (ODYNAMICTYPE), which inline costs count. */
  dynamic = false;
  constructor(pos: Pos, public override type: Type) { super(pos); }
}

export class BinaryExpr extends NodeBase {
  /** Index and slice checks proven unnecessary, for OINDEX-like use in walk; unused otherwise. */
  bounded = false;
  constructor(pos: Pos, readonly op: BinaryOp, public x: Expr, public y: Expr, type?: Type) { super(pos); this.type = type; }
}
export class LogicalExpr extends NodeBase {
  constructor(pos: Pos, readonly op: 'OANDAND' | 'OOROR', public x: Expr, public y: Expr, type?: Type) { super(pos); this.type = type; }
}
export class UnaryExpr extends NodeBase {
  constructor(pos: Pos, readonly op: UnaryOp, public x: Expr, type?: Type) { super(pos); this.type = type; }
}
/** String concatenation, flattened: a + b + c is one node. */
export class AddStringExpr extends NodeBase {
  readonly op = 'OADDSTR';
  /** Preallocated 32-byte buffer on the stack (walk). */
  prealloc: Name | undefined = undefined;
  constructor(pos: Pos, public list: Expr[], type: Type) { super(pos); this.type = type; }
}
/** &x. For a composite literal operand op is OPTRLIT. */
export class AddrExpr extends NodeBase {
  prealloc: Name | undefined = undefined;
  constructor(pos: Pos, public op: 'OADDR' | 'OPTRLIT', public x: Expr, type: Type) { super(pos); this.type = type; }
}
/** *x */
export class StarExpr extends NodeBase {
  readonly op = 'ODEREF';
  /** The pointer is known not to be nil. */
  bounded = false;
  constructor(pos: Pos, public x: Expr, type: Type) { super(pos); this.type = type; }
}
/** A call. For methods of concrete types the receiver is args[0] after lowering (OCALLFUNC of the method's function). */
export class CallExpr extends NodeBase {
  isDDD = false;
  /** OAPPEND whose backing store climbs the size classes inside a frame buffer (Go 1.26's slice pass). */
  useBuf = false;
  /** go/defer wrapper or statement context: never inlined. */
  noInline = false;
  /** The call keeps uintptr/unsafe arguments alive. */
  keepAlive: Name[] | undefined = undefined;
  /** Type of the map/chan/slice a runtime lowering needs (walk). */
  rtype: Node | undefined = undefined;
  /** The call goes through a generic dictionary in gc: callee unknown to escape analysis, never inlined. */
  viaDict = false;
  /** Nodes gc spends on the dictionary argument it passes here (inline costs count them): 0, 2 (static) or 4 (from the caller's own). */
  dictCost = 0;
  /** What names that argument where it is static (`header[int,int]`): printed calls show it. */
  dictName = '';
  /** A keep-alive made for b.Loop(): its arguments escape nothing, and it is dropped after analysis. */
  varLive = false;
  /** Inlined, but only a summary of the body is known (a standard function without source): analysed as inlined, run as a call. */
  summary: Summary | undefined = undefined;
  /** Number of variables the caller had when the summarized call was inlined. */
  summaryAt = 0;
  /** With a summary: concrete types of results that are interfaces. */
  concrete: readonly (Type | undefined)[] | undefined = undefined;
  constructor(pos: Pos, readonly op: CallOp, public fun: Expr, public args: Expr[], type?: Type) { super(pos); this.type = type; }
}
/** A call of the runtime (walked form): rt names an entry of lib/abi/imports.ts. Value arguments in that entry's order. */
export class RuntimeCall extends NodeBase {
  readonly op = 'OCALLRT';
  /** moveSlice before walk: the slice to move, and whether its capacity must be kept. */
  slice: { readonly name: Name; readonly keepCap: boolean } | undefined = undefined;
  constructor(pos: Pos, readonly rt: string, public args: Expr[], type?: Type) { super(pos); this.type = type; }
}
/** Address of a type descriptor (walked form). */
export class TypeDescExpr extends NodeBase {
  readonly op = 'OTYPEDESC';
  constructor(pos: Pos, readonly of: Type, type: Type) { super(pos); this.type = type; }
}
/** Address of the itab of (iface, concrete type) (walked form). */
export class ItabExpr extends NodeBase {
  readonly op = 'OITABADDR';
  constructor(pos: Pos, readonly iface: Type, readonly of: Type, type: Type) { super(pos); this.type = type; }
}
/** The code pointer of a function as the first word of a closure record: a table index (walked form). */
export class FuncIndexExpr extends NodeBase {
  readonly op = 'OFUNCINDEX';
  constructor(pos: Pos, readonly func: Func, type: Type) { super(pos); this.type = type; }
}
/** The current closure record, inside a closure body (walked form): an unsafe.Pointer. */
export class GetClosurePtr extends NodeBase {
  readonly op = 'OGETCLOSUREPTR';
  constructor(pos: Pos, type: Type) { super(pos); this.type = type; }
}
/** A function literal. func.closureVars lists what it captures. */
export class ClosureExpr extends NodeBase {
  readonly op = 'OCLOSURE';
  prealloc: Name | undefined = undefined;
  constructor(pos: Pos, public func: Func, type: Type) { super(pos); this.type = type; }
}
export class CompLitExpr extends NodeBase {
  prealloc: Name | undefined = undefined;
  /** Slice length or array bound. */
  len = 0;
  constructor(pos: Pos, readonly op: CompLitOp, public list: Expr[], type: Type) { super(pos); this.type = type; }
}
/** key: value in array, slice (key an int literal) and map literals. */
export class KeyExpr extends NodeBase {
  readonly op = 'OKEY';
  constructor(pos: Pos, public key: Expr, public value: Expr) { super(pos); }
}
/** field: value in struct literals; index is the field's. */
export class StructKeyExpr extends NodeBase {
  readonly op = 'OSTRUCTKEY';
  constructor(pos: Pos, public field: string, public index: number, public value: Expr) { super(pos); }
}
export class ConvExpr extends NodeBase {
  constructor(pos: Pos, public op: ConvOp, public x: Expr, type: Type) { super(pos); this.type = type; }
}
/** x[i]: arrays, slices, strings, pointers to array are dereferenced first; maps have op OINDEXMAP. */
export class IndexExpr extends NodeBase {
  bounded = false;
  /** Map index being assigned to. */
  assigned = false;
  constructor(pos: Pos, readonly op: 'OINDEX' | 'OINDEXMAP', public x: Expr, public index: Expr, type: Type) { super(pos); this.type = type; }
}
export class MakeExpr extends NodeBase {
  constructor(pos: Pos, readonly op: 'OMAKESLICE' | 'OMAKEMAP' | 'OMAKECHAN', public len: Expr | undefined, public cap: Expr | undefined, type: Type) { super(pos); this.type = type; }
}
export class ParenExpr extends NodeBase {
  readonly op = 'OPAREN';
  constructor(pos: Pos, public x: Expr) { super(pos); this.type = x.type; }
}
/** x.sel. ODOT/ODOTPTR: field number `index` of x's struct type at byte `offset`; others: a method. */
export class SelectorExpr extends NodeBase {
  prealloc: Name | undefined = undefined;
  index = -1;
  offset = 0;
  /** For concrete methods (ODOTMETH, OMETHVALUE, OMETHEXPR): the method's function name. */
  method: Name | undefined = undefined;
  constructor(pos: Pos, readonly op: SelectorOp, public x: Expr, readonly sel: string, type: Type) { super(pos); this.type = type; }
}
export class SliceExpr extends NodeBase {
  bounded = false;
  constructor(pos: Pos, readonly op: SliceOp, public x: Expr, public low: Expr | undefined, public high: Expr | undefined, public max: Expr | undefined, type: Type) { super(pos); this.type = type; }
}
/** A slice from pointer, len, cap (walked form). */
export class SliceHeaderExpr extends NodeBase {
  readonly op = 'OSLICEHEADER';
  constructor(pos: Pos, public ptr: Expr, public len: Expr, public cap: Expr, type: Type) { super(pos); this.type = type; }
}
/** A string from pointer and len (walked form). */
export class StringHeaderExpr extends NodeBase {
  readonly op = 'OSTRINGHEADER';
  constructor(pos: Pos, public ptr: Expr, public len: Expr, type: Type) { super(pos); this.type = type; }
}
/**
 * x.(T); ODOTTYPE2 in comma-ok position. dynamic: T depends on a type parameter in gc (ODYNAMICDOTTYPE).
 * known: x holds a T or is nil (a devirtualized receiver), and nil panics as a nil pointer does.
 */
export class TypeAssertExpr extends NodeBase {
  dynamic = false;
  known = false;
  constructor(pos: Pos, public op: 'ODOTTYPE' | 'ODOTTYPE2', public x: Expr, type: Type) { super(pos); this.type = type; }
}
/** What inlining leaves of a call: the callee's body, and the names that hold its results. */
export class InlinedCallExpr extends NodeBase {
  readonly op = 'OINLCALL';
  constructor(pos: Pos, public func: Func, public body: Stmt[], public returnVars: Name[], type?: Type) { super(pos); this.type = type; }
}

// Statements.

/** x = y; def when it is the declaration (x := y, var x = y). y undefined: x gets its zero value. */
export class AssignStmt extends NodeBase {
  readonly op = 'OAS';
  constructor(pos: Pos, public x: Expr, public y: Expr | undefined, public def = false) { super(pos); }
}
/** Several left sides. OAS2FUNC f(); OAS2MAPR m[k]; OAS2RECV <-c; OAS2DOTTYPE x.(T); OSELRECV2 in select cases. */
export class AssignListStmt extends NodeBase {
  /** Parameters of an inlined generic function: gc's also sets the dictionary, in place at of the list. Only for printing. */
  dict: { readonly at: number; readonly name: string; readonly value: string } | undefined = undefined;
  constructor(pos: Pos, public op: 'OAS2' | 'OAS2FUNC' | 'OAS2MAPR' | 'OAS2RECV' | 'OAS2DOTTYPE' | 'OSELRECV2', public lhs: Expr[], public rhs: Expr[], public def = false) { super(pos); }
}
/** x op= y, x++ (incDec). */
export class AssignOpStmt extends NodeBase {
  readonly op = 'OASOP';
  constructor(pos: Pos, readonly asOp: BinaryOp, public x: Expr, public y: Expr, readonly incDec = false) { super(pos); }
}
/** Statements. With a label (walked form only) an OBREAK to it leaves the block. */
export class BlockStmt extends NodeBase {
  readonly op = 'OBLOCK';
  constructor(pos: Pos, public list: Stmt[], public label = '') { super(pos); }
}
export class BranchStmt extends NodeBase {
  constructor(pos: Pos, readonly op: 'OBREAK' | 'OCONTINUE' | 'OFALL' | 'OGOTO', public label: string) { super(pos); }
}
export class LabelStmt extends NodeBase { readonly op = 'OLABEL'; constructor(pos: Pos, readonly label: string) { super(pos); } }
/** The declaration of a local (zero value until assigned). */
export class Decl extends NodeBase { readonly op = 'ODCL'; constructor(pos: Pos, readonly x: Name) { super(pos); } }
export class ForStmt extends NodeBase {
  readonly op = 'OFOR';
  /** Each iteration has its own copy of the variables declared in init (Go 1.22). */
  distinctVars = false;
  constructor(pos: Pos, public label: string, public cond: Expr | undefined, public post: Stmt | undefined, public body: Stmt[]) { super(pos); }
}
export class RangeStmt extends NodeBase {
  readonly op = 'ORANGE';
  distinctVars = false;
  prealloc: Name | undefined = undefined;
  constructor(pos: Pos, public label: string, public x: Expr, public key: Expr | undefined, public value: Expr | undefined, public body: Stmt[], public def: boolean) { super(pos); }
}
export class IfStmt extends NodeBase {
  readonly op = 'OIF';
  constructor(pos: Pos, public cond: Expr, public body: Stmt[], public els: Stmt[]) { super(pos); }
}
/** A case of a switch: values (none: default), body; v is the clause's variable in a type switch. */
export class CaseClause extends NodeBase {
  readonly op = 'OCASE';
  constructor(pos: Pos, public v: Name | undefined, public list: Expr[], public body: Stmt[]) { super(pos); }
}
export class SwitchStmt extends NodeBase {
  readonly op = 'OSWITCH';
  constructor(pos: Pos, public label: string, public tag: Expr | TypeSwitchGuard | undefined, public cases: CaseClause[]) { super(pos); }
}
/** v := x.(type) */
export class TypeSwitchGuard extends NodeBase {
  readonly op = 'OTYPESW';
  constructor(pos: Pos, public tag: string, public x: Expr, public used: boolean) { super(pos); }
}
export class CommClause extends NodeBase {
  /** Shares gc's op; told apart by its class and field. */
  readonly op = 'OCOMM';
  constructor(pos: Pos, public comm: Stmt | undefined, public body: Stmt[]) { super(pos); }
}
export class SelectStmt extends NodeBase {
  readonly op = 'OSELECT';
  constructor(pos: Pos, public label: string, public cases: CommClause[]) { super(pos); }
}
export class SendStmt extends NodeBase { readonly op = 'OSEND'; constructor(pos: Pos, public chan: Expr, public value: Expr) { super(pos); } }
export class GoDeferStmt extends NodeBase {
  /** In a range-over-func body: the token (a variable of the outer function) that ties the defer to that function. */
  deferAt: Expr | undefined = undefined;
  constructor(pos: Pos, readonly op: 'OGO' | 'ODEFER', public call: Expr) { super(pos); }
}
export class ReturnStmt extends NodeBase {
  readonly op = 'ORETURN';
  constructor(pos: Pos, public results: Expr[]) { super(pos); }
}
/** Marks where an inlined body starts, for tracebacks. */
export class InlineMarkStmt extends NodeBase { readonly op = 'OINLMARK'; constructor(pos: Pos, readonly index: number) { super(pos); } }
/** goto targets[x - lo] if in range (walked form). */
export class JumpTableStmt extends NodeBase {
  readonly op = 'OJUMPTABLE';
  constructor(pos: Pos, public x: Expr, readonly lo: bigint, readonly targets: string[]) { super(pos); }
}

export type Expr = Name | ConstExpr | NilExpr | TypeExpr | BinaryExpr | LogicalExpr | UnaryExpr | AddStringExpr | AddrExpr | StarExpr
  | CallExpr | RuntimeCall | TypeDescExpr | ItabExpr | FuncIndexExpr | GetClosurePtr | ClosureExpr | CompLitExpr | KeyExpr | StructKeyExpr
  | ConvExpr | IndexExpr | MakeExpr | ParenExpr | SelectorExpr | SliceExpr | SliceHeaderExpr | StringHeaderExpr | TypeAssertExpr | InlinedCallExpr;
export type Stmt = AssignStmt | AssignListStmt | AssignOpStmt | BlockStmt | BranchStmt | LabelStmt | Decl | ForStmt | RangeStmt | IfStmt
  | SwitchStmt | SelectStmt | SendStmt | GoDeferStmt | ReturnStmt | InlineMarkStmt | JumpTableStmt
  | CallExpr | RuntimeCall | UnaryExpr | BinaryExpr | InlinedCallExpr | ConvExpr | StarExpr;
export type Node = Expr | Stmt | CaseClause | CommClause | TypeSwitchGuard;
export type Op = Node['op'];

/** What kind of function: methods have a receiver as dcl[0]. */
export class Func {
  /** PFUNC name; sym is gc's printed name without package: `f`, `(*T).M`, `T.M`, `f.func1`, `F[go.shape.int]`. */
  readonly nname: Name;
  body: Stmt[] = [];
  /** Parameters (receiver first), results, then locals, in declaration order. */
  dcl: Name[] = [];
  closureVars: Name[] = [];
  /** Function literals directly inside. */
  closures: Func[] = [];
  /** The literal's expression, for closures. */
  oclosure: ClosureExpr | undefined = undefined;
  /** The function a closure is written in. */
  outer: Func | undefined = undefined;
  /** Pragmas by name: noinline, noescape, nosplit, norace, uintptrescapes, … */
  pragmas: ReadonlySet<string> = new Set();
  /** No Go body: implemented natively (linkname or assembly in real Go). */
  external = false;
  /** Compiler-made: method wrapper, go/defer wrapper. */
  wrapper = false;
  /** A wrapper with its call inlined (set by walk): recover does not look through it. */
  opened = false;
  /** May be instantiated in several packages: no parameter lines. */
  dupok = false;
  /** For generic instances: gc's shape text ("[go.shape.int]"), and a key shared by instances of one shape. */
  shape: string | undefined = undefined;
  shapeKey: string | undefined = undefined;
  /** Another instance of the same shape already printed and analysed: take its verdicts. */
  shapeRep: Func | undefined = undefined;
  hasDefer = false;
  /** Body of a range-over-func loop, and what it belongs to. */
  rangeParent: Func | undefined = undefined;
  /** Set by inlining's first pass. */
  inl: Inline | undefined = undefined;
  /** Why not, as -m=2 says ("cannot inline f: …"). */
  inlFail: string | undefined = undefined;
  numClosures = 0;
  /** Temporaries that gc makes after all others (until Go 1.21 those of go and defer): they do not count in names. */
  lateTemps = 0;
  /** Escape tags of parameters, once analysed (encoding of lib/go/escape/leaks.ts), in order of receiver + params. */
  paramTags: string[] | undefined = undefined;
  closurePos: Pos = 0;
  endPos: Pos = 0;
  constructor(readonly pos: Pos, sym: string, pkgPath: string, type: Type) {
    this.nname = new Name(pos, sym, type, 'PFUNC');
    this.nname.func = this;
    this.nname.pkgPath = pkgPath;
  }
  get sym(): string { return this.nname.sym; }
  /** What tells a function from others of its name: of an instance, its type arguments, `[int]`; of a method value's function, where it was made. */
  targs = '';
  /** The linker's name: package path and symbol, and the type arguments of the instance it is or stands in. */
  get link(): string {
    if (this.targs !== '') return this.traceName + this.targs;
    for (let f = this.outer; f; f = f.outer) if (f.targs !== '') return this.traceName + f.targs;
    return this.traceName;
  }
  /** The name in tracebacks: package path and symbol. */
  get traceName(): string { return `${this.nname.pkgPath}.${this.nname.sym}`; }
  get params(): Name[] { return this.dcl.filter((n) => n.class_ === 'PPARAM'); }
  get results(): Name[] { return this.dcl.filter((n) => n.class_ === 'PPARAMOUT'); }
}

/** An inlinable body as it stood when the function was found inlinable. */
export interface Inline { readonly cost: number; readonly body: Stmt[]; readonly dcl: Name[]; readonly canDelayResults: boolean }

/** One package lowered. */
export interface IRPackage {
  readonly path: string;
  readonly name: string;
  /** All functions with bodies (methods, instances, wrappers, init) in gc's order; closures hang off their parents. */
  readonly funcs: Func[];
  /** Package-level variables in declaration order. */
  readonly globals: Name[];
  /** Body of the synthesized init: variable initialisers in initialisation order, then calls of the init functions. */
  readonly init: Func | undefined;
  /** What could not be lowered. */
  readonly diagnostics?: readonly Diagnostic[];
}

/** What really happens at an allocation site in the program that runs. Decided in lib/go/walk only. */
export type SiteKind = 'new' | 'makeslice' | 'append' | 'closure' | 'box' | 'string' | 'map' | 'chan' | 'var' | 'literal' | 'method value' | 'variadic' | 'defer' | 'go';
export type Place = 'heap' | 'stack' | 'buffer' | 'static' | 'zero' | 'folded';
export interface Site {
  readonly id: number;
  readonly pos: Pos;
  readonly kind: SiteKind;
  readonly place: Place;
  /** The site as printed by -m: `make([]int, 10)`. */
  readonly text: string;
  /** Function that holds the site. */
  readonly func: string;
  readonly type: Type | undefined;
  /** Bytes of one object when constant. */
  readonly size: number | undefined;
}
