/**
 * `npm test`: everything, on a fresh clone. Installs packages if they are
 * missing, makes sure a Chromium is there for the browser tests (or says how to
 * get one), builds, and runs the tests.
 */
import { existsSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { findChromium, installChromium } from './chromium.mjs';

const run = (cmd, args, env = {}) => {
  const r = spawnSync(cmd, args, { stdio: 'inherit', env: { ...process.env, ...env }, shell: process.platform === 'win32' });
  if (r.status !== 0) process.exit(r.status ?? 1);
};

if (!existsSync('node_modules/vitest')) run('npm', ['install', '--no-audit', '--no-fund']);
let chromium = findChromium();
if (!chromium) chromium = installChromium();
if (!chromium) {
  console.error('No Chromium or Chrome found for the browser tests. Install one (Debian: apt-get install chromium; macOS: brew install --cask chromium;\nWindows: winget install Google.Chrome) or set CHROMIUM_PATH to its executable.');
  process.exit(1);
}
console.log(`browser: ${chromium}`);
run('node', ['scripts/build.mjs']);
run('npx', ['--no-install', 'vitest', 'run', ...process.argv.slice(2)], { CHROMIUM_PATH: chromium });
