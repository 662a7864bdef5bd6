/**
 * Constant values and their arithmetic, with go/constant's semantics.
 *
 * Integers are exact. Floating-point values are exact fractions while numerator
 * and denominator stay below 4096 bits, and 512-bit floats beyond. Strings are
 * bytes: a StringVal holds one JavaScript character per byte (code units 0–255),
 * so that comparison and concatenation are Go's. An unknown value stands for one
 * that an error made unavailable; every operation on it gives unknown.
 *
 * Operators are spelled as in Go; '/=' asks for integer division.
 */
import * as bf from './bigfloat.ts';
import type { BigFloat } from './bigfloat.ts';

export type ValueKind = 'Unknown' | 'Bool' | 'String' | 'Int' | 'Float' | 'Complex';
export type Value = UnknownVal | BoolVal | StringVal | IntVal | RatVal | FloatVal | ComplexVal;

export class UnknownVal { readonly kind = 'Unknown'; }
export class BoolVal { readonly kind = 'Bool'; constructor(readonly val: boolean) {} }
/** val: one character per byte. */
export class StringVal { readonly kind = 'String'; constructor(readonly val: string) {} }
export class IntVal { readonly kind = 'Int'; constructor(readonly val: bigint) {} }
/** num/den in lowest terms, den > 0; may be an integer. */
export class RatVal { readonly kind = 'Float'; readonly rat = true; constructor(readonly num: bigint, readonly den: bigint) {} }
/** A float outside the range of fractions. */
export class FloatVal { readonly kind = 'Float'; readonly rat = false; constructor(readonly val: BigFloat) {} }
export class ComplexVal { readonly kind = 'Complex'; constructor(readonly re: Value, readonly im: Value) {} }

const unknown = new UnknownVal();
const vTrue = new BoolVal(true), vFalse = new BoolVal(false);
const int0 = new IntVal(0n), int1 = new IntVal(1n);
const float0 = new FloatVal(bf.zero);

// Making values ------------------------------------------------------------------

export function makeUnknown(): Value { return unknown; }
export function makeBool(b: boolean): BoolVal { return b ? vTrue : vFalse; }
export function makeInt(x: bigint | number): IntVal {
  const v = BigInt(x);
  return v === 0n ? int0 : v === 1n ? int1 : new IntVal(v);
}
/** A string from UTF-8 bytes, or from text (which is encoded). */
export function makeString(s: Uint8Array | string): StringVal { return new StringVal(typeof s === 'string' ? encodeUtf8(s) : bytesToBinary(s)); }
/** A string whose characters are its bytes. */
export function makeBinaryString(s: string): StringVal { return new StringVal(s); }
/** The exact value of a float64; unknown if it is not finite. */
export function makeFloat64(x: number): Value {
  if (!Number.isFinite(x)) return unknown;
  const [n, d] = bf.toRat(bf.fromFloat64(x));
  return reduced(n, d);
}
function makeComplex(re: Value, im: Value): Value { return re.kind === 'Unknown' || im.kind === 'Unknown' ? unknown : new ComplexVal(re, im); }

const maxExp = 4096;
const smallInt = (x: bigint): boolean => bf.bitLen(x) < maxExp;
function smallFloat(x: BigFloat): boolean { const e = bf.mantExp(x); return -maxExp < e && e < maxExp; }

function gcd(a: bigint, b: bigint): bigint {
  if (a < 0n) a = -a;
  while (b !== 0n) {
    if (a <= 9007199254740991n && b <= 9007199254740991n) {
      let x = Number(a), y = Number(b);
      while (y !== 0) [x, y] = [y, x % y];
      return BigInt(x);
    }
    [a, b] = [b, a % b];
  }
  return a;
}

/** num/den in lowest terms. den ≠ 0. */
function reduced(num: bigint, den: bigint): RatVal {
  if (den < 0n) { num = -num; den = -den; }
  if (den === 1n) return new RatVal(num, den);
  const g = gcd(num, den);
  return g === 1n ? new RatVal(num, den) : new RatVal(num / g, den / g);
}
function makeRat(num: bigint, den: bigint): Value {
  const r = reduced(num, den);
  return smallInt(r.num) && smallInt(r.den) ? r : new FloatVal(bf.fromRat(r.num, r.den));
}
function makeFloat(x: BigFloat | null): Value {
  if (x === null) return unknown;
  return x.m === 0n ? float0 : new FloatVal(x);
}

