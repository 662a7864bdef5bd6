/**
 * Hypertext literals (the `htl` package, which cells and Inputs use) under a policy without
 * inline handlers. The original writes `onclick=${f}` into its markup as `onclick="::1"` and
 * puts the function in its place afterwards; but the browser compiles the attribute as soon
 * as the element exists, and the policy reports that. An object of properties,
 * `${{onclick: f}}`, is never written as an attribute: this module turns the first into the
 * second. The build puts it wherever `htl` is imported.
 */
import * as original from 'kit:htl';

type Tag = (strings: TemplateStringsArray, ...values: readonly unknown[]) => Element;
const handler = /(\s)(on[a-z]+)\s*=\s*$/i;
/** Strings without the handlers' names, by template and by which of its values are functions. */
const known = new WeakMap<readonly string[], Map<string, { strings: TemplateStringsArray; names: readonly (string | null)[] }>>();

/** Whether value i stands inside a tag. */
const inTag = (raw: readonly string[], i: number): boolean => { const before = raw.slice(0, i + 1).join(''); return before.lastIndexOf('<') > before.lastIndexOf('>'); };

const quiet = (tag: Tag): Tag => (strings, ...values) => {
  const { raw } = strings;
  const which = values.map((v, i) => (typeof v === 'function' && handler.test(raw[i]) && /^[\s>]/.test(raw[i + 1]) && inTag(raw, i) ? '1' : '0')).join('');
  if (!which.includes('1')) return tag(strings, ...values);
  let variants = known.get(raw);
  if (!variants) known.set(raw, variants = new Map());
  let t = variants.get(which);
  if (!t) {
    const names = values.map((_, i) => (which[i] === '1' ? handler.exec(raw[i])![2].toLowerCase() : null));
    const cut = raw.map((s, i) => (names[i] ? s.replace(handler, '$1') : s));
    variants.set(which, t = { strings: Object.assign(cut.slice(), { raw: cut }), names });
  }
  const { names } = t;
  return tag(t.strings, ...values.map((v, i) => { const name = names[i]; return name ? { [name]: v } : v; }));
};

export const html = Object.assign(quiet(original.html), { fragment: quiet(original.html.fragment) });
export const svg = Object.assign(quiet(original.svg), { fragment: quiet(original.svg.fragment) });
