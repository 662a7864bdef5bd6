/** Offsets: lib counts UTF-8 bytes, editors count UTF-16 code units. */

/** The byte offset of a UTF-16 offset into text. */
export function toBytes(text: string, utf16: number): number {
  let bytes = 0;
  for (let i = 0; i < utf16 && i < text.length;) {
    const c = text.codePointAt(i)!;
    bytes += c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    i += c < 0x10000 ? 1 : 2;
  }
  return bytes;
}

/** The UTF-16 offset of a byte offset into text. */
export function toUtf16(text: string, offset: number): number {
  let bytes = 0, i = 0;
  while (bytes < offset && i < text.length) {
    const c = text.codePointAt(i)!;
    bytes += c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    i += c < 0x10000 ? 1 : 2;
  }
  return i;
}
