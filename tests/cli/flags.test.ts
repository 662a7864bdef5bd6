/** Flags, knobs and the environment in every command, what --json and profiles hold, and what is said of files that cannot be read or written. */
import { describe, expect, test } from 'vitest';
import { gomem } from './memory.ts';

const knobsShown = 'package main\n\nimport (\n\t"runtime"\n\t"runtime/debug"\n)\n\nfunc main() {\n\tprintln(debug.SetGCPercent(100), debug.SetMemoryLimit(-1), runtime.GOMAXPROCS(0), runtime.Version())\n\truntime.GC()\n}\n';
const files = {
  'a.go': 'package main\n\nfunc main() {}\n', 'k.go': knobsShown, 'a_test.go': 'package main\n\nimport "testing"\n\nfunc TestA(t *testing.T) {}\n',
  'n.html': '<!doctype html>\n<notebook>\n<title>T</title>\n<script id="1" type="text/x-go">\npackage main\n\nimport "runtime"\n\nfunc main() { println(runtime.GOMAXPROCS(0), runtime.Version()) }\n</script>\n</notebook>\n',
};
const commands: readonly (readonly [string, readonly string[], string])[] = [['run', ['run'], 'a.go'], ['escape', ['escape'], 'a.go'], ['check', ['check'], 'a.go'], ['fmt', ['fmt'], 'a.go'], ['test', ['test'], 'a_test.go'], ['notebook run', ['notebook', 'run'], 'n.html']];

describe.each(commands)('%s', (name, argv, file) => {
  test('takes every knob, with one dash or two, = or a space', async () => {
    const forms = [['-procs', '4'], ['--procs', '4'], ['-procs=4'], ['--procs=4'], ['-gogc', '50'], ['-gogc=off'], ['-memlimit', '64MiB'], ['-memlimit=off'], ['--seed', '7'], ['-go', '1.26'], ['-go=go1.26']];
    for (const form of forms) {
      const r = await gomem([...argv, ...form, file], files);
      expect([r.code, r.err.replace(/^\d+ go1\.\d+\n/, '')], `${name} ${form.join(' ')}`).toEqual([0, '']);
    }
  }, 60_000);
  test('refuses wrong values, from flags and from the environment, and flags win', async () => {
    for (const [flag, value] of [['gogc', 'zz'], ['gogc', '1e3'], ['memlimit', '-1'], ['memlimit', '1e9'], ['memlimit', ''], ['memlimit', '99999999TiB'], ['procs', '0'], ['procs', '257'], ['procs', '1.5'], ['seed', 'x'], ['seed', '4294967296'], ['go', '1.20'], ['go', '2']]) {
      const r = await gomem([...argv, `-${flag}=${value}`, file], files);
      expect(r, `${flag}=${value}`).toMatchObject({ code: 2, out: '', err: expect.stringContaining(`: invalid ${flag}: ${value}`) });
      expect(r.err).toContain(' --help\' for usage.\n');
    }
    for (const [variable, flag, good] of [['GOGC', 'gogc', '100'], ['GOMEMLIMIT', 'memlimit', '1GiB'], ['GOMAXPROCS', 'procs', '1']]) {
      const r = await gomem([...argv, file], files, { env: { [variable]: 'bad' } });
      expect(r).toMatchObject({ code: 2, err: expect.stringContaining(`invalid ${flag}: bad`) });
      expect(r.err).toContain(`in the environment variable ${variable}\n`);
      expect((await gomem([...argv, `-${flag}`, good, file], files, { env: { [variable]: 'bad' } })).code).toBe(0);
      expect((await gomem([...argv, file], files, { env: { [variable]: '' } })).code).toBe(0);
    }
  });
  test('helps, knows no other flags, wants values, and says what it cannot read', async () => {
    for (const help of ['-h', '--h', '-help', '--help']) {
      const r = await gomem([...argv, help], files);
      expect(r).toMatchObject({ code: 0, err: '' });
      expect(r.out).toContain(`usage: gomem ${name}`);
      for (const f of ['gogc', 'memlimit', 'procs', 'seed', 'go']) expect(r.out).toMatch(new RegExp(`^  -${f} `, 'm'));
    }
    expect(await gomem([...argv, '-bogus', file], files)).toMatchObject({ code: 2, err: expect.stringContaining('flag provided but not defined: -bogus') });
    expect(await gomem([...argv, '-gogc'], files)).toMatchObject({ code: 2, err: expect.stringContaining('flag needs an argument: -gogc') });
    expect(await gomem([...argv, '-=x', file], files)).toMatchObject({ code: 2, err: expect.stringContaining('bad flag syntax: -=x') });
    expect(await gomem([...argv, '-h=perhaps', file], files)).toMatchObject({ code: 2, err: expect.stringContaining('invalid boolean value "perhaps" for -h') });
    const none = await gomem([...argv, `none${file.slice(file.indexOf('.'))}`], files);
    expect(none).toMatchObject({ code: 2, out: '' });
    expect(none.err).toMatch(/cannot read none\.(go|html)/);
  });
});

