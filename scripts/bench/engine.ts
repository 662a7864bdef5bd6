/** fib, slice loop, uint64 mixing in our wasm against real Go. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from '../../lib/engine/report.ts';
import { Run, defaultKnobs } from '../../lib/engine/run.ts';
import type { Row } from './row.ts';
import { best } from './row.ts';
import { allEntries } from '../../lib/engine/entries.ts';

const kernels: Record<string, string> = {
  fib: 'package main\n\nfunc fib(n int) int {\n\tif n < 2 {\n\t\treturn n\n\t}\n\treturn fib(n-1) + fib(n-2)\n}\n\nfunc kernel() int { return fib(35) }\n',
  loop: 'package main\n\nfunc kernel() int {\n\ts := make([]int, 1000)\n\tt := 0\n\tfor r := 0; r < 50000; r++ {\n\t\tfor i := 0; i < len(s); i++ {\n\t\t\ts[i] = s[i]*3 + i\n\t\t\tt += s[i] & 255\n\t\t}\n\t}\n\treturn t\n}\n',
  mix: 'package main\n\nfunc kernel() int {\n\tx := uint64(88172645463325252)\n\tfor i := 0; i < 100000000; i++ {\n\t\tx ^= x << 13\n\t\tx ^= x >> 7\n\t\tx ^= x << 17\n\t}\n\treturn int(x)\n}\n',
};
const bars: Record<string, string> = { fib: '2.5x', loop: '2.2x', mix: '1.6x' };

/** ms of each kernel, best of three, ours and real Go's. */
export async function measure(): Promise<Row[]> {
  const dir = mkdtempSync(join(tmpdir(), 'bench-'));
  const rows: Row[] = [];
  for (const [name, text] of Object.entries(kernels)) {
    const b = build([{ name: 'k.go', text: `${text}\nfunc main() { println(kernel()) }\n` }], () => undefined, { goVersion: '1.26' });
    const ours = best(3, () => {
      const r = new Run(b.program!, defaultKnobs, { stderr: () => undefined }, allEntries);
      for (const _ of r.steps()) void _;
    });
    let go: number | undefined;
    try {
      writeFileSync(join(dir, 'k.go'), `${text.replace('package main\n', 'package main\n\nimport "time"\n')}\nvar sink int\n\nfunc main() {\n\tbest := time.Hour\n\tfor i := 0; i < 3; i++ {\n\t\tt := time.Now()\n\t\tsink = kernel()\n\t\tbest = min(best, time.Since(t))\n\t}\n\tprintln(best.Microseconds())\n}\n`);
      go = Number(goTime(join(dir, 'k.go'))) / 1000;
    } catch { go = undefined; }
    rows.push({ name, value: ours, unit: 'ms', bar: bars[name]!, ...(go === undefined ? {} : { go }) });
  }
  return rows;
}
/** println writes to stderr. */
function goTime(file: string): string { return execFileSync('sh', ['-c', `go run ${file} 2>&1`]).toString(); }
