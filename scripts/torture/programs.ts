/**
 * A million damaged programs through the front end: `npm run torture -- programs [n] [seed]`.
 *
 * Every mutant comes from (seed, number) alone, so that a report names what to repeat
 * (`programs 1 SEED NUMBER` prints and runs that one). It is parsed and checked; one in
 * `shareEscape` goes on through lowering, inlining, escape analysis and walking, and one in
 * `shareCompile` through the compiler and linker. Wrong is: an exception, a diagnostic
 * without a place or of the code Internal, more than `slow` milliseconds, or a heap that
 * keeps growing. The work runs in a thread with a heartbeat: a mutant that never comes
 * back is reported, and the work goes on behind it in a new thread.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Worker, isMainThread, parentPort, workerData } from 'node:worker_threads';
import { Random } from '../../lib/base/random.ts';
import { compileProgram, newBase } from '../../lib/engine/build.ts';
import { readHeader } from '../../lib/go/header.ts';
import { errorsText } from '../../lib/go/errors_text.ts';
import type { Base } from '../../lib/go/program.ts';
import { buildProgram } from '../../lib/go/program.ts';
import { stdProvider } from '../../src/cli/std.ts';

/** Milliseconds that one mutant may take. */
export const slow = 2000;
const shareEscape = 8, shareCompile = 64;

const tokenRe = /\/\/[^\n]*|\/\*[\s\S]*?\*\/|"(?:\\.|[^"\\\n])*"|`[^`]*`|'(?:\\.|[^'\\\n])+'|\w+|\s+|[<>&^|:+\-*/%!=]=|<-|&&|\|\||\.\.\.|[^\s\w]/gu;
const makers = [
  '[T any]', '...', 'interface{ ~int; M() }', 'T', '*T', '[]T', 'func() T', 'map[T]T', 'chan<- T', 'T[T]', 'iota', 'nil', '_', '1<<200', '.(type)', '= range ', 'x', '0i', 'unsafe', 'len', 'append', 'struct{ T }',
  'type T = T\n', 'type T [len(x)]T\n', 'const c = c\n', 'var x = f(x)\n', 'func f() { f() }\n', 'goto L', 'L:\n', '%', '<-', '&^=', ':=', 'defer ', 'go ', 'select {}', 'for range 3 {', 'for {', '}', '{', '(', ')', ';', 'return ',
  '[...]int{1<<20: 1}', 'any', 'comparable', 'recover()', 'panic(x)', '1e1000', "'\\x00'", '"', '`', '/*', '*/', '\u0000', '\ufeff', '//go:noinline\n', '//line a.go:3\n', 'func(yield func(int) bool) {', 'min(', 'clear(', 'new(',
];

/** What mutants are made of. */
export interface Corpus { readonly texts: readonly string[]; readonly tokens: readonly (readonly string[])[]; readonly decls: readonly string[] }

/** The Go programs among the tests' fixtures that are small enough. */
export function fixtures(): Corpus {
  const root = fileURLToPath(new URL('../../tests/fixtures/', import.meta.url));
  const texts: string[] = [];
  for (const name of (readdirSync(root, { recursive: true }) as string[]).sort()) {
    if (name.endsWith('.go')) texts.push(readFileSync(root + name, 'utf8'));
    else if (name.endsWith('programs.txt')) texts.push(...readFileSync(root + name, 'utf8').split(/^-- \S+ --\n/m).slice(1));
  }
  return corpus(texts.filter((t) => t.length < 6000));
}

/** A corpus of the programs given. */
export function corpus(texts: readonly string[]): Corpus {
  return { texts, tokens: texts.map((t) => t.match(tokenRe) ?? []), decls: texts.flatMap((t) => t.split(/^(?=(?:func|type|var|const)\b)/m).slice(1)) };
}

