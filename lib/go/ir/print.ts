/**
 * Printing IR the way gc's diagnostics do.
 *
 * `-m` lines name expressions by their printed form (`make([]byte, 100) escapes
 * to heap`), so the text must be gc's to the character: implicit operations
 * vanish, literals shrink to `T{...}`, an implicit variadic slice is
 * `... argument`, a function literal `func literal`, parentheses come from a
 * precedence table that treats a few ops (OADDSTR, OPTRLIT, OCLOSURE, map and
 * channel make) as binding weakest of all. Rules: cmd/compile/internal/ir/fmt.go.
 *
 * dumpFunc prints whole trees in the layout of `go tool compile -W`, for tests
 * and for people comparing the two.
 */
import type { FileSet } from '../../base/pos.ts';
import type { CallExpr, ConstExpr, Expr, Func, Name, Node, Stmt } from './nodes.ts';
import { constText, typeText, qualifiedName, isNamedType, isPtrTo } from './typetext.ts';

/** How printed text depends on the package being compiled. */
export interface PrintContext {
  /** Path of the package being compiled: its names are not qualified. */
  readonly pkgPath: string;
  /** Package names by path, for qualifying foreign names. Missing: the last path element. */
  readonly pkgNames?: ReadonlyMap<string, string>;
  /** As a type descriptor spells it: predeclared aliases resolved, field names bare. */
  readonly reflect?: boolean;
}

const opText: Partial<Record<string, string>> = {
  OADDR: '&', OADD: '+', OADDSTR: '+', OANDAND: '&&', OANDNOT: '&^', OAND: '&', OAPPEND: 'append', OBITNOT: '^',
  OBREAK: 'break', OCAP: 'cap', OCLEAR: 'clear', OCLOSE: 'close', OCOMPLEX: 'complex', OCONTINUE: 'continue', OCOPY: 'copy',
  ODELETE: 'delete', ODEREF: '*', ODIV: '/', OEQ: '==', OFALL: 'fallthrough', OGE: '>=', OGOTO: 'goto', OGT: '>',
  OIMAG: 'imag', OLEN: 'len', OLE: '<=', OLSH: '<<', OLT: '<', ONEG: '-', OMAX: 'max', OMIN: 'min', OMOD: '%', OMUL: '*',
  ONEW: 'new', ONE: '!=', ONOT: '!', OOROR: '||', OOR: '|', OPANIC: 'panic', OPLUS: '+', OPRINTLN: 'println', OPRINT: 'print',
  OREAL: 'real', ORECV: '<-', ORECOVER: 'recover', ORSH: '>>', OSELECT: 'select', OSEND: '<-', OSUB: '-', OSWITCH: 'switch',
  OUNSAFEADD: 'unsafe.Add', OUNSAFESLICE: 'unsafe.Slice', OUNSAFESLICEDATA: 'unsafe.SliceData',
  OUNSAFESTRING: 'unsafe.String', OUNSAFESTRINGDATA: 'unsafe.StringData', OXOR: '^',
};

/** Precedences; ops not listed have 0 and so are parenthesised inside any operator. */
const prec: Partial<Record<string, number>> = {};
const precTable: [number, string][] = [
  [8, 'OAPPEND OBYTES2STR OARRAYLIT OSLICELIT ORUNES2STR OCALLFUNC OCALLINTER OCALLMETH OCAP OCLEAR OCLOSE OCONVIFACE OCONVNOP OCONV OCOPY '
    + 'ODELETE OLEN OLITERAL OMAKESLICE OMAPLIT OMAX OMIN ONAME ONEW ONIL OPANIC OPAREN OPRINTLN OPRINT ORUNESTR OSLICE2ARR OSLICE2ARRPTR '
    + 'OSTR2BYTES OSTR2RUNES OSTRUCTLIT OTYPE OUNSAFEADD OUNSAFESLICE OUNSAFESLICEDATA OUNSAFESTRING OUNSAFESTRINGDATA OINDEXMAP OINDEX '
    + 'OSLICE OSLICESTR OSLICEARR OSLICE3 OSLICE3ARR OSLICEHEADER OSTRINGHEADER ODOTINTER ODOTMETH ODOTPTR ODOTTYPE2 ODOTTYPE ODOT OMETHVALUE OMETHEXPR'],
  [7, 'OPLUS ONOT OBITNOT ONEG OADDR ODEREF ORECV'],
  [6, 'OMUL ODIV OMOD OLSH ORSH OAND OANDNOT'],
  [5, 'OADD OSUB OOR OXOR'],
  [4, 'OEQ OLT OLE OGE OGT ONE'],
  [3, 'OSEND'],
  [2, 'OANDAND'],
  [1, 'OOROR'],
];
for (const [p, ops] of precTable) for (const op of ops.split(' ')) prec[op] = p;

