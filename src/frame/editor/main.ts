/**
 * The editor chunk: CodeMirror 6 for the one cell being edited. It knows nothing
 * of notebooks; the page hands in callbacks and marks.
 */
import { acceptCompletion, autocompletion, closeBrackets, closeBracketsKeymap, completeAnyWord, completionKeymap } from '@codemirror/autocomplete';
import type { CompletionContext, CompletionResult } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, indentLess, indentMore, redo, redoDepth, undo, undoDepth } from '@codemirror/commands';
import { go } from '@codemirror/lang-go';
import { html } from '@codemirror/lang-html';
import { javascript } from '@codemirror/lang-javascript';
import { markdown } from '@codemirror/lang-markdown';
import { HighlightStyle, bracketMatching, indentOnInput, indentUnit, syntaxHighlighting } from '@codemirror/language';
import { highlightSelectionMatches, searchKeymap } from '@codemirror/search';
import { EditorState, RangeSet, StateEffect, StateField } from '@codemirror/state';
import type { Extension } from '@codemirror/state';
import { Decoration, EditorView, GutterMarker, drawSelection, gutter, hoverTooltip, keymap, lineNumbers, placeholder, tooltips } from '@codemirror/view';
import type { DecorationSet } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import type { LineMark, Underline } from '../cell/marks.ts';
import { goCompletion, goServices, type GoHelp } from './goservices.ts';

export interface EditorHost {
  readonly mode: string;
  readonly text: string;
  readonly cursor: number;
  readonly label: string;
  readonly placeholder: string;
  changed(text: string, cursor: number): void;
  moved(cursor: number): void;
  /** The cursor left the text upwards (-1) or downwards (1). */
  edge(by: number): void;
  /** Undo (or redo) was asked with nothing left here. */
  undone(redo: boolean): void;
  names(): readonly string[];
  /** Of Go cells: who answers about the text. */
  readonly go: GoHelp | null;
  card(verdicts: LineMark['verdicts']): readonly string[];
}
export interface EditorHandle { setText(text: string): void; setMarks(under: readonly Underline[], marks: readonly LineMark[]): void; focus(): void; destroy(): void; }
export interface EditorChunk { createEditor(parent: HTMLElement, host: EditorHost): EditorHandle; }

const style = HighlightStyle.define([
  { tag: [tags.comment, tags.lineComment, tags.blockComment], class: 'tok-comment' },
  { tag: [tags.string, tags.special(tags.string), tags.character, tags.regexp, tags.attributeValue, tags.monospace], class: 'tok-string' },
  { tag: [tags.number, tags.integer, tags.float], class: 'tok-number' },
  { tag: [tags.keyword, tags.controlKeyword, tags.definitionKeyword, tags.moduleKeyword, tags.operatorKeyword, tags.null, tags.bool], class: 'tok-keyword' },
  { tag: [tags.tagName, tags.angleBracket], class: 'tok-tag' },
  { tag: tags.heading, class: 'tok-heading' },
]);

const setMarksEffect = StateEffect.define<{ under: readonly Underline[]; marks: readonly LineMark[] }>();
interface Marks { readonly deco: DecorationSet; readonly gutter: RangeSet<GutterMarker>; readonly under: readonly Underline[]; }

class Dot extends GutterMarker {
  constructor(readonly kind: string, readonly texts: string) { super(); }
  override eq(o: GutterMarker): boolean { return o instanceof Dot && o.kind === this.kind && o.texts === this.texts; }
  override toDOM(): Node {
    const i = document.createElement('i');
    i.className = `mark ${this.kind}`;
    i.title = this.texts;
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
        gutter: RangeSet.of(dots.map(m => new Dot(m.kind, m.verdicts.map(v => v.text).join('\n')).range(doc.line(m.line).from)), true),
      };
    }
    return value;
  },
  provide: f => EditorView.decorations.from(f, m => m.deco),
});

const hover = hoverTooltip((view, pos) => {
  const hits = view.state.field(marksField).under.filter(u => u.from <= pos && pos <= u.to);
  if (hits.length === 0) return null;
  return {
    pos: hits[0].from, end: hits[0].to, above: true,
    create: () => {
      const dom = document.createElement('div');
      dom.className = 'card static';
      for (const h of hits) { const p = document.createElement('p'); const i = document.createElement('i'); i.className = `mark ${h.kind}`; p.append(i, h.text); dom.append(p); }
      return { dom };
    },
  };
});

