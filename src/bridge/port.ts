/** The two ends of the bridge: a MessagePort that sends one union and hears the other, guarded. */
import type { Guard } from './check.ts';

export interface Door<Out> {
  send(message: Out, transfer?: Transferable[]): void;
  close(): void;
  /** Messages that failed their guard and were dropped. */
  readonly dropped: number;
}

/**
 * Opens one end. Messages that fail the guard are dropped and counted; so are
 * messages beyond limit per second (a hostile frame must not drown the shell).
 */
export function openDoor<In, Out>(port: MessagePort, accepts: Guard<In>, hear: (m: In) => void, limit = Infinity): Door<Out> {
  let dropped = 0, spent = 0, second = 0;
  port.onmessage = (e: MessageEvent<unknown>) => {
    if (limit !== Infinity) {
      const now = Math.floor(performance.now() / 1000);
      if (now !== second) { second = now; spent = 0; }
      if (++spent > limit) { dropped++; return; }
    }
    if (accepts(e.data)) hear(e.data); else dropped++;
  };
  port.start();
  return {
    send: (m, transfer = []) => port.postMessage(m, transfer),
    close: () => { port.onmessage = null; port.close(); },
    get dropped() { return dropped; },
  };
}
