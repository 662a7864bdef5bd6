/** Import groups in order: within a run of lines without a blank one, specs are sorted by path, then name. */
import type { File, ImportDecl } from '../syntax/ast.ts';

/** The text with its imports sorted, null if they are. Runs of specs that do not have a line each are left alone. */
export function sortedImports(bytes: Uint8Array, file: File, base: number): Uint8Array | null {
  const lineStart = (offset: number): number => bytes.lastIndexOf(10, offset - 1) + 1;
  const lineEnd = (offset: number): number => {
    const i = bytes.indexOf(10, offset);
    return i < 0 ? bytes.length : i + 1;
  };
  const decoder = new TextDecoder();
  const pieces: { from: number; to: number; parts: Uint8Array[] }[] = [];
  const imports = file.declList.filter((d): d is ImportDecl => d.kind === 'ImportDecl' && d.group !== null && d.path !== null);
  for (let i = 0; i < imports.length;) {
    const run: { spec: ImportDecl; from: number; to: number }[] = [];
    const group = imports[i].group;
    let plain = true;
    for (; i < imports.length && imports[i].group === group; i++) {
      const spec = imports[i], at = (spec.localPkgName ?? spec.path!).pos - base, to = lineEnd(spec.path!.end - base);
      const prev = run[run.length - 1] as typeof run[number] | undefined;
      let from = lineStart(at);
      if (prev !== undefined) {
        if (from < prev.to) plain = false;
        const between = decoder.decode(bytes.subarray(prev.to, from));
        if (/^[ \t\r]*$/m.test(between) && between !== '') break;
        from = prev.to;
      }
      if (/\/\*|;/.test(decoder.decode(bytes.subarray(from, to)))) plain = false;
      run.push({ spec, from, to });
    }
    const first = run[0], last = run[run.length - 1];
    if (!plain || run.length < 2 || decoder.decode(bytes.subarray(last.spec.path!.end - base, last.to)).includes(')')) continue;
    if (bytes.subarray(first.from, first.spec.path!.pos - base).includes(40)) continue;
    const key = (s: ImportDecl): string => `${s.path!.value.slice(1, -1)}\0${s.localPkgName?.value ?? ''}`;
    const order = [...run].sort((a, b) => (key(a.spec) < key(b.spec) ? -1 : key(a.spec) > key(b.spec) ? 1 : 0));
    const kept = order.filter((r, j) => j === 0 || key(r.spec) !== key(order[j - 1].spec) || r.to - r.from !== order[j - 1].to - order[j - 1].from);
    if (kept.length === run.length && kept.every((r, j) => r === run[j])) continue;
    pieces.push({ from: first.from, to: last.to, parts: kept.map((r) => bytes.subarray(r.from, r.to)) });
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
