/** ns per allocation of 1 to 128 bytes, with and without pointers, and per map insert and lookup, inside compiled programs; events counted as a run of gomem counts them. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, LabRun } from '../../lib/engine/report.ts';
import { defaultKnobs } from '../../lib/engine/run.ts';
import { best, type Row } from './row.ts';

const n = 3_000_000;
/** A kernel: declarations, and the statements timed, which do n operations. */
const kernels: readonly { name: string; decls: string; body: string; n: number; bar?: string }[] = [
  { name: 'alloc 1 B noscan', decls: 'var s *byte', body: `for i := 0; i < ${n}; i++ { s = new(byte) }`, n, bar: '1x' },
  ...[8, 16, 64, 128].flatMap((size) => [
    { name: `alloc ${size} B noscan`, decls: `type obj struct{ a [${size / 8}]int }\nvar s *obj`, body: `for i := 0; i < ${n}; i++ { s = new(obj) }`, n, bar: '1x' },
    { name: `alloc ${size} B scan`, decls: `type obj struct { p *int; a [${size / 8 - 1}]int }\nvar s *obj`, body: `for i := 0; i < ${n}; i++ { s = new(obj) }`, n, bar: '1x' },
  ]),
  { name: 'map insert', decls: 'var m = map[int]int{}', body: 'for i := 0; i < 1000000; i++ { m[i] = i }', n: 1_000_000 },
  { name: 'map lookup', decls: 'var m = map[int]int{}\nvar s int\nfunc init() { for i := 0; i < 1000; i++ { m[i] = i } }', body: `for i := 0; i < ${n}; i++ { s += m[i&1023] }`, n },
];

export async function measure(): Promise<Row[]> {
  const dir = mkdtempSync(join(tmpdir(), 'bench-'));
  const rows: Row[] = [];
  for (const k of kernels) {
    const b = build([{ name: 'k.go', text: `package main\n\n${k.decls}\n\nfunc main() { ${k.body} }\n` }], () => undefined, { goVersion: '1.26' });
    const ours = best(3, () => {
      const r = new LabRun(b, defaultKnobs, { stderr: () => undefined }, 'counts');
      while (!r.advance(1e6)) continue;
    });
    let go: number | undefined;
    try {
      writeFileSync(join(dir, 'k.go'), `package main\n\nimport "time"\n\n${k.decls}\n\nfunc main() {\n\tbest := time.Hour\n\tfor r := 0; r < 3; r++ {\n\t\tt := time.Now()\n\t\t${k.name === 'map insert' ? 'm = map[int]int{}; ' : ''}${k.body}\n\t\tbest = min(best, time.Since(t))\n\t}\n\tprintln(best.Nanoseconds())\n}\n`);
      go = Number(execFileSync('sh', ['-c', `go run ${join(dir, 'k.go')} 2>&1`]).toString()) / k.n;
    } catch { go = undefined; }
    rows.push({ name: k.name, value: (ours * 1e6) / k.n, unit: 'ns/op', ...(k.bar ? { bar: k.bar } : {}), ...(go === undefined ? {} : { go }) });
  }
  return rows;
}
