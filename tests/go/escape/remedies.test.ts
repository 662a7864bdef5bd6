/**
 * Remedies: each fixture has a value on the heap; the named edit must be offered,
 * and the edited program's verdict must really be another one, here and (where go
 * is found) with the real compiler.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { GoVersion } from '../../../lib/base/version.ts';
import { Base, buildProgram, type ProgramOptions } from '../../../lib/go/program.ts';
import { applyEdits, mapOffset, remediesFor, verifiedRemedies, verifyRemedy, type RemedyId, type RemedyProgram } from '../../../lib/go/escape/remedies.ts';
import { stdFacts } from '../../../src/cli/facts.ts';
import { stdProvider } from '../../../src/cli/std.ts';

interface Fixture { readonly id: RemedyId; readonly text: string; readonly verdict: string; readonly go?: GoVersion; readonly noInline?: boolean }

const fixtures: Fixture[] = [
  { id: 'return-value', verdict: 'moved to heap: p', noInline: true, text: `
type point struct{ x, y int }
func newPoint(x, y int) *point {
	p := point{x, y}
	return &p
}
func main() {
	p := newPoint(1, 2)
	p.x++
	println(p.x, (*p).y)
}` },
  { id: 'return-value', verdict: '&point{...} escapes to heap', noInline: true, text: `
type point struct{ x, y int }
func parse(n int) (*point, bool) {
	if n < 0 {
		return nil, false
	}
	return &point{n, n}, true
}
func main() {
	p, ok := parse(3)
	println(p.x, ok)
}` },
  { id: 'keep-value', verdict: 'moved to heap: c', text: `
type config struct{ n int }
var current *config
func set(n int) {
	c := config{n}
	current = &c
}
func main() {
	set(2)
	println(current.n)
}` },
  { id: 'store-value', verdict: '&item{...} escapes to heap', text: `
type item struct{ k, v int }
func main() {
	var items []*item
	for i := 0; i < 3; i++ {
		items = append(items, &item{i, i * i})
	}
	s := 0
	for _, it := range items {
		s += it.v
	}
	println(s, items[0].k)
}` },
  { id: 'store-value', verdict: 'moved to heap: v', text: `
func main() {
	m := map[string]*int{}
	v := 3
	m["a"] = &v
	println(*m["a"])
}` },
  { id: 'store-value', verdict: '&job{...} escapes to heap', text: `
type job struct{ id int }
func main() {
	jobs := make(chan *job, 1)
	jobs <- &job{4}
	j := <-jobs
	println(j.id)
}` },
  { id: 'copy-capture', verdict: 'moved to heap: limit', text: `
var handlers []func(int) bool
func main() {
	limit := 10
	handlers = append(handlers, func(n int) bool { return n < limit })
	println(handlers[0](3))
	limit = 20
	println(limit)
}` },
  { id: 'copy-capture', verdict: 'moved to heap: total', text: `
func main() {
	total := 0
	done := make(chan bool)
	for i := 0; i < 3; i++ {
		total += i
		go func() {
			done <- total > 1
		}()
	}
	for i := 0; i < 3; i++ {
		<-done
	}
}` },
  { id: 'concrete-param', verdict: 't escapes to heap', noInline: true, text: `
import "fmt"
type celsius int
func (c celsius) String() string { return "warm" }
func length(v fmt.Stringer) int {
	return len(v.String())
}
func main() {
	for t := celsius(1000); t < 1003; t++ {
		println(length(t))
	}
}` },
  { id: 'concrete-param', verdict: '&square{...} escapes to heap', noInline: true, text: `
type shape interface{ area() int }
type square struct{ side int }
func (s *square) area() int { return s.side * s.side }
func twice(s shape) int { return 2 * s.area() }
func main() { println(twice(&square{3})) }` },
  { id: 'generic-param', verdict: 's escapes to heap', noInline: true, text: `
type shape interface{ area() int }
type square struct{ side int }
type oblong struct{ a, b int }
func (s square) area() int { return s.side * s.side }
func (o oblong) area() int { return o.a * o.b }
func twice(s shape) int { return 2 * s.area() }
func main() {
	s, o := square{3}, oblong{2, 3}
	s.side++
	o.a++
	println(twice(s), twice(o))
}` },
  { id: 'no-boxing', verdict: 'n escapes to heap', text: `
import "fmt"
func label(n int) string { return fmt.Sprintf("%d", n) }
func main() { println(label(12345)) }` },
  { id: 'no-boxing', verdict: 'n escapes to heap', text: `
import "fmt"
func main() {
	for n := 1000; n < 1003; n++ {
		fmt.Println("n is", n)
	}
}` },
  { id: 'smaller', verdict: 'make([]int, 10000) escapes to heap', text: `
func main() {
	b := make([]int, 10000)
	for i := range b {
		b[i] = i
	}
	println(len(b))
}` },
  { id: 'smaller', verdict: 'moved to heap: big', text: `
func main() {
	var big [200 << 10]byte
	big[3] = 1
	println(big[len(big)-1])
}` },
  { id: 'constant-size', verdict: 'make([]byte, n) escapes to heap', go: '1.21', text: `
func main() {
	n := 64
	b := make([]byte, n)
	println(len(b))
}` },
  { id: 'caller-buffer', verdict: 'make([]byte, 64) escapes to heap', noInline: true, text: `
func read(n byte) []byte {
	buf := make([]byte, 64)
	for i := range buf {
		buf[i] = n
	}
	return buf
}
func main() {
	b := read(3)
	println(len(b))
}` },
  { id: 'package-error', verdict: '&errors.errorString{...} escapes to heap', text: `
import "errors"
func half(n int) (int, error) {
	if n%2 != 0 {
		return 0, errors.New("odd")
	}
	return n / 2, nil
}
func main() {
	n, err := half(3)
	println(n, err == nil)
}` },
  { id: 'defer-per-round', verdict: 'func literal escapes to heap', text: `
func main() {
	for i := 0; i < 3; i++ {
		println("open", i)
		defer func() {
			println("close", i)
		}()
	}
}` },
  { id: 'outside-loop', verdict: 'moved to heap: x', text: `
func main() {
	var last *int
	for i := 0; i < 3; i++ {
		x := i * i
		last = &x
	}
	println(*last)
}` },
];

const facts = stdFacts(), own = stdProvider();
const bases = new Map<GoVersion, Base>();
function build(text: string, f: Fixture): { program: RemedyProgram; r: ReturnType<typeof buildProgram> } {
  const goVersion = f.go ?? '1.26';
  let base = bases.get(goVersion);
  if (!base) bases.set(goVersion, (base = new Base(goVersion, () => 1 << 20)));
  const opts: ProgramOptions = { goVersion, base, noInline: f.noInline, facts: facts.store };
  const program = { files: [{ name: './a.go', text }], provide: (p: string) => facts.source(p, own), opts };
  return { program, r: buildProgram(program.files, program.provide, opts) };
}
const hasGo = spawnSync('go', ['version']).status === 0 && /go1\.26/.test(execFileSync('go', ['version']).toString());
const tmp = hasGo ? mkdtempSync(join(tmpdir(), 'gomem-remedies-')) : '';
afterAll(() => { if (tmp) rmSync(tmp, { recursive: true, force: true }); });
/** Programs for real Go, each with the heap verdicts we gave. */
const forGo: { text: string; noInline: boolean; heap: string[] }[] = [];
/** Heap verdicts of real Go on all of them, by number: two builds of one module. */
function realHeap(): string[][] {
  const out = forGo.map((): string[] => []);
  writeFileSync(join(tmp, 'go.mod'), 'module x\n\ngo 1.26\n');
  for (const noInline of [false, true]) {
    const mine = forGo.flatMap((p, i) => (p.noInline === noInline ? [i] : []));
    for (const i of mine) {
      mkdirSync(join(tmp, `p${i}`));
      writeFileSync(join(tmp, `p${i}/a.go`), forGo[i].text);
    }
    const r = spawnSync('go', ['build', `-gcflags=-m${noInline ? ' -l' : ''}`, ...mine.map((i) => `./p${i}`)], { cwd: tmp, encoding: 'utf8', maxBuffer: 1 << 28 });
    expect(r.status, r.stderr).toBe(0);
    for (const l of r.stderr.split('\n')) {
      const m = /^p(\d+)\/a\.go:\S+ (.*)$/.exec(l);
      if (m && (m[2].endsWith(' escapes to heap') || m[2].startsWith('moved to heap: '))) out[Number(m[1])].push(m[2]);
    }
  }
  return out;
}

