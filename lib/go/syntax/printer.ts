/**
 * Expressions as messages show them: syntax.String's short form, where bodies
 * of function literals and elements of composite literals are just `…`.
 */
import type { BasicLit, Expr, Field, FuncType, Node } from './ast.ts';
import { isTypeElem } from './parser_decl.ts';

/** The source of an expression, type or simple statement on one line, shortened; "" for other nodes. */
export function exprString(n: Node): string {
  switch (n.kind) {
    case 'BadExpr': return '<bad expr>';
    case 'Name': case 'BasicLit': return n.value;
    case 'FuncLit': return `${exprString(n.type)} ${n.body.list.length > 0 ? '{…}' : '{}'}`;
    case 'CompositeLit': return `${n.type === null ? '' : exprString(n.type)}${n.elemList.length > 0 ? '{…}' : '{}'}`;
    case 'ParenExpr': return `(${exprString(n.x)})`;
    case 'SelectorExpr': return `${exprString(n.x)}.${n.sel.value}`;
    case 'IndexExpr': return `${exprString(n.x)}[${exprString(n.index)}]`;
    case 'SliceExpr': {
      const [i, j, k] = n.index;
      return `${exprString(n.x)}[${i ? exprString(i) : ''}:${j ? exprString(j) : ''}${k ? `:${exprString(k)}` : ''}]`;
    }
    case 'AssertExpr': return `${exprString(n.x)}.(${exprString(n.type)})`;
    case 'TypeSwitchGuard': return `${n.lhs ? `${n.lhs.value} := ` : ''}${exprString(n.x)}.(type)`;
    case 'CallExpr': return `${exprString(n.fun)}(${list(n.argList)}${n.hasDots ? '...' : ''})`;
    case 'Operation': return n.y === null ? n.op + exprString(n.x) : `${exprString(n.x)} ${n.op} ${exprString(n.y)}`;
    case 'KeyValueExpr': return `${exprString(n.key)}: ${exprString(n.value)}`;
    case 'ListExpr': return list(n.elemList);
    case 'ArrayType': return `[${n.len ? exprString(n.len) : '...'}]${exprString(n.elem)}`;
    case 'SliceType': return `[]${exprString(n.elem)}`;
    case 'DotsType': return `...${exprString(n.elem)}`;
    case 'StructType': return `struct{${fields(n.fieldList, n.tagList)}}`;
    case 'InterfaceType': return `interface{${n.methodList.map((m) => (m.name ? m.name.value + signature(m.type as FuncType) : exprString(m.type))).join('; ')}}`;
    case 'FuncType': return `func${signature(n)}`;
    case 'MapType': return `map[${exprString(n.key)}]${exprString(n.value)}`;
    case 'ChanType': {
      const elem = exprString(n.elem);
      const nested = n.dir === 'both' && n.elem.kind === 'ChanType' && n.elem.dir === 'recv';
      return `${n.dir === 'recv' ? '<-' : ''}chan${n.dir === 'send' ? '<-' : ''} ${nested ? `(${elem})` : elem}`;
    }
    case 'ExprStmt': return exprString(n.x);
    case 'SendStmt': return `${exprString(n.chan)} <- ${exprString(n.value)}`;
    case 'AssignStmt': {
      const op = n.op === null ? '=' : n.op === ':=' ? ':=' : `${n.op}=`;
      return n.rhs === null ? `${exprString(n.lhs)}${n.op}${n.op}` : `${exprString(n.lhs)} ${op} ${exprString(n.rhs)}`;
    }
    case 'RangeClause': return `${n.lhs ? `${exprString(n.lhs)} ${n.def ? ':=' : '='} ` : ''}range ${exprString(n.x)}`;
    default: return '';
  }
}

function list(l: readonly Expr[]): string { return l.map(exprString).join(', '); }

/** Names that share a type are listed together. */
function fields(l: readonly Field[], tags: readonly (BasicLit | null)[]): string {
  const out: string[] = [];
  for (let i = 0; i < l.length; ) {
    let j = i + 1;
    while (j < l.length && l[i].name !== null && l[j].name !== null && l[j].type === l[i].type) j++;
    const names = l.slice(i, j).map((f) => f.name?.value ?? '').join(', ');
    const tag = tags[i];
    out.push(`${names}${names === '' ? '' : ' '}${exprString(l[i].type)}${tag ? ` ${tag.value}` : ''}`);
    i = j;
  }
  return out.join('; ');
}

function params(l: readonly Field[]): string {
  return l.map((f, i) => {
    if (f.name === null) return exprString(f.type);
    const next = l[i + 1];
    return next?.name && next.type === f.type ? f.name.value : `${f.name.value} ${exprString(f.type)}`;
  }).join(', ');
}

/** Parameters and results: `(a, b int) (c string, err error)`. */
export function signature(t: FuncType): string {
  const r = t.resultList;
  if (r.length === 0) return `(${params(t.paramList)})`;
  return `(${params(t.paramList)}) ${r.length === 1 && r[0].name === null ? exprString(r[0].type) : `(${params(r)})`}`;
}

/** A type parameter list in brackets. A lone constraint that would read as part of an array length gets a comma (declared types only). */
export function typeParams(l: readonly Field[], ofType: boolean): string {
  return `[${params(l)}${ofType && l.length === 1 && combinesWithName(l[0].type) ? ',' : ''}]`;
}
/** True if a name followed by x also reads as a value: P *T. */
export function combinesWithName(x: Expr): boolean {
  switch (x.kind) {
    case 'Operation':
      if (x.y === null) return x.op === '*' && !isTypeElem(x.x);
      return combinesWithName(x.x) && !isTypeElem(x.y);
    case 'ParenExpr': return !isTypeElem(x.x);
    default: return false;
  }
}
