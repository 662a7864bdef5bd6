/** From source text to a lowered package, for tests. */
import { FileSet } from '../../../lib/base/pos.ts';
import type { GoVersion } from '../../../lib/base/version.ts';
import { parseFile } from '../../../lib/go/syntax/parser.ts';
import { checkFiles } from '../../../lib/go/types/check_files.ts';
import { forCapture, lowerPackage, makeWrappers, type LoweredPackage } from '../../../lib/go/ir/lower.ts';
import type { Func } from '../../../lib/go/ir/nodes.ts';

export interface Lowered { readonly fset: FileSet; readonly pkg: LoweredPackage; readonly funcs: readonly Func[]; readonly errors: readonly string[] }

/** Parses, checks and lowers one file as package path; funcs: its functions and wrappers, loop variables per iteration. */
export function lower(source: string, path = 'p', goVersion: GoVersion = '1.26'): Lowered {
  const fset = new FileSet();
  const src = fset.add('x.go', source);
  const parsed = parseFile(fset, src);
  const errors = parsed.diagnostics.map((d) => d.text);
  if (!parsed.file) return { fset, pkg: undefined as unknown as LoweredPackage, funcs: [], errors };
  const checked = checkFiles(path, fset, [parsed.file], { goVersion: `go${goVersion}` });
  errors.push(...checked.diagnostics.filter((d) => d.severity === 'error').map((d) => `${fset.format(d.range.start)}: ${d.text}`));
  if (errors.length > 0) return { fset, pkg: undefined as unknown as LoweredPackage, funcs: [], errors };
  const pkg = lowerPackage(fset, checked.pkg, [parsed.file], checked.info, { goVersion });
  errors.push(...(pkg.diagnostics ?? []).map((d) => d.text));
  const funcs = [...pkg.funcs, ...makeWrappers(pkg)];
  const loops = (fn: Func): void => {
    forCapture(fn);
    fn.closures.forEach(loops);
  };
  funcs.forEach(loops);
  return { fset, pkg, funcs, errors };
}

export function funcNamed(l: Lowered, name: string): Func {
  let found: Func | undefined;
  const visit = (f: Func): void => {
    if (f.sym === name) found ??= f;
    f.closures.forEach(visit);
  };
  l.funcs.forEach(visit);
  if (!found) throw new Error(`no function ${name}`);
  return found;
}