// Literals -----------------------------------------------------------------------

/** The value of a literal's source text; unknown if it is malformed. */
export function makeFromLiteral(lit: string, kind: 'int' | 'float' | 'imag' | 'rune' | 'string'): Value {
  switch (kind) {
    case 'int': { const v = intLiteral(lit); return v === null ? unknown : makeInt(v); }
    case 'float': return floatLiteral(lit);
    case 'imag': return lit.endsWith('i') ? makeComplex(int0, floatLiteral(lit.slice(0, -1))) : unknown;
    case 'rune': { const s = unquote(lit); return s === null ? unknown : makeInt(s.rune); }
    case 'string': { const s = unquote(lit); return s === null ? unknown : new StringVal(s.bytes); }
  }
}

function intLiteral(lit: string): bigint | null {
  let s = lit.replaceAll('_', '');
  if (/^0[0-7]+$/.test(s)) s = '0o' + s.slice(1);
  return /^(0[xX][0-9a-fA-F]+|0[oO][0-7]+|0[bB][01]+|[0-9]+)$/.test(s) ? BigInt(s) : null;
}

/** Decimal and hexadecimal floats, and the integer forms an imaginary literal may have. */
function floatLiteral(lit: string): Value {
  const s = lit.replaceAll('_', '');
  let mant: bigint, exp2 = 0, exp5 = 0;
  const m = /^(?:0[xX]([0-9a-fA-F]*)\.?([0-9a-fA-F]*)(?:[pP]([+-]?[0-9]+))?|0[bB]([01]+)|0[oO]([0-7]+)|([0-9]*)\.?([0-9]*)(?:[eE]([+-]?[0-9]+))?)$/.exec(s);
  if (!m) return unknown;
  if (m[4] !== undefined || m[5] !== undefined) mant = BigInt(s);
  else if (m[1] !== undefined) {
    if (m[1] + m[2] === '') return unknown;
    mant = BigInt('0x' + m[1] + m[2]);
    exp2 = Number(m[3] ?? 0) - 4 * m[2].length;
  } else {
    if (m[6] + m[7] === '') return unknown;
    mant = BigInt(m[6] + m[7]);
    exp5 = exp2 = Number(m[8] ?? 0) - m[7].length;
  }
  const f = mant === 0n ? bf.zero : bf.scale(mant, exp5, exp2);
  if (f === null || !smallFloat(f)) return makeFloat(f);
  if (f.m === 0n) return new RatVal(0n, 1n);
  const p5 = 5n ** BigInt(Math.abs(exp5)), p2 = 1n << BigInt(Math.abs(exp2));
  return reduced(mant * (exp5 > 0 ? p5 : 1n) * (exp2 > 0 ? p2 : 1n), (exp5 < 0 ? p5 : 1n) * (exp2 < 0 ? p2 : 1n));
}

const simpleEscape: Readonly<Record<string, number>> = { a: 7, b: 8, f: 12, n: 10, r: 13, t: 9, v: 11, '\\': 92, "'": 39, '"': 34 };

/** The bytes of a quoted string (one character each), or the code of a rune literal; null if malformed. */
export function unquote(lit: string): { bytes: string; rune: number } | null {
  const q = lit[0];
  if (lit.length < 2 || lit[lit.length - 1] !== q) return null;
  const body = lit.slice(1, -1);
  if (q === '`') return { bytes: encodeUtf8(body.replaceAll('\r', '')), rune: 0 };
  if (q !== '"' && q !== "'") return null;
  if (q === '"' && !body.includes('\\')) return { bytes: encodeUtf8(body), rune: 0 };
  let bytes = '', rune = -1, n = 0;
  for (let i = 0; i < body.length; n++) {
    let c = body.codePointAt(i)!;
    if (c !== 92) {
      i += c > 0xffff ? 2 : 1;
      bytes += encodeUtf8(String.fromCodePoint(c));
    } else {
      const k = body[i + 1], width = k === 'x' ? 2 : k === 'u' ? 4 : k === 'U' ? 8 : 0;
      if (k === undefined) return null;
      if (width > 0) {
        const hex = body.slice(i + 2, i + 2 + width);
        if (hex.length !== width || !/^[0-9a-fA-F]+$/.test(hex)) return null;
        c = parseInt(hex, 16);
        i += 2 + width;
        if (k === 'x') bytes += String.fromCharCode(c);
        else {
          if (c > 0x10ffff || (c >= 0xd800 && c < 0xe000)) return null;
          bytes += encodeUtf8(String.fromCodePoint(c));
        }
      } else if (k >= '0' && k <= '7') {
        const oct = body.slice(i + 1, i + 4);
        if (!/^[0-7]{3}$/.test(oct) || (c = parseInt(oct, 8)) > 255) return null;
        i += 4;
        bytes += String.fromCharCode(c);
      } else {
        if (simpleEscape[k] === undefined || (k === (q === '"' ? "'" : '"'))) return null;
        c = simpleEscape[k];
        i += 2;
        bytes += String.fromCharCode(c);
      }
    }
    rune = c;
  }
  return q === "'" && n !== 1 ? null : { bytes, rune };
}

