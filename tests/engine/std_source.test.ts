/** The text of lib/std as the app carries it: comments are spaces, everything else stands where it stood. */
import { expect, test } from 'vitest';
import { FileSet } from '../../lib/base/pos.ts';
import { parseFile } from '../../lib/go/syntax/parser.ts';
import { source } from '../../scripts/archive.ts';

const { full, bare } = source();

test('every file keeps its length, its lines and its syntax; only directives stay of its comments', () => {
  let files = 0;
  for (const [path, list] of Object.entries(full)) list.forEach(([name, text], i) => {
    files++;
    const cut = bare[path][i][1], at = `${path}/${name}`;
    expect(Buffer.byteLength(cut), at).toBe(Buffer.byteLength(text));
    expect(cut.split('\n').map((l) => Buffer.byteLength(l)), at).toEqual(text.split('\n').map((l) => Buffer.byteLength(l)));
    const shape = (s: string): { tree: string; comments: string[] } => {
      const fset = new FileSet(), bytes = new TextEncoder().encode(s), file = fset.add(name, bytes), r = parseFile(fset, file, { comments: true, std: true });
      const skip = new Set(['comments', 'pragma', 'target', 'source']);
      return { tree: JSON.stringify(r.file, (k, v: unknown) => (skip.has(k) ? undefined : typeof v === 'bigint' ? String(v) : v)), comments: r.comments.map((c) => new TextDecoder().decode(bytes.subarray(c.pos - file.base, c.end - file.base))) };
    };
    const a = shape(text), b = shape(cut);
    expect(b.tree === a.tree, at).toBe(true);
    expect(b.comments, at).toEqual(a.comments.filter((c) => c.startsWith('//go:')));
  });
  expect(files).toBe(Object.values(full).flat().length);
});
