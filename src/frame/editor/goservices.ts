/**
 * The Go editor's help: completion, documentation under the pointer (and at the
 * caret: Mod-Shift-Space), the signature of the call being written, definition
 * (F12, or Mod-click), uses (Shift-F12) and renaming (F2). Answers come from a
 * Worker; one that comes after the text has changed is dropped.
 */
import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete';
import { pickedCompletion } from '@codemirror/autocomplete';
import { EditorSelection, Prec, StateEffect, StateField } from '@codemirror/state';
import type { Extension } from '@codemirror/state';
import { Decoration, EditorView, ViewPlugin, hoverTooltip, keymap, showPanel, showTooltip } from '@codemirror/view';
import type { DecorationSet, Panel, Tooltip, ViewUpdate } from '@codemirror/view';
import type { Say } from '../../i18n/page.ts';
import type { Offer, ServiceAnswer, ServiceAsk, Stretch, Told } from '../kernel/service.ts';

export interface GoHelp {
  /** Asks the Worker about the text as it is now; the newest question of a kind aborts the one before. */
  ask(ask: ServiceAsk, text: string): Promise<ServiceAnswer>;
  readonly say: Say;
  announce(text: string): void;
}
type Answer<W extends ServiceAnswer['what']> = Extract<ServiceAnswer, { what: W }>;

/** The answer to a question, null if it failed or the text has changed meanwhile. */
async function answer<W extends ServiceAnswer['what']>(help: GoHelp, view: EditorView, ask: ServiceAsk & { readonly what: W }): Promise<Answer<W> | null> {
  const doc = view.state.doc;
  try {
    const a = await help.ask(ask, doc.toString());
    return view.state.doc === doc ? a as Answer<W> : null;
  } catch { return null; }
}

// Completion ----------------------------------------------------------------------

const types: Readonly<Record<Offer['kind'], string>> = { function: 'function', method: 'method', variable: 'variable', constant: 'constant', type: 'type', field: 'property', package: 'namespace', keyword: 'keyword', builtin: 'function' };

export const goCompletion = (help: GoHelp) => async (c: CompletionContext): Promise<CompletionResult | null> => {
  const word = c.matchBefore(/[\p{L}_][\p{L}\p{Nd}_]*/u), before = c.state.sliceDoc(Math.max(0, (word?.from ?? c.pos) - 1), word?.from ?? c.pos);
  if (!word && before !== '.' && before !== '"' && before !== '/' && !c.explicit) return null;
  let got: Answer<'complete'>;
  try { got = await help.ask({ what: 'complete', offset: c.pos }, c.state.doc.toString()) as Answer<'complete'>; } catch { return null; }
  const list = got.completion;
  if (c.aborted || !list) return null;
  return { from: list.from, options: list.items.map(option), validFor: /^[\p{L}\p{Nd}_/]*$/u };
};

function option(o: Offer, i: number): Completion {
  return {
    label: o.label, sortText: String(i).padStart(5, '0'), type: types[o.kind], detail: o.detail.length > 60 ? `${o.detail.slice(0, 59)}…` : o.detail, boost: o.rank * 20,
    ...(o.doc === '' && o.detail.length <= 60 ? {} : { info: () => { const d = document.createElement('div'); if (o.detail.length > 60) d.append(code(o.detail)); if (o.doc !== '') { const p = document.createElement('p'); p.textContent = o.doc; d.append(p); } return d; } }),
    apply: (view, completion, from, to) => {
      const also = o.also ? [{ from: o.also.from, to: o.also.to, insert: o.also.insert }] : [];
      const grow = o.also && o.also.from <= from ? o.also.insert.length - (o.also.to - o.also.from) : 0;
      view.dispatch({ changes: [...also, { from, to, insert: o.label }], selection: { anchor: from + grow + o.label.length }, annotations: pickedCompletion.of(completion), userEvent: 'input.complete', scrollIntoView: true });
    },
  };
}

// Cards ---------------------------------------------------------------------------

function code(text: string): HTMLElement {
  const pre = document.createElement('pre');
  pre.className = 'go-code';
  pre.textContent = text;
  return pre;
}

