/** The checker answers any text the parser hands it: it never throws and never hangs. Mutants of programs, seeded; GOMEM_FUZZ=n sets how many. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { Random } from '../../../lib/base/random.ts';
import { FileSet } from '../../../lib/base/pos.ts';
import { parseFile } from '../../../lib/go/syntax/parser.ts';
import { checkPackage } from '../../../lib/go/types/check.ts';

const programs = readFileSync(new URL('../../fixtures/go/types/programs/programs.txt', import.meta.url), 'utf8').split(/^-- \S+ --\n/m).slice(1);
const tokens = programs.map((p) => p.match(/"(?:\\.|[^"\\\n])*"|`[^`]*`|\w+|\s+|[^\s\w]/g) ?? []);
const extra = ['[T any]', '...', 'interface{ ~int; M() }', 'T', '*T', '[]T', 'func() T', 'map[T]T', 'chan<- T', 'T[T]', 'iota', 'nil', '_', '1<<200', '.(type)', '= range ', 'x', '0i', 'unsafe', 'len', 'append', 'struct{ T }', 'type T = T\n', 'type T [len(x)]T\n', 'const c = c\n', 'var x = f(x)\n', 'func f() { f() }\n', 'goto L', 'L:\n', '%', '<-', '&^=', ':='];

/** A few edits of a program's tokens: drop, repeat, swap, take from another, or a word that often makes trouble. */
function mutant(r: Random): string {
  const t = [...tokens[r.below(tokens.length)]];
  for (let n = 1 + r.below(6); n > 0 && t.length > 2; n--) {
    const i = r.below(t.length), other = tokens[r.below(tokens.length)];
    switch (r.below(6)) {
      case 0: t.splice(i, 1 + r.below(3)); break;
      case 1: t.splice(i, 0, t[r.below(t.length)]); break;
      case 2: t[i] = t[r.below(t.length)]; break;
      case 3: { const j = r.below(other.length); t.splice(i, r.below(3), ...other.slice(j, j + 1 + r.below(20))); break; }
      case 4: t.splice(i, r.below(2), extra[r.below(extra.length)]); break;
      default: { const names = t.filter((w) => /^\w+$/.test(w)); if (names.length > 0) { const from = names[r.below(names.length)], to = names[r.below(names.length)]; for (let k = 0; k < t.length; k++) if (t[k] === from) t[k] = to; } }
    }
  }
  return t.join('');
}

test('mutants are checked without exception or hang', () => {
  const r = new Random(20), count = Number(process.env['GOMEM_FUZZ'] ?? 1500);
  const bad: string[] = [];
  let checked = 0;
  for (let i = 0; i < count; i++) {
    const src = mutant(r), fset = new FileSet(), start = performance.now();
    try {
      const { file } = parseFile(fset, fset.add('p.go', src));
      if (!file) continue;
      checked++;
      for (const d of checkPackage(fset, 'p', [file], { goVersion: 'go1.26' }).diagnostics) {
        if (fset.position(d.range.start).line === 0 || /\[object|NaN/.test(d.text)) bad.push(`mutant ${i}: ${d.text}`);
      }
    } catch (e) { bad.push(`mutant ${i}: ${(e as Error).stack?.split('\n').slice(0, 4).join(' ')}\n${process.env['GOMEM_FUZZ'] ? src : ''}`); }
    if (performance.now() - start > 5000) bad.push(`mutant ${i}: ${performance.now() - start} ms`);
  }
  expect(bad).toEqual([]);
  expect(checked).toBeGreaterThan(count / 3);
}, 600_000);
