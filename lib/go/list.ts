/**
 * What the go command decides before it calls the compiler: which files make a
 * package (names and `//go:build` lines, as for linux/amd64), which packages of its
 * module it imports, in which language version, and what is wrong with that (a package
 * that is nowhere, a cycle, a program imported, an internal package, files of two
 * packages in one directory, a header that cannot be read).
 *
 * Packages are visited depth first, imports in the order of their paths; a package
 * has at most one error of its own, and errors come in the order in which packages
 * are left. With an error nothing is compiled. Rules: cmd/go/internal/load, go/build.
 */
import { buildConstraint } from './syntax/constraint.ts';
import { readGoMod, type GoMod } from './gomod.ts';
import { readHeader, type Header } from './header.ts';

export interface ListedFile { readonly name: string; readonly text: Uint8Array }

/** Where packages come from. Paths are those a shell in the current directory would use. */
export interface Tree {
  /** Absolute path of the current directory, for messages. */
  readonly cwd: string;
  readFile(path: string): Uint8Array;
  /** Names in a directory, undefined if it is none. */
  readDir(path: string): string[] | undefined;
  /** Whether a standard package is at hand; 'lacking': real Go has it, this lab cannot run it. */
  std(path: string): 'here' | 'lacking' | 'none';
}

export interface Listing {
  readonly files: readonly ListedFile[];
  /** What go build calls the package: its import path, or command-line-arguments for named files. */
  readonly path: string;
  /** The language version of packages of modules ("1.21"), by import path; of others there is none. */
  readonly langs: ReadonlyMap<string, string>;
  /** Files of the module's other packages that the package needs, by import path. */
  readonly packages: ReadonlyMap<string, readonly ListedFile[]>;
  /** What the go command would print instead of compiling; '' if nothing. */
  readonly errors: string;
}

/** A module on disk: its path, directory, and language version. */
interface Module { readonly path: string; readonly dir: string; readonly lang: string }

interface Parsed { readonly file: ListedFile; readonly base: string; readonly header: Header }

const knownOS = new Set('aix android darwin dragonfly freebsd hurd illumos ios js linux nacl netbsd openbsd plan9 solaris wasip1 windows zos'.split(' '));
const knownArch = new Set('386 amd64 amd64p32 arm armbe arm64 arm64be loong64 mips mipsle mips64 mips64le mips64p32 mips64p32le ppc ppc64 ppc64le riscv riscv64 s390 s390x sparc sparc64 wasm'.split(' '));
const tags = new Set(['linux', 'amd64', 'unix', 'gc']);

/** Whether a file's name, without .go and _test, lets it be built for linux/amd64. */
function nameFits(name: string): boolean {
  const parts = name.replace(/\.go$/, '').replace(/_test$/, '').split('_').slice(1);
  const last = parts.at(-1) ?? '', before = parts.at(-2) ?? '';
  if (knownArch.has(last)) return last === 'amd64' && (!knownOS.has(before) || before === 'linux');
  return !knownOS.has(last) || last === 'linux';
}
/** Whether a file belongs to a build with the given minor version of Go. */
export function fileFits(name: string, header: Header, minor: number): boolean {
  return nameFits(name) && (header.build === '' || buildConstraint(header.build, (tag) => tags.has(tag) || (/^go1\.\d+$/.test(tag) && Number(tag.slice(4)) <= minor)));
}

export interface ListOptions {
  /** Files that end in _test.go count too. */
  readonly tests?: boolean;
  /** A directory need not lie in a module. */
  readonly loose?: boolean;
  /** Minor version of the Go that builds. */
  readonly minor: number;
}

/** Joins a directory and a name as the go command shows them. */
const join = (dir: string, name: string): string => (dir === '.' || dir === '' ? name : dir === '/' ? `/${name}` : `${dir}/${name}`);
const clean = (dir: string): string => (dir.replace(/\/+$/, '') || (dir.startsWith('/') ? '/' : '.')).replace(/^(\.\/)+(?=.)/, '');
/** How go build shows a file: with ./ if it is in the current directory. */
export function displayName(path: string): string { return path.includes('/') ? path : `./${path}`; }

