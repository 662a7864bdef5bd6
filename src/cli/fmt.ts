/** gomem fmt: Go files in gofmt's layout. */
import { format } from '../../lib/go/format/format.ts';
import { report } from '../../lib/go/syntax/report.ts';
import { helpText, isOn, parseArgs, UsageError, type FlagSpec } from './args.ts';
import { unifiedDiff } from './diff.ts';
import { HostError, writeOut, type CommandIO } from './io.ts';
import { knobFlags, parseKnobs } from './knobs.ts';

const flags: Readonly<Record<string, FlagSpec>> = {
  l: { bool: true, help: 'list the files whose layout is not gofmt\'s' },
  d: { bool: true, help: 'print differences; exit code 1 if there are any' },
  w: { bool: true, help: 'write the result to the file' },
  s: { bool: true, help: 'simplify: element types that a literal\'s type tells, s[a:len(s)], blank range variables' },
  e: { bool: true, help: 'report all syntax errors (not just the first ten)' },
  ...knobFlags, help: { bool: true, help: 'print this' }, h: { bool: true, help: 'print this' },
};

const standardInput = '<standard input>';

/** The files a path stands for: itself, or the .go files of a directory and those below it. */
function filesOf(io: CommandIO, path: string, below = false): string[] {
  const names = io.readDir(path);
  if (names === undefined) return below && !path.endsWith('.go') ? [] : [path];
  const dir = path.replace(/\/+$/, '');
  return [...names].sort().filter((n) => !n.startsWith('.')).flatMap((n) => filesOf(io, path === '.' ? n : `${dir}/${n}`, true));
}

function readAll(io: CommandIO): Uint8Array {
  const chunks: Uint8Array[] = [];
  for (let b = io.stdin(65536); b.length > 0; b = io.stdin(65536)) chunks.push(b.slice());
  const all = new Uint8Array(chunks.reduce((n, b) => n + b.length, 0));
  chunks.reduce((at, b) => { all.set(b, at); return at + b.length; }, 0);
  return all;
}

export async function fmtCommand(argv: readonly string[], io: CommandIO): Promise<number> {
  const p = parseArgs(argv, flags);
  if (isOn(p, 'help') || isOn(p, 'h')) {
    io.stdout(helpText('gomem fmt [flags] [FILE.go | DIR]…', 'Prints Go files in gofmt\'s layout; without files, standard input (a whole file, declarations or statements).\nExit code 2 for syntax errors.', flags));
    return 0;
  }
  // The layout is the same whatever they say; they must still be right.
  parseKnobs(p, io.env);
  const paths = [...p.args, ...p.rest], list = isOn(p, 'l'), write = isOn(p, 'w'), diff = isOn(p, 'd');
  if (paths.length === 0 && write) throw new UsageError('cannot use -w with standard input');
  let code = 0;
  const one = (name: string, bytes: Uint8Array, fragment: boolean): void => {
    const r = format(bytes, { name, fragment, simplify: isOn(p, 's') });
    if (r.text === undefined) {
      io.stderr(report(r.fset, r.diagnostics, { all: isOn(p, 'e') }).map((l) => `${l}\n`).join(''));
      code = 2;
      return;
    }
    if (r.note !== undefined) io.stderr(`${name}: left as it is: ${r.note}\n`);
    const before = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
    if (r.text !== before) {
      if (list) io.stdout(`${name}\n`);
      if (write) try { writeOut(io, name, r.text); } catch (e) {
        if (!(e instanceof HostError)) throw e;
        io.stderr(`gomem fmt: ${e.message}\n`);
        code = 2;
      }
      if (diff) {
        io.stdout(unifiedDiff(`${name}.orig`, before, name, r.text));
        code = Math.max(code, 1);
      }
    }
    if (!list && !write && !diff) io.stdout(r.text);
  };
  if (paths.length === 0) one(standardInput, readAll(io), true);
  for (const path of paths.flatMap((f) => filesOf(io, f))) {
    let bytes: Uint8Array | null = null;
    try { bytes = io.readFile(path); } catch { /* told below */ }
    if (bytes === null) {
      io.stderr(`gomem fmt: cannot read ${path}\n`);
      code = 2;
    } else one(path, bytes, false);
  }
  return code;
}
