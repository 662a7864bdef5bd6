/** What a command may touch: injected, so that tests run commands in-process. */
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
