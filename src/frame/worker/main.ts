/**
 * The engine's Worker: a classic blob Worker built as one IIFE (module Workers do
 * not start in an opaque origin). It takes one message at a time; to stop a run
 * the page terminates the Worker and takes another from its pool.
 *
 * STAND-IN until lib/engine is connected: every program is answered with one
 * honest diagnostic and no results.
 */
import type { FromWorker, GoCheckResult, ToWorker } from '../kernel/gotypes.ts';
import { emptyResult } from '../kernel/gotypes.ts';

const post = (m: FromWorker): void => { (self as unknown as { postMessage(m: FromWorker): void }).postMessage(m); };

const notBuilt = (file: string): GoCheckResult => ({
  diagnostics: [{ file, line: 1, col: 1, endLine: 1, endCol: 1, severity: 'warning', code: 'EngineMissing', text: 'engine not built yet: this program was not checked and not run' }],
  escapes: [], inlining: [],
});

self.onmessage = (e: MessageEvent<ToWorker>) => {
  const m = e.data;
  switch (m.kind) {
    case 'check': post({ kind: 'checked', id: m.id, result: notBuilt(m.files[0]?.name ?? 'main.go') }); break;
    case 'run': post({ kind: 'done', id: m.id, result: { ...emptyResult, ...notBuilt(m.files[0]?.name ?? 'main.go') } }); break;
    case 'archive': break;
  }
};
post({ kind: 'ready' });
