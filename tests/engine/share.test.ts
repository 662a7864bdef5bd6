/**
 * Allocation in compiled code against the allocator alone: at level full nothing is lent
 * to compiled code (lib/abi/mcache.ts), so both ways must give the same digest, totals,
 * statistics and spans.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { GoVersion } from '../../lib/base/version.ts';
import { build, runToEnd, type RunReport } from '../../lib/engine/report.ts';
import { defaultKnobs } from '../../lib/engine/run.ts';

const objects = `package main

type pair struct{ l, r *pair }
type odd struct {
	a int32
	p *odd
	s string
}
type wide struct {
	p *int
	a [70]int
}

var (
	b  *byte
	h  *int16
	w  *int32
	k  *[3]int32
	q  *int
	z  *struct{}
	big *wide
	o  *odd
	ps []*pair
	is []int
	ss []string
)

func tree(n int) *pair {
	if n == 0 {
		return new(pair)
	}
	return &pair{tree(n - 1), tree(n - 1)}
}
func size(p *pair) int {
	if p == nil {
		return 0
	}
	return 1 + size(p.l) + size(p.r)
}

func main() {
	total := 0
	done := make(chan int)
	go func() {
		for i := 0; i < 240; i++ {
			o = &odd{a: int32(i), p: o}
			done <- i
			if i%50 == 0 {
				o = nil
			}
		}
		close(done)
	}()
	for i := range done {
		ps = append(ps, tree(i%9))
		b, h, w, k, q, z = new(byte), new(int16), new(int32), new([3]int32), new(int), new(struct{})
		*b, *q = byte(i), i
		is = make([]int, i%130)
		ss = make([]string, i%70, 70)
		_ = make([][0]int, i)
		if i%10 == 0 {
			big = new(wide)
		}
		if len(ps) > 40 {
			ps = ps[20:]
		}
		total += size(ps[len(ps)-1]) + len(is) + int(*b) + len(ss)
	}
	println(total, o == nil)
}
`;
const programs: Record<string, string> = { objects, maps: readFileSync(join(import.meta.dirname, '../fixtures/run/maps.go'), 'utf8') };

function observed(r: RunReport): unknown {
  return { digest: r.digest, ns: r.ns, sites: r.siteTotals, classes: r.classes, memstats: r.memstats, spans: r.spans, heap: r.heap, text: new TextDecoder().decode(r.stderr) };
}

describe('allocation in compiled code', () => {
  for (const name of Object.keys(programs)) for (const go of ['1.21', '1.26'] as GoVersion[]) for (const gogc of [100, 10]) {
    it(`${name}, Go ${go}, GOGC ${gogc}`, () => {
      const b = build([{ name: 'prog.go', text: programs[name] }], () => undefined, { goVersion: go });
      expect(b.diagnostics).toEqual([]);
      const knobs = { ...defaultKnobs, go, gogc };
      const alone = runToEnd(b, knobs, {}, 'full');
      expect(alone.exit).toBe(0);
      for (const level of ['counts', 'sampled'] as const) expect(observed(runToEnd(b, knobs, {}, level))).toEqual(observed(alone));
    }, 30_000);
  }
});
