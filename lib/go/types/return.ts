/** Terminating statements: whether control can reach the end of a function. */
import type { BlockStmt, CallExpr, CaseClause, CommClause, Stmt } from '../syntax/ast.ts';
import { unparen } from '../syntax/walk.ts';

/** s never completes normally. label is s's own; isPanic holds the calls of panic. */
export function isTerminating(isPanic: ReadonlySet<CallExpr> | null, s: Stmt, label: string): boolean {
  switch (s.kind) {
    case 'LabeledStmt': return isTerminating(isPanic, s.stmt, s.label.value);
    case 'ExprStmt': { const x = unparen(s.x); return x.kind === 'CallExpr' && isPanic !== null && isPanic.has(x); }
    case 'ReturnStmt': return true;
    case 'BranchStmt': return s.tok === 'goto' || s.tok === 'fallthrough';
    case 'BlockStmt': return listTerminates(isPanic, s.list);
    case 'IfStmt': return s.else !== null && isTerminating(isPanic, s.then, '') && isTerminating(isPanic, s.else, '');
    case 'SwitchStmt': return s.body.some((c) => c.cases === null) && clausesTerminate(isPanic, s.body, label);
    case 'SelectStmt': return clausesTerminate(isPanic, s.body, label);
    case 'ForStmt': return s.init?.kind !== 'RangeClause' && s.cond === null && !hasBreak(s.body, label, true);
    default: return false;
  }
}

function clausesTerminate(isPanic: ReadonlySet<CallExpr> | null, body: readonly (CaseClause | CommClause)[], label: string): boolean {
  return body.every((c) => listTerminates(isPanic, c.body) && !c.body.some((s) => hasBreak(s, label, true)));
}

function listTerminates(isPanic: ReadonlySet<CallExpr> | null, list: readonly Stmt[]): boolean {
  for (let i = list.length - 1; i >= 0; i--) if (list[i].kind !== 'EmptyStmt') return isTerminating(isPanic, list[i], '');
  return false;
}

/** s contains a break out of the statement labelled label (implicit: unlabelled breaks count). */
function hasBreak(s: Stmt | BlockStmt, label: string, implicit: boolean): boolean {
  switch (s.kind) {
    case 'LabeledStmt': return hasBreak(s.stmt, label, implicit);
    case 'BranchStmt': return s.tok === 'break' && (s.label === null ? implicit : s.label.value === label);
    case 'BlockStmt': return s.list.some((x) => hasBreak(x, label, implicit));
    case 'IfStmt': return hasBreak(s.then, label, implicit) || (s.else !== null && hasBreak(s.else, label, implicit));
    case 'SwitchStmt': case 'SelectStmt': return label !== '' && s.body.some((c) => c.body.some((x) => hasBreak(x, label, false)));
    case 'ForStmt': return label !== '' && hasBreak(s.body, label, false);
    default: return false;
  }
}