describe('a remedy changes the verdict', () => {
  fixtures.forEach((f, i) => {
    it(`${i + 1}. ${f.id}: ${f.verdict}`, () => {
      const text = `package main\n${f.text}\n`;
      const { program, r } = build(text, f);
      expect(r.diagnostics).toEqual([]);
      const line = r.main!.escape!.lines.find((l) => l.text === f.verdict);
      expect(line, r.main!.escape!.lines.map((l) => l.text).join('\n')).toBeDefined();
      const all = verifiedRemedies(program, r, line!, 10);
      const v = all.find((x) => x.id === f.id);
      expect(v, `offered: ${all.map((x) => x.id).join(' ')}; drafts: ${remediesFor(r, line!, program.opts).map((d) => `${d.id} ${applyEdits(program.files, d.edits)[0].text as string}`).join('\n')}`).toBeDefined();
      expect(v!.heap[1]).toBeLessThan(v!.heap[0]);
      const edited = applyEdits(program.files, v!.edits)[0].text as string;
      const again = build(edited, f).r;
      const heap = (p: typeof r): string[] => p.main!.escape!.lines.filter((l) => l.kind === 'escapes' || l.kind === 'moved').map((l) => l.text);
      expect(heap(again).length).toBe(v!.heap[1]);
      if (!f.go) forGo.push({ text, noInline: f.noInline ?? false, heap: heap(r) }, { text: edited, noInline: f.noInline ?? false, heap: heap(again) });
    });
  });
  it.skipIf(!hasGo)('and real Go says the same before and after', () => { expect(realHeap()).toEqual(forGo.map((p) => p.heap)); }, 120_000);
});

