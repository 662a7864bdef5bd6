/** @vitest-environment jsdom */
/** The kernel without a page: what is compiled, what runs, what waits, what is stopped. */
import { beforeAll, describe, expect, test, vi } from 'vitest';
import type { CellDoc, CellMode } from '../../lib/notebook/document.ts';
import type { CellView, Kernel as KernelType, Status } from '../../src/frame/kernel/kernel.ts';
import type { GoWorkers } from '../../src/frame/kernel/goworker.ts';
import { emptyResult } from '../../src/frame/kernel/gotypes.ts';
import type { GoRunResult } from '../../src/frame/kernel/gotypes.ts';
import { Stopped } from '../../src/frame/kernel/goworker.ts';
import * as transpile from '../../src/frame/kernel/transpile.ts';

const none: ReadonlySet<number> = new Set();
const cell = (id: number, value: string, mode: CellMode = 'js'): CellDoc => ({ id, mode, value, pinned: true, hidden: false, attrs: {} });
const docs = (...values: string[]): CellDoc[] => values.map((v, i) => cell(i + 1, v));

let Kernel: typeof KernelType;
beforeAll(async () => {
  globalThis.requestAnimationFrame = f => setTimeout(() => f(0), 0) as unknown as number;
  ({ Kernel } = await import('../../src/frame/kernel/kernel.ts'));
});

interface Seen { readonly kernel: KernelType; view(id: number): CellView; readonly runs: string[]; states(): string; until(id: number, s: Status): Promise<void>; end(name: string, stdout: string): void }
/** A kernel whose Go programs end when the test says so. */
function made(): Seen {
  const views = new Map<number, CellView>(), runs: string[] = [], ends = new Map<string, (r: GoRunResult) => void>();
  const view = (id: number): CellView => {
    let v = views.get(id);
    if (!v) views.set(id, v = { root: document.createElement('div'), status: 'stale', stopped: false, ms: null, syntax: null, mistakes: [], thrown: null, check: null, checkText: '', go: null, knobs: null, stdout: '', stderr: '', progress: null, inputs: [], outputs: [], reads: [], readers: [], value: undefined });
    return v;
  };
  const workers = {
    run: (files: readonly { text: string }[], knobs: { gogc: number }, _level: string, tell: { started?(): void }, signal: AbortSignal) => new Promise<GoRunResult>((resolve, reject) => {
      runs.push(`${files[0].text.split('\n')[0]} gogc=${knobs.gogc}`);
      ends.set(files[0].text, resolve);
      signal.addEventListener('abort', () => reject(new Stopped()));
      tell.started?.();
    }),
  } as unknown as GoWorkers;
  const kernel = new Kernel({ view, workers, goVersion: () => '1.26', builtins: { dark: () => () => {}, width: () => () => {}, lab: () => ({}) } });
  return {
    kernel, view, runs, states: () => [...views].map(([id, v]) => `${id} ${v.status}`).join(', '),
    until: (id, s) => vi.waitFor(() => { expect(view(id).status).toBe(s); }, { timeout: 5000, interval: 5 }),
    end: (name, stdout) => ends.get(`package main // ${name}`)!({ ...emptyResult, exit: 0, stdout }),
  };
}

