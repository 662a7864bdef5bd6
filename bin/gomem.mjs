#!/usr/bin/env node
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const bundle = new URL('../dist/cli/gomem.mjs', import.meta.url);
if (!existsSync(fileURLToPath(bundle))) {
  console.error('gomem: not built yet; run `npm install && npm run build` in the checkout');
  process.exit(2);
}
const { main, hostIO } = await import(bundle.href);
process.exitCode = await main(process.argv.slice(2), hostIO);