describe('a remedy is refused', () => {
  it('where the closure changes the variable', () => {
    const { program, r } = build('package main\nfunc f() func() int {\n\tn := 0\n\treturn func() int { n++; return n }\n}\nfunc main() { println(f()()) }\n', fixtures[0]);
    const line = r.main!.escape!.lines.find((l) => l.text === 'moved to heap: n')!;
    expect(verifiedRemedies(program, r, line)).toEqual([]);
  });
  it('where nil means something', () => {
    const { program, r } = build('package main\ntype t struct{ n int }\nfunc f(n int) *t {\n\tif n == 0 {\n\t\treturn nil\n\t}\n\treturn &t{n}\n}\nfunc main() { println(f(1) == nil) }\n', fixtures[0]);
    const line = r.main!.escape!.lines.find((l) => l.text === '&t{...} escapes to heap')!;
    expect(verifiedRemedies(program, r, line)).toEqual([]);
  });
  it('where the edit does not compile, or changes nothing', () => {
    const { program, r } = build('package main\nfunc f() *int {\n\tx := 1\n\treturn &x\n}\nfunc main() { println(*f()) }\n', { ...fixtures[0], noInline: true });
    const line = r.main!.escape!.lines.find((l) => l.text === 'moved to heap: x')!;
    const at = (s: string): number => (program.files[0].text as string).indexOf(s);
    const edit = (s: string, newText: string): { file: string; start: number; end: number; newText: string } => ({ file: './a.go', start: at(s), end: at(s) + s.length, newText });
    const title = { en: '', 'zh-CN': '' };
    expect(verifyRemedy(program, r, line, { id: 'smaller', title, edits: [edit('return &x', 'return y')] })).toBeUndefined();
    expect(verifyRemedy(program, r, line, { id: 'smaller', title, edits: [edit('x := 1', 'x := 2')] })).toBeUndefined();
    expect(verifyRemedy(program, r, line, { id: 'smaller', title, edits: [edit('*int', 'int'), edit('&x', 'x'), edit('*f', 'f')] })).toBeDefined();
  });
});

describe('edits', () => {
  const e = [{ file: 'a', start: 2, end: 4, newText: 'xyz' }, { file: 'a', start: 6, end: 6, newText: '++' }];
  it('move what follows', () => {
    expect(applyEdits([{ name: 'a', text: '01234567' }, { name: 'b', text: 'b' }], e).map((f) => f.text)).toEqual(['01xyz45++67', 'b']);
    expect([0, 2, 3, 4, 5, 6, 7].map((o) => mapOffset(e, 'a', o))).toEqual([0, 2, 2, 5, 6, 9, 10]);
  });
});
