/** Language versions: what a file's version allows. */
import type { Checker } from './check.ts';
import { newError, type Poser } from './errors.ts';
import { checkSprintf, type FormatArg } from './format.ts';

/** Minor numbers of the versions that changed the language. */
export const go1_9 = 9, go1_13 = 13, go1_14 = 14, go1_17 = 17, go1_18 = 18, go1_20 = 20, go1_21 = 21, go1_22 = 22, go1_23 = 23, go1_26 = 26;
/** The newest version known. */
export const goCurrent = 26;

/** The minor number of "go1.21", "1.21.3", "go1.21rc2"; 0 if the text is empty or no version. */
export function parseGoVersion(v: string): number {
  const m = /^(?:go)?1\.([0-9]+)/.exec(v);
  return m ? Number(m[1]) : 0;
}

/** The language version in force (0: any) has what came with want. */
export function allowVersion(check: Checker, want: number): boolean { return check.version === 0 || check.version >= want; }

/** Reports `… requires go1.N or later`. */
export function versionErrorf(check: Checker, at: Poser, v: number, fmt: string, ...args: FormatArg[]): void {
  const err = newError(check, 'UnsupportedFeature');
  err.addf(at, '%s requires go1.%d or later', checkSprintf(check, fmt, ...args), v);
  err.report();
}

/** allowVersion, reported if it fails. */
export function verifyVersionf(check: Checker, at: Poser, v: number, fmt: string, ...args: FormatArg[]): boolean {
  if (allowVersion(check, v)) return true;
  versionErrorf(check, at, v, fmt, ...args);
  return false;
}
