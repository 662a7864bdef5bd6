/**
 * Marking beside the goroutines: nothing reachable is lost however finely the two are interleaved, what the program
 * prints does not depend on it, and every knob's run is the same each time.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { build, LabRun, type RunReport } from '../../lib/engine/report.ts';
import { defaultKnobs } from '../../lib/engine/run.ts';
import { evAssist, evGoState, evMark, stwMarkTermination, stwSweepTermination, type EventLevel } from '../../lib/trace/events.ts';
import { recordWords } from '../../lib/trace/log.ts';
import { stdProvider } from '../../src/cli/std.ts';

const fixtures = join(import.meta.dirname, '../fixtures/run');
const built = (text: string): ReturnType<typeof build> => build([{ name: './prog.go', text }], stdProvider(), { goVersion: '1.26' });
interface Tortured extends RunReport { readonly text: string; readonly missed: number; readonly lines: string[] }

/** Runs a program; every cycle is checked by marking all over again. */
function torture(b: ReturnType<typeof build>, knobs: Partial<typeof defaultKnobs>, sliceNs: number, level: EventLevel = 'counts', change: (r: LabRun) => void = () => undefined): Tortured {
  let text = '', missed = 0;
  const put = (x: Uint8Array): void => { text += new TextDecoder().decode(x); };
  const r = new LabRun(b, { ...defaultKnobs, ...knobs }, { stdout: put, stderr: put }, level);
  r.run.gcSliceNs = sliceNs;
  change(r);
  const { mgc } = r.run.rt;
  mgc.onMarked = () => { missed += mgc.missed().length; };
  while (!r.advance(1000)) continue;
  const report = r.report();
  return { ...report, text, missed, lines: report.cycles.map((c) => c.line) };
}

const graph = built(readFileSync(join(fixtures, 'torture.go'), 'utf8'));
const want = readFileSync(join(fixtures, 'torture.out'), 'utf8');

describe('concurrent marking', () => {
  for (const [procs, gogc, slice] of [[1, 4, 200], [1, 2, 1000], [2, 4, 150], [2, 3, 5000], [4, 2, 300], [8, 5, 20_000]]) {
    it(`loses nothing: ${procs} P, GOGC=${gogc}, slices of ${slice} ns`, () => {
      const r = torture(graph, { procs, gogc }, slice);
      expect(r.text).toBe(want);
      expect(r.missed).toBe(0);
      expect(r.memstats.numGC).toBeGreaterThan(2);
    }, 60_000);
  }
  it('would lose objects without the write barrier, and the check sees it', () => {
    expect(torture(graph, { procs: 1, gogc: 4 }, 200, 'counts', (r) => { r.run.machine.panics.barrier = () => undefined; }).missed).toBeGreaterThan(0);
  }, 60_000);
  it('is the same every time and at every event level', () => {
    const runs = (['counts', 'sampled', 'full', 'counts'] as const).map((l) => torture(graph, { gogc: 5 }, 20_000, l));
    expect(new Set(runs.map((r) => r.digest)).size).toBe(1);
    expect(runs[1].lines).toEqual(runs[0].lines);
  }, 60_000);

  const list = built(`package main

type node struct {
	next *node
	pad  [6]int
}

var keep *node
var sink []byte

func main() {
	for i := 0; i < 60000; i++ {
		keep = &node{next: keep}
	}
	for i := 0; i < 40000; i++ {
		sink = make([]byte, 512)
	}
}
`);
  it('lets the heap grow while it marks, with pauses that do not grow with the heap', () => {
    const r = torture(list, {}, 20_000, 'full');
    const last = r.cycles.at(-1)!;
    expect(last.heapEnd).toBeGreaterThan(last.heapStart);
    expect(last.markNs).toBeGreaterThan(10 * (last.sweepTermNs + last.markTermNs));
    // The program may end while a cycle marks: that one has begun and not ended.
    const paused = (reason: number): number => r.pauses.filter((p) => p.reason === reason).length;
    expect(paused(stwMarkTermination)).toBe(r.cycles.length);
    expect([0, 1]).toContain(paused(stwSweepTermination) - r.cycles.length);
    expect(Math.max(...r.pauses.map((p) => p.ns))).toBeLessThan(40_000);
    const kinds = new Set<number>();
    for (let i = 0; i < r.records.length; i += recordWords) kinds.add(r.records[i]);
    for (const k of [evMark, evAssist, evGoState]) expect([...kinds]).toContain(k);
  }, 30_000);
  it('prints gctrace lines in Go\'s format, told by the run', () => {
    const format = /^gc (\d+) @([\d.]+)s (\d+)%(?: \([^)]*\))?: ([\d.]+)\+([\d.]+)\+([\d.]+) ms clock, ([\d.]+)\+([\d.]+)\/([\d.]+)\/([\d.]+)\+([\d.]+) ms cpu, (\d+)->(\d+)->(\d+) MB, (\d+) MB goal, (?:(\d+) MB stacks, (\d+) MB globals, )?(\d+) P( \(forced\))?$/;
    const r = torture(list, { procs: 4, gogc: 40 }, 20_000);
    expect(r.lines.length).toBeGreaterThan(1);
    for (const [i, l] of r.lines.entries()) {
      const m = format.exec(l);
      expect(m, l).not.toBeNull();
      expect(Number(m![1])).toBe(i + 1);
      expect(Number(m![12])).toBe(Math.floor(r.cycles[i].heapStart / 2 ** 20));
      expect(m![18]).toBe('4');
    }
  }, 30_000);
  it('holds a memory limit that the program can live with', () => {
    const r = torture(list, { gogc: -1, memlimit: 10 << 20 }, 20_000);
    expect(r.memstats.numGC).toBeGreaterThan(0);
    expect(r.memstats.sys - r.memstats.heapReleased).toBeLessThan(26 << 20);
  }, 30_000);
});
