/** Every sentence of the interface, in English. Keys are the contract: zh.ts has the same ones. */
import { editorEn } from './editor.en.ts';
import { frameEn } from './frame.en.ts';
import { referenceEn } from './reference.en.ts';
import { shellEn } from './shell.en.ts';

export const en = {
  ...editorEn,
  ...frameEn,
  ...referenceEn,
  ...shellEn,
  appName: 'Go Memory Lab',
  chapters: 'Chapters', experiments: 'Your experiments', noExperiments: 'Change anything in a chapter and your copy appears here.', contents: 'Contents', settings: 'Settings', outline: 'On this page', cells: 'Cells', menu: 'Menu', close: 'Close', cancel: 'Cancel',
  compare: 'Compare', share: 'Share', fork: 'Fork', runAll: 'Run all', stopAll: 'Stop all', commands: 'Commands', newNotebook: 'New notebook', openFile: 'Open file…', exportFile: 'Save as file', rename: 'Rename', remove: 'Delete', undo: 'Undo', redo: 'Redo', restore: 'Restore', bin: 'Deleted cells', binEmpty: 'Nothing deleted.', search: 'Search',
  published: 'as published', saved: 'saved', saving: 'saving…', notSaved: 'not saved: storage is not available here', untitled: 'Untitled',
  cellsRan: '{0} {0|cell|cells} ran', running: '{0} running', stale: '{0} not up to date', failed: '{0} failed',
  lead: 'Write Go, see where its memory goes.', leadMore: 'Every program here runs, in this page, on a simulated Go heap with Go’s own allocator and collector rules. Change any line; what depends on it runs again.',
  loading: 'Opening the notebook…', loadFailed: 'The notebook could not be opened: {0}', notFound: 'There is no such notebook.', frameHung: 'This notebook is not answering. A cell may be looping.', frameRestart: 'Stop it and reopen without running', frameFault: 'Something failed in the notebook page: {0}',
  safeMode: 'This notebook was opened without running its cells.', safeRun: 'Run it', linkAsk: 'Open this address in a new tab?', open: 'Open', copied: 'Copied', downloadAsk: 'The notebook wants to save a file:', save: 'Save',
  light: 'Light', dark: 'Dark', system: 'System', language: 'Language', autorun: 'Run cells as they change',
  skip: 'Skip to the notebook', mainNav: 'Chapters and experiments', notebookFrame: 'Notebook',
  modeMd: 'Text', modeHtml: 'HTML', modeJs: 'JavaScript', modeTs: 'TypeScript', modeGo: 'Go', modeTex: 'Formula',
  stIdle: 'ran {0}', stNever: 'not run', stQueued: 'waiting', stRunning: 'running', stStale: 'changed, not run', stStopped: 'stopped', stError: 'failed',
  run: 'Run', stop: 'Stop', edit: 'Edit', add: 'Add a cell', addHere: 'Add a cell here', moveUp: 'Move up', moveDown: 'Move down', duplicate: 'Duplicate', split: 'Split at cursor', mergeDown: 'Merge with next', deleteCell: 'Delete cell', pin: 'Show code', unpin: 'Hide code', hide: 'Hide value', unhide: 'Show value', collapse: 'Collapse', expand: 'Expand', cut: 'Cut', copy: 'Copy', paste: 'Paste', toMarkdown: 'Make it text', toGo: 'Make it Go', toJs: 'Make it JavaScript', selectAll: 'Select all cells', more: 'More actions', palettePrompt: 'Type a command', noCommand: 'No such command', variables: 'Variables', minimap: 'What depends on what',
  cellLabel: '{0} cell {1}', codeLabel: 'Code of cell {0}', outputLabel: 'Output of cell {0}', actionsOf: 'Actions of cell {0}', emptyCell: 'Empty cell: press Enter to write', emptyNotebook: 'This notebook has no cells yet.',
  tabOutput: 'Output', tabVerdicts: 'Verdicts', tabHeap: 'Heap', tabSpans: 'Spans', tabGC: 'GC', tabSites: 'Sites', runResults: 'Results of the run',
  noOutput: 'The program printed nothing.', exit: 'exit {0}', showMore: 'Show {0} more lines', showAll: 'Show everything ({0})', cut_: 'Cut: {0}', svg: 'SVG', nothingHere: 'This run has nothing to show here.',
  vReally: 'at run time',
  sSite: 'site', sFunc: 'function', sAllocs: 'objects', sBytes: 'bytes', sInuse: 'still live', sharedBlock: 'in a shared 16 B block', sharedBlockWhy: 'The tiny allocator put these objects into 16-byte blocks that others had opened: they cost no bytes of their own.', digest: 'digest', virtual: 'virtual time {0}',
  errDuplicate: '“{0}” is defined more than once: cells {1}.', errCycle: 'These cells read each other in a circle: {0}.', errUndefined: '“{0}” is not defined.', errUndefinedHint: 'Did you mean “{0}”?', goToCell: 'go to cell {0}',
  stepLine: 'line {0}', heapMark: 'on the heap', stackMark: 'on the stack', leakMark: 'parameter flows out', inlineMark: 'inlined', varUsed: 'used in', theCell: 'cell {0}', noVariables: 'No names are defined yet.',
  ann_ran: 'Cell {0} ran.', ann_failed: 'Cell {0} failed.', ann_deleted: 'Deleted. Press Z to undo.', ann_undone: 'Undone.', ann_redone: 'Redone.', ann_moved: 'Moved.', ann_stopped: 'Cell {0} stopped.', ann_formatted: 'Cell {0} is in gofmt’s layout.', ann_notFormatted: 'Cell {0} has a syntax error and was not laid out.', formatGo: 'Format Go code',
  storage: 'Storage', copyLink: 'Copy link', diffNone: 'The two are the same.', diffAdded: 'added', diffRemoved: 'removed', choose: 'Choose…', searchCells: 'Find in notebook', replaceWith: 'Replace with', replaceAll: 'Replace all', found: '{0} found',
} as const;

export type MessageKey = keyof typeof en;
export type Messages = Readonly<Record<MessageKey, string>>;
