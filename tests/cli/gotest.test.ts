/** gomem test against recorded output of go test: tests/fixtures/gotest/sample.out names the version and commands. Times and the processor's name are left out. */
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { testCommand } from '../../src/cli/test.ts';
import { hostIO } from '../../src/cli/main.ts';

const dir = join(import.meta.dirname, '../fixtures/gotest');
const [, ...cases] = readFileSync(join(dir, 'sample.out'), 'utf8').split(/^\$ go test /m);

const comparable = (s: string): string => s
  .replace(/^(ok {2}|FAIL)\t(\S+)\t[\d.]+s/gm, '$1\t$2\tTIME')
  .replace(/\([\d.]+s\)$/gm, '(TIME)')
  .replace(/^cpu: .*$/m, 'cpu: CPU')
  .replace(/\t +[\d.]+ (ns\/op|MB\/s)/g, '\tFIGURE $1').replace(/\s+[\d.]+ MB\/s/g, ' FIGURE MB/s');

describe('gomem test prints what go test prints', () => {
  for (const c of cases) {
    const at = c.indexOf('\n'), command = c.slice(0, at);
    it(command, async () => {
      let out = '';
      const put = (x: Uint8Array | string): void => { out += typeof x === 'string' ? x : new TextDecoder().decode(x); };
      const io = { ...hostIO, env: {}, stdout: put, stderr: put, readFile: (p: string) => readFileSync(join(dir, p)), readDir: () => undefined };
      const exit = await testCommand(command.split(' '), io);
      expect(comparable(`${out}exit ${exit}\n`)).toBe(comparable(c.slice(at + 1)));
    }, 30_000);
  }
});

describe('gomem test of a package with an external test package and examples', () => {
  const root = join(dir, 'module');
  for (const c of readFileSync(join(dir, 'module.out'), 'utf8').split(/^\$ go test /m).slice(1)) {
    const at = c.indexOf('\n'), command = c.slice(0, at);
    it(command, async () => {
      let out = '';
      const put = (x: Uint8Array | string): void => { out += typeof x === 'string' ? x : new TextDecoder().decode(x); };
      const inside = (p: string): string => join(root, p);
      const io = { ...hostIO, cwd: root, env: {}, stdout: put, stderr: put, readFile: (p: string) => readFileSync(inside(p)), readDir: (p: string) => (statSync(inside(p), { throwIfNoEntry: false })?.isDirectory() ? readdirSync(inside(p)) : undefined) };
      const exit = await testCommand(command.split(' '), io);
      expect(comparable(`${out}exit ${exit}\n`)).toBe(comparable(c.slice(at + 1)));
    }, 30_000);
  }
});
