/**
 * The page between shell and sandbox. A service worker does not answer the
 * navigation of an opaque-origin frame, so this same-origin page fetches
 * frame.html (from the network or the offline cache) and mounts it as srcdoc in the
 * opaque frame. Its own CSP, which srcdoc inherits, forbids every further frame and
 * names the one script the frame may run. It only passes one port through.
 */
const frame = document.createElement('iframe');
frame.setAttribute('sandbox', 'allow-scripts');
frame.title = document.title;
frame.setAttribute('allow', "camera 'none'; microphone 'none'; geolocation 'none'; display-capture 'none'; usb 'none'; serial 'none'; hid 'none'; midi 'none'; payment 'none'; publickey-credentials-get 'none'");

let passed = false;
addEventListener('message', e => {
  if (e.source === frame.contentWindow && e.origin === 'null' && e.data === 'frame-ready') parent.postMessage('frame-ready', location.origin);
  else if (e.source === parent && e.origin === location.origin && e.data === 'port' && !passed && e.ports.length === 1) {
    passed = true;
    frame.contentWindow?.postMessage('port', '*', [e.ports[0]]);
  }
});
fetch('frame.html').then(async r => {
  if (!r.ok) throw new Error(`frame.html: ${r.status}`);
  frame.srcdoc = await r.text();
  document.body.append(frame);
}).catch((e: unknown) => parent.postMessage(`frame-failed ${String(e)}`, location.origin));
