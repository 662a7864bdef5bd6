/** Words of the notebook page: Chinese. */
export const frameZh = {
  matchCase: '区分大小写', phaseCompile: '编译中',
  movedMark: '移到堆上', tHeap: '堆对象 {0} B，class {1}（{2} B）', tHeapUnknown: '堆对象，大小到运行时才知道', tTiny: '堆：{0} B，放进 tiny 块', tLarge: '大堆对象 {0} B（{1} 页）', tSmall: '；值小于 256 时不分配', tStack: '栈', tStackN: '栈，{0} B', tBuffer: '先用栈上 32 字节缓冲，更长则上堆', tBufferAppend: '先用栈上缓冲，之后上堆', tStatic: '只读数据，不分配', tZero: '零大小：不分配', tFolded: '折叠为常量',
};
