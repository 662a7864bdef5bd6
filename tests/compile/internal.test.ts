import { afterEach, expect, test } from 'vitest';
import { FuncEmitter } from '../../lib/compile/emit.ts';
import { build } from '../../lib/engine/report.ts';
import { std } from '../std.ts';

const loop = FuncEmitter.prototype.loop;
afterEach(() => { FuncEmitter.prototype.loop = loop; });

const text = 'package main\n\nfunc main() {\n\tn := 0\n\tfor i := range 3 {\n\t\tn += i\n\t}\n\tprintln(n)\n}\n';

test('a fault of the code generator is a diagnostic where it happened, and the next build works', () => {
  FuncEmitter.prototype.loop = function (this: FuncEmitter) { if (this.fn.link === 'main.main') throw new Error('boom'); return loop.call(this); };
  const bad = build([{ name: 'main.go', text }], std, { goVersion: '1.26' });
  expect(bad.program).toBeUndefined();
  expect(bad.diagnostics.map((d) => `${bad.fset.format(d.range.start)}: ${d.text}`)).toEqual(['main.go:5:11: internal error: boom; please report this program']);
  FuncEmitter.prototype.loop = loop;
  expect(build([{ name: 'main.go', text }], std, { goVersion: '1.26' }).program).toBeDefined();
});