const isName = /^[A-Za-z_]\w*$/, isOp = /^[<>&^|:+\-*/%!=.]+$/, isValue = /^["'`\d]/;
const sameClass = (a: string, b: string): boolean => [isName, isOp, isValue].some((re) => re.test(a) && re.test(b));

/**
 * The mutant of that number: a program with one to six edits. Most edits keep the
 * kinds of tokens (another name, operator or value; whole lines and declarations), so
 * that most mutants get past the parser; the rest tear tokens and bytes.
 */
export function mutant(c: Corpus, seed: number, number: number): Uint8Array {
  const r = new Random(Math.imul(seed, 1_000_003) + number), pick = <T>(list: readonly T[]): T => list[r.below(list.length)];
  const t = [...pick(c.tokens)], rough = r.below(3) === 0;
  for (let n = 1 + r.below(rough ? 6 : 4); n > 0 && t.length > 2; n--) {
    const i = r.below(t.length);
    switch (r.below(rough ? 12 : 6)) {
      case 0: case 1: case 2: {
        const from = pick(r.below(4) === 0 ? pick(c.tokens) : t);
        for (let k = 0; k < t.length; k++) { const at = (i + k) % t.length; if (sameClass(t[at], from) && t[at] !== from) { t[at] = from; break; } }
        break;
      }
      case 3: t.push('\n', pick(c.decls)); break;
      case 4: {
        const ends = t.flatMap((w, k) => (/\n/.test(w) && !/^[`/]/.test(w) ? [k] : []));
        if (ends.length < 3) break;
        const at = r.below(ends.length - 1), line = t.slice(ends[at], ends[at + 1]), to = ends[r.below(ends.length)];
        if (r.below(2) === 0) t.splice(to, 0, ...line); else t.splice(ends[at], line.length);
        break;
      }
      case 5: { const names = t.filter((w) => isName.test(w)); if (names.length > 0) { const from = pick(names), to = pick(names); for (let k = 0; k < t.length; k++) if (t[k] === from) t[k] = to; } break; }
      case 6: t.splice(i, 1 + r.below(3)); break;
      case 7: t.splice(i, 0, pick(t)); break;
      case 8: { const j = r.below(t.length), x = t[i]; t[i] = t[j]; t[j] = x; break; }
      case 9: { const other = pick(c.tokens), j = r.below(other.length); t.splice(i, r.below(3), ...other.slice(j, j + 1 + r.below(20))); break; }
      case 10: t.splice(i, r.below(2), pick(makers)); break;
      default: { const s = t[i]; t[i] = s.slice(0, r.below(s.length + 1)) + String.fromCodePoint(r.below(8) === 0 ? r.below(0xd800) : r.below(128)) + s.slice(r.below(s.length + 1)); }
    }
  }
  const bytes = new TextEncoder().encode(t.join(''));
  if (rough && r.below(6) === 0 && bytes.length > 0) bytes[r.below(bytes.length)] = r.below(256);
  return rough && r.below(8) === 0 ? bytes.subarray(0, r.below(bytes.length + 1)) : bytes;
}

/** How far a mutant got. */
export interface Passed { parsed: number; typed: number; judged: number; compiled: number }
/** A front end kept between mutants. */
export interface Bench { readonly base: Base; readonly provide: ReturnType<typeof stdProvider> }
/** A front end that has seen the corpus once, so that no mutant pays for a standard package. */
export function bench(c: Corpus): Bench {
  // Read once: over an hour the files may change.
  const known = new Map<string, ReturnType<Bench['provide']>>(), disk = stdProvider();
  const read = (path: string): void => {
    const texts = disk(path);
    if (known.has(path) || !texts) return;
    known.set(path, texts);
    for (const t of texts) for (const i of readHeader(typeof t.text === 'string' ? new TextEncoder().encode(t.text) : t.text).imports) read(i.path);
  };
  read('runtime');
  for (const t of c.texts) for (const i of readHeader(new TextEncoder().encode(t)).imports) read(i.path);
  const b = { base: newBase('1.26'), provide: (path: string) => known.get(path) };
  for (const t of c.texts) examine(b, new TextEncoder().encode(t), 0, { parsed: 0, typed: 0, judged: 0, compiled: 0 });
  return b;
}

/** Takes one mutant through the front end; what is wrong with how it went, or ''. */
export function examine(b: Bench, text: Uint8Array, number: number, passed: Passed): string {
  const deep = number % shareEscape === 0, start = performance.now(), cpu = process.cpuUsage();
  try {
    const r = buildProgram([{ name: './m.go', text }], b.provide, {
      goVersion: '1.26', base: b.base, until: deep ? undefined : 'checked', level: number % (2 * shareEscape) === 0 ? 2 : 1, noInline: number % (3 * shareEscape) === 0 && number % shareCompile !== 0,
    });
    errorsText(r.fset, r.reported, 'command-line-arguments', r.owners);
    for (const d of r.reported) {
      if (d.code === 'Internal') return `internal: ${d.text}`;
      if (r.fset.position(d.range.start).line === 0 && d.range.start !== 0) return `no place: ${d.text}`;
      if (/\[object /.test(d.text)) return `text: ${d.text}`;
    }
    const ok = !r.reported.some((d) => d.severity === 'error');
    if (r.main) passed.parsed++;
    if (ok) passed.typed++;
    if (ok && deep) {
      passed.judged++;
      if (number % shareCompile === 0 && r.main?.pkg.name === 'main' && r.main.pkg.scope.lookup('main')?.kind === 'Func') {
        compileProgram(r, '1.26');
        passed.compiled++;
      }
    }
  } catch (e) { return `exception: ${(e as Error).stack?.split('\n').slice(0, 6).join('\n') ?? String(e)}`; }
  // On a busy machine the clock goes on while nothing of ours runs; the process's time is that of all its threads.
  const { user, system } = process.cpuUsage(cpu), ms = Math.min(performance.now() - start, (user + system) / 1000);
  return ms > slow ? `slow: ${ms.toFixed(0)} ms` : '';
}

interface Work { readonly seed: number; readonly from: number; readonly to: number; readonly beat: Int32Array }

/** The thread: examines its mutants, tells of each that goes wrong and of the heap now and then. */
function work({ seed, from, to, beat }: Work): void {
  setFlagsFromString('--expose-gc');
  const gc = runInNewContext('gc') as () => void;
  const c = fixtures(), b = bench(c);
  const passed: Passed = { parsed: 0, typed: 0, judged: 0, compiled: 0 };
  for (let i = from; i < to; i++) {
    Atomics.store(beat, 0, i);
    let why = examine(b, mutant(c, seed, i), i, passed);
    // On a busy machine a pause may be another's.
    if (why.startsWith('slow')) why = examine(b, mutant(c, seed, i), i, passed);
    if (why !== '') parentPort!.postMessage({ number: i, why });
    if (i % 10000 === 9999 || i === to - 1) {
      gc();
      parentPort!.postMessage({ number: i, passed, heapMB: process.memoryUsage().heapUsed / 2 ** 20 });
    }
  }
}
if (!isMainThread && (workerData as Work | null)?.beat) work(workerData as Work);

type Message = { number: number; why?: string; passed?: Passed; heapMB?: number };

/** Examines mutants from `from` on in a thread; the number of the one it hung at, or `to`. */
function thread(file: string, seed: number, from: number, to: number, tell: (m: Message) => void): Promise<number> {
  return new Promise((done) => {
    const beat = new Int32Array(new SharedArrayBuffer(4)).fill(-1);
    const w = new Worker(file, { workerData: { seed, from, to, beat } satisfies Work, resourceLimits: { maxOldGenerationSizeMb: 2048 } });
    let last = -1, since = performance.now(), over = false;
    const end = (at: number): void => {
      if (over) return;
      over = true;
      clearInterval(timer);
      void w.terminate().then(() => done(at));
    };
    const timer = setInterval(() => {
      const at = Atomics.load(beat, 0);
      if (at !== last) { last = at; since = performance.now(); } else if (at >= 0 && performance.now() - since > 30 * slow) { tell({ number: at, why: 'hangs' }); end(at); }
    }, 500);
    w.on('message', (m: Message) => { tell(m); if (m.passed && m.number === to - 1) end(to); });
    w.on('error', (e) => { const at = Math.max(from, Atomics.load(beat, 0)); tell({ number: at, why: `thread: ${e.message}` }); end(at); });
  });
}

/** The command. */
export async function torture(args: readonly string[]): Promise<number> {
  const n = Number(args[0] ?? 1_000_000), seed = Number(args[1] ?? 1);
  if (args[2] !== undefined) {
    const c = fixtures(), text = mutant(c, seed, Number(args[2]));
    process.stdout.write(text);
    console.log(`\n-- ${examine(bench(c), text, Number(args[2]), { parsed: 0, typed: 0, judged: 0, compiled: 0 }) || 'fine'}`);
    return 0;
  }
  const { buildSync } = await import('esbuild');
  const outfile = fileURLToPath(new URL('../../node_modules/.cache/gomem-torture/programs.mjs', import.meta.url));
  buildSync({ entryPoints: [fileURLToPath(import.meta.url)], bundle: true, platform: 'node', format: 'esm', outfile, external: ['esbuild'], define: { 'import.meta.url': JSON.stringify(import.meta.url) }, logLevel: 'error' });
  const total: Passed = { parsed: 0, typed: 0, judged: 0, compiled: 0 };
  let wrong = 0, heap = 0, first = 0, from = 0;
  const start = performance.now();
  while (from < n) {
    let mine: Passed = { parsed: 0, typed: 0, judged: 0, compiled: 0 };
    const end = await thread(outfile, seed, from, n, (m) => {
      if (m.why !== undefined) {
        wrong++;
        if (wrong <= 40) console.log(`mutant ${m.number} of seed ${seed}: ${m.why}`);
      }
      if (!m.passed) return;
      mine = m.passed;
      heap = m.heapMB ?? 0;
      if (m.number >= 40_000 && first === 0) first = heap;
      const s = (performance.now() - start) / 1000;
      console.log(`${m.number + 1} mutants, ${((m.number + 1) / s).toFixed(0)}/s, heap ${heap.toFixed(0)} MB, ${wrong} wrong`);
    });
    for (const k of ['parsed', 'typed', 'judged', 'compiled'] as const) total[k] += mine[k];
    from = end + (end < n ? 1 : 0);
  }
  const grown = first > 0 && heap > 1.5 * first + 20;
  console.log(`programs: ${n} mutants, ${total.parsed} parsed, ${total.typed} without errors, ${total.judged} judged, ${total.compiled} compiled; ${wrong} wrong; heap ${first.toFixed(0)} → ${heap.toFixed(0)} MB; ${(n / ((performance.now() - start) / 1000)).toFixed(0)}/s`);
  return wrong > 0 || grown ? 1 : 0;
}
