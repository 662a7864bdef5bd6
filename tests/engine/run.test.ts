/** Whole programs: what they print and how they end, as recorded from real Go (go1.26.8 linux/amd64: `go run NAME.go > NAME.out 2>&1`). */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { build } from '../../lib/engine/report.ts';
import { Run, defaultKnobs, type RunResult } from '../../lib/engine/run.ts';
import { allEntries } from '../../lib/engine/entries.ts';

const root = join(import.meta.dirname, '../..'), fixtures = join(root, 'tests/fixtures/run');
const provide = (p: string): { name: string; text: string }[] | undefined => {
  const d = join(root, 'lib/std', p);
  const fs = existsSync(d) ? readdirSync(d).filter((f) => f.endsWith('.go')) : [];
  return fs.length > 0 ? fs.map((f) => ({ name: `$GOROOT/src/${p}/${f}`, text: readFileSync(join(d, f), 'utf8') })) : undefined;
};

function run(text: string, knobs = defaultKnobs): RunResult & { text: string } {
  const b = build([{ name: 'prog.go', text }], provide, { goVersion: '1.26' });
  if (!b.program) throw new Error(b.diagnostics.map((d) => d.text).join('\n'));
  const parts: Uint8Array[] = [];
  const r = new Run(b.program, knobs, { fset: b.fset, stdout: (x) => parts.push(x.slice()), stderr: (x) => parts.push(x.slice()) }, allEntries);
  for (const _ of r.steps()) void _;
  return { ...r.result(), text: parts.map((x) => new TextDecoder().decode(x)).join('') };
}
const body = (s: string): string => `package main\nfunc main() {\n${s}\n}\n`;

describe('recorded programs', () => {
  for (const f of readdirSync(fixtures).filter((x) => x.endsWith('.go'))) {
    it(f, () => {
      const r = run(readFileSync(join(fixtures, f), 'utf8'));
      expect(r.text).toBe(readFileSync(join(fixtures, f.replace('.go', '.out')), 'utf8'));
      expect(r.exit).toBe(0);
    }, 30_000);
  }
});

describe('a run', () => {
  it('collects at every growth and still prints the same', () => {
    const text = readFileSync(join(fixtures, 'collect.go'), 'utf8');
    const a = run(text), b = run(text, { ...defaultKnobs, gogc: 1 });
    expect(b.text).toBe(a.text);
    expect(b.memstats.numGC).toBeGreaterThan(a.memstats.numGC);
  }, 30_000);
  it('keeps memory bounded while two million objects come and go', () => {
    const r = run(`package main
type node struct { next *node; v [6]int }
func main() {
	var last *node
	for i := 0; i < 2_000_000; i++ {
		x := &node{v: [6]int{i}}
		if i%1000 == 0 { last = x }
	}
	println(last.v[0])
}
`);
    expect([r.text, r.exit]).toEqual(['1999000\n', 0]);
    expect(r.memstats.mallocs).toBeGreaterThan(2_000_000);
    expect(r.memstats.numGC).toBeGreaterThan(10);
    expect(r.memstats.sys).toBeLessThan(64 << 20);
  }, 30_000);
  it('is the same every time', () => {
    const text = readFileSync(join(fixtures, 'collect.go'), 'utf8');
    const a = run(text), b = run(text);
    expect([b.digest, b.ns, b.memstats.mallocs]).toEqual([a.digest, a.ns, a.memstats.mallocs]);
  }, 30_000);
  it('ends with 2 after a panic', () => {
    const r = run(body('var a []int; i := 5; println(a[i])'));
    expect(r.exit).toBe(2);
    expect(r.text).toMatch(/^panic: runtime error: index out of range \[5\] with length 0\n\ngoroutine 1 \[running\]:\nmain\.main\(/);
  });
  it('reports a deadlock', () => {
    const r = run(body('c := make(chan int); c <- 1'));
    expect(r.exit).toBe(2);
    expect(r.text).toMatch(/^fatal error: all goroutines are asleep - deadlock!\n\ngoroutine 1 \[chan send\]:\n/);
  });
  it('yields in an endless loop, so that it can be stopped', () => {
    const b = build([{ name: 'prog.go', text: body('for { }') }], provide, { goVersion: '1.26' });
    const r = new Run(b.program!, defaultKnobs, {}, allEntries);
    const steps = r.steps();
    for (let i = 0; i < 3; i++) expect(steps.next().done).toBe(false);
    r.stopRequested = true;
    expect(steps.next().done).toBe(true);
  });
});
