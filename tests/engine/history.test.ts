/** A program is the same program whatever was built before it: code, data, sites, events. Verdicts count: they are built with the facts of the real packages, on the same base. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { compileProgram, newBase } from '../../lib/engine/build.ts';
import { baseFor, build, runToEnd } from '../../lib/engine/report.ts';
import { defaultKnobs } from '../../lib/engine/run.ts';
import { buildProgram, type Base } from '../../lib/go/program.ts';
import { stdFacts } from '../../src/cli/facts.ts';
import type { Program } from '../../lib/compile/link.ts';

const std = join(import.meta.dirname, '../../lib/std');
const provide = (p: string): { name: string; text: string }[] | undefined => {
  const d = join(std, p);
  const fs = existsSync(d) ? readdirSync(d).filter((f) => f.endsWith('.go')).sort() : [];
  return fs.length > 0 ? fs.map((f) => ({ name: `$GOROOT/src/${p}/${f}`, text: readFileSync(join(d, f), 'utf8') })) : undefined;
};
const programs = {
  print: 'package main\n\nimport "fmt"\n\nfunc main() { fmt.Printf("%v %6.2f %q\\n", []any{1, "a", 2.5}, 3.14159, "x") }\n',
  text: 'package main\n\nimport (\n\t"fmt"\n\t"strings"\n)\n\nfunc main() { fmt.Println(strings.Split("a,b,c", ","), strings.Repeat("x", 3)) }\n',
  sorts: 'package main\n\nimport (\n\t"errors"\n\t"fmt"\n\t"slices"\n\t"sort"\n\t"strconv"\n)\n\ntype byLen []string\n\nfunc (b byLen) Len() int           { return len(b) }\nfunc (b byLen) Less(i, j int) bool { return len(b[i]) < len(b[j]) }\nfunc (b byLen) Swap(i, j int)      { b[i], b[j] = b[j], b[i] }\n\nfunc main() {\n\ts := []string{"ccc", "a", "bb"}\n\tsort.Sort(byLen(s))\n\tn := []int{3, 1, 2}\n\tslices.Sort(n)\n\t_, err := strconv.Atoi("x")\n\tfmt.Println(s, n, err, errors.Unwrap(err))\n}\n',
};
const compile = (base: Base, text: string): Program => {
  const r = buildProgram([{ name: 'p.go', text }], provide, { goVersion: '1.26', base });
  expect(r.diagnostics).toEqual([]);
  return compileProgram(r, '1.26');
};
const same = (a: Program, b: Program): void => {
  expect(a.funcs.map((f) => f.sym)).toEqual(b.funcs.map((f) => f.sym));
  expect([...a.symbols]).toEqual([...b.symbols]);
  expect(Buffer.from(a.image).equals(Buffer.from(b.image))).toBe(true);
  expect(Buffer.from(a.bytes).equals(Buffer.from(b.bytes))).toBe(true);
};

it('does not depend on what was built before', () => {
  const one = newBase('1.26');
  const grown = Object.fromEntries(Object.entries(programs).map(([k, text]) => [k, compile(one, text)]));
  for (const [k, text] of Object.entries(programs).reverse()) {
    same(compile(newBase('1.26'), text), grown[k]!);
    same(compile(one, text), grown[k]!);
  }
}, 60_000);

it('runs to the same digest and figures when verdicts are asked for in between', () => {
  const { store } = stdFacts(), texts = Object.values(programs);
  const run = (text: string): unknown[] => {
    const b = build([{ name: './main.go', text }], provide, { goVersion: '1.26' }), r = runToEnd(b, defaultKnobs, {}, 'full');
    return [r.exit, r.digest, r.ns, r.memstats.mallocs, r.memstats.totalAlloc, r.siteTotals, b.program!.image.length];
  };
  /** As the page asks: with facts or without, with and without inlining, with reasons, and of programs that are wrong. */
  const ask = (text: string): void => {
    for (const noInline of [false, true]) for (const facts of [store, undefined]) for (const level of [1, 2] as const) {
      buildProgram([{ name: './main.go', text }], provide, { goVersion: '1.26', base: baseFor('1.26'), facts, level, noInline });
    }
    buildProgram([{ name: './main.go', text: text.replace('func main()', 'func main(x)') }], provide, { goVersion: '1.26', base: baseFor('1.26'), facts: store });
    build([{ name: './main.go', text: text.replace('func main()', 'func mine()') }], provide, { goVersion: '1.26' });
  };
  const before = texts.map(run);
  for (const t of texts) ask(t);
  expect(texts.map(run)).toEqual(before);
  for (const t of texts.toReversed()) { ask(t); run(t); }
  expect(texts.map(run)).toEqual(before);
}, 60_000);
