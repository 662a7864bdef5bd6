/**
 * A document in a link: JSON, deflated, in base64url after `#/open/`. No server sees
 * it: browsers do not send the part after #. The recorded digests ride along, so
 * that whoever opens the link can check that it gives the same results.
 */
export const linkVersion = 1;
/** Characters of a link that browsers and messengers still carry; beyond it, share a file. */
export const longLink = 32_000;
const maxText = 4 * 1024 * 1024;

export interface Shared {
  readonly title: string;
  readonly text: string;
  readonly chapter: string | null;
  /** cell, digest of what produced it, digest of the result, exit code. */
  readonly results: readonly { readonly cell: number; readonly source: string; readonly digest: string; readonly exit: number | null }[];
}

async function pump(bytes: Uint8Array<ArrayBuffer>, through: { readonly readable: ReadableStream<Uint8Array>; readonly writable: WritableStream<BufferSource> }, max: number): Promise<Uint8Array<ArrayBuffer>> {
  const writer = through.writable.getWriter();
  const fed = writer.write(bytes).then(() => writer.close());
  fed.catch(() => { /* the reader below meets the same error */ });
  const parts: Uint8Array[] = [];
  let n = 0;
  const reader = through.readable.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    n += value.length;
    if (n > max) { await reader.cancel(); throw new Error('too large'); }
    parts.push(value);
  }
  await fed;
  const out = new Uint8Array(n);
  let at = 0;
  for (const p of parts) { out.set(p, at); at += p.length; }
  return out;
}

/** The part of the link after `#/open/`. */
export async function pack(s: Shared): Promise<string> {
  const json = JSON.stringify({ v: linkVersion, t: s.title, c: s.chapter, d: s.text, r: s.results.map(r => [r.cell, r.source, r.digest, r.exit]) });
  const bytes = await pump(new TextEncoder().encode(json), new CompressionStream('deflate-raw'), Infinity);
  let text = '';
  for (let i = 0; i < bytes.length; i += 8192) text += String.fromCharCode(...bytes.subarray(i, i + 8192));
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

/** Reads a link; null when it is none of ours or damaged. */
export async function unpack(packed: string): Promise<Shared | null> {
  try {
    if (!/^[\w-]+$/.test(packed)) return null;
    const bytes = Uint8Array.from(atob(packed.replaceAll('-', '+').replaceAll('_', '/')), c => c.charCodeAt(0));
    const v = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(await pump(bytes, new DecompressionStream('deflate-raw'), maxText))) as { v?: unknown; t?: unknown; c?: unknown; d?: unknown; r?: unknown };
    if (v.v !== linkVersion || typeof v.d !== 'string' || typeof v.t !== 'string') return null;
    const results = (Array.isArray(v.r) ? v.r as unknown[] : []).flatMap(x => {
      if (!Array.isArray(x)) return [];
      const [cell, source, digest, exit] = x as unknown[];
      return Number.isSafeInteger(cell) && typeof source === 'string' && typeof digest === 'string' ? [{ cell: cell as number, source, digest, exit: typeof exit === 'number' ? exit : null }] : [];
    });
    return { title: v.t.slice(0, 200), text: v.d, chapter: typeof v.c === 'string' ? v.c.slice(0, 200) : null, results };
  } catch { return null; }
}
