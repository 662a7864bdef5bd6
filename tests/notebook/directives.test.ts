/** Directives of Go cells and the values that notebooks give programs. */
import { describe, expect, test } from 'vitest';
import { defaultKnobs, knobsOf, parseLimit, readDirectives } from '../../lib/notebook/directives.ts';
import { withInputs } from '../../lib/notebook/inputs.ts';

const read = (text: string): ReturnType<typeof readDirectives> => readDirectives(text, 'main.go');
const say = (text: string): string[] => read(text).diagnostics.map(d => `${d.line}:${d.col}-${d.endCol} ${d.text}`);

describe('directives', () => {
  test('names, inputs and knobs are read from comments alone', () => {
    const d = read('package main\n\n//lab:name one\n//lab:run GOGC=50 GOMAXPROCS=$procs go=1.23\nvar s = `\n//lab:name two\n`\n\n//lab:input\nconst n = 3\n//lab:input\n// how many\nvar m int = 4\n');
    expect(d).toMatchObject({ name: 'one', inputs: ['n', 'm'], diagnostics: [] });
    expect(d.settings.map(s => [s.key, s.text, s.variable])).toEqual([['gogc', '50', null], ['procs', '$procs', 'procs'], ['go', '1.23', null]]);
  });
  test('files with carriage returns read the same', () => {
    expect(read('package main\r\n//lab:name one\r\n//lab:input\r\nconst n = 3\r\n')).toMatchObject({ name: 'one', inputs: ['n'], diagnostics: [] });
    expect(withInputs('//lab:input\r\nconst n = 3\r\n', { n: 5 })).toBe('//lab:input\r\nconst n = 5\r\n');
  });
  test('mistakes are located', () => {
    expect(say('//lab:run GOGC=x\n')).toEqual(['1:11-17 invalid GOGC: x']);
    expect(say('//lab:run speed=1\n')).toEqual(['1:11-18 unknown knob: speed']);
    expect(say('//lab:input\nfunc f() {}\n')).toEqual(['1:1-12 //lab:input must stand above a const or var of one name']);
    expect(say('//lab:nme x\n')).toEqual(['1:1-12 unknown directive: lab:nme']);
    expect(say('var x = 1 //lab:name y\n')).toEqual(['1:11-23 misplaced //lab:name: it must start its line']);
  });
  test('knobs take variables, and refuse impossible values by name', () => {
    const d = read('//lab:run GOGC=$g GOMEMLIMIT=64MiB seed=9\n//lab:input\nconst n = 1\n');
    expect(knobsOf(defaultKnobs, d, new Map<string, unknown>([['g', 25], ['n', 1000]])).knobs).toMatchObject({ gogc: 25, memlimit: 64 << 20, seed: 9, inputs: { n: 1000 } });
    expect(() => knobsOf(defaultKnobs, d, new Map<string, unknown>([['g', 'many']]))).toThrow('invalid GOGC: many (from g)');
    expect(() => knobsOf(defaultKnobs, d, new Map<string, unknown>([['g', 1], ['n', NaN]]))).toThrow('invalid input n: NaN');
    expect([parseLimit('off'), parseLimit('1GiB'), parseLimit('1GB')]).toEqual([null, 1 << 30, undefined]);
  });
  test('inputs replace literals in place, on their own line', () => {
    const text = 'package main\n\n//lab:input\nconst n = 3 // rows\n\nconst m = 3\n//lab:input\nvar s string = "a"\n';
    expect(withInputs(text, { n: 8, m: 9, s: 'q"' })).toBe('package main\n\n//lab:input\nconst n = 8 // rows\n\nconst m = 3\n//lab:input\nvar s string = "q\\""\n');
  });
});
