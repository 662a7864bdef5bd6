/**
 * Objects in words: the declaration as one would write it, its documentation, and
 * what the type costs in memory (size, alignment, pointers), which is what this
 * lab is about.
 */
import type { FileSet, Pos } from '../../base/pos.ts';
import type * as ast from '../syntax/ast.ts';
import { parseFile, type Comment } from '../syntax/parser.ts';
import { valueString } from '../types/constant.ts';
import type { Obj, Var } from '../types/object.ts';
import type { Package } from '../types/package.ts';
import { alignof, offsetsof, ptrdata, sizeof } from '../types/sizes.ts';
import type { Type } from '../types/type.ts';
import { typeString, type Qualifier } from '../types/typestring.ts';
import { asTypeParam, under } from '../types/under.ts';

/** Bytes of a value on amd64. ptrdata: bytes up to the end of the last pointer; 0 means that the collector need not scan it. */
export interface Layout { readonly size: number; readonly align: number; readonly ptrdata: number; /** Of structs: each field's offset and size, in order. */ readonly fields?: readonly { readonly name: string; readonly offset: number; readonly size: number }[] }

/** Packages as written in a file of pkg: by name, the own one without. */
export const qualifierFor = (pkg: Package): Qualifier => (p) => (p === pkg ? '' : p.name);

/** The size of t; null where it depends on type parameters or is invalid. */
export function layoutOf(t: Type): Layout | null {
  if (!sized(t, 0)) return null;
  const u = under(t);
  if (u.kind === 'Tuple' || u.kind === 'Union' || (u.kind === 'Basic' && (u.isUntyped() || u.name === 'invalid type'))) return null;
  const size = sizeof(t);
  if (size < 0) return null;
  const base = { size, align: alignof(t), ptrdata: ptrdata(t) };
  if (u.kind !== 'Struct') return base;
  const offsets = offsetsof(u.fields);
  return { ...base, fields: u.fields.map((f, i) => ({ name: f.name, offset: offsets[i], size: sizeof(f.type) })) };
}

function sized(t: Type, depth: number): boolean {
  if (depth > 50 || asTypeParam(t)) return false;
  const u = under(t);
  if (u.kind === 'Array') return sized(u.elem, depth + 1);
  if (u.kind === 'Struct') return u.fields.every((f) => sized(f.type, depth + 1));
  return true;
}

/** The declaration of an object as Go text, on one line except for small structs and interfaces. */
export function declaration(obj: Obj, pkg: Package): string {
  const qf = qualifierFor(pkg), type = (t: Type | null): string => (t ? typeString(t, qf) : '');
  const name = obj.pkg && obj.pkg !== pkg && obj.parent === obj.pkg.scope ? `${obj.pkg.name}.${obj.name}` : obj.name;
  switch (obj.kind) {
    case 'PkgName': return `package ${obj.imported.name} ("${obj.imported.path}")`;
    case 'Const': return `const ${name} ${type(obj.type)}${obj.val ? ` = ${valueString(obj.val)}` : ''}`;
    case 'Var': return obj.isField ? `field ${obj.name} ${type(obj.type)}` : `var ${name} ${type(obj.type)}`;
    case 'TypeName': {
      if (asTypeParam(obj.type)) return `type parameter ${obj.name} ${type(asTypeParam(obj.type)!.bound)}`;
      if (obj.isAlias()) return `type ${name} = ${type(obj.type.kind === 'Alias' ? (obj.type.fromRHS ?? obj.type.actual) : obj.type)}`;
      return `type ${name} ${structText(under(obj.type), qf)}`;
    }
    case 'Func': {
      const sig = obj.signature, text = typeString(sig, qf).replace(/^func/, '');
      return `func ${sig.recv ? `(${type(sig.recv.type)}) ` : ''}${name}${text}`;
    }
    case 'Label': return `label ${obj.name}`;
    case 'Builtin': return builtinText[obj.name] ?? `func ${obj.name}`;
    case 'Nil': return 'nil';
  }
}

/** A struct or interface over several lines, as long as it is short. */
function structText(t: Type, qf: Qualifier): string {
  if (t.kind === 'Struct' && t.fields.length > 0 && t.fields.length <= 24) {
    const width = Math.max(...t.fields.map((f) => (f.embedded ? 0 : f.name.length)));
    return `struct {\n${t.fields.map((f) => `\t${f.embedded ? '' : `${f.name.padEnd(width)} `}${typeString(f.type, qf)}`).join('\n')}\n}`;
  }
  const text = typeString(t, qf);
  return text.length > 400 ? `${text.slice(0, 400)}…` : text;
}

