/**
 * The editor chunk: CodeMirror 6 for the one cell being edited. It knows nothing
 * of notebooks; the page hands in callbacks and marks.
 */
import { acceptCompletion, autocompletion, closeBrackets, closeBracketsKeymap, completeAnyWord, completionKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, isolateHistory, historyKeymap, indentLess, indentMore, redo, redoDepth, undo, undoDepth } from '@codemirror/commands';
import { go } from '@codemirror/lang-go';
import { html } from '@codemirror/lang-html';
import { javascript } from '@codemirror/lang-javascript';
import { markdown } from '@codemirror/lang-markdown';
import { HighlightStyle, bracketMatching, indentOnInput, indentUnit, syntaxHighlighting } from '@codemirror/language';
import { highlightSelectionMatches, searchKeymap } from '@codemirror/search';
import { EditorState } from '@codemirror/state';
import type { Extension } from '@codemirror/state';
import { EditorView, drawSelection, keymap, lineNumbers, placeholder, tooltips } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import type { LineMark, Underline } from '../cell/marks.ts';
import { layoutEdits, layoutOnly, sameToken } from '../doc/layout.ts';
import { setMarks, verdictMarks, type CardOf } from './verdicts.ts';
import { goCompletion, goServices, type GoHelp } from './goservices.ts';
import { jsCompletion, jsHover } from './jsservices.ts';

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
  /** Names of the values of Go cells. */
  goCells(): readonly string[];
  /** Of Go cells: who answers about the text. */
  readonly go: GoHelp | null;
  readonly card: CardOf;
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
        tooltips({ position: 'fixed' }), code ? [] : verdictMarks(host.card, false),
        code ? [lineNumbers(), verdictMarks(host.card, host.mode === 'go'), bracketMatching(), closeBrackets()] : EditorView.lineWrapping,
        history(), drawSelection(), indentOnInput(), highlightSelectionMatches(), placeholder(host.placeholder),
        indentUnit.of(host.mode === 'go' ? '\t' : '  '), EditorState.tabSize.of(4), EditorState.allowMultipleSelections.of(true),
        syntaxHighlighting(style), language(host.mode),
        autocompletion({ override: host.go ? [goCompletion(host.go)] : code ? [jsCompletion(host.names, host.goCells), completeAnyWord] : [completeAnyWord], icons: false }),
        host.go || !code ? [] : jsHover(host.goCells),
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
      if (layoutOnly(now, text)) {
        const { anchor, head } = view.state.selection.main;
        view.dispatch({ changes: layoutEdits(now, text).map(e => ({ ...e })), selection: { anchor: sameToken(now, text, anchor), head: sameToken(now, text, head) }, scrollIntoView: true, annotations: isolateHistory.of('full') });
      } else view.dispatch({ changes: { from: a, to: now.length - b, insert: text.slice(a, text.length - b) } });
      silent = false;
    },
    setMarks: (under, marks) => setMarks(view, under, marks),
    focus: () => view.focus(),
    destroy: () => view.destroy(),
  };
}
