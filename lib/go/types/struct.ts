/** Struct types as written. */
import type { Pos } from '../../base/pos.ts';
import { Name, type BasicLit, type Expr, type StructType } from '../syntax/ast.ts';
import { startPos } from '../syntax/walk.ts';
import { later, type Checker } from './check.ts';
import { unquote } from './constant.ts';
import { errorf, newError } from './errors.ts';
import { deref } from './lookup.ts';
import { ObjSet, Var, type Obj } from './object.ts';
import { isTypeParam, isValid } from './predicates.ts';
import { recordDef } from './recording.ts';
import { BasicKind, Typ, type StructT, type Type } from './type.ts';
import { varType } from './typexpr.ts';
import { under } from './under.ts';

/** Sets styp up as e says. */
export function structType(check: Checker, styp: StructT, e: StructType): void {
  const fields: Var[] = [], tags: string[] = [], seen = new ObjSet();
  let typ: Type = Typ.Invalid;
  const add = (ident: Name, embedded: boolean, tag: string): void => {
    const f = Var.newField(ident.pos, check.pkg, ident.value, typ, embedded);
    if (ident.value === '_' || declareInSet(check, seen, ident.pos, f)) {
      if (tag !== '') { while (tags.length < fields.length) tags.push(''); tags.push(tag); }
      fields.push(f);
      recordDef(check, ident, f);
    }
  };
  let prev: Expr | null = null;
  e.fieldList.forEach((f, i) => {
    // Fields declared together share one type expression.
    if (f.type !== prev) { typ = varType(check, f.type); prev = f.type; }
    const tag = fieldTag(check, e.tagList[i] ?? null);
    if (f.name !== null) { add(f.name, false, tag); return; }
    const pos = startPos(f.type), name = embeddedFieldIdent(f.type);
    if (name === null) {
      errorf(check, pos, 'InvalidSyntaxTree', 'invalid embedded field type %s', f.type);
      typ = Typ.Invalid;
      prev = null;
      add(new Name(pos, '_'), true, '');
      return;
    }
    add(name, true, tag);
    const t = typ;
    later(check, () => checkEmbedded(check, pos, t));
  });
  styp.fields = fields;
  styp.tags = tags;
}

/** An embedded field must be a type name T, or *T where T is neither pointer nor interface. */
function checkEmbedded(check: Checker, pos: Pos, typ: Type): void {
  const [t, isPtr] = deref(typ), u = under(t);
  switch (u.kind) {
    case 'Basic':
      if (isValid(t) && u.basic === BasicKind.UnsafePointer) errorf(check, pos, 'InvalidPtrEmbed', 'embedded field type cannot be unsafe.Pointer');
      break;
    case 'Pointer': errorf(check, pos, 'InvalidPtrEmbed', 'embedded field type cannot be a pointer'); break;
    case 'Interface':
      if (isTypeParam(t)) errorf(check, pos, 'MisplacedTypeParam', 'embedded field type cannot be a (pointer to a) type parameter');
      else if (isPtr) errorf(check, pos, 'InvalidPtrEmbed', 'embedded field type cannot be a pointer to an interface');
      break;
  }
}

/** The name an embedded field gets from its type T, *T, p.T or an instance of those. */
export function embeddedFieldIdent(e: Expr): Name | null {
  const base = (x: Expr): Expr | null => (x.kind === 'Operation' && x.op === '*' && x.y === null ? x.x : null);
  switch (e.kind) {
    case 'Name': return e;
    case 'Operation': { const b = base(e); return b !== null && base(b) === null ? embeddedFieldIdent(b) : null; }
    case 'SelectorExpr': return e.sel;
    case 'IndexExpr': return embeddedFieldIdent(e.x);
    default: return null;
  }
}

/** Declares obj among fields or methods; reports a duplicate. */
export function declareInSet(check: Checker, set: ObjSet, pos: Pos, obj: Obj): boolean {
  const alt = set.insert(obj);
  if (!alt) return true;
  const err = newError(check, 'DuplicateDecl');
  err.addf(pos, '%s redeclared', obj.name);
  err.addAltDecl(alt);
  err.report();
  return false;
}

/** The bytes of a tag. */
function fieldTag(check: Checker, t: BasicLit | null): string {
  if (t === null || t.bad) return '';
  const s = t.litKind === 'string' ? unquote(t.value) : null;
  if (s) return s.bytes;
  errorf(check, t, 'InvalidSyntaxTree', 'incorrect tag syntax: %q', t.value);
  return '';
}
