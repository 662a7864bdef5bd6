/** print and println: text to stderr, numbers formatted as the runtime does (runtime/print.go). */

/** A float as print shows it: +1.500000e+000. */
export function formatFloat(v: number): string {
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

export function formatHex(v: bigint): string { return `0x${BigInt.asUintN(64, v).toString(16)}`; }