/** What a name is, as a card. */
function card(t: Told, say: Say): HTMLElement {
  const dom = document.createElement('div');
  dom.className = 'card static told';
  dom.append(code(t.code));
  if (t.doc !== '') for (const text of t.doc.split(/\n{2,}/).slice(0, 4)) { const p = document.createElement('p'); p.textContent = text.replace(/\n/g, ' '); dom.append(p); }
  if (t.layout) {
    const p = document.createElement('p'), l = t.layout;
    p.className = 'really';
    p.textContent = `${say('edSize', l.size, l.align)} · ${l.size === 0 ? say('edZero') : l.ptrdata === 0 ? say('edNoscan') : say('edScan', l.ptrdata)}`;
    dom.append(p);
    const gaps = l.fields ? l.size - l.fields.reduce((n, f) => n + f.size, 0) : 0;
    if (gaps > 0) { const q = document.createElement('p'); q.className = 'really'; q.textContent = say('edPadding', gaps); dom.append(q); }
  }
  return dom;
}

const setCard = StateEffect.define<Tooltip | null>();
/** The one card opened by a key; typing, moving and Escape close it. */
const cardField = StateField.define<Tooltip | null>({
  create: () => null,
  update(value, tr) {
    for (const e of tr.effects) if (e.is(setCard)) return e.value;
    return tr.docChanged || tr.selection ? null : value;
  },
  provide: f => showTooltip.from(f),
});
const tooltip = (pos: number, dom: HTMLElement): Tooltip => ({ pos, above: true, create: () => ({ dom }) });

// Uses ----------------------------------------------------------------------------

const setUses = StateEffect.define<readonly Stretch[]>();
const usesField = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(value, tr) {
    for (const e of tr.effects) if (e.is(setUses)) return Decoration.set(e.value.map(s => Decoration.mark({ class: 'go-use' }).range(s.from, s.to)), true);
    return tr.docChanged || tr.selection ? Decoration.none : value;
  },
  provide: f => EditorView.decorations.from(f),
});

// Renaming ------------------------------------------------------------------------

const setRename = StateEffect.define<{ readonly at: number; readonly name: string } | null>();
const renameField = (help: GoHelp) => StateField.define<{ readonly at: number; readonly name: string } | null>({
  create: () => null,
  update(value, tr) {
    for (const e of tr.effects) if (e.is(setRename)) return e.value;
    return tr.docChanged ? null : value;
  },
  provide: f => showPanel.from(f, v => v && (view => renamePanel(view, help, v))),
});

function renamePanel(view: EditorView, help: GoHelp, what: { readonly at: number; readonly name: string }): Panel {
  const dom = document.createElement('div'), input = document.createElement('input'), label = document.createElement('label'), told = document.createElement('span'), ok = document.createElement('button');
  dom.className = 'go-rename';
  label.textContent = help.say('edRename', what.name);
  input.value = what.name;
  input.spellcheck = false;
  ok.textContent = help.say('edRenameDo');
  told.setAttribute('role', 'alert');
  label.append(input);
  dom.append(label, ok, told);
  const close = (): void => { view.dispatch({ effects: setRename.of(null) }); view.focus(); };
  const submit = (): void => {
    void answer(help, view, { what: 'rename', offset: what.at, newName: input.value.trim() }).then(a => {
      const r = a?.rename;
      if (!r) { told.textContent = help.say('edNoAnswer'); return; }
      if (r.kind === 'refused') { told.textContent = help.say(({ notAName: 'edNotAName', notYours: 'edNotYours', badName: 'edBadName', conflict: 'edConflict' } as const)[r.why], r.detail); return; }
      view.dispatch({ changes: r.edits.map(x => ({ from: x.from, to: x.to, insert: x.insert })), effects: setRename.of(null), userEvent: 'input.rename' });
      help.announce(help.say('edRenamed', r.edits.length));
      view.focus();
    });
  };
  // Not a form: the sandbox lets none submit.
  ok.type = 'button';
  ok.onclick = submit;
  dom.onkeydown = e => {
    e.stopPropagation();
    if (e.key === 'Escape') { e.preventDefault(); close(); }
    else if (e.key === 'Enter' && e.target === input) { e.preventDefault(); submit(); }
  };
  return { dom, top: true, mount: () => { input.select(); } };
}

// Calls ---------------------------------------------------------------------------

