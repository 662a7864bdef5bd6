/**
 * gomem notebook: a notebook without a page. `run` executes its cells, `export`
 * writes it in another form.
 *
 * Go cells run on the engine, in this process. Cells in JavaScript are a stranger's
 * code: they run in the same sandboxed frame as on the page, in a headless Chromium
 * when one is found; without one only if the caller trusts the file (--trust), and
 * otherwise they are refused, which fails the run.
 */
import { parseNotebook } from '../../lib/notebook/document.ts';
import type { CellDoc, NotebookDoc } from '../../lib/notebook/document.ts';
import { UsageError, flag, helpText, isOn, parseArgs, type FlagSpec } from './args.ts';
import { writeOut, type CommandIO } from './io.ts';
import { exportNotebook, exportForms, type ExportForm } from './notebook_export.ts';
import { knobFlags, parseKnobs, type CliKnobs } from './knobs.ts';
import { runGoCell, type CellReport } from './notebook_go.ts';
import { needsPage, plain } from './notebook_plain.ts';

const help: Readonly<Record<string, FlagSpec>> = { help: { bool: true, help: 'print this' }, h: { bool: true, help: 'print this' } };
const runFlags: Readonly<Record<string, FlagSpec>> = {
  json: { bool: true, help: 'print one JSON object instead of lines' },
  trust: { bool: true, help: 'run JavaScript cells in this process (jsdom) when no Chromium is found; they can do what you can' },
  ...Object.fromEntries(Object.entries(knobFlags).map(([k, f]) => [k, { ...f, help: `of Go cells that choose none: ${f.help}` }])),
  timeout: { value: 'S', help: 'seconds until cells that still run count as failed (60)' },
  browser: { value: 'PATH', help: 'Chromium or Chrome to use; "none" for none' },
  ...help,
};
const exportFlags: Readonly<Record<string, FlagSpec>> = {
  to: { value: 'FORM', help: exportForms.join(', ') },
  lang: { value: 'LANG', help: 'prose in this language only (en, zh)' },
  out: { value: 'FILE', help: 'write there instead of stdout' },
  ...help,
};
const usage = 'gomem notebook run|export [flags] FILE.html\n\nrun executes a notebook and prints each cell\'s state; export writes it as another form.\ngomem notebook run --help and gomem notebook export --help list their flags.\n';

export async function notebookCommand(argv: readonly string[], io: CommandIO): Promise<number> {
  const [verb = '', ...rest] = argv;
  if (verb === 'help' || /^--?h(elp)?$/.test(verb)) { io.stdout(usage); return 0; }
  if (verb !== 'run' && verb !== 'export') throw new UsageError(verb === '' ? 'run or export?' : `unknown verb: ${verb} (want run or export)`);
  // Flags may also stand behind the file's name.
  const specs = verb === 'run' ? runFlags : exportFlags;
  let p = parseArgs(rest, specs);
  if (p.args.length > 0) p = parseArgs([...rest.filter(a => a !== p.args[0]), p.args[0]], specs);
  if (isOn(p, 'help') || isOn(p, 'h')) {
    io.stdout(verb === 'run' ? helpText('gomem notebook run [flags] FILE.html', 'Executes a notebook; exits 1 if a cell fails.', runFlags) : helpText('gomem notebook export -to FORM [flags] FILE.html', 'Writes a notebook in another form.', exportFlags));
    return 0;
  }
  if (p.args.length !== 1) throw new UsageError('one notebook file, please');
  const [file] = p.args;
  const text = new TextDecoder().decode(read(io, file)), doc = parseNotebook(text);
  if (!/<notebook\b/i.test(text) && doc.cells.length === 0) { io.stderr(`${file}: not a notebook: it has no <notebook> element and no cells\n`); return 1; }
  if (verb === 'export') {
    const to = flag(p, 'to'), lang = flag(p, 'lang');
    if (!to || !(exportForms as readonly string[]).includes(to)) throw new UsageError(`invalid to: ${to ?? '(none)'} (want ${exportForms.join(', ')})`);
    if (lang !== undefined && lang !== 'en' && lang !== 'zh') throw new UsageError(`invalid lang: ${lang} (want en or zh)`);
    const chosen: NotebookDoc = lang ? { ...doc, cells: doc.cells.filter(c => c.lang === undefined || c.lang.startsWith(lang)) } : doc;
    const made = exportNotebook(chosen, to as ExportForm), out = flag(p, 'out');
    if (out) writeOut(io, out, made); else io.stdout(made);
    return 0;
  }
  const knobs = parseKnobs(p, io.env), { go } = knobs;
  const seconds = Number(flag(p, 'timeout') ?? 60);
  if (!(seconds > 0)) throw new UsageError(`invalid timeout: ${flag(p, 'timeout')}`);
  const { cells, how } = await runNotebook(doc, text, io, { go, knobs, seconds, trust: isOn(p, 'trust'), browser: flag(p, 'browser') });
  const failed = cells.filter(c => c.state === 'error' || c.state === 'refused');
  if (isOn(p, 'json')) io.stdout(`${JSON.stringify({ file, title: doc.title, javascript: how, failed: failed.length, cells: cells.map(({ value: _, ...c }) => c) }, null, 1)}\n`);
  else for (const c of cells) io.stdout(line(c));
  if (failed.some(c => c.state === 'refused')) io.stderr(`gomem notebook: ${failed.filter(c => c.state === 'refused').length} cells in JavaScript were not run: they are a stranger's code, and no Chromium was found to run them in its sandbox. Install one (or set CHROMIUM_PATH), or pass --trust to run them in this process with your rights.\n`);
  return failed.length > 0 ? 1 : 0;
}

