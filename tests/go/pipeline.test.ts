/** The compile pipeline as rows, and functions before and after inlining. */
import { describe, expect, it } from 'vitest';
import { beforeAfter, functionNames, pipeline, type PipelineInput } from '../../lib/go/pipeline.ts';
import { buildProgram } from '../../lib/go/program.ts';

const input = (text: string, noInline = false): PipelineInput => ({ files: [{ name: './a.go', text: `package main\n${text}` }], provide: () => undefined, opts: { goVersion: '1.26', noInline } });
const swap = `
type pair struct{ a, b *int }
func swapped(p pair) *pair { return &pair{p.b, p.a} }
func main() {
	x, y := 1, 2
	q := swapped(pair{&x, &y})
	println(*q.a)
}
`;

describe('pipeline', () => {
  const p = pipeline(input(swap))!;
  it('lists tokens, automatic semicolons among them', () => {
    expect(p.tokens.rows.slice(0, 4).map((t) => [t.text, t.kind, t.at?.line])).toEqual([['package', 'keyword', 1], ['main', 'name', 1], [';', 'automatic semicolon', 1], ['type', 'keyword', 3]]);
    expect(p.tokens.total).toBe(p.tokens.rows.length);
  });
  it('lists the syntax tree parents first', () => {
    expect(p.tree.rows[0]).toMatchObject({ depth: 0, kind: 'File' });
    const call = p.tree.rows.find((r) => r.kind === 'CallExpr')!;
    expect([call.text, call.at?.line, call.at?.col]).toEqual(['swapped(pair{…})', 7, 14]);
  });
  it('lists types and constants', () => {
    expect(p.types.rows.find((r) => r.text === '&x')).toMatchObject({ type: '*int', mode: 'value' });
    expect(p.types.rows.find((r) => r.text === '2')).toMatchObject({ type: 'int', value: '2' });
  });
  it('gives the graph: nodes, edges with derefs and reasons', () => {
    const id = (text: string, func: string): number => p.graph.nodes.find((n) => n.text === text && n.func === func)!.id;
    const site = p.graph.nodes.find((n) => n.kind === 'site' && n.func === 'swapped')!;
    expect(site).toMatchObject({ text: '&pair{...}', escapes: true });
    expect(p.graph.edges).toContainEqual({ dst: id('~r0', 'swapped'), src: site.id, derefs: -1, why: expect.arrayContaining(['spill', 'return']) as unknown });
    expect(p.graph.nodes[0].kind).toBe('heap');
    expect(p.graph.dropped).toBe(0);
  });
  it('is bounded', () => {
    const small = pipeline(input(swap), 5)!;
    expect([small.tokens.rows.length, small.tree.rows.length, small.graph.nodes.length]).toEqual([5, 5, 5]);
    expect(small.tokens.total).toBe(p.tokens.total);
    expect(small.graph.dropped).toBeGreaterThan(0);
  });
  it('is not made of programs with errors', () => { expect(pipeline(input('func main() { x }'))).toBeUndefined(); });
});

describe('before and after inlining', () => {
  it('shows the call, then the body in its place, marked', () => {
    const { before, after } = beforeAfter(input(swap), 'main')!;
    expect(before.lines.some((l) => l.text === 'q := swapped(pair{...})')).toBe(true);
    const body = after.lines.filter((l) => l.inlined.length > 0);
    expect(body.map((l) => l.inlined)).toContainEqual(['swapped']);
    expect(after.lines.some((l) => l.text === '{ // inlined swapped')).toBe(true);
    // Inlined lines stand at the call, and know where they were written.
    expect(body.every((l) => l.at?.line === 7)).toBe(true);
    expect(body.some((l) => l.written?.line === 4)).toBe(true);
  });
  it('shows the same twice with -l', () => {
    const { before, after } = beforeAfter(input(swap, true), 'main')!;
    expect(after.lines).toEqual(before.lines);
  });
  it('lists literals under the statement they stand in', () => {
    const { before } = beforeAfter(input('func main() {\n\tf := func(n int) int {\n\t\tif n > 0 {\n\t\t\treturn n\n\t\t}\n\t\treturn -n\n\t}\n\tprintln(f(2))\n}\n'), 'main')!;
    expect(before.lines.map((l) => '\t'.repeat(l.indent) + l.text)).toEqual([
      'func main() {', '\tvar f func(int) int', '\tf := func literal', '\t\tfunc literal main.func1 {', '\t\t\tif n > 0 {', '\t\t\t\treturn n', '\t\t\t}', '\t\t\treturn -n', '\t\t}', '\tprintln(f(2))', '}',
    ]);
  });
  it('names the functions it can show', () => {
    const r = buildProgram(input(swap).files, () => undefined, { goVersion: '1.26' });
    expect(functionNames(r)).toEqual(['swapped', 'main']);
    expect(beforeAfter(input(swap), 'nothing')).toBeUndefined();
  });
});
