/** `npm run check`: types, layers, lint and unused files. Prints each part's result and fails if one fails. */
import { spawnSync } from 'node:child_process';

const parts = [
  ['types of lib (no DOM, no Node)', 'tsc', ['-p', 'lib', '--noEmit']],
  ['types', 'tsc', ['--noEmit']],
  ['types of components', 'svelte-check', ['--output', 'human', '--threshold', 'error']],
  ['layers', 'depcruise', ['lib', 'src', '--config', '.dependency-cruiser.js']],
  ['lint', 'eslint', ['.']],
  ['unused', 'knip', []],
];
let failed = 0;
for (const [name, cmd, args] of parts) {
  const r = spawnSync('npx', ['--no-install', cmd, ...args], { encoding: 'utf8', shell: process.platform === 'win32' });
  const ok = r.status === 0;
  console.log(`${ok ? 'ok  ' : 'FAIL'} ${name}`);
  if (!ok) { failed++; console.log((r.stdout + r.stderr).replace(/^npm warn.*\n/gm, '')); }
}
process.exit(failed === 0 ? 0 : 1);
