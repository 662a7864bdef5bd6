/** Words of the notebook page: Chinese. */
export const frameZh = {
  matchCase: '区分大小写', phaseCompile: '编译中',
  why: '为什么？', whyHide: '收起', whyWorking: '正在查找路径…', whyNone: '关于这一行没有更多可说的了。', whyPath: '路径', whyChange: '怎样改变它', whyTried: '每一条都试过：下面是编译器的回答', whyApply: '应用', whyThen: '之后', whyNoRemedy: '没有能改变这一判定的常规办法。', whyFailed: '无法解释：{0}', whyApplied: '已应用到单元格。',
};