function read(io: CommandIO, file: string): Uint8Array {
  try { return io.readFile(file); } catch { throw new UsageError(`cannot read ${file}`); }
}

/** One line per cell, its output indented below. */
function line(c: CellReport): string {
  const facts = [c.name, c.exit !== undefined && c.exit !== 0 ? `exit ${c.exit}` : undefined, c.digest ? `digest ${c.digest.slice(0, 12)}` : undefined].filter(x => x !== undefined).join(' · ');
  const body = [...c.problems, c.stdout ?? '', c.stderr ?? ''].join('\n').split('\n').filter(l => l !== '').slice(0, 40).map(l => `       ${l}\n`).join('');
  return `${String(c.id).padStart(4)}  ${c.mode.padEnd(5)} ${c.state.padEnd(8)} ${facts}`.trimEnd() + `\n${body}`;
}

interface RunOptions { readonly go: string; readonly knobs: CliKnobs; readonly seconds: number; readonly trust: boolean; readonly browser: string | undefined }

/** Runs all cells. how says where JavaScript ran. */
export async function runNotebook(doc: NotebookDoc, text: string, io: CommandIO, o: RunOptions): Promise<{ cells: CellReport[]; how: 'none' | 'chromium' | 'trusted' | 'refused' }> {
  const foreign = doc.cells.some(needsPage);
  if (!foreign) return { how: 'none', cells: await inOrder(doc, async c => c.mode === 'go' ? runGoCell(c, io, o, new Map()) : plain(c)) };
  if (o.browser !== 'none') {
    const { runInBrowser } = await import('./notebook_browser.ts');
    const page = await runInBrowser(text, o);
    if (page) {
      // What needs no value of a JavaScript cell runs here, for its whole result.
      return { how: 'chromium', cells: await inOrder(doc, async c => c.mode === 'go' && !/^\s*\/\/lab:(input|run\b.*=\$)/m.test(c.value) ? runGoCell(c, io, o, new Map()) : plain(c).state === 'skipped' && !needsPage(c) && c.mode !== 'go' ? plain(c) : page.get(c.id) ?? plain(c)) };
    }
  }
  if (o.trust) {
    const { runTrusted } = await import('./notebook_trust.ts');
    return { how: 'trusted', cells: await runTrusted(doc, io, o) };
  }
  return { how: 'refused', cells: await inOrder(doc, async c => c.mode === 'go' ? runGoCell(c, io, o, new Map()) : needsPage(c) ? { id: c.id, mode: c.mode, state: 'refused', problems: [] } : plain(c)) };
}
async function inOrder(doc: NotebookDoc, f: (c: CellDoc) => Promise<CellReport>): Promise<CellReport[]> {
  const out: CellReport[] = [];
  for (const c of doc.cells) out.push(await f(c));
  return out;
}
