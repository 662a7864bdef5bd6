/** A recursion a million calls deep in the browser's Worker ends with the digest that Node computes. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { build, LabRun } from '../../lib/engine/report.ts';
import { defaultKnobs } from '../../lib/engine/run.ts';
import { depthProgram } from '../engine/depth.ts';
import { std } from '../std.ts';
import { canRun, context, site, visit, write, type Site } from './help.ts';

describe.runIf(canRun)('depth', () => {
  let s: Site;
  beforeAll(async () => { s = await site(); });
  afterAll(async () => { await s?.close(); });

  test('one digest in Node and in the browser', async () => {
    const b = build([{ name: 'main.go', text: depthProgram }], std, { goVersion: '1.26' });
    const lab = new LabRun(b, defaultKnobs, { stderr: () => undefined }, 'counts');
    while (!lab.advance(1000));
    const { page, frame } = await visit(await context(s), `${s.url}#/new`);
    await frame.locator('#cell-2.idle').waitFor({ timeout: 20_000 });
    await write(page, frame, 2, depthProgram);
    await frame.locator('#cell-2 .out', { hasText: '1000000' }).waitFor({ timeout: 60_000 });
    await expect.poll(() => frame.locator('#cell-2 .facts code').textContent()).toBe(lab.report().digest.slice(0, 12));
  }, 120_000);
});
