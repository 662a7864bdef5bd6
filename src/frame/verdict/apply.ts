/** Edits with offsets in UTF-8 bytes, applied to a text. */
export function applyBytes(text: string, edits: readonly { readonly start: number; readonly end: number; readonly newText: string }[]): string {
  const bytes = new TextEncoder().encode(text), decode = (b: Uint8Array): string => new TextDecoder().decode(b);
  let out = '', at = 0;
  for (const e of [...edits].sort((a, b) => a.start - b.start || a.end - b.end)) {
    out += decode(bytes.subarray(at, e.start)) + e.newText;
    at = Math.max(at, e.end);
  }
  return out + decode(bytes.subarray(at));
}
