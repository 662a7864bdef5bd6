/**
 * The engine's Worker: a classic blob Worker built as one IIFE (module Workers do
 * not start in an opaque origin). It takes one message at a time; to stop a run
 * the page terminates the Worker and takes another from its pool.
 */
import { build } from '../../../lib/engine/report.ts';
import { defaultGoVersion, isGoVersion, type GoVersion } from '../../../lib/base/version.ts';
import { provideArchive } from '../../../lib/engine/archive.ts';
import { buildProgram } from '../../../lib/go/program.ts';
import type { Facts, FromWorker, GoCheckResult, GoFile, GoKnobs, ToWorker } from '../kernel/gotypes.ts';
import { emptyResult } from '../kernel/gotypes.ts';
import { checkRows, reasonsInto, runRows, type Reasons } from './rows.ts';
import { LabRun } from '../../../lib/engine/report.ts';
import { withInputs } from '../../../lib/notebook/inputs.ts';
import { answer } from './questions.ts';
import { forVerdicts, takeFacts } from './facts.ts';
import { serve } from './service.ts';
import { std, takeDocs, takeSource } from './std.ts';

const post = (m: FromWorker): void => { (self as unknown as { postMessage(m: FromWorker): void }).postMessage(m); };
const version = (k: GoKnobs): GoVersion => (isGoVersion(k.go) ? k.go : '1.26');
const sources = (files: readonly GoFile[], knobs: GoKnobs): { name: string; text: string }[] => files.map((f) => ({ name: f.name, text: withInputs(f.text, knobs.inputs) }));

/** Diagnostics and verdicts. */
function verdicts(files: readonly GoFile[], knobs: GoKnobs, facts: Facts): GoCheckResult {
  const go = version(knobs), reasons: Reasons = new Map(), { provide, opts } = forVerdicts(go, facts);
  return checkRows(buildProgram(sources(files, knobs), provide, { ...opts, goVersion: go, level: 1, noInline: !knobs.inline, analysed: reasonsInto(reasons) }), go, reasons);
}

/** Wall milliseconds between two looks at the queue of messages and two progress reports. */
const slice = 50;

function run(id: number, files: readonly GoFile[], knobs: GoKnobs, level: 'counts' | 'sampled' | 'full', facts: Facts): void {
  const go = version(knobs);
  post({ kind: 'progress', id, phase: 'compile', virtualNs: 0 });
  const reasons: Reasons = new Map();
  const built = build(sources(files, knobs), std, { goVersion: go, level: 1, noInline: !knobs.inline, analysed: reasonsInto(reasons) });
  // What runs are the bodies of lib/std; the verdicts are those of the real ones.
  const checked = built.program && facts.length > 0 ? verdicts(files, knobs, facts) : checkRows(built.result, go, reasons);
  if (!built.program) { post({ kind: 'done', id, result: { ...emptyResult, ...checked } }); return; }
  const out = new StreamText(1, id), err = new StreamText(2, id);
  const lab = new LabRun(built, { go, gogc: knobs.gogc, memlimit: knobs.memlimit ?? Infinity, procs: knobs.procs, seed: knobs.seed }, {
    stdout: (b) => out.add(b), stderr: (b) => err.add(b), args: ['main', ...knobs.args], stdin: new TextEncoder().encode(knobs.stdin),
  }, level);
  const step = (): void => {
    try {
      if (!lab.advance(slice)) {
        out.flush(); err.flush();
        post({ kind: 'progress', id, phase: 'run', virtualNs: lab.run.machine.clock });
        setTimeout(step, 0);
        return;
      }
      out.flush(); err.flush();
      post({ kind: 'done', id, result: { ...checked, ...runRows(built, lab.report(), out, err) } });
    } catch (e) { fail(id, e); }
  };
  step();
}

/** Text of one stream, sent as it grows; what exceeds the cap is counted and not kept. */
class StreamText {
  readonly #decoder = new TextDecoder();
  #pending = '';
  text = '';
  cut = 0;
  constructor(readonly fd: 1 | 2, readonly id: number) {}
  add(b: Uint8Array): void {
    const room = 1_000_000 - this.text.length - this.#pending.length;
    if (room <= 0) { this.cut += b.length; return; }
    this.#pending += this.#decoder.decode(b, { stream: true });
  }
  flush(): void {
    if (this.#pending === '') return;
    post({ kind: 'output', id: this.id, fd: this.fd, text: this.#pending });
    this.text += this.#pending;
    this.#pending = '';
  }
}

function fail(id: number, e: unknown): void {
  post({ kind: 'failed', id, text: e instanceof Error ? `${e.message}\n${e.stack ?? ''}` : String(e) });
}

self.onmessage = (e: MessageEvent<ToWorker>) => {
  const m = e.data;
  if (m.kind === 'source') { takeSource(m.text); return; }
  if (m.kind === 'docs') { takeDocs(m.text); return; }
  if (m.kind === 'std') {
    const { bytes } = m;
    takeSource(m.text);
    if (bytes) provideArchive(defaultGoVersion, () => new Uint8Array(bytes));
    // Work that waits comes first.
    setTimeout(warm, 0);
    return;
  }
  warmed = true;
  try {
    if (m.kind !== 'service') takeFacts(m.facts);
    if (m.kind === 'service') post({ kind: 'served', id: m.id, result: serve(m.files, m.go, m.ask) });
    else if (m.kind === 'ask') post({ kind: 'answered', id: m.id, result: answer({ files: sources(m.files, m.knobs), ...forVerdicts(version(m.knobs), m.facts), go: version(m.knobs), noInline: !m.knobs.inline, runs: std }, m.question) });
    else if (m.kind === 'check') post({ kind: 'checked', id: m.id, result: verdicts(m.files, m.knobs, m.facts) });
    else run(m.id, m.files, m.knobs, m.level, m.facts);
  } catch (err) { fail(m.id, err); }
};
let warmed = false;
/** Loads and compiles what nearly every program uses, while the page still loads. */
function warm(): void {
  if (!warmed) build([{ name: 'warm.go', text: 'package main\n\nimport "fmt"\n\nfunc main() { fmt.Println() }\n' }], std, { goVersion: defaultGoVersion });
  warmed = true;
  post({ kind: 'ready' });
}
