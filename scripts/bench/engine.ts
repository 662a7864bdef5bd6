/** fib, slice loop, uint64 mixing in our wasm against real Go: ms, best of three, and the ratio. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from '../../lib/engine/report.ts';
import { Run, defaultKnobs } from '../../lib/engine/run.ts';
import { allEntries } from '../../lib/engine/entries.ts';

const kernels: Record<string, string> = {
  fib: 'package main\n\nfunc fib(n int) int {\n\tif n < 2 {\n\t\treturn n\n\t}\n\treturn fib(n-1) + fib(n-2)\n}\n\nfunc kernel() int { return fib(35) }\n',
  loop: 'package main\n\nfunc kernel() int {\n\ts := make([]int, 1000)\n\tt := 0\n\tfor r := 0; r < 50000; r++ {\n\t\tfor i := 0; i < len(s); i++ {\n\t\t\ts[i] = s[i]*3 + i\n\t\t\tt += s[i] & 255\n\t\t}\n\t}\n\treturn t\n}\n',
  mix: 'package main\n\nfunc kernel() int {\n\tx := uint64(88172645463325252)\n\tfor i := 0; i < 100000000; i++ {\n\t\tx ^= x << 13\n\t\tx ^= x >> 7\n\t\tx ^= x << 17\n\t}\n\treturn int(x)\n}\n',
};
const dir = mkdtempSync(join(tmpdir(), 'bench-'));
for (const [name, text] of Object.entries(kernels)) {
  const b = build([{ name: 'k.go', text: `${text}\nfunc main() { println(kernel()) }\n` }], () => undefined, { goVersion: '1.26' });
  let ours = Infinity;
  for (let i = 0; i < 3; i++) {
    const r = new Run(b.program!, defaultKnobs, { stderr: () => undefined }, allEntries);
    const t = performance.now();
    for (const _ of r.steps()) void _;
    ours = Math.min(ours, performance.now() - t);
  }
  let go = NaN;
  try {
    writeFileSync(join(dir, 'k.go'), `${text.replace('package main\n', 'package main\n\nimport "time"\n')}\nfunc main() {\n\tbest := time.Hour\n\tfor i := 0; i < 3; i++ {\n\t\tt := time.Now()\n\t\tkernel()\n\t\tbest = min(best, time.Since(t))\n\t}\n\tprintln(best.Microseconds())\n}\n`);
    go = Number(goTime(join(dir, 'k.go'))) / 1000;
  } catch { go = NaN; }
  console.log(`${name.padEnd(6)} ${ours.toFixed(1).padStart(8)} ms   go ${go.toFixed(1).padStart(8)} ms   ${(ours / go).toFixed(2)}x`);
}
/** println writes to stderr. */
function goTime(file: string): string { return execFileSync('sh', ['-c', `go run ${file} 2>&1`]).toString(); }
