/** Entry of the sandboxed page. harden.ts must come first: modules below capture what it replaces. */
import { sandboxed } from './harden.ts';
import '../style/tokens.css';
import '../style/prose.css';
import '../style/frame.css';
import '../style/verdict.css';
import { mount } from 'svelte';
import App from './App.svelte';

if (!sandboxed) document.body.textContent = 'This page only works inside the sandbox of Go Memory Lab.';
else {
  const take = (e: MessageEvent<unknown>): void => {
    if (e.source !== parent || e.data !== 'port' || e.ports.length !== 1) return;
    removeEventListener('message', take);
    mount(App, { target: document.body, props: { port: e.ports[0] } });
  };
  addEventListener('message', take);
  parent.postMessage('frame-ready', '*');
}
