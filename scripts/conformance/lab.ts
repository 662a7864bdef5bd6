/** Runs a Go program in the lab for a suite: what it prints, or why it did not run. */
import { allEntries } from '../../lib/engine/entries.ts';
import { build } from '../../lib/engine/report.ts';
import { Run, defaultKnobs } from '../../lib/engine/run.ts';
import type { GoVersion } from '../../lib/base/version.ts';
import { stdProvider } from '../../src/cli/std.ts';

export interface LabOptions {
  readonly goVersion?: GoVersion;
  readonly noInline?: boolean;
  readonly knobs?: Partial<typeof defaultKnobs>;
  /** Wall time after which the run is stopped, ms. */
  readonly limit: number;
}

/** `diagnostic` is the first error of a program that does not build; `stopped` says the limit was reached. */
export interface LabResult { readonly diagnostic?: string; readonly stdout: string; readonly stderr: string; readonly exit: number; readonly stopped: boolean }

const std = stdProvider();

/** Builds and runs one file. Throws only what is a fault of ours. */
export function runInLab(name: string, text: string, o: LabOptions): LabResult {
  const b = build([{ name, text }], std, { goVersion: o.goVersion ?? '1.26', noInline: o.noInline });
  if (!b.program) {
    const e = b.diagnostics.find((d) => d.severity === 'error');
    return { diagnostic: e ? `${b.fset.format(e.range.start)}: ${e.text}` : 'no program', stdout: '', stderr: '', exit: 1, stopped: false };
  }
  const run = new Run(b.program, { ...defaultKnobs, go: o.goVersion ?? '1.26', ...o.knobs }, { fset: b.fset }, allEntries);
  const start = performance.now();
  for (const _ of run.steps()) {
    void _;
    if (performance.now() - start > o.limit) { run.stopRequested = true; break; }
  }
  const r = run.result(), d = new TextDecoder();
  return { stdout: d.decode(r.stdout), stderr: d.decode(r.stderr), exit: r.exit, stopped: run.stopRequested };
}
