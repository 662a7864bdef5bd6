/**
 * Our trees against gc's, node for node: the programs of tests/fixtures/ir and
 * what `go build -gcflags=-W=2` printed of them (recorded by record.ts). Each
 * function is compared as a whole: ops, order, types, names, positions, implicit
 * conversions, closures and what they capture.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Func } from '../../../lib/go/ir/nodes.ts';
import { dumpFunc } from '../../../lib/go/ir/print.ts';
import { lower } from './frontend.ts';
import { ourDump } from './gcdump.ts';

const dir = new URL('../../fixtures/ir/', import.meta.url);

/** Functions whose trees differ on purpose: calls through gc's dictionary, and its tail calls. */
const differs = /^(\.   )*(TAILCALL)|NAME-\.dict/;

function recorded(name: string): Map<string, string[]> {
  const out = new Map<string, string[]>();
  let cur: string[] = [];
  for (const l of readFileSync(new URL(`${name}.dump`, dir), 'utf8').split('\n').slice(1)) {
    if (l.startsWith('.')) cur.push(l); else if (l !== '') out.set(l, cur = []);
  }
  return out;
}

for (const file of readdirSync(dir).filter((f) => f.endsWith('.go'))) {
  const name = file.slice(0, -3);
  describe(name, () => {
    const l = lower(readFileSync(new URL(file, dir), 'utf8'));
    const want = recorded(name);
    test('checks and lowers without complaint', () => { expect(l.errors).toEqual([]); });
    for (const fn of l.funcs) {
      const w = want.get(fn.sym);
      if (!w || fn.shapeRep || w.some((s) => differs.test(s))) continue;
      test(fn.sym, () => { expect(ourDump(dumpFunc(l.fset, fn, { pkgPath: 'p' }))).toEqual(w); });
    }
    test('no declared function is missing', () => {
      const have = new Set<string>();
      const note = (f: Func): void => {
        have.add(f.sym);
        f.closures.forEach(note);
      };
      l.funcs.forEach(note);
      // Made by gc for link time or reflection: equality of types, method values, interface and shaped wrappers.
      const missing = [...want.keys()].filter((k) => !have.has(k) && !/^type\.|-fm$|^(I|Stringer|Str)\.|^\(\*\w+\[go\.shape/.test(k));
      expect(missing).toEqual([]);
    });
  });
}
