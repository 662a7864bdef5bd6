/**
 * Binary floating-point numbers of 512 bits, for constants too large or too
 * small to be kept as fractions, and the rounding of exact values to float64
 * and float32.
 *
 * A BigFloat is m·2^e with |m| < 2^512; every operation rounds to nearest, ties
 * to even, as Go's math/big does. Exponents beyond 32 bits overflow to null
 * (infinity) or underflow to zero.
 */

export const prec = 512;

/** m·2^e; zero has m = 0n. */
export interface BigFloat { readonly m: bigint; readonly e: number }

export const zero: BigFloat = { m: 0n, e: 0 };

const abs = (x: bigint): bigint => (x < 0n ? -x : x);

/** Number of bits of |x|; 0 for 0. */
export function bitLen(x: bigint): number {
  if (x < 0n) x = -x;
  if (x < 0x20000000000000n) {
    const n = Number(x);
    return n < 0x80000000 ? 32 - Math.clz32(n) : 64 - Math.clz32(Math.floor(n / 0x100000000));
  }
  const hex = x.toString(16);
  return (hex.length - 1) * 4 + (32 - Math.clz32(parseInt(hex[0], 16)));
}

/** Rounds m·2^e (plus something positive and smaller than one unit of m if sticky) to bits bits, nearest even. */
function roundBits(m: bigint, e: number, bits: number, sticky = false): BigFloat {
  const neg = m < 0n;
  let a = abs(m);
  const n = bitLen(a) - bits;
  if (n > 0) {
    const sh = BigInt(n), low = a & ((1n << sh) - 1n), half = 1n << (sh - 1n);
    a >>= sh;
    e += n;
    if (low > half || (low === half && (sticky || (a & 1n) === 1n))) a += 1n;
  }
  return { m: neg ? -a : a, e };
}

/** Normal form within the exponent range: null beyond it, zero below it. */
function fit(x: BigFloat): BigFloat | null {
  if (x.m === 0n) return zero;
  const exp = mantExp(x);
  if (exp > 2147483647) return null;
  return exp < -2147483648 ? zero : x;
}

/** The exponent of x written as 0.1…·2^exp. */
export function mantExp(x: BigFloat): number { return x.m === 0n ? 0 : bitLen(x.m) + x.e; }

export function fromInt(m: bigint): BigFloat { return roundBits(m, 0, prec); }

/** num/den rounded. den > 0. */
export function fromRat(num: bigint, den: bigint): BigFloat { return quoInt(num, den, 0, prec); }

function quoInt(num: bigint, den: bigint, e: number, bits: number): BigFloat {
  const neg = (num < 0n) !== (den < 0n);
  const a = abs(num), b = abs(den);
  const sh = Math.max(0, bits + 2 + bitLen(b) - bitLen(a));
  const n = a << BigInt(sh), q = n / b;
  const sticky = q * b !== n;
  // One more bit below the quotient carries the remainder into the rounding.
  const r = roundBits((q << 1n) | (sticky ? 1n : 0n), e - sh - 1, bits);
  return neg ? { m: -r.m, e: r.e } : r;
}

export function neg(x: BigFloat): BigFloat { return { m: -x.m, e: x.e }; }

export function add(x: BigFloat, y: BigFloat): BigFloat | null {
  if (x.m === 0n) return y;
  if (y.m === 0n) return x;
  // When one is far below the other's last bit, it can only break a tie.
  const d = mantExp(x) - mantExp(y), far = 2 * prec + 8;
  if (d > far) return fit(roundBits((x.m << BigInt(prec + 4)) + (y.m < 0n ? -1n : 1n), x.e - prec - 4, prec));
  if (d < -far) return add(y, x);
  const e = Math.min(x.e, y.e);
  return fit(roundBits((x.m << BigInt(x.e - e)) + (y.m << BigInt(y.e - e)), e, prec));
}

export function mul(x: BigFloat, y: BigFloat, bits = prec): BigFloat | null { return fit(roundBits(x.m * y.m, x.e + y.e, bits)); }

