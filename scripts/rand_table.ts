/**
 * The 607 words with which math/rand's generator begins, found by observing the
 * installed Go: the generator is additive, so its first 607 outputs for a seed give
 * its state, and the seed's own part (a documented linear congruential generator)
 * is taken out. Run: npx tsx scripts/rand_table.ts > lib/std/natives/rand_table.ts
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const program = `package main
import ("fmt"; "math/rand")
func main() { s := rand.NewSource(1).(rand.Source64); for range 607 { fmt.Println(s.Uint64()) } }
`;
const file = join(mkdtempSync(join(tmpdir(), 'rand')), 'main.go');
writeFileSync(file, program);
const y = execFileSync('go', ['run', file], { encoding: 'utf8' }).trim().split('\n').map(BigInt);
const wrap = (x: bigint): bigint => BigInt.asUintN(64, x);

const n = 607, lag = 273;
const state: bigint[] = new Array<bigint>(n).fill(0n);
for (let k = lag; k < n; k++) state[((n - lag - 1 - k) % n + n) % n] = wrap(y[k] - y[k - lag]);
for (let k = 0; k < lag; k++) state[n - lag - 1 - k] = wrap(y[k] - state[n - 1 - k]);

let x = 1n;
const next = (): bigint => (x = (x * 48271n) % 2147483647n);
for (let i = 0; i < 20; i++) next();
const words = state.map((v) => v ^ wrap(next() << 40n) ^ wrap(next() << 20n) ^ next());
const hex = words.map((w) => w.toString(16).padStart(16, '0')).join('');
const lines = hex.match(/.{1,128}/g)!.map((l) => `  '${l}'`).join(' +\n');
console.log(`/** Start of math/rand's additive generator: 607 words of 16 hex digits. Made by scripts/rand_table.ts. */\nexport const randTable: string =\n${lines};`);
