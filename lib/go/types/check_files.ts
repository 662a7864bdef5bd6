/** The type checker's public face. */
import type { FileSet } from '../../base/pos.ts';
import type { File } from '../syntax/ast.ts';
import { checkPackage, type CheckResult, type Config } from './check.ts';

export type { CheckResult, Config, Importer } from './check.ts';

/** Checks the files of the package of that path: its objects, the tree's annotations, and diagnostics in gc's order. */
export function checkFiles(path: string, fset: FileSet, files: readonly File[], conf: Config): CheckResult { return checkPackage(fset, path, files, conf); }
