/** What is recorded of the real standard library, from disk: beside the bundle in dist, or in the checkout. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { withModels } from '../../lib/go/facts/models.ts';
import { FactsStore, factsFile } from '../../lib/go/facts/store.ts';
import type { PackageProvider, SourceText } from '../../lib/go/program.ts';

export interface StdFacts {
  readonly store: FactsStore;
  /** The declarations of a package: recorded ones; of packages of generic functions, whose bodies decide, those of `own`; what `own` has where nothing is recorded. */
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

/** Packages that are generic functions in the main. */
const generic = new Set(['slices', 'maps', 'cmp', 'iter', 'sync/atomic']);

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
      if (api === undefined || generic.has(path)) {
        const texts = own(path);
        if (texts || api === undefined) return texts && withModels(path, texts);
      }
      return withModels(path, [{ name: `$GOROOT/src/${path}/api.go`, text: api }]);
    },
  };
}
