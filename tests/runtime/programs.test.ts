/** Golden rows that need a compiled program: 15 and 20 to 24, through the front end and the engine. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { build, LabRun } from '../../lib/engine/report.ts';
import type { GoVersion } from '../../lib/base/version.ts';
import { stdProvider } from '../../src/cli/std.ts';

const text = readFileSync(new URL('../fixtures/alloc/programs/rows.go', import.meta.url), 'utf8');

for (const [go, variable, chans, bytes33] of [['1.21', '1 32', ['96', '112', '176'], '1 48'], ['1.23', '1 32', ['112', '112', '192'], '0 0'], ['1.25', '0 0', ['112', '128', '192'], '0 0'], ['1.26', '0 0', ['112', '128', '192'], '0 0']] as [GoVersion, string, string[], string][]) {
  test(`rows 15, 20 to 24 on Go ${go}`, () => {
    const built = build([{ name: 'rows.go', text }], stdProvider(), { goVersion: go });
    expect(built.program).toBeDefined();
    let out = '';
    const run = new LabRun(built, { go, gogc: -1, memlimit: Infinity, procs: 1, seed: 1 }, { stderr: (b: Uint8Array) => { out += new TextDecoder().decode(b); } }, 'counts');
    while (!run.advance(1000));
    expect(out.trim().split('\n')).toEqual([
      `make variable ${variable}`, 'box 255 0 0', 'box 256 1 8', 'box string 1 16', 'box empty 0 0',
      `chan 0 1 ${chans[0]}`, `chan 1 1 ${chans[1]}`, `chan 10 1 ${chans[2]}`,
      'builder 5 248', 'buffer 2 192', 's+= 99 5664', 'bytes 32 0 0', `bytes 33 ${bytes33}`, 'pool 0 true', 'pool 1 true', 'pool 2 false',
    ]);
  }, 20_000);
}
