/** Words of the notebook page: English. */
export const frameEn = {
  matchCase: 'Match case', phaseCompile: 'compiling',
} as const;
