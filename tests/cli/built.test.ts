/**
 * The command as it is built: bin/gomem.mjs over dist, with the archive of compiled packages
 * and the recorded facts beside it. Other tests run from source, where there is no archive.
 * What is expected was recorded from real Go (the fixtures' heads say how), or follows from
 * what a process owes its shell. `npm test` builds dist before; without a build these are left out.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, openSync, closeSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { stdProvider } from '../../src/cli/std.ts';
import { stopped } from './ends.ts';

const root = resolve(import.meta.dirname, '../..'), fixtures = join(root, 'tests/fixtures'), dist = resolve(process.env.DIST ?? join(root, 'dist'));
/** DIST may name another build; a bin beside it is its command. */
const isBuilt = existsSync(join(dist, 'cli/gomem.mjs')), bin = [join(dist, '../bin/gomem.mjs'), join(root, 'bin/gomem.mjs')].find((f) => existsSync(f))!;
const read = (path: string): string => readFileSync(join(fixtures, path), 'latin1');

interface Line { argv: string[]; env?: Record<string, string>; stdin?: string; together?: boolean }
interface Ended { code: number | null; signal: string | null; out: string; err: string }
interface Batched { code: number; out: string; err: string; files: Record<string, string> }

/** Waits for a child; its streams, byte by byte as characters. */
function ended(child: ChildProcess): Promise<Ended> {
  const out: Buffer[] = [], err: Buffer[] = [];
  child.stdout?.on('data', (b: Buffer) => out.push(b));
  child.stderr?.on('data', (b: Buffer) => err.push(b));
  return new Promise((done, fail) => {
    child.on('error', fail);
    child.on('close', (code, signal) => { done({ code, signal, out: Buffer.concat(out).toString('latin1'), err: Buffer.concat(err).toString('latin1') }); });
  });
}
const utf8 = (s: string): string => Buffer.from(s, 'latin1').toString();
/** One process of the command, in a directory. stdin: its whole input; null: closed. */
function gomem(argv: string[], o: { cwd?: string; stdin?: string | null; env?: Record<string, string> } = {}): Promise<Ended> {
  const { GOGC: _g, GOMEMLIMIT: _m, GOMAXPROCS: _p, GODEBUG: _d, ...env } = process.env;
  const child = spawn(process.execPath, [bin, ...argv], { cwd: o.cwd ?? root, env: { ...env, ...o.env }, stdio: [o.stdin === null ? 'ignore' : 'pipe', 'pipe', 'pipe'] });
  child.stdin?.on('error', () => { /* a program need not read */ });
  child.stdin?.end(o.stdin ?? '');
  return ended(child);
}
/** Many command lines in one process: most of what one costs is its start. */
async function batch(lines: readonly Line[]): Promise<Batched[]> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'batch.mjs'), dist], { cwd: root });
  child.stdin.end(JSON.stringify(lines));
  const r = await ended(child);
  expect(r.err).toBe('');
  return JSON.parse(utf8(r.out)) as Batched[];
}

const dir = mkdtempSync(join(tmpdir(), 'gomem-'));
afterAll(() => { rmSync(dir, { recursive: true, force: true }); });
const put = (name: string, text: string): string => { writeFileSync(join(dir, name), text); return join(dir, name); };

describe.runIf(isBuilt)('the built command runs recorded programs', () => {
  const programs = [
    ...readdirSync(join(fixtures, 'run')).filter((f) => f.endsWith('.go')).map((f) => `run/${f}`),
    ...['fmt', 'json', 'misc', 'reflect', 'regexp', 'slog', 'small', 'time', 'url'].map((f) => `std/${f}.go`),
  ];
  let got: Batched[] = [];
  // With one process for all: the packages of each program stand on those of the programs before.
  beforeAll(async () => {
    got = await batch(programs.map((p) => ({ argv: ['run', `tests/fixtures/${p}`], together: true })));
  });
  test.each(programs.map((p, i) => [p, i] as const))('%s', (p, i) => {
    expect(got[i].out).toBe(read(p.replace('.go', '.out')));
    expect(got[i].code).toBe(0);
  });
});

