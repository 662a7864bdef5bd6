/**
 * One stop of the keyboard for a table: arrows move among its controls ([data-cell],
 * row by row as they stand), Home and End go to the first and last row.
 */
export function rove(node: HTMLElement): () => void {
  const rows = (): HTMLElement[][] => [...node.querySelectorAll<HTMLElement>('[data-row]')].map(r => [...r.querySelectorAll<HTMLElement>('[data-cell]')]).filter(r => r.length > 0);
  const stop = (): void => {
    const all = rows().flat();
    if (all.some(e => e.tabIndex === 0)) return;
    if (all[0]) all[0].tabIndex = 0;
  };
  const go = (to: HTMLElement | undefined): void => {
    if (!to) return;
    for (const e of node.querySelectorAll<HTMLElement>('[data-cell]')) e.tabIndex = -1;
    to.tabIndex = 0;
    to.focus();
    to.scrollIntoView({ block: 'nearest' });
  };
  const key = (e: KeyboardEvent): void => {
    const here = (e.target as HTMLElement).closest<HTMLElement>('[data-cell]');
    if (!here || e.ctrlKey || e.metaKey || e.altKey) return;
    const list = rows(), r = list.findIndex(x => x.includes(here)), c = list[r]?.indexOf(here) ?? 0;
    const at = (row: HTMLElement[] | undefined): HTMLElement | undefined => row?.[Math.min(c, row.length - 1)];
    let to: HTMLElement | undefined;
    switch (e.key) {
      case 'ArrowDown': to = at(list[r + 1]); break;
      case 'ArrowUp': to = at(list[r - 1]); break;
      case 'ArrowRight': to = list[r]?.[c + 1]; break;
      case 'ArrowLeft': to = list[r]?.[c - 1]; break;
      case 'Home': to = at(list[0]); break;
      case 'End': to = at(list[list.length - 1]); break;
      default: return;
    }
    e.preventDefault();
    e.stopPropagation();
    go(to);
  };
  const focus = (e: FocusEvent): void => {
    const here = (e.target as HTMLElement).closest<HTMLElement>('[data-cell]');
    if (!here) return;
    for (const x of node.querySelectorAll<HTMLElement>('[data-cell]')) if (x !== here) x.tabIndex = -1;
    here.tabIndex = 0;
  };
  const seen = new MutationObserver(stop);
  seen.observe(node, { childList: true, subtree: true });
  node.addEventListener('keydown', key);
  node.addEventListener('focusin', focus);
  stop();
  return () => { seen.disconnect(); node.removeEventListener('keydown', key); node.removeEventListener('focusin', focus); };
}
