/** Five of the hundred kills of `npm run torture -- tabs`. */
import { expect, test } from 'vitest';
import { canRun, dist } from './help.ts';
import { bound, killTabs } from '../../scripts/torture/tabs.ts';

test.runIf(canRun)('S4.6 a killed tab loses at most 300 ms of typing, and never a document', async () => {
  const kills = await killTabs(5, 7, dist);
  for (const k of kills) {
    expect(k.document).toBe(true);
    expect(k.lostMs).toBeLessThanOrEqual(bound);
  }
  expect(kills.some(k => k.typed > 0)).toBe(true);
}, 90_000);