describe('kernel', () => {
  test('only the edited cell is compiled again, and only what depends on it runs', async () => {
    const k = made(), compiled = vi.spyOn(transpile, 'compileCell');
    const g = globalThis as unknown as { ran: string[] };
    g.ran = [];
    const first = docs('const a = (ran.push("a"), 1)', 'const b = (ran.push("b"), a + 1)', 'const c = (ran.push("c"), 7)');
    k.kernel.sync(first, false, none);
    await k.until(2, 'idle');
    await k.until(3, 'idle');
    expect([...g.ran].sort()).toEqual(['a', 'b', 'c']);
    const reads = k.view(2).reads, inputs = k.view(2).inputs;
    compiled.mockClear();
    g.ran.length = 0;
    k.kernel.sync([cell(1, 'const a = (ran.push("a"), 5)'), first[1], first[2]], false, none);
    await vi.waitFor(() => { expect(k.view(2).value).toMatchObject({ b: 6 }); });
    expect(g.ran).toEqual(['a', 'b']);
    // Lists that say the same stay the same lists: nothing that shows them is redrawn.
    expect(k.view(2).reads).toBe(reads);
    expect(k.view(2).inputs).toBe(inputs);
  });
  test('a new definition clears the mistake of who reads it, and removing it brings it back', async () => {
    const k = made();
    const reader = cell(1, 'const y = x + 1');
    k.kernel.sync([reader], false, none);
    expect(k.view(1).mistakes).toEqual([{ code: 'undefined', name: 'x' }]);
    k.kernel.sync([reader, cell(2, 'const x = 1')], false, none);
    await k.until(1, 'idle');
    expect(k.view(1).mistakes).toEqual([]);
    k.kernel.sync([reader], false, none);
    expect(k.view(1).status).toBe('error');
  });
  test('cells that wait are known to the graph and do not run', async () => {
    const k = made();
    const all = docs('const a = 1', 'const b = a');
    k.kernel.sync(all, false, new Set([1, 2]));
    expect(k.view(2).reads).toEqual([1]);
    await new Promise(r => setTimeout(r, 30));
    expect(k.states()).toBe('1 stale, 2 stale');
    k.kernel.sync(all, false, new Set([2]));
    await k.until(1, 'idle');
    expect(k.view(2).status).toBe('stale');
    k.kernel.sync(all, false, none);
    await k.until(2, 'idle');
  });
  test('in manual mode what depends on a change becomes stale and runs when asked', async () => {
    const k = made();
    const first = docs('const a = 1', 'const b = a + 1');
    k.kernel.sync(first, true, none);
    await k.until(2, 'idle');
    k.kernel.sync([cell(1, 'const a = 10'), first[1]], true, none);
    await k.until(1, 'idle');
    expect(k.view(2).status).toBe('stale');
    k.kernel.run([2]);
    await k.until(2, 'idle');
    expect(k.view(2).value).toMatchObject({ b: 11 });
  });
  test('stopping one Go cell ends it alone; stopping all ends the others', async () => {
    const k = made();
    const all = [cell(1, 'package main // one', 'go'), cell(2, 'package main // two', 'go'), cell(3, 'package main // three', 'go')];
    k.kernel.sync(all, false, none);
    await vi.waitFor(() => { expect(k.runs).toHaveLength(3); });
    k.kernel.stop(2);
    expect(k.states()).toBe('1 running, 2 stale, 3 running');
    k.end('one', 'done\n');
    await k.until(1, 'idle');
    expect(k.view(1).stdout).toBe('done\n');
    k.kernel.stopAll();
    expect(k.states()).toBe('1 idle, 2 stale, 3 stale');
    // What a stopped cell still says is nobody's.
    k.end('three', 'late\n');
    await new Promise(r => setTimeout(r, 10));
    expect(k.view(3).stdout).toBe('');
  });
  test('a knob that reads a variable runs the program again with its new value', async () => {
    const k = made();
    const go = cell(2, 'package main\n//lab:run GOGC=$g\nfunc main() {}', 'go');
    k.kernel.sync([cell(1, 'const g = 50'), go], false, none);
    await vi.waitFor(() => { expect(k.runs).toEqual(['package main gogc=50']); });
    k.kernel.sync([cell(1, 'const g = 200'), go], false, none);
    await vi.waitFor(() => { expect(k.runs).toEqual(['package main gogc=50', 'package main gogc=200']); });
  });
  test('a cell with one name is that variable: generators step, promises are awaited, and a rejected one is the cell’s failure', async () => {
    const k = made();
    k.kernel.sync(docs('const x = (function*() { yield 1; yield 2; })()', 'const y = x * 10', 'const p = new Promise(r => setTimeout(r, 20, 7))', 'const q = p + 1', 'const bad = Promise.reject(new Error("no"))', 'const { a, b } = { a: 1, b: 2 }', 'const c = a + b', 'const d = await 5'), false, none);
    await vi.waitFor(() => { expect(k.view(2).value).toEqual({ y: 20 }); });
    for (const id of [4, 7, 8]) await k.until(id, 'idle');
    expect(k.view(1).value).toEqual({ x: 2 });
    expect([k.view(4).value, k.view(6).value, k.view(7).value, k.view(8).value]).toEqual([{ q: 8 }, { a: 1, b: 2 }, { c: 3 }, { d: 5 }]);
    await k.until(5, 'error');
    expect(k.view(5).thrown).toBe('no');
  });
  test('of a string of millions the beginning is displayed, and the rest when asked; the value is whole', async () => {
    const k = made();
    k.kernel.sync(docs('const s = display("é".repeat(1e6) + "end")', '"x".repeat(30000)', 'display("short")'), false, none);
    for (const id of [1, 2, 3]) await k.until(id, 'idle');
    expect((k.view(1).value as { s: string }).s.length).toBe(1_000_003);
    expect(k.view(1).root.textContent).toBe(`"${'é'.repeat(20_000)} … 980,003`);
    expect(k.view(3).root.textContent).toBe('"short"');
    const more = (): HTMLButtonElement | null => k.view(2).root.querySelector('button');
    expect(k.view(2).root.textContent!.length).toBeLessThan(20_100);
    more()!.click();
    expect(k.view(2).root.textContent!.trim()).toBe(`"${'x'.repeat(30_000)}"`);
    expect(more()).toBeNull();
  });
  test('whatever the text, a cell ends in a state and never throws', async () => {
    const k = made();
    k.kernel.sync(docs('const = 1', 'throw new TypeError("no")', 'await Promise.reject("x")', '}', 'import "https://x"', 'const z = 1; const z = 2'), false, none);
    for (const id of [1, 2, 3, 4, 6]) await k.until(id, 'error');
    expect(k.view(2).thrown).toBe('TypeError: no');
    expect(k.view(1).syntax?.text).toContain('Unexpected token');
  });
});
