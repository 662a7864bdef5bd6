/**
 * What the linker leaves out of method tables: methods no interface of the program has.
 * What calls them all the same (reflection, errors.As, assertions, panics) finds them.
 */
import { expect, test } from 'vitest';
import { build, runToEnd } from '../../lib/engine/report.ts';
import { defaultKnobs } from '../../lib/engine/run.ts';
import { std } from '../std.ts';

const program = (body: string, imports = ''): string => `package main\n\n${imports}\n\ntype T struct{ n int }\n\nfunc (t T) Kept() int   { return t.n }\nfunc (t T) Unused() int { return -t.n }\n\nfunc main() {\n${body}\n}\n`;
const linked = (text: string): string[] => [...build([{ name: 'main.go', text }], std, { goVersion: '1.26' }).program!.code.keys()].filter((s) => s.startsWith('main.T.') || s.startsWith('main.(*T).'));

test('a method is linked when it is called or an interface has its name and type', () => {
  expect(linked(program('\tvar x any = T{1}\n\t_, ok := x.(interface{ Kept() int })\n\tprintln(ok)'))).toEqual(['main.(*T).Kept']);
  expect(linked(program('\tvar x any = T{1}\n\t_, ok := x.(interface{ Kept() string })\n\tprintln(ok)'))).toEqual([]);
  expect(linked(program('\tvar x any = T{1}\n\tprintln(x != nil)'))).toEqual([]);
});
test('with package reflect all methods of reached types are linked', () => {
  expect(linked(program('\tprintln(reflect.ValueOf(T{1}).NumMethod())', 'import "reflect"')).sort()).toEqual(['main.(*T).Kept', 'main.(*T).Unused']);
});
test('an assertion that fails again and again names what each type lacks, each time', () => {
  const text = program('\tvar x, y any = T{1}, 2\n\tfor i := 0; i < 2; i++ {\n\t\ttry(x, func(v any) { _ = v.(interface{ Kept() int; Other() }) })\n\t\ttry(y, func(v any) { _ = v.(interface{ Kept() int; Other() }) })\n\t\ttry(x, func(v any) { _ = v.(interface{ Zero() }) })\n\t}')
    + '\nfunc try(v any, f func(any)) {\n\tdefer func() { println(recover().(error).Error()) }()\n\tf(v)\n}\n';
  const err: string[] = [];
  runToEnd(build([{ name: 'main.go', text }], std, { goVersion: '1.26' }), defaultKnobs, { stderr: (b) => err.push(new TextDecoder().decode(b)) }, 'counts');
  const once = 'interface conversion: main.T is not interface { Kept() int; Other() }: missing method Other\ninterface conversion: int is not interface { Kept() int; Other() }: missing method Kept\ninterface conversion: main.T is not interface { Zero() }: missing method Zero\n';
  expect(err.join('')).toBe(once + once);
});
