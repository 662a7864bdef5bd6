/**
 * Compiler directives (`//go:noinline` and its kin).
 *
 * The parser hands every `//go:` comment to a PragmaCollector, and the collected
 * Pragma to the next declaration. Directives that end up before something else
 * are misplaced; declarations are looked at once more after checking, when it is
 * known that there are no other errors (checkDirectives). Rules: cmd/compile's
 * noder and writer.
 */
import type { Diagnostic } from '../../base/diagnostic.ts';
import type { Pos } from '../../base/pos.ts';
import type { File, Node } from './ast.ts';
import { inspect } from './walk.ts';

/** One `//go:` line: name without the `go:` ("noinline"), and the words after it. known: the compiler acts on it. */
export interface Directive { readonly pos: Pos; readonly name: string; readonly args: readonly string[]; readonly known: boolean; }

/** `//go:linkname local [remote]`. */
export interface Linkname { readonly pos: Pos; readonly local: string; readonly remote: string; }

/** The directives above one declaration. */
export class Pragma {
  readonly list: Directive[] = [];
  readonly embeds: Directive[] = [];
  has(name: string): boolean { return this.list.some((d) => d.name === name); }
  /** The names, as ir's functions carry them. */
  names(): ReadonlySet<string> { return new Set(this.list.map((d) => d.name)); }
}

export interface PragmaOptions {
  /** Import path of the package, for linknames without target. */
  readonly pkgPath?: string;
  /** The package belongs to the standard library (-std). */
  readonly std?: boolean;
  /** The package is part of the runtime (-+). */
  readonly runtime?: boolean;
}

const funcDirectives = new Set([
  'noescape', 'norace', 'nosplit', 'noinline', 'nocheckptr', 'systemstack', 'nowritebarrier', 'nowritebarrierrec', 'yeswritebarrierrec', 'cgo_unsafe_args',
  'uintptrkeepalive', 'uintptrescapes', 'registerparams',
]);
const runtimeOnly = new Set(['systemstack', 'nowritebarrier', 'nowritebarrierrec', 'yeswritebarrierrec']);
const allowedInStd = new Set(['cgo_export_static', 'cgo_export_dynamic', 'cgo_import_static', 'cgo_import_dynamic', 'cgo_ldflag', 'cgo_dynamic_linker', 'embed', 'fix', 'generate']);
const misplaced = 'misplaced compiler directive';

export class PragmaCollector {
  readonly linknames: Linkname[] = [];
  /** There was a directive. */
  any = false;
  constructor(readonly opts: PragmaOptions, readonly report: (pos: Pos, text: string) => void) {}

  /** Adds a directive ("go:noinline …", at pos) to those collected so far. blank: nothing else stands before it on its line. */
  add(pos: Pos, blank: boolean, text: string, old: Pragma | null): Pragma {
    this.any = true;
    const pragma = old ?? new Pragma();
    if (!blank) {
      this.report(pos, misplaced);
      return pragma;
    }
    const words = text.split(/[ \t\r\n\v\f]+/).filter((w) => w !== '');
    const [, ...args] = words;
    const space = text.indexOf(' ');
    const name = text.slice(3, space < 0 ? undefined : space);
    if (space >= 0 && name === 'wasmimport') {
      if (args.length !== 2) this.report(pos, 'usage: //go:wasmimport importmodule importname');
    } else if (space >= 0 && name === 'wasmexport') {
      if (args.length !== 1) this.report(pos, 'usage: //go:wasmexport exportname');
    } else if (space >= 0 && name === 'linkname') {
      if (args.length < 1 || args.length > 2) this.report(pos, 'usage: //go:linkname localname [linkname]');
      else this.linknames.push({ pos, local: args[0], remote: args[1] ?? `${this.opts.pkgPath ?? 'main'}.${args[0]}` });
    } else if (name === 'embed') {
      const patterns = embedPatterns(text.slice('go:embed'.length));
      if (typeof patterns === 'string') {
        this.report(pos, patterns);
        this.report(pos, 'usage: //go:embed pattern...');
      } else if (patterns.length === 0) this.report(pos, 'usage: //go:embed pattern...');
      else pragma.embeds.push({ pos, name, args: patterns, known: true });
    } else {
      if (name.startsWith('cgo_') && !(name === 'cgo_import_dynamic' && args.length >= 3) && !this.opts.std) this.report(pos, `//${text} only allowed in cgo-generated code`);
      const known = name === 'build' || funcDirectives.has(name);
      if (!this.opts.runtime && runtimeOnly.has(name)) this.report(pos, `//go:${name} only allowed in runtime`);
      if (name === 'uintptrkeepalive' && !this.opts.std) this.report(pos, `//go:${name} is only allowed in the standard library`);
      if (!known && this.opts.std && !allowedInStd.has(name)) this.report(pos, `//go:${name} is not allowed in the standard library`);
      pragma.list.push({ pos, name, args, known });
    }
    return pragma;
  }