// Text and bytes -------------------------------------------------------------------

/** UTF-8 of text, one character per byte. Lone surrogates become U+FFFD. */
export function encodeUtf8(s: string): string {
  // ASCII needs no encoding.
  return /^[\x00-\x7f]*$/.test(s) ? s : bytesToBinary(new TextEncoder().encode(s));
}
function bytesToBinary(b: Uint8Array): string {
  let s = '';
  for (let i = 0; i < b.length; i += 8192) s += String.fromCharCode(...b.subarray(i, i + 8192));
  return s;
}
/** The bytes of a StringVal. */
export function stringBytes(v: Value): Uint8Array {
  const s = stringVal(v), b = new Uint8Array(s.length);
  for (let i = 0; i < s.length; i++) b[i] = s.charCodeAt(i);
  return b;
}

/** The next code point of a byte string at i and its width; an invalid byte is U+FFFD of width 1. */
export function decodeRune(s: string, i: number): [number, number] {
  const a = s.charCodeAt(i);
  if (a < 0x80) return [a, 1];
  const n = a >= 0xf0 ? 4 : a >= 0xe0 ? 3 : 2;
  if (a < 0xc2 || a > 0xf4 || i + n > s.length) return [0xfffd, 1];
  let c = a & (0xff >> (n + 1));
  for (let j = 1; j < n; j++) {
    const x = s.charCodeAt(i + j);
    if ((x & 0xc0) !== 0x80) return [0xfffd, 1];
    c = (c << 6) | (x & 0x3f);
  }
  if ((n === 3 && (c < 0x800 || (c >= 0xd800 && c < 0xe000))) || (n === 4 && (c < 0x10000 || c > 0x10ffff))) return [0xfffd, 1];
  return [c, n];
}

const escapes: Readonly<Record<number, string>> = { 7: '\\a', 8: '\\b', 12: '\\f', 10: '\\n', 13: '\\r', 9: '\\t', 11: '\\v', 92: '\\\\', 34: '\\"' };
const printable = /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]$/u;

/** strconv.Quote of a byte string. */
export function quote(s: string): string { return '"' + quotedRunes(s).join('') + '"'; }

function quotedRunes(s: string): string[] {
  const out: string[] = [];
  for (let i = 0; i < s.length;) {
    const [c, n] = decodeRune(s, i);
    if (c === 0xfffd && n === 1) out.push('\\x' + hex(s.charCodeAt(i), 2));
    else if (escapes[c] !== undefined) out.push(escapes[c]);
    else if (printable.test(String.fromCodePoint(c))) out.push(String.fromCodePoint(c));
    else if (c < 0x20 || c === 0x7f) out.push('\\x' + hex(c, 2));
    else out.push(c < 0x10000 ? '\\u' + hex(c, 4) : '\\U' + hex(c, 8));
    i += n;
  }
  return out;
}
const hex = (n: number, w: number): string => n.toString(16).padStart(w, '0');

// Reading values ---------------------------------------------------------------------

export function boolVal(x: Value): boolean { return x.kind === 'Bool' && x.val; }
/** The bytes of a string, one character each; empty for unknown. */
export function stringVal(x: Value): string { return x.kind === 'String' ? x.val : ''; }
/** The integer, or null for anything else. */
export function intVal(x: Value): bigint | null { return x.kind === 'Int' ? x.val : null; }

