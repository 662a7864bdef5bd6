/** What checking tells about a program beside its objects and types. */
import type { Expr, Node, File } from '../syntax/ast.ts';
import type { Value } from './constant.ts';
import type { Obj, Var } from './object.ts';
import type { Scope } from './scope.ts';
import type { Type } from './type.ts';

/** What an expression stands for (types2's operand modes). */
export type OperandMode =
  | 'invalid' | 'novalue' | 'builtin' | 'typexpr' | 'constant' | 'variable' | 'mapindex' | 'value' | 'nilvalue' | 'commaok' | 'commaerr' | 'cgofunc';

/** Mode, type and (for constants) value of an expression. */
export class TypeAndValue {
  constructor(public mode: OperandMode, public type: Type | null, public value: Value | null = null) {}
  /** A call without results. */
  isVoid(): boolean { return this.mode === 'novalue'; }
  isType(): boolean { return this.mode === 'typexpr'; }
  isBuiltin(): boolean { return this.mode === 'builtin'; }
  isValue(): boolean {
    switch (this.mode) {
      case 'constant': case 'variable': case 'mapindex': case 'value': case 'nilvalue': case 'commaok': case 'commaerr': return true;
      default: return false;
    }
  }
  isNil(): boolean { return this.mode === 'nilvalue'; }
  addressable(): boolean { return this.mode === 'variable'; }
  assignable(): boolean { return this.mode === 'variable' || this.mode === 'mapindex'; }
  hasOk(): boolean { return this.mode === 'commaok' || this.mode === 'mapindex'; }
}

/** What x.f selects: path index (embedded fields, then field or method), and whether a pointer was followed on the way. */
export class Selection {
  constructor(
    readonly kind: 'FieldVal' | 'MethodVal' | 'MethodExpr',
    readonly recv: Type,
    readonly obj: Obj,
    readonly index: readonly number[],
    readonly indirect: boolean,
  ) {}
}

/** Type arguments and resulting type of an instantiated name. */
export interface Instance { readonly targs: readonly Type[]; readonly type: Type }

/** A package-level initialisation: lhs… = rhs. */
export interface Initializer { readonly lhs: readonly Var[]; readonly rhs: Expr }

/** Results not stored on the tree. */
export class Info {
  readonly scopes = new Map<Node, Scope>();
  #order: Initializer[] = [];
  /** Finds the order when it is first asked for. */
  orderLater: (() => void) | null = null;
  get initOrder(): Initializer[] {
    const f = this.orderLater;
    this.orderLater = null;
    f?.();
    return this.#order;
  }
  set initOrder(order: Initializer[]) { this.#order = order; }
  /** Go version of each file ("go1.21"), where a build constraint sets one. */
  readonly fileVersions = new Map<File, string>();
}