describe('knobs reach the program', () => {
  test('by flags, by the environment, and flags win', async () => {
    const all = { GOGC: '50', GOMEMLIMIT: '64MiB', GOMAXPROCS: '3' };
    expect((await gomem(['run', 'k.go'], files)).err).toBe('100 9223372036854775807 2 go1.26\n');
    expect((await gomem(['run', 'k.go'], files, { env: all })).err).toBe('50 67108864 3 go1.26\n');
    expect((await gomem(['run', '-gogc=30', '-memlimit', '1GiB', '--procs', '4', '-go=1.23', 'k.go'], files, { env: all })).err).toBe('30 1073741824 4 go1.23\n');
    expect((await gomem(['run', '-gogc', 'off', 'k.go'], files, { env: all })).err).toMatch(/^-1 /);
    expect((await gomem(['notebook', 'run', '-procs', '7', '-go', '1.25', 'n.html'], files)).out).toContain('7 go1.25\n');
  });
  test('GODEBUG=gctrace=1 prints a line a collection; -gctrace says otherwise', async () => {
    const lines = async (argv: string[], env: Record<string, string>): Promise<number> => (await gomem(['run', ...argv, 'k.go'], files, { env })).err.split('\n').filter((l) => /^gc \d+ @/.test(l)).length;
    expect(await lines([], {})).toBe(0);
    expect(await lines([], { GODEBUG: 'madvdontneed=1,gctrace=1' })).toBe(1);
    expect(await lines(['-gctrace'], {})).toBe(1);
    expect(await lines(['-gctrace=false'], { GODEBUG: 'gctrace=1' })).toBe(0);
    expect(await lines([], { GODEBUG: 'gctrace=0' })).toBe(0);
  });
});

