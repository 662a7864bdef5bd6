/**
 * go.mod: what it says of its module, and what the go command says of a file it
 * cannot read. Requirements on other modules are checked for their form only:
 * nothing is ever downloaded. Rules: golang.org/x/mod/modfile, observed.
 */

export interface GoMod {
  readonly path: string;
  /** "1.24", or undefined without a go line. */
  readonly lang: string | undefined;
  /** Local directories in place of modules, as written. */
  readonly replaced: readonly { readonly path: string; readonly dir: string }[];
  /** What the go command prints instead of going on; '' if nothing. */
  readonly error: string;
}

interface Word { readonly text: string; readonly line: number; readonly col: number }

class Wrong {
  constructor(readonly line: number, readonly col: number, readonly text: string) {}
}

/** Lines of words: bare words, strings with their quotes, parentheses and arrows. Throws Wrong. */
function words(s: string): Word[][] {
  const out: Word[][] = [];
  for (const [i, l] of s.split('\n').entries()) {
    const line: Word[] = [], text = l.replace(/\r$/, '');
    for (let at = 0; at < text.length;) {
      const rest = text.slice(at), space = /^[ \t\r]+/.exec(rest)?.[0].length ?? 0;
      if (space > 0) { at += space; continue; }
      if (rest.startsWith('//')) break;
      if (rest.startsWith('/*')) throw new Wrong(i + 1, at + 1, 'mod files must use // comments (not /* */ comments)');
      const strange = /^[\0-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff]/.exec(rest)?.[0];
      if (strange !== undefined) throw new Wrong(i + 1, at + 1, `unexpected input character '${strange === '\ufeff' ? '\\ufeff' : `\\x${strange.charCodeAt(0).toString(16).padStart(2, '0')}`}'`);
      const open = rest[0] === '"' || rest[0] === '`';
      const w = open ? /^(?:"(?:\\.|[^"\\])*"|`[^`]*`)/.exec(rest)?.[0] : /^(?:[()]|=>|(?:(?!\/\/|=>)[^\s()"`\0-\x1f\ufeff])+|.)/.exec(rest)![0];
      if (w === undefined) throw new Wrong(i + 1, text.length + 1, 'unexpected newline in string');
      line.push({ text: w, line: i + 1, col: at + 1 });
      at += w.length;
    }
    out.push(line);
  }
  return out;
}

const directives = new Set(['module', 'go', 'toolchain', 'require', 'replace', 'exclude', 'retract', 'godebug', 'tool', 'ignore']);
const goVersion = /^[1-9]\d*\.(?:0|[1-9]\d*)(?:\.(?:0|[1-9]\d*))?(?:[a-z]+\d+)?$/;
const unquote = (s: string): string => (/^["`]/.test(s) ? s.slice(1, -1) : s);

/** What is wrong with a module's path; '' if nothing. */
function badPath(path: string): string {
  if (path.startsWith('-')) return 'leading dash';
  if (path.endsWith('/')) return 'trailing slash';
  for (const e of path.split('/')) {
    if (e === '') return 'empty path element';
    if (/^\.+$/.test(e)) return `invalid path element "${e}"`;
    const c = /[^A-Za-z0-9._~+-]/u.exec(e)?.[0];
    if (c !== undefined) return `invalid char '${c}'`;
    if (e.endsWith('.')) return 'trailing dot in path element';
    const short = e.split('.')[0].toLowerCase();
    if (/^(con|prn|aux|nul|com[1-9]|lpt[1-9])$/.test(short)) return `"${e.split('.')[0]}" disallowed as path element component on Windows`;
  }
  return '';
}

/** Reads a go.mod; absolute is its path, for messages; minor the version of the Go that reads it. */
export function readGoMod(text: string, absolute: string, minor: number): GoMod {
  const said: string[] = [], replaced: { path: string; dir: string }[] = [];
  let path = '', lang: string | undefined;
  const done = (error: string): GoMod => ({ path, lang, replaced, error });
  const tell = (w: { line: number; col: number }, what: string): void => { said.push(`go.mod:${w.line}${w.col > 1 ? `:${w.col}` : ''}: ${what}`); };
  const parsing = (): GoMod => done(`go: errors parsing go.mod:\n${said.join('\n')}`);
  let seenModule = false;
  const statement = (at: Word, verb: string, args: readonly string[]): void => {
    if (verb === 'module') {
      if (seenModule) tell(at, 'repeated module statement');
      else if (args.length !== 1) tell(at, 'usage: module module/path');
      else if (args[0].startsWith('`')) tell(at, 'invalid quoted string: unquoted string cannot contain quote');
      else path = unquote(args[0]);
      seenModule = true;
    } else if (verb === 'go') {
      if (lang !== undefined) tell(at, 'repeated go statement');
      else if (args.length !== 1) tell(at, 'go directive expects exactly one argument');
      else if (!goVersion.test(args[0])) tell(at, `invalid go version '${args[0]}': must match format 1.23.0`);
      else lang = args[0];
    } else if (verb === 'require' && args.length !== 2) tell(at, 'usage: require module/path v1.2.3');
    else if (verb === 'replace') {
      const arrow = args.indexOf('=>');
      if (arrow < 1 || arrow > 2 || args.length - arrow < 2 || args.length - arrow > 3) tell(at, 'usage: replace module/path [v1.2.3] => other/module v1.4\n\t or replace module/path [v1.2.3] => ../local/directory');
      else if (/^\.\.?\//.test(unquote(args[arrow + 1]))) replaced.push({ path: unquote(args[0]), dir: unquote(args[arrow + 1]) });
    }
  };
  try {
    const lines = words(text);
    let block: { verb: string; at: Word } | undefined;
    for (const [first, ...rest] of lines) {
      if (first === undefined) continue;
      if (block) {
        if (first.text === ')') block = undefined; else if (block.verb !== 'go' && directives.has(block.verb)) statement(first, block.verb, [first, ...rest].map((w) => w.text));
      } else if (rest.length === 1 && rest[0].text === '(') {
        block = { verb: first.text, at: first };
        if (!directives.has(first.text) || first.text === 'go' || first.text === 'toolchain') tell(first, `unknown block type: ${first.text}`);
      } else if (!directives.has(first.text)) tell(first, `unknown directive: ${first.text}`);
      else statement(first, first.text, rest.map((w) => w.text));
    }
    if (block) throw new Wrong(lines.length, 1, `syntax error (unterminated block started at ${absolute}:${block.at.line}:${block.at.col})`);
  } catch (e) {
    if (!(e instanceof Wrong)) throw e;
    // What cannot be read at all is said alone.
    said.length = 0;
    tell(e, e.text);
  }
  if (said.length > 0) return parsing();
  if (!seenModule) return done('go: error reading go.mod: missing module declaration. To specify the module path:\n\tgo mod edit -module=example.com/mod');
  const [, major, m] = /^(\d+)\.(\d+)/.exec(lang ?? '') ?? [];
  if (major !== undefined && (Number(major) > 1 || Number(m) > minor)) return done(`go: go.mod requires go >= ${lang} (running go 1.${minor}; GOTOOLCHAIN=local)`);
  lang = major === undefined ? undefined : `${major}.${m}`;
  const bad = badPath(path);
  return done(bad === '' ? '' : `go: malformed module path "${path}": ${bad}`);
}
