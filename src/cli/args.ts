/**
 * Command-line flags as Go's tools take them: one dash or two, value after `=`
 * or as the next argument, flags before the first file name.
 */

export interface FlagSpec {
  /** A flag without a value (`-l`); `-l=false` is allowed. */
  readonly bool?: boolean;
  /** What --help says. */
  readonly help: string;
  /** How --help names the value. */
  readonly value?: string;
  /** May be given several times. */
  readonly many?: boolean;
}

export class UsageError extends Error {}

export interface Parsed { readonly flags: ReadonlyMap<string, string[]>; readonly args: string[]; readonly rest: string[] }

/** Parses argv; what follows `--` is rest. Unknown flags and missing values are UsageErrors. */
export function parseArgs(argv: readonly string[], specs: Readonly<Record<string, FlagSpec>>): Parsed {
  const flags = new Map<string, string[]>();
  const args: string[] = [];
  let i = 0;
  for (; i < argv.length; i++) {
    const a = argv[i];
    if (a === '--') { i++; break; }
    if (!a.startsWith('-') || a === '-') { args.push(a); continue; }
    const m = /^--?([^=]+)(?:=(.*))?$/s.exec(a);
    if (!m) throw new UsageError(`bad flag syntax: ${a}`);
    const [, name, inline] = m;
    const spec = Object.hasOwn(specs, name) ? specs[name] : undefined;
    if (!spec) throw new UsageError(`flag provided but not defined: -${name}`);
    let value = inline;
    if (spec.bool) {
      value ??= 'true';
      if (!/^(true|false|1|0|t|f)$/i.test(value)) throw new UsageError(`invalid boolean value "${value}" for -${name}`);
    } else if (value === undefined) {
      if (i + 1 >= argv.length) throw new UsageError(`flag needs an argument: -${name}`);
      value = argv[++i];
    }
    const list = flags.get(name);
    if (list && spec.many) list.push(value); else flags.set(name, [value]);
  }
  return { flags, args, rest: argv.slice(i) };
}

export function flag(p: Parsed, name: string): string | undefined { return p.flags.get(name)?.at(-1); }
export function isOn(p: Parsed, name: string): boolean {
  const v = flag(p, name);
  return v !== undefined && /^(true|1|t)$/i.test(v);
}

/** The text of --help. */
export function helpText(usage: string, about: string, specs: Readonly<Record<string, FlagSpec>>): string {
  const lines = Object.entries(specs).map(([name, s]) => `  -${name}${s.bool ? '' : ` ${s.value ?? 'value'}`}`);
  const width = Math.max(0, ...lines.map((l) => l.length)) + 2;
  return [`usage: ${usage}`, '', about, '', ...Object.values(specs).map((s, i) => `${lines[i].padEnd(width)}${s.help}`), ''].join('\n');
}
