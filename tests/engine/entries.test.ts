/** What lib/std declares without a body is there for programs to call, and nothing is there that no package declares. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { intrinsics } from '../../lib/compile/intrinsics.ts';
import { FileSet } from '../../lib/base/pos.ts';
import { allEntries } from '../../lib/engine/entries.ts';
import { build } from '../../lib/engine/report.ts';
import { Run, defaultKnobs } from '../../lib/engine/run.ts';
import { parseFile } from '../../lib/go/syntax/parser.ts';
import { std } from '../std.ts';

const root = join(import.meta.dirname, '../../lib/std');

/** Functions without a body, as `path.name`. */
function bodiless(dir: string, path: string): string[] {
  const out: string[] = [];
  for (const e of readdirSync(dir, { withFileTypes: true })) {
    if (e.isDirectory()) { out.push(...bodiless(join(dir, e.name), path === '' ? e.name : `${path}/${e.name}`)); continue; }
    if (!e.name.endsWith('.go')) continue;
    const fset = new FileSet(), { file } = parseFile(fset, fset.add(e.name, readFileSync(join(dir, e.name))));
    for (const d of file?.declList ?? []) if (d.kind === 'FuncDecl' && !d.body && !d.recv) out.push(`${path}.${d.name.value}`);
  }
  return out;
}

test('every function that lib/std leaves to the engine has its native, and every native its function', () => {
  const b = build([{ name: 'main.go', text: 'package main\n\nfunc main() {}\n' }], std, { goVersion: '1.26' });
  let native: readonly string[] = [];
  new Run(b.program!, defaultKnobs, {}, (env, run) => { const all = allEntries(env, run); native = Object.keys(all.native); return all; });
  const declared = new Set(bodiless(root, ''));
  expect(declared.size).toBeGreaterThan(100);
  // Some are instructions of their own; two are called by lowered code only (lib/go/ir/ctx.ts).
  const lacking = [...declared].filter((n) => !native.includes(n) && !Object.hasOwn(intrinsics, n)), idle = [...native, ...Object.keys(intrinsics)].filter((n) => !declared.has(n) && n !== 'runtime.panicrangestate' && n !== 'runtime.deferrangefunc');
  expect({ lacking, idle }).toEqual({ lacking: [], idle: [] });
});
