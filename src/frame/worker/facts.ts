/** Verdicts as `gomem escape` prints them: with what is recorded of the real standard library, as far as the page has sent it. */
import { baseFor } from '../../../lib/engine/report.ts';
import type { GoVersion } from '../../../lib/base/version.ts';
import { modelled, withModels } from '../../../lib/go/facts/models.ts';
import { FactsStore } from '../../../lib/go/facts/store.ts';
import { Base, type PackageProvider, type ProgramOptions } from '../../../lib/go/program.ts';
import { std } from './std.ts';

const texts = new Map<string, string>();
let store = new FactsStore(path => texts.get(path));

/** Takes the facts that came with a question. */
export function takeFacts(list: readonly (readonly [path: string, text: string])[]): void {
  const before = texts.size;
  for (const [path, text] of list) texts.set(path, text);
  // A store remembers what it did not find.
  if (texts.size !== before) store = new FactsStore(path => texts.get(path));
}

const withAll: PackageProvider = path => { const own = std(path); return own && withModels(path, own); };
const bases = new Map<GoVersion, Base>();

/**
 * How to build a program for its verdicts. Packages of generic functions are modelled
 * (lib/go/facts/models.ts), in a base of their own: such bodies are never run.
 */
export function forVerdicts(go: GoVersion, sent: readonly (readonly [string, string])[]): { readonly provide: PackageProvider; readonly opts: Pick<ProgramOptions, 'facts' | 'base'> & { readonly base: Base } } {
  if (!sent.some(([path]) => modelled(path))) return { provide: std, opts: { facts: store, base: baseFor(go) } };
  let base = bases.get(go);
  if (!base) bases.set(go, base = new Base(go, () => 1 << 20));
  return { provide: withAll, opts: { facts: store, base } };
}
