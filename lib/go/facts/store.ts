/**
 * Recorded facts: one JSON text per standard package, read when first asked for.
 *
 * A package's text holds its declarations as Go (api), and for each function its
 * tags, cost and summary, tightly packed: strings for tags with one character per
 * byte, arrays instead of records.
 */
import type { FactsProvider, FuncFact, InlineFact, Summary, SummaryLoc } from './facts.ts';

/** A location as stored: kind, depth, then text, op, function index, flags as far as needed. */
export type PackedLoc = readonly [kind: number, depth: number, text?: string, op?: string, fn?: number, flags?: number];
/** [cost, lines (parent and tab before the text unless −1), locs, edges (dst, src, derefs, …), functions, bounds, data]. */
export type PackedInline = readonly [cost: number, lines: readonly string[], locs: readonly PackedLoc[], edges: readonly number[], funcs?: readonly number[], bounds?: number, data?: number];
export interface PackedPackage {
  readonly path: string;
  readonly name: string;
  /** Version of Go the facts are of. */
  readonly go: string;
  readonly api: string;
  /** Tags of each function by symbol, then its inlining. */
  readonly funcs: Readonly<Record<string, readonly [tags: readonly string[], inline?: PackedInline]>>;
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
  return [f.cost, f.lines.map((l) => (l.parent < 0 ? l.text : `${l.parent}\t${l.text}`)), locs, f.summary.edges.flatMap((e) => [e.dst, e.src, e.derefs]), ...(f.summary.funcs || f.summary.bounds || f.summary.data ? [f.summary.funcs ?? []] : []),
    ...(f.summary.bounds || f.summary.data ? [f.summary.bounds ?? 0] : []), ...(f.summary.data ? [1] : [])] as unknown as PackedInline;
}

export function unpackInline(p: PackedInline): InlineFact {
  const [cost, lines, packed, e, funcs, bounds, data] = p;
  const locs = packed.map(([kind, depth, text, op, fn, flags = 0]): SummaryLoc => ({
    kind: kinds[kind], depth, text: text || undefined, op: op || undefined, fn: fn === undefined || fn < 0 ? undefined : fn, persists: (flags & 1) !== 0, zeroCopy: (flags & 2) !== 0,
  }));
  const edges = [];
  for (let i = 0; i + 2 < e.length; i += 3) edges.push({ dst: e[i], src: e[i + 1], derefs: e[i + 2] });
  const summary: Summary = { locs, edges, funcs, bounds, data: data === 1 };
  return {
    cost, summary,
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
