/**
 * What compiling a package gives: functions and data, each under a symbol, with
 * relocations to other symbols. link.ts joins what a program reaches of them.
 *
 * Symbols: `pkg.F`, `pkg.(*T).M` functions and package variables by link name;
 * `type:…` descriptors, `itab:…`, `str:…` string bytes, `fv:…` closure records of
 * plain functions, `rt:name` runtime entries, `native:name` natives, `chk:name`
 * the engine's own entries. Equal symbols from several packages are one.
 */
import type { Pos } from '../base/pos.ts';
import type { Reloc } from './wasm.ts';

/**
 * A place in a function's code that has a number: where a frame can resume, or
 * where a panic can pass (for tracebacks). live: byte offsets in the frame of
 * the words that hold live pointers when the goroutine stands here.
 */
export interface CodePoint { readonly pos: Pos; readonly live: readonly number[] | undefined }

/** A variable in the frame: pointers to it are followed (ptrs: offsets of its pointer words in the frame). */
export interface StackObject { readonly off: number; readonly size: number; readonly ptrs: readonly number[] }

export interface CompiledFunc {
  readonly sym: string;
  /** Name in tracebacks: main.f, main.(*T).M, main.main.func1. */
  readonly name: string;
  readonly pos: Pos;
  readonly sig: string;
  /** Locals and code, as in the code section without the size. */
  readonly code: Uint8Array;
  readonly relocs: readonly Reloc[];
  readonly yields: boolean;
  readonly panics: boolean;
  /** It has defer statements: a panic passing its frame resumes it. */
  readonly defers: boolean;
  readonly wrapper: boolean;
  /** Bytes of the frame, header included; 0 if the function never has one. */
  readonly frameSize: number;
  /** Bytes of the short frame saved when the prologue yields. */
  readonly entrySize: number;
  /** Code points; number 0 is unused, number 1 is the entry. */
  readonly points: readonly CodePoint[];
  readonly objects: readonly StackObject[];
  /** Where statements begin: offsets in code, each followed by a position. */
  readonly marks: Float64Array;
  /** Cost of a whole call in ticks when the function never yields. */
  readonly cost: number;
  /** Stack bytes it and its callees may use without a check, when it never yields. */
  readonly depth: number;
}

export interface DataReloc { readonly at: number; readonly kind: 'addr' | 'table'; readonly sym: string; readonly add: number }
export interface DataSymbol {
  readonly sym: string;
  readonly size: number;
  readonly align: number;
  /** Missing: all zero. May be shorter than size. */
  readonly bytes: Uint8Array | undefined;
  readonly relocs: readonly DataReloc[];
  /** Offsets of pointer words in variables (collector roots). */
  readonly ptrs: readonly number[];
}

export interface CompiledPackage {
  readonly path: string;
  readonly funcs: readonly CompiledFunc[];
  readonly data: readonly DataSymbol[];
  /** Natives used: link name and wasm signature. */
  readonly natives: readonly (readonly [string, string])[];
  readonly init: string | undefined;
  /** Packages it imports, in initialisation order. */
  readonly imports: readonly string[];
}

/** What callers need to know of a function in another package. */
export interface FuncFacts { readonly yields: boolean; readonly panics: boolean; readonly cost: number; readonly depth: number }
