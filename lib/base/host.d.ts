/**
 * The few host facilities lib may use. lib compiles without the DOM and without
 * Node's types, so that what it needs from its host is exactly this list.
 */
declare namespace WebAssembly {
  type ValueType = 'i32' | 'i64' | 'f32' | 'f64' | 'funcref' | 'externref';
  class Module { constructor(bytes: BufferSource); }
  class Instance { constructor(module: Module, imports?: Imports); readonly exports: Exports; }
  class Memory { constructor(d: { initial: number; maximum?: number }); readonly buffer: ArrayBuffer; grow(pages: number): number; }
  class Table { constructor(d: { element: 'anyfunc'; initial: number; maximum?: number }); readonly length: number; get(i: number): unknown; set(i: number, v: unknown): void; grow(n: number): number; }
  class Global<T = unknown> { constructor(d: { value: ValueType; mutable?: boolean }, v?: unknown); value: T; }
  type ImportValue = ((...args: never[]) => unknown) | Memory | Table | Global | number;
  type ModuleImports = Record<string, ImportValue>;
  type Imports = Record<string, ModuleImports>;
  type Exports = Record<string, unknown>;
  class RuntimeError extends Error {}
  class CompileError extends Error {}
  function validate(bytes: BufferSource): boolean;
  function compile(bytes: BufferSource): Promise<Module>;
}
type BufferSource = ArrayBufferView | ArrayBuffer;
declare class TextDecoder { constructor(label?: string, o?: { fatal?: boolean; ignoreBOM?: boolean }); decode(b?: BufferSource): string; }
declare class TextEncoder { encode(s: string): Uint8Array<ArrayBuffer>; encodeInto(s: string, b: Uint8Array): { read: number; written: number }; }
declare const performance: { now(): number };
