/** `npm start`: installs what is missing, builds, serves, and says where. */
import { existsSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';

const run = (cmd, args) => {
  const r = spawnSync(cmd, args, { stdio: 'inherit', shell: process.platform === 'win32' });
  if (r.status !== 0) process.exit(r.status ?? 1);
};
if (!existsSync('node_modules/vite')) run('npm', ['install', '--no-audit', '--no-fund']);
console.log('building …');
run('node', ['scripts/build.mjs']);
const { serve } = await import('./serve.mjs');
const server = await serve(resolve(process.env.DIST ?? 'dist'), Number(process.env.PORT ?? 4173));
console.log(`Go Memory Lab is at http://localhost:${server.address().port}/  (Ctrl+C stops it)`);
