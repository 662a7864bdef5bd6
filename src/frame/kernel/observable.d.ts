/** What we use of packages that bring no types at the paths we import. */
declare module '@observablehq/runtime' {
  export class Variable { delete(): void; define(name: string | null, inputs: readonly string[], definition: unknown): Variable; _version: number; }
  export class Module { value(name: string): Promise<unknown>; variable(observer?: unknown, options?: unknown): Variable; define(name: string | null, inputs: readonly string[], definition: unknown): Variable; }
  export class Runtime { constructor(builtins?: Record<string, unknown>, global?: (name: string) => unknown); module(): Module; dispose(): void; }
}
declare module 'kit:define' {
  import type { Module, Variable } from '@observablehq/runtime';
  export interface DisplayState { root: HTMLElement; expanded: number[][][]; variables: Variable[]; autoclear?: boolean; }
  export interface Definition { id: number; body: unknown; inputs?: readonly string[]; outputs?: readonly string[]; output?: string; autodisplay?: boolean; autoview?: boolean; automutable?: boolean; }
  export interface Observer { pending?(): void; fulfilled?(value: unknown): void; rejected?(error: unknown): void; _node?: Element; }
  export function define(main: Module, state: DisplayState, definition: Definition, observer?: (state: DisplayState, definition: Definition) => Observer): void;
}
declare module 'kit:display' {
  import type { Definition, DisplayState, Observer } from 'kit:define';
  export function display(state: DisplayState, value: unknown, name?: string): void;
  export function clear(state: DisplayState): void;
  export function observe(state: DisplayState, definition: Definition): Observer;
}
declare module 'kit:generators' {
  export const observe: (init: (change: (v: unknown) => void) => unknown) => unknown;
  export const input: (element: Element) => unknown;
  export const now: () => unknown;
  export const queue: unknown;
  export const width: (target: Element) => unknown;
}
declare module 'kit:mutable' { export function Mutable(value: unknown): unknown; }
declare module 'kit:transpile' {
  export interface Transpiled { body: string; inputs: string[]; outputs?: string[]; output?: string; autodisplay?: boolean; autoview?: boolean; automutable?: boolean; }
  export function transpile(cell: { id: number; mode: string; value: string; hidden: boolean; pinned: boolean; output?: string; database?: string; format?: string }, options?: { resolveLocalImports?: boolean; resolveFiles?: boolean }): Transpiled;
}
declare module 'kit:typescript' { export function transpileTypeScript(text: string): string; }
declare module 'kit:htl' { type Tag = (strings: TemplateStringsArray, ...values: readonly unknown[]) => Element; export const html: Tag & { readonly fragment: Tag }; export const svg: Tag & { readonly fragment: Tag }; }
declare module '@observablehq/inputs' { export const range: unknown; }
