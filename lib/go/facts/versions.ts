/**
 * What the facts of one version say wrongly of earlier ones, as far as recordings of
 * those versions show it: functions that were not inlined yet, and nested calls into
 * packages that did not exist.
 *
 * SIMPLIFIED: everything else recorded of the standard library is Go 1.26's for
 * every version.
 */
import type { FuncFact, InlineFact } from './facts.ts';

/** Functions that were not inlined up to a minor version. */
const notInlined: Readonly<Record<string, number>> = { 'strings.Index': 21, 'net/http/httptest.NewRequest': 21 };

/** Nested calls that exist from a minor version on. */
const nestedSince: readonly (readonly [text: RegExp, minor: number])[] = [
  // internal/sync holds the mutex and the map of package sync since 1.24, internal/stringslite bodies of strings since 1.23.
  // internal/strconv holds strconv's bodies since 1.26, where math.IsInf goes by Abs.
  [/^inlining call to (strconv\.Itoa|math\.(Abs|Float64bits|Float64frombits))$/, 26], [/^inlining call to strings\.Index$/, 22],
  [/^inlining call to sync\.\(\*(Mutex|HashTrieMap\[)/, 24], [/^inlining call to stringslite\./, 23],
];

/** A fact as an earlier version would have it. */
export function factFor(minor: number, pkgPath: string, sym: string, f: FuncFact | undefined): FuncFact | undefined {
  if (!f?.inline || minor >= 26) return f;
  if ((notInlined[`${pkgPath}.${sym}`] ?? 0) >= minor) return { paramTags: f.paramTags };
  const { lines } = f.inline;
  const gone = (i: number): boolean => i >= 0 && (nestedSince.some(([re, since]) => minor < since && re.test(lines[i].text)) || gone(lines[i].parent));
  if (!lines.some((_, i) => gone(i))) return f;
  const index = new Map<number, number>([[-1, -1]]);
  const kept: InlineFact['lines'][number][] = [];
  lines.forEach((l, i) => {
    if (gone(i)) return;
    index.set(i, kept.length);
    kept.push({ text: l.text, parent: index.get(l.parent) ?? -1 });
  });
  return { ...f, inline: { ...f.inline, lines: kept } };
}
