/** The call around the caret: its signature and which argument is being written. */
import type { SourceText } from '../program.ts';
import { typeString } from '../types/typestring.ts';
import { under } from '../types/under.ts';
import { analyse, pathAt, type ServiceContext } from './analysis.ts';
import { declaredPos, documentation, firstSentence, qualifierFor } from './describe.ts';

export interface CallHelp {
  readonly name: string;
  readonly params: readonly string[];
  readonly results: string;
  /** Index into params of the argument at the caret; the last for variadic ones. */
  readonly active: number;
  readonly doc: string;
}

/** Help for the innermost call whose parentheses contain a byte offset; null outside of calls and for conversions and builtins. */
export function signatureHelp(files: readonly SourceText[], name: string, offset: number, ctx: ServiceContext): CallHelp | null {
  const found = files.find((f) => f.name === name);
  if (!found) return null;
  const a = analyse(files, ctx), file = a.files.find((f) => f.name === name);
  if (!file) return null;
  const pos = file.source.base + offset, path = pathAt(file, pos);
  for (let i = path.length - 1; i >= 0; i--) {
    const call = path[i];
    if (call.kind === 'FuncLit') return null;
    if (call.kind !== 'CallExpr' || pos <= call.pos) continue;
    const t = call.fun.tv?.type;
    if (!t || call.fun.tv?.mode === 'typexpr' || call.fun.tv?.mode === 'builtin') continue;
    const sig = under(t);
    if (sig.kind !== 'Signature') continue;
    const qf = qualifierFor(a.pkg);
    const params = sig.params.vars.map((v, k) => {
      const rest = sig.variadic && k === sig.params.length - 1 && v.type.kind === 'Slice' ? v.type.elem : null;
      return `${v.name ? `${v.name} ` : ''}${rest ? `...${typeString(rest, qf)}` : typeString(v.type, qf)}`;
    });
    const results = sig.results.length === 0 ? '' : sig.results.length === 1 && sig.results.at(0).name === '' ? typeString(sig.results.at(0).type, qf) : typeString(sig.results, qf);
    const before = call.argList.filter((x) => x.end < pos).length;
    const fun = call.fun.kind === 'SelectorExpr' ? call.fun.sel : call.fun;
    const obj = fun.kind === 'Name' ? fun.obj : null;
    return { name: fun.kind === 'Name' ? fun.value : 'func', params, results, active: Math.min(before, Math.max(params.length - 1, 0)), doc: obj ? firstSentence(documentation(a.fset, declaredPos(obj))) : '' };
  }
  return null;
}
