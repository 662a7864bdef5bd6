/** The command in this process, on files in memory. */
import { main } from '../../src/cli/main.ts';
import { stdProvider } from '../../src/cli/std.ts';
import type { CommandIO } from '../../src/cli/io.ts';

export interface Result { code: number; out: string; err: string; files: Record<string, string | Uint8Array> }

const std = stdProvider();

export async function gomem(argv: readonly string[], files: Readonly<Record<string, string | Uint8Array>> = {}, o: { env?: Record<string, string>; stdin?: string; writeFile?: CommandIO['writeFile'] } = {}): Promise<Result> {
  const out: Uint8Array[] = [], err: Uint8Array[] = [], written: Record<string, string | Uint8Array> = {};
  const bytes = (b: string | Uint8Array): Uint8Array => (typeof b === 'string' ? new TextEncoder().encode(b) : b.slice());
  const input = new TextEncoder().encode(o.stdin ?? '');
  let at = 0;
  const io: CommandIO = {
    cwd: '/home/me', env: o.env ?? {},
    stdout: (b) => { out.push(bytes(b)); }, stderr: (b) => { err.push(bytes(b)); },
    stdin: (n) => { const b = input.subarray(at, at + n); at += b.length; return b; },
    readFile: (p) => {
      const name = p.replace(/^\.\//, '');
      if (!Object.hasOwn(files, name)) throw Object.assign(new Error('ENOENT'), { code: 'ENOENT' });
      return bytes(files[name]);
    },
    writeFile: o.writeFile ?? ((p, b) => { written[p] = b; }),
    readDir: (p) => {
      const name = p.replace(/^\.\//, '').replace(/\/+$/, ''), dir = name === '.' || name === '' ? '' : `${name}/`;
      const names = new Set(Object.keys(files).filter((f) => f.startsWith(dir)).map((f) => f.slice(dir.length).split('/')[0]));
      return names.size > 0 && !Object.hasOwn(files, name) ? [...names] : undefined;
    },
    std,
  };
  const code = await main(argv, io);
  return { code, out: Buffer.concat(out).toString(), err: Buffer.concat(err).toString(), files: written };
}
