/**
 * Records what real Go makes of the programs in tests/fixtures/ir: for x.go the
 * file x.dump, reduced by gcdump.ts, with the command and version that made it.
 * Run: npx tsx tests/go/ir/record.ts
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { costLine, gcDumps } from './gcdump.ts';

const dir = fileURLToPath(new URL('../../fixtures/ir/', import.meta.url));
const flags = '-W=2 -l -d=nodeadlocals=1';
const costFlags = '-m=2';
const version = execFileSync('go', ['version']).toString().trim();

/** Dumps of one file as a package p of its own. */
export function record(source: string): { dumps: Map<string, string[]>; text: string; costs: string[] } {
  const tmp = mkdtempSync(join(tmpdir(), 'gcdump-'));
  try {
    writeFileSync(join(tmp, 'go.mod'), 'module p\n\ngo 1.26\n');
    writeFileSync(join(tmp, 'x.go'), source);
    const r = spawnSync('go', ['build', `-gcflags=${flags}`, '.'], { cwd: tmp, maxBuffer: 1 << 28 });
    const m = spawnSync('go', ['build', `-gcflags=${costFlags}`, '.'], { cwd: tmp, maxBuffer: 1 << 28 });
    const costs = m.stderr.toString().split('\n').flatMap((l) => costLine(l) ?? []);
    return { costs, dumps: gcDumps(r.stderr.toString(), 'p'), text: r.stderr.toString() };
  } finally { rmSync(tmp, { recursive: true }); }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const f of readdirSync(dir).filter((n) => n.endsWith('.go'))) {
    const { dumps, text, costs } = record(readFileSync(join(dir, f), 'utf8'));
    if (dumps.size === 0) throw new Error(`no dumps of ${f}: ${text.slice(0, 500)}`);
    const body = [...dumps].map(([name, lines]) => `${name}\n${lines.map((l) => `${l}\n`).join('')}`).join('');
    writeFileSync(join(dir, f.replace(/\.go$/, '.dump')), `// ${version}; go build -gcflags='${flags}', reduced by tests/go/ir/gcdump.ts\n${body}`);
    writeFileSync(join(dir, f.replace(/\.go$/, '.cost')), `// ${version}; go build -gcflags=${costFlags}\n${costs.join('\n')}\n`);
  }
}
