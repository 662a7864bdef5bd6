/** The knobs of a run: from flags, then the environment, then the model's constants. Never the host's own. */
import { defaultGoVersion, goVersions, isGoVersion, type GoVersion } from '../../lib/base/version.ts';
import { UsageError, flag, type FlagSpec, type Parsed } from './args.ts';

export interface CliKnobs { go: GoVersion; gogc: number; memlimit: number; procs: number; seed: number }

export const knobFlags: Readonly<Record<string, FlagSpec>> = {
  gogc: { value: 'N|off', help: 'garbage collection target percentage (GOGC; default 100)' },
  memlimit: { value: 'SIZE', help: 'soft memory limit, such as 64MiB (GOMEMLIMIT; default none)' },
  procs: { value: 'N', help: 'number of Ps (GOMAXPROCS; default 2)' },
  seed: { value: 'N', help: 'seed of every random choice (default 1)' },
  go: { value: 'VERSION', help: `Go version modelled: ${goVersions.join(', ')} (default ${defaultGoVersion})` },
};

/** GOGC's value: a percentage, "off" is -1. */
export function parseGogc(s: string): number {
  if (s === 'off') return -1;
  if (!/^-?\d+$/.test(s) || Number(s) > 2 ** 31 - 1) throw new UsageError(`invalid gogc: ${s} (want a percentage or off)`);
  return Number(s) < 0 ? -1 : Number(s);
}

const units: Readonly<Record<string, number>> = { '': 1, B: 1, KiB: 2 ** 10, MiB: 2 ** 20, GiB: 2 ** 30, TiB: 2 ** 40 };

/** GOMEMLIMIT's value in bytes; "off" is Infinity. */
export function parseMemlimit(s: string): number {
  if (s === 'off') return Infinity;
  const m = /^(\d+)(B|KiB|MiB|GiB|TiB)?$/.exec(s), bytes = m ? Number(m[1]) * units[m[2] ?? ''] : NaN;
  if (!(bytes <= 2 ** 63)) throw new UsageError(`invalid memlimit: ${s} (want a number with B, KiB, MiB, GiB or TiB, or off)`);
  return bytes;
}

function integer(name: string, s: string, lo: number, hi: number): number {
  const n = Number(s);
  if (!/^\d+$/.test(s) || n < lo || n > hi) throw new UsageError(`invalid ${name}: ${s} (want ${lo} to ${hi})`);
  return n;
}

const variables: Readonly<Record<string, string>> = { gogc: 'GOGC', memlimit: 'GOMEMLIMIT', procs: 'GOMAXPROCS' };

export function parseKnobs(p: Parsed, env: Readonly<Record<string, string | undefined>>): CliKnobs {
  const get = (name: string): string | undefined => flag(p, name) ?? (env[variables[name] ?? ''] || undefined);
  /** Parses one knob; complaints name the variable of the environment where the value came from there. */
  const knob = <T>(name: string, preset: string, parse: (s: string) => T): T => {
    try { return parse(get(name) ?? preset); } catch (e) {
      if (!(e instanceof UsageError) || flag(p, name) !== undefined) throw e;
      throw new UsageError(`${e.message}, in the environment variable ${variables[name]}`);
    }
  };
  const go = get('go')?.replace(/^go/, '') ?? defaultGoVersion;
  if (!isGoVersion(go)) throw new UsageError(`invalid go: ${go} (want ${goVersions.join(', ')})`);
  return {
    go,
    gogc: knob('gogc', '100', parseGogc),
    memlimit: knob('memlimit', 'off', parseMemlimit),
    procs: knob('procs', '2', (s) => integer('procs', s, 1, 256)),
    seed: integer('seed', get('seed') ?? '1', 0, 2 ** 32 - 1),
  };
}

/** Whether GODEBUG asks for a line per collection. */
export function gctraceOf(env: Readonly<Record<string, string | undefined>>): boolean { return Number(parseGodebug(env).get('gctrace') ?? 0) > 0; }

/** Settings of GODEBUG. */
function parseGodebug(env: Readonly<Record<string, string | undefined>>): Map<string, string> {
  const out = new Map<string, string>();
  for (const kv of (env.GODEBUG ?? '').split(',')) {
    const i = kv.indexOf('=');
    if (i > 0) out.set(kv.slice(0, i), kv.slice(i + 1));
  }
  return out;
}
