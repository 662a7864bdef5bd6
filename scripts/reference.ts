/**
 * `npm run reference` writes src/reference/reference.json: names, signatures and
 * docstrings of what notebooks may use, taken from the source that defines it. The
 * page #/reference and the editor's hovers show it; tests/reference checks that it
 * is up to date.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import ts from 'typescript';

export interface ReferenceEntry { readonly group: string; readonly name: string; readonly signature: string; readonly doc: string; readonly options?: readonly { readonly name: string; readonly type: string; readonly doc: string }[] }

const parsed = (file: string): ts.SourceFile => ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
const docOf = (n: ts.Node): string => ts.getJSDocCommentsAndTags(n).map((d) => ts.getTextOfJSDocComment(d.comment) ?? '').join('\n').trim().replace(/\s*\n\s*/g, ' ');
const clean = (s: string): string => s.replace(/\/\*\*[\s\S]*?\*\/\s*/g, '').replace(/\breadonly /g, '').replace(/\s+/g, ' ').trim();

/** Members of an interface. prefix: `lab.`; to: lines of a nested page. */
function members(file: string, name: string): { name: string; signature: string; doc: string; type: string }[] {
  const out: { name: string; signature: string; doc: string; type: string }[] = [];
  ts.forEachChild(parsed(file), (n) => {
    if (!ts.isInterfaceDeclaration(n) || n.name.text !== name) return;
    for (const m of n.members) {
      if (!m.name) continue;
      const label = ts.isStringLiteral(m.name) ? m.name.text : m.name.getText();
      out.push({ name: label, signature: clean(m.getText()).replace(/;$/, ''), doc: docOf(m), type: ts.isPropertySignature(m) && m.type ? clean(m.type.getText()) : '' });
    }
  });
  if (out.length === 0) throw new Error(`${file} has no interface ${name}`);
  return out;
}

function functions(file: string, wanted: ReadonlySet<string>): ReferenceEntry[] {
  const out: ReferenceEntry[] = [];
  ts.forEachChild(parsed(file), (n) => {
    if (!ts.isFunctionDeclaration(n) || !n.name || !wanted.has(n.name.text)) return;
    const name = n.name.text, params = n.parameters.map((p) => clean(p.getText())).join(', ');
    // The docstring opens with the call itself.
    const doc = docOf(n).replace(new RegExp(`^${name}\\([^)]*\\):\\s*`), '');
    out.push({ group: 'chart', name: `chart.${name}`, signature: `chart.${name}(${params}): ${clean(n.type?.getText() ?? 'HTMLElement')}`, doc: doc.charAt(0).toUpperCase() + doc.slice(1) });
  });
  return out;
}

/** The whole reference, in the order of the page. */
export function reference(): ReferenceEntry[] {
  const charts = new Map<string, Set<string>>();
  for (const m of readFileSync('src/chart/index.ts', 'utf8').matchAll(/export \{([^}]*)\} from '\.\/([^']+)'/g)) charts.set(m[2], new Set(m[1].split(',').map((s) => s.trim())));
  const options = (file: string, name: string): { name: string; type: string; doc: string }[] => members(file, name).map(({ name: n, type, doc }) => ({ name: n, type, doc }));
  const rows = (name: string): { name: string; type: string; doc: string }[] => options('src/frame/kernel/gotypes.ts', name);
  const rowTypes: Readonly<Record<string, string>> = { heap: 'HeapRow', spans: 'SpanRow', sites: 'SiteRow', allocs: 'ClassRow', cycles: 'CycleRow', stw: 'StwRow', goroutines: 'GoroutineRow', escapes: 'EscapeVerdict', inlining: 'InlineVerdict', diagnostics: 'GoDiagnostic' };
  return [
    ...members('src/reference/names.ts', 'CellNames').map((m) => ({ group: 'cells', name: m.name, signature: m.signature, doc: m.doc })),
    ...members('src/frame/kernel/lab.ts', 'Lab').map((m) => ({ group: 'lab', name: `lab.${m.name}`, signature: `lab.${m.signature}`, doc: m.doc })),
    { group: 'lab', name: 'knobs', signature: 'knobs: Partial<Knobs>', doc: 'What a run is given. Whatever is left out has the house’s default, never the host’s.', options: options('lib/notebook/directives.ts', 'Knobs') },
    ...[...charts].flatMap(([file, names]) => functions(`src/chart/${file.replace(/^\.\//, '')}`, names)),
    { group: 'chart', name: 'options', signature: 'options: ChartOptions', doc: 'What every chart takes.', options: options('src/chart/run.ts', 'ChartOptions') },
    ...members('src/frame/kernel/gotypes.ts', 'GoRunResult').map((m) => ({ group: 'run', name: `run.${m.name}`, signature: m.signature, doc: m.doc, ...(rowTypes[m.name] ? { options: rows(rowTypes[m.name]) } : {}) })),
    ...members('src/reference/names.ts', 'GoDirectives').map((m) => ({ group: 'directives', name: m.name, signature: m.name, doc: m.doc })),
  ];
}

/** As committed. */
export const referenceText = (): string => `[\n${reference().map((e) => JSON.stringify(e)).join(',\n')}\n]\n`;

if (process.argv[1]?.endsWith('reference.ts')) writeFileSync('src/reference/reference.json', referenceText());
