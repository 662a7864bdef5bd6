/**
 * os/exec: the program runs itself again, on a machine of its own. The child runs to
 * its end inside the call, and the parent's clock goes on by the child's time.
 */
import type { Run } from './run.ts';
import type { Entries, RtEnv } from './rt.ts';

interface Child { readonly exit: number; readonly out: readonly Uint8Array[] }

/** Children of children, that deep. */
const maxDepth = 4;

export function execNatives(env: RtEnv, run: Run): Entries {
  const { m } = env, { mem } = m;
  const children: Child[] = [];
  const list = (p: number, n: number): string[] => (n === 0 ? [] : new TextDecoder().decode(mem.u8.slice(p >>> 0, (p >>> 0) + n)).split('\0'));
  return {
    'os/exec.run': (args: number, argsLen: number, environ: number, environLen: number, stdin: number, stdinLen: number) => {
      const vars = list(environ, environLen), get = (k: string): string | undefined => vars.findLast((v) => v.startsWith(`${k}=`))?.slice(k.length + 1);
      const knobs = { ...run.knobs };
      const gogc = get('GOGC'), limit = get('GOMEMLIMIT'), procs = Number(get('GOMAXPROCS'));
      if (gogc !== undefined && gogc !== '') knobs.gogc = gogc === 'off' ? -1 : Number.isFinite(Number(gogc)) ? Number(gogc) : knobs.gogc;
      if (limit !== undefined && limit !== '') knobs.memlimit = limit === 'off' ? Infinity : parseLimit(limit) ?? knobs.memlimit;
      if (Number.isInteger(procs) && procs > 0) knobs.procs = procs;
      const parts: [Uint8Array[], Uint8Array[], Uint8Array[]] = [[], [], []];
      const write = (which: number) => (b: Uint8Array): void => { const c = b.slice(); parts[which].push(c); parts[2].push(c); };
      if (run.depth >= maxDepth) { write(1)(new TextEncoder().encode('os/exec: too many programs inside one another\n')); }
      const child = run.depth >= maxDepth ? undefined : run.spawn(knobs, {
        args: list(args, argsLen), env: vars, stdin: mem.u8.slice(stdin >>> 0, (stdin >>> 0) + stdinLen),
        stdout: write(0), stderr: write(1), gctrace: /(^|,)gctrace=[1-9]/.test(get('GODEBUG') ?? ''),
      });
      let exit = 2;
      if (child) {
        for (const _ of child.steps()) if (run.stopRequested) child.stopRequested = true;
        exit = child.result().exit;
        m.spend(child.machine.clock);
      }
      children.push({ exit, out: parts.map(join) });
      return children.length - 1;
    },
    'os/exec.exitCode': (id: number) => children[id].exit,
    'os/exec.outputLen': (id: number, which: number) => children[id].out[which - 1].length,
    'os/exec.outputCopy': (id: number, which: number, p: number) => { mem.u8.set(children[id].out[which - 1], p >>> 0); },
  } as Entries;
}

/** GOMEMLIMIT's text in bytes. */
function parseLimit(s: string): number | undefined {
  const m = /^(\d+)(B|[KMGT]iB)?$/.exec(s);
  return m ? Number(m[1]) * 1024 ** 'BKMGT'.indexOf((m[2] ?? 'B')[0]) : undefined;
}

function join(parts: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(parts.reduce((n, p) => n + p.length, 0));
  let at = 0;
  for (const p of parts) { out.set(p, at); at += p.length; }
  return out;
}
