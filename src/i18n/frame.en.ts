/** Words of the notebook page: English. */
export const frameEn = {
  matchCase: 'Match case', phaseCompile: 'compiling',
  why: 'Why?', whyHide: 'Hide', whyWorking: 'Looking for the way…', whyNone: 'There is nothing more to tell about this line.', whyPath: 'The way', whyChange: 'What would change it', whyTried: 'each was tried: the compiler’s answer is below', whyApply: 'Apply', whyThen: 'then', whyNoRemedy: 'No standard remedy changes this verdict.', whyFailed: 'This could not be explained: {0}', whyApplied: 'Applied to the cell.',
} as const;
