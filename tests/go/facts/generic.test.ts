/** Programs that call generic standard functions, or hold what others give as interfaces, against what real Go said of them (tests/go/escape/record.ts); models stand in where lib/std works otherwise. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { Base, buildProgram, type ProgramOptions } from '../../../lib/go/program.ts';
import { escapeText } from '../../../lib/go/escape/text.ts';
import { withModels } from '../../../lib/go/facts/models.ts';
import { stdFacts } from '../../../src/cli/facts.ts';
import { stdProvider } from '../../../src/cli/std.ts';

const dir = fileURLToPath(new URL('../../fixtures/escape/own/', import.meta.url));
const facts = stdFacts(), own = stdProvider();
const base = new Base('1.26', () => 1 << 20);
function lines(name: string, o: Partial<ProgramOptions> = {}): string[] {
  const file = `./${name}.go`;
  const r = buildProgram([{ name: file, text: readFileSync(`${dir}${name}.go`) }], (p) => facts.source(p, own), { goVersion: '1.26', base, facts: facts.store, ...o });
  expect(r.diagnostics.map((d) => d.text)).toEqual([]);
  return escapeText(r.fset, r.main!.escape!, new Set([file])).split('\n').filter((l) => l.startsWith('./'));
}
const recorded = (name: string, suffix: string): string[] => readFileSync(`${dir}${name}.${suffix}.txt`, 'utf8').split('\n').filter((l) => l.startsWith('./'));

describe.each(['generic', 'generic2', 'stdtypes', 'stditers'])('%s.go', (name) => {
  it('is judged byte for byte with -m', () => { expect(lines(name)).toEqual(recorded(name, 'm')); });
  it('is judged byte for byte with -m -l', () => { expect(lines(name, { noInline: true })).toEqual(recorded(name, 'ml')); });
});

describe('models', () => {
  const files = [{ name: '$GOROOT/src/slices/a.go', text: 'package slices\n\nimport (\n\t"fmt"\n\t"os"\n)\n\n// Sort sorts.\nfunc Sort[E any](x []E) {\n\tfmt.Println(x)\n}\n\nfunc Other() { os.Exit(1) }\nfunc Clone[E any](x []E) []E { return x }\n' }];
  it('stand in for the functions of their names; imports that nothing else needs go', () => {
    const out = withModels('slices', files);
    expect(out).toHaveLength(2);
    expect(out[0].text).not.toContain('func Sort[');
    expect(out[0].text).not.toContain('func Clone[');
    expect(out[0].text).not.toContain('"fmt"');
    expect(out[0].text).toContain('"os"');
    expect(out[0].text).toContain('func Other()');
    expect(out[1].text).toContain('func Sort[S ~[]E, E cmp.Ordered]');
  });
  it('leave other packages alone', () => { expect(withModels('fmt', files)).toBe(files); });
});
