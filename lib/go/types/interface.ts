/** Interface types as written. */
import type { InterfaceType } from '../syntax/ast.ts';
import { startPos } from '../syntax/walk.ts';
import { later, type Checker } from './check.ts';
import { errorf } from './errors.ts';
import { compareObjects, Func, Var, type TypeName } from './object.ts';
import { isValid } from './predicates.ts';
import { recordDef } from './recording.ts';
import { InterfaceT, type Type } from './type.ts';
import { computeInterfaceTypeSet, topTypeSet } from './typeset.ts';
import { typ } from './typexpr.ts';
import { asNamed } from './under.ts';
import { parseUnion } from './union.ts';

/** Sets ityp up as iface says. def: the type name being declared with it, if any. */
export function interfaceType(check: Checker, ityp: InterfaceT, iface: InterfaceType, def: TypeName | null): void {
  for (const f of iface.methodList) {
    if (f.name === null) {
      ityp.embeddeds.push(parseUnion(check, f.type));
      (ityp.embedPos ??= []).push(startPos(f.type));
      continue;
    }
    const name = f.name.value;
    if (name === '_') {
      errorf(check, f.name, 'BlankIfaceMethod', 'methods must have a unique non-blank name');
      continue;
    }
    const t = typ(check, f.type);
    if (t.kind !== 'Signature') {
      if (isValid(t)) errorf(check, f.type, 'InvalidSyntaxTree', '%s is not a method signature', t);
      continue;
    }
    // The receiver is the declared type if there is one: messages name it.
    const recv: Type = (def && asNamed(def.type)) ?? ityp;
    t.recv = new Var('recv', f.name.pos, check.pkg, '', recv);
    const m = new Func(f.name.pos, check.pkg, name, t);
    recordDef(check, f.name, m);
    ityp.methods.push(m);
  }
  ityp.complete = true;
  if (ityp.methods.length === 0 && ityp.embeddeds.length === 0) {
    ityp.tset = topTypeSet;
    return;
  }
  ityp.methods.sort(compareObjects);
  later(check, () => { computeInterfaceTypeSet(check, ityp); });
}

/** Last step of checking an interface. */
export function cleanupInterface(t: InterfaceT): void {
  t.typeSet();
  t.check = null;
  t.embedPos = null;
}
