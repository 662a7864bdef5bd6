/**
 * A string of millions of characters must not be laid out because a cell displays it: its
 * beginning is shown, and a button that says how much more there is gives the rest, a
 * piece at a time. The value itself is untouched.
 */

/** Characters shown at first; each press of the button shows ten times as many more. */
export const textShown = 20_000;

/** What to display of value: itself, or of a long string an element with its beginning. */
export function shortened(value: unknown): unknown {
  if (typeof value !== 'string' || value.length <= textShown) return value;
  const box = document.createElement('div'), text = document.createElement('span'), more = document.createElement('button');
  box.className = 'observablehq observablehq--inspect';
  text.className = 'observablehq--string';
  more.className = 'btn small';
  let to = 0;
  const grow = (by: number): void => {
    // A pair of surrogates stays whole.
    const end = Math.min(value.length, to + by), next = end < value.length && (value.charCodeAt(end) & 0xfc00) === 0xdc00 ? end + 1 : end;
    text.append(JSON.stringify(value.slice(to, next)).slice(to === 0 ? 0 : 1, next === value.length ? undefined : -1));
    to = next;
    if (to === value.length) more.remove(); else more.textContent = `… ${(value.length - to).toLocaleString('en')}`;
  };
  more.onclick = () => grow(textShown * 10);
  grow(textShown);
  box.append(text, ' ', more);
  return box;
}