/** Shows the signature of the call that the caret is in, from its opening parenthesis on. */
const callHelp = (help: GoHelp) => {
  const set = StateEffect.define<Tooltip | null>();
  const field = StateField.define<Tooltip | null>({
    create: () => null,
    update(value, tr) {
      for (const e of tr.effects) if (e.is(set)) return e.value;
      return value && tr.docChanged ? { ...value, pos: tr.changes.mapPos(value.pos) } : value;
    },
    provide: f => showTooltip.from(f),
  });
  const plugin = ViewPlugin.fromClass(class {
    #timer: ReturnType<typeof setTimeout> | undefined;
    constructor(readonly view: EditorView) {}
    update(u: ViewUpdate): void {
      const open = u.startState.field(field) !== null;
      let typed = false;
      if (u.docChanged) u.changes.iterChanges((_a, _b, _c, _d, text) => { if (/[(,]/.test(text.toString())) typed = true; });
      if (!typed && !(open && (u.docChanged || u.selectionSet))) return;
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => void this.#ask(), 120);
    }
    async #ask(): Promise<void> {
      const { view } = this, at = view.state.selection.main.head, a = await answer(help, view, { what: 'signature', offset: at });
      if (!a && view.state.field(field) === null) return;
      const h = a?.help ?? null;
      if (h === null) { view.dispatch({ effects: set.of(null) }); return; }
      const dom = document.createElement('div');
      dom.className = 'card static told';
      const pre = code(`${h.name}(`);
      h.params.forEach((p, i) => { const b = document.createElement(i === h.active ? 'b' : 'span'); b.textContent = p; pre.append(b, i < h.params.length - 1 ? ', ' : ''); });
      pre.append(`)${h.results === '' ? '' : ` ${h.results}`}`);
      dom.append(pre);
      if (h.doc !== '') { const p = document.createElement('p'); p.textContent = h.doc; dom.append(p); }
      view.dispatch({ effects: set.of(tooltip(at, dom)) });
    }
    destroy(): void { clearTimeout(this.#timer); }
  });
  const close = keymap.of([{ key: 'Escape', run: v => { if (v.state.field(field) === null) return false; v.dispatch({ effects: set.of(null) }); return true; } }]);
  return [field, plugin, Prec.high(close)];
};

// All of it -----------------------------------------------------------------------

/** Extensions of a Go editor. */
export function goServices(help: GoHelp): Extension {
  const define = async (view: EditorView, at: number): Promise<void> => {
    const a = await answer(help, view, { what: 'definition', offset: at }), d = a?.definition;
    if (!d) { help.announce(help.say('edNoDefinition')); return; }
    if (d.peek === '') { view.dispatch({ selection: EditorSelection.range(d.from, d.to), scrollIntoView: true }); view.focus(); return; }
    const dom = document.createElement('div');
    dom.className = 'card static told';
    dom.append(code(d.peek));
    view.dispatch({ effects: setCard.of(tooltip(at, dom)) });
    help.announce(d.peek);
  };
  const tell = async (view: EditorView): Promise<void> => {
    const at = view.state.selection.main.head, a = await answer(help, view, { what: 'hover', offset: at });
    if (!a?.hover) { help.announce(help.say('edNothing')); return; }
    view.dispatch({ effects: setCard.of(tooltip(at, card(a.hover, help.say))) });
    help.announce(`${a.hover.code} ${a.hover.doc}`);
  };
  const uses = async (view: EditorView): Promise<void> => {
    const a = await answer(help, view, { what: 'references', offset: view.state.selection.main.head });
    const spans = a?.spans ?? [];
    view.dispatch({ effects: setUses.of(spans) });
    help.announce(help.say('edUses', spans.length));
  };
  const startRename = (view: EditorView): boolean => {
    const at = view.state.selection.main.head, word = view.state.wordAt(at);
    if (!word) { help.announce(help.say('edNotAName')); return true; }
    view.dispatch({ effects: setRename.of({ at, name: view.state.sliceDoc(word.from, word.to) }) });
    return true;
  };
  return [
    cardField, usesField, renameField(help), callHelp(help),
    hoverTooltip(async (view, pos) => {
      const a = await answer(help, view, { what: 'hover', offset: pos });
      return a?.hover ? { pos: a.hover.from, end: a.hover.to, above: true, create: () => ({ dom: card(a.hover!, help.say) }) } : null;
    }, { hoverTime: 400 }),
    EditorView.clickAddsSelectionRange.of(e => e.altKey),
    EditorView.domEventHandlers({
      mousedown: (e, view) => {
        if (!(e.ctrlKey || e.metaKey) || e.button !== 0) return false;
        const pos = view.posAtCoords({ x: e.clientX, y: e.clientY });
        if (pos === null) return false;
        e.preventDefault();
        void define(view, pos);
        return true;
      },
    }),
    Prec.high(keymap.of([
      { key: 'F12', run: v => { void define(v, v.state.selection.main.head); return true; }, shift: v => { void uses(v); return true; } },
      { key: 'F2', run: startRename },
      { key: 'Mod-Shift-Space', run: v => { void tell(v); return true; } },
      { key: 'Escape', run: v => {
        const open = v.state.field(cardField) !== null;
        if (open) v.dispatch({ effects: setCard.of(null) });
        return open;
      } },
    ])),
  ];
}