/** gc's %v of a node. */
export function nodeText(n: Node | undefined, ctx: PrintContext): string {
  return n === undefined ? '<nil>' : isStmt(n) ? stmtText(n as Stmt, ctx) : exprText(n as Expr, ctx, 0);
}

const stmtOps = new Set(['OAS', 'OAS2', 'OAS2DOTTYPE', 'OAS2FUNC', 'OAS2MAPR', 'OAS2RECV', 'OSELRECV2', 'OASOP', 'OBLOCK', 'OBREAK', 'OCASE', 'OCOMM',
  'OCONTINUE', 'ODCL', 'ODEFER', 'OFALL', 'OFOR', 'OGOTO', 'OIF', 'OLABEL', 'OGO', 'ORANGE', 'ORETURN', 'OSELECT', 'OSEND', 'OSWITCH', 'OINLMARK', 'OJUMPTABLE']);
function isStmt(n: Node): boolean { return stmtOps.has(n.op); }

function list(ns: readonly Node[], ctx: PrintContext, sep = ', '): string { return ns.map((n) => nodeText(n, ctx)).join(sep); }

/** How a Name prints: its symbol, qualified when it belongs to another package. */
export function nameText(n: Name, ctx: PrintContext): string {
  if (n.sym.startsWith('~b')) return '_';
  return qualifiedName(n.pkgPath, n.sym, ctx);
}

