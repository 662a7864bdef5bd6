/**
 * The keyboard. Command mode has Jupyter's keys; every command is also in the
 * palette, so this table is the one list of what can be done to a notebook.
 */
import type { MessageKey } from '../../i18n/page.ts';
import type { Notebook } from './notebook.svelte.ts';

export interface Command {
  readonly name: string;
  readonly label: MessageKey;
  /** Keys in command mode ('D D' is twice), and keys that work anywhere. */
  readonly keys?: readonly string[];
  readonly anywhere?: readonly string[];
  run(n: Notebook): void;
  /** Not listed in the palette. */
  readonly silent?: boolean;
}

const at = (n: Notebook): number => n.index(n.focus);
const focused = (n: Notebook, f: (id: number) => void): void => { if (n.focus !== null) f(n.focus); };
const heading = (level: number): Command => ({
  name: `heading${level}`, label: 'toMarkdown', keys: [String(level)], silent: true,
  run: n => focused(n, id => { const c = n.cell(id); if (c) n.patch([id], { mode: 'md', value: `${'#'.repeat(level)} ${c.value.replace(/^#{1,6} */, '')}` }); }),
});

export const commands: readonly Command[] = [
  { name: 'run', label: 'run', anywhere: ['Mod+Enter'], run: n => { if (n.targets.length > 0) n.run(n.targets); n.editing = false; } },
  { name: 'runNext', label: 'run', anywhere: ['Shift+Enter'], silent: true, run: n => { n.run(n.targets); n.editing = false; if (at(n) === n.doc.cells.length - 1) { n.edit(n.insert(at(n) + 1, n.cell(n.focus!)?.mode ?? 'js')); } else n.step(1); } },
  { name: 'runInsert', label: 'run', anywhere: ['Alt+Enter'], silent: true, run: n => { n.run(n.targets); n.edit(n.insert(at(n) + 1, n.focus === null ? 'go' : n.cell(n.focus)?.mode ?? 'js')); } },
  { name: 'runAll', label: 'runAll', run: n => n.runAll() },
  { name: 'stop', label: 'stop', keys: ['I I'], run: n => { for (const id of n.targets) n.stop(id); } },
  { name: 'stopAll', label: 'stopAll', run: n => n.kernel.stopAll() },
  { name: 'edit', label: 'edit', keys: ['Enter'], run: n => focused(n, id => n.edit(id)) },
  { name: 'command', label: 'close', anywhere: ['Escape'], silent: true, run: n => { focused(n, id => n.leave(id)); n.editing = false; n.selected = new Set(); } },
  { name: 'above', label: 'addHere', keys: ['A'], silent: true, run: n => { n.insert(Math.max(0, at(n)), n.focus === null ? 'md' : n.cell(n.focus)!.mode); } },
  { name: 'below', label: 'add', keys: ['B'], run: n => { n.insert(at(n) + 1, n.focus === null ? 'md' : n.cell(n.focus)!.mode); } },
  { name: 'delete', label: 'deleteCell', keys: ['D D', 'Delete'], run: n => n.remove(n.targets) },
  { name: 'undo', label: 'undo', keys: ['Z', 'Mod+Z'], run: n => n.undo() },
  { name: 'redo', label: 'redo', keys: ['Shift+Z', 'Mod+Shift+Z', 'Mod+Y'], run: n => n.redo() },
  { name: 'cut', label: 'cut', keys: ['X'], run: n => { n.copy(n.targets); n.remove(n.targets); } },
  { name: 'copy', label: 'copy', keys: ['C'], run: n => n.copy(n.targets) },
  { name: 'paste', label: 'paste', keys: ['V'], run: n => n.paste() },
  { name: 'duplicate', label: 'duplicate', run: n => n.pasteAfter(n.focus, n.copies(n.targets)) },
  { name: 'split', label: 'split', anywhere: ['Ctrl+Shift+-', 'Ctrl+Shift+_'], run: n => focused(n, id => n.split(id, n.cursor)) },
  { name: 'merge', label: 'mergeDown', keys: ['Shift+M'], run: n => n.merge(n.targets) },
  { name: 'moveUp', label: 'moveUp', anywhere: ['Ctrl+Shift+ArrowUp'], run: n => n.move(n.targets, -1) },
  { name: 'moveDown', label: 'moveDown', anywhere: ['Ctrl+Shift+ArrowDown'], run: n => n.move(n.targets, 1) },
  { name: 'find', label: 'searchCells', keys: ['F'], anywhere: ['Mod+Shift+F'], run: n => { n.finding = true; } },
  { name: 'format', label: 'formatGo', anywhere: ['Alt+Shift+F'], run: n => { void n.format(n.targets); } },
  { name: 'markdown', label: 'toMarkdown', keys: ['M'], run: n => n.patch(n.targets, { mode: 'md' }) },
  { name: 'go', label: 'toGo', keys: ['G'], run: n => n.patch(n.targets, { mode: 'go', pinned: true }) },
  { name: 'js', label: 'toJs', keys: ['Y'], run: n => n.patch(n.targets, { mode: 'js', pinned: true }) },
  { name: 'pin', label: 'pin', keys: ['P'], run: n => focused(n, id => n.patch(n.targets, { pinned: !n.cell(id)!.pinned })) },
  { name: 'hide', label: 'hide', keys: ['H'], run: n => focused(n, id => n.patch(n.targets, { hidden: !n.cell(id)!.hidden })) },
  { name: 'collapse', label: 'collapse', keys: ['O'], run: n => { for (const id of n.targets) { const v = n.view(id); v.collapsed = !v.collapsed; } } },
  { name: 'next', label: 'cells', keys: ['J', 'ArrowDown'], silent: true, run: n => n.step(1) },
  { name: 'previous', label: 'cells', keys: ['K', 'ArrowUp'], silent: true, run: n => n.step(-1) },
  { name: 'extendDown', label: 'cells', keys: ['Shift+J', 'Shift+ArrowDown'], silent: true, run: n => n.step(1, true) },
  { name: 'extendUp', label: 'cells', keys: ['Shift+K', 'Shift+ArrowUp'], silent: true, run: n => n.step(-1, true) },
  { name: 'selectAll', label: 'selectAll', keys: ['Mod+A'], run: n => { n.selected = new Set(n.shown.map(c => c.id)); } },
  ...[1, 2, 3, 4, 5, 6].map(heading),
];

