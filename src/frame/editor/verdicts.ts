/**
 * Verdicts in the editor: a mark in the gutter and an underline in the text, which move
 * with what is typed until newer ones come, and a card that tells them: by the pointer on
 * the mark or on the underlined text, and by F8, which goes from one marked line to the
 * next. The caret is never touched by anything but F8.
 */
import { RangeSet, StateEffect, StateField } from '@codemirror/state';
import type { EditorState, Extension } from '@codemirror/state';
import { Decoration, EditorView, GutterMarker, gutter, hoverTooltip, keymap, showTooltip } from '@codemirror/view';
import type { BlockInfo, DecorationSet, Tooltip } from '@codemirror/view';
import type { CardRow, LineMark, Underline } from '../cell/marks.ts';

export type CardOf = (verdicts: LineMark['verdicts']) => readonly CardRow[];

const setMarksEffect = StateEffect.define<{ under: readonly Underline[]; marks: readonly LineMark[] }>();
/** The offset of the line whose card is open; −1: none. */
const openEffect = StateEffect.define<number>();
interface Marks { readonly deco: DecorationSet; readonly gutter: RangeSet<Dot>; readonly under: readonly Underline[]; }

class Dot extends GutterMarker {
  constructor(readonly kind: string, readonly verdicts: LineMark['verdicts']) { super(); }
  override eq(o: GutterMarker): boolean { return o instanceof Dot && o.kind === this.kind && o.verdicts.length === this.verdicts.length && o.verdicts.every((v, i) => v.text === this.verdicts[i].text); }
  override toDOM(): Node {
    const i = document.createElement('i');
    i.className = `mark ${this.kind}`;
    return i;
  }
}

const marksField = StateField.define<Marks>({
  create: () => ({ deco: Decoration.none, gutter: RangeSet.empty, under: [] }),
  update(value, tr) {
    if (tr.docChanged) value = { deco: value.deco.map(tr.changes), gutter: value.gutter.map(tr.changes), under: value.under.map(u => ({ ...u, from: tr.changes.mapPos(u.from, 1), to: tr.changes.mapPos(u.to, -1) })).filter(u => u.to > u.from) };
    for (const e of tr.effects) if (e.is(setMarksEffect)) {
      const { doc } = tr.state;
      const under = e.value.under.filter(u => u.from < u.to && u.to <= doc.length);
      const dots = e.value.marks.filter(m => m.line >= 1 && m.line <= doc.lines).sort((a, b) => a.line - b.line);
      value = {
        under,
        deco: Decoration.set(under.map(u => Decoration.mark({ class: `under-${u.kind}` }).range(u.from, u.to)), true),
        gutter: RangeSet.of(dots.map(m => new Dot(m.kind, m.verdicts).range(doc.line(m.line).from)), true),
      };
    }
    return value;
  },
  provide: f => EditorView.decorations.from(f, m => m.deco),
});

export const setMarks = (view: EditorView, under: readonly Underline[], marks: readonly LineMark[]): void => view.dispatch({ effects: setMarksEffect.of({ under, marks }) });

/** The mark of the line at an offset. */
function markAt(state: EditorState, offset: number): { from: number; dot: Dot } | null {
  const line = state.doc.lineAt(Math.min(offset, state.doc.length));
  let found: { from: number; dot: Dot } | null = null;
  state.field(marksField).gutter.between(line.from, line.to, (from, _to, dot) => { found ??= { from, dot }; });
  return found;
}

/** What a card says, as elements. */
export function cardElement(rows: readonly CardRow[]): HTMLElement {
  const dom = document.createElement('div');
  dom.className = 'card static';
  for (const r of rows) {
    const p = document.createElement('p'), i = document.createElement('i'), code = document.createElement('code');
    i.className = `mark ${r.kind}`;
    code.textContent = r.text;
    p.append(i, code);
    for (const [cls, text] of [['really', r.really], ['reason', r.reason]] as const) if (text !== '') { const s = document.createElement('span'); s.className = cls; s.textContent = text; p.append(s); }
    dom.append(p);
  }
  return dom;
}

/** The extension; gutterToo: the marks have a column of their own. */
export function verdictMarks(card: CardOf, gutterToo: boolean): Extension {
  const tooltip = (state: EditorState, offset: number): Tooltip | null => {
    const hit = offset < 0 ? null : markAt(state, offset);
    if (!hit) return null;
    return {
      pos: hit.from, above: false, arrow: false,
      create: () => { const dom = document.createElement('div'); dom.setAttribute('role', 'status'); dom.append(cardElement(card(hit.dot.verdicts))); return { dom }; },
    };
  };
  const openField = StateField.define<{ at: number; tip: Tooltip | null }>({
    create: () => ({ at: -1, tip: null }),
    update(value, tr) {
      let { at } = value;
      if (tr.docChanged || (tr.selection && at >= 0)) at = -1;
      for (const e of tr.effects) if (e.is(openEffect)) at = e.value;
      return at === value.at ? value : { at, tip: tooltip(tr.state, at) };
    },
    provide: f => showTooltip.from(f, v => v.tip),
  });
  const open = (view: EditorView, at: number): void => { if (view.state.field(openField).at !== at) view.dispatch({ effects: openEffect.of(at) }); };
  const next = (by: number) => (view: EditorView): boolean => {
    const { state } = view, here = state.doc.lineAt(state.selection.main.head).from, now = state.field(openField).at;
    if (now !== here && markAt(state, here)) { open(view, here); return true; }
    const lines: number[] = [];
    for (const it = state.field(marksField).gutter.iter(); it.value; it.next()) lines.push(it.from);
    if (lines.length === 0) return false;
    const to = by > 0 ? lines.find(l => l > here) ?? lines[0] : lines.findLast(l => l < here) ?? lines[lines.length - 1];
    view.dispatch({ selection: { anchor: to }, effects: openEffect.of(to), scrollIntoView: true });
    return true;
  };
  const hover = hoverTooltip((view, pos) => {
    const hits = view.state.field(marksField).under.filter(u => u.from <= pos && pos <= u.to);
    if (hits.length === 0) return null;
    const texts = new Set(hits.filter(h => h.kind === 'heap').map(h => h.text));
    const rows = card((markAt(view.state, hits[0].from)?.dot.verdicts ?? []).filter(v => texts.has(v.text)));
    const plain = hits.filter(h => h.kind !== 'heap').map(h => ({ kind: h.kind, text: h.text, really: '', reason: '' }));
    return { pos: hits[0].from, end: hits[0].to, above: true, create: () => ({ dom: cardElement([...plain, ...rows]) }) };
  });
  const over = (view: EditorView, line: BlockInfo): boolean => { open(view, markAt(view.state, line.from) ? line.from : -1); return false; };
  return [
    marksField, openField, hover, EditorView.editorAttributes.compute([openField], state => (state.field(openField).tip ? { class: 'own-escape' } : { class: '' })),
    gutterToo ? gutter({
      class: 'cm-marks', markers: v => v.state.field(marksField).gutter, initialSpacer: () => new Dot('none', []),
      domEventHandlers: { mouseover: over, mouseleave: view => { open(view, -1); return false; } },
    }) : [],
    EditorView.domEventHandlers({ mousemove: (e, view) => { const { at } = view.state.field(openField); if (at >= 0 && !(e.target as Element).closest('.cm-marks, .cm-tooltip') && view.state.selection.main.head !== at) open(view, -1); return false; } }),
    keymap.of([
      { key: 'F8', run: next(1), shift: next(-1) },
      { key: 'Escape', run: view => { if (view.state.field(openField).at < 0) return false; open(view, -1); return true; } },
    ]),
  ];
}
