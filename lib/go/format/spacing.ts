/** Blanks around binary operators: fewer the deeper an operator stands and the tighter it binds. */
import type { Expr, Operation } from '../syntax/ast.ts';

/** An operation with two operands. */
export type Binary = Operation & { readonly y: Expr };

const precedences: Readonly<Record<string, number>> = {
  '||': 1, '&&': 2, '==': 3, '!=': 3, '<': 3, '<=': 3, '>': 3, '>=': 3, '+': 4, '-': 4, '|': 4, '^': 4, '*': 5, '/': 5, '%': 5, '<<': 5, '>>': 5, '&': 5, '&^': 5,
};
export const precedence = (x: Operation): number => precedences[x.op];
export function isBinary(x: Expr | null): x is Binary { return x !== null && x.kind === 'Operation' && x.y !== null; }

interface Mix { sums: boolean; products: boolean; clash: number; }

/** Which precedences meet in x, and the highest that needs blanks so that operators do not run together. */
function mix(x: Operation, m: Mix): void {
  const p = precedence(x), y: Expr = x.y!;
  if (p === 4) m.sums = true;
  if (p === 5) m.products = true;
  if (isBinary(x.x) && precedence(x.x) >= p) mix(x.x, m);
  if (y.kind !== 'Operation') return;
  if (y.y !== null) {
    if (precedence(y) > p) mix(y, m);
    return;
  }
  const two = x.op + y.op;
  if (two === '/*' || two === '&&' || two === '&^') m.clash = 5;
  else if (two === '++' || two === '--') m.clash = Math.max(m.clash, 4);
}

/** Operators that bind less tightly than this get blanks. */
export function cutoff(x: Operation, depth: number): number {
  const m: Mix = { sums: false, products: false, clash: 0 };
  mix(x, m);
  if (m.clash > 0) return m.clash + 1;
  if (m.sums && m.products) return depth === 1 ? 5 : 4;
  return depth === 1 ? 6 : 4;
}