/** The nearest float64 of a numeric, non-complex value; may be infinite. */
export function float64Val(x: Value): number {
  switch (x.kind) {
    case 'Int': return Number(x.val);
    case 'Float': return x.rat ? bf.ratToFloat64(x.num, x.den) : bf.toFloat64(x.val);
    default: return 0;
  }
}
/** The nearest float32 of a numeric, non-complex value; may be infinite. */
export function float32Val(x: Value): number {
  switch (x.kind) {
    case 'Int': return bf.ratToFloat32(x.val, 1n);
    case 'Float': return x.rat ? bf.ratToFloat32(x.num, x.den) : bf.toFloat32(x.val);
    default: return 0;
  }
}

/** Bits of |x| for an integer. */
export function bitLen(x: Value): number { return x.kind === 'Int' ? bf.bitLen(x.val) : 0; }

/** −1, 0 or 1; for complex values nonzero unless x is 0; 1 for unknown, so that it divides. */
export function sign(x: Value): number {
  switch (x.kind) {
    case 'Int': return x.val < 0n ? -1 : x.val > 0n ? 1 : 0;
    case 'Float': { const m = x.rat ? x.num : x.val.m; return m < 0n ? -1 : m > 0n ? 1 : 0; }
    case 'Complex': return sign(x.re) | sign(x.im);
    default: return 1;
  }
}

export function real(x: Value): Value { return x.kind === 'Complex' ? x.re : x; }
export function imag(x: Value): Value { return x.kind === 'Complex' ? x.im : x.kind === 'Unknown' ? x : int0; }
/** x·i */
export function makeImag(x: Value): Value { return x.kind === 'Unknown' ? x : makeComplex(int0, x); }

// Conversions -------------------------------------------------------------------------

/** x as an integer if it is one (or a 512-bit float within rounding error of one), else unknown. */
export function toInt(x: Value): Value {
  switch (x.kind) {
    case 'Int': return x;
    case 'Float': {
      if (x.rat) return x.den === 1n ? makeInt(x.num) : unknown;
      if (!smallFloat(x.val)) return unknown;
      // Results of rounding may miss an integer by the last few bits.
      for (const f of [x.val, bf.truncateTo(x.val, bf.prec - 4, false), bf.truncateTo(x.val, bf.prec - 4, true)]) {
        const i = bf.toInt(f);
        if (i !== null) return makeInt(i);
      }
      return unknown;
    }
    case 'Complex': { const f = toFloat(x); return f.kind === 'Float' ? toInt(f) : unknown; }
    default: return unknown;
  }
}

/** x as a float if it has no imaginary part, else unknown. */
export function toFloat(x: Value): Value {
  switch (x.kind) {
    case 'Int': return smallInt(x.val) ? new RatVal(x.val, 1n) : new FloatVal(bf.fromInt(x.val));
    case 'Float': return x;
    case 'Complex': return sign(x.im) === 0 ? toFloat(x.re) : unknown;
    default: return unknown;
  }
}

export function toComplex(x: Value): Value {
  switch (x.kind) {
    case 'Int': case 'Float': return new ComplexVal(x, int0);
    case 'Complex': return x;
    default: return unknown;
  }
}

// Operations ----------------------------------------------------------------------------

/** op x. For '^' of an unsigned type give its size in bits, else 0. */
export function unaryOp(op: '+' | '-' | '^' | '!', x: Value, bits = 0): Value {
  if (x.kind === 'Unknown') return x;
  switch (op) {
    case '+': return x;
    case '-':
      switch (x.kind) {
        case 'Int': return makeInt(-x.val);
        case 'Float': return x.rat ? new RatVal(-x.num, x.den) : makeFloat(bf.neg(x.val));
        case 'Complex': return makeComplex(unaryOp('-', x.re), unaryOp('-', x.im));
      }
      break;
    case '^':
      if (x.kind === 'Int') return makeInt(bits > 0 ? BigInt.asUintN(bits, ~x.val) : ~x.val);
      break;
    case '!':
      if (x.kind === 'Bool') return makeBool(!x.val);
      break;
  }
  return unknown;
}

/** How much a representation can hold; operands meet in the greater. */
function rank(x: Value): number {
  switch (x.kind) {
    case 'Unknown': return 0;
    case 'Bool': case 'String': return 1;
    case 'Int': return 2;
    case 'Float': return x.rat ? 3 : 4;
    case 'Complex': return 5;
  }
}
function lift(x: Value, r: number): Value {
  const from = rank(x);
  if (from >= r || from < 2) return x;
  if (r === 5) return new ComplexVal(x, int0);
  if (r === 3) return new RatVal((x as IntVal).val, 1n);
  return new FloatVal(x.kind === 'Int' ? bf.fromInt(x.val) : bf.fromRat((x as RatVal).num, (x as RatVal).den));
}

