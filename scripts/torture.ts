/**
 * `npm run torture -- SUITE [args]`: what is too long for every day's tests. A suite is
 * a file of scripts/torture with `torture(args)`, which gives the exit code.
 */
import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const dir = join(dirname(fileURLToPath(import.meta.url)), 'torture');
const suites = readdirSync(dir).filter(f => f.endsWith('.ts')).map(f => f.slice(0, -3)).sort();
const [name = '', ...args] = process.argv.slice(2);
if (!suites.includes(name) || !existsSync(join(dir, `${name}.ts`))) {
  console.error(`usage: npm run torture -- ${suites.join('|')} [args]`);
  process.exit(2);
}
const suite = await import(join(dir, `${name}.ts`)) as { torture(args: readonly string[]): Promise<number> };
process.exitCode = await suite.torture(args);
