/** Addresses live in the hash, so that any static host and any base path will do. */
export type Route =
  | { readonly page: 'contents' } | { readonly page: 'chapter'; readonly slug: string } | { readonly page: 'session'; readonly id: string } | { readonly page: 'new' } | { readonly page: 'reference' }
  /** A document in the link itself (src/session/link.ts). */
  | { readonly page: 'open'; readonly packed: string }
  /** Two nodes side by side. */
  | { readonly page: 'compare'; readonly a: string; readonly b: string };

/** A part of the address, decoded; damaged escapes stay as they are. */
const decode = (s: string): string => { try { return decodeURIComponent(s); } catch { return s; } };

export function readRoute(hash: string): Route {
  const [, page, id, other] = hash.split('/');
  if (page === 'chapter' && id) return { page, slug: decode(id) };
  if (page === 'session' && id) return { page, id: decode(id) };
  if (page === 'open' && id) return { page, packed: id };
  if (page === 'compare') return { page, a: decode(id ?? ''), b: decode(other ?? '') };
  if (page === 'new' || page === 'reference') return { page };
  return { page: 'contents' };
}
export const toChapter = (slug: string): string => `#/chapter/${encodeURIComponent(slug)}`;
export const toSession = (id: string): string => `#/session/${encodeURIComponent(id)}`;
/** Nodes are `chapter:<slug>`, `<session>` (its newest text) or `<session>@<revision>`. */
export const toCompare = (a: string, b: string): string => `#/compare/${encodeURIComponent(a)}/${encodeURIComponent(b)}`;