export type BinaryOperator = '+' | '-' | '*' | '/' | '/=' | '%' | '&' | '|' | '^' | '&^' | '&&' | '||';

/** Longer strings are refused: doubling a constant a few dozen times would exhaust any memory. */
const maxString = 1 << 28;

/** x op y; operands of different kinds are converted to the larger. Division by zero gives unknown. */
export function binaryOp(x: Value, op: BinaryOperator, y: Value): Value {
  if (x.kind === 'Unknown' || y.kind === 'Unknown') return unknown;
  const r = Math.max(rank(x), rank(y));
  x = lift(x, r);
  y = lift(y, r);
  switch (x.kind) {
    case 'Bool':
      if (y.kind === 'Bool') { if (op === '&&') return makeBool(x.val && y.val); if (op === '||') return makeBool(x.val || y.val); }
      return unknown;
    case 'String':
      return y.kind === 'String' && op === '+' && x.val.length + y.val.length <= maxString ? new StringVal(x.val + y.val) : unknown;
    case 'Int': return y.kind === 'Int' ? intOp(x.val, op, y.val) : unknown;
    case 'Float':
      if (x.rat) return y instanceof RatVal ? ratOp(x, op, y) : unknown;
      return y instanceof FloatVal ? floatOp(x.val, op, y.val) : unknown;
    case 'Complex': return y.kind === 'Complex' ? complexOp(x, op, y) : unknown;
  }
  return unknown;
}

function intOp(a: bigint, op: BinaryOperator, b: bigint): Value {
  switch (op) {
    case '+': return makeInt(a + b);
    case '-': return makeInt(a - b);
    case '*': return makeInt(a * b);
    case '/': return b === 0n ? unknown : makeRat(a, b);
    case '/=': return b === 0n ? unknown : makeInt(a / b);
    case '%': return b === 0n ? unknown : makeInt(a % b);
    case '&': return makeInt(a & b);
    case '|': return makeInt(a | b);
    case '^': return makeInt(a ^ b);
    case '&^': return makeInt(a & ~b);
    default: return unknown;
  }
}
function ratOp(a: RatVal, op: BinaryOperator, b: RatVal): Value {
  switch (op) {
    case '+': return makeRat(a.num * b.den + b.num * a.den, a.den * b.den);
    case '-': return makeRat(a.num * b.den - b.num * a.den, a.den * b.den);
    case '*': return makeRat(a.num * b.num, a.den * b.den);
    case '/': return b.num === 0n ? unknown : makeRat(a.num * b.den, a.den * b.num);
    default: return unknown;
  }
}
function floatOp(a: BigFloat, op: BinaryOperator, b: BigFloat): Value {
  switch (op) {
    case '+': return makeFloat(bf.add(a, b));
    case '-': return makeFloat(bf.add(a, bf.neg(b)));
    case '*': return makeFloat(bf.mul(a, b));
    case '/': return b.m === 0n ? unknown : makeFloat(bf.quo(a, b));
    default: return unknown;
  }
}
function complexOp(x: ComplexVal, op: BinaryOperator, y: ComplexVal): Value {
  const a = x.re, b = x.im, c = y.re, d = y.im;
  switch (op) {
    case '+': return makeComplex(binaryOp(a, '+', c), binaryOp(b, '+', d));
    case '-': return makeComplex(binaryOp(a, '-', c), binaryOp(b, '-', d));
    case '*': case '/': {
      const ac = binaryOp(a, '*', c), bd = binaryOp(b, '*', d), bc = binaryOp(b, '*', c), ad = binaryOp(a, '*', d);
      if (op === '*') return makeComplex(binaryOp(ac, '-', bd), binaryOp(bc, '+', ad));
      // (a+bi)/(c+di) = (ac+bd)/s + i(bc−ad)/s with s = cc+dd
      const s = binaryOp(binaryOp(c, '*', c), '+', binaryOp(d, '*', d));
      return makeComplex(binaryOp(binaryOp(ac, '+', bd), '/', s), binaryOp(binaryOp(bc, '-', ad), '/', s));
    }
    default: return unknown;
  }
}

