/**
 * Recorded facts: one JSON text per standard package, read when first asked for.
 *
 * A package's text holds its declarations as Go (api), and for each function its
 * tags, cost and summary, tightly packed: strings for tags with one character per
 * byte, arrays instead of records.
 */
import type { FactsProvider, FuncFact, InlineFact, Summary, MethodFacts, SummaryEdge, SummaryLoc, SummaryNote } from './facts.ts';

/** A location as stored: kind, depth, then text, op, function index, flags as far as needed. */
export type PackedLoc = readonly [kind: number, depth: number, text?: string, op?: string, fn?: number, flags?: number];
/** [cost, lines (parent and tab before the text unless −1), locs, edges (dst, src, derefs, …), functions, bounds, data, reasons, self-assignments, concrete types]. */
export type PackedInline = readonly [
  cost: number, lines: readonly string[], locs: readonly PackedLoc[], edges: readonly number[], funcs?: readonly number[], bounds?: number, data?: number, notes?: PackedNotes, selfAssigns?: readonly string[], concrete?: readonly string[],
];
/** Texts that occur; then for each edge the number of its reasons, and for each reason its text's index and its code (noteWhys), −code and a further text index for one with a place. */
export type PackedNotes = readonly [texts: readonly string[], codes: readonly number[]];

/** gc's reasons by code − 1. */
const noteWhys = ['address-of', 'spill', 'reference', 'captured by a closure', 'return', 'assign', 'assign-pair', 'assign-pair-dot-type', 'assign-pair-mapr', 'assign-pair-receive', 'assign-pair-func-call', 'call parameter',
  'callee operand', 'dot', 'dot of pointer', 'indirection', 'fixed-array-index-of', 'slice', 'slice-to-array', 'array literal element', 'slice-literal-element', 'struct literal element', 'map literal key', 'map literal value',
  'key of map put', 'interface-converted', 'appended slice...', 'appendee slice', 'copied slice', 'range', 'range-deref', 'switch case', 'send', 'reflect.Header.Data', '//go:uintptrescapes', 'too large for stack',
  'too aligned for stack', 'non-constant size', 'zero-sized element'];

function packNotes(edges: readonly SummaryEdge[]): PackedNotes | undefined {
  const texts: string[] = [], codes: number[] = [];
  const index = new Map<string, number>();
  const text = (t: string): number => {
    let i = index.get(t);
    if (i === undefined) { i = texts.push(t) - 1; index.set(t, i); }
    return i;
  };
  for (const e of edges) {
    codes.push(e.notes?.length ?? 0);
    for (const n of e.notes ?? []) {
      const code = noteWhys.indexOf(n.why) + 1;
      if (code === 0) throw new Error(`unknown reason: ${n.why}`);
      if (n.at === undefined) codes.push(text(n.text), code); else codes.push(text(n.text), -code, text(n.at));
    }
  }
  return texts.length === 0 ? undefined : [texts, codes];
}
function unpackNotes(p: PackedNotes | undefined): () => readonly SummaryNote[] | undefined {
  let i = 0;
  return () => {
    if (!p) return undefined;
    const [texts, codes] = p;
    const out: SummaryNote[] = [];
    for (let n = codes[i++] ?? 0; n > 0; n--) {
      const t = texts[codes[i++]], code = codes[i++];
      out.push(code > 0 ? { text: t, why: noteWhys[code - 1] } : { text: t, why: noteWhys[-code - 1], at: texts[codes[i++]] });
    }
    return out;
  };
}
export interface PackedPackage {
  readonly path: string;
  readonly name: string;
  /** Version of Go the facts are of. */
  readonly go: string;
  readonly api: string;
  /** Tags of each function by symbol, then its inlining. */
  readonly funcs: Readonly<Record<string, readonly [tags: readonly string[], inline?: PackedInline]>>;
  /** Methods of concrete types, see FactsProvider.methods. */
  readonly types?: Readonly<Record<string, MethodFacts>>;
}

const kinds = ['param', 'result', 'local', 'site', 'temp'] as const;

