/** Words of the notebook page: Chinese. */
export const frameZh = {
  matchCase: '区分大小写', phaseCompile: '编译中',
};
