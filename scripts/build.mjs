/**
 * `npm run build`: the app as static files in dist, and the command in dist/cli.
 *
 *   dist/index.html        the shell, under a strict policy
 *   dist/loader.html       mounts the frame as srcdoc, with one inline script too; its policy is the frame's
 *   dist/frame.html        one inline script, named by its hash
 *   dist/assets/*          chunks and fonts the shell hands to the frame; shell script and style
 *   dist/notebooks/*       the chapters
 *   dist/sw.js             the service worker: all of the above, for later without a network
 *   dist/cli/gomem.mjs     the command, with lib/std and the recorded facts beside it
 *
 * Addresses are relative, so that any base path and any static host will do.
 */
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { build as esbuild } from 'esbuild';
import { build as vite } from 'vite';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
process.chdir(root);
/** Where the build goes: DIST, or dist. */
const dist = resolve(root, process.env.DIST ?? 'dist');
const { kitAliases } = await loadConfig();

/** The aliases of vite.config.ts, without needing a TypeScript loader. */
async function loadConfig() {
  const kit = (p) => resolve('node_modules/@observablehq/notebook-kit/dist/src', p);
  return {
    kitAliases: [
      { find: 'kit:define', replacement: kit('runtime/define.js') },
      { find: 'kit:display', replacement: kit('runtime/display.js') },
      { find: 'kit:generators', replacement: kit('runtime/stdlib/generators/index.js') },
      { find: 'kit:mutable', replacement: kit('runtime/stdlib/mutable.js') },
      { find: 'kit:transpile', replacement: kit('javascript/transpile.js') },
      { find: 'kit:typescript', replacement: kit('javascript/typescript.js') },
      { find: 'kit:htl', replacement: resolve('node_modules/htl/src/index.js') },
      { find: 'htl', replacement: resolve('src/frame/kernel/htl.ts') },
    ],
  };
}

/** notebook-kit's transpile imports the TypeScript compiler; outside the chunk that carries it, our stub stands there. */
const stubTypeScript = {
  name: 'stub-typescript',
  enforce: 'pre',
  resolveId(id, from) { return /(^|\/)typescript\.js$/.test(id) && from?.includes('notebook-kit') ? resolve('src/frame/kernel/typescript.ts') : null; },
};

/** Of the frame only: what a browser has of its own. */
const frameAliases = [{ find: 'entities', replacement: resolve('src/frame/kernel/entities.ts') }];

/** Builds one entry as an IIFE; gives its script and its style. name: the variable that holds the exports, for chunks. */
async function bundle(entry, { name, stub = true, define = {}, aliases = [] } = {}) {
  const r = await vite({
    configFile: false, logLevel: 'error', root, base: './', publicDir: false,
    plugins: [svelte({ configFile: resolve('svelte.config.js') }), ...(stub ? [stubTypeScript] : [])],
    resolve: { alias: [...kitAliases, ...aliases] },
    define: { 'process.env.NODE_ENV': '"production"', ...define },
    build: {
      write: false, minify: true, target: 'es2022', cssCodeSplit: false, assetsInlineLimit: 0, modulePreload: false, reportCompressedSize: false,
      rollupOptions: { input: resolve(entry), ...(name === '__chunk' ? { preserveEntrySignatures: 'strict' } : {}), output: { format: 'iife', name: name ?? 'app', codeSplitting: false } },
    },
  });
  const outputs = (Array.isArray(r) ? r : [r]).flatMap((x) => x.output);
  return {
    script: outputs.filter((o) => o.type === 'chunk').map((o) => o.code).join('\n'),
    style: outputs.filter((o) => o.type === 'asset' && o.fileName.endsWith('.css')).map((o) => String(o.source)).join('\n'),
    files: outputs.filter((o) => o.type === 'asset' && !o.fileName.endsWith('.css')),
  };
}

const digest = (s) => createHash('sha256').update(s).digest();
const short = (s) => digest(s).toString('hex').slice(0, 10);
const assets = {};
function asset(name, content, ext) {
  const file = `assets/${name}-${short(content)}.${ext}`;
  writeFileSync(join(dist, file), content);
  assets[name] = file;
  return file;
}

rmSync(dist, { recursive: true, force: true });
mkdirSync(join(dist, 'assets'), { recursive: true });
mkdirSync(join(dist, 'notebooks'), { recursive: true });

