/** gomem check: the compile errors alone. */
import { buildProgram } from '../../lib/go/program.ts';
import { cannotStart, errorsText } from '../../lib/go/errors_text.ts';
import { helpText, isOn, parseArgs, type FlagSpec } from './args.ts';
import { stdFacts } from './facts.ts';
import type { CommandIO } from './io.ts';
import { knobFlags, parseKnobs } from './knobs.ts';
import { loadSources } from './sources.ts';

const flags: Readonly<Record<string, FlagSpec>> = { ...knobFlags, help: { bool: true, help: 'print this' }, h: { bool: true, help: 'print this' } };

export async function checkCommand(argv: readonly string[], io: CommandIO): Promise<number> {
  const p = parseArgs(argv, flags);
  if (isOn(p, 'help') || isOn(p, 'h')) {
    io.stdout(helpText('gomem check [flags] FILE.go… | DIR', 'Prints the compile errors that go build would print. Exit code 1 if there are any.', flags));
    return 0;
  }
  const knobs = parseKnobs(p, io.env);
  const facts = stdFacts();
  const { files, provide, pkgPath, lang, errors } = loadSources(io, p.args, { go: knobs.go, known: (path) => facts.store.api(path) !== undefined });
  if (errors !== '') { io.stderr(errors); return 1; }
  const r = buildProgram(files, (path) => facts.source(path, provide), { goVersion: knobs.go, lang, until: 'checked' });
  let text = errorsText(r.fset, r.reported, pkgPath, r.owners);
  // What the linker would miss; a package that is no program can be built too.
  const no = text === '' ? cannotStart(r) : undefined;
  if (no?.code === 'NoMain') text = errorsText(r.fset, [no], pkgPath);
  io.stderr(text);
  return text === '' ? 0 : 1;
}
