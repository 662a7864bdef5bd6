/**
 * gomem: the lab on the command line.
 *
 * Exit codes: the program's own (2 after a panic); 1 for diagnostics; 2 for wrong usage.
 */
import { readFileSync, readSync, readdirSync, statSync, writeFileSync, writeSync } from 'node:fs';
import { stdProvider } from './std.ts';
import { UsageError } from './args.ts';
import { HostError, reason, type CommandIO } from './io.ts';

type Command = (argv: readonly string[], io: CommandIO) => Promise<number>;

const commands: Readonly<Record<string, { about: string; load: () => Promise<Command> }>> = {
  run: { about: 'compile and run a program on the simulated heap', load: async () => (await import('./run.ts')).runCommand },
  escape: { about: 'print the compiler\'s verdicts, as go build -gcflags=-m does', load: async () => (await import('./escape.ts')).escapeCommand },
  check: { about: 'print the compile errors, as go build does', load: async () => (await import('./check.ts')).checkCommand },
  fmt: { about: 'print Go files in gofmt\'s layout', load: async () => (await import('./fmt.ts')).fmtCommand },
  notebook: { about: 'run a notebook without a page, or export it', load: async () => (await import('./notebook.ts')).notebookCommand },
  test: { about: 'run tests and benchmarks', load: async () => (await import('./test.ts')).testCommand },
};

const overview = (): string => [
  'gomem runs real Go on a simulated Go heap.', '', 'usage: gomem COMMAND [flags] FILE.go…', '',
  ...Object.entries(commands).map(([name, c]) => `  ${name.padEnd(10)}${c.about}`), '', 'gomem COMMAND --help lists a command\'s flags.', '',
].join('\n');

export async function main(argv: readonly string[], io: CommandIO): Promise<number> {
  const [name, ...rest] = argv;
  if (name === undefined || name === 'help' || /^--?h(elp)?$/.test(name)) {
    io[name === undefined ? 'stderr' : 'stdout'](overview());
    return name === undefined ? 2 : 0;
  }
  const c = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!c) {
    io.stderr(`gomem: unknown command: ${name}\n${overview()}`);
    return 2;
  }
  try {
    return await (await c.load())(rest, io);
  } catch (e) {
    if (e instanceof HostError) {
      io.stderr(`gomem ${name}: ${e.message}\n`);
      return 2;
    }
    if (!(e instanceof UsageError)) {
      io.stderr(`gomem ${name}: internal error: ${e instanceof Error ? e.message : String(e)}; please report the input that led here\n`);
      return 2;
    }
    io.stderr(`gomem ${name}: ${e.message}\nRun 'gomem ${name} --help' for usage.\n`);
    return 2;
  }
}

/** Writes all bytes, waiting when a pipe is full. */
function writeAll(fd: number, data: string | Uint8Array): void {
  const bytes = typeof data === 'string' ? new TextEncoder().encode(data) : data;
  for (let at = 0; at < bytes.length;) {
    try { at += writeSync(fd, bytes, at); } catch (e) {
      const code = (e as NodeJS.ErrnoException).code;
      if (code === 'EPIPE') process.exit(0);
      if (code === 'EAGAIN') continue;
      if (fd === 2) return;
      throw new HostError(`cannot write standard output: ${reason(e)}`);
    }
  }
}

/** Reads standard input, waiting when it has nothing yet. */
function readInput(n: number): Uint8Array {
  const b = new Uint8Array(n);
  for (;;) {
    try { return b.subarray(0, readSync(0, b, 0, n, null)); } catch (e) {
      if ((e as NodeJS.ErrnoException).code !== 'EAGAIN') return b.subarray(0, 0);
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
    }
  }
}

/** The host's files and streams. */
export const hostIO: CommandIO = {
  cwd: process.cwd(),
  env: process.env,
  stdout: (b) => writeAll(1, b),
  stderr: (b) => writeAll(2, b),
  stdin: readInput,
  readFile: (p) => readFileSync(p),
  writeFile: (p, b) => writeFileSync(p, b),
  readDir: (p) => { try { return statSync(p).isDirectory() ? readdirSync(p) : undefined; } catch { return undefined; } },
  std: stdProvider(),
};
