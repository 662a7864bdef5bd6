import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import * as c from '../../../lib/go/types/constant.ts';

interface Lit { Lit: string; Kind: 'int' | 'float' | 'imag' | 'rune' | 'string'; String: string; Exact: string; F64: string; F32: string; ToInt: string; Sign: string }
interface Op { X: string; Op: string; Y: string; String: string; Exact: string }

// Recorded from go1.26 by `go run record.go > constant.json` in that directory.
const recorded = JSON.parse(readFileSync(new URL('../../fixtures/go/types/constant/constant.json', import.meta.url), 'utf8')) as { Lits: Lit[]; Ops: Op[] };

const bits = (f: number): string => {
  const v = new DataView(new ArrayBuffer(8));
  v.setFloat64(0, f);
  return v.getBigUint64(0).toString(16);
};
const kinds = new Map(recorded.Lits.map((l) => [l.Lit, l.Kind]));
const value = (lit: string): c.Value => c.makeFromLiteral(lit, kinds.get(lit)!);

describe('literals are what go/constant makes of them', () => {
  for (const l of recorded.Lits) {
    test(`${l.Kind} ${l.Lit.slice(0, 40)}`, () => {
      const v = value(l.Lit);
      expect({ s: c.valueString(v), exact: c.exactString(v) }).toEqual({ s: l.String, exact: l.Exact });
      if (l.F64 !== '') expect([bits(c.float64Val(v)), bits(c.float32Val(v)), String(c.sign(v))]).toEqual([l.F64, l.F32, l.Sign]);
      if (l.ToInt !== '') expect(c.exactString(c.toInt(v))).toBe(l.ToInt);
    });
  }
});

test('operations give what go/constant gives', () => {
  const wrong: string[] = [];
  for (const o of recorded.Ops) {
    const x = value(o.X), y = value(o.Y);
    let got: string, exact = '';
    if (o.Op === '<' || o.Op === '==') got = String(c.compare(x, o.Op, y));
    else {
      const v = c.binaryOp(x, o.Op as c.BinaryOperator, y);
      got = c.valueString(v);
      exact = c.exactString(v);
    }
    if (got !== o.String || (o.Exact !== '' && exact !== o.Exact)) wrong.push(`${o.X} ${o.Op} ${o.Y}: ${got} ${exact}, want ${o.String} ${o.Exact}`);
  }
  expect(wrong).toEqual([]);
  expect(recorded.Ops.length).toBeGreaterThan(1000);
});

test('malformed literals are unknown', () => {
  for (const [lit, kind] of [["'ab'", 'rune'], ['"\\q"', 'string'], ['"\\xg0"', 'string'], ['"\\ud800"', 'string'], ["'\\400'", 'rune'], ['0xg', 'int'], ['e5', 'float'], ["''", 'rune']] as const) {
    expect([lit, c.makeFromLiteral(lit, kind).kind]).toEqual([lit, 'Unknown']);
  }
});

test('unary operations and shifts', () => {
  const i = (n: bigint): c.Value => c.makeInt(n);
  expect(c.valueString(c.unaryOp('^', i(5n)))).toBe('-6');
  expect(c.valueString(c.unaryOp('^', i(5n), 8))).toBe('250');
  expect(c.valueString(c.unaryOp('-', c.makeFromLiteral('1.5', 'float')))).toBe('-1.5');
  expect(c.valueString(c.shift(i(1n), '<<', 100))).toBe('1267650600228229401496703205376');
  expect(c.valueString(c.shift(i(-5n), '>>', 1))).toBe('-3');
  expect(c.binaryOp(i(1n), '/', i(0n)).kind).toBe('Unknown');
});

test('strings are bytes', () => {
  const v = c.makeFromLiteral('"é\\xff"', 'string');
  expect([...c.stringBytes(v)]).toEqual([0xc3, 0xa9, 0xff]);
  expect(c.valueString(c.binaryOp(v, '+', c.makeString('世')))).toBe('"é\\xff世"');
});
