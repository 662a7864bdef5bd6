/**
 * Archives: what compiling standard packages gave, in a file.
 *
 * The first program of a process would otherwise wait until what it reaches of
 * lib/std is lowered, analysed, walked and compiled, most of a second before
 * anything is warm. Compiled functions are relocatable, so the work can be done when
 * the app is built: an archive holds, of each package, the functions and data that
 * are linked with a list of programs, and what callers must know of a function: its escape
 * tags, and whether and at what cost it is inlined (the body to inline is lowered
 * from the text when it is wanted). What an archive lacks is compiled as before; the
 * linked program is the same bytes either way (tests/engine/archive.test.ts).
 *
 * The file: the length of the index, of the rows and of the bytes (three 32-bit
 * words), the index (JSON), the rows (one JSON text per function or datum, read when
 * a program links it), the bytes (code and data). A package counts only if the texts
 * of its files, and of the packages it imports, are those the archive was made from.
 *
 * Positions: 0 none; from fileStep up file × fileStep + offset; below 0 one made by
 * inlining, number -1 - n of its package. Statements' positions inside functions are
 * left out: the listing of a standard function shows none.
 */
import type { FileSet, Pos, SourceFile } from '../base/pos.ts';
import type { GoVersion } from '../base/version.ts';
import type { CodePoint, CompiledFunc, CompiledPackage, DataReloc, DataSymbol, FuncFacts, StackObject } from '../compile/object.ts';
import type { Program } from '../compile/link.ts';
import type { Reloc, RelocKind } from '../compile/wasm.ts';
import type { ArchivedFunc, ArchivedPackage, Base, PackageResult } from '../go/program.ts';
import type { Place, Site, SiteKind } from '../go/ir/nodes.ts';

const fileStep = 2 ** 24;
/** Raised when the form of the file changes. */
const format = 1;
const relocKinds: readonly RelocKind[] = ['func', 'table', 'addr', 'addr64', 'type', 'pcbase'];

interface PackageIndex {
  readonly files: readonly number[];
  readonly imports: readonly string[];
  readonly syms: readonly string[];
  /** call, inner, function (symbol) of each position made by inlining. */
  readonly inlined: readonly number[];
  readonly units: readonly UnitIndex[];
  /** Name, tags (null: none), 1 if it has no Go body; cost and canDelayResults if it can be inlined. */
  readonly heads: readonly (readonly [string, readonly string[] | null, 0 | 1, number?, (0 | 1)?])[];
  readonly types: readonly string[];
  readonly sites: readonly (readonly [number, number, SiteKind, Place, string, string, number | null])[];
}
interface UnitIndex {
  /** Symbol, flags (1 yields, 2 panics), cost, depth, row of each function. */
  readonly funcs: readonly number[];
  /** Symbol, row of each datum. */
  readonly data: readonly number[];
  readonly natives: readonly (readonly [string, string])[];
  readonly init: string | null;
}
interface Index {
  readonly format: number;
  readonly goVersion: GoVersion;
  /** Name, size and hash of each file. */
  readonly files: readonly (readonly [string, number, number])[];
  readonly packages: { readonly [path: string]: PackageIndex };
  /** Where each row ends. */
  readonly rows: readonly number[];
}

/** FNV-1a of a text. */
function hash(b: Uint8Array): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < b.length; i++) h = Math.imul(h ^ b[i], 0x01000193);
  return h >>> 0;
}

