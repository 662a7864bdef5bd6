/** What common programs reach of lib/std (lib/engine/archive_programs.ts), compiled into an archive for scripts/build.mjs. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { defaultGoVersion } from '../lib/base/version.ts';
import { writeArchive } from '../lib/engine/archive.ts';
import { archivePrograms } from '../lib/engine/archive_programs.ts';
import { compileProgram, newBase, unitsOf } from '../lib/engine/build.ts';
import { buildProgram, stdPrefix, type PackageProvider } from '../lib/go/program.ts';

/** Go text with spaces for comments: every offset stays, and what only readers want is not sent to run a program. Directives remain. */
function withoutComments(text: string): string {
  const spaces = (s: string): string => s.replace(/[^\n]/g, (c) => ' '.repeat(Buffer.byteLength(c)));
  return text.replace(/"(?:[^"\\\n]|\\.)*"|`[^`]*`|'(?:[^'\\\n]|\\.)+'|\/\/(?!go:)[^\n]*|\/\*[^]*?\*\//g, (s) => (s.startsWith('/') ? spaces(s) : s));
}

const provide: PackageProvider = (path) => {
  const dir = join('lib/std', path), names = existsSync(dir) ? readdirSync(dir).filter((n) => n.endsWith('.go')).sort() : [];
  return names.length === 0 ? undefined : names.map((n) => ({ name: `${stdPrefix}src/${path}/${n}`, text: Buffer.from(withoutComments(readFileSync(join(dir, n), 'utf8'))) }));
};

type Source = Record<string, [name: string, text: string][]>;
/** All of lib/std by package path, its files by name: as it is, and without comments. */
export function source(): { full: Source; bare: Source } {
  const full: Source = {}, bare: Source = {};
  for (const f of readdirSync('lib/std', { recursive: true, encoding: 'utf8' }).filter((n) => n.endsWith('.go')).sort()) {
    const path = dirname(f), text = readFileSync(join('lib/std', f), 'utf8');
    (full[path] ??= []).push([basename(f), text]);
    (bare[path] ??= []).push([basename(f), withoutComments(text)]);
  }
  return { full, bare };
}

/** The archive's file, the packages in it (closed under imports), and the Go version it is of. */
export function archive(): { file: Uint8Array; packages: string[]; goVersion: string } {
  const base = newBase(defaultGoVersion);
  const programs = archivePrograms.map((text) => {
    const r = buildProgram([{ name: 'archive.go', text }], provide, { goVersion: defaultGoVersion, base });
    for (const d of r.diagnostics) throw new Error(`invalid program of the archive: ${r.fset.format(d.range.start)}: ${d.text}`);
    return compileProgram(r, defaultGoVersion);
  });
  return { file: writeArchive(base, unitsOf, programs), packages: [...base.packages.keys()], goVersion: defaultGoVersion };
}
