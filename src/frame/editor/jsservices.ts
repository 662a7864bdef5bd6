/** Help in JavaScript cells: what the lab's own names are, and their members after a dot. */
import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete';
import type { Extension } from '@codemirror/state';
import { hoverTooltip } from '@codemirror/view';
import entries from '../../reference/reference.json';

interface Entry { readonly name: string; readonly signature: string; readonly doc: string; readonly group: string }
const byName = new Map<string, Entry>((entries as readonly Entry[]).filter(e => e.group !== 'run' && e.group !== 'directives').map(e => [e.name, e]));

/** Members of lab and chart, and of a run behind any other name: its fields. */
function membersOf(name: string, goCells: readonly string[]): readonly Entry[] {
  const prefix = goCells.includes(name) ? 'run.' : `${name}.`;
  return (entries as readonly Entry[]).filter(e => e.name.startsWith(prefix));
}

function card(e: Entry): HTMLElement {
  const dom = document.createElement('div'), pre = document.createElement('pre'), p = document.createElement('p');
  dom.className = 'card static told';
  pre.className = 'go-code';
  pre.textContent = e.signature;
  p.textContent = e.doc;
  dom.append(pre, p);
  return dom;
}

/** Completion of notebook names, and of members of lab, chart and runs. goCells: names of values of Go cells. */
export const jsCompletion = (names: () => readonly string[], goCells: () => readonly string[]) => (c: CompletionContext): CompletionResult | null => {
  const member = c.matchBefore(/[\p{L}_$][\p{L}\p{Nd}_$]*\.[\p{L}\p{Nd}_$]*/u);
  if (member) {
    const dot = member.text.indexOf('.'), list = membersOf(member.text.slice(0, dot), goCells());
    return list.length === 0 ? null : { from: member.from + dot + 1, options: list.map(e => option(e.name.slice(e.name.indexOf('.') + 1), e)), validFor: /^[\p{L}\p{Nd}_$]*$/u };
  }
  const word = c.matchBefore(/[\p{L}_$][\p{L}\p{Nd}_$]*/u);
  if (!word || (word.from === word.to && !c.explicit)) return null;
  return { from: word.from, options: names().map(n => { const e = byName.get(n); return e ? option(n, e) : { label: n, type: 'variable' }; }), validFor: /^[\p{L}\p{Nd}_$]*$/u };
};

function option(label: string, e: Entry): Completion {
  return { label, type: e.signature.includes('(') ? 'function' : 'property', ...(e.doc === '' ? {} : { info: () => card(e) }) };
}

/** What the name under the pointer is. */
export const jsHover = (goCells: () => readonly string[]): Extension => hoverTooltip((view, pos) => {
  const word = view.state.wordAt(pos);
  if (!word) return null;
  const text = view.state.sliceDoc(word.from, word.to), before = /([\p{L}_$][\p{L}\p{Nd}_$]*)\.$/u.exec(view.state.sliceDoc(Math.max(0, word.from - 60), word.from));
  const e = before ? membersOf(before[1], goCells()).find(m => m.name.endsWith(`.${text}`)) : byName.get(text);
  return e ? { pos: word.from, end: word.to, above: true, create: () => ({ dom: card(e) }) } : null;
}, { hoverTime: 400 });
