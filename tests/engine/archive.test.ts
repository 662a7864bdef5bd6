/** Archives: programs linked with what was compiled before are the programs compiled from text. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Archive, writeArchive } from '../../lib/engine/archive.ts';
import { archivePrograms } from '../../lib/engine/archive_programs.ts';
import { compileProgram, newBase, unitsOf } from '../../lib/engine/build.ts';
import type { Program } from '../../lib/compile/link.ts';
import { buildProgram, type Base, type PackageProvider, type ProgramResult } from '../../lib/go/program.ts';
import { std } from '../std.ts';

const compile = (base: Base, text: string, provide: PackageProvider = std): { program: Program; result: ProgramResult } => {
  const result = buildProgram([{ name: 'p.go', text }], provide, { goVersion: '1.26', base });
  expect(result.diagnostics).toEqual([]);
  return { program: compileProgram(result, '1.26'), result };
};
const archiveOf = (programs: readonly string[]): Uint8Array => {
  const base = newBase('1.26');
  return writeArchive(base, unitsOf, programs.map((p) => compile(base, p).program));
};
/** Everything of a program that a run can show, as text. */
const shown = ({ program: p, result: r }: ReturnType<typeof compile>): object => ({
  code: Buffer.from(p.bytes).toString('base64'), image: Buffer.from(p.image).toString('base64'), symbols: [...p.symbols], roots: [...p.roots],
  funcs: p.funcs.map((f) => [f.sym, f.name, f.frameSize, f.entrySize, f.objects, f.points.map((x) => [r.fset.frames(x.pos, f.name).map((y) => [y.func, r.fset.format(y.pos)]), x.live])]),
});
const sites = (r: ProgramResult): Map<number, string> => new Map(r.packages.flatMap((p) => p.walked?.sites ?? []).map((s) => [s.id, `${r.fset.format(s.pos)} ${s.func} ${s.kind} ${s.place} ${s.text} ${s.size}`]));

const fixtures = join(import.meta.dirname, '../fixtures/run');
const programs = Object.fromEntries(readdirSync(fixtures).filter((f) => /^(instances|panics|collect|maps)\.go/.test(f)).map((f) => [f, readFileSync(join(fixtures, f), 'utf8')]));
programs.beyond = 'package main\n\nimport (\n\t"bytes"\n\t"encoding/json"\n\t"fmt"\n\t"slices"\n\t"strings"\n\t"time"\n)\n\ntype t struct{ A, B int }\n\nfunc main() {\n\tb, _ := json.Marshal([]t{{1, 2}})\n\tfmt.Println(string(b), strings.Fields(" a b "), bytes.ToUpper([]byte("x")), time.Duration(3), time.Unix(0, 0).UTC())\n\ts := []t{{2, 1}, {1, 2}}\n\tslices.SortFunc(s, func(x, y t) int { return x.A - y.A })\n\tdefer func() { fmt.Println(recover()) }()\n\tfmt.Println(s[len(s)])\n}\n';

programs.methods = 'package main\n\nimport (\n\t"errors"\n\t"fmt"\n\t"os"\n\t"reflect"\n)\n\ntype timeout interface{ Timeout() bool }\n\nfunc main() {\n\t_, err := os.Open("/nowhere")\n\tvar x timeout\n\tfmt.Println(errors.As(err, &x), x.Timeout())\n\tvar f any = os.Stdout\n\t_, ok := f.(interface{ Chmod(os.FileMode) error })\n\tfmt.Println(ok, reflect.TypeOf(err).NumMethod(), reflect.ValueOf(err).MethodByName("Timeout").Call(nil)[0])\n}\n';

describe('an archive', () => {
  const file = archiveOf(archivePrograms);
  it('gives the same programs, alone and after others, also where it has not all they reach', () => {
    const small = archiveOf(['package main\n\nimport "fmt"\n\nfunc main() { fmt.Print() }\n']), shared = newBase('1.26', new Archive(file));
    for (const text of Object.values(programs)) {
      const want = compile(newBase('1.26'), text), all = sites(want.result);
      for (const base of [newBase('1.26', new Archive(file)), newBase('1.26', new Archive(small)), shared]) {
        const got = compile(base, text);
        expect(shown(got)).toEqual(shown(want));
        const have = sites(got.result);
        for (const [id, s] of all) expect(have.get(id)).toBe(s);
      }
    }
  }, 120_000);
  it('may lie in a Buffer, whose slices are not copies, and is not written to', () => {
    const buffer = Buffer.from(file), base = newBase('1.26', new Archive(buffer));
    for (const text of Object.values(programs)) expect(shown(compile(base, text))).toEqual(shown(compile(newBase('1.26'), text)));
    expect(buffer.equals(file)).toBe(true);
  }, 120_000);
  it('is the same file each time', () => {
    expect(Buffer.from(archiveOf(archivePrograms)).equals(Buffer.from(file))).toBe(true);
  });
  it('spares the front end what it has', () => {
    const base = newBase('1.26', new Archive(file));
    compile(base, archivePrograms[0]);
    const bodies = [...base.packages.values()].flatMap((p) => p.files.flatMap((f) => f.declList.filter((d) => d.kind === 'FuncDecl')));
    expect(bodies.filter((d) => d.body && !d.lazy).length).toBeLessThan(bodies.length / 10);
  });
  it('does not speak for packages whose text, or whose imports\' text, has changed', () => {
    const changed: PackageProvider = (path) => (path === 'errors' ? std(path)!.map((f) => ({ ...f, text: `${f.text}\n` })) : std(path));
    const base = newBase('1.26', new Archive(file));
    expect(shown(compile(base, programs['instances.go'], changed))).toEqual(shown(compile(newBase('1.26'), programs['instances.go'], changed)));
    const open = (path: string): number => base.packages.get(path)!.files.flatMap((f) => f.declList.filter((d) => d.kind === 'FuncDecl' && d.body && !d.lazy)).length;
    expect(open('unicode/utf8')).toBeLessThan(5);
    expect(open('fmt')).toBeGreaterThan(50);
  });
  it('refuses files that are no archives', () => {
    expect(() => new Archive(new Uint8Array(12))).toThrow();
    expect(() => new Archive(file.subarray(0, file.length - 1))).toThrow('invalid archive');
  });
});
