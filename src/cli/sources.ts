/** The Go files a command was given: files, or one package directory; and the packages of its module. */
import type { PackageProvider, SourceText } from '../../lib/go/program.ts';
import { UsageError } from './args.ts';
import type { CommandIO } from './io.ts';

export interface Sources { readonly files: SourceText[]; readonly provide: PackageProvider;
  /** What go build calls the package: its import path if a directory was named in a module. */
  readonly pkgPath: string;
}

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
  const m = moduleOf(io, dir);
  const whole = args.length === 1 && !args[0].endsWith('.go');
  return { files, provide: moduleProvider(io, m), pkgPath: whole && m?.module ? m.module + m.below : 'command-line-arguments' };
}

/** The module around a directory: its path, its root, and the directory's path below that ("/x/y" or ""; only for relative directories inside). */
interface Module { readonly module: string; readonly root: string; readonly below: string }

function moduleOf(io: CommandIO, dir: string): Module | undefined {
  let root = dir, below = '';
  for (let i = 0; i < 32; i++) {
    if (io.readDir(root)?.includes('go.mod')) {
      const text = new TextDecoder().decode(io.readFile(`${root}/go.mod`));
      return { module: /^\s*module\s+"?([^\s"]+)"?/m.exec(text)?.[1] ?? '', root, below };
    }
    if (root === '/') break;
    const cut = root.lastIndexOf('/'), last = root.slice(cut + 1);
    if (root !== '.' && last !== '..' && last !== '.') {
      below = `/${last}${below}`;
      root = cut > 0 ? root.slice(0, cut) : cut === 0 ? '/' : '.';
    } else root = `${root}/..`;
  }
  return undefined;
}

/** Packages of a module, then std. */
function moduleProvider(io: CommandIO, m: Module | undefined): PackageProvider {
  const module = m?.module, root = m?.root ?? '.';
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
