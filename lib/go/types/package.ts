/** Packages as the checker knows them: a path, a name and a scope. */
import { Scope } from './scope.ts';
import { universe } from './universe.ts';

export class Package {
  readonly scope: Scope;
  imports: Package[] = [];
  complete = false;
  /** Its function bodies are checked when they are asked for, in any order. */
  lazy = false;
  /** Lookups that fail here are not reported: the package stands in for one that could not be imported. */
  fake = false;
  /** Minimum Go version, as "go1.N"; empty: unknown. */
  goVersion = '';
  /** An array type was written in it. */
  arrays = false;
  constructor(readonly path: string, public name: string) {
    this.scope = new Scope(universe(), 0, 0, `package "${path}"`);
  }
}
