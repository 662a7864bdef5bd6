/**
 * The engine's Worker: a classic blob Worker built as one IIFE (module Workers do
 * not start in an opaque origin). It takes one message at a time; to stop a run
 * the page terminates the Worker and takes another from its pool.
 */
import { build, baseFor } from '../../../lib/engine/report.ts';
import { isGoVersion, type GoVersion } from '../../../lib/base/version.ts';
import { buildProgram } from '../../../lib/go/program.ts';
import { storiesOf } from '../../../lib/go/escape/story.ts';
import { verifiedRemedies } from '../../../lib/go/escape/remedies.ts';
import type { FromWorker, GoFile, GoKnobs, ToWorker, WhyAnswer } from '../kernel/gotypes.ts';
import { emptyResult } from '../kernel/gotypes.ts';
import { checkRows, runRows } from './rows.ts';
import { LabRun } from '../../../lib/engine/report.ts';
import { withInputs } from '../../../lib/notebook/inputs.ts';
import { serve } from './service.ts';
import { std } from './std.ts';

const post = (m: FromWorker): void => { (self as unknown as { postMessage(m: FromWorker): void }).postMessage(m); };
const version = (k: GoKnobs): GoVersion => (isGoVersion(k.go) ? k.go : '1.26');
const sources = (files: readonly GoFile[], knobs: GoKnobs): { name: string; text: string }[] => files.map((f) => ({ name: f.name, text: withInputs(f.text, knobs.inputs) }));

function check(id: number, files: readonly GoFile[], knobs: GoKnobs): void {
  const go = version(knobs);
  const result = buildProgram(sources(files, knobs), std, { goVersion: go, level: 1, noInline: !knobs.inline, base: baseFor(go) });
  post({ kind: 'checked', id, result: checkRows(result, go) });
}

/** The way behind a verdict, and edits that change it. */
function explain(files: readonly GoFile[], knobs: GoKnobs, at: { readonly line: number; readonly col: number; readonly text: string }): WhyAnswer {
  const go = version(knobs);
  const program = { files: sources(files, knobs), provide: std, opts: { goVersion: go, level: 1 as const, noInline: !knobs.inline, base: baseFor(go) } };
  const result = buildProgram(program.files, std, program.opts);
  const escape = result.main?.escape;
  const line = escape?.lines.find((l) => {
    const p = result.fset.position(l.pos);
    return p.line === at.line && p.col === at.col && l.text === at.text;
  });
  if (!escape || !line) return { stories: [], remedies: [] };
  const stories = storiesOf(result.fset, escape, line).map((s) => ({
    text: s.text, m2: s.m2,
    steps: s.edges.flatMap((e) => (e.steps.length > 0 ? e.steps.map((x) => ({ text: x.text, code: x.code, line: x.at?.line ?? 0, col: x.at?.col ?? 0 })) : [{ text: e.text, code: `${e.dst} ← ${e.src}`, line: e.srcAt?.line ?? 0, col: e.srcAt?.col ?? 0 }])),
  }));
  const remedies = verifiedRemedies(program, result, line).map((r) => ({
    id: r.id, title: r.title, edits: r.edits.map((e) => ({ start: e.start, end: e.end, newText: e.newText })), before: r.before, after: r.after,
  }));
  return { stories, remedies };
}

/** Wall milliseconds between two looks at the queue of messages and two progress reports. */
const slice = 50;

function run(id: number, files: readonly GoFile[], knobs: GoKnobs, level: 'counts' | 'sampled' | 'full'): void {
  const go = version(knobs);
  post({ kind: 'progress', id, phase: 'compile', virtualNs: 0 });
  const built = build(sources(files, knobs), std, { goVersion: go, level: 1, noInline: !knobs.inline });
  const checked = checkRows(built.result, go);
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
  if (m.kind === 'archive') return;
  try {
    if (m.kind === 'service') post({ kind: 'served', id: m.id, result: serve(m.files, m.go, m.ask) });
    else if (m.kind === 'explain') post({ kind: 'explained', id: m.id, result: explain(m.files, m.knobs, m) });
    else if (m.kind === 'check') check(m.id, m.files, m.knobs); else run(m.id, m.files, m.knobs, m.level);
  } catch (err) { fail(m.id, err); }
};
post({ kind: 'ready' });
// What nearly every program reaches of the standard library is compiled while the page still loads.
build([{ name: 'warm.go', text: 'package main\n\nimport "fmt"\n\nfunc main() { fmt.Println() }\n' }], std, { goVersion: '1.26' });
