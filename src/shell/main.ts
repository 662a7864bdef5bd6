/** Entry of the host page. */
import '../style/fonts.css';
import '../style/tokens.css';
import '../style/shell.css';
import { mount } from 'svelte';
import App from './App.svelte';

mount(App, { target: document.body });
