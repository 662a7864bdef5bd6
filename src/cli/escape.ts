/** gomem escape: what go build -gcflags=-m prints. */
import { buildProgram, type PackageProvider } from '../../lib/go/program.ts';
import { readHeader } from '../../lib/go/header.ts';
import { cannotStart, errorsText } from '../../lib/go/errors_text.ts';
import { escapeText } from '../../lib/go/escape/text.ts';
import { UsageError, flag, helpText, isOn, parseArgs, type FlagSpec } from './args.ts';
import { stdFacts } from './facts.ts';
import type { CommandIO } from './io.ts';
import { knobFlags, parseKnobs } from './knobs.ts';
import { loadSources } from './sources.ts';

const flags: Readonly<Record<string, FlagSpec>> = {
  l: { bool: true, help: 'no inlining' },
  m: { value: '1|2', help: '2: print the reasons too (default 1)' },
  smallframes: { bool: true, help: 'lower limits for what may be on the stack' },
  ...knobFlags, help: { bool: true, help: 'print this' }, h: { bool: true, help: 'print this' },
};

/** Prints on stdout what go build prints on stderr: the verdicts, or the compile errors (exit code 1). */
export async function escapeCommand(argv: readonly string[], io: CommandIO): Promise<number> {
  const p = parseArgs(bareM(argv), flags);
  if (isOn(p, 'help') || isOn(p, 'h')) {
    io.stdout(helpText('gomem escape [flags] FILE.go… | DIR', "Prints what go build -gcflags='-m [-l]' prints of the files: what is inlined, what escapes to the heap.", flags));
    return 0;
  }
  const level = flag(p, 'm') ?? '1';
  if (level !== '1' && level !== '2') throw new UsageError(`invalid m: ${level} (want 1 or 2)`);
  const knobs = parseKnobs(p, io.env);
  const facts = stdFacts();
  const { files, provide, pkgPath, lang, errors: early } = loadSources(io, p.args, { go: knobs.go, known: (path) => facts.store.api(path) !== undefined });
  if (early !== '') { io.stdout(early); return 1; }
  const withFacts: PackageProvider = (path) => facts.source(path, provide);
  // Types of a library are called by its import path.
  const text0 = files[0]?.text, name = readHeader(typeof text0 === 'string' ? new TextEncoder().encode(text0) : text0 ?? new Uint8Array()).name;
  const path = name === 'main' ? name : pkgPath;
  const r = buildProgram(files, withFacts, {
    goVersion: knobs.go, lang, level: level === '2' ? 2 : 1, noInline: isOn(p, 'l'), smallFrames: isOn(p, 'smallframes'), facts: facts.store, until: 'analysed',
  }, path);
  const errors = errorsText(r.fset, r.reported, pkgPath, r.owners, path);
  if (errors !== '' || !r.main?.escape) {
    io.stdout(errors);
    return 1;
  }
  const text = escapeText(r.fset, r.main.escape, new Set(files.map((f) => f.name)));
  if (text !== '') io.stdout(`# ${pkgPath}\n${text}`);
  const no = cannotStart(r);
  if (no?.code !== 'NoMain') return 0;
  io.stdout(errorsText(r.fset, [no], pkgPath));
  return 1;
}

/** -m without a value means 1, as the compiler has it. */
function bareM(argv: readonly string[]): string[] {
  return argv.map((a, i) => (/^--?m$/.test(a) && !/^[0-9]$/.test(argv[i + 1] ?? '') ? '-m=1' : a));
}
