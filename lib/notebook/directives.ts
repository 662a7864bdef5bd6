/**
 * Directives of a Go cell. They are comments, so that the program is a program for
 * real Go unchanged:
 *
 *   //lab:input            the next const or var may be replaced by a notebook variable of its name
 *   //lab:run GOGC=50 GOMAXPROCS=$procs go=1.26 seed=1
 *   //lab:name run1        names the cell's value
 */

/** What a run is given. */
export interface Knobs {
  /** Model version, '1.21' … '1.26'. */
  readonly go: string;
  /** GOGC percent; -1 is off. */
  readonly gogc: number;
  /** GOMEMLIMIT in bytes; null is none. */
  readonly memlimit: number | null;
  /** GOMAXPROCS. */
  readonly procs: number;
  /** Of every choice the model makes: schedules, map iteration, hash seeds. */
  readonly seed: number;
  /** Whether the inliner runs (false is -gcflags=-l). */
  readonly inline: boolean;
  /** Values for `//lab:input` declarations, by name. */
  readonly inputs: Readonly<Record<string, number | string | boolean>>;
  /** What the program reads from standard input. */
  readonly stdin: string;
  /** os.Args after the program’s name. */
  readonly args: readonly string[];
}
export type EventLevel = 'counts' | 'sampled' | 'full';
/** The house's knobs, never the host's. */
export const defaultKnobs: Knobs = { go: '1.26', gogc: 100, memlimit: null, procs: 2, seed: 1, inline: true, inputs: {}, stdin: '', args: [] };

/** A mistake in a directive: lines and columns from 1. */
export interface DirectiveProblem {
  readonly file: string; readonly line: number; readonly col: number; readonly endLine: number; readonly endCol: number;
  readonly severity: 'error'; readonly code: 'Directive'; readonly text: string;
}

/** Offsets of the `//` comments of a Go text: strings, runes and block comments are stepped over. */
function* lineComments(text: string): Generator<{ readonly from: number; readonly to: number }> {
  const rule = /\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|"(?:[^"\\\n]|\\.)*"?|`[^`]*`?|'(?:[^'\\\n]|\\.)*'?/g;
  for (const m of text.matchAll(rule)) if (m[0].startsWith('//')) yield { from: m.index, to: m.index + m[0].replace(/\r$/, '').length };
}

/** A knob's value: literal text, or the name of a notebook variable. */
export interface Setting { readonly key: string; readonly text: string; readonly variable: string | null; readonly line: number; readonly col: number; readonly endCol: number; }
export interface Directives {
  readonly name: string | null;
  /** Names of `//lab:input` declarations, in order. */
  readonly inputs: readonly string[];
  readonly settings: readonly Setting[];
  readonly diagnostics: readonly DirectiveProblem[];
}

const keys: Readonly<Record<string, string>> = { gogc: 'gogc', gomemlimit: 'memlimit', memlimit: 'memlimit', gomaxprocs: 'procs', procs: 'procs', go: 'go', seed: 'seed', level: 'level', inline: 'inline', stdin: 'stdin' };
const identifier = /^[\p{L}_][\p{L}\p{Nd}_$]*$/u;

/** Reads the directives of a source; whatever is wrong is a located diagnostic. */
export function readDirectives(text: string, file: string): Directives {
  const inputs: string[] = [], settings: Setting[] = [], diagnostics: DirectiveProblem[] = [];
  let name: string | null = null;
  if (!text.includes('//lab:')) return { name, inputs, settings, diagnostics };
  for (const t of lineComments(text)) {
    if (!text.startsWith('//lab:', t.from)) continue;
    const start = text.lastIndexOf('\n', t.from - 1) + 1;
    const line = text.slice(0, t.from).split('\n').length;
    const body = text.slice(t.from, t.to);
    const [, verb, rest] = /^\/\/lab:(\w*)\s*(.*?)\s*$/s.exec(body)!;
    const bad = (what: string, from = 0, to = body.length): void => {
      const col = t.from - start + from + 1;
      diagnostics.push({ file, line, col, endLine: line, endCol: t.from - start + to + 1, severity: 'error', code: 'Directive', text: what });
    };
    if (text.slice(start, t.from).trim() !== '') { bad(`misplaced //lab:${verb}: it must start its line`); continue; }
    if (verb === 'name') {
      if (identifier.test(rest)) name = rest; else bad(`invalid name: ${rest || '(empty)'}`);
    } else if (verb === 'input') {
      const next = /^[ \t]*\r?\n(?:[ \t]*\/\/[^\n]*\n)*[ \t]*(?:const|var)[ \t]+([\p{L}_][\p{L}\p{Nd}_]*)(?=[ \t=])/u.exec(text.slice(t.to));
      if (next) inputs.push(next[1]); else bad('//lab:input must stand above a const or var of one name');
    } else if (verb === 'run') {
      for (const m of body.slice(9).matchAll(/\S+/g)) {
        const from = 9 + m.index, to = from + m[0].length;
        const [, key, value] = /^([^=]*)=?(.*)$/.exec(m[0])!;
        const knob = Object.hasOwn(keys, key.toLowerCase()) ? keys[key.toLowerCase()] : null;
        if (knob === null) { bad(`unknown knob: ${key}`, from, to); continue; }
        const variable = value.startsWith('$') ? value.slice(1) : null;
        if (variable !== null && !identifier.test(variable)) { bad(`invalid variable: ${value}`, from, to); continue; }
        const s: Setting = { key: knob, text: value, variable, line, col: t.from - start + from + 1, endCol: t.from - start + to + 1 };
        if (variable === null) { const why = knobError(knob, value); if (why) { bad(why, from, to); continue; } }
        settings.push(s);
      }
    } else bad(`unknown directive: lab:${verb}`);
  }
  return { name, inputs, settings, diagnostics };
}