export function packInline(f: InlineFact): PackedInline {
  const locs = f.summary.locs.map((l): PackedLoc => {
    const flags = (l.persists ? 1 : 0) | (l.zeroCopy ? 2 : 0);
    const out: (number | string)[] = [kinds.indexOf(l.kind), l.depth, l.text ?? '', l.op ?? '', l.fn ?? -1, flags];
    const plain = [0, 0, '', '', -1, 0];
    while (out.length > 2 && out[out.length - 1] === plain[out.length - 1]) out.pop();
    return out as unknown as PackedLoc;
  });
  const { summary } = f;
  const tail: unknown[] = [summary.funcs ?? [], summary.bounds ?? 0, summary.data ? 1 : 0, packNotes(summary.edges) ?? 0, summary.selfAssigns ?? [], f.concrete ?? []];
  const empty = (v: unknown): boolean => v === 0 || (Array.isArray(v) && v.length === 0);
  while (tail.length > 0 && empty(tail[tail.length - 1])) tail.pop();
  return [f.cost, f.lines.map((l) => (l.parent < 0 ? l.text : `${l.parent}\t${l.text}`)), locs, summary.edges.flatMap((e) => [e.dst, e.src, e.derefs]), ...tail] as unknown as PackedInline;
}

export function unpackInline(p: PackedInline): InlineFact {
  const [cost, lines, packed, e, funcs, bounds, data, notes, selfAssigns, concrete] = p;
  const locs = packed.map(([kind, depth, text, op, fn, flags = 0]): SummaryLoc => ({
    kind: kinds[kind], depth, text: text || undefined, op: op || undefined, fn: fn === undefined || fn < 0 ? undefined : fn, persists: (flags & 1) !== 0, zeroCopy: (flags & 2) !== 0,
  }));
  const edges: SummaryEdge[] = [];
  const next = unpackNotes(Array.isArray(notes) ? notes : undefined);
  for (let i = 0; i + 2 < e.length; i += 3) edges.push({ dst: e[i], src: e[i + 1], derefs: e[i + 2], notes: next() });
  const summary: Summary = { locs, edges, funcs, bounds, data: data === 1, selfAssigns };
  return {
    cost, summary, concrete,
    lines: lines.map((l) => {
      const tab = l.indexOf('\t');
      return tab < 0 ? { text: l, parent: -1 } : { text: l.slice(tab + 1), parent: Number(l.slice(0, tab)) };
    }),
  };
}

/** Facts of all packages that read knows. */
export class FactsStore implements FactsProvider {
  readonly #packages = new Map<string, PackedPackage | undefined>();
  readonly #facts = new Map<string, FuncFact | undefined>();
  /** read: the JSON text of a package, undefined if there is none. */
  constructor(readonly read: (path: string) => string | undefined) {}

  package(path: string): PackedPackage | undefined {
    if (!this.#packages.has(path)) {
      const text = this.read(path);
      this.#packages.set(path, text === undefined ? undefined : (JSON.parse(text) as PackedPackage));
    }
    return this.#packages.get(path);
  }
  /** The package's declarations as Go text. */
  api(path: string): string | undefined { return this.package(path)?.api; }
  methods(pkgPath: string, type: string): MethodFacts | undefined {
    const types = this.package(pkgPath)?.types;
    return types && Object.hasOwn(types, type) ? types[type] : undefined;
  }
  packageName(path: string): string | undefined { return this.package(path)?.name; }
  lookup(pkgPath: string, funcName: string): FuncFact | undefined {
    const key = `${pkgPath}.${funcName}`;
    if (this.#facts.has(key)) return this.#facts.get(key);
    const funcs = this.package(pkgPath)?.funcs;
    const p = funcs && Object.hasOwn(funcs, funcName) ? funcs[funcName] : undefined;
    const fact: FuncFact | undefined = p && { paramTags: p[0], inline: p[1] && unpackInline(p[1]) };
    this.#facts.set(key, fact);
    return fact;
  }
}

/** File name of a package's facts. */
export function factsFile(path: string): string { return `${path.replaceAll('/', '.')}.json`; }
