/** Entry of the host page. */
import '../style/fonts.css';
import '../style/tokens.css';
import '../style/shell.css';
import { mount } from 'svelte';
import App from './App.svelte';
import { loadEarly } from './assets.ts';
import { goOffline } from './offline.svelte.ts';
import { readRoute } from './route.ts';

const { page } = readRoute(location.hash);
// The notebook's text and its frame first, then what its programs will need.
mount(App, { target: document.body });
if (page !== 'contents' && page !== 'compare' && page !== 'reference') loadEarly('engine', 'gosrc', 'std');
goOffline();