function exprText(n: Expr | undefined, ctx: PrintContext, outer: number): string {
  for (;;) {
    if (n === undefined) return '<nil>';
    if (n.implicit && (n.op === 'OADDR' || n.op === 'ODEREF' || n.op === 'OCONV' || n.op === 'OCONVNOP' || n.op === 'OCONVIFACE')) n = n.x;
    else break;
  }
  let p = n.op === 'OCALLFUNC' && n.summary ? 0 : prec[n.op] ?? 0;
  if (n.op === 'OTYPE' && isPtrTo(n.type)) p = 7;
  if (outer > p) return `(${nodeText(n, ctx)})`;
  const t = (): string => typeText(n.shaped ?? n.type, ctx);
  switch (n.op) {
    case 'OPAREN': return `(${nodeText(n.x, ctx)})`;
    case 'ONIL': return 'nil';
    case 'OLITERAL': return literalText(n, ctx);
    case 'ONAME': return nameText(n, ctx);
    case 'OTYPE': return t();
    case 'OCLOSURE': return 'func literal';
    case 'OPTRLIT': return `&${nodeText(n.x, ctx)}`;
    case 'OSTRUCTLIT': case 'OARRAYLIT': case 'OSLICELIT': case 'OMAPLIT':
      return n.implicit ? '... argument' : `${t()}{${n.list.length > 0 ? '...' : ''}}`;
    case 'OKEY': return `${nodeText(n.key, ctx)}:${nodeText(n.value, ctx)}`;
    case 'OSTRUCTKEY': return `${n.field}:${nodeText(n.value, ctx)}`;
    case 'ODOT': case 'ODOTPTR': case 'ODOTINTER': case 'ODOTMETH': case 'OMETHVALUE': case 'OMETHEXPR':
      return `${exprText(n.x, ctx, p)}.${n.sel}`;
    case 'ODOTTYPE': case 'ODOTTYPE2':
      return n.dynamic ? `<node DYNAMICDOTTYPE${n.op === 'ODOTTYPE2' ? '2' : ''}>` : `${exprText(n.x, ctx, p)}.(${t()})`;
    case 'OINDEX': case 'OINDEXMAP': return `${exprText(n.x, ctx, p)}[${nodeText(n.index, ctx)}]`;
    case 'OSLICE': case 'OSLICESTR': case 'OSLICEARR': case 'OSLICE3': case 'OSLICE3ARR': {
      const o = (e: Expr | undefined): string => (e ? nodeText(e, ctx) : '');
      const max = n.op === 'OSLICE3' || n.op === 'OSLICE3ARR' ? `:${o(n.max)}` : '';
      return `${exprText(n.x, ctx, p)}[${o(n.low)}:${o(n.high)}${max}]`;
    }
    case 'OSLICEHEADER': return `sliceheader{${nodeText(n.ptr, ctx)},${nodeText(n.len, ctx)},${nodeText(n.cap, ctx)}}`;
    case 'OCOMPLEX': case 'OCOPY': case 'OUNSAFEADD': case 'OUNSAFESLICE':
      return `${opText[n.op]}(${nodeText(n.x, ctx)}, ${nodeText(n.y, ctx)})`;
    case 'OCONV': case 'OCONVIFACE': case 'OCONVNOP': case 'OBYTES2STR': case 'ORUNES2STR': case 'OSTR2BYTES': case 'OSTR2RUNES':
    case 'ORUNESTR': case 'OSLICE2ARR': case 'OSLICE2ARRPTR':
      return `${isNamedType(n.shaped ?? n.type) ? t() : `(${t()})`}(${nodeText(n.x, ctx)})`;
    case 'OREAL': case 'OIMAG': case 'OCAP': case 'OCLEAR': case 'OCLOSE': case 'OLEN': case 'ONEW': case 'OPANIC':
      return `${opText[n.op]}(${nodeText(n.x, ctx)})`;
    case 'OAPPEND': case 'ODELETE': case 'OMAX': case 'OMIN': case 'ORECOVER': case 'OPRINT': case 'OPRINTLN':
      return `${opText[n.op]}(${list(n.args, ctx)}${n.isDDD ? '...' : ''})`;
    case 'OCALLFUNC': case 'OCALLINTER': case 'OCALLMETH':
      if (n.summary) {
        // Inlined: its value is the result variable.
        const r = n.summary.locs.filter((l) => l.kind === 'result').map((l) => l.text ?? '~r0');
        return r.length === 1 ? r[0] : `(.${r.join('; ')})`;
      }
      if (n.dictName !== '') {
        // The dictionary is an argument of gc's: after the receiver, before the rest.
        const args = n.args.map((a) => nodeText(a, ctx));
        args.splice(n.fun.op === 'OMETHEXPR' ? 1 : 0, 0, dictText(n, ctx));
        return `${exprText(n.fun, ctx, p)}(${args.join(', ')}${n.isDDD ? '...' : ''})`;
      }
      return `${exprText(n.fun, ctx, p)}(${list(n.args, ctx)}${n.isDDD ? '...' : ''})`;
    case 'OINLCALL':
      return n.returnVars.length === 1 ? nodeText(n.returnVars[0], ctx) : `(.${list(n.returnVars, ctx, '; ')})`;
    case 'OMAKEMAP': case 'OMAKECHAN': case 'OMAKESLICE':
      if (n.cap) return `make(${t()}, ${nodeText(n.len, ctx)}, ${nodeText(n.cap, ctx)})`;
      if (n.len && !n.len.implicit) return `make(${t()}, ${nodeText(n.len, ctx)})`;
      return `make(${t()})`;
    case 'OPLUS': case 'ONEG': case 'OBITNOT': case 'ONOT': case 'ORECV': case 'OADDR':
      return `${opText[n.op]}${n.x.op === n.op ? ' ' : ''}${exprText(n.x, ctx, p + 1)}`;
    case 'ODEREF': return `*${exprText(n.x, ctx, p + 1)}`;
    case 'OADD': case 'OAND': case 'OANDNOT': case 'ODIV': case 'OEQ': case 'OGE': case 'OGT': case 'OLE': case 'OLT': case 'OLSH': case 'OMOD':
    case 'OMUL': case 'ONE': case 'OOR': case 'ORSH': case 'OSUB': case 'OXOR': case 'OANDAND': case 'OOROR':
      return `${exprText(n.x, ctx, p)} ${opText[n.op]} ${exprText(n.y, ctx, p + 1)}`;
    case 'OADDSTR': return n.list.map((x) => exprText(x, ctx, p)).join(' + ');
    default: return `<node ${opText[n.op] ?? n.op.slice(1)}>`;
  }
}

/** The dictionary a call of a generic function passes, as printed. */
export function dictText(n: CallExpr, ctx: PrintContext): string { return `&${qualifiedName(dictPkg(n), `.dict.${n.dictName}`, ctx)}`; }
/** The dictionary parameter of a generic function of a package. */
export function dictParam(pkgPath: string, ctx: PrintContext): string { return qualifiedName(pkgPath, '.dict', ctx); }
/** The package a dictionary belongs to: that of the generic function. */
function dictPkg(n: CallExpr): string { return n.fun.op === 'ONAME' ? n.fun.pkgPath : n.fun.op === 'OMETHEXPR' ? n.fun.method?.pkgPath ?? '' : ''; }