  /** Complains about directives nothing took. */
  unused(p: Pragma): void {
    for (const d of p.list) if (d.known) this.report(d.pos, misplaced);
    for (const d of p.embeds) this.report(d.pos, 'misplaced go:embed directive');
  }
}

/** The patterns after `//go:embed`, unquoted; a message if the quoting is broken. */
function embedPatterns(text: string): string[] | string {
  const list: string[] = [];
  for (let rest = text.trim(); rest !== ''; rest = rest.trim()) {
    const m = /^(?:`([^`]*)`|"((?:\\.|[^"\\])*)"|([^\s`"]\S*))(?=\s|$)/s.exec(rest);
    if (!m) return `invalid quoted string in //go:embed: ${rest}`;
    list.push(m[1] ?? m[3] ?? m[2].replace(/\\(["\\])/g, '$1'));
    rest = rest.slice(m[0].length);
  }
  return list;
}

/** What checkDirectives wants to know of a package. */
export interface DirectiveContext {
  /** Whether the package declares a function or variable of that name. */
  readonly declared: (name: string) => boolean;
  /** The language version, "1.26". */
  readonly lang: string;
  /** The package has parts in other languages: functions may lack bodies. */
  readonly external?: boolean;
}

/**
 * What gc says of directives once a package is known to be correct otherwise: those
 * above declarations that take none, misused linknames and embeds, bodies that must
 * or must not be there.
 */
export function checkDirectives(files: readonly { readonly file: File; readonly linknames: readonly Linkname[]; readonly directives?: boolean }[], ctx: DirectiveContext): Diagnostic[] {
  const out: Diagnostic[] = [], linked = new Set<string>();
  const error = (pos: Pos, text: string): void => { out.push({ code: 'Directive', severity: 'error', range: { start: pos, end: pos + 1 }, text }); };
  for (const { file, linknames, directives } of files) {
    if (directives !== false) placement(file, ctx, error);
    const unsafe = file.declList.some((d) => d.kind === 'ImportDecl' && (d.path?.value === '"unsafe"' || d.path?.value === '`unsafe`'));
    for (const l of linknames) {
      if (!unsafe) error(l.pos, '//go:linkname only allowed in Go files that import "unsafe"');
      else if (l.remote.includes('[') && l.remote.includes(']')) error(l.pos, '//go:linkname reference of an instantiation is not allowed');
      else if (!ctx.declared(l.local)) error(l.pos, '//go:linkname must refer to declared function or variable');
      else if (linked.has(l.local)) error(l.pos, `duplicate //go:linkname for ${l.local}`);
      else linked.add(l.local);
    }
  }
  for (const { file } of files) {
    for (const d of file.declList) {
      if (d.kind !== 'FuncDecl') continue;
      if (d.pragma?.has('systemstack') && d.pragma.has('nosplit')) error(d.pos, 'go:nosplit and go:systemstack cannot be combined');
      if (d.body !== null && d.pragma?.has('noescape')) error(d.pos, 'can only use //go:noescape with external func implementations');
      if (d.body === null && (d.recv !== null || !linked.has(d.name.value)) && (!ctx.external || d.name.value === 'init')) error(d.pos, 'missing function body');
    }
  }
  return out;
}

/** Directives of a file above declarations that take none, and embeds that cannot be. */
function placement(file: File, ctx: DirectiveContext, error: (pos: Pos, text: string) => void): void {
  const check = (p: Pragma | null, allowed: (name: string) => boolean, embedOk: boolean): void => {
    for (const d of p?.list ?? []) if (d.known && !allowed(d.name)) error(d.pos, misplaced);
    if (!embedOk) for (const d of p?.embeds ?? []) error(d.pos, 'misplaced go:embed directive');
  };
  const none = (): boolean => false;
  const embed = file.declList.some((d) => d.kind === 'ImportDecl' && d.path?.value === '"embed"');
  const top = new Set<Node>(file.declList);
  inspect(file, (n: Node) => {
    switch (n.kind) {
      case 'File': check(n.pragma, (name) => name === 'build', false); break;
      case 'ImportDecl': case 'ConstDecl': case 'TypeDecl': check(n.pragma, none, false); break;
      case 'VarDecl': {
        check(n.pragma, none, true);
        const at = n.pragma?.embeds[0]?.pos;
        if (at === undefined) break;
        if (!embed) error(at, 'go:embed requires import "embed" (or import _ "embed", if package is not used)');
        else if (n.nameList.length > 1) error(at, 'go:embed cannot apply to multiple vars');
        else if (n.values !== null) error(at, 'go:embed cannot apply to var with initializer');
        else if (!top.has(n)) error(at, 'go:embed cannot apply to var inside func');
        else if (Number(ctx.lang.split('.')[1]) < 16) error(at, `go:embed requires go1.16 or later (-lang was set to go${ctx.lang}; check go.mod)`);
        break;
      }
      case 'FuncDecl': check(n.pragma, (name) => funcDirectives.has(name), false); break;
      default: break;
    }
    return true;
  });
}
