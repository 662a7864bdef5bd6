/** The standard packages of lib/std as a provider for tests. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../lib/std');
export function std(path: string): { name: string; text: string }[] | undefined {
  const d = join(root, path);
  const files = existsSync(d) ? readdirSync(d).filter((f) => f.endsWith('.go')) : [];
  return files.length > 0 ? files.map((f) => ({ name: `$GOROOT/src/${path}/${f}`, text: readFileSync(join(d, f), 'utf8') })) : undefined;
}