/** Writes what a base holds of its packages and programs linked; unitsOf: a package's compiled units. */
export function writeArchive(base: Base, unitsOf: (p: PackageResult) => readonly CompiledPackage[], programs: readonly Program[]): Uint8Array {
  const linked = closure([...base.packages.values()].flatMap(unitsOf), programs.flatMap((p) => [...p.code.keys(), ...p.symbols.keys()]));
  const fileAt = new Map<SourceFile, number>(), files: (readonly [string, number, number])[] = [];
  const packages: Record<string, PackageIndex> = {};
  const rows: string[] = [], chunks: Uint8Array[] = [], seen = new Map<string, number>();
  let size = 0;
  const addRow = (row: readonly unknown[]): number => rows.push(JSON.stringify(row)) - 1;
  const addBytes = (b: Uint8Array): number => {
    const key = String.fromCharCode(...b.subarray(0, 4096)), have = b.length <= 4096 ? seen.get(key) : undefined;
    if (have !== undefined) return have;
    if (b.length <= 4096) seen.set(key, size);
    chunks.push(b);
    size += b.length;
    return size - b.length;
  };
  for (const p of base.packages.values()) for (const { source } of p.files) {
    fileAt.set(source, files.length);
    files.push([source.name, source.size, hash(source.text)]);
  }
  for (const p of base.packages.values()) {
    const { funcs, types } = base.reached(p, linked);
    const syms = new Map<string, number>(), inlined: number[] = [], inlinedAt = new Map<Pos, number>();
    const sym = (s: string): number => { let i = syms.get(s); if (i === undefined) syms.set(s, (i = syms.size)); return i; };
    const pos = (x: Pos): number => {
      if (x === 0) return 0;
      const made = base.fset.inlinedAt(x);
      if (!made) {
        const f = base.fset.file(x)!;
        return (fileAt.get(f)! + 1) * fileStep + x - f.base;
      }
      let i = inlinedAt.get(x);
      if (i === undefined) {
        const triple = [pos(made.call), pos(made.inner), sym(made.func)];
        i = inlined.push(...triple) / 3 - 1;
        inlinedAt.set(x, i);
      }
      return -1 - i;
    };
    const units = unitsOf(p).map((u): UnitIndex => ({
      funcs: u.funcs.filter((f) => linked.has(f.sym)).flatMap((f) => [sym(f.sym), (f.yields ? 1 : 0) | (f.panics ? 2 : 0), f.cost, f.depth, addRow([
        f.name === f.sym ? 0 : f.name, pos(f.pos), f.sig, addBytes(f.code), f.code.length, (f.defers ? 1 : 0) | (f.wrapper ? 2 : 0), f.frameSize, f.entrySize,
        f.relocs.flatMap((r, i) => [r.at - (f.relocs[i - 1]?.at ?? 0), relocKinds.indexOf(r.kind), sym(r.sym), r.add]),
        f.points.flatMap((x) => [pos(x.pos), x.live ?? 0]), f.objects.map((o) => [o.off, o.size, o.ptrs]),
      ])]),
      data: u.data.filter((d) => linked.has(d.sym)).flatMap((d) => [sym(d.sym), addRow([
        d.size, d.align, d.bytes ? addBytes(d.bytes) : -1, d.bytes?.length ?? 0, d.relocs.flatMap((r) => [r.at, r.kind === 'addr' ? 0 : 1, sym(r.sym), r.add]), d.ptrs,
      ])]),
      natives: u.natives, init: u.init ?? null,
    }));
    const sites = (p.walked?.sites ?? []).map((s) => [s.id, pos(s.pos), s.kind, s.place, s.text, s.func, s.size ?? null] as const);
    packages[p.path] = {
      files: p.files.map((f) => fileAt.get(f.source)!), imports: p.imports, syms: [...syms.keys()], inlined, units, types, sites,
      heads: funcs.map(([name, f]) => (f.inline ? [name, f.tags ?? null, f.external ? 1 : 0, f.inline.cost, f.inline.canDelayResults ? 1 : 0] : [name, f.tags ?? null, f.external ? 1 : 0])),
    };
  }
  const encoder = new TextEncoder(), body = rows.join('');
  let end = 0;
  const index: Index = { format, goVersion: base.goVersion, files, packages, rows: rows.map((r) => (end += r.length)) };
  const head = encoder.encode(JSON.stringify(index)), text = encoder.encode(body);
  const out = new Uint8Array(12 + head.length + text.length + size);
  new Uint32Array(out.buffer, 0, 3).set([head.length, text.length, size]);
  out.set(head, 12);
  out.set(text, 12 + head.length);
  let at = 12 + head.length + text.length;
  for (const c of chunks) { out.set(c, at); at += c.length; }
  return out;
}

/** The symbols given, those of all package variables (they come with a package's first unit only), and what these refer to. */
function closure(units: readonly CompiledPackage[], symbols: readonly string[]): Set<string> {
  const refs = new Map<string, string[]>(), out = new Set<string>(), todo = [...symbols];
  for (const u of units) {
    for (const x of [...u.funcs, ...u.data]) refs.set(x.sym, [...refs.get(x.sym) ?? [], ...x.relocs.map((r) => r.sym)]);
    for (const d of u.data) if (!/^[a-z]+:/.test(d.sym)) todo.push(d.sym);
  }
  for (let s = todo.pop(); s !== undefined; s = todo.pop()) {
    if (out.has(s)) continue;
    out.add(s);
    todo.push(...refs.get(s) ?? []);
  }
  return out;
}

