/** What a command may touch: injected, so that tests run commands in-process; and complaints about it. */
import type { SourceText } from '../../lib/go/program.ts';

export interface CommandIO {
  /** Absolute path of the current directory, as messages show it. */
  readonly cwd?: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  stdout(bytes: string | Uint8Array): void;
  stderr(bytes: string | Uint8Array): void;
  /** Up to n of the next bytes of standard input, none at its end; waits for them. */
  stdin(n: number): Uint8Array;
  readFile(path: string): Uint8Array;
  writeFile(path: string, bytes: Uint8Array | string): void;
  /** Names in a directory, undefined if it is none. */
  readDir(path: string): string[] | undefined;
  /** The files of a std package of ours. */
  std(path: string): readonly SourceText[] | undefined;
}

/** Something the host refused: a file or stream that cannot be written. Exit code 2, no hint about usage. */
export class HostError extends Error {}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'no such file or directory', EISDIR: 'is a directory', ENOTDIR: 'not a directory', EACCES: 'permission denied',
  EPERM: 'operation not permitted', EROFS: 'read-only file system', ENOSPC: 'no space left on device',
};

/** What the system said, in Go's words where they are known. */
export function reason(e: unknown): string {
  const code = (e as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? reasons[code] ?? code : e instanceof Error ? e.message : String(e);
}

/** Writes a file, or throws a HostError that names it. */
export function writeOut(io: CommandIO, path: string, bytes: Uint8Array | string): void {
  try { io.writeFile(path, bytes); } catch (e) { throw new HostError(`cannot write ${path}: ${reason(e)}`); }
}
