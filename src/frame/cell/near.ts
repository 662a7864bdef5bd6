/**
 * Hundreds of cells stay light: in a long notebook cells draw their code and results
 * when their stretch (doc/stretches.ts) first comes near the viewport. One observer serves all.
 */
const waiting = new Map<Element, () => void>();
let observer: IntersectionObserver | null = null;

/** Notebooks up to this many cells are drawn whole at once. */
export const wholeUpTo = 150;

/** Calls come once, when node is within two screens of the viewport. */
export const whenNear = (come: () => void) => (node: Element): (() => void) => {
  observer ??= new IntersectionObserver(list => {
    for (const e of list) {
      if (!e.isIntersecting) continue;
      const f = waiting.get(e.target);
      waiting.delete(e.target);
      observer?.unobserve(e.target);
      f?.();
    }
  }, { rootMargin: '2000px 0px' });
  waiting.set(node, come);
  observer.observe(node);
  return () => { waiting.delete(node); observer?.unobserve(node); };
};
