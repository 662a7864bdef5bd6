import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { listing } from '../../lib/compile/listing.ts';
import { build } from '../../lib/engine/report.ts';
import { std } from '../std.ts';

const text = `package main

type T struct{ a [4]int; p *T }

//go:noinline
func f(n int) *T {
	t := &T{}
	for i := 0; i < n; i++ {
		t.a[i&3] += i
	}
	return t
}

func main() { println(f(3).a[1]) }
`;
const b = build([{ name: 'main.go', text }], std, { goVersion: '1.26' });

test('a function is listed with its calls by name and its places', () => {
  const lines = listing(b.program!.code.get('main.f')!);
  expect(lines[0].text).toBe('func main.f (i64) → i64');
  const at = (t: string): string[] => lines.filter((l) => l.text === t).map((l) => b.fset.format(l.pos));
  expect(at('call runtime.newobject')).toEqual(['main.go:7:7']);
  expect(at('i32.const type:main.T')).toEqual(['main.go:7:7']);
  const loop = lines.findIndex((l) => l.text === 'loop');
  expect(loop).toBeGreaterThan(0);
  expect(lines.slice(loop).some((l) => l.text === 'i64.lt_s' && l.indent > lines[loop].indent)).toBe(true);
  const main = listing(b.program!.code.get('main.main')!).map((l) => l.text);
  expect(main).toContain('call main.f');
  expect(main).toContain('call runtime.printint');
});

test.each(['', 'conversions', 'control', 'concurrency', 'generics'])('every function of a program can be decoded to its end: %s', (name) => {
  const p = name === '' ? b : build([{ name: 'main.go', text: readFileSync(new URL(`../fixtures/run/${name}.go`, import.meta.url)) }], std, { goVersion: '1.26' });
  for (const f of p.program!.code.values()) {
    const lines = listing(f);
    expect(lines.some((l) => l.text.startsWith('0x')), f.sym).toBe(false);
    expect(lines.every((l) => l.indent >= 0), f.sym).toBe(true);
    // Blocks are closed where the code ends.
    const open = lines.filter((l) => /^(block|loop|if)\b/.test(l.text)).length, closed = lines.filter((l) => l.text === 'end').length;
    expect(closed, f.sym).toBe(open);
  }
});

test('code is the same whatever was built before', () => {
  const again = build([{ name: 'main.go', text }], std, { goVersion: '1.26' });
  expect(again.program!.bytes).toEqual(b.program!.bytes);
});
