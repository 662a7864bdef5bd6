/** What scrolls sideways must be reachable by keyboard; what does not scroll must not be a stop on the way. */
export const scrollable = (label: string) => (node: HTMLElement): (() => void) => {
  const look = (): void => {
    const on = node.scrollWidth > node.clientWidth + 1;
    if (on === node.hasAttribute('tabindex')) return;
    if (on) { node.tabIndex = 0; node.setAttribute('role', 'region'); node.setAttribute('aria-label', label); }
    else for (const a of ['tabindex', 'role', 'aria-label']) node.removeAttribute(a);
  };
  const sizes = new ResizeObserver(look);
  sizes.observe(node);
  if (node.firstElementChild) sizes.observe(node.firstElementChild);
  // What grows beyond the box without resizing it: other lines, and letters of a font that came later.
  const content = new MutationObserver(look);
  content.observe(node, { childList: true, subtree: true, characterData: true });
  document.fonts.addEventListener('loadingdone', look);
  // Observers wait for a frame to be drawn, which a page in the background may not do. Asking at once would lay the page out for each cell.
  const soon = setTimeout(look, 0);
  return () => { clearTimeout(soon); sizes.disconnect(); content.disconnect(); document.fonts.removeEventListener('loadingdone', look); };
};