function literalText(n: ConstExpr, ctx: PrintContext): string {
  return n.text ?? constText(n.val, n.shaped ?? n.type, ctx);
}

function stmtText(n: Stmt | Node, ctx: PrintContext): string {
  switch (n.op) {
    case 'ODCL': return `var ${nameText(n.x, ctx)} ${typeText(n.x.shaped ?? n.x.type, ctx)}`;
    case 'OAS': return `${nodeText(n.x, ctx)} ${n.def ? ':=' : '='} ${nodeText(n.y, ctx)}`;
    case 'OASOP':
      if (n.incDec) return `${nodeText(n.x, ctx)}${n.asOp === 'OADD' ? '++' : '--'}`;
      return `${nodeText(n.x, ctx)} ${opText[n.asOp]}= ${nodeText(n.y, ctx)}`;
    case 'OAS2': case 'OAS2DOTTYPE': case 'OAS2FUNC': case 'OAS2MAPR': case 'OAS2RECV':
      if (n.dict) {
        const lhs = n.lhs.map((x) => nodeText(x, ctx)), rhs = n.rhs.map((x) => nodeText(x, ctx));
        lhs.splice(n.dict.at, 0, n.dict.name);
        rhs.splice(n.dict.at, 0, n.dict.value);
        return `${lhs.join(', ')} ${n.def ? ':=' : '='} ${rhs.join(', ')}`;
      }
      return `${list(n.lhs, ctx)} ${n.def ? ':=' : '='} ${list(n.rhs, ctx)}`;
    case 'OBLOCK': return list(n.list, ctx, '; ');
    case 'ORETURN': return `return ${list(n.results, ctx)}`;
    case 'OINLMARK': return `inlmark ${n.index}`;
    case 'OGO': return `go ${nodeText(n.call, ctx)}`;
    case 'ODEFER': return `defer ${nodeText(n.call, ctx)}`;
    case 'OIF': {
      const init = n.init?.length === 1 && !n.init[0].init?.length ? `${nodeText(n.init[0], ctx)}; ` : '';
      const els = n.els.length > 0 ? ` else { ${list(n.els, ctx, '; ')} }` : '';
      return `if ${init}${nodeText(n.cond, ctx)} { ${list(n.body, ctx, '; ')} }${els}`;
    }
    case 'OFOR': case 'ORANGE': return 'for loop';
    case 'OSELECT': return 'select statement';
    case 'OSWITCH': return 'switch statement';
    case 'OCASE': return `${n.list.length > 0 ? `case ${list(n.list, ctx)}` : 'default'}: ${list(n.body, ctx, '; ')}`;
    case 'OBREAK': case 'OCONTINUE': case 'OGOTO': case 'OFALL': return n.label ? `${opText[n.op]} ${n.label}` : opText[n.op]!;
    case 'OLABEL': return `${n.label}: `;
    case 'OSEND': return `${exprText(n.chan, ctx, 3)} <- ${exprText(n.value, ctx, 4)}`;
    default: return `<node ${n.op}>`;
  }
}

/** Children of each op in the order gc's dump prints them: field of ours, gc's label ('' prints none). */
const dumpFields: Partial<Record<string, readonly [string, string][]>> = {};
const dumpTable: [string, string][] = [
  ['OADDSTR OSLICELIT OARRAYLIT OSTRUCTLIT OMAPLIT OBLOCK', 'list:List'],
  ['OCALLFUNC OCALLINTER OCALLMETH OAPPEND ODELETE OPRINT OPRINTLN ORECOVER OMIN OMAX', 'fun:Fun args:Args'],
  ['OKEY', 'key:Key value:'], ['OINDEX OINDEXMAP', 'x: index:'], ['OMAKESLICE OMAKEMAP OMAKECHAN', 'len:Len cap:Cap'],
  ['OSLICE OSLICEARR OSLICESTR OSLICE3 OSLICE3ARR', 'x: low:Low high:High max:Max'],
  ['OAS2 OAS2FUNC OAS2MAPR OAS2RECV OAS2DOTTYPE OSELRECV2', 'lhs:Lhs rhs:Rhs'],
  ['OCASE', 'v:Var list:List body:Body'], ['OCOMM', 'comm:Comm body:Body'], ['OFOR', 'cond:Cond post:Post body:Body'],
  ['OGO ODEFER', 'call: deferAt:DeferAt'], ['OIF', 'cond:Cond body:Body els:Else'], ['ORANGE', 'x: key:Key value: body:Body'],
  ['ORETURN', 'results:Results'], ['OSELECT', 'cases:Cases'], ['OSWITCH', 'tag:Tag cases:Cases'], ['OSEND', 'chan: value:'],
  ['OINLCALL', 'body:Body returnVars:ReturnVars'], ['ODCL OSTRUCTKEY', 'x: value:'],
];
for (const [ops, fields] of dumpTable) {
  for (const op of ops.split(' ')) dumpFields[op] = fields.split(' ').map((f) => f.split(':') as [string, string]);
}
const defaultFields: readonly [string, string][] = [['x', ''], ['y', '']];

