/** Words of the code editor: English. */
export const editorEn = {
  edSize: '{0} bytes, aligned to {1}', edNoscan: 'no pointers: the collector does not look inside', edScan: 'pointers within the first {0} bytes', edZero: 'takes no memory', edPadding: '{0} bytes of it are padding between fields',
  edRename: 'Rename {0} to', edRenameDo: 'Rename', edRenamed: '{0} {0|place|places} renamed.', edUses: '{0} {0|place|places}.', edNothing: 'Nothing to tell here.', edNoDefinition: 'No declaration found.', edNoAnswer: 'The text changed or the checker gave no answer; try again.',
  edNotAName: 'There is no name here.', edNotYours: '{0} is declared outside of this program.', edBadName: '“{0}” is not a Go identifier.', edConflict: 'Not renamed: {0}',
} as const;
