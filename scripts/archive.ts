/** What common programs reach of lib/std (lib/engine/archive_programs.ts), compiled into an archive for scripts/build.mjs. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { defaultGoVersion } from '../lib/base/version.ts';
import { writeArchive } from '../lib/engine/archive.ts';
import { archivePrograms } from '../lib/engine/archive_programs.ts';
import { compileProgram, newBase, unitsOf } from '../lib/engine/build.ts';
import { buildProgram, stdPrefix, type PackageProvider } from '../lib/go/program.ts';

const provide: PackageProvider = (path) => {
  const dir = join('lib/std', path), names = existsSync(dir) ? readdirSync(dir).filter((n) => n.endsWith('.go')).sort() : [];
  return names.length === 0 ? undefined : names.map((n) => ({ name: `${stdPrefix}src/${path}/${n}`, text: readFileSync(join(dir, n)) }));
};

/** The archive's file, and the Go version it is of. */
export function archive(): { file: Uint8Array; goVersion: string } {
  const base = newBase(defaultGoVersion);
  const programs = archivePrograms.map((text) => {
    const r = buildProgram([{ name: 'archive.go', text }], provide, { goVersion: defaultGoVersion, base });
    for (const d of r.diagnostics) throw new Error(`invalid program of the archive: ${r.fset.format(d.range.start)}: ${d.text}`);
    return compileProgram(r, defaultGoVersion);
  });
  return { file: writeArchive(base, unitsOf, programs), goVersion: defaultGoVersion };
}