function language(mode: string): Extension {
  switch (mode) {
    case 'go': return go();
    case 'html': return html();
    case 'md': case 'tex': return mode === 'md' ? markdown() : [];
    case 'ts': return javascript({ typescript: true });
    default: return javascript();
  }
}

export function createEditor(parent: HTMLElement, host: EditorHost): EditorHandle {
  let silent = false;
  const complete = (c: CompletionContext): CompletionResult | null => {
    const word = c.matchBefore(/[\p{L}_$][\p{L}\p{Nd}_$]*/u);
    if (!word || (word.from === word.to && !c.explicit)) return null;
    const known = host.mode === 'md' || host.mode === 'html' ? [] : host.names().map(label => ({ label, type: 'variable' }));
    return { from: word.from, options: known, validFor: /^[\p{L}\p{Nd}_$]*$/u };
  };
  const atEdge = (by: number) => (v: EditorView): boolean => {
    const { main } = v.state.selection, line = v.state.doc.lineAt(main.head);
    if (!main.empty || (by < 0 ? line.number !== 1 : line.number !== v.state.doc.lines)) return false;
    host.edge(by);
    return true;
  };
  const code = host.mode !== 'md' && host.mode !== 'html' && host.mode !== 'tex';
  const view = new EditorView({
    parent,
    state: EditorState.create({
      doc: host.text,
      selection: { anchor: Math.min(host.cursor, host.text.length) },
      extensions: [
        marksField, hover, tooltips({ position: 'fixed' }),
        code ? [lineNumbers(), host.mode === 'go' ? gutter({ class: 'cm-marks', markers: v => v.state.field(marksField).gutter, initialSpacer: () => new Dot('none', '') }) : [], bracketMatching(), closeBrackets()] : EditorView.lineWrapping,
        history(), drawSelection(), indentOnInput(), highlightSelectionMatches(), placeholder(host.placeholder),
        indentUnit.of(host.mode === 'go' ? '\t' : '  '), EditorState.tabSize.of(4), EditorState.allowMultipleSelections.of(true),
        syntaxHighlighting(style), language(host.mode),
        autocompletion({ override: host.go ? [goCompletion(host.go)] : [complete, completeAnyWord], icons: false }),
        host.go ? goServices(host.go) : [],
        EditorView.contentAttributes.of({ 'aria-label': host.label }),
        keymap.of([
          { key: 'ArrowUp', run: atEdge(-1) }, { key: 'ArrowDown', run: atEdge(1) },
          { key: 'Mod-z', run: v => undoDepth(v.state) > 0 ? undo(v) : (host.undone(false), true) },
          { key: 'Mod-Shift-z', run: v => redoDepth(v.state) > 0 ? redo(v) : (host.undone(true), true) },
          { key: 'Tab', run: v => acceptCompletion(v) || indentMore(v), shift: indentLess },
          ...completionKeymap, ...closeBracketsKeymap, ...searchKeymap, ...historyKeymap, ...defaultKeymap.filter(k => k.key !== 'Mod-Enter' && k.key !== 'Shift-Mod-k'),
        ]),
        EditorView.updateListener.of(u => {
          const cursor = u.state.selection.main.head;
          if (u.docChanged && !silent) host.changed(u.state.doc.toString(), cursor);
          else if (u.selectionSet) host.moved(cursor);
        }),
      ],
    }),
  });
  view.focus();
  return {
    setText: text => {
      const now = view.state.doc.toString();
      if (text === now) return;
      let a = 0, b = 0;
      while (a < text.length && a < now.length && text[a] === now[a]) a++;
      while (b < text.length - a && b < now.length - a && text[text.length - 1 - b] === now[now.length - 1 - b]) b++;
      silent = true;
      view.dispatch({ changes: { from: a, to: now.length - b, insert: text.slice(a, text.length - b) } });
      silent = false;
    },
    setMarks: (under, marks) => view.dispatch({ effects: setMarksEffect.of({ under, marks }) }),
    focus: () => view.focus(),
    destroy: () => view.destroy(),
  };
}