/** y ≠ 0. */
export function quo(x: BigFloat, y: BigFloat, bits = prec): BigFloat | null { return fit(quoInt(x.m, y.m, x.e - y.e, bits)); }

export function cmp(x: BigFloat, y: BigFloat): number {
  const sx = x.m < 0n ? -1 : x.m > 0n ? 1 : 0, sy = y.m < 0n ? -1 : y.m > 0n ? 1 : 0;
  if (sx !== sy || sx === 0) return sx - sy;
  const d = mantExp(x) - mantExp(y);
  if (d !== 0) return d > 0 ? sx : -sx;
  const e = Math.min(x.e, y.e), a = x.m << BigInt(x.e - e), b = y.m << BigInt(y.e - e);
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The integer x is, or null. Only for mantExp below a few thousand. */
export function toInt(x: BigFloat): bigint | null {
  if (x.e >= 0) return x.m << BigInt(x.e);
  if (x.m === 0n) return 0n;
  const sh = BigInt(-x.e);
  return (x.m & ((1n << sh) - 1n)) === 0n ? x.m >> sh : null;
}

/** Whether x has no fraction, without making the integer. */
export function isInt(x: BigFloat): boolean {
  if (x.m === 0n || x.e >= 0) return true;
  return mantExp(x) > 0 && (x.m & ((1n << BigInt(-x.e)) - 1n)) === 0n;
}

/** x cut to fewer bits, toward or away from zero. */
export function truncateTo(x: BigFloat, bits: number, away: boolean): BigFloat {
  const n = bitLen(x.m) - bits;
  if (n <= 0) return x;
  const a = abs(x.m), sh = BigInt(n);
  let q = a >> sh;
  if (away && (q << sh) !== a) q += 1n;
  return { m: x.m < 0n ? -q : q, e: x.e + n };
}

/** The fraction m·2^e as [numerator, denominator], not reduced. */
export function toRat(x: BigFloat): [bigint, bigint] {
  return x.e >= 0 ? [x.m << BigInt(x.e), 1n] : [x.m, 1n << BigInt(-x.e)];
}

/** mant·base^exp10·2^exp2 for a literal: mant exact, exponents possibly huge; null is infinity. Rounds as big.Float's Parse. */
export function scale(mant: bigint, exp5: number, exp2: number): BigFloat | null {
  const m = roundBits(mant, exp2, prec);
  if (exp5 === 0) return fit(m);
  const five = pow5(Math.abs(exp5));
  if (five === null) return exp5 > 0 ? null : zero;
  return exp5 > 0 ? mul(m, five) : quo(m, five);
}

/** 5^n with 64 bits to spare; null if out of range. */
function pow5(n: number): BigFloat | null {
  const bits = prec + 64;
  if (n > 2 ** 33) return null;
  let z: BigFloat = { m: 1n, e: 0 }, f: BigFloat | null = { m: 5n, e: 0 };
  for (; n > 0; n = Math.floor(n / 2)) {
    if (f === null) return null;
    if (n % 2 === 1) { const p = mul(z, f, bits); if (p === null) return null; z = p; }
    f = mul(f, f, bits);
  }
  return z;
}

// Rounding to machine floats ---------------------------------------------------

/** m·2^e (m ≥ 0, sticky: a little more) to a float of the given precision and least exponent, nearest even; may be Infinity. */
function toFloat(m: bigint, e: number, sticky: boolean, bits: number, emin: number, emax: number): number {
  if (m === 0n) return 0;
  const exp = bitLen(m) + e;
  if (exp > emax) return Infinity;
  const lsb = Math.max(exp - bits, emin);
  const sh = lsb - e;
  if (sh <= 0) return Number(m) * 2 ** e;
  if (sh > bitLen(m) + 1) return 0;
  const s = BigInt(sh), low = m & ((1n << s) - 1n), half = 1n << (s - 1n);
  let q = m >> s;
  if (low > half || (low === half && (sticky || (q & 1n) === 1n))) q += 1n;
  return bitLen(q) + lsb > emax ? Infinity : Number(q) * 2 ** lsb;
}

function ratTo(num: bigint, den: bigint, bits: number, emin: number, emax: number): number {
  const a = abs(num);
  const sh = Math.max(0, bits + 3 + bitLen(den) - bitLen(a));
  const n = a << BigInt(sh), q = n / den;
  const f = toFloat(q, -sh, q * den !== n, bits, emin, emax);
  return num < 0n ? -f : f;
}

/** The float64 nearest num/den (den > 0). */
export function ratToFloat64(num: bigint, den: bigint): number { return ratTo(num, den, 53, -1074, 1024); }
/** The float32 nearest num/den (den > 0). */
export function ratToFloat32(num: bigint, den: bigint): number { return ratTo(num, den, 24, -149, 128); }
export function toFloat64(x: BigFloat): number { const f = toFloat(abs(x.m), x.e, false, 53, -1074, 1024); return x.m < 0n ? -f : f; }
export function toFloat32(x: BigFloat): number { const f = toFloat(abs(x.m), x.e, false, 24, -149, 128); return x.m < 0n ? -f : f; }

const floatView = new DataView(new ArrayBuffer(8));

/** A finite float64 as an exact m·2^e. */
export function fromFloat64(x: number): BigFloat {
  if (x === 0) return zero;
  floatView.setFloat64(0, x);
  const hi = floatView.getUint32(0), biased = (hi >>> 20) & 0x7ff;
  let m = (BigInt(hi & 0xfffff) << 32n) | BigInt(floatView.getUint32(4));
  if (biased !== 0) m |= 1n << 52n;
  return { m: x < 0 ? -m : m, e: (biased === 0 ? 1 : biased) - 1075 };
}

// Decimal text -------------------------------------------------------------------

/** The decimal digits of a finite x > 0 rounded to n digits (nearest even), and the exponent of the first one. */
function digits(x: number, n: number): [string, number] {
  const { m, e } = fromFloat64(x);
  const [num, den] = toRat({ m, e });
  let exp = Math.floor(Math.log10(x));
  for (;;) {
    // q = x·10^(n−1−exp), which should have n digits.
    const k = n - 1 - exp;
    const a = k >= 0 ? num * 10n ** BigInt(k) : num, b = k >= 0 ? den : den * 10n ** BigInt(-k);
    let q = a / b;
    const r2 = (a - q * b) * 2n;
    if (q.toString().length > n) { exp++; continue; }
    if (q.toString().length < n) { exp--; continue; }
    if (r2 > b || (r2 === b && (q & 1n) === 1n)) q += 1n;
    const s = q.toString();
    return s.length > n ? [s.slice(0, n), exp + 1] : [s, exp];
  }
}

/** fmt's %.Ng (n > 0), or %g with the shortest digits that round-trip (n = 0). */
export function formatG(x: number, n: number): string {
  if (x === 0) return Object.is(x, -0) ? '-0' : '0';
  if (!Number.isFinite(x)) return Number.isNaN(x) ? 'NaN' : x > 0 ? '+Inf' : '-Inf';
  const sign = x < 0 ? '-' : '';
  x = Math.abs(x);
  let d: string, exp: number;
  if (n === 0) {
    const [mant, ex] = x.toExponential().split('e');
    d = mant.replace('.', '');
    exp = Number(ex);
  } else {
    [d, exp] = digits(x, n);
    d = d.replace(/0+$/, '');
  }
  const eprec = n === 0 ? 6 : n;
  if (exp < -4 || exp >= eprec) return sign + d[0] + (d.length > 1 ? '.' + d.slice(1) : '') + expText(exp);
  if (exp < 0) return sign + '0.' + '0'.repeat(-exp - 1) + d;
  if (d.length <= exp + 1) return sign + d + '0'.repeat(exp + 1 - d.length);
  return sign + d.slice(0, exp + 1) + '.' + d.slice(exp + 1);
}

function expText(exp: number): string { return `e${exp < 0 ? '-' : '+'}${Math.abs(exp) < 10 ? '0' : ''}${Math.abs(exp)}`; }