/** Bytes of `GOMEMLIMIT` text (`64MiB`), null for off, undefined when it is neither. */
export function parseLimit(text: string): number | null | undefined {
  if (text === 'off') return null;
  const m = /^(\d+)(B|KiB|MiB|GiB|TiB)?$/.exec(text);
  if (!m) return undefined;
  const n = Number(m[1]) * 1024 ** ['B', 'KiB', 'MiB', 'GiB', 'TiB'].indexOf(m[2] ?? 'B');
  return Number.isSafeInteger(n) ? n : undefined;
}

function knobError(key: string, text: string): string | null {
  const number = Number(text);
  switch (key) {
    case 'gogc': return text === 'off' || (Number.isInteger(number) && number >= 0 && text !== '') ? null : `invalid GOGC: ${text}`;
    case 'memlimit': return parseLimit(text) === undefined ? `invalid GOMEMLIMIT: ${text}` : null;
    case 'procs': return Number.isInteger(number) && number >= 1 && number <= 64 ? null : `invalid GOMAXPROCS: ${text}`;
    case 'seed': return Number.isSafeInteger(number) && number >= 0 && text !== '' ? null : `invalid seed: ${text}`;
    case 'go': return /^1\.2[1-6]$/.test(text) ? null : `invalid go: ${text}`;
    case 'level': return text === 'counts' || text === 'sampled' || text === 'full' ? null : `invalid level: ${text}`;
    case 'inline': return /^(on|off|true|false|1|0)$/.test(text) ? null : `invalid inline: ${text}`;
    default: return null;
  }
}

/** Knobs for a run: defaults, then settings, with variables' values read from values. Throws on a variable with an impossible value. */
export function knobsOf(base: Knobs, d: Directives, values: ReadonlyMap<string, unknown>): { knobs: Knobs; level: EventLevel } {
  const knobs: { -readonly [K in keyof Knobs]: Knobs[K] } = { ...base };
  let level: EventLevel = 'sampled';
  for (const s of d.settings) {
    const raw = s.variable === null ? s.text : values.get(s.variable);
    const text = typeof raw === 'number' && s.key === 'gogc' && raw < 0 ? 'off' : String(raw);
    const why = knobError(s.key, text);
    if (why) throw new RangeError(s.variable === null ? why : `${why} (from ${s.variable})`);
    switch (s.key) {
      case 'gogc': knobs.gogc = text === 'off' ? -1 : Number(text); break;
      case 'memlimit': knobs.memlimit = parseLimit(text)!; break;
      case 'procs': knobs.procs = Number(text); break;
      case 'seed': knobs.seed = Number(text); break;
      case 'go': knobs.go = text; break;
      case 'level': level = text as EventLevel; break;
      case 'inline': knobs.inline = /^(on|true|1)$/.test(text); break;
      case 'stdin': knobs.stdin = text; break;
    }
  }
  const inputs: Record<string, number | string | boolean> = {};
  for (const n of d.inputs) {
    if (!values.has(n)) continue;
    const v = values.get(n);
    if (typeof v !== 'number' && typeof v !== 'string' && typeof v !== 'boolean') throw new TypeError(`invalid input ${n}: ${typeof v}`);
    if (typeof v === 'number' && !Number.isFinite(v)) throw new RangeError(`invalid input ${n}: ${v}`);
    inputs[n] = v;
  }
  knobs.inputs = inputs;
  return { knobs, level };
}
