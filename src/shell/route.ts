/** Addresses live in the hash, so that any static host and any base path will do. */
export type Route = { readonly page: 'contents' } | { readonly page: 'chapter'; readonly slug: string } | { readonly page: 'session'; readonly id: string } | { readonly page: 'new' };

export function readRoute(hash: string): Route {
  const [, page, id] = hash.split('/');
  if (page === 'chapter' && id) return { page, slug: decodeURIComponent(id) };
  if (page === 'session' && id) return { page, id: decodeURIComponent(id) };
  if (page === 'new') return { page };
  return { page: 'contents' };
}
export const toChapter = (slug: string): string => `#/chapter/${encodeURIComponent(slug)}`;
export const toSession = (id: string): string => `#/session/${encodeURIComponent(id)}`;