/** Lists the package in a directory, or the one that the named files make. */
export function list(tree: Tree, target: { readonly dir: string } | { readonly files: readonly string[] }, opts: ListOptions): Listing {
  const named = 'files' in target;
  const dir = named ? dirOf(target.files[0] ?? '.') : clean(target.dir);
  const l = new Lister(tree, opts);
  const fail = (errors: string): Listing => ({ files: [], path: 'command-line-arguments', langs: new Map(), packages: new Map(), errors: `${errors}\n` });
  if (named) {
    const other = target.files.map(dirOf).find((d) => d !== dir);
    if (other !== undefined) return fail(`named files must all be in one directory; have ${dir} and ${other}`);
  }
  const bad = l.findModule(dir);
  if (bad !== '') return fail(bad);
  if (!named && !l.module && !opts.loose) return fail("go: go.mod file not found in current directory or any parent directory; see 'go help modules'");
  const path = named || !l.module ? 'command-line-arguments' : l.pathOf(dir);
  // Named files are in no module, whatever directory they lie in.
  if (l.module && !named) l.langs.set(path, l.module.lang);
  const files = l.main(path, dir, named ? target.files : undefined);
  return { files: files.map((f) => f.file), path, langs: l.langs, packages: l.packages, errors: (l.errors.length > 0 ? l.errors : l.late).map((e) => `${e}\n`).join('') };
}
const dirOf = (path: string): string => (path.includes('/') ? clean(path.slice(0, Math.max(path.lastIndexOf('/'), 1))) : '.');

/** An import on the way from the main package: what is imported, and from which file. */
interface Step { readonly path: string; readonly from: string }

class Lister {
  module: Module | undefined;
  #modules: Module[] = [];
  readonly packages = new Map<string, readonly ListedFile[]>();
  readonly langs = new Map<string, string>();
  readonly errors: string[] = [];
  /** What is found only when nothing else is wrong. */
  readonly late: string[] = [];
  readonly #seen = new Set<string>();
  constructor(readonly tree: Tree, readonly opts: ListOptions) {}

