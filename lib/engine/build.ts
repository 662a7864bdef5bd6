/** From the front end's result to a linked program: every package compiled, then joined. */
import type { ProgramResult } from '../go/program.ts';
import { methodTable, takeWrappers } from '../go/ir/lower.ts';
import { nodeText } from '../go/ir/print.ts';
import { typeText } from '../go/ir/typetext.ts';
import { walkPackage } from '../go/walk/walk.ts';
import type { Func } from '../go/ir/nodes.ts';
import type { Type } from '../go/types/type.ts';
import type { GoVersion } from '../base/version.ts';
import { compilePackage } from '../compile/compile.ts';
import { link, type Program } from '../compile/link.ts';
import type { CompiledPackage, FuncFacts } from '../compile/object.ts';

/** Symbols kept although only the engine refers to them. */
const engineRoots: readonly string[] = ['runtime.engineRoots', 'fv:runtime.printpanicval'];

/** Compiles the packages of a program that has no errors. */
export function compilePackages(result: ProgramResult, goVersion: GoVersion): CompiledPackage[] {
  const facts = new Map<string, FuncFacts>();
  const out: CompiledPackage[] = [];
  let site = 1;
  for (const p of result.packages) site += p.walked?.sites.length ?? 0;
  for (const p of result.packages) {
    const { walked, ir } = p;
    if (!walked || !ir) continue;
    const names = { pkgPath: '' };
    // The init task only calls functions: it needs no walk.
    const init = walked.init && !walked.funcs.includes(walked.init) ? [walked.init] : [];
    const compiled = compilePackage({ path: p.path, funcs: [...walked.funcs, ...init], globals: [...walked.globals, ...walked.statics], init: walked.init, imports: [] }, {
      facts,
      methods: (t: Type) => methodTable(ir.lowerer, t),
      typeString: (t) => typeText(t, names),
      // Methods asked for only now: analysed nowhere, so everything they hold stays on the heap's side.
      prepare: (f: Func) => {
        const fresh = takeWrappers(ir);
        const list = fresh.includes(f) ? fresh : [f, ...fresh];
        const w = walkPackage({ path: p.path, funcs: list, globals: [], init: undefined }, { goVersion, firstSite: site, print: (n) => nodeText(n, { pkgPath: p.path }) });
        site += w.sites.length;
        return w.funcs;
      },
    });
    for (const f of compiled.funcs) facts.set(f.sym, { yields: f.yields, panics: f.panics, cost: f.cost, depth: f.depth });
    out.push(compiled);
  }
  return out;
}

/** One module from all packages of a program. */
export function compileProgram(result: ProgramResult, goVersion: GoVersion): Program {
  return link(compilePackages(result, goVersion), `${result.main?.path ?? 'main'}.main`, engineRoots);
}
