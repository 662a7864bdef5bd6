/** Used by vitest-free builds through scripts/build.mjs, which gives each bundle its own entry and format. */
import { resolve } from 'node:path';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';

const kit = (path: string): string => resolve('node_modules/@observablehq/notebook-kit/dist/src', path);

/** Modules of notebook-kit that its package does not export, by our names. */
export const kitAliases = [
  { find: 'kit:define', replacement: kit('runtime/define.js') },
  { find: 'kit:display', replacement: kit('runtime/display.js') },
  { find: 'kit:generators', replacement: kit('runtime/stdlib/generators/index.js') },
  { find: 'kit:mutable', replacement: kit('runtime/stdlib/mutable.js') },
  { find: 'kit:transpile', replacement: kit('javascript/transpile.js') },
  { find: 'kit:typescript', replacement: kit('javascript/typescript.js') },
  { find: 'kit:htl', replacement: resolve('node_modules/htl/src/index.js') },
  { find: 'htl', replacement: resolve('src/frame/kernel/htl.ts') },
];

export default defineConfig({ plugins: [svelte()], resolve: { alias: kitAliases } });
