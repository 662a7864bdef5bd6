/** Entry of the host page. */
import '../style/fonts.css';
import '../style/tokens.css';
import '../style/shell.css';
import { mount } from 'svelte';
import App from './App.svelte';
import { goOffline } from './offline.svelte.ts';

mount(App, { target: document.body });
goOffline();
