/**
 * Compiler directives (`//go:noinline` and its kin) as data.
 *
 * The parser collects the directives it meets and hands them to the next
 * declaration that can carry one, as cmd/compile/internal/noder does; those that
 * end up before something else are reported as misplaced.
 */
import type { Pos } from '../../base/pos.ts';

/** One `//go:` line: name without the `go:` ("noinline"), the words after it. */
export interface Directive { readonly pos: Pos; readonly name: string; readonly args: readonly string[]; }

/** The directives above one declaration. */
export class Pragma {
  readonly list: Directive[] = [];
  has(name: string): boolean { return this.list.some((d) => d.name === name); }
  /** The names, as ir's functions carry them. */
  names(): ReadonlySet<string> { return new Set(this.list.map((d) => d.name)); }
}
