/** What is recorded of the real standard library: leak tags, inline costs and summaries. */
import type { FactsProvider } from '../../lib/go/facts/facts.ts';

/** No facts are recorded yet: bodies of lib/std stand in. */
export function stdFacts(): FactsProvider | undefined { return undefined; }
