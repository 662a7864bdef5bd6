/** The Go versions the model knows. */

export const goVersions = ['1.21', '1.22', '1.23', '1.24', '1.25', '1.26'] as const;
export type GoVersion = (typeof goVersions)[number];
export const defaultGoVersion: GoVersion = '1.26';

/** Versions whose behaviour was recorded from a real toolchain; the others were read, not run. */
export const recordedVersions: readonly GoVersion[] = ['1.21', '1.23', '1.25', '1.26'];

/** The minor number: 26 for '1.26'. */
export function minor(v: GoVersion): number { return Number(v.slice(2)); }
export function isGoVersion(s: string): s is GoVersion { return (goVersions as readonly string[]).includes(s); }
