/** The Go files a command was given: files, or one package directory; and the packages of its module. */
import { list } from '../../lib/go/list.ts';
import { minor, type GoVersion } from '../../lib/base/version.ts';
import type { PackageProvider, SourceText } from '../../lib/go/program.ts';
import { UsageError } from './args.ts';
import type { CommandIO } from './io.ts';

export interface Sources {
  readonly files: readonly SourceText[];
  readonly provide: PackageProvider;
  /** What go build calls the package: its import path if a directory was named in a module. */
  readonly pkgPath: string;
  /** The language version that go.mod asks for a package; the main package's path is main. */
  readonly lang: (path: string) => string | undefined;
  /** What the go command would say before it compiles anything; '' if nothing. */
  readonly errors: string;
}

export interface SourceOptions {
  readonly go: GoVersion;
  /** Files that end in _test.go count. */
  readonly tests?: boolean;
  /** Whether a standard package that lib/std lacks is known all the same: its facts are enough to check. */
  readonly known?: (path: string) => boolean;
  /** Whether real Go has a standard package that we cannot run. */
  readonly real?: (path: string) => boolean;
}

/** Loads the files named. */
export function loadSources(io: CommandIO, args: readonly string[], opts: SourceOptions): Sources {
  if (args.length === 0) throw new UsageError('no Go files listed');
  const names = args.length === 1 ? io.readDir(args[0]) : undefined;
  if (!names) {
    const bad = args.find((p) => !p.endsWith('.go'));
    if (bad) throw new UsageError(`named files must be .go files: ${bad}`);
    for (const a of args) { try { io.readFile(a); } catch { throw new UsageError(`cannot read ${a}`); } }
  } else if (!names.some((n) => n.endsWith('.go')) && !names.includes('go.mod')) throw new UsageError(`no Go files in ${args[0]}`);
  const l = list({
    cwd: io.cwd ?? '', readFile: (p) => io.readFile(p), readDir: (p) => io.readDir(p),
    std: (path) => (opts.known?.(path) || io.std(path) ? 'here' : opts.real?.(path) ? 'lacking' : 'none'),
  }, names ? { dir: args[0] } : { files: args }, { minor: minor(opts.go), tests: opts.tests, loose: true });
  return {
    files: l.files, pkgPath: l.path, errors: l.errors,
    lang: (path) => l.langs.get(path === 'main' || path === 'command-line-arguments' ? l.path : path),
    provide: (path) => l.packages.get(path) ?? io.std(path),
  };
}
