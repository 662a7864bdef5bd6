/**
 * Remedies: what to change so that a value stays on the stack, proved by trying.
 *
 * A remedy is a set of text edits. It counts only if the edited program compiles,
 * the verdict at that place is gone, and fewer values of the program are on the
 * heap than before; what the compiler then says is part of the answer. The edits
 * are those of remedy_kinds.ts; none is offered on faith.
 *
 * SIMPLIFIED: that the program still does the same is not proved: titles say what
 * changes (a copy, one variable for all rounds, a smaller size).
 */
import { minor } from '../../base/version.ts';
import type { FileSet } from '../../base/pos.ts';
import { Base, buildProgram, type PackageProvider, type ProgramOptions, type ProgramResult, type SourceText } from '../program.ts';
import type { EscapeLine } from './analyze.ts';
import { remedyKinds, type RemedyId } from './remedy_kinds.ts';
import { Tree, Unfit, type Edit } from './remedy_tree.ts';
import type { Words } from './sentences.ts';

export type { Edit } from './remedy_tree.ts';
export type { RemedyId } from './remedy_kinds.ts';

/** A change that might help. */
export interface Remedy { readonly id: RemedyId; readonly title: Words; readonly edits: readonly Edit[] }
/** One that does. */
export interface VerifiedRemedy extends Remedy {
  /** The verdict that goes away. */
  readonly before: string;
  /** What is said now where it stood (on the lines the edits touch), as -m prints it. */
  readonly after: readonly string[];
  /** Values on the heap in the program's own files, before and after. */
  readonly heap: readonly [before: number, after: number];
}
/** How the program at hand was built. */
export interface RemedyProgram {
  readonly files: readonly SourceText[];
  readonly provide: PackageProvider;
  readonly opts: ProgramOptions;
}

/** A verdict that a remedy can be looked for. */
export function isHeapVerdict(l: EscapeLine): boolean { return l.kind === 'escapes' || l.kind === 'moved'; }

/** Changes that fit the program at a verdict, not tried yet. */
export function remediesFor(r: ProgramResult, line: EscapeLine, opts: ProgramOptions): Remedy[] {
  const main = r.main;
  if (!main?.escape || !isHeapVerdict(line)) return [];
  const tree = new Tree(r.fset, main.pkg, main.files);
  const why = main.escape.explainLine(line).slice(-1)[0];
  const out: Remedy[] = [];
  const outer: EscapeLine = { ...line, pos: r.fset.outermost(line.pos) };
  for (const [id, kind] of remedyKinds) {
    try {
      const d = kind({ tree, line: outer, why, minor: minor(opts.goVersion), smallFrames: opts.smallFrames ?? false });
      if (d && d.edits.length > 0 && !overlapping(d.edits)) out.push({ id, ...d });
    } catch (e) {
      if (!(e instanceof Unfit)) throw e;
    }
  }
  return out;
}
function overlapping(edits: readonly Edit[]): boolean {
  const s = sorted(edits);
  return s.some((e, i) => i > 0 && s[i - 1].file === e.file && s[i - 1].end > e.start);
}
function sorted(edits: readonly Edit[]): Edit[] { return [...edits].sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : a.start - b.start || a.end - b.end)); }

const encoder = new TextEncoder(), decoder = new TextDecoder();

/** The files with the edits made. Offsets are bytes; edits must not overlap. */
export function applyEdits(files: readonly SourceText[], edits: readonly Edit[]): SourceText[] {
  return files.map((f) => {
    const mine = sorted(edits.filter((e) => e.file === f.name));
    if (mine.length === 0) return f;
    const bytes = typeof f.text === 'string' ? encoder.encode(f.text) : f.text;
    let out = '', at = 0;
    for (const e of mine) {
      out += decoder.decode(bytes.subarray(at, e.start)) + e.newText;
      at = e.end;
    }
    return { name: f.name, text: out + decoder.decode(bytes.subarray(at)) };
  });
}
/** Where a byte offset is after the edits; inside a replaced range: at its start. */
export function mapOffset(edits: readonly Edit[], file: string, offset: number): number {
  let shift = 0;
  for (const e of sorted(edits.filter((x) => x.file === file))) {
    if (e.end > offset || (e.start === offset && e.end > e.start)) {
      if (e.start <= offset) return e.start + shift;
      break;
    }
    shift += encoder.encode(e.newText).length - (e.end - e.start);
  }
  return offset + shift;
}

function heapLines(r: ProgramResult, names: ReadonlySet<string>): EscapeLine[] {
  return r.main?.escape?.lines.filter((l) => isHeapVerdict(l) && names.has(r.fset.file(l.pos)?.name ?? '')) ?? [];
}
/** Line of a file an offset is in. */
function lineOf(fset: FileSet, name: string, offset: number): number { return fset.files.findLast((f) => f.name === name)?.position(Math.max(0, offset), true).line ?? 0; }

/** Tries a remedy; undefined: it does not compile, or does not help. */
export function verifyRemedy(p: RemedyProgram, r: ProgramResult, line: EscapeLine, remedy: Remedy): VerifiedRemedy | undefined {
  const names = new Set(p.files.map((f) => f.name));
  const files = applyEdits(p.files, remedy.edits);
  const q = buildProgram(files, p.provide, { ...p.opts, level: 1, until: 'analysed' });
  if (!q.main?.escape || q.diagnostics.some((d) => d.severity === 'error')) return undefined;
  const before = heapLines(r, names), after = heapLines(q, names);
  if (after.length >= before.length) return undefined;
  const at = r.fset.position(line.pos);
  const offset = mapOffset(remedy.edits, at.filename, at.offset);
  const same = (l: EscapeLine): boolean => {
    const o = q.fset.position(l.pos);
    return l.text === line.text && o.filename === at.filename && o.offset === offset;
  };
  const had = before.filter((l) => l.text === line.text && r.fset.position(l.pos).offset === at.offset).length;
  if (after.filter(same).length >= had) return undefined;
  const touched = new Set<string>([`${at.filename}:${lineOf(q.fset, at.filename, offset)}`]);
  for (const e of remedy.edits) {
    const from = mapOffset(remedy.edits, e.file, e.start);
    const first = lineOf(q.fset, e.file, from), last = lineOf(q.fset, e.file, from + encoder.encode(e.newText).length);
    for (let k = first; k <= last; k++) touched.add(`${e.file}:${k}`);
  }
  const said = q.main.escape.lines.filter((l) => {
    const o = q.fset.position(l.pos);
    return touched.has(`${o.filename}:${o.line}`) && (isHeapVerdict(l) || l.kind === 'does not escape' || l.kind === 'leaking param');
  }).map((l) => `${q.fset.format(l.pos)}: ${l.text}`);
  return { ...remedy, before: `${r.fset.format(line.pos)}: ${line.text}`, after: said, heap: [before.length, after.length] };
}

/** The remedies that help at a verdict, tried one by one (a few ms each), at most limit. */
export function verifiedRemedies(p: RemedyProgram, r: ProgramResult, line: EscapeLine, limit = 4): VerifiedRemedy[] {
  const out: VerifiedRemedy[] = [];
  const base = p.opts.base ?? new Base(p.opts.goVersion, () => 1 << 20);
  const program: RemedyProgram = { ...p, opts: { ...p.opts, base } };
  for (const remedy of remediesFor(r, line, p.opts)) {
    const v = verifyRemedy(program, r, line, remedy);
    if (v) out.push(v);
    if (out.length >= limit) break;
  }
  return out;
}