describe('run', () => {
  test('--json: knobs, exit, digest, figures, sites and events', async () => {
    const p = 'package main\n\nimport "os"\n\nvar s [][]byte\n\nfunc main() {\n\tfor i := 0; i < 50; i++ {\n\t\ts = append(s, make([]byte, 100))\n\t}\n\tos.Exit(3)\n}\n';
    const r = await gomem(['run', '-seed', '9', '--json', 'o.json', 'p.go'], { 'p.go': p }), o = JSON.parse(String(r.files['o.json']));
    expect(r.code).toBe(3);
    expect(o).toMatchObject({ knobs: { seed: 9, gogc: 100, procs: 2, go: '1.26' }, exit: 3, digest: expect.stringMatching(/^[0-9a-f]{64}$/), dropped: 0 });
    for (const k of ['ns', 'memstats', 'heap', 'cycles', 'pauses', 'classes', 'goroutines', 'sites', 'events']) expect(o, k).toHaveProperty(k);
    expect(o.sites.find((x: { what: string }) => x.what === 'make([]byte, 100)')).toMatchObject({ at: './p.go:9:21', objects: 50, what: 'make([]byte, 100)', place: 'heap', func: 'main' });
    expect(o.events.words).toEqual(['kind', 't', 'a', 'b', 'c', 'd']);
    expect(o.events.records.length % 6).toBe(0);
  });
  test('--json: every site has words of the program, also where a slice moves to the heap as it is returned', async () => {
    const p = 'package main\n\n//go:noinline\nfunc f(n int) (r []int) {\n\tvar list []int\n\tfor i := range n {\n\t\tlist = append(list, i)\n\t}\n\treturn list\n}\n\nfunc main() { println(len(f(2)), len(f(100))) }\n';
    const o = JSON.parse(String((await gomem(['run', '--json', 'o', 'p.go'], { 'p.go': p })).files.o)) as { sites: { at: string; what: string; objects: number }[] };
    expect(o.sites.filter((s) => s.at !== '' && s.objects > 0).map((s) => [s.at.split(':')[1], s.what])).toEqual(expect.arrayContaining([['7', 'append(list, i)'], ['9', 'list']]));
    expect(o.sites.filter((s) => s.what.includes('<node'))).toEqual([]);
  });
  test('--memprofile writes a profile; its rate is a number', async () => {
    const r = await gomem(['run', '-memprofile', 'm.pb.gz', '-memprofilerate', '1', 'a.go'], files);
    expect([...(r.files['m.pb.gz'] as Uint8Array).slice(0, 2)]).toEqual([0x1f, 0x8b]);
    for (const o of [[], ['-memprofile', 'm']]) expect(await gomem(['run', ...o, '-memprofilerate', 'x', 'a.go'], files)).toMatchObject({ code: 2, err: expect.stringContaining('invalid memprofilerate: x') });
  });
  test('what cannot be written is named, with the reason', async () => {
    const refuse = (code: string) => (): never => { throw Object.assign(new Error(`${code}: no`), { code }); };
    expect(await gomem(['run', '-json', 'd/o', 'a.go'], files, { writeFile: refuse('ENOENT') })).toMatchObject({ code: 2, err: 'gomem run: cannot write d/o: no such file or directory\n' });
    expect(await gomem(['run', '-memprofile', '.', 'a.go'], files, { writeFile: refuse('EISDIR') })).toMatchObject({ code: 2, err: 'gomem run: cannot write .: is a directory\n' });
    expect(await gomem(['fmt', '-w', 'u.go', 'a.go'], { ...files, 'u.go': 'package  u\n' }, { writeFile: refuse('EACCES') })).toMatchObject({ code: 2, err: 'gomem fmt: cannot write u.go: permission denied\n' });
    expect(await gomem(['notebook', 'export', '-to', 'md', '-out', 'x', 'n.html'], files, { writeFile: refuse('ENOSPC') })).toMatchObject({ code: 2, err: 'gomem notebook: cannot write x: no space left on device\n' });
  });
  test('arguments follow --; --env sets what the program sees, and must be K=V', async () => {
    const p = { 'p.go': 'package main\n\nimport (\n\t"fmt"\n\t"os"\n)\n\nfunc main() { fmt.Println(len(os.Args), os.Args[1:], os.Getenv("A"), os.Getenv("B"), len(os.Environ())) }\n' };
    expect((await gomem(['run', '--env=A=x=y', '-env', 'B=', 'p.go', '--', '-gogc', '--', ''], p)).out).toBe('4 [-gogc -- ] x=y  2\n');
    expect((await gomem(['run', 'p.go'], p, { env: { A: 'host', GOGC: '50' } })).out).toBe('1 []   0\n');
    for (const e of ['A', '=x', '']) expect(await gomem(['run', '-env', e, 'p.go'], p)).toMatchObject({ code: 2, err: expect.stringContaining(`invalid env: ${e}`) });
  });
  test('files or one directory, not both', async () => {
    const d = { ...files, 'd/x.go': 'package main\n\nfunc main() { println(y) }\n', 'd/y.go': 'package main\n\nconst y = 5\n', 'e/readme.txt': '' };
    expect(await gomem(['run', 'd'], d)).toMatchObject({ code: 0, err: '5\n' });
    expect(await gomem(['run', 'd/x.go', 'd/y.go'], d)).toMatchObject({ code: 0, err: '5\n' });
    expect(await gomem(['run', 'd', 'a.go'], d)).toMatchObject({ code: 2, err: expect.stringContaining('named files must be .go files: d') });
    expect(await gomem(['run', 'e'], d)).toMatchObject({ code: 2, err: expect.stringContaining('no Go files in e') });
    expect(await gomem(['run', '-'], d)).toMatchObject({ code: 2, err: expect.stringContaining('must be .go files: -') });
  });
});

test('test: a count and a time must be such', async () => {
  for (const [f, v] of [['count', 'x'], ['count', '-1'], ['benchtime', '1parsec'], ['benchtime', '0x'], ['bench', '('], ['run', '[']]) expect((await gomem(['test', `-${f}`, v, 'a_test.go'], files)).code, `${f} ${v}`).toBe(2);
});
test('without a command, or with one that is none', async () => {
  expect(await gomem([], files)).toMatchObject({ code: 2, out: '', err: expect.stringContaining('usage: gomem COMMAND') });
  for (const a of ['help', '-h', '--help']) expect(await gomem([a], files)).toMatchObject({ code: 0, err: '', out: expect.stringContaining('  notebook  ') });
  for (const a of ['constructor', '__proto__', 'Run']) expect(await gomem([a], files)).toMatchObject({ code: 2, err: expect.stringContaining(`unknown command: ${a}`) });
});
