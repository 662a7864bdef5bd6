/** Heap profiles: what is in the file, against the run that made it and against real Go's reader where it is found. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { build, LabRun } from '../../lib/engine/report.ts';
import { defaultKnobs } from '../../lib/engine/run.ts';
import { encodeHeapProfile, scaleHeapSample, type HeapProfile } from '../../lib/exporters/pprof.ts';
import { stdProvider } from '../../src/cli/std.ts';

const program = `package main

type node struct {
	next *node
	pad  [56]byte
}

var keep *node
var sink []byte

//go:noinline
func list(n int) {
	for i := 0; i < n; i++ {
		keep = &node{next: keep}
	}
}
func garbage(n int) {
	for i := 0; i < n; i++ {
		sink = make([]byte, 1000)
	}
}

func main() {
	list(1000)
	garbage(20000)
}
`;
function profiled(rate: number | undefined): { profile: HeapProfile; digest: string } {
  const b = build([{ name: './prog.go', text: program }], stdProvider(), { goVersion: '1.26' });
  const r = new LabRun(b, defaultKnobs, {}, 'counts', undefined, rate);
  while (!r.advance(1000)) continue;
  const { digest } = r.report();
  return { profile: { ...r.heapProfile(), timeNanos: 1 }, digest };
}
const total = (p: HeapProfile, func: string): [number, number, number, number] => p.samples.filter((s) => s.stack[0]?.frames[0].func === func)
  .reduce((a, s) => [a[0] + s.allocObjects, a[1] + s.allocBytes, a[2] + s.inuseObjects, a[3] + s.inuseBytes], [0, 0, 0, 0]);

/** The fields of a message: number and value (a number, or the bytes). */
function* fields(b: Uint8Array): Generator<[number, number | Uint8Array]> {
  let at = 0;
  const varint = (): number => { let v = 0, k = 1; for (;;) { const x = b[at++]; v += (x & 127) * k; if (x < 128) return v; k *= 128; } };
  while (at < b.length) {
    const key = varint();
    if ((key & 7) === 0) yield [key >>> 3, varint()];
    else { const n = varint(); yield [key >>> 3, b.subarray(at, at + n)]; at += n; }
  }
}

describe('a heap profile', () => {
  const one = profiled(1);
  it('at rate 1 has every allocation, by the function that made it, inlined ones too', () => {
    expect(total(one.profile, 'main.list')).toEqual([1000, 64000, 1000, 64000]);
    expect(total(one.profile, 'main.garbage').slice(0, 2)).toEqual([20000, 20000 * 1024]);
    expect(total(one.profile, 'main.garbage')[2]).toBeLessThan(20000);
    const garbage = one.profile.samples.find((s) => s.stack[0].frames[0].func === 'main.garbage')!;
    expect(garbage.stack.flatMap((p) => p.frames.map((f) => `${f.func} ${f.file}:${f.line}`))).toEqual(['main.garbage ./prog.go:19', 'main.main ./prog.go:25']);
  });
  it('changes nothing of the run', () => {
    const none = profiled(undefined);
    expect(none.digest).toBe(one.digest);
    expect(none.profile.samples).toEqual([]);
    expect(profiled(4096).digest).toBe(one.digest);
  });
  it('estimates totals from samples', () => {
    const { profile } = profiled(16384);
    const bytes = profile.samples.reduce((n, s) => n + scaleHeapSample(s.allocObjects, s.allocBytes, 16384)[1], 0);
    expect(bytes / (64000 + 20000 * 1024)).toBeGreaterThan(0.9);
    expect(bytes / (64000 + 20000 * 1024)).toBeLessThan(1.1);
  });
  it('is profile.proto with runtime/pprof\'s sample types', () => {
    const raw = new Uint8Array(gunzipSync(encodeHeapProfile(one.profile)));
    const all = [...fields(raw)];
    const strings = all.filter(([n]) => n === 6).map(([, v]) => new TextDecoder().decode(v as Uint8Array));
    expect(strings[0]).toBe('');
    const types = all.filter(([n]) => n === 1).map(([, v]) => [...fields(v as Uint8Array)].map(([, i]) => strings[i as number]).join('/'));
    expect(types).toEqual(['alloc_objects/count', 'alloc_space/bytes', 'inuse_objects/count', 'inuse_space/bytes']);
    expect(all.filter(([n]) => n === 2)).toHaveLength(one.profile.samples.length);
    expect(all.find(([n]) => n === 12)![1]).toBe(1);
  });
  it.skipIf(spawnSync('go', ['version']).status !== 0)('is read by go tool pprof', () => {
    const f = join(mkdtempSync(join(tmpdir(), 'pprof-')), 'm.pb.gz');
    writeFileSync(f, encodeHeapProfile(one.profile));
    const top = execFileSync('go', ['tool', 'pprof', '-top', '-sample_index=alloc_space', f], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    expect(top).toMatch(/19\.53MB 99\.\d+% .* main\.garbage \(inline\)/);
  }, 30_000);
});
