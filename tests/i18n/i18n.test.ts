/** Both languages say everything, with the same blanks to fill. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { en as enMain } from '../../src/i18n/en.ts';
import { speaker, tagOf } from '../../src/i18n/index.ts';
import { verdictEn } from '../../src/i18n/verdict.en.ts';
import { verdictZh } from '../../src/i18n/verdict.zh.ts';
import { zh as zhMain } from '../../src/i18n/zh.ts';

/** The page's sentences, and those of the panel of verdicts, which is a chunk of its own and may use the same names. */
const panel = (o: Readonly<Record<string, string>>): Record<string, string> => Object.fromEntries(Object.entries(o).map(([k, v]) => [`verdict.${k}`, v]));
const en = { ...enMain, ...panel(verdictEn) }, zh = { ...zhMain, ...panel(verdictZh) };

const blanks = (s: string): string => [...new Set([...s.matchAll(/\{(\d)(?:\|[^}]*)?\}/g)].map((m) => m[1]))].sort().join();

test('English and Chinese have the same keys', () => {
  expect(Object.keys(zh).sort()).toEqual(Object.keys(en).sort());
});
test('every sentence is said somewhere', () => {
  const src = fileURLToPath(new URL('../../src', import.meta.url));
  const texts = (readdirSync(src, { recursive: true }) as string[]).filter((f) => /\.(ts|svelte)$/.test(f) && !/i18n.(\w+\.)?(en|zh)\.ts$/.test(f)).map((f) => readFileSync(join(src, f), 'utf8')).join('\n');
  const quoted = new Set(Array.from(texts.matchAll(/(['"`])(\w+)\1/g), (m) => m[2]));
  expect(Object.keys(en).map((k) => k.replace('verdict.', '')).filter((k) => !quoted.has(k))).toEqual([]);
});
test('braces hold a number, alone or with the words for one and for many', () => {
  for (const [key, text] of [...Object.entries(en), ...Object.entries(zh)]) expect(text.replace(/\{\d(\|[^{}|]+\|[^{}|]+)?\}/g, ''), key).not.toMatch(/[{}]/);
});
test('a sentence has the same blanks in both, and is empty in neither', () => {
  for (const [key, text] of Object.entries(en)) {
    const other = (zh as Readonly<Record<string, string>>)[key];
    expect(other.trim(), key).not.toBe('');
    expect(blanks(other), key).toBe(blanks(text));
  }
});
test('sentences of more than three words are not left in English', () => {
  for (const [key, text] of Object.entries(en)) if ((text.match(/[A-Za-z]{2,}/g) ?? []).length > 3) expect((zh as Readonly<Record<string, string>>)[key], key).toMatch(/\p{Script=Han}/u);
});
test('a speaker fills blanks, and speaks English when a language is unknown', () => {
  expect(speaker('zh')('version', 3)).toBe('版本 3');
  expect(speaker('xx')('version', 3)).toBe('version 3');
  expect(speaker('__proto__')('version', 3)).toBe('version 3');
  expect([tagOf('zh'), tagOf('en')]).toEqual(['zh-CN', 'en']);
});
test('one is not many', () => {
  expect(speaker('en')('cellsRan', 1)).toBe('1 cell ran');
  expect(speaker('en')('cellsRan', 2)).toBe('2 cells ran');
  expect(speaker('en')('forksN', 1)).toBe('1 fork');
  // A figure is never followed by a noun that has one form only.
  for (const text of Object.values(en)) expect(text).not.toMatch(/\{0\} (?:cells|lines|forks|rows|objects|fields|notebooks|places|calls)\b/);
});
