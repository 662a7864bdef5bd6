/**
 * `npm run origin`: runs of 40 or more tokens that our code shares with Go's source.
 *
 * All that is committed here was written here; facts and algorithms may be Go's,
 * sentences may not. This lists every run of `--n` (40) equal tokens between our
 * files (lib, src, scripts, tests; Go and TypeScript) and GOROOT/src, so that each
 * can be rewritten, or justified in scripts/origin.justified.txt (file, name of the
 * declaration, reason).
 *
 * Tokens are words, numbers, strings and operators; comments and white space are
 * left out on both sides. Go's own source is scanned once with a rolling hash of n
 * tokens into a table; ours looks its windows up. Exit 1 if a run is not justified.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';

const arg = (name: string, or: string): string => {
  const i = process.argv.indexOf(`--${name}`);
  return i < 0 ? or : process.argv[i + 1] ?? or;
};
const n = Number(arg('n', '40'));

/** GOROOT of the Go that is found, or null. */
function goroot(): string | null {
  try { return execFileSync('go', ['env', 'GOROOT'], { encoding: 'utf8' }).trim(); } catch { return null; }
}

/** Files below dir whose name ends so, without node_modules. */
function* files(dir: string, ends: RegExp): Generator<string> {
  for (const name of readdirSync(dir).sort()) {
    if (name === 'node_modules' || name === 'dist') continue;
    const path = join(dir, name);
    if (statSync(path).isDirectory()) yield* files(path, ends);
    else if (ends.test(name)) yield path;
  }
}

const token = /\/\/[^\n]*|\/\*[^]*?\*\/|"(?:[^"\\\n]|\\.)*"|`[^`]*`|'(?:[^'\\\n]|\\.)*'|[A-Za-z_$][\w$]*|\d[\w.]*|[-+*/%&|^<>=!:?~]+|[^\s\w]/g;

/** A text's tokens as 32-bit hashes, and the line of each. */
function scan(text: string): { hash: Uint32Array; line: Uint32Array; text: string[] } {
  const hash: number[] = [], line: number[] = [], words: string[] = [];
  let at = 1, seen = 0;
  for (const m of text.matchAll(token)) {
    const t = m[0];
    if (t.startsWith('//') || t.startsWith('/*')) continue;
    for (; seen < m.index; seen++) if (text.charCodeAt(seen) === 10) at++;
    let h = 0x811c9dc5;
    for (let i = 0; i < t.length; i++) h = Math.imul(h ^ t.charCodeAt(i), 0x01000193) >>> 0;
    hash.push(h); line.push(at); words.push(t);
  }
  return { hash: Uint32Array.from(hash), line: Uint32Array.from(line), text: words };
}

const prime = 0x01000193;
let top = 1;
for (let i = 1; i < n; i++) top = Math.imul(top, prime);

/** Calls f with the rolling hash of each window of n tokens. */
function windows(hash: Uint32Array, f: (h: number, i: number) => void): void {
  let h = 0;
  for (let i = 0; i < hash.length; i++) {
    if (i >= n) h = (h - Math.imul(hash[i - n]!, top)) | 0;
    h = (Math.imul(h, prime) + hash[i]!) | 0;
    if (i >= n - 1) f(h >>> 0, i - n + 1);
  }
}

const root = goroot();
if (root === null || !existsSync(join(root, 'src'))) {
  console.log('origin: no Go source found beside this checkout (go env GOROOT); nothing compared');
  process.exit(0);
}

// Ours first: it is small. Then one pass over Go's source.
interface File { name: string; hash: Uint32Array; line: Uint32Array; text: string[]; }
const ours: File[] = [];
const table = new Map<number, number[]>();
for (const dir of ['lib', 'src', 'scripts', 'tests', 'notebooks']) {
  for (const path of files(dir, /\.(ts|svelte|mjs|go|html)$/)) {
    const f = ours.length;
    ours.push({ name: path, ...scan(readFileSync(path, 'utf8')) });
    windows(ours[f]!.hash, (h, i) => { const at = table.get(h); if (at) at.push(f, i); else table.set(h, [f, i]); });
  }
}

/** `file declaration` of each run that may stand; the file gives the reason behind it. */
const justified = new Set<string>();
if (existsSync('scripts/origin.justified.txt')) {
  for (const line of readFileSync('scripts/origin.justified.txt', 'utf8').split('\n')) {
    const m = /^([^#\s]\S*)\s+(\S+)\s+\S/.exec(line);
    if (m) justified.add(`${m[1]} ${m[2]}`);
  }
}

const declaration = /^(?:export )?(?:(?:const |declare )?(?:func|function|type|var|const|let|class|interface|import)\b) ?(?:\([^)]*\) ?)?([\w$]*)/;
/** The top-level declaration that the line lies in, by its name; `-` before the first. */
function within(name: string, line: number): string {
  const lines = readFileSync(name, 'utf8').split('\n');
  for (let i = line - 1; i >= 0; i--) {
    const m = declaration.exec(lines[i]!);
    if (m) return m[1] || lines[i]!.split(/\W/)[0]!;
  }
  return '-';
}

const found = new Map<string, { from: number; to: number; where: string }[]>();
for (const path of files(join(root, 'src'), /\.go$/)) {
  const go = scan(readFileSync(path, 'utf8'));
  let skipTo = -1;
  windows(go.hash, (h, i) => {
    if (i < skipTo) return;
    const hit = table.get(h);
    if (!hit) return;
    for (let k = 0; k < hit.length; k += 2) {
      const f = ours[hit[k]!]!, at = hit[k + 1]!;
      let len = 0;
      while (at + len < f.text.length && i + len < go.text.length && f.text[at + len] === go.text[i + len]) len++;
      if (len < n) continue;
      const list = found.get(f.name) ?? [];
      found.set(f.name, list);
      const from = f.line[at]!, to = f.line[at + len - 1]!;
      if (!list.some((x) => x.from <= from && to <= x.to)) list.push({ from, to, where: `${relative(root, path)}:${go.line[i]} (${len} tokens)` });
      skipTo = i + len - n + 1;
    }
  });
}

let open = 0, closed = 0;
for (const [name, list] of [...found].sort(([a], [b]) => (a < b ? -1 : 1))) {
  for (const x of list.sort((a, b) => a.from - b.from)) {
    const decl = within(name, x.from);
    if (justified.has(`${name} ${decl}`)) { closed++; continue; }
    open++;
    console.log(`${name}:${x.from}-${x.to}  ${decl}  ${x.where}`);
  }
}
console.log(`${ours.length} files compared; runs of ${n} tokens: ${open} to look at, ${closed} justified (scripts/origin.justified.txt)`);
process.exit(open === 0 ? 0 : 1);
