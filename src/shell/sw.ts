/**
 * The service worker: the whole app of one build in one cache, so that after the
 * first visit everything works without a network, under whatever path the page was
 * found. The build writes the list of files and its digest in; a new digest is a new
 * cache, filled before the old one is let go. Pages of one build never meet files of
 * another: the new worker waits until the reader reloads.
 */
/** Written in by scripts/build.mjs: addresses relative to this script, and the digest of them all. */
declare const __FILES__: readonly string[];
declare const __VERSION__: string;

const worker = self as unknown as ServiceWorkerGlobalScope;
const prefix = `go-memory-lab ${worker.registration.scope} `;
const cacheName = prefix + __VERSION__;

worker.addEventListener('install', e => {
  e.waitUntil(caches.open(cacheName).then(c => c.addAll(__FILES__.map(f => new Request(f, { cache: 'reload' })))));
});
worker.addEventListener('activate', e => {
  e.waitUntil(caches.keys().then(async keys => {
    await Promise.all(keys.filter(k => k.startsWith(prefix) && k !== cacheName).map(k => caches.delete(k)));
    await worker.clients.claim();
  }));
});
worker.addEventListener('message', e => { if (e.data === 'take over') void worker.skipWaiting(); });
worker.addEventListener('fetch', e => {
  const { request } = e, url = new URL(request.url);
  if (request.method !== 'GET' || !url.href.startsWith(worker.registration.scope)) return;
  e.respondWith((async () => {
    // `dir/` and `dir/index.html` are one page; queries are not ours.
    const path = url.origin + url.pathname.replace(/index\.html$/, '');
    const hit = await (await caches.open(cacheName)).match(path === worker.registration.scope ? './' : path, { ignoreSearch: true });
    return hit ?? fetch(request);
  })());
});

export {};