/** x << s or x >> s for an integer. */
export function shift(x: Value, op: '<<' | '>>', s: number): Value {
  if (x.kind !== 'Int') return unknown;
  return makeInt(op === '<<' ? x.val << BigInt(s) : x.val >> BigInt(s));
}

export type CompareOperator = '==' | '!=' | '<' | '<=' | '>' | '>=';

/** x op y; false if one is unknown. Booleans and complex values know == and != only. */
export function compare(x: Value, op: CompareOperator, y: Value): boolean {
  if (x.kind === 'Unknown' || y.kind === 'Unknown') return false;
  const r = Math.max(rank(x), rank(y));
  x = lift(x, r);
  y = lift(y, r);
  if (x.kind === 'Complex' && y.kind === 'Complex') {
    const eq = compare(x.re, '==', y.re) && compare(x.im, '==', y.im);
    return op === '==' ? eq : !eq;
  }
  const c = order(x, y);
  switch (op) {
    case '==': return c === 0;
    case '!=': return c !== 0;
    case '<': return c < 0;
    case '<=': return c <= 0;
    case '>': return c > 0;
    case '>=': return c >= 0;
  }
}
function order(x: Value, y: Value): number {
  if (x instanceof FloatVal && y instanceof FloatVal) return bf.cmp(x.val, y.val);
  if (x instanceof RatVal && y instanceof RatVal) { const a = x.num * y.den, b = y.num * x.den; return a < b ? -1 : a > b ? 1 : 0; }
  const a = (x as IntVal | StringVal | BoolVal).val, b = (y as IntVal | StringVal | BoolVal).val;
  return a < b ? -1 : a > b ? 1 : 0;
}

// Printing --------------------------------------------------------------------------------

/** The value as diagnostics show it: short and perhaps inexact. */
export function valueString(x: Value): string {
  switch (x.kind) {
    case 'Unknown': return 'unknown';
    case 'Bool': return String(x.val);
    case 'String': {
      // At most 72 characters, quotes included.
      const rs = ['"', ...[...quotedRunes(x.val).join('')], '"'];
      return rs.length > 72 ? rs.slice(0, 69).join('') + '...' : rs.join('');
    }
    case 'Int': return x.val.toString();
    case 'Float': return floatString(x.rat ? bf.fromRat(x.num, x.den) : x.val);
    case 'Complex': return `(${valueString(x.re)} + ${valueString(x.im)}i)`;
  }
}

function floatString(f: BigFloat): string {
  const x = bf.toFloat64(f);
  if ((f.m === 0n) === (x === 0) && Number.isFinite(x)) {
    const s = bf.formatG(x, 6);
    return !bf.isInt(f) && !s.includes('.') ? bf.formatG(x, 0) : s;
  }
  // Outside float64: mantissa and decimal exponent from the binary ones.
  const exp = bf.mantExp(f);
  let m = bf.toFloat64({ m: f.m, e: f.e - exp });
  const d = exp * 0.30102999566398119521; // log₁₀ 2
  let e = Math.trunc(d);
  m *= 10 ** (d - e);
  const am = Math.abs(m);
  if (am < 1 - 0.5e-6) { m *= 10; e--; } else if (am >= 10) { m /= 10; e++; }
  return `${bf.formatG(m, 6)}e${e < 0 ? '-' : '+'}${Math.abs(e)}`;
}

/** The exact value: integers and fractions in full, huge floats as 0x.…p±n. */
export function exactString(x: Value): string {
  switch (x.kind) {
    case 'String': return quote(x.val);
    case 'Float': {
      if (x.rat) return x.den === 1n ? x.num.toString() : `${x.num}/${x.den}`;
      const m = x.val.m, a = m < 0n ? -m : m;
      if (a === 0n) return '0';
      const n = bf.bitLen(a), exp = bf.mantExp(x.val);
      const digits = (a << BigInt((4 - (n % 4)) % 4)).toString(16).replace(/0+$/, '');
      return `${m < 0n ? '-' : ''}0x.${digits}p${exp < 0 ? '-' : '+'}${Math.abs(exp)}`;
    }
    case 'Complex': return `(${exactString(x.re)} + ${exactString(x.im)}i)`;
    default: return valueString(x);
  }
}
