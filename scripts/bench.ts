/**
 * `npm run bench [-- NAME…]`: what we measure of ourselves, beside real Go where it
 * is found, in one run on one machine.
 *
 * Each file of scripts/bench exports `measure`; a name picks files. The table gives
 * value, real Go's value, the ratio, and the bar of the issue; nothing fails here,
 * because a busy machine is not a bug. `--json` writes the rows instead.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Measure, Row } from './bench/row.ts';

const args = process.argv.slice(2);
const json = args.includes('--json');
const names = args.filter((a) => !a.startsWith('-'));
const dir = join(import.meta.dirname, 'bench');
const all: Record<string, Row[]> = {};

/** Whether a row keeps its bar: `2.5x` bounds the ratio, `50` and `>=20` the value; null without one. */
function kept(r: Row): boolean | null {
  if (r.bar === undefined) return null;
  const m = /^(>=)?([\d.]+)(x)?$/.exec(r.bar);
  if (!m) return null;
  if (m[3] && r.go === undefined) return null;
  const v = m[3] ? r.value / r.go! : r.value;
  return m[1] ? v >= Number(m[2]) : v <= Number(m[2]);
}

const show = (x: number): string => (x >= 100 ? x.toFixed(0) : x >= 10 ? x.toFixed(1) : x.toFixed(2));

for (const file of readdirSync(dir).sort()) {
  const name = file.replace(/\.ts$/, '');
  if (name === 'row' || !file.endsWith('.ts') || (names.length > 0 && !names.includes(name))) continue;
  const { measure } = await import(pathToFileURL(join(dir, file)).href) as { measure: Measure };
  if (!json) console.log(`\n${name}`);
  let rows: Row[];
  try { rows = await measure(); }
  catch (e) { console.log(`  not measured: ${e instanceof Error ? e.message : String(e)}`); continue; }
  all[name] = rows;
  if (json) continue;
  for (const r of rows) {
    const go = r.go === undefined ? '' : `go ${show(r.go)}  ${(r.value / r.go).toFixed(2)}x`;
    const ok = kept(r);
    console.log(`  ${r.name.padEnd(36)} ${show(r.value).padStart(9)} ${r.unit.padEnd(6)} ${go.padEnd(22)} ${r.bar === undefined ? '' : `bar ${r.bar} ${ok === null ? '' : ok ? 'kept' : 'MISSED'}`}`);
  }
}
if (json) console.log(JSON.stringify({ node: process.version, rows: all }, null, 2));
