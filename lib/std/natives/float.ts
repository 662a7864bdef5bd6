/**
 * Floating-point numbers as text and back, exactly as strconv does.
 *
 * Digits are computed with big integers: a float is mant·2**exp, so a rounding
 * to n places is one division with the remainder deciding (half to even). The
 * shortest text that reads back comes from the host for float64 (ECMAScript
 * defines it digit for digit) and by trying lengths for float32.
 */

interface Parts { readonly neg: boolean; readonly mant: bigint; readonly exp: number }

const f64 = new Float64Array(1), u32 = new Uint32Array(f64.buffer);

/** f as mant·2**exp; finite f only. */
function parts(f: number): Parts {
  f64[0] = f;
  const hi = u32[1], e = (hi >>> 20) & 0x7ff;
  const frac = (BigInt(hi & 0xfffff) << 32n) | BigInt(u32[0]);
  return { neg: hi >>> 31 === 1, mant: e === 0 ? frac : frac | (1n << 52n), exp: (e === 0 ? 1 : e) - 1075 };
}

/** round(num / den), half to even. */
function divRound(num: bigint, den: bigint): bigint {
  const q = num / den, r2 = (num - q * den) * 2n;
  return r2 > den || (r2 === den && (q & 1n) === 1n) ? q + 1n : q;
}

/** round(mant·2**exp·10**scale). */
function scaled(p: Parts, scale: number): bigint {
  let num = p.mant, den = 1n;
  if (p.exp >= 0) num <<= BigInt(p.exp); else den <<= BigInt(-p.exp);
  if (scale >= 0) num *= 10n ** BigInt(scale); else den *= 10n ** BigInt(-scale);
  return divRound(num, den);
}

/** Decimal digits d and point: value = 0.d · 10**point. */
interface Decimal { d: string; point: number }

/** n significant digits (n ≥ 1). */
function significant(p: Parts, n: number): Decimal {
  if (p.mant === 0n) return { d: '', point: 0 };
  // A first guess of the decimal exponent, corrected by looking.
  const bits = p.mant.toString(2).length + p.exp;
  let point = Math.ceil((bits - 1) * 0.30102999566398114);
  for (;;) {
    const s = scaled(p, n - point).toString();
    if (s.length === n) return { d: s, point };
    if (s.length > n) {
      if (s.length === n + 1 && /^10*$/.test(s)) return { d: s.slice(0, n), point: point + 1 };
      point += s.length - n;
    } else point -= n - s.length;
  }
}

function shortest(f: number, bits: number): Decimal {
  if (f === 0) return { d: '', point: 0 };
  let s = Math.abs(f).toExponential();
  if (bits === 32) {
    for (let n = 0; n <= 8; n++) {
      s = Math.abs(f).toExponential(n);
      if (Math.fround(Number(s)) === Math.abs(f)) break;
    }
  }
  const e = s.indexOf('e');
  return { d: s.slice(0, e).replace('.', '').replace(/0+$/, ''), point: Number(s.slice(e + 1)) + 1 };
}

function fmtE(neg: boolean, dec: Decimal, prec: number, e: string): string {
  const d = dec.d === '' ? '0' : dec.d;
  const tail = prec > 0 ? `.${d.slice(1, prec + 1).padEnd(prec, '0')}` : '';
  const exp = dec.d === '' ? 0 : dec.point - 1;
  const mag = Math.abs(exp);
  return `${neg ? '-' : ''}${d[0]}${tail}${e}${exp < 0 ? '-' : '+'}${mag < 10 ? '0' : ''}${mag}`;
}

function fmtF(neg: boolean, dec: Decimal, prec: number): string {
  const int = dec.point > 0 ? dec.d.slice(0, dec.point).padEnd(dec.point, '0') : '0';
  let frac = '';
  if (prec > 0) {
    const zeros = dec.point < 0 ? Math.min(prec, -dec.point) : 0;
    frac = `.${('0'.repeat(zeros) + dec.d.slice(Math.max(0, dec.point))).slice(0, prec).padEnd(prec, '0')}`;
  }
  return `${neg ? '-' : ''}${int}${frac}`;
}

