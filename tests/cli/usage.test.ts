/** The command line: flags, knobs, environment, exit codes, located complaints. Commands run in this process, on files in memory. */
import { describe, expect, test } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { stdProvider } from '../../src/cli/std.ts';
import type { CommandIO } from '../../src/cli/io.ts';

interface Result { code: number; out: string; err: string; files: Record<string, string | Uint8Array> }

/** Runs gomem on files in memory. */
async function gomem(argv: string[], files: Record<string, string> = {}, o: { env?: Record<string, string>; stdin?: string } = {}): Promise<Result> {
  const out: Uint8Array[] = [], err: Uint8Array[] = [], written: Record<string, string | Uint8Array> = {};
  const bytes = (b: string | Uint8Array): Uint8Array => (typeof b === 'string' ? new TextEncoder().encode(b) : b.slice());
  const input = new TextEncoder().encode(o.stdin ?? '');
  let at = 0;
  const io: CommandIO = {
    env: o.env ?? {},
    stdout: (b) => { out.push(bytes(b)); }, stderr: (b) => { err.push(bytes(b)); },
    stdin: (n) => { const b = input.subarray(at, at + n); at += b.length; return b; },
    readFile: (p) => {
      const text = files[p.replace(/^\.\//, '')];
      if (text === undefined) throw new Error('ENOENT');
      return bytes(text);
    },
    writeFile: (p, b) => { written[p] = b; },
    readDir: (p) => {
      const dir = p === '.' ? '' : `${p.replace(/^\.\//, '')}/`;
      const names = new Set(Object.keys(files).filter((f) => f.startsWith(dir)).map((f) => f.slice(dir.length).split('/')[0]!));
      return names.size > 0 && files[p] === undefined ? [...names] : undefined;
    },
    std: stdProvider(),
  };
  const code = await main(argv, io);
  return { code, out: Buffer.concat(out).toString(), err: Buffer.concat(err).toString(), files: written };
}

const knobs = `package main

import "runtime"

func main() {
	println(runtime.GOMAXPROCS(0), runtime.Version())
}
`;

describe('usage', () => {
  test('help of every command exits 0 and names its flags', async () => {
    for (const c of ['run', 'escape', 'check', 'test']) {
      const r = await gomem([c, '--help']);
      expect(r.code, c).toBe(0);
      for (const f of ['gogc', 'memlimit', 'procs', 'seed', 'go']) expect(r.out, `${c} -${f}`).toContain(`-${f}`);
    }
  });
  test.each([
    [['frob'], 'unknown command: frob'],
    [['run', '--bogus', 'a.go'], 'flag provided but not defined: -bogus'],
    [['run', '--procs', '0', 'a.go'], 'invalid procs: 0'],
    [['run', '--gogc', 'x', 'a.go'], 'invalid gogc: x'],
    [['run', '--memlimit', '12parsec', 'a.go'], 'invalid memlimit: 12parsec'],
    [['run', '-go', '1.99', 'a.go'], 'invalid go: 1.99'],
    [['run', '--seed', '-1', 'a.go'], 'invalid seed: -1'],
    [['run'], 'no Go files listed'],
    [['run', 'nothere.go'], 'cannot read nothere.go'],
    [['check', 'a.txt'], 'must be .go files: a.txt'],
    [['escape', '-m', '3', 'a.go'], 'invalid m: 3'],
  ])('%j exits 2 and says why', async (argv, text) => {
    const r = await gomem(argv, { 'a.go': 'package main\nfunc main() {}\n', 'a.txt': '' });
    expect(r.code).toBe(2);
    expect(r.err).toContain(text);
    expect(r.out).toBe('');
  });
});

describe('knobs', () => {
  test('one or two dashes, = or a space, are the same', async () => {
    for (const argv of [['-procs', '3'], ['--procs', '3'], ['-procs=3'], ['--procs=3']]) {
      expect((await gomem(['run', ...argv, 'k.go'], { 'k.go': knobs })).err, argv.join(' ')).toMatch(/^3 go1\.26/);
    }
  });
  test('the environment counts, flags win, defaults are constants', async () => {
    const files = { 'k.go': knobs };
    expect((await gomem(['run', 'k.go'], files)).err).toMatch(/^2 /);
    expect((await gomem(['run', 'k.go'], files, { env: { GOMAXPROCS: '5' } })).err).toMatch(/^5 /);
    expect((await gomem(['run', '-procs', '4', 'k.go'], files, { env: { GOMAXPROCS: '5' } })).err).toMatch(/^4 /);
    expect((await gomem(['run', '-go', '1.23', 'k.go'], files)).err).toMatch(/go1\.23/);
  });
  test('other environment reaches a program only by --env', async () => {
    const files = { 'e.go': 'package main\n\nimport "os"\n\nfunc main() { println(os.Getenv("HOME"), os.Getenv("A")) }\n' };
    expect((await gomem(['run', 'e.go'], files, { env: { HOME: '/root' } })).err).toBe(' \n');
    expect((await gomem(['run', '--env', 'A=1', '--env', 'HOME=/x', 'e.go'], files)).err).toBe('/x 1\n');
  });
});

describe('streams and exit codes', () => {
  const run = (body: string, imports = '', o: { stdin?: string } = {}, rest: string[] = []): Promise<Result> => gomem(['run', 'p.go', ...rest], { 'p.go': `package main\n\n${imports}\n\nfunc main() {\n${body}\n}\n` }, o);
  test('arguments, input and output are the program\'s own', async () => {
    const r = await run('b, _ := io.ReadAll(os.Stdin)\nfmt.Print(len(b), os.Args[1:])', 'import ("fmt"; "io"; "os")', { stdin: 'hello' }, ['--', 'a', '-b']);
    expect(r).toMatchObject({ code: 0, out: '5 [a -b]', err: '' });
  });
  test('os.Exit gives its code, a panic 2 with the text of Go', async () => {
    expect((await run('os.Exit(7)', 'import "os"')).code).toBe(7);
    const r = await run('var m map[string]int\nm["a"] = 1');
    expect(r.code).toBe(2);
    expect(r.err).toMatch(/^panic: assignment to entry in nil map\n\ngoroutine 1 \[running\]:\n/);
  });
  test('compile errors are go build\'s, exit 1, nothing runs', async () => {
    const r = await run('x := 1');
    expect(r).toMatchObject({ code: 1, out: '', err: '# command-line-arguments\n./p.go:6:1: declared and not used: x\n' });
  });
  test('escape prints verdicts on stdout, as go build prints them on stderr', async () => {
    const r = await gomem(['escape', '-l', 'p.go'], { 'p.go': 'package main\n\nvar p *int\n\nfunc main() {\n\tx := 1\n\tp = &x\n}\n' });
    expect(r).toMatchObject({ code: 0, out: '# command-line-arguments\n./p.go:6:2: moved to heap: x\n', err: '' });
  });
  test('a directory is one package; its files go together', async () => {
    const r = await gomem(['run', 'd'], { 'd/a.go': 'package main\nfunc main() { println(f()) }\n', 'd/b.go': 'package main\nfunc f() int { return 42 }\n', 'd/b_test.go': 'package main\nfunc f() int { return 1 }\n' });
    expect(r).toMatchObject({ code: 0, err: '42\n' });
  });
  test('--json holds events, memstats and a digest that repeats', async () => {
    const files = { 'p.go': 'package main\n\nvar s [][]byte\n\nfunc main() {\n\tfor i := 0; i < 100; i++ {\n\t\ts = append(s, make([]byte, i))\n\t}\n}\n' };
    const [a, b] = [await gomem(['run', '--json', 'o.json', 'p.go'], files), await gomem(['run', '--json', 'o.json', 'p.go'], files)];
    const r = JSON.parse(String(a.files['o.json']));
    expect(r.digest).toMatch(/^[0-9a-f]{64}$/);
    expect(r.memstats.mallocs).toBeGreaterThan(100);
    expect(r.events.records.length).toBeGreaterThan(100);
    expect(a.files['o.json']).toEqual(b.files['o.json']);
  });
});
