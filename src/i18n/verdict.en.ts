/** Words of the panel of verdicts: English. They travel with its chunk, not with the page. */
export const verdictEn = {
  views: 'Views of the verdicts', vTable: 'Verdicts', vSides: 'Side by side', vInlining: 'Inlining', vSteps: 'Compiler steps',
  kinds: 'Kinds of verdicts', all: 'All', heap: 'Escapes', moved: 'Moved', leak: 'Leaks', stack: 'Does not escape', can: 'Can inline', call: 'Inlining call',
  find: 'Filter by text', none: 'No verdict fits.', table: 'Verdicts of the compiler', line: 'line', says: 'the compiler says', really: 'at run time', objects: 'objects', bytes: 'bytes', stale: 'Of the text before the last change.',
  goTo: 'Go to line {0}', why: 'Why?', hide: 'Hide', shown: '{0} of {1}', notRun: 'Objects and bytes are counted when the program has run.',
  tHeap: '{0} B, class {1} ({2} B)', tHeapUnknown: 'heap, size known when it runs', tTiny: '{0} B in a tiny block', tLarge: 'large, {0} B', tSmall: 'none below 256', tStack: 'stack', tStackN: 'stack, {0} B', tBuffer: '32-byte buffer, then heap', tBufferAppend: 'buffer, then heap', tStatic: 'read-only data', tZero: 'zero size', tFolded: 'constant', tHeapWord: 'heap',
  working: 'Asking the compiler…', failed: 'The compiler’s worker failed: {0}', noWay: 'There is nothing more to tell about this verdict.', way: 'The way it takes', picture: 'The way, drawn over the source', step: 'Step {0}, line {1}', m2: 'As -m=2 prints it', legend: '& the address flows · * what it points to flows',
  outHeap: 'outlives the call', outResult: 'result {0}', outVar: 'into {0}', outMemory: 'into the memory of {0}',
  change: 'What would change it', tried: 'each was tried; the compiler’s answer is below', trying: 'Trying remedies…', apply: 'Apply', applied: 'Applied to the cell.', then: 'then', onHeap: 'verdicts for the heap: {0} → {1}', noRemedy: 'No standard remedy changes this verdict.',
  sideA: 'Left', sideB: 'Right', version: 'Go version', inlining: 'inlining', differ: '{0} {0|verdict|verdicts} differ', differ1: '1 verdict differs', differMemory: '{0} of them about where a value is', same: 'No verdict differs.', onlyDiff: 'Only differences', absent: 'nothing',
  func: 'Function', before: 'Before inlining', after: 'After inlining', cameFrom: 'from {0}', cameLine: 'from {0}, line {1}', nothingInlined: 'Nothing is inlined into {0}.', inlinedLines: '{0} {0|line|lines} came from other functions', noFunc: 'The program has errors.',
  strip: 'Steps of the compiler', source: 'Source', stTokens: 'Tokens', stTree: 'Syntax tree', stTypes: 'Types', stIr: 'IR', stInlined: 'Inlined IR', stGraph: 'Escape graph', stWasm: 'WebAssembly', rows: '{0} {0|row|rows}', more: 'Show more', allocs: '{0} {0|call|calls} of the allocator', errors: 'The program has errors; there is nothing behind them.', nextAlloc: 'Next allocator call',
} as const;
export type VerdictKey = keyof typeof verdictEn;
