/** Words of the notebook page: English. */
export const frameEn = {
  matchCase: 'Match case', phaseCompile: 'compiling',
  movedMark: 'moved to the heap', tHeap: 'heap object of {0} B, class {1} ({2} B)', tHeapUnknown: 'heap object, its size is known when it runs', tTiny: 'heap: {0} B in a tiny block', tLarge: 'large heap object of {0} B ({1} pages)', tSmall: '; none for values below 256', tStack: 'stack', tStackN: 'stack, {0} B', tBuffer: '32-byte buffer on the stack, heap when longer', tBufferAppend: 'buffer on the stack first, then heap', tStatic: 'read-only data, no object', tZero: 'zero size: no object', tFolded: 'folded into a constant',
} as const;
