/**
 * How programs end: panics, fatal errors, deadlocks, exits and what they print on the way, against what real Go
 * printed (tests/fixtures/run/ends.txt).
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { baseFor, build, runToEnd } from '../../lib/engine/report.ts';
import { defaultKnobs } from '../../lib/engine/run.ts';
import { stdProvider } from '../../src/cli/std.ts';
import { stopped } from '../cli/ends.ts';

const provide = stdProvider();
const archive = readFileSync(join(import.meta.dirname, '../fixtures/run/ends.txt'), 'utf8').split(/^-- (.*) --\n/m);
const file = (name: string): string => archive[archive.indexOf(name) + 1];

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
      expect(stopped(out)).toBe(stopped(file(name.replace('.go', '.out'))));
    }, 20_000);
  }
});