/** An archive read. */
export class Archive {
  readonly #index: Index;
  readonly #text: string;
  readonly #bytes: Uint8Array;
  /** Throws when the file is none of ours. */
  constructor(file: Uint8Array) {
    const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
    const head = 12 + view.getUint32(0, true), text = head + view.getUint32(4, true);
    if (text + view.getUint32(8, true) !== file.length) throw new Error('invalid archive: wrong length');
    const decoder = new TextDecoder();
    this.#index = JSON.parse(decoder.decode(file.subarray(12, head))) as Index;
    if (this.#index.format !== format) throw new Error(`invalid archive: format ${this.#index.format}`);
    this.#text = decoder.decode(file.subarray(head, text));
    // A host's kind of array (Node's Buffer) may share what others copy.
    this.#bytes = new Uint8Array(file.buffer, file.byteOffset + text, file.byteLength - text);
  }
  get goVersion(): GoVersion { return this.#index.goVersion; }

  /** What the archive has of a package just loaded, its compiled units with it; undefined if its texts are others. facts: of its functions, added to. */
  open(p: PackageResult, base: Base, facts: Map<string, FuncFacts>): { pkg: ArchivedPackage; units: CompiledPackage[] } | undefined {
    const index = Object.hasOwn(this.#index.packages, p.path) ? this.#index.packages[p.path] : undefined;
    if (!index || index.files.length !== p.files.length) return undefined;
    const same = index.files.every((n, i) => {
      const [name, size, h] = this.#index.files[n], { source } = p.files[i];
      return source.name === name && source.size === size && hash(source.text) === h;
    });
    return same ? new Opened(this.#index, index, this.#text, this.#bytes, base.fset).package(p.path, facts) : undefined;
  }
}

const provided = new Map<GoVersion, () => Uint8Array | undefined>();

/** Says where the file of a Go version's archive comes from; asked for when the first program of that version is built. */
export function provideArchive(goVersion: GoVersion, file: () => Uint8Array | undefined): void { provided.set(goVersion, file); }

/** Uses a Go version's archive no more; false if there was none. */
export function withdrawArchive(goVersion: GoVersion): boolean { return provided.delete(goVersion); }

/** The archive provided for a Go version; undefined if there is none. */
export function archiveFor(goVersion: GoVersion): Archive | undefined {
  const file = provided.get(goVersion)?.();
  return file && new Archive(file);
}

/** One package of an archive, its positions those of a file set. */
class Opened {
  readonly #inlined: Pos[] = [];
  readonly #bases = new Map<number, number>();
  constructor(readonly all: Index, readonly index: PackageIndex, readonly text: string, readonly bytes: Uint8Array, readonly fset: FileSet) {
    const { inlined, syms } = index;
    for (let i = 0; i < inlined.length; i += 3) this.#inlined.push(fset.inlinedPos(this.pos(inlined[i]), this.pos(inlined[i + 1]), syms[inlined[i + 2]]));
  }
  pos(n: number): Pos {
    if (n === 0) return 0;
    if (n < 0) return this.#inlined[-1 - n];
    const file = Math.floor(n / fileStep) - 1;
    let base = this.#bases.get(file);
    if (base === undefined) {
      const name = this.all.files[file][0];
      base = this.fset.files.find((f) => f.name === name)!.base;
      this.#bases.set(file, base);
    }
    return base + n % fileStep;
  }
  row(n: number): unknown { return JSON.parse(this.text.slice(n === 0 ? 0 : this.all.rows[n - 1], this.all.rows[n])); }
  slice(at: number, length: number): Uint8Array { return this.bytes.subarray(at, at + length); }

  package(path: string, facts: Map<string, FuncFacts>): { pkg: ArchivedPackage; units: CompiledPackage[] } {
    const { syms, heads, types, sites } = this.index;
    const units = this.index.units.map((u): CompiledPackage => {
      const funcs: CompiledFunc[] = [], data: DataSymbol[] = [];
      for (let i = 0; i < u.funcs.length; i += 5) {
        const f = new StoredFunc(this, syms[u.funcs[i]], u.funcs[i + 1], u.funcs[i + 2], u.funcs[i + 3], u.funcs[i + 4]);
        funcs.push(f);
        facts.set(f.sym, { yields: f.yields, panics: f.panics, cost: f.cost, depth: f.depth });
      }
      for (let i = 0; i < u.data.length; i += 2) data.push(new StoredData(this, syms[u.data[i]], u.data[i + 1]));
      return { path, funcs, data, natives: u.natives, init: u.init ?? undefined, imports: [] };
    });
    const funcs = new Map(heads.map(([name, tags, external, cost, delay]): [string, ArchivedFunc] => [name, {
      tags: tags ?? undefined, external: external === 1, inline: cost === undefined ? undefined : { cost, canDelayResults: delay === 1 },
    }]));
    return {
      units, pkg: {
        funcs, types: new Set(types),
        sites: sites.map(([id, pos, kind, place, text, func, size]): Site => ({ id, pos: this.pos(pos), kind, place, text, func, type: undefined, size: size ?? undefined })),
      },
    };
  }
}

type FuncRow = readonly [string | 0, number, string, number, number, number, number, number, readonly number[], readonly (number | readonly number[])[], readonly (readonly [number, number, readonly number[]])[]];

/** A function whose row is read when it is linked. */
class StoredFunc implements CompiledFunc {
  readonly yields: boolean;
  readonly panics: boolean;
  readonly #of: Opened;
  readonly #n: number;
  #read: FuncRow | undefined = undefined;
  constructor(of: Opened, readonly sym: string, flags: number, readonly cost: number, readonly depth: number, row: number) {
    this.#of = of;
    this.#n = row;
    this.yields = (flags & 1) !== 0;
    this.panics = (flags & 2) !== 0;
  }
  get #row(): FuncRow { return this.#read ??= this.#of.row(this.#n) as FuncRow; }
  get name(): string { return this.#row[0] === 0 ? this.sym : this.#row[0]; }
  get pos(): Pos { return this.#of.pos(this.#row[1]); }
  get sig(): string { return this.#row[2]; }
  get code(): Uint8Array { return this.#of.slice(this.#row[3], this.#row[4]); }
  get defers(): boolean { return (this.#row[5] & 1) !== 0; }
  get wrapper(): boolean { return (this.#row[5] & 2) !== 0; }
  get frameSize(): number { return this.#row[6]; }
  get entrySize(): number { return this.#row[7]; }
  get marks(): Float64Array { return new Float64Array(0); }
  #relocs: Reloc[] | undefined = undefined;
  get relocs(): readonly Reloc[] {
    if (this.#relocs) return this.#relocs;
    const out: Reloc[] = [], n = this.#row[8], { syms } = this.#of.index;
    let at = 0;
    for (let i = 0; i < n.length; i += 4) out.push({ at: (at += n[i]), kind: relocKinds[n[i + 1]], sym: syms[n[i + 2]], add: n[i + 3] });
    return this.#relocs = out;
  }
  #points: CodePoint[] | undefined = undefined;
  get points(): readonly CodePoint[] {
    if (this.#points) return this.#points;
    const out: CodePoint[] = [], n = this.#row[9];
    for (let i = 0; i < n.length; i += 2) out.push({ pos: this.#of.pos(n[i] as number), live: n[i + 1] === 0 ? undefined : n[i + 1] as readonly number[] });
    return this.#points = out;
  }
  #objects: StackObject[] | undefined = undefined;
  get objects(): readonly StackObject[] { return this.#objects ??= this.#row[10].map(([off, size, ptrs]) => ({ off, size, ptrs })); }
}

type DataRow = readonly [number, number, number, number, readonly number[], readonly number[]];

/** A datum whose row is read when it is linked. */
class StoredData implements DataSymbol {
  readonly #of: Opened;
  readonly #n: number;
  #read: DataRow | undefined = undefined;
  constructor(of: Opened, readonly sym: string, row: number) { this.#of = of; this.#n = row; }
  get #row(): DataRow { return this.#read ??= this.#of.row(this.#n) as DataRow; }
  get size(): number { return this.#row[0]; }
  get align(): number { return this.#row[1]; }
  get bytes(): Uint8Array | undefined { return this.#row[2] < 0 ? undefined : this.#of.slice(this.#row[2], this.#row[3]); }
  #relocs: DataReloc[] | undefined = undefined;
  get relocs(): readonly DataReloc[] {
    if (this.#relocs) return this.#relocs;
    const out: DataReloc[] = [], n = this.#row[4], { syms } = this.#of.index;
    for (let i = 0; i < n.length; i += 4) out.push({ at: n[i], kind: n[i + 1] === 0 ? 'addr' : 'table', sym: syms[n[i + 2]], add: n[i + 3] });
    return this.#relocs = out;
  }
  get ptrs(): readonly number[] { return this.#row[5]; }
}
