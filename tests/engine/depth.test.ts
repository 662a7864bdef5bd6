import { expect, test } from 'vitest';
import { build, LabRun, type RunReport } from '../../lib/engine/report.ts';
import { defaultKnobs } from '../../lib/engine/run.ts';
import type { EventLevel } from '../../lib/trace/events.ts';
import { std } from '../std.ts';
import { depthProgram } from './depth.ts';

function run(text: string, level: EventLevel): RunReport & { said: string } {
  const b = build([{ name: 'main.go', text }], std, { goVersion: '1.26' });
  let said = '';
  const lab = new LabRun(b, defaultKnobs, { stderr: (x) => { said += new TextDecoder().decode(x); } }, level);
  while (!lab.advance(1000));
  return { ...lab.report(), said };
}

test('a recursion a million calls deep ends', () => {
  const r = run(depthProgram, 'counts');
  expect(r.said).toBe('1000000\n');
  expect(r.exit).toBe(0);
  // No node escapes: each lies in its frame and points into its caller's, through every move of the stack.
  expect(r.memstats.mallocs).toBeLessThan(100);
  expect(r.digest).toMatch(/^[0-9a-f]{64}$/);
}, 60_000);

test('its digest is one at every level of events', () => {
  const text = depthProgram.replace('1000000', '20000');
  expect(new Set((['counts', 'sampled', 'full'] as const).map((l) => run(text, l).digest)).size).toBe(1);
}, 60_000);