describe.runIf(isBuilt)('the built command, one process each', () => {
  test('streams, arguments, environment and exit code are the program\'s own', async () => {
    const p = put('all.go', 'package main\n\nimport (\n\t"bufio"\n\t"fmt"\n\t"os"\n)\n\nfunc main() {\n\ts := bufio.NewScanner(os.Stdin)\n\tfor s.Scan() {\n\t\tfmt.Println(len(s.Text()), s.Text())\n\t}\n\tfmt.Fprintln(os.Stderr, os.Args[1:], os.Getenv("A"), os.Getenv("HOME"))\n\tos.Exit(3)\n}\n');
    expect(await gomem(['run', '--env', 'A=b', p, '--', 'x', '-y', '--', 'z z'], { stdin: 'one\nzwölf\n' })).toEqual({ code: 3, signal: null, out: Buffer.from('3 one\n6 zwölf\n').toString('latin1'), err: '[x -y -- z z] b \n' });
    expect(await gomem(['run', p], { stdin: null })).toEqual({ code: 3, signal: null, out: '', err: '[]  \n' });
  });
  test('a panic: Go\'s text on stderr, exit code 2', async () => {
    const archive = read('run/ends.txt').split(/^-- (.*) --\n/m), of = (n: string): string => archive[archive.indexOf(n) + 1];
    put('assert_named.go', of('assert_named.go'));
    const r = await gomem(['run', 'assert_named.go'], { cwd: dir });
    expect(stopped(r.err)).toBe(stopped(of('assert_named.out').replace('exit status 2\n', '')));
    expect(r).toMatchObject({ code: 2, out: '' });
  });
  test('escape prints what is recorded of go build -gcflags=-m', async () => {
    const r = await gomem(['escape', 'C2.19_flows.go'], { cwd: join(fixtures, 'escape/programs') });
    expect(r.out.split('\n').filter((l) => l.startsWith('./'))).toEqual(read('escape/recorded/go1.26/C2.19_flows.m.txt').split('\n').filter((l) => l.startsWith('./')));
    expect(r).toMatchObject({ code: 0, err: '' });
  });
  test('check prints compile errors, fmt formats its input', async () => {
    put('wrong.go', 'package main\n\nfunc main() {\n\tx := 1\n\treturn 2\n}\n');
    expect(await gomem(['check', 'wrong.go'], { cwd: dir })).toEqual({ code: 1, signal: null, out: '', err: '# command-line-arguments\n./wrong.go:4:2: declared and not used: x\n./wrong.go:5:9: too many return values\n\thave (number)\n\twant ()\n' });
    expect(await gomem(['fmt'], { stdin: 'package a\nfunc  f() {\n}\n' })).toEqual({ code: 0, signal: null, out: 'package a\n\nfunc f() {\n}\n', err: '' });
  });
  test('test of a package with an external test package and examples', async () => {
    const timeless = (s: string): string => s.replace(/\t[\d.]+s$/gm, '\tTIME').replace(/\([\d.]+s\)$/gm, '(TIME)');
    const [, want] = read('gotest/module.out').split('$ go test .\n'), r = await gomem(['test', '.'], { cwd: join(fixtures, 'gotest/module') });
    expect(timeless(`${r.out}${r.err}exit ${r.code}\n`)).toBe(timeless(want.split('$ ')[0]));
  });
  test('a notebook of Go cells runs without a browser', async () => {
    const cell = (id: number, text: string): string => `  <script id="${id}" type="text/x-go">\n    ${text.replaceAll('\n', '\n    ')}\n  </script>\n`;
    put('n.html', `<!doctype html>\n<notebook>\n  <title>T</title>\n${cell(1, 'package main\n\nimport "fmt"\n\nfunc main() {\n\tfmt.Println([]int{6 * 7})\n}')}${cell(2, 'package main\n\nfunc main() {\n\tx := 1\n}')}</notebook>\n`);
    const r = await gomem(['notebook', 'run', 'n.html'], { cwd: dir });
    expect(utf8(r.out)).toMatch(/^ {3}1 {2}go {4}ok {7}run1 · digest [0-9a-f]{12}\n {7}\[42\]\n {3}2 {2}go {4}error {4}run2\n {7}\.\/main\.go:4:2: declared and not used: x\n$/);
    expect(r).toMatchObject({ code: 1, err: '' });
  });
  test('who stops reading ends it quietly', async () => {
    const p = put('many.go', 'package main\n\nimport "fmt"\n\nfunc main() {\n\tfor i := 0; ; i++ {\n\t\tfmt.Println("line", i)\n\t}\n}\n');
    const child = spawn(process.execPath, [bin, 'run', p], { stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout.once('data', () => { child.stdout.destroy(); });
    const r = await ended(child);
    expect(r.err).toBe('');
    expect(r.code).toBe(0);
  });
  test('an interrupt ends an endless loop', async () => {
    const p = put('loop.go', 'package main\n\nfunc main() {\n\tprintln("on")\n\tfor {\n\t}\n}\n');
    const child = spawn(process.execPath, [bin, 'run', p], { stdio: ['ignore', 'pipe', 'pipe'] });
    child.stderr.on('data', (b: Buffer) => { if (b.includes('\n')) child.kill('SIGINT'); });
    const r = await ended(child);
    expect(r.signal === 'SIGINT' || r.code === 130).toBe(true);
    expect(r.err).toBe('on\n');
  });
  test.runIf(existsSync('/dev/full'))('a full disk is told', async () => {
    const p = put('hi.go', 'package main\n\nimport "fmt"\n\nfunc main() { fmt.Println("hi") }\n'), full = openSync('/dev/full', 'w');
    const r = await ended(spawn(process.execPath, [bin, 'run', p], { stdio: ['ignore', full, 'pipe'] }));
    closeSync(full);
    expect(r).toMatchObject({ code: 2, err: 'gomem run: cannot write standard output: no space left on device\n' });
  });
});

describe.runIf(isBuilt)('built and from source', () => {
  test('runs are the same to the last event', async () => {
    const programs = ['run/collect.go', 'run/generics.go', 'run/moved.go', 'run/panics.go', 'std/url.go'];
    const built = await batch(programs.map((p) => ({ argv: ['run', '--json', '@r', `tests/fixtures/${p}`] })));
    for (const [i, p] of programs.entries()) {
      let json = '';
      const code = await main(['run', '--json', 'r', p], {
        env: {}, stdout: () => {}, stderr: () => {}, stdin: () => new Uint8Array(), readDir: () => undefined, std: stdProvider(),
        readFile: (f) => readFileSync(join(fixtures, f)), writeFile: (_, b) => { json = String(b); },
      });
      expect(code, p).toBe(built[i].code);
      // Where files are shown differs with the directory they are named from.
      const report = (s: string): object => ({ ...JSON.parse(s) as object, sites: (JSON.parse(s) as { sites: { at: string }[] }).sites.map((x) => ({ ...x, at: x.at.replace(/^.*fixtures\//, '') })) });
      expect(report(built[i].files['@r']), p).toEqual(report(json));
    }
  }, 60_000);
});
