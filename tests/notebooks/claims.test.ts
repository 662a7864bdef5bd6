/**
 * Every claims board, run headless: the cells of a chapter in order, Go cells on the
 * engine, and each judge's verdict against what is known (tests/fixtures/claims).
 */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { build, LabRun } from '../../lib/engine/report.ts';
import { isGoVersion } from '../../lib/base/version.ts';
import { buildProgram } from '../../lib/go/program.ts';
import { baseFor } from '../../lib/engine/report.ts';
import { stdProvider } from '../../src/cli/std.ts';
import { judgeAll, type Claim, type Judgement } from '../../src/frame/claims/claims.ts';
import { defaultKnobs, emptyResult, type GoKnobs, type GoRunResult } from '../../src/frame/kernel/gotypes.ts';
import { listingOf } from '../../src/frame/kernel/lab.ts';
import { answer } from '../../src/frame/worker/questions.ts';
import { checkRows, runRows } from '../../src/frame/worker/rows.ts';

const root = join(import.meta.dirname, '../..');
const known = JSON.parse(readFileSync(join(root, 'tests/fixtures/claims/verdicts.json'), 'utf8')) as Record<string, string>;
const std = stdProvider();

/** The `lab` of cells, in this process. */
const lab = {
  check: async (text: string, knobs: Partial<GoKnobs> = {}) => {
    const k = { ...defaultKnobs, ...knobs }, go = isGoVersion(k.go) ? k.go : '1.26';
    return checkRows(buildProgram([{ name: 'main.go', text }], std, { goVersion: go, level: 2, noInline: !k.inline, base: baseFor(go) }));
  },
  run: async (text: string, knobs: Partial<GoKnobs> = {}): Promise<GoRunResult> => {
    const k = { ...defaultKnobs, ...knobs }, go = isGoVersion(k.go) ? k.go : '1.26';
    const built = build([{ name: 'main.go', text }], std, { goVersion: go, level: 2, noInline: !k.inline });
    const checked = checkRows(built.result);
    if (!built.program) return { ...emptyResult, ...checked };
    const out = { text: '', cut: 0 }, err = { text: '', cut: 0 };
    const run = new LabRun(built, { go, gogc: k.gogc, memlimit: k.memlimit ?? Infinity, procs: k.procs, seed: k.seed }, {
      stdout: (b) => { out.text += new TextDecoder().decode(b); }, stderr: (b) => { err.text += new TextDecoder().decode(b); }, args: ['main'],
    }, 'sampled');
    while (!run.advance(1000)) void 0;
    return { ...checked, ...runRows(built, run.report(), out, err) };
  },
  listing: (text: string) => {
    const a = answer({ files: [{ name: 'main.go', text }], provide: std, opts: {}, runs: std, go: '1.26', noInline: false }, { what: 'step', step: 'wasm', max: 20_000 });
    if (a.what !== 'step' || !a.found) throw new Error('the program has errors');
    return Promise.resolve(listingOf(a.found.rows));
  },
};

interface Cell { type: string; output: string; text: string }
function cells(html: string): Cell[] {
  return [...html.matchAll(/<script ([^>]*)>\n([^]*?)<\/script>/g)].map((m) => ({
    type: /type="([^"]*)"/.exec(m[1]!)?.[1] ?? '', output: /output="([^"]*)"/.exec(m[1]!)?.[1] ?? '', text: m[2]!.replace(/^ {4}/gm, ''),
  }));
}

/** Anything that draws: every property and call gives another such thing. */
const drawing: unknown = new Proxy(() => undefined, { get: (_, k) => (k === 'then' ? undefined : k === Symbol.toPrimitive ? () => '' : drawing), apply: () => drawing });
const inputs = new Proxy({}, { get: () => (...a: unknown[]) => (a.at(-1) as { value?: unknown } | undefined)?.value });

/** Runs a chapter's cells in order; the claims of its boards. */
async function boards(file: string): Promise<Claim[]> {
  const found: Claim[] = [];
  const names = ['lab', 'claims', 'predict', 'display', 'view', 'html', 'svg', 'htl', 'md', 'tex', 'Plot', 'Inputs', 'chart', 'width', 'dark', 'lang', 'invalidation'];
  const values: unknown[] = [lab, (list: Claim[]) => { found.push(...list); return drawing; }, () => drawing, () => undefined, (x: unknown) => x, () => drawing, () => drawing, drawing, () => drawing, () => drawing, drawing, inputs, drawing, 640, false, 'en', new Promise(() => undefined)];
  const body: string[] = [];
  const go: GoRunResult[] = [];
  for (const c of cells(readFileSync(file, 'utf8'))) {
    if (c.type === 'text/x-go') {
      go.push({ ...(await lab.run(c.text)), knobs: defaultKnobs, source: c.text } as GoRunResult);
      const name = c.output || /\/\/lab:name (\w+)/.exec(c.text)?.[1];
      if (name) body.push(`const ${name} = $go[${go.length - 1}];`);
    } else if (c.type === 'module' || c.type === '') body.push(c.text);
  }
  const f = new Function(...names, '$go', `return (async () => {\n${body.join('\n;\n')}\n})()`) as (...a: unknown[]) => Promise<void>;
  await f(...values, go);
  return found;
}

/** Whether a live verdict agrees with what is known. */
function agrees(live: Judgement['verdict'], is: string): boolean {
  if (live === 'pending') return true;
  if (/^(until|since)/.test(is)) return live === 'version' || live === 'depends';
  return live === is || (is === 'depends' && live === 'version');
}

describe('claims boards', () => {
  for (const [n, file] of readdirSync(join(root, 'notebooks')).filter((f) => f.endsWith('.html')).sort().entries()) {
    it(file, async () => {
      const list = await boards(join(root, 'notebooks', file));
      const chapter = `C${n + 1}.`;
      expect(list.map((c) => c.id).sort()).toEqual(Object.keys(known).filter((id) => id.startsWith(chapter)).sort());
      const wrong: string[] = [];
      let pending = 0;
      await judgeAll(list, (c, j) => {
        if (j.verdict === 'pending') { pending++; if (c.judge) wrong.push(`${c.id} could not be judged: ${j.why.en}`); }
        if (!agrees(j.verdict, known[c.id]!)) wrong.push(`${c.id} is ${known[c.id]}, the board says ${j.verdict}: ${j.why.en}`);
      });
      console.log(`${file}: ${list.length} claims, ${list.length - pending} judged, ${pending} pending`);
      expect(wrong).toEqual([]);
    }, 60_000);
  }
});
