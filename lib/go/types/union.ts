/** Constraint elements: A | B | ~C. */
import type { Expr, Operation } from '../syntax/ast.ts';
import { later, type Checker } from './check.ts';
import { errorf, softErrorf } from './errors.ts';
import { identical, isInterface, isTypeParam, isValid } from './predicates.ts';
import { recordTypeAndValue } from './recording.ts';
import { disjoint, termString } from './termlist.ts';
import { Term, Typ, Union, type Type } from './type.ts';
import { maxTermCount } from './typeset.ts';
import { typ } from './typexpr.ts';
import { under } from './under.ts';
import { universeComparable } from './universe.ts';

/** The type of a constraint element: a lone type, or a Union. */
export function parseUnion(check: Checker, uexpr: Expr): Type {
  // A | B | C leans left: operations[i] joins terms 0…i+1.
  const operations: Operation[] = [];
  let leftmost = uexpr;
  while (leftmost.kind === 'Operation' && leftmost.op === '|' && leftmost.y) { operations.unshift(leftmost); leftmost = leftmost.x; }
  const exprs = [leftmost, ...operations.map((o) => o.y!)];

  const terms: Term[] = [];
  let u: Type = Typ.Invalid;
  let tooMany = false;
  for (let i = 0; i < exprs.length; i++) {
    const term = parseTilde(check, exprs[i]);
    if (exprs.length === 1 && !term.tilde) return term.type;
    if (terms.length >= maxTermCount) {
      if (!tooMany) errorf(check, exprs[i], 'InvalidUnion', 'cannot handle more than %d union terms (implementation limitation)', maxTermCount);
      tooMany = true;
      u = Typ.Invalid;
    } else {
      terms.push(term);
      u = new Union(terms.slice());
    }
    if (i > 0) recordTypeAndValue(check, operations[i - 1], 'typexpr', u, null);
  }
  if (tooMany) return u;

  // Terms can be judged only once their types are set up.
  later(check, () => {
    terms.forEach((t, i) => {
      if (!isValid(t.type)) return;
      const ut = under(t.type), at = exprs[i];
      if (t.tilde) {
        if (ut.kind === 'Interface') { errorf(check, at, 'InvalidUnion', 'invalid use of ~ (%s is an interface)', t.type); return; }
        if (!identical(ut, t.type)) { errorf(check, at, 'InvalidUnion', 'invalid use of ~ (underlying type of %s is %s)', t.type, ut); return; }
      }
      if (ut.kind === 'Interface') {
        const set = ut.typeSet(), text = termString(t);
        if (set.methods.length > 0) errorf(check, at, 'InvalidUnion', 'cannot use %s in union (%s contains methods)', text, text);
        else if (t.type === universeComparable().type) errorf(check, at, 'InvalidUnion', 'cannot use comparable in union');
        else if (set.comparable) errorf(check, at, 'InvalidUnion', 'cannot use %s in union (%s embeds comparable)', text, text);
        return;
      }
      const j = overlapping(terms.slice(0, i), t);
      if (j >= 0) softErrorf(check, at, 'InvalidUnion', 'overlapping terms %s and %s', termString(t), termString(terms[j]));
    });
  });
  return u;
}

function parseTilde(check: Checker, tx: Expr): Term {
  let x = tx, tilde = false;
  if (x.kind === 'Operation' && x.op === '~') { x = x.x; tilde = true; }
  let t = typ(check, x);
  if (isTypeParam(t)) {
    if (tilde) errorf(check, x, 'MisplacedTypeParam', 'type in term %s cannot be a type parameter', tx);
    else errorf(check, x, 'MisplacedTypeParam', 'term cannot be a type parameter');
    t = Typ.Invalid;
  }
  const term = new Term(tilde, t);
  if (tilde) recordTypeAndValue(check, tx, 'typexpr', new Union([term]), null);
  return term;
}

/** Index of a term that shares a type with y, or −1. */
function overlapping(terms: readonly Term[], y: Term): number {
  return terms.findIndex((x) => isValid(x.type) && !isInterface(x.type) && !disjoint(x, y));
}
