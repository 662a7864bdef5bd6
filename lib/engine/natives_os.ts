/**
 * What package os asks of the system: arguments, environment, streams, exit, and the
 * files of lib/std/natives/vfs.ts. Calls that can fail give minus an error number.
 */
import { resultArea } from '../abi/imports.ts';
import { Vfs, type Node } from '../std/natives/vfs.ts';
import type { Entries, RtEnv } from './rt.ts';
import type { Run } from './run.ts';

const encoder = new TextEncoder();

export function osNatives(env: RtEnv, run: Run): Entries {
  const { mem } = env.m;
  const out = (i: number, v: number): void => mem.setInt(resultArea + 8 * i, v);
  const bytes = (p: number, n: number): Uint8Array => mem.u8.subarray(p >>> 0, (p >>> 0) + (n >>> 0));
  const text = (p: number, n: number): string => {
    let s = '';
    for (const b of bytes(p, n)) s += String.fromCharCode(b);
    return s;
  };
  const args = (run.hooks.args ?? ['main']).map((a) => encoder.encode(a));
  const environ = (run.hooks.env ?? []).map((a) => encoder.encode(a));
  const stdin = run.hooks.stdin ?? new Uint8Array();
  let stdinAt = 0;
  const read = typeof stdin === 'function' ? stdin : (n: number): Uint8Array => stdin.subarray(stdinAt, stdinAt += Math.min(n, stdin.length - stdinAt));

  let files: Vfs | undefined;
  const fs = (): Vfs => files ??= new Vfs(() => Math.floor(env.m.now()));
  const stat = (n: Node | number): number => {
    if (typeof n === 'number') return n;
    out(1, n.mode); out(2, n.size); out(3, n.mtime); out(4, n.ino);
    return 0;
  };
  // Texts that do not fit a number are left here for os.take.
  let left = '';
  const leave = (s: string | number): number => {
    if (typeof s === 'number') return s;
    left = s;
    return s.length;
  };

  const natives: Record<string, (...a: never[]) => unknown> = {
    'os.argc': () => args.length,
    'os.arglen': (i: number) => args[i]!.length,
    'os.argcopy': (i: number, p: number) => { mem.u8.set(args[i]!, p >>> 0); },
    'os.envc': () => environ.length,
    'os.envlen': (i: number) => environ[i]!.length,
    'os.envcopy': (i: number, p: number) => { mem.u8.set(environ[i]!, p >>> 0); },
    'os.exit': (code: number) => run.exit(code & 0xff),

    'os.write': (fd: number, p: number, n: number, _cap: number, off: bigint) => {
      const b = bytes(p, n);
      if (fd > 2) return fs().write(fd, b, Number(off));
      if (fd === 1) run.stdout(b); else run.stderr(b);
      return b.length;
    },
    'os.read': (fd: number, p: number, n: number, _cap: number, off: bigint) => {
      if (fd > 2) return fs().read(fd, bytes(p, n), Number(off));
      if (fd !== 0) return 0;
      const b = read(n >>> 0);
      mem.u8.set(b, p >>> 0);
      return b.length;
    },
    'os.openFile': (p: number, n: number, flags: number, perm: number) => fs().open(text(p, n), flags, perm),
    'os.closeFile': (fd: number) => fs().close(fd),
    'os.seekFile': (fd: number, offset: bigint, whence: number) => BigInt(fs().seek(fd, Number(offset), whence)),
    'os.truncateFile': (fd: number, size: bigint) => fs().truncate(fd, Number(size)),
    'os.statPath': (p: number, n: number, follow: number) => stat(fs().stat(text(p, n), follow !== 0)),
    'os.statFile': (fd: number) => stat(fs().fstat(fd)),
    'os.mkdir': (p: number, n: number, perm: number) => fs().mkdir(text(p, n), perm),
    'os.remove': (p: number, n: number) => fs().remove(text(p, n)),
    'os.rename': (p: number, n: number, q: number, k: number) => fs().rename(text(p, n), text(q, k)),
    'os.link': (p: number, n: number, q: number, k: number) => fs().link(text(p, n), text(q, k)),
    'os.symlink': (p: number, n: number, q: number, k: number) => fs().symlink(text(p, n), text(q, k)),
    'os.chmod': (p: number, n: number, mode: number) => fs().chmod(text(p, n), mode),
    'os.utimes': (p: number, n: number, ns: bigint) => fs().utimes(text(p, n), Number(ns)),
    'os.chdir': (p: number, n: number) => fs().chdir(text(p, n)),
    'os.list': (p: number, n: number) => leave(fs().list(text(p, n))),
    'os.readlink': (p: number, n: number) => leave(fs().readlink(text(p, n))),
    'os.getcwd': () => leave(fs().cwd()),
    'os.take': (p: number) => { for (let i = 0; i < left.length; i++) mem.u8[(p >>> 0) + i] = left.charCodeAt(i); },
  };
  return natives as Entries;
}
