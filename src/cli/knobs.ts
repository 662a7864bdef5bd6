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
  const m = /^(\d+)(B|KiB|MiB|GiB|TiB)?$/.exec(s);
  if (!m) throw new UsageError(`invalid memlimit: ${s} (want a number with B, KiB, MiB, GiB or TiB, or off)`);
  return Number(m[1]) * units[m[2] ?? ''];
}

function integer(name: string, s: string, lo: number, hi: number): number {
  const n = Number(s);
  if (!/^\d+$/.test(s) || n < lo || n > hi) throw new UsageError(`invalid ${name}: ${s} (want ${lo} to ${hi})`);
  return n;
}

export function parseKnobs(p: Parsed, env: Readonly<Record<string, string | undefined>>): CliKnobs {
  const get = (name: string, variable?: string): string | undefined => flag(p, name) ?? (variable ? env[variable] || undefined : undefined);
  const go = get('go')?.replace(/^go/, '') ?? defaultGoVersion;
  if (!isGoVersion(go)) throw new UsageError(`invalid go: ${go} (want ${goVersions.join(', ')})`);
  return {
    go,
    gogc: parseGogc(get('gogc', 'GOGC') ?? '100'),
    memlimit: parseMemlimit(get('memlimit', 'GOMEMLIMIT') ?? 'off'),
    procs: integer('procs', get('procs', 'GOMAXPROCS') ?? '2', 1, 256),
    seed: integer('seed', get('seed') ?? '1', 0, 2 ** 32 - 1),
  };
}

/** Settings of GODEBUG. */
export function parseGodebug(env: Readonly<Record<string, string | undefined>>): Map<string, string> {
  const out = new Map<string, string>();
  for (const kv of (env.GODEBUG ?? '').split(',')) {
    const i = kv.indexOf('=');
    if (i > 0) out.set(kv.slice(0, i), kv.slice(i + 1));
  }
  return out;
}
