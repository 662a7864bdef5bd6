/** print and println: text to stderr, numbers formatted as the runtime does (runtime/print.go). */

/** A float as print shows it up to Go 1.25: +1.500000e+000. */
function fixedFloat(v: number): string {
  if (v !== v) return 'NaN';
  if (v === Infinity) return '+Inf';
  if (v === -Infinity) return '-Inf';
  const n = 7;
  let sign = '+';
  let e = 0;
  const digits: number[] = [];
  if (v === 0) {
    if (Object.is(v, -0)) sign = '-';
    for (let i = 0; i < n; i++) digits.push(0);
  } else {
    if (v < 0) { v = -v; sign = '-'; }
    while (v >= 10) { e++; v /= 10; }
    while (v < 1) { e--; v *= 10; }
    let h = 5;
    for (let i = 0; i < n; i++) h /= 10;
    v += h;
    if (v >= 10) { e++; v /= 10; }
    for (let i = 0; i < n; i++) {
      const s = Math.floor(v);
      digits.push(s);
      v -= s;
      v *= 10;
    }
  }
  const es = e < 0 ? '-' : '+';
  e = Math.abs(e);
  return `${sign}${digits[0]}.${digits.slice(1).join('')}e${es}${String(e).padStart(3, '0')}`;
}

/** A float as print shows it since Go 1.26: the shortest text that reads back, strconv's 'g'. */
function shortestFloat(v: number, bits: 32 | 64): string {
  if (v !== v) return 'NaN';
  if (v === Infinity) return '+Inf';
  if (v === -Infinity) return '-Inf';
  if (v === 0) return Object.is(v, -0) ? '-0' : '0';
  const [mant, exp] = (bits === 64 ? v.toExponential() : shortest32(v)).split('e');
  const e = Number(exp);
  return e < -4 || e >= 6 ? exponent(mant, e) : plain(mant, e);
}
/** The fewest digits that give the same float32. */
function shortest32(v: number): string {
  for (let d = 0; d < 9; d++) { const s = v.toExponential(d); if (Math.fround(Number(s)) === v) return trimmed(s); }
  return v.toExponential();
}
function trimmed(s: string): string { return s.replace(/\.?0*e/, (m) => (m.startsWith('.') ? 'e' : m)); }
function exponent(mant: string, e: number): string { return `${mant}e${e < 0 ? '-' : '+'}${String(Math.abs(e)).padStart(2, '0')}`; }
function plain(mant: string, e: number): string {
  const sign = mant.startsWith('-') ? '-' : '';
  const digits = mant.replace('-', '').replace('.', '');
  if (e < 0) return `${sign}0.${'0'.repeat(-e - 1)}${digits}`;
  if (digits.length <= e + 1) return `${sign}${digits}${'0'.repeat(e + 1 - digits.length)}`;
  return `${sign}${digits.slice(0, e + 1)}.${digits.slice(e + 1)}`;
}

/** A float as print shows it in the given Go version. */
export function formatFloat(v: number, minor = 26, bits: 32 | 64 = 64): string { return minor >= 26 ? shortestFloat(v, bits) : fixedFloat(v); }
export function formatComplex(re: number, im: number, minor: number, bits: 32 | 64): string {
  const i = formatFloat(im, minor, bits);
  return `(${formatFloat(re, minor, bits)}${i.startsWith('-') || i.startsWith('+') ? i : `+${i}`}i)`;
}

export function formatHex(v: bigint): string { return `0x${BigInt.asUintN(64, v).toString(16)}`; }
