/** What is recorded of the real standard library, from disk: beside the bundle in dist, or in the checkout. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { FactsStore, factsFile } from '../../lib/go/facts/store.ts';
import type { PackageProvider, SourceText } from '../../lib/go/program.ts';

export interface StdFacts {
  readonly store: FactsStore;
  /** The declarations of a package: recorded ones, or (for generic functions need bodies) those of `own`, or what `own` has where nothing is recorded. */
  source(path: string, own: PackageProvider): readonly SourceText[] | undefined;
}

function factsDir(): string | undefined {
  let dir = dirname(fileURLToPath(import.meta.url));
  for (let i = 0; i < 6; i++) {
    for (const sub of ['facts', 'lib/go/facts/data']) if (existsSync(join(dir, sub, 'errors.json'))) return join(dir, sub);
    dir = dirname(dir);
  }
  return undefined;
}

export function stdFacts(): StdFacts {
  const dir = factsDir();
  const store = new FactsStore((path) => {
    if (dir === undefined || !/^[a-z0-9_.]+(\/[a-z0-9_.]+)*$/.test(path)) return undefined;
    const file = join(dir, factsFile(path));
    return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
  });
  return {
    store,
    source(path, own) {
      const api = store.api(path);
      if (api === undefined) return own(path);
      if (api.includes('{ panic(0) }')) {
        const texts = own(path);
        if (texts) return texts;
      }
      return [{ name: `$GOROOT/src/${path}/api.go`, text: api }];
    },
  };
}
