/**
 * How programs end: panics, fatal errors, deadlocks, exits and what they print on the way, against what real Go
 * printed (tests/fixtures/run/ends.txt). Left out of the comparison: argument values and code offsets in tracebacks,
 * addresses, numbers of goroutines but the first, and calls inside the standard library, whose bodies are not Go's.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { baseFor, build, runToEnd } from '../../lib/engine/report.ts';
import { defaultKnobs } from '../../lib/engine/run.ts';
import { stdProvider } from '../../src/cli/std.ts';

const provide = stdProvider();
const archive = readFileSync(join(import.meta.dirname, '../fixtures/run/ends.txt'), 'utf8').split(/^-- (.*) --\n/m);
const file = (name: string): string => archive[archive.indexOf(name) + 1];

const comparable = (s: string): string => s
  .replace(/^\t(\S+:\d+) \+0x[0-9a-f]+$/gm, '\t$1')
  .replaceAll('$GOROOT/src/', '')
  .replace(/^([\w./*()[\]-]+)\([^\n]*\)$/gm, '$1(...)')
  .replace(/^(?!main\.|panic\()\S+\(\.\.\.\)\n\t\S+:\d+\n/gm, '')
  .replace(/^\truntime\/panic.go:\d+$/gm, '\truntime/panic.go')
  .replace(/0x[0-9a-f]{4,}/g, '0xADDR')
  .replace(/^goroutine (?!1 )\d+/gm, 'goroutine N')
  .replace(/ in goroutine (?!1$)\d+$/gm, ' in goroutine N');

describe('programs end as real Go ends them', () => {
  baseFor('1.26');
  for (const name of archive.filter((x) => x.endsWith('.go') && !x.includes('\n'))) {
    it(name, () => {
      const b = build([{ name: `./${name}`, text: file(name) }], provide, { goVersion: '1.26' });
      if (!b.program) throw new Error(b.diagnostics.map((d) => d.text).join('\n'));
      let out = '';
      const put = (x: Uint8Array): void => { out += new TextDecoder().decode(x); };
      const r = runToEnd(b, defaultKnobs, { stdout: put, stderr: put });
      if (r.exit !== 0) out += `exit status ${r.exit}\n`;
      expect(comparable(out)).toBe(comparable(file(name.replace('.go', '.out'))));
    }, 20_000);
  }
});
