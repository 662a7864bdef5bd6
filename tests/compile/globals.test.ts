/**
 * What the init function of a package calls for its variables: everything else is laid
 * out as data. Recorded: the CALL lines of main.init that allocate, of
 * `go build -gcflags=-S globals.go`, Go 1.26.8, linux/amd64, by line.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { listing } from '../../lib/compile/listing.ts';
import { build } from '../../lib/engine/report.ts';
import { std } from '../std.ts';

const recorded = `11 newobject
13 makemap_small
25 slicebytetostring
28 makeslice
29 makechan
34 makemap_small
34 mapassign_faststr
34 mapassign_faststr
39 makemap_small
39 mapassign_faststr
39 newobject`;

test('package-level variables allocate what gc lets them allocate', () => {
  const text = readFileSync(join(import.meta.dirname, '../fixtures/compile/globals.go'), 'utf8');
  const b = build([{ name: 'globals.go', text }], std, { goVersion: '1.26' });
  const calls = listing(b.program!.code.get('main.init')!).flatMap((l) => {
    const m = /^call runtime\.((?:new|make|map|slice)\w+)$/.exec(l.text);
    return m ? [`${b.fset.position(l.pos).line} ${m[1]}`] : [];
  });
  expect(calls.sort()).toEqual(recorded.split('\n').sort());
});
