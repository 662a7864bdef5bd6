/**
 * The front end: parsing, checking and judging a generated program of 1,000 lines,
 * warm, beside `go build -gcflags=-m` and `go vet` of the same text in the same run
 * (each time with one constant changed, so that nothing comes from a cache). Ours is
 * measured bundled, as it is shipped.
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FileSet } from '../../lib/base/pos.ts';
import { Base, buildProgram } from '../../lib/go/program.ts';
import { parseFile } from '../../lib/go/syntax/parser.ts';
import { stdFacts } from '../../src/cli/facts.ts';
import { stdProvider } from '../../src/cli/std.ts';
import { best, type Row } from './row.ts';

/** One of the 40 parts of the program: 24 lines of types, methods, closures, slices, maps, errors. */
function part(i: number): string {
  return `
type node${i} struct {
	key  string
	next *node${i}
	vals []int
}

func (n *node${i}) add(v int) { n.vals = append(n.vals, v) }

func build${i}(keys []string, scale int) (*node${i}, error) {
	var head *node${i}
	seen := make(map[string]bool)
	for i, k := range keys {
		if k == "" || seen[k] {
			return nil, fmt.Errorf("part ${i}: bad key %q at %d", k, i)
		}
		seen[k] = true
		n := &node${i}{key: strings.ToUpper(k), next: head}
		head = n
		func() { n.add(i * scale) }()
	}
	sort.Slice(head.vals, func(a, b int) bool { return head.vals[a] < head.vals[b] })
	return head, nil
}
`;
}

/** A program of 1,000 lines; seed changes one constant. */
export function program(seed: number): string {
  const calls = Array.from({ length: 40 }, (_, i) => `\t\tfunc() error { _, err := build${i}(keys, seed); return err },`).join('\n');
  const text = `package main\n\nimport (\n\t"fmt"\n\t"sort"\n\t"strings"\n)\n\nconst seed = ${seed}\n${Array.from({ length: 40 }, (_, i) => part(i)).join('')}
func main() {
	keys := []string{"a", "b", "c"}
	for _, f := range []func() error{
${calls}
	} {
		if err := f(); err != nil {
			fmt.Println(err)
		}
	}
}
`;
  return text;
}

/** Bundles this file, runs it in a node of its own, and puts real Go's figures beside. */
export async function measure(): Promise<Row[]> {
  const outfile = fileURLToPath(new URL('../../node_modules/.cache/gomem-bench/frontend.mjs', import.meta.url));
  const contents = `import { own } from './frontend.ts'; console.log(JSON.stringify(own()));`;
  buildSync({ stdin: { contents, resolveDir: fileURLToPath(new URL('.', import.meta.url)), loader: 'ts' }, bundle: true, platform: 'node', format: 'esm', outfile, external: ['esbuild'], logLevel: 'error' });
  const r = spawnSync(process.execPath, [outfile], { encoding: 'utf8' });
  if (r.status !== 0) throw new Error(r.stderr.slice(0, 400));
  const rows = JSON.parse(r.stdout) as Row[];
  const go = real();
  const beside: Readonly<Record<number, number | undefined>> = { 1: go?.vet, 2: go?.m, 3: go?.m2 };
  return rows.map((row, i) => (beside[i] === undefined ? row : { ...row, go: beside[i] }));
}

/** Runs before the first that counts: the engine has compiled its hot code by then, as after a minute of typing. */
const warm = 60;

/** Our own figures, measured here. */
export function own(): Row[] {
  const facts = stdFacts(), std = stdProvider();
  const base = new Base('1.26', () => 1 << 20);
  const text = program(1);
  const lines = text.split('\n').length - 1;
  let seed = 1;
  const judge = (level: 1 | 2): void => {
    const r = buildProgram([{ name: './big.go', text: program(++seed) }], (p) => facts.source(p, std), { goVersion: '1.26', base, level, facts: facts.store, until: 'analysed' });
    if (!r.main?.escape) throw new Error(r.diagnostics.map((d) => `${r.fset.format(d.range.start)}: ${d.text}`)[0]);
  };
  const check = (): void => { buildProgram([{ name: './big.go', text: program(++seed) }], (p) => facts.source(p, std), { goVersion: '1.26', base, until: 'checked', facts: facts.store }); };
  for (let i = 0; i < warm; i++) judge(1);
  const many = new TextEncoder().encode(`package main\n${Array.from({ length: 400 }, (_, i) => part(i)).join('')}`);
  const parse = (): void => { const f = new FileSet(); parseFile(f, f.add('many.go', many)); };
  for (let i = 0; i < warm; i++) parse();
  const rows: Row[] = [{ name: 'parse', value: many.length / 1e3 / best(20, parse), unit: 'MB/s', bar: '>=20' }];
  const checkMs = best(20, check), m1 = best(20, () => judge(1)), m2 = best(20, () => judge(2));
  rows.push({ name: `check, ${lines} lines (go vet beside)`, value: checkMs, unit: 'ms' });
  rows.push({ name: 'check + verdicts (-m)', value: m1, unit: 'ms', bar: '30' });
  rows.push({ name: 'check + verdicts (-m=2)', value: m2, unit: 'ms' });
  return rows;
}

/** Milliseconds of go vet, go build -gcflags=-m and -m=2; undefined without go. */
function real(): { vet: number; m: number; m2: number } | undefined {
  if (spawnSync('go', ['version']).status !== 0) return undefined;
  const tmp = mkdtempSync(join(tmpdir(), 'gomem-bench-'));
  let seed = 1000;
  const run = (args: string[]): number => best(3, () => {
    writeFileSync(join(tmp, 'big.go'), program(++seed * 7 + (process.pid % 1000) * 100000));
    const r = spawnSync('go', args, { cwd: tmp });
    if (r.status !== 0) throw new Error(r.stderr.toString().slice(0, 300));
  });
  try {
    return { vet: run(['vet', './big.go']), m: run(['build', '-gcflags=-m', '-o', join(tmp, 'x'), './big.go']), m2: run(['build', '-gcflags=-m=2', '-o', join(tmp, 'x'), './big.go']) };
  } finally { rmSync(tmp, { recursive: true, force: true }); }
}
