/** The Go files a command was given: files, or one package directory; and the packages of its module. */
import type { PackageProvider, SourceText } from '../../lib/go/program.ts';
import { UsageError } from './args.ts';
import type { CommandIO } from './io.ts';

export interface Sources { readonly files: SourceText[]; readonly provide: PackageProvider }

const read = (io: CommandIO, path: string): Uint8Array => {
  try { return io.readFile(path); } catch { throw new UsageError(`cannot read ${path}`); }
};

/** How go build prints a file's name: relative to the directory, with ./ in front. */
export function displayName(path: string): string { return path.startsWith('/') || path.startsWith('./') || path.startsWith('../') ? path : `./${path}`; }

/** Loads the files named; tests says which of a directory's files count. */
export function loadSources(io: CommandIO, args: readonly string[], tests = false): Sources {
  if (args.length === 0) throw new UsageError('no Go files listed');
  let paths = [...args];
  if (args.length === 1) {
    const names = io.readDir(args[0]);
    if (names) {
      const dir = args[0].replace(/\/$/, '');
      paths = names.filter((n) => n.endsWith('.go') && (tests || !n.endsWith('_test.go')) && !n.startsWith('_') && !n.startsWith('.')).sort().map((n) => (dir === '.' ? n : `${dir}/${n}`));
      if (paths.length === 0) throw new UsageError(`no Go files in ${args[0]}`);
    }
  }
  const bad = paths.find((p) => !p.endsWith('.go'));
  if (bad) throw new UsageError(`named files must be .go files: ${bad}`);
  const files = paths.map((p) => ({ name: displayName(p), text: read(io, p) }));
  const dir = paths[0].includes('/') ? paths[0].slice(0, paths[0].lastIndexOf('/')) : '.';
  return { files, provide: moduleProvider(io, dir) };
}

/** Packages of the module around dir (by its go.mod), then std. */
function moduleProvider(io: CommandIO, dir: string): PackageProvider {
  let root = dir, module: string | undefined;
  for (let i = 0; i < 32 && module === undefined; i++) {
    const names = io.readDir(root);
    if (names?.includes('go.mod')) {
      const text = new TextDecoder().decode(io.readFile(`${root}/go.mod`));
      module = /^\s*module\s+"?([^\s"]+)"?/m.exec(text)?.[1] ?? '';
      break;
    }
    if (root === '/' ) break;
    root = root.startsWith('/') ? (root.slice(0, root.lastIndexOf('/')) || '/') : `${root}/..`;
  }
  return (path) => {
    if (module && (path === module || path.startsWith(`${module}/`))) {
      const d = path === module ? root : `${root}/${path.slice(module.length + 1)}`;
      const names = io.readDir(d)?.filter((n) => n.endsWith('.go') && !n.endsWith('_test.go')).sort();
      if (names && names.length > 0) return names.map((n) => ({ name: displayName(`${d}/${n}`), text: io.readFile(`${d}/${n}`) }));
      return undefined;
    }
    return io.std(path);
  };
}
