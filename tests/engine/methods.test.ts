/**
 * What the linker leaves out of method tables: methods no interface of the program has.
 * What calls them all the same (reflection, errors.As, assertions, panics) finds them.
 */
import { expect, test } from 'vitest';
import { build } from '../../lib/engine/report.ts';
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