/** The name of a key press: `Ctrl+Shift+-`, `Mod+Enter`, `D`. Mod is ⌘ on a Mac, else Ctrl. */
export function keyNames(e: KeyboardEvent, mac: boolean): string[] {
  // With Alt a Mac types other letters: the key itself counts.
  const key = e.altKey && /^Key[A-Z]$/.test(e.code) ? e.code.slice(3) : e.key.length === 1 ? (e.key === ' ' ? 'Space' : e.key.toUpperCase()) : e.key;
  const rest = `${e.altKey ? 'Alt+' : ''}${e.shiftKey ? 'Shift+' : ''}${key}`;
  const names = [`${e.ctrlKey ? 'Ctrl+' : ''}${e.metaKey ? 'Meta+' : ''}${rest}`];
  if (mac ? e.metaKey && !e.ctrlKey : e.ctrlKey && !e.metaKey) names.push(`Mod+${rest}`);
  return names;
}

/** Two presses within this many milliseconds are one key of two (D D). */
const chordMs = 700;

/** A handler for keydown in command mode and for keys that work anywhere. */
export function keyboard(n: Notebook, mac: () => boolean): (e: KeyboardEvent, typing: boolean) => boolean {
  let last = '', lastAt = 0;
  return (e, typing) => {
    const names = keyNames(e, mac());
    const chord = e.timeStamp - lastAt < chordMs && last === names[0] ? `${last} ${names[0]}` : '';
    const hit = commands.find(c => c.anywhere?.some(k => names.includes(k)))
      ?? (typing ? undefined : commands.find(c => chord !== '' && c.keys?.includes(chord)) ?? commands.find(c => c.keys?.some(k => names.includes(k))));
    last = chord === '' ? names[0] : '';
    lastAt = e.timeStamp;
    if (!hit) return false;
    hit.run(n);
    return true;
  };
}
