/**
 * Go programs of a notebook in this process: what the page's Workers do, for the
 * kernel that runs a trusted notebook in jsdom and for tests of chapters. One
 * program runs at a time in slices, so that timers and stops get their turn.
 */
import { isGoVersion, type GoVersion } from '../../lib/base/version.ts';
import { baseFor, build, LabRun } from '../../lib/engine/report.ts';
import { buildProgram } from '../../lib/go/program.ts';
import { withInputs } from '../../lib/notebook/inputs.ts';
import { Stopped, type GoHost } from '../frame/kernel/goworker.ts';
import { emptyResult, type GoFile, type GoKnobs, type GoRunResult } from '../frame/kernel/gotypes.ts';
import type { AnswerTo, Question } from '../frame/verdict/questions.ts';
import { answer } from '../frame/worker/questions.ts';
import { checkRows, reasonsInto, runRows, type Reasons } from '../frame/worker/rows.ts';
import type { CommandIO } from './io.ts';

const version = (k: GoKnobs): GoVersion => (isGoVersion(k.go) ? k.go : '1.26');
const sources = (files: readonly GoFile[], k: GoKnobs): { name: string; text: string }[] => files.map(f => ({ name: f.name, text: withInputs(f.text, k.inputs) }));
/** Characters kept of a stream, as in the page; the rest is counted. */
const cap = 1_000_000;
class Stream {
  readonly #decoder = new TextDecoder();
  text = '';
  cut = 0;
  constructor(readonly tell: (text: string) => void) {}
  add(b: Uint8Array): void {
    if (this.text.length >= cap) { this.cut += b.length; return; }
    const t = this.#decoder.decode(b, { stream: true });
    this.text += t;
    this.tell(t);
  }
}
/** Wall milliseconds of one slice. */
const slice = 100;

/** Runs and checks programs as the page does. */
export function inProcess(std: CommandIO['std']): GoHost {
  // Programs take turns: two at once would share the same processor.
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => { const p = last.then(work, work); last = p.catch(() => undefined); return p; };
  const check: GoHost['check'] = (files, k) => {
    const go = version(k), reasons: Reasons = new Map();
    return Promise.resolve(checkRows(buildProgram(sources(files, k), std, { goVersion: go, level: 1, noInline: !k.inline, base: baseFor(go), analysed: reasonsInto(reasons) }), go, reasons));
  };
  return {
    check,
    run: (files, k, level, events, signal) => inTurn(async (): Promise<GoRunResult> => {
      const stop = (): void => { if (signal.aborted) throw new Stopped(); };
      stop();
      events.started?.();
      const go = version(k), reasons: Reasons = new Map(), built = build(sources(files, k), std, { goVersion: go, level: 1, noInline: !k.inline, analysed: reasonsInto(reasons) });
      const checked = checkRows(built.result, go, reasons);
      if (!built.program) return { ...emptyResult, ...checked };
      const out = new Stream(t => events.output?.(1, t)), err = new Stream(t => events.output?.(2, t));
      const run = new LabRun(built, { go, gogc: k.gogc, memlimit: k.memlimit ?? Infinity, procs: k.procs, seed: k.seed }, { stdout: b => out.add(b), stderr: b => err.add(b), args: ['main', ...k.args], stdin: new TextEncoder().encode(k.stdin) }, level);
      while (!run.advance(slice)) { await new Promise(r => setTimeout(r, 0)); stop(); }
      return { ...checked, ...runRows(built, run.report(), out, err) };
    }),
    ask: <Q extends Question>(files: readonly GoFile[], k: GoKnobs, question: Q) => Promise.resolve(answer({ files: sources(files, k), provide: std, opts: {}, runs: std, go: version(k), noInline: !k.inline }, question) as AnswerTo<Q>),
    service: () => Promise.reject(new Error('there is no editor')),
  };
}