const builtinText: Readonly<Record<string, string>> = {
  append: 'func append(slice []T, elems ...T) []T', cap: 'func cap(v T) int', clear: 'func clear(t T)', close: 'func close(c chan<- T)',
  complex: 'func complex(r, i FloatType) ComplexType', copy: 'func copy(dst, src []T) int', delete: 'func delete(m map[K]V, key K)', imag: 'func imag(c ComplexType) FloatType',
  len: 'func len(v T) int', make: 'func make(t T, size ...int) T', max: 'func max(x T, y ...T) T', min: 'func min(x T, y ...T) T', new: 'func new(T or expression) *T',
  panic: 'func panic(v any)', print: 'func print(args ...T)', println: 'func println(args ...T)', real: 'func real(c ComplexType) FloatType', recover: 'func recover() any',
};

// Documentation ------------------------------------------------------------------

const docsOf = new WeakMap<Uint8Array, Map<number, string>>();

let commented: (name: string) => Uint8Array | undefined = () => undefined;
/** Says where the text of a file is that was given to the checker with spaces for its comments. */
export function provideCommented(text: (name: string) => Uint8Array | undefined): void { commented = text; }

/** The comment above (or, of fields and values, behind) the declaration at pos; "" if there is none. */
export function documentation(fset: FileSet, pos: Pos): string {
  const file = pos > 0 ? fset.file(pos) : undefined;
  if (!file) return '';
  let docs = docsOf.get(file.text);
  if (!docs) docsOf.set(file.text, docs = collectDocs(fset, file.name, commented(file.name) ?? file.text));
  return docs.get(pos - file.base) ?? '';
}

/** The package comment of any of the files. */
export function packageDocumentation(fset: FileSet, files: readonly ast.File[]): string {
  for (const f of files) { const d = documentation(fset, f.pkgName.pos); if (d !== '') return d; }
  return '';
}

/** Documentation by the byte offset of the declared name. */
function collectDocs(fset: FileSet, name: string, text: Uint8Array): Map<number, string> {
  const scratch = fset.fork(), source = scratch.add(name, text), out = new Map<number, string>();
  const { file, comments } = parseFile(scratch, source, { comments: true });
  if (!file) return out;
  const line = (p: Pos): number => source.position(p - source.base, true).line;
  const endsAt = new Map<number, number>(), startsAt = new Map<number, number>();
  comments.forEach((c, i) => { endsAt.set(line(c.end), i); if (!startsAt.has(line(c.pos))) startsAt.set(line(c.pos), i); });
  const above = (at: Pos): string => {
    let i = endsAt.get(line(at) - 1);
    if (i === undefined) return '';
    const group: Comment[] = [];
    for (; i !== undefined && i >= 0; i--) {
      group.unshift(comments[i]);
      const prev = comments[i - 1];
      if (!prev || line(prev.end) !== line(comments[i].pos) - 1) break;
    }
    return commentText(group);
  };
  const behind = (at: Pos): string => {
    const i = startsAt.get(line(at));
    return i !== undefined && comments[i].pos > at ? commentText([comments[i]]) : '';
  };
  const put = (n: { readonly pos: Pos }, doc: string): void => { if (doc !== '') out.set(n.pos - source.base, doc); };
  const fields = (list: readonly ast.Field[]): void => {
    for (const f of list) { if (f.name) put(f.name, above(f.name.pos) || behind(f.name.pos)); if (f.type.kind === 'StructType') fields(f.type.fieldList); }
  };
  put(file.pkgName, above(file.pos));
  for (const d of file.declList) {
    if (d.kind === 'ImportDecl') continue;
    if (d.kind === 'FuncDecl') { put(d.name, above(d.pos)); continue; }
    const group = d.group ? above(d.group.tokPos) : '';
    if (d.kind === 'TypeDecl') {
      put(d.name, above(d.group ? d.name.pos : d.pos) || above(d.pos) || group || behind(d.name.pos));
      if (d.type.kind === 'StructType') fields(d.type.fieldList);
      if (d.type.kind === 'InterfaceType') fields(d.type.methodList);
    } else for (const n of d.nameList) put(n, above(d.group ? n.pos : d.pos) || behind(n.pos) || group);
  }
  return out;
}

/** Comments as paragraphs: marks removed, directives left out. */
function commentText(group: readonly Comment[]): string {
  const lines = group.flatMap((c) => (c.text.startsWith('//') ? (/^\/\/[a-z]+:|^\/\/line /.test(c.text) ? [] : [c.text.slice(2).replace(/^ /, '')]) : c.text.slice(2, -2).split('\n').map((l) => l.replace(/^\s*\* ?/, ''))));
  return lines.join('\n').trim();
}

/** The first sentence of a documentation. */
export function firstSentence(doc: string): string {
  const m = /^[\s\S]*?[.!?](?=\s|$)/.exec(doc.split('\n\n')[0]);
  return (m ? m[0] : doc.split('\n\n')[0]).replace(/\s+/g, ' ').trim();
}

/** The declared variable of an instance's field or a parameter stays where it was declared. */
export function declaredPos(obj: Obj): Pos {
  if (obj.kind === 'Var' || obj.kind === 'Func') return (obj.origin ?? obj as Var).pos;
  if (obj.kind === 'TypeName' && obj.type?.kind === 'Named') return obj.type.decl().pos;
  return obj.pos;
}