/** strconv.FormatFloat. */
export function formatFloat(f: number, verb: string, prec: number, bits: number): string {
  if (bits === 32) f = Math.fround(f);
  if (Number.isNaN(f)) return 'NaN';
  if (f === Infinity) return '+Inf';
  if (f === -Infinity) return '-Inf';
  const p = parts(f);
  if (verb === 'b') return fmtB(f, bits);
  if (verb === 'x' || verb === 'X') return fmtX(p, prec, verb, bits);
  const short = prec < 0;
  switch (verb) {
    case 'e': case 'E': {
      const dec = short ? shortest(f, bits) : significant(p, prec + 1);
      return fmtE(p.neg, dec, short ? Math.max(0, dec.d.length - 1) : prec, verb);
    }
    case 'f': {
      if (short) {
        const dec = shortest(f, bits);
        return fmtF(p.neg, dec, Math.max(0, dec.d.length - dec.point));
      }
      const s = scaled(p, prec).toString().padStart(prec + 1, '0');
      return `${p.neg ? '-' : ''}${s.slice(0, s.length - prec)}${prec > 0 ? `.${s.slice(s.length - prec)}` : ''}`;
    }
    case 'g': case 'G': {
      const dec = short ? shortest(f, bits) : significant(p, Math.max(1, prec));
      let eprec = short ? 6 : Math.max(1, prec);
      if (!short) dec.d = dec.d.replace(/0+$/, '');
      if (!short && eprec > dec.d.length && dec.d.length >= dec.point) eprec = dec.d.length;
      const exp = dec.d === '' ? -1 : dec.point - 1;
      if (exp < -4 || exp >= eprec) return fmtE(p.neg, dec, Math.max(0, Math.min(short ? dec.d.length : Math.max(1, prec), dec.d.length) - 1), verb === 'g' ? 'e' : 'E');
      return fmtF(p.neg, dec, Math.max(0, dec.d.length - dec.point));
    }
    default: return `%${verb}`;
  }
}

/** mantissa p exponent, decimal. */
function fmtB(f: number, bits: number): string {
  if (bits === 32) {
    const a = new Float32Array([f]), u = new Uint32Array(a.buffer)[0];
    const e = (u >>> 23) & 0xff, m = (u & 0x7fffff) | (e === 0 ? 0 : 0x800000);
    const x = (e === 0 ? 1 : e) - 150;
    return `${u >>> 31 ? '-' : ''}${m}p${x < 0 ? '' : '+'}${x}`;
  }
  const p = parts(f);
  return `${p.neg ? '-' : ''}${p.mant}p${p.exp < 0 ? '' : '+'}${p.exp}`;
}

function fmtX(p: Parts, prec: number, verb: string, bits: number): string {
  let mant = p.mant, exp = p.exp + 52;
  if (mant === 0n) exp = 0;
  else while (mant >> 52n === 0n) { mant <<= 1n; exp--; }
  // 1.xxxxx with 60 fraction bits: 15 hexadecimal digits.
  mant <<= 8n;
  if (prec >= 0 && prec < 15) {
    const shift = BigInt(60 - prec * 4);
    mant = divRound(mant, 1n << shift) << shift;
    if (mant >> 61n !== 0n) { mant >>= 1n; exp++; }
  }
  let frac = (mant & ((1n << 60n) - 1n)).toString(16).padStart(15, '0');
  frac = prec < 0 ? frac.replace(/0+$/, '') : frac.slice(0, prec).padEnd(prec, '0');
  const mag = Math.abs(exp);
  const s = `${p.neg ? '-' : ''}0x${mant >> 60n}${frac === '' ? '' : `.${frac}`}p${exp < 0 ? '-' : '+'}${mag < 10 ? '0' : ''}${mag}`;
  void bits;
  return verb === 'X' ? s.toUpperCase() : s;
}

