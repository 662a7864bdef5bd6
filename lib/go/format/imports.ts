/** Import groups in order: within a run of lines without a blank one, specs are sorted by path, then name. */
import type { File, ImportDecl } from '../syntax/ast.ts';
import type { Source } from './source.ts';

const key = (s: ImportDecl): string => `${s.path!.value.slice(1, -1)}\0${s.localPkgName?.value ?? ''}`;
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
interface Replacement { from: number; to: number; parts: Uint8Array[]; }

/** Sorts specs of which some share a line: each takes the place of another. null: they are in order, or comments stand between. */
function inSlots(bytes: Uint8Array, specs: readonly ImportDecl[], base: number): Replacement | null {
  const places = specs.map((s) => ({ from: (s.localPkgName ?? s.path!).pos - base, to: s.path!.end - base }));
  const order = specs.map((_, i) => i).sort((a, b) => compare(key(specs[a]), key(specs[b])));
  if (order.every((n, i) => n === i)) return null;
  const parts: Uint8Array[] = [];
  for (let i = 0; i < places.length; i++) {
    if (i > 0) {
      const between = bytes.subarray(places[i - 1].to, places[i].from);
      if (between.includes(47)) return null;
      parts.push(between);
    }
    parts.push(bytes.subarray(places[order[i]].from, places[order[i]].to));
  }
  return { from: places[0].from, to: places[places.length - 1].to, parts };
}

/** The text with its imports sorted, null if they are. Runs of specs that do not have a line each are left alone. */
export function sortedImports(bytes: Uint8Array, file: File, base: number): Uint8Array | null {
  const lineStart = (offset: number): number => bytes.lastIndexOf(10, offset - 1) + 1;
  const lineEnd = (offset: number): number => {
    const i = bytes.indexOf(10, offset);
    return i < 0 ? bytes.length : i + 1;
  };
  const decoder = new TextDecoder(), lines = (from: number, to: number): number => {
    let n = 0;
    for (let k = from; k < to; k++) if (bytes[k] === 10) n++;
    return n;
  };
  const pieces: Replacement[] = [];
  const imports = file.declList.filter((d): d is ImportDecl => d.kind === 'ImportDecl' && d.group !== null && d.path !== null);
  for (let i = 0; i < imports.length;) {
    const run: { spec: ImportDecl; from: number; to: number; comment: string }[] = [];
    const group = imports[i].group;
    // Whether each has a line of its own.
    let plain = true;
    for (; i < imports.length && imports[i].group === group; i++) {
      const spec = imports[i], at = (spec.localPkgName ?? spec.path!).pos - base, end = spec.path!.end - base, from = lineStart(at), to = lineEnd(end);
      if (run.length > 0) {
        const prev = run[run.length - 1];
        if (lines(prev.spec.path!.end - base, at) > 1) break;
        if (from < prev.to) plain = false;
      }
      const comment = decoder.decode(bytes.subarray(end, to)).trim();
      if (/[();]|\/\*/.test(decoder.decode(bytes.subarray(from, to)).replace(/\/\/.*/s, ''))) plain = false;
      run.push({ spec, from, to, comment });
    }
    if (run.length < 2) continue;
    if (!plain) {
      const slots = inSlots(bytes, run.map((r) => r.spec), base);
      if (slots !== null) pieces.push(slots);
      continue;
    }
    const order = [...run].sort((a, b) => compare(key(a.spec), key(b.spec)) || compare(a.comment, b.comment));
    // Of equal imports one is enough; those with comments stay.
    const kept = order.filter((r, j) => j === order.length - 1 || r.comment !== '' || key(r.spec) !== key(order[j + 1].spec));
    if (kept.length === run.length && kept.every((r, j) => r === run[j])) continue;
    pieces.push({ from: run[0].from, to: run[run.length - 1].to, parts: kept.map((r) => bytes.subarray(r.from, r.to)) });
  }
  if (pieces.length === 0) return null;
  const out: number[] = [];
  let at = 0;
  for (const p of pieces) {
    for (; at < p.from; at++) out.push(bytes[at]);
    for (const b of p.parts) for (const c of b) out.push(c);
    at = p.to;
  }
  for (; at < bytes.length; at++) out.push(bytes[at]);
  return Uint8Array.from(out);
}

/** Makes the lines between the last import of each group and its closing parenthesis one: comments there follow the import without blank lines. */
export function joinImportEnds(src: Source, file: File, base: number): void {
  for (let i = file.declList.length - 1; i >= 0; i--) {
    const d = file.declList[i], next = file.declList[i + 1] as File['declList'][number] | undefined;
    if (d.kind !== 'ImportDecl' || d.group === null || (next !== undefined && next.kind !== 'FuncDecl' && next.group === d.group)) continue;
    src.join((d.localPkgName ?? d.path ?? d).pos - base, d.group.rparen - base);
  }
}
