/** A Go cell on the engine in this process. */
import { build, LabRun } from '../../lib/engine/report.ts';
import { isGoVersion } from '../../lib/base/version.ts';
import { errorsText } from '../../lib/go/errors_text.ts';
import { defaultKnobs, knobsOf, readDirectives } from '../../lib/notebook/directives.ts';

import type { CellDoc } from '../../lib/notebook/document.ts';
import { withInputs } from '../../lib/notebook/inputs.ts';
import type { CommandIO } from './io.ts';
import type { CliKnobs } from './knobs.ts';

export interface CellReport {
  readonly id: number;
  readonly mode: string;
  /** refused: it would be a stranger's code outside a sandbox. skipped: the lab does not run this kind. */
  readonly state: 'ok' | 'error' | 'refused' | 'skipped';
  readonly name?: string;
  readonly exit?: number;
  readonly digest?: string;
  readonly stdout?: string;
  readonly stderr?: string;
  readonly memstats?: Readonly<Record<string, number>>;
  /** Virtual nanoseconds. */
  readonly ns?: number;
  readonly problems: readonly string[];
  /** What other cells see of it. */
  readonly value?: unknown;
}

const cap = 1_000_000;
class Text {
  readonly #decoder = new TextDecoder();
  text = '';
  add(b: Uint8Array): void { if (this.text.length < cap) this.text += this.#decoder.decode(b, { stream: true }); }
}

/** Runs one Go cell; values are those of notebook variables. Whatever it holds, a report comes back. */
export async function runGoCell(c: CellDoc, io: CommandIO, o: { readonly knobs: CliKnobs; readonly seconds: number }, values: ReadonlyMap<string, unknown>): Promise<CellReport> {
  const directives = readDirectives(c.value, 'main.go');
  const base = { id: c.id, mode: c.mode, name: c.output ?? directives.name ?? `run${c.id}` };
  const wrong = directives.diagnostics.map(d => `./main.go:${d.line}:${d.col}: ${d.text}`);
  if (wrong.length > 0) return { ...base, state: 'error', problems: wrong };
  try {
    // A knob that names a variable nobody gave keeps its default.
    const known = { ...directives, settings: directives.settings.filter(s => s.variable === null || values.has(s.variable)) };
    const { knobs, level } = knobsOf({ ...defaultKnobs, ...o.knobs, memlimit: Number.isFinite(o.knobs.memlimit) ? o.knobs.memlimit : null }, known, values);
    const goVersion = isGoVersion(knobs.go) ? knobs.go : '1.26';
    const built = build([{ name: './main.go', text: withInputs(c.value, knobs.inputs) }], io.std, { goVersion, noInline: !knobs.inline });
    if (!built.program) return { ...base, state: 'error', problems: errorsText(built.fset, built.result.reported, '', built.result.owners).split('\n').filter(l => l !== '' && !l.startsWith('# ')) };
    const out = new Text(), err = new Text();
    const run = new LabRun(built, { go: goVersion, gogc: knobs.gogc, memlimit: knobs.memlimit ?? Infinity, procs: knobs.procs, seed: knobs.seed }, { stdout: b => out.add(b), stderr: b => err.add(b), args: ['main', ...knobs.args], stdin: new TextEncoder().encode(knobs.stdin) }, level);
    const end = performance.now() + o.seconds * 1000;
    while (!run.advance(200)) {
      if (performance.now() > end) return { ...base, state: 'error', stdout: out.text, stderr: err.text, problems: [`still running after ${o.seconds} s`] };
      await new Promise(r => setTimeout(r, 0));
    }
    const r = run.report();
    const { exit, digest, ns, heap, pauses, cycles } = r, memstats = r.memstats as unknown as Record<string, number>;
    return { ...base, state: 'ok', exit, digest, ns, memstats: Object.fromEntries(Object.entries(memstats).filter(([, v]) => typeof v === 'number')), stdout: out.text, stderr: err.text, problems: [], value: { stdout: out.text, stderr: err.text, exit, digest, memstats, heap, cycles, stw: pauses, virtualNs: ns } };
  } catch (e) { return { ...base, state: 'error', problems: [e instanceof Error ? e.message : String(e)] }; }
}