  /** Finds the module around a directory, and local directories that its go.mod puts in place of modules; a complaint, or ''. */
  findModule(dir: string): string {
    let root = dir;
    for (let i = 0; i < 64; i++) {
      if (this.tree.readDir(root)?.includes('go.mod')) return this.#readModule(root);
      if (root === '/') break;
      const last = root.slice(root.lastIndexOf('/') + 1);
      root = root === '.' || last === '..' ? (root === '.' ? '..' : `${root}/..`) : dirOf(root);
    }
    return '';
  }
  #readModule(root: string): string {
    const mod = this.#goMod(root);
    if (mod.error !== '') return mod.error;
    this.module = { path: mod.path, dir: root, lang: mod.lang ?? '1.16' };
    this.#modules = [this.module];
    for (const r of mod.replaced) {
      const d = clean(join(root, r.dir));
      this.#modules.push({ path: r.path, dir: d, lang: (this.tree.readDir(d)?.includes('go.mod') ? this.#goMod(d).lang : undefined) ?? '1.16' });
    }
    return '';
  }
  #goMod(dir: string): GoMod {
    const file = join(dir, 'go.mod');
    return readGoMod(new TextDecoder('utf-8', { ignoreBOM: true }).decode(this.tree.readFile(file)), this.#absolute(file), this.opts.minor);
  }
  /** Import path of a directory of the module. */
  pathOf(dir: string): string {
    const m = this.module!, up = /^(?:\.\.\/?)*/.exec(m.dir)![0].split('/').filter((x) => x === '..').length;
    if (m.dir === dir) return m.path;
    if (up > 0) {
      // The module begins above: the current directory's last elements lead down again.
      const below = this.tree.cwd.split('/').slice(-up).join('/');
      return `${m.path}/${below}${dir === '.' ? '' : `/${dir}`}`;
    }
    return m.dir === '.' ? `${m.path}/${dir}` : `${m.path}${dir.slice(m.dir.length)}`;
  }

  #absolute(path: string): string {
    if (path.startsWith('/')) return path;
    const out = this.tree.cwd.split('/');
    for (const e of path.split('/')) if (e === '..') out.pop(); else if (e !== '.' && e !== '') out.push(e);
    return out.join('/');
  }
  #parse(dir: string, names: readonly string[]): Parsed[] {
    return names.map((base) => {
      const path = join(dir, base), text = this.tree.readFile(path);
      return { file: { name: displayName(path), text }, base, header: readHeader(text) };
    });
  }
  #goFiles(dir: string): string[] { return (this.tree.readDir(dir) ?? []).filter((n) => n.endsWith('.go') && !/^[_.]/.test(n)).sort(); }

  /** The main package's files; errors are collected. */
  main(path: string, dir: string, named: readonly string[] | undefined): Parsed[] {
    let files: Parsed[];
    if (named) files = this.#parse(dir, named.map((f) => f.slice(f.lastIndexOf('/') + 1)));
    else {
      const all = this.#goFiles(dir);
      const why = all.length === 0 ? `no Go files in ${this.#absolute(dir)}` : '';
      const r = this.#choose(dir, all);
      files = r.files;
      if (files.length === 0) {
        this.errors.push(why !== '' ? why : r.tests ? `${path}: no non-test Go files in ${this.#absolute(dir)}` : `package ${path}: build constraints exclude all Go files in ${this.#absolute(dir)}`);
        return files;
      }
    }
    // Test files of package x_test are a package beside x, which may import it.
    const outer = this.opts.tests ? files.filter((f) => f.base.endsWith('_test.go') && f.header.name.endsWith('_test')) : [], inner = files.filter((f) => !outer.includes(f));
    const importer = this.module && named ? this.pathOf(dir) : path;
    const check = (list: readonly Parsed[], as: string): void => {
      const own = this.#own(list, dir) ?? this.#imports(importer, list, [{ path: as, from: '' }]);
      if (own !== undefined) this.errors.push(own);
    };
    check(inner, path);
    this.#seen.add(path);
    if (outer.length > 0) check(outer, `${path}_test`);
    return files;
  }
  /** Which files of a directory are built; tests: there are test files. */
  #choose(dir: string, names: readonly string[]): { files: Parsed[]; tests: boolean } {
    const fit = this.#parse(dir, names).filter((f) => fileFits(f.base, f.header, this.opts.minor));
    return { files: fit.filter((f) => this.opts.tests || !f.base.endsWith('_test.go')), tests: fit.some((f) => f.base.endsWith('_test.go')) };
  }
  /** What is wrong with the headers of a package's files. */
  #own(files: readonly Parsed[], dir: string): string | undefined {
    for (const f of files) {
      if (f.header.error) return `${this.#at(f, f.header.error.offset)}: ${f.header.error.text}`;
      const odd = f.header.imports.find((i) => i.path === '' || /[\s!"#$%&'()*,:;<=>?[\]^`{|}\ufffd]/.test(i.path));
      if (odd) return `${this.#absolute(this.#at(f, odd.offset))}: invalid import path: ${odd.path}`;
    }
    const other = files.find((f) => f.header.name !== files[0].header.name);
    return other && `found packages ${files[0].header.name} (${files[0].base}) and ${other.header.name} (${other.base}) in ${this.#absolute(dir)}`;
  }
  #at(f: Parsed, offset: number): string {
    let line = 1, start = 0;
    for (let i = 0; i < offset; i++) if (f.file.text[i] === 10) { line++; start = i + 1; }
    return `${f.file.name.replace(/^\.\//, '')}:${line}:${offset - start + 1}`;
  }

  /** Visits what a package imports; the package's own error. */
  #imports(path: string, files: readonly Parsed[], stack: readonly Step[]): string | undefined {
    const from = new Map<string, { at: string; file: string }>();
    for (const f of files) for (const i of f.header.imports) if (!from.has(i.path)) from.set(i.path, { at: this.#at(f, i.offset), file: f.base });
    let own: string | undefined;
    for (const p of [...from.keys()].sort()) {
      const { at, file } = from.get(p)!;
      const e = this.#import(path, p, at, [...stack, { path: p, from: file }]);
      own ??= e;
    }
    return own;
  }
  /** Visits an imported package; what its importer has to answer for. */
  #import(importer: string, path: string, at: string, stack: readonly Step[]): string | undefined {
    if (path === 'unsafe' || path === 'C') return undefined;
    const missing = (text: string): undefined => { if (!this.#seen.has(path)) { this.#seen.add(path); this.errors.push(`${at}: ${text}`); } };
    if (/^\.\.?(\/|$)/.test(path)) return missing(`"${path}" is relative, but relative import paths are not supported in module mode`);
    if (path.startsWith('/')) return missing(`"${path}" is not a package path; see 'go help packages'`);
    const m = this.#modules.filter((x) => x.path !== '' && (path === x.path || path.startsWith(`${x.path}/`))).sort((a, b) => b.path.length - a.path.length)[0];
    if (!m) {
      const std = this.tree.std(path);
      if (std === 'lacking') return missing(`package ${path} is not in the lab's standard library`);
      if (std === 'none' && path.startsWith('cmd/')) return `${at}: import "${path}" is a program, not an importable package`;
      if (std === 'none') return missing(path.split('/')[0].includes('.') ? this.#noModule(path) : `package ${path} is not in std`);
      return /(^|\/)internal(\/|$)/.test(path) ? this.#internal(path, at, stack) : undefined;
    }
    const dir = path === m.path ? m.dir : join(m.dir, path.slice(m.path.length + 1));
    const all = this.#goFiles(dir);
    if (all.length === 0) return missing(this.#noModule(path));
    const hidden = /^(?:(.*)\/)?internal(?:\/|$)/.exec(path)?.[1];
    let own: string | undefined;
    if (stack.slice(0, -1).some((s) => s.path === path)) {
      return `package ${stack[0].path}${stack.slice(1).map((s) => `\n\timports ${s.path} from ${s.from}`).join('')}: import cycle not allowed`;
    }
    if (hidden !== undefined && !(importer === hidden || importer.startsWith(`${hidden}/`))) own = this.#internal(path, at, stack);
    if (this.#seen.has(path)) return own ?? this.#program(path, at);
    this.#seen.add(path);
    const { files, tests } = this.#choose(dir, all.filter((n) => !n.endsWith('_test.go') || !this.opts.tests));
    if (files.length === 0) {
      if (tests || all.every((n) => n.endsWith('_test.go'))) this.late.push(`${path}: no non-test Go files in ${this.#absolute(dir)}`);
      else this.errors.push(`package ${stack.map((s) => s.path).join('\n\timports ')}: build constraints exclude all Go files in ${this.#absolute(dir)}`);
      return own;
    }
    this.packages.set(path, files.map((f) => f.file));
    this.langs.set(path, m.lang);
    const wrong = this.#own(files, dir), inner = wrong === undefined ? this.#imports(path, files, stack) : wrong.startsWith('found packages') ? `${at}: ${wrong}` : wrong;
    if (inner !== undefined) this.errors.push(inner);
    this.#programs.set(path, files[0].header.name === 'main');
    return own ?? this.#program(path, at);
  }
  readonly #programs = new Map<string, boolean>();
  #program(path: string, at: string): string | undefined { return this.#programs.get(path) ? `${at}: import "${path}" is a program, not an importable package` : undefined; }
  #internal(path: string, at: string, stack: readonly Step[]): string {
    return `package ${stack.slice(0, -1).map((s) => s.path).join('\n\timports ')}\n\t${at}: use of internal package ${path} not allowed`;
  }
  #noModule(path: string): string {
    return `no required module provides package ${path}${this.module ? `; to add it:\n\tgo get ${path}` : ": go.mod file not found in current directory or any parent directory; see 'go help modules'"}`;
  }
}
