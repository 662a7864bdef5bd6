/** Finding (or installing) the Chromium that browser tests drive. */
import { accessSync, constants } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { delimiter, join } from 'node:path';

const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome'];
const places = [
  '/usr/bin/chromium', '/snap/bin/chromium',
  '/Applications/Chromium.app/Contents/MacOS/Chromium', '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe', 'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

const executable = (path) => { try { accessSync(path, constants.X_OK); return true; } catch { return false; } };

/** The path of a Chromium or Chrome: CHROMIUM_PATH, the PATH, the usual places; undefined if there is none. */
export function findChromium() {
  const wanted = process.env.CHROMIUM_PATH;
  if (wanted && executable(wanted)) return wanted;
  for (const dir of (process.env.PATH ?? '').split(delimiter)) for (const n of names) if (executable(join(dir, n))) return join(dir, n);
  return places.find(executable);
}

/** Installs Chromium by the platform's means where that needs no questions (Debian as root); its path if it worked. */
export function installChromium() {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return undefined;
  console.log('installing Chromium (apt-get install chromium) …');
  spawnSync('apt-get', ['update', '-qq'], { stdio: 'inherit' });
  spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], { stdio: 'inherit', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });
  return findChromium();
}
