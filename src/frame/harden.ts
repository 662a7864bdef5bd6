/**
 * First thing in the frame, before any other module of it is evaluated.
 *
 * - WebRTC reaches the network past every CSP, so its constructors go.
 * - Browsers stall requestAnimationFrame in frames that are hidden or off screen,
 *   and the Observable runtime schedules with it: a frame that does not come is
 *   replaced by a message (immediate) or a timer, whichever the moment allows.
 */
const gone = ['RTCPeerConnection', 'webkitRTCPeerConnection', 'mozRTCPeerConnection', 'RTCDataChannel', 'RTCSessionDescription', 'RTCIceCandidate', 'RTCIceTransport', 'RTCDtlsTransport', 'RTCCertificate', 'WebTransport'];
for (const name of gone) {
  try { Reflect.deleteProperty(globalThis, name); } catch { /* a host that forbids deletion is caught by the next line */ }
  if (name in globalThis) Object.defineProperty(globalThis, name, { value: undefined, writable: false, configurable: false });
}

const real = globalThis.requestAnimationFrame.bind(globalThis), cancelReal = globalThis.cancelAnimationFrame.bind(globalThis);
const channel = new MessageChannel();
interface Wait { readonly f: FrameRequestCallback; real: number; timer: ReturnType<typeof setTimeout> | 0; }
const waits = new Map<number, Wait>();
let next = 1, lastHidden = 0;
/** Longer than a frame at 30 Hz: a visible page draws before this. */
const patience = 40;

function fire(id: number): void {
  const w = waits.get(id);
  if (!w) return;
  waits.delete(id);
  cancelReal(w.real);
  clearTimeout(w.timer);
  w.f(performance.now());
}
channel.port1.onmessage = (e: MessageEvent<number>) => fire(e.data);

globalThis.requestAnimationFrame = f => {
  const id = next++;
  const w: Wait = { f, real: 0, timer: 0 };
  waits.set(id, w);
  const now = performance.now();
  if (document.hidden && now - lastHidden > 16) { lastHidden = now; channel.port2.postMessage(id); }
  else { w.real = real(() => fire(id)); w.timer = setTimeout(fire, patience, id); }
  return id;
};
globalThis.cancelAnimationFrame = id => {
  const w = waits.get(id);
  if (!w) return;
  waits.delete(id);
  cancelReal(w.real);
  clearTimeout(w.timer);
};

/** Whether the document is where it must be: an opaque origin. */
export const sandboxed = globalThis.origin === 'null';
