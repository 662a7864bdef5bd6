/**
 * Programs that yield at every allocation: with each object in the heap profile every
 * frame is saved and restored after each `new`, so what is not saved shows at once.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { build, LabRun } from '../../lib/engine/report.ts';
import { defaultKnobs } from '../../lib/engine/run.ts';
import { std } from '../std.ts';

/** What a program prints and how it ends when every allocation yields. */
function run(text: string): { text: string; exit: number } {
  const b = build([{ name: 'prog.go', text }], std, { goVersion: '1.26' });
  expect(b.diagnostics).toEqual([]);
  const parts: Uint8Array[] = [], put = (x: Uint8Array): void => { parts.push(x.slice()); };
  const r = new LabRun(b, defaultKnobs, { stdout: put, stderr: put, args: ['main'], stdin: () => new Uint8Array() }, 'counts', undefined, 1);
  while (!r.advance(1000)) void 0;
  return { text: parts.map((x) => new TextDecoder().decode(x)).join(''), exit: r.report().exit };
}

describe('yielding at every allocation', () => {
  it('keeps what natives return: values that package fmt boxes by reflection', () => {
    const line = '{[{0 0 false} {0 0 false} {0 0 false}] {1.5 2 true} map[k:{0 3 false}] [[1 2] [3]]}\n';
    expect(run(readFileSync(join(import.meta.dirname, '../fixtures/compile/boxes.go'), 'utf8'))).toEqual({ text: line + line, exit: 0 });
  });
  const dir = join(import.meta.dirname, '../fixtures'), programs = readdirSync(join(dir, 'run')).filter((x) => x.endsWith('.go')).map((x) => `run/${x}`);
  // Those of the library that reach natives which allocate.
  for (const f of [...programs, 'std/small.go', 'std/reflect.go', 'std/json.go', 'std/call.go']) {
    it(f, () => {
      expect(run(readFileSync(join(dir, f), 'utf8'))).toEqual({ text: readFileSync(join(dir, f.replace('.go', '.out')), 'utf8'), exit: 0 });
    }, 60_000);
  }
});
