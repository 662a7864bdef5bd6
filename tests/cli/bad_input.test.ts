/** Whatever a file holds, the command says what is wrong, where, with exit code 1 (fmt: 2, as gofmt), and never falls over or hangs. */
import { describe, expect, test } from 'vitest';
import { Random } from '../../lib/base/random.ts';
import { gomem } from './memory.ts';

const commands = ['check', 'run', 'escape', 'fmt'] as const;
/** Where something is wrong; or that there is no program at all. */
const located = /^(# \S+\n)?(\.\/)?\w+\.go:\d+(:\d+)?: |^package command-line-arguments is not a main package\n$|^# command-line-arguments\nruntime\.main_main·f: /m;
const deep = (open: string, middle: string, close: string, n: number): string => `package main\n\nvar x ${open.repeat(n)}${middle}${close.repeat(n)}\n\nfunc main() {}\n`;

/** Runs the commands on a file; complaints must be located and faults absent. */
async function all(text: string | Uint8Array, about: string): Promise<string[]> {
  const out: string[] = [];
  for (const c of commands) {
    const r = await gomem([c, 'a.go'], { 'a.go': text }), said = c === 'escape' ? r.out : r.err;
    expect(`${r.out}${r.err}`, `${c} ${about}`).not.toMatch(/internal error|undefined is not|is not a function|Maximum call stack/);
    if (r.code !== 0) {
      expect(r.code, `${c} ${about}`).toBe(c === 'fmt' ? 2 : 1);
      expect(said, `${c} ${about}`).toMatch(located);
      expect(said.split('\n').length, `${c} ${about}`).toBeLessThan(60);
    }
    out.push(r.code === 0 ? '' : said);
  }
  return out;
}

describe('a file', () => {
  test.each([
    ['empty', '', "a.go:1:1: expected 'package', found 'EOF'\n"],
    ['only a comment', '// nothing\n', "a.go:2:1: expected 'package', found 'EOF'\n"],
    ['without a package clause', 'func main() {}\n', "a.go:1:1: expected 'package', found 'func'\n"],
    ['a byte order mark inside', 'package main\n\nfunc main() { \ufeff println() }\n', '# command-line-arguments\n./a.go:3:15: invalid BOM in the middle of the file\n'],
    ['a NUL byte', 'package main\n\nfunc main() { println("a\0b") }\n', '# command-line-arguments\n./a.go:3:25: invalid NUL character\n'],
    ['bytes that are no UTF-8', new Uint8Array([...new TextEncoder().encode('package main\n\nvar s = "'), 0xff, 0x22, 10]), '# command-line-arguments\n./a.go:3:10: invalid UTF-8 encoding\n'],
    ['a comment that does not end', 'package main\n\nfunc main() {}\n/* ', '# command-line-arguments\n./a.go:4:1: comment not terminated\n'],
    ['a string that does not end', 'package main\n\nvar s = "abc\nfunc main() {}\n', '# command-line-arguments\n./a.go:3:13: newline in string\n'],
  ])('%s', async (about, text, want) => { expect((await all(text, about))[0]).toContain(want); });
  test('with a byte order mark first, with CRLF, and with lines of two million bytes is a program', async () => {
    for (const text of ['\ufeffpackage main\n\nfunc main() {}\n', 'package main\r\n\r\nfunc main() {\r\n}\r\n', `package main\n\nvar s = "${'a'.repeat(2e6)}"\n\nfunc main() { println(len(s)) }\n`]) {
      expect(await all(text, 'a program')).toEqual(['', '', '', '']);
    }
  });
  test('with a name of a million letters', async () => {
    const name = 'a'.repeat(1e6);
    expect(await all(`package main\n\nfunc ${name}() {}\n\nfunc main() { ${name}() }\n`, 'a long name')).toEqual(['', '', '', '']);
  });
  test('nested beyond measure', async () => {
    const n = 20_000;
    for (const text of [
      deep('= ' + '('.repeat(n), '1', '', 1).replace('1', '1' + ')'.repeat(n)), deep('[]', 'int', '', n), deep('*', 'int', '', n), deep('func(', '', '', n), deep('= ', 'a', '.b', 1).replace('.b', '.b'.repeat(n)),
      deep('= ', '1', '+1', 1).replace('+1', '+1'.repeat(n)), deep('= []int{', '', '}', n), deep('struct { a ', 'int', ' }', n), deep('= !', 'true', '', n),
      `package main\n\nfunc main() ${'{'.repeat(n)}${'}'.repeat(n)}\n`, `package main\n\nfunc main() { ${'if true {'.repeat(n)}${'}'.repeat(n)} }\n`, `package main\n\nfunc main() { ${'func() {'.repeat(n)}${'}()'.repeat(n)} }\n`,
      `package main\n\nfunc main() { ${'for {'.repeat(n)}\n`, `package main\n\ntype T[P interface{ ${'interface{ '.repeat(n)}\n`,
    ]) await all(text, text.slice(0, 60));
  }, 120_000);
  test('of random bytes, random tokens, and programs cut short', async () => {
    const r = new Random(20260), pick = <T>(l: readonly T[]): T => l[r.below(l.length)];
    const tokens = 'func main ( ) { } [ ] * & := = + - ... <- chan map int string "s" `r` \'c\' 1 0x 1e .5 if else for range switch case default select go defer return type struct interface var const package import fmt . , ; : ~ | < > ! ?? # $ \n'.split(' ');
    const whole = 'package main\n\nimport "fmt"\n\ntype t[P any] struct{ a, b P }\n\nfunc (x *t[P]) m(n ...int) (r []P, err error) {\n\tfor i := range n {\n\t\tswitch y := any(x).(type) {\n\t\tcase nil: fmt.Println(y, i, `raw`, \'c\', 0x1p-2)\n\t\tdefault:\n\t\t\tdefer func() { recover() }()\n\t\t}\n\t}\n\treturn\n}\n\nfunc main() { var x t[int]; x.m(1, 2) }\n';
    for (let i = 0; i < 30; i++) await all(Uint8Array.from({ length: 1 + r.below(400) }, () => r.below(256)), `bytes ${i}`);
    for (let i = 0; i < 80; i++) await all(`package main\n\n${Array.from({ length: 1 + r.below(60) }, () => pick(tokens)).join(' ')}`, `tokens ${i}`);
    for (let i = 0; i < whole.length; i += 7) await all(whole.slice(0, i), `cut at ${i}`);
  }, 120_000);
});

describe('packages', () => {
  const main = 'package main\n\nfunc main() {}\n';
  const check = async (files: Record<string, string>, arg = 'd'): Promise<string> => {
    const said: string[] = [];
    for (const c of ['check', 'run', 'escape']) {
      const r = await gomem([c, arg], files);
      expect(r.code, c).toBe(1);
      said.push(c === 'escape' ? r.out : r.err);
    }
    expect(said[2]).toBe(said[0]);
    return said[0];
  };
  test('two in one directory', async () => {
    expect(await check({ 'd/a.go': main, 'd/b.go': 'package other\n' })).toBe('found packages main (a.go) and other (b.go) in /home/me/d\n');
  });
  test('that import each other, or themselves, or a program', async () => {
    expect(await check({ 'd/go.mod': 'module x.y/m\n', 'd/a.go': 'package main\n\nimport "x.y/m/p"\n\nfunc main() { p.F() }\n', 'd/p/p.go': 'package p\n\nimport "x.y/m/q"\n\nfunc F() { q.F() }\n', 'd/q/q.go': 'package q\n\nimport "x.y/m/p"\n\nfunc F() { p.F() }\n' })).toBe('package x.y/m\n\timports x.y/m/p from a.go\n\timports x.y/m/q from p.go\n\timports x.y/m/p from q.go: import cycle not allowed\n');
    expect(await check({ 'd/go.mod': 'module x.y/m\n', 'd/a.go': 'package main\n\nimport "x.y/m"\n\nfunc main() {}\n' })).toContain('import cycle not allowed');
    expect(await check({ 'd/go.mod': 'module x.y/m\n', 'd/a.go': 'package main\n\nimport z "x.y/m/p"\n\nfunc main() { z.F() }\n', 'd/p/p.go': main })).toBe('d/a.go:3:8: import "x.y/m/p" is a program, not an importable package\n');
  });
  test('without files for this system, without any, without main', async () => {
    expect(await check({ 'd/a.go': `//go:build windows\n\n${main}` })).toContain('build constraints exclude all Go files in /home/me/d');
    expect(await check({ 'd/go.mod': 'module x\n', 'd/readme': '' })).toBe('no Go files in /home/me/d\n');
    expect(await check({ 'd/a.go': 'package main\n' })).toBe('# command-line-arguments\nruntime.main_main·f: function main is undeclared in the main package\n');
    expect(await gomem(['run', 'a.go'], { 'a.go': 'package a\n\nfunc F() {}\n' })).toMatchObject({ code: 1, err: 'package command-line-arguments is not a main package\n' });
    // And the next program is built as if nothing had been.
    expect(await gomem(['run', 'a.go'], { 'a.go': 'package main\n\nimport "fmt"\n\nfunc main() { fmt.Println(1) }\n' })).toMatchObject({ code: 0, out: '1\n' });
  });
});
