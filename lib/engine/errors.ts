/** Texts of run-time errors that checks in compiled code raise (runtime/error.go). */

const unsignedFormats = [
  (x: string, y: string) => `index out of range [${x}] with length ${y}`,
  (x: string, y: string) => `slice bounds out of range [:${x}] with length ${y}`,
  (x: string, y: string) => `slice bounds out of range [:${x}] with capacity ${y}`,
  (x: string, y: string) => `slice bounds out of range [${x}:${y}]`,
  (x: string, y: string) => `slice bounds out of range [::${x}] with length ${y}`,
  (x: string, y: string) => `slice bounds out of range [::${x}] with capacity ${y}`,
  (x: string, y: string) => `slice bounds out of range [:${x}:${y}]`,
  (x: string, y: string) => `slice bounds out of range [${x}:${y}:]`,
];
/** With a negative x the limit is not told. */
const negativeFormats = [
  (x: string) => `index out of range [${x}]`,
  (x: string) => `slice bounds out of range [:${x}]`,
  (x: string) => `slice bounds out of range [:${x}]`,
  (x: string) => `slice bounds out of range [${x}:]`,
  (x: string) => `slice bounds out of range [::${x}]`,
  (x: string) => `slice bounds out of range [::${x}]`,
  (x: string) => `slice bounds out of range [:${x}:]`,
  (x: string) => `slice bounds out of range [${x}::]`,
];

/** The text of a failed bounds check (code: lib/compile/expr.ts). */
export function boundsText(code: number, x: bigint, y: bigint, signed: boolean): string {
  if (signed && x < 0n) return negativeFormats[code](String(x));
  return unsignedFormats[code](String(BigInt.asUintN(64, x)), String(y));
}