const decimal = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const hex = /^([+-]?)0[xX]([0-9a-fA-F_]*)(?:\.([0-9a-fA-F_]*))?[pP]([+-]?\d+)$/;

/** strconv.ParseFloat: the value, and 0, 1 (syntax) or 2 (range: the value is ±Inf). */
export function parseFloat64(s: string, bits: number): [number, number] {
  const special = /^([+-]?)(inf|infinity|nan)$/i.exec(s);
  if (special) {
    if (special[2].toLowerCase() === 'nan') return special[1] === '' ? [NaN, 0] : [0, 1];
    return [special[1] === '-' ? -Infinity : Infinity, 0];
  }
  let f: number;
  if (decimal.test(s)) f = bits === 32 ? round32(s) : Number(s);
  else {
    const h = hex.exec(s);
    if (!h || (h[2] + (h[3] ?? '')).replaceAll('_', '') === '' || /__|_$/.test(h[2]) || /^_|__|_$/.test(h[3] ?? '')) return [0, 1];
    f = fromHex(h[1] === '-', h[2].replaceAll('_', ''), (h[3] ?? '').replaceAll('_', ''), Number(h[4]), bits);
  }
  return Math.abs(f) === Infinity ? [f, 2] : [f, 0];
}

/** The float32 nearest to a decimal: rounding twice, through float64, can be wrong at ties, so those are decided by exact comparison. */
function round32(s: string): number {
  const d = Number(s), f = Math.fround(d);
  if (d === f || !Number.isFinite(d)) return f;
  const step = neighbour(f, d > f ? 1 : -1);
  if ((f + step) / 2 !== d) return f;
  // d looks like a tie; the decimal itself may lie to one side.
  const c = compareDecimal(s, d);
  if (c === 0) return f;
  return (c > 0) === (step > f) ? step : f;
}
function neighbour(f: number, dir: 1 | -1): number {
  const a = new Float32Array([f]), u = new Int32Array(a.buffer);
  if (f === 0) return dir * 2 ** -149;
  u[0] += (f > 0 ? dir : -dir);
  return a[0];
}
/** The sign of (decimal s) - d. */
function compareDecimal(s: string, d: number): number {
  const m = /^([+-]?)(\d*)\.?(\d*)(?:[eE]([+-]?\d+))?$/.exec(s)!;
  let num = BigInt(m[2] + m[3] || '0');
  const e = Number(m[4] ?? 0) - m[3].length;
  const p = parts(d);
  let den = 1n, x = p.mant;
  if (e >= 0) num *= 10n ** BigInt(e); else den *= 10n ** BigInt(-e);
  if (p.exp >= 0) x <<= BigInt(p.exp); else { num <<= BigInt(-p.exp); }
  x *= den;
  const c = num > x ? 1 : num < x ? -1 : 0;
  return m[1] === '-' ? -c : c;
}

function fromHex(neg: boolean, int: string, frac: string, exp: number, bits: number): number {
  const m = BigInt(`0x${int}${frac}`);
  if (m === 0n) return neg ? -0 : 0;
  const e = exp - 4 * frac.length;
  const want = bits === 32 ? 24 : 53, minExp = bits === 32 ? -149 : -1074;
  const len = m.toString(2).length;
  let shift = len - want;
  if (e + shift < minExp) shift = minExp - e;
  const r = shift > 0 ? divRound(m, 1n << BigInt(shift)) : m << BigInt(-shift);
  const x = e + shift;
  // In two steps, so that neither power over- or underflows before the product does.
  let f = Number(r);
  f = x > 900 ? f * 2 ** 900 * 2 ** Math.min(x - 900, 1023) : x < -1000 ? f * 2 ** -1000 * 2 ** Math.max(x + 1000, -1074) : f * 2 ** x;
  if (bits === 32) f = Math.fround(f);
  return neg ? -f : f;
}