// Chunks the frame loads through the shell.
const chunks = { plot: 'src/frame/chunks/plot.ts', katex: 'src/frame/chunks/katex.ts', editor: 'src/frame/editor/main.ts', verdict: 'src/frame/verdict/main.ts', typescript: 'src/frame/chunks/typescript.ts', format: 'src/frame/chunks/format.ts', engine: 'src/frame/worker/main.ts' };
for (const [name, entry] of Object.entries(chunks)) {
  const { script } = await bundle(entry, { name: name === 'engine' ? 'engine' : '__chunk', stub: name !== 'typescript' });
  asset(name, script, 'js');
}
// What common programs use of the standard packages, compiled ahead.
const { outputFiles: [archiveModule] } = await esbuild({ entryPoints: ['scripts/archive.ts'], bundle: true, write: false, platform: 'node', format: 'esm', logLevel: 'error', tsconfig: 'lib/tsconfig.json' });
const { archive, source } = await import(`data:text/javascript;base64,${Buffer.from(archiveModule.contents).toString('base64')}`);
const std = archive();
asset('std', std.file, 'bin');
// The text of lib/std: without comments the packages of the archive, which nearly every program needs, and the others; with them for who edits.
const { full, bare } = source();
const part = (wanted) => JSON.stringify(Object.fromEntries(Object.entries(bare).filter(([path]) => std.packages.includes(path) === wanted)));
asset('gosrc', part(true), 'json');
asset('gosrc-more', part(false), 'json');
asset('gosrc-docs', JSON.stringify(full), 'json');
// What is recorded of the real standard packages, each by itself, for verdicts of programs that import it.
for (const f of readdirSync('lib/go/facts/data')) {
  const name = f.replace(/\.json$/, '');
  if (existsSync(join('lib/std', name.replaceAll('.', '/')))) asset(`facts-${name}`, readFileSync(join('lib/go/facts/data', f)), 'json');
}
asset('reference', readFileSync('src/reference/reference.json'), 'json');
const fonts = {
  'font-serif': '@fontsource-variable/source-serif-4/files/source-serif-4-latin-wght-normal.woff2',
  'font-serif-italic': '@fontsource-variable/source-serif-4/files/source-serif-4-latin-wght-italic.woff2',
  'font-sans': '@fontsource-variable/inter/files/inter-latin-wght-normal.woff2',
  'font-mono': '@fontsource-variable/jetbrains-mono/files/jetbrains-mono-latin-wght-normal.woff2',
};
for (const [name, path] of Object.entries(fonts)) asset(name, readFileSync(join('node_modules', path)), 'woff2');

// Chapters, with what the contents page shows of them: first words and a sketch (src/shell/glance.ts).
const { outputFiles: [glanceModule] } = await esbuild({ entryPoints: ['src/shell/glance.ts'], bundle: true, write: false, format: 'esm', logLevel: 'error' });
const { glance, firstWords, sketch } = await import(`data:text/javascript;base64,${Buffer.from(glanceModule.contents).toString('base64')}`);
const chapters = existsSync('notebooks') ? readdirSync('notebooks').filter((f) => f.endsWith('.html')).sort().map((f) => {
  const text = readFileSync(join('notebooks', f), 'utf8');
  cpSync(join('notebooks', f), join(dist, 'notebooks', f.replace(/\.html$/, '.txt')));
  const [en, zh] = (/<title>([^<]*)<\/title>/.exec(text)?.[1] ?? basename(f, '.html')).split(' · ');
  return { slug: basename(f, '.html'), number: Number(/^\d+/.exec(f)?.[0] ?? 0), title: en.trim(), titleZh: (zh ?? '').trim(), file: `notebooks/${f.replace(/\.html$/, '.txt')}`, version: short(text),
    dek: firstWords(glance(text, 'en')), dekZh: firstWords(glance(text, 'zh'), 70), sketch: sketch(glance(text, 'en')), programs: glance(text, 'en').filter((c) => c.kind === 'go').length };
}) : [];

