/**
 * The service worker: registered beside the page, so that everything works without a
 * network afterwards. It fetches all there is, so a first visit waits with it until
 * the page has what it needs itself.
 */
/** none: not possible here; busy: files are being fetched; new: another version waits. */
export const offline: { state: 'none' | 'busy' | 'ready' | 'new' } = $state({ state: 'none' });

export function goOffline(): void {
  if (!('serviceWorker' in navigator)) return;
  const had = navigator.serviceWorker.controller !== null;
  offline.state = had ? 'ready' : 'busy';
  const watch = (w: ServiceWorker | null): void => w?.addEventListener('statechange', () => {
    if (w.state === 'installed' && had) offline.state = 'new';
    else if (w.state === 'activated' && offline.state !== 'new') offline.state = 'ready';
  });
  const register = (): void => {
    navigator.serviceWorker.register('sw.js').then(r => {
      if (r.active) offline.state = 'ready';
      if (r.waiting && had) offline.state = 'new';
      watch(r.installing);
      r.addEventListener('updatefound', () => watch(r.installing));
    }, () => { offline.state = 'none'; });
  };
  setTimeout(register, had ? 0 : firstVisitMs);
}
/** How long a first visit has the network to itself. */
const firstVisitMs = 3000;

/** Lets the waiting worker take over, and loads its version. */
export async function takeNew(): Promise<void> {
  const r = await navigator.serviceWorker.getRegistration();
  if (!r?.waiting) { location.reload(); return; }
  navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
  r.waiting.postMessage('take over');
}
