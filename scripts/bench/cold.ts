/**
 * What a reader waits for: the time to the first output
 * and the first chart of chapter 1 in a fresh browser, and, in this process, the time
 * from an edited 100-line program to its verdicts and to the rows of its charts.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { LabRun, baseFor, build } from '../../lib/engine/report.ts';
import { buildProgram } from '../../lib/go/program.ts';
import { stdProvider } from '../../src/cli/std.ts';
import { defaultKnobs } from '../../lib/engine/run.ts';
import { findChromium } from '../chromium.mjs';
import { serve } from '../serve.mjs';
import { best, type Row } from './row.ts';

/** A program of about n lines: functions that allocate, called from main. */
function program(n: number, edit: number): string {
  const funcs: string[] = [], calls: string[] = [];
  for (let i = 0; i * 8 + 12 < n; i++) {
    funcs.push(`func f${i}(n int) []int {\n\ts := make([]int, 0, n)\n\tfor i := range n {\n\t\ts = append(s, i*${i + edit})\n\t}\n\treturn s\n}\n`);
    calls.push(`\tfmt.Println(len(f${i}(${i + 10})))`);
  }
  return `package main\n\nimport "fmt"\n\n${funcs.join('\n')}\nfunc main() {\n${calls.join('\n')}\n}\n`;
}

export async function measure(): Promise<Row[]> {
  const rows: Row[] = [];
  const std = stdProvider();
  let edit = 0;
  const text = (): { name: string; text: string }[] => [{ name: 'main.go', text: program(100, edit++) }];
  for (let i = 0; i < 5; i++) build(text(), std, { goVersion: '1.26' });
  rows.push({ name: 'edit to verdicts, 100 lines, warm', unit: 'ms', bar: '50', value: best(9, () => { buildProgram(text(), std, { goVersion: '1.26', level: 2, base: baseFor('1.26') }); }) });
  rows.push({ name: 'edit to chart rows, 100 lines, warm', unit: 'ms', bar: '50', value: best(9, () => {
    const run = new LabRun(build(text(), std, { goVersion: '1.26', level: 2 }), defaultKnobs, { stdout: () => undefined, stderr: () => undefined, args: ['main'] }, 'sampled');
    while (!run.advance(1000)) void 0;
    run.report();
  }) });

  const path = findChromium();
  if (!path) return rows;
  const dist = mkdtempSync(join(tmpdir(), 'bench-dist-'));
  spawnSync('node', ['scripts/build.mjs'], { env: { ...process.env, DIST: dist } });
  const server = await serve(dist, 0), at = server.address();
  const browser = await chromium.launch({ executablePath: path, args: ['--no-sandbox'] });
  try {
    const page = await (await browser.newContext()).newPage();
    const start = performance.now();
    await page.goto(`http://127.0.0.1:${typeof at === 'object' && at ? at.port : 0}/#/chapter/01-how-go-allocates`);
    const frame = page.frameLocator('iframe').frameLocator('iframe');
    await frame.locator('.out').first().waitFor({ timeout: 60_000 });
    rows.push({ name: 'first output of chapter 1, cold', unit: 'ms', value: performance.now() - start });
    await frame.locator('svg[aria-label], .cell-values svg').first().waitFor({ timeout: 60_000 });
    rows.push({ name: 'first chart of chapter 1, cold', unit: 'ms', bar: '1500', value: performance.now() - start });
  } finally {
    await browser.close();
    server.closeAllConnections();
    server.close();
  }
  return rows;
}
