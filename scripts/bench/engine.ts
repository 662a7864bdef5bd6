/** Kernels in our wasm against real Go: calls, slices, integers; sorting, strings, maps, appends, values in interfaces and goroutines, which also allocate. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, LabRun } from '../../lib/engine/report.ts';
import { defaultKnobs } from '../../lib/engine/run.ts';
import type { Row } from './row.ts';
import { best } from './row.ts';

const kernels: Record<string, string> = {
  fib: 'package main\n\nfunc fib(n int) int {\n\tif n < 2 {\n\t\treturn n\n\t}\n\treturn fib(n-1) + fib(n-2)\n}\n\nfunc kernel() int { return fib(35) }\n',
  loop: 'package main\n\nfunc kernel() int {\n\ts := make([]int, 1000)\n\tt := 0\n\tfor r := 0; r < 50000; r++ {\n\t\tfor i := 0; i < len(s); i++ {\n\t\t\ts[i] = s[i]*3 + i\n\t\t\tt += s[i] & 255\n\t\t}\n\t}\n\treturn t\n}\n',
  mix: 'package main\n\nfunc kernel() int {\n\tx := uint64(88172645463325252)\n\tfor i := 0; i < 100000000; i++ {\n\t\tx ^= x << 13\n\t\tx ^= x >> 7\n\t\tx ^= x << 17\n\t}\n\treturn int(x)\n}\n',
  sort: 'package main\n\nfunc quick(a []int) {\n\tfor len(a) > 12 {\n\t\tp, i, j := a[len(a)/2], 0, len(a)-1\n\t\tfor i <= j {\n\t\t\tfor a[i] < p {\n\t\t\t\ti++\n\t\t\t}\n\t\t\tfor a[j] > p {\n\t\t\t\tj--\n\t\t\t}\n\t\t\tif i <= j {\n\t\t\t\ta[i], a[j] = a[j], a[i]\n\t\t\t\ti++\n\t\t\t\tj--\n\t\t\t}\n\t\t}\n\t\tquick(a[:j+1])\n\t\ta = a[i:]\n\t}\n\tfor i := 1; i < len(a); i++ {\n\t\tfor k := i; k > 0 && a[k] < a[k-1]; k-- {\n\t\t\ta[k], a[k-1] = a[k-1], a[k]\n\t\t}\n\t}\n}\n\nfunc kernel() int {\n\tt := 0\n\tfor r := 0; r < 20; r++ {\n\t\ta := make([]int, 50000)\n\t\tx := uint32(r + 1)\n\t\tfor i := range a {\n\t\t\tx = x*1664525 + 1013904223\n\t\t\ta[i] = int(x >> 8)\n\t\t}\n\t\tquick(a)\n\t\tt += a[1000]\n\t}\n\treturn t\n}\n',
  strings: 'package main\n\nfunc kernel() int {\n\tt := 0\n\twords := []string{"span", "mcache", "mcentral", "mheap", "arena"}\n\tfor r := 0; r < 300000; r++ {\n\t\ts := words[r%5] + "/" + words[r%3]\n\t\tb := []byte(s)\n\t\tb[0] = byte(\'a\' + r%26)\n\t\tu := string(b)\n\t\tif u < s {\n\t\t\tt += len(u)\n\t\t}\n\t\tif u == s {\n\t\t\tt++\n\t\t}\n\t}\n\treturn t\n}\n',
  maps: 'package main\n\nfunc kernel() int {\n\tm, n, t := map[string]int{}, map[int]int{}, 0\n\tkeys := make([]string, 5000)\n\tfor i := range keys {\n\t\tkeys[i] = string([]byte{byte(\'a\' + i%26), byte(\'a\' + i/26%26), byte(\'a\' + i/676), \'k\', \'e\', \'y\'})\n\t}\n\tfor r := 0; r < 1000000; r++ {\n\t\tm[keys[r*7%5000]]++\n\t\tn[r&65535] += m[keys[r%5000]]\n\t\tif v, ok := n[r*3]; ok {\n\t\t\tt += v\n\t\t}\n\t}\n\treturn t\n}\n',
  append: 'package main\n\ntype pair struct {\n\ta, b int\n}\n\nfunc kernel() int {\n\tt := 0\n\tfor r := 0; r < 100000; r++ {\n\t\tvar s []int\n\t\tfor i := 0; i < 20; i++ {\n\t\t\ts = append(s, i)\n\t\t}\n\t\tvar p []pair\n\t\tfor i := 0; i < 5; i++ {\n\t\t\tp = append(p, pair{i, r})\n\t\t}\n\t\tt += len(s) + p[4].b\n\t}\n\treturn t\n}\n',
  box: 'package main\n\nvar kept [64]any\n\nfunc kernel() int {\n\tt := 0\n\tfor r := 0; r < 2000000; r++ {\n\t\tkept[r&63] = r\n\t\tif n, ok := kept[r*7&63].(int); ok {\n\t\t\tt += n & 255\n\t\t}\n\t}\n\treturn t\n}\n',
  goroutines: 'package main\n\nfunc kernel() int {\n\tt := 0\n\tfor r := 0; r < 200; r++ {\n\t\tout := make([]int, 100)\n\t\tdone := make(chan bool, 100)\n\t\tfor i := range out {\n\t\t\tgo func() {\n\t\t\t\tout[i] = i\n\t\t\t\tdone <- true\n\t\t\t}()\n\t\t}\n\t\tfor range out {\n\t\t\t<-done\n\t\t}\n\t\tt += out[99]\n\t}\n\treturn t\n}\n',
};
const bars: Record<string, string> = { fib: '2.5x', loop: '2.2x', mix: '1.6x' };

/** ms of each kernel, best of three, ours and real Go's. */
export async function measure(): Promise<Row[]> {
  const dir = mkdtempSync(join(tmpdir(), 'bench-'));
  const rows: Row[] = [];
  for (const [name, text] of Object.entries(kernels)) {
    const b = build([{ name: 'k.go', text: `${text}\nfunc main() { println(kernel()) }\n` }], () => undefined, { goVersion: '1.26' });
    const ours = best(3, () => {
      const r = new LabRun(b, defaultKnobs, { stderr: () => undefined }, 'counts');
      while (!r.advance(1e6)) continue;
    });
    let go: number | undefined;
    try {
      writeFileSync(join(dir, 'k.go'), `${text.replace('package main\n', 'package main\n\nimport "time"\n')}\nvar sink int\n\nfunc main() {\n\tbest := time.Hour\n\tfor i := 0; i < 3; i++ {\n\t\tt := time.Now()\n\t\tsink = kernel()\n\t\tbest = min(best, time.Since(t))\n\t}\n\tprintln(best.Microseconds())\n}\n`);
      go = Number(goTime(join(dir, 'k.go'))) / 1000;
    } catch { go = undefined; }
    rows.push({ name, value: ours, unit: 'ms', ...(bars[name] ? { bar: bars[name] } : {}), ...(go === undefined ? {} : { go }) });
  }
  return rows;
}
/** println writes to stderr. */
function goTime(file: string): string { return execFileSync('sh', ['-c', `go run ${file} 2>&1`]).toString(); }