/**
 * A tree in the layout of `go tool compile -W=2` ("before order"): one node a
 * line, `.   ` per level, op, symbol, flags, type, line and column. Facts that
 * later passes add (esc, class, offset) are left out.
 */
export function dumpFunc(fset: FileSet, fn: Func, ctx: PrintContext): string {
  const out: string[] = [];
  const put = (depth: number, s: string): void => { out.push('.   '.repeat(depth) + s); };
  const where = (n: { pos: number }): string => {
    const p = fset.position(n.pos);
    return p.line > 0 ? ` # ${p.line}:${p.col}` : '';
  };
  const head = (n: Node): string => {
    let s = n.op === 'OCOMM' ? 'CASE' : n.op.slice(1);
    if ((n.op === 'ODOTTYPE' || n.op === 'ODOTTYPE2') && n.dynamic) s = `DYNAMIC${s}`;
    if (n.op === 'OASOP') s += `-${n.asOp.slice(1)}`;
    if (n.op === 'OLITERAL') s += `-${constText(n.val, undefined, ctx)}`;
    if (n.op === 'ONAME') s += `-${nameText(n, ctx)}`;
    if ('sel' in n) s += ` ${n.sel}`;
    if ((n.op === 'OBREAK' || n.op === 'OCONTINUE' || n.op === 'OGOTO' || n.op === 'OLABEL') && n.label) s += ` ${n.label}`;
    if ('def' in n && n.def) s += ' Def';
    if ('incDec' in n && n.incDec) s += ' IncDec';
    if ('isDDD' in n && n.isDDD) s += ' IsDDD';
    if (n.implicit && n.op !== 'OLITERAL') s += ' Implicit';
    if (n.op === 'OCLOSURE') s += ` fnName(${n.func.sym})`;
    if (n.type && n.op !== 'OCLOSURE' && !(n.op === 'ONAME' && n.sym === '_')) s += ` ${typeText(n.shaped ?? n.type, ctx)}`;
    return n.op === 'OTYPE' ? s : s + where(n);
  };
  const nodes = (depth: number, label: string, ns: readonly (Node | undefined)[]): void => {
    if (ns.length === 0) return;
    if (label) put(depth, label);
    for (const c of ns) if (c) node(depth + 1, c);
  };
  const node = (depth: number, n: Node): void => {
    const op = n.op === 'OCOMM' ? 'CASE' : n.op.slice(1);
    if (n.init?.length) nodes(depth, `${op}-init`, n.init);
    put(depth, head(n));
    if (n.op === 'ONAME' || n.op === 'OLITERAL' || n.op === 'OTYPE') return;
    if (n.op === 'OCLOSURE') {
      const f = n.func;
      nodes(depth, 'CLOSURE-Dcl', f.dcl);
      nodes(depth, 'CLOSURE-ClosureVars', f.closureVars);
      nodes(depth, 'CLOSURE-body', f.body);
      return;
    }
    const rec = n as unknown as Record<string, Node | readonly Node[] | undefined>;
    for (const [field, label] of dumpFields[n.op] ?? defaultFields) {
      const c = rec[field];
      if (Array.isArray(c)) nodes(depth, `${op}-${label}`, c);
      else if (typeof c === 'object' && 'op' in c) nodes(depth, label ? `${op}-${label}` : '', [c]);
    }
  };
  put(0, fn.sym);
  for (const n of fn.body) node(1, n);
  return out.join('\n') + '\n';
}