// The frame: one inline script, its hash in the policy that loader.html hands down.
const frame = await bundle('src/frame/main.ts', { aliases: frameAliases });
/** A script that stands in a page, and how a policy names it. */
const inPage = (script) => script.replace(/<\/(script)/gi, '<\\/$1').replace(/<!--/g, '<\\!--');
const named = (script) => `'sha256-${digest(script).toString('base64')}'`;
const inline = inPage(frame.script);
const hash = named(inline);
const framePolicy = `default-src 'none'; script-src ${hash} 'unsafe-eval'; style-src 'unsafe-inline'; img-src data: blob:; font-src data:; worker-src blob:; connect-src 'none'; frame-src 'none'; form-action 'none'; base-uri 'none'`;
const frameHtml = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${framePolicy}"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Notebook</title><style>${frame.style}</style></head><body><script>${inline}</script></body></html>
`;
writeFileSync(join(dist, 'frame.html'), frameHtml);

const loader = inPage((await bundle('src/shell/loader.ts')).script);
// srcdoc inherits this policy: it must allow what the frame's own allows, and no frame below.
const loaderPolicy = `default-src 'none'; script-src ${named(loader)} ${hash} 'unsafe-eval'; style-src 'unsafe-inline'; img-src data: blob:; font-src data:; worker-src blob:; connect-src 'self'; frame-src 'none'; form-action 'none'; base-uri 'none'`;
writeFileSync(join(dist, 'loader.html'), `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${loaderPolicy}"><title>Notebook</title><style>html,body{margin:0;height:100%}iframe{border:0;width:100%;height:100%;display:block}</style></head><body><script>${loader}</script></body></html>
`);

const shell = await bundle('src/shell/main.ts', { define: { __ASSETS__: JSON.stringify(assets), __CHAPTERS__: JSON.stringify(chapters) } });
const shellScript = asset('shell', shell.script, 'js');
let style = shell.style;
for (const f of shell.files) {
  const file = `assets/${basename(f.fileName)}`;
  writeFileSync(join(dist, file), f.source);
  style = style.replaceAll(new RegExp(`url\\((["']?)[^)"']*${basename(f.fileName).replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}\\1\\)`, 'g'), `url(${basename(file)})`);
}
const shellStyle = asset('shell-style', style, 'css');
const shellPolicy = "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; frame-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'";
writeFileSync(join(dist, 'index.html'), `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${shellPolicy}"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Go Memory Lab</title><link rel="icon" href="data:,"><link rel="stylesheet" href="${shellStyle}"></head><body><script src="${shellScript}" defer></script></body></html>
`);

// The service worker, last: it names every file of the app by content.
const served = (dir) => readdirSync(join(dist, dir), { withFileTypes: true }).flatMap((e) => e.isDirectory() ? served(`${dir}${e.name}/`) : [`${dir}${e.name}`]);
const files = served('').sort();
const version = digest(files.map((f) => `${f} ${digest(readFileSync(join(dist, f))).toString('hex')}`).join('\n')).toString('hex').slice(0, 16);
const worker = await bundle('src/shell/sw.ts', { define: { __FILES__: JSON.stringify(['./', ...files.filter((f) => f !== 'index.html')]), __VERSION__: JSON.stringify(version) } });
writeFileSync(join(dist, 'sw.js'), worker.script);

// The command.
await esbuild({
  entryPoints: { gomem: 'src/cli/main.ts' }, outdir: join(dist, 'cli'), outExtension: { '.js': '.mjs' }, bundle: true, splitting: true, platform: 'node', format: 'esm', target: 'node20', minify: false, logLevel: 'error', tsconfig: 'lib/tsconfig.json',
  external: ['playwright-core'], alias: Object.fromEntries(kitAliases.map((a) => [a.find, a.replacement])),
  plugins: [{ name: 'stub-typescript', setup: (b) => b.onResolve({ filter: /(^|\/)typescript\.js$/ }, (a) => a.importer.includes('notebook-kit') ? { path: resolve('src/frame/kernel/typescript.ts') } : null) }],
});
for (const [path, list] of Object.entries(bare)) {
  mkdirSync(join(dist, 'cli/std', path), { recursive: true });
  for (const [name, text] of list) writeFileSync(join(dist, 'cli/std', path, name), text);
}
writeFileSync(join(dist, `cli/std-${std.goVersion}.bin`), std.file);
if (existsSync('lib/go/facts/data')) cpSync('lib/go/facts/data', join(dist, 'cli/facts'), { recursive: true });
console.log(`built ${dist} (${chapters.length} chapters)`);
