/**
 * Runs many command lines of the built command in one process, as bin/gomem.mjs runs one:
 * a list of { argv, env?, stdin?, together? } as JSON on stdin, a list of { code, out, err, ms }
 * as JSON on stdout. together: both streams in out, in their order. Files are the disk's;
 * what is written to files named @NAME comes back under files.
 */
import { readFileSync } from 'node:fs';

const { main, hostIO } = await import(new URL('cli/gomem.mjs', `file://${process.argv[2]}/`).href);
const results = [];
for (const { argv, env = {}, stdin = '', together = false } of JSON.parse(readFileSync(0, 'utf8'))) {
  const out = [], err = together ? out : [], files = {}, input = Buffer.from(stdin);
  let at = 0;
  const io = {
    ...hostIO, env,
    stdout: (b) => { out.push(Buffer.from(b)); }, stderr: (b) => { err.push(Buffer.from(b)); },
    stdin: (n) => { const b = input.subarray(at, at + n); at += b.length; return b; },
    writeFile: (p, b) => { if (p.startsWith('@')) files[p] = Buffer.from(b).toString('latin1'); else hostIO.writeFile(p, b); },
  };
  const start = performance.now(), code = await main(argv, io);
  results.push({ code, out: Buffer.concat(out).toString('latin1'), err: together ? '' : Buffer.concat(err).toString('latin1'), files, ms: performance.now() - start });
}
process.stdout.write(JSON.stringify(results));
