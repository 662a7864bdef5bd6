/** Words that shell and frame both use: English. */
export const bothEn = {
  settings: 'Settings', cells: 'Cells', menu: 'Menu', close: 'Close',
  fork: 'Fork', runAll: 'Run all', stopAll: 'Stop all', undo: 'Undo', redo: 'Redo', restore: 'Restore', bin: 'Deleted cells',
  saved: 'saved', saving: 'saving…',
  running: '{0} running', stale: '{0} not up to date', failed: '{0} failed',
  open: 'Open',
  light: 'Light', dark: 'Dark', system: 'System',
  run: 'Run', edit: 'Edit', copy: 'Copy',
  svg: 'SVG',
  stepLine: 'line {0}',
  name: 'Name',
  version: 'version {0}',
} as const;
