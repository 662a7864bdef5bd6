/** The reference agrees with the source it is made from, and with what cells really find defined. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { reference, referenceText } from '../../scripts/reference.ts';

it('src/reference/reference.json is up to date (npm run reference)', () => {
  expect(readFileSync('src/reference/reference.json', 'utf8')).toBe(referenceText());
});

it('explains every name that cells have, and none besides', () => {
  const source = readFileSync('src/frame/kernel/builtins.ts', 'utf8'), made = source.slice(source.indexOf('export function builtins'));
  const defined = [...made.matchAll(/^ {4}(\w+): /gm)].map((m) => m[1]);
  const words = /cellWords[^[]*\[([^\]]*)\]/.exec(readFileSync('src/frame/kernel/transpile.ts', 'utf8'))![1].match(/'(\w+)'/g)!.map((w) => w.slice(1, -1));
  expect(reference().filter((e) => e.group === 'cells').map((e) => e.name).sort()).toEqual([...defined, ...words].sort());
});

it('leaves nothing without a word', () => {
  expect(reference().filter((e) => e.doc === '').map((e) => e.name)).toEqual([]);
});
