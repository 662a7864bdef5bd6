/** Words of the notebook page: Chinese. */
export const frameZh = {
  matchCase: '区分大小写', phaseCompile: '编译中',
  why: '为什么？', whyHide: '收起', whyWorking: '正在查找路径…', whyNone: '关于这一行没有更多可说的了。', whyPath: '路径', whyChange: '怎样改变它', whyTried: '每一条都试过：下面是编译器的回答', whyApply: '应用', whyThen: '之后', whyNoRemedy: '没有能改变这一判定的常规办法。', whyFailed: '无法解释：{0}', whyApplied: '已应用到单元格。',
  movedMark: '移到堆上', tHeap: '堆对象 {0} B，class {1}（{2} B）', tHeapUnknown: '堆对象，大小到运行时才知道', tTiny: '堆：{0} B，放进 tiny 块', tLarge: '大堆对象 {0} B（{1} 页）', tSmall: '；值小于 256 时不分配', tStack: '栈', tStackN: '栈，{0} B', tBuffer: '先用栈上 32 字节缓冲，更长则上堆', tBufferAppend: '先用栈上缓冲，之后上堆', tStatic: '只读数据，不分配', tZero: '零大小：不分配', tFolded: '折叠为常量',
};
