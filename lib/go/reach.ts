/**
 * What of the standard packages a program can reach, found on checked trees before
 * anything is lowered: most of a package is never called, and lowering, analysing
 * and compiling it would be most of the time until a first result.
 *
 * The answer may be too large, never too small. A function is reached when reached
 * code names it. A type is reached when an expression of reached code has it, or a
 * reached type is made of it; with a type come all its methods, because an interface
 * or reflection may call them. What initialises package variables, and init
 * functions, is always reached.
 */
import type * as ast from './syntax/ast.ts';
import { inspect } from './syntax/walk.ts';
import type { Func as FuncObj, Obj } from './types/object.ts';
import type { Type } from './types/type.ts';
import { unalias } from './types/under.ts';

export class Reach {
  readonly #decls = new Map<Obj, ast.FuncDecl>();
  readonly #types = new Set<Type>();
  /** Types whose declaration was reached, by their object. */
  readonly #named = new Set<Obj>();
  readonly #funcs = new Set<Obj>();
  readonly #todo: ast.FuncDecl[] = [];
  /** The std packages. */
  readonly #std = new Set<unknown>([null, undefined]);
  /** What was seen of a program while its files are looked at: of it nothing is kept, because there will be many programs. */
  #own: Set<Type | Obj> | undefined;
  /** How much of std was found so far: it grows when there is something new to lower. */
  size = 0;
  /** Functions, and names of types, that an archive has, with all that their code needs; a body that is inlined may need more. */
  readonly #archived = new Map<Obj, boolean>();
  /** Archived functions that others name. */
  readonly archivedNamed = new Set<FuncObj>();

  hasFunc(f: FuncObj): boolean { return this.#funcs.has(f); }
  hasType(d: ast.TypeDecl): boolean { return d.name.obj !== null && this.#named.has(d.name.obj); }

  /** Makes a std package known; whole: all of it is reached. archived: what an archive has of it, initialisers included, and what of it may be inlined. */
  addPackage(files: readonly ast.File[], whole: boolean, archived?: Iterable<readonly [Obj, boolean]>): void {
    for (const f of files) {
      for (const d of f.declList) {
        if (d.kind !== 'FuncDecl' || !d.name.obj) continue;
        this.#decls.set(d.name.obj, d);
        this.#std.add(d.name.obj.pkg);
      }
    }
    if (archived) {
      for (const [o, inlined] of archived) this.#archived.set(o, inlined);
      return;
    }
    for (const f of files) {
      for (const d of f.declList) {
        if (d.kind === 'VarDecl' || (d.kind === 'FuncDecl' && d.name.value === 'init' && !d.recv)) this.#look(d);
        else if (whole && d.kind === 'FuncDecl') { if (d.name.obj) this.#func(d.name.obj); }
        else if (whole && d.kind === 'TypeDecl') { const o = d.name.obj; if (o?.kind === 'TypeName') this.#type(o.type); }
      }
    }
    this.#drain();
  }
  /** All of a program's own file is reached. */
  addFile(f: ast.File): void {
    this.#own = new Set();
    this.#look(f);
    this.#own = undefined;
    this.#drain();
  }
  /** Notes that x was reached; false if it was known. std: it belongs to std. */
  #see<T extends Type | Obj>(known: Set<T>, x: T, std: boolean): boolean {
    if (known.has(x)) return false;
    if (std || !this.#own) {
      known.add(x);
      return true;
    }
    if (this.#own.has(x)) return false;
    this.#own.add(x);
    return true;
  }

  #drain(): void { while (this.#todo.length > 0) this.#look(this.#todo.pop()!); }
  #look(n: ast.Node): void {
    inspect(n, (x) => {
      switch (x.kind) {
        case 'Name': if (x.obj) this.#obj(x.obj); break;
        case 'SelectorExpr': if (x.selection) this.#obj(x.selection.obj); break;
      }
      const tv = (x as { tv?: { type: Type | null } | null }).tv;
      if (tv?.type) this.#type(tv.type);
      return true;
    });
  }
  #obj(o: Obj): void {
    if (o.kind === 'Func') this.#func(o);
    else if (o.kind !== 'PkgName' && 'type' in o && o.type) this.#type(o.type as Type);
  }
  #func(o: Obj): void {
    const d = this.#decls.get(o), inlined = this.#archived.get(o);
    if (inlined !== undefined) {
      if (!this.archivedNamed.has(o as FuncObj) && inlined && d) this.#todo.push(d);
      this.archivedNamed.add(o as FuncObj);
      return;
    }
    if (!this.#see(this.#funcs, o, d !== undefined) || !d) return;
    this.size++;
    this.#todo.push(d);
  }
  #type(t: Type): void {
    if (!this.#see(this.#types, t, t.kind === 'Named' && t.targs.length === 0 && this.#std.has(t.obj.pkg))) return;
    switch (t.kind) {
      case 'Alias': this.#type(unalias(t)); return;
      case 'Named': {
        const o = t.origin();
        if (o !== t) { this.#type(o); for (const a of t.targs) this.#type(a); }
        if (this.#archived.has(o.obj)) return;
        const std = this.#std.has(o.obj.pkg);
        if (this.#see(this.#named, o.obj, std)) {
          if (std) this.size++;
          for (let i = 0; i < o.numMethods(); i++) this.#func(o.method(i));
        }
        if (t.underlying_) this.#type(t.underlying_);
        return;
      }
      case 'Pointer': case 'Slice': case 'Array': case 'Chan': this.#type(t.elem); return;
      case 'Map': this.#type(t.key); this.#type(t.elem); return;
      case 'Struct': for (const f of t.fields) this.#type(f.type); return;
      case 'Tuple': for (const v of t.vars) this.#type(v.type); return;
      case 'Signature': for (const v of t.params.vars) this.#type(v.type); for (const v of t.results.vars) this.#type(v.type); return;
      default:
    }
  }
}
