/** lib/std from disk: beside the bundle in dist, or in the checkout. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defaultGoVersion } from '../../lib/base/version.ts';
import { provideArchive } from '../../lib/engine/archive.ts';
import type { PackageProvider } from '../../lib/go/program.ts';

/** The archive of compiled packages beside the packages' text, where there is one. */
function archive(dir: string): void {
  const file = join(dirname(dir), `std-${defaultGoVersion}.bin`);
  provideArchive(defaultGoVersion, () => (existsSync(file) ? readFileSync(file) : undefined));
}

/** Finds lib/std going up from this file. */
function stdDir(): string {
  let dir = dirname(fileURLToPath(import.meta.url));
  for (let i = 0; i < 6; i++) {
    for (const sub of ['std', 'lib/std']) if (existsSync(join(dir, sub, 'errors', 'errors.go'))) return join(dir, sub);
    dir = dirname(dir);
  }
  throw new Error('cannot find lib/std beside gomem; run npm run build in the checkout');
}

export function stdProvider(): PackageProvider {
  let root: string | undefined;
  return (path) => {
    if (!/^[a-z0-9_]+(\/[a-z0-9_]+)*$/.test(path)) return undefined;
    if (root === undefined) archive(root = stdDir());
    const dir = join(root, path);
    if (!existsSync(dir)) return undefined;
    const names = readdirSync(dir).filter((n) => n.endsWith('.go')).sort();
    if (names.length === 0) return undefined;
    return names.map((n) => ({ name: `$GOROOT/src/${path}/${n}`, text: readFileSync(join(dir, n)) }));
  };
}
