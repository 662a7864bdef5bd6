/**
 * Walk: from the analysed tree to the form the compiler accepts.
 *
 * It runs after escape analysis and before code generation, and it is the only
 * place that decides what an allocation site really does: object on the heap,
 * slot in the frame, 32-byte buffer first, read-only data, nothing. Each decision
 * is a Site; the lab shows it beside the `-m` line, because the two differ.
 *
 * Package-level variables whose initialiser is data (constants, literals and
 * addresses of such) are laid out by the linker instead of being assigned, as in
 * gc, so that they cost no allocation.
 */
import { locate } from '../../base/diagnostic.ts';
import { Walker, PackageWalk, type WalkOptions } from './walker.ts';
import type { Func, IRPackage, Name, Node, Site } from '../ir/nodes.ts';
import { anyChild, doChildren } from '../ir/visit.ts';
import { analyzeSlices } from './slice.ts';
import { enterClosure } from './closure.ts';
import { heapAddr, isHeapName } from './expr.ts';
import { newHeapVar, walkStmtList } from './stmt.ts';
import { layOut } from './staticinit.ts';

export type { WalkOptions } from './walker.ts';

export interface Walked {
  /** All functions with bodies, closures included, in walked form. */
  readonly funcs: Func[];
  readonly globals: readonly Name[];
  /** Data made by walk: read-only, or what package-level variables point at. */
  readonly statics: readonly Name[];
  readonly sites: readonly Site[];
  /** The number after the last one given in order. */
  readonly nextSite: number;
  readonly init: Func | undefined;
}

/** Functions in walked form: instances and wrappers are asked for by every package that uses them. */
const walkedFuncs = new WeakSet<Func>();

/** Walks every function of a package. The package's tree is consumed. */
export function walkPackage(pkg: Pick<IRPackage, 'path' | 'funcs' | 'globals' | 'init'>, opts: WalkOptions): Walked {
  const pw = new PackageWalk(pkg.path, opts);
  const out: Func[] = [];
  const seen = new Set<Func>();
  const visitFunc = (fn: Func): void => {
    if (seen.has(fn)) return;
    seen.add(fn);
    const inner: Func[] = [];
    for (const s of fn.body) collectClosures(s, inner);
    if (!fn.external && !walkedFuncs.has(fn)) locate(() => fn.pos, () => walkFunc(pw, fn, fn === pkg.init || fn.sym === 'init'));
    out.push(fn);
    for (const c of inner) visitFunc(c);
  };
  for (const fn of pkg.funcs) visitFunc(fn);
  if (pkg.init) visitFunc(pkg.init);
  return { funcs: [...out, ...pw.funcs], globals: pkg.globals, statics: pw.statics, sites: pw.sites, nextSite: pw.nextSite, init: pkg.init };
}

function holdsInlined(n: Node): boolean { return n.op === 'OINLCALL' || anyChild(n, holdsInlined); }

/** Function literals anywhere below n, those inside other literals excepted. */
function collectClosures(n: Parameters<typeof doChildren>[0], out: Func[]): void {
  if (n.op === 'OCLOSURE') { out.push(n.func); return; }
  doChildren(n, (c) => collectClosures(c, out));
}

function walkFunc(pw: PackageWalk, fn: Func, isInit: boolean): void {
  walkedFuncs.add(fn);
  pw.enter(fn);
  if (fn.wrapper) fn.opened = fn.body.some(holdsInlined);
  const w = new Walker(pw, fn);
  if (pw.minor >= 26) analyzeSlices(fn);
  const source = isInit ? fn.body.flatMap((s) => layOut(w, s) ?? [s]) : fn.body;
  const entry = w.capture(() => {
    enterClosure(w);
    for (const p of [...fn.dcl]) if (isHeapName(p) && (p.class_ === 'PPARAM' || p.class_ === 'PPARAMOUT')) moveParam(w, p);
  });
  const body = w.capture(() => walkStmtList(w, source));
  fn.body = [...entry, ...w.entry, ...body];
}

/**
 * A parameter or result moved to the heap. The parameter's incoming value is read
 * through its own name before heapaddr is set, so the name in dcl stays what the
 * caller passes; every later use goes through heapaddr.
 */
function moveParam(w: Walker, p: Name): void {
  const incoming = p.class_ === 'PPARAM' ? w.copy(p) : undefined;
  newHeapVar(w, p);
  if (incoming) w.assign(w.deref(heapAddr(w, p), p.type), incoming);
}
