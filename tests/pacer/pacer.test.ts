import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { GCCPULimiter } from '../../lib/pacer/limiter.ts';
import { applyHeadroom, GCController, noLimit } from '../../lib/pacer/pacer.ts';
import { scenarios, simulate } from './scenarios.ts';

const fixture = (name: string): string => readFileSync(new URL(`../fixtures/pacer/${name}`, import.meta.url), 'utf8');
const streams = (JSON.parse(fixture('random.json')) as { streams: Record<string, number[]> }).streams;
const random = (amp: number, seed: number) => { let i = 0; return () => (streams[seed][i++] - 0.5) * 2 * amp; };

for (const version of ['1.23', '1.26']) {
  describe(`every cycle as Go ${version} computed it`, () => {
    const recorded = new Map<string, string[]>();
    let rows: string[] = [];
    for (const line of fixture(`go${version}.txt`).trim().split('\n')) {
      if (line.startsWith('# ')) recorded.set(line.slice(2), rows = []);
      else rows.push(line);
    }
    const all = scenarios(random);
    test('19 scenarios, 1100 cycles', () => {
      expect(new Set(all.map((s) => s.name))).toEqual(new Set(recorded.keys()));
      expect([...recorded.values()].flat()).toHaveLength(1100);
    });
    for (const s of all) test(s.name, () => { expect(simulate(s)).toEqual(recorded.get(s.name)); });
  });
}

test('the headroom under a limit is 3 %, at least 1 MiB', () => {
  expect(applyHeadroom(512 << 20)).toBe(520764785);
  expect(applyHeadroom(3 << 20)).toBe(2 << 20);
  expect(applyHeadroom(1000)).toBe(1 << 20);
});

test('the goal after a collection keeps 1 MiB for sweeping', () => {
  const c = new GCController(10, noLimit);
  c.resetLive(8 << 20);
  c.commit(false);
  expect(c.heapGoal()).toBe((8 << 20) + (1 << 20));
});

test('the limiter switches on when collecting takes more than half the time for long enough', () => {
  const l = new GCCPULimiter(0, 2);
  for (let t = 1; t <= 19; t++) l.update(t * 1e8, 1.5e8);
  expect(l.limiting).toBe(false);
  l.update(20e8, 1.5e8);
  expect(l.limiting).toBe(true);
  l.update(21e8, 0);
  expect(l.limiting).toBe(false);
});
