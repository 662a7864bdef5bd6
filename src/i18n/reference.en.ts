/** Words of the reference page: English. */
export const referenceEn = {
  reference: 'Reference', refTitle: 'Reference', refDek: 'What cells may use, taken from the source that defines it.', refNone: 'Nothing of that name.', refFailed: 'The reference could not be loaded. Reload the page to try again.', refFields: '{0} {0|field|fields}',
  refCells: 'Names in JavaScript cells', refCellsDek: 'Defined in every notebook. Values of other cells are read by their names.',
  refLab: 'lab', refLabDek: 'Go from JavaScript: for sweeps over a knob, and for judging claims.',
  refChart: 'chart', refChartDek: 'Charts of a run, in colours and type of the page.',
  refRun: 'A run', refRunDek: 'The value of a Go cell, and of lab.run. Its rows go straight into Plot.',
  refDirectives: 'Comments in Go cells', refDirectivesDek: 'A Go cell is a whole program that real Go compiles unchanged; these comments tie it to the notebook.',
} as const;
