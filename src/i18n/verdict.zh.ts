/** Words of the panel of verdicts: Chinese. */
import type { VerdictKey } from './verdict.en.ts';

export const verdictZh: Readonly<Record<VerdictKey, string>> = {
  views: '判定的视图', vTable: '判定', vSides: '并排比较', vInlining: '内联', vSteps: '编译步骤',
  kinds: '判定的种类', all: '全部', heap: '逃逸', moved: '移到堆', leak: '泄漏', stack: '不逃逸', can: '可内联', call: '内联调用',
  find: '按文字筛选', none: '没有符合的判定。', table: '编译器的判定', line: '行', says: '编译器说', really: '运行时', objects: '对象', bytes: '字节', sharedBlock: '在共享的 16 B 块中', sharedBlockWhy: 'tiny 分配器把这些对象放进了其他对象已打开的 16 字节块：它们自己不占字节。', stale: '这是上次修改之前的结果。',
  goTo: '跳到第 {0} 行', why: '为什么？', hide: '收起', shown: '{0} / {1}', notRun: '程序运行之后才有对象数与字节数。',
  tHeap: '{0} B，class {1}（{2} B）', tHeapUnknown: '堆，大小到运行时才知道', tTiny: '{0} B，放进 tiny 块', tLarge: '大对象，{0} B', tSmall: '小于 256 时不分配', tStack: '栈', tStackN: '栈，{0} B', tBuffer: '32 字节缓冲，之后上堆', tBufferAppend: '先缓冲，之后上堆', tStatic: '只读数据', tZero: '零大小', tFolded: '常量', tHeapWord: '堆',
  working: '正在询问编译器…', failed: '编译器的 worker 失败：{0}', noWay: '关于这条判定没有更多可说的了。', way: '它走的路径', picture: '画在源码上的路径', step: '第 {0} 步，第 {1} 行', m2: '-m=2 的原文', legend: '& 流动的是地址 · * 流动的是所指的内容',
  outHeap: '比调用活得更久', outResult: '返回值 {0}', outVar: '进入 {0}', outMemory: '进入 {0} 的存储',
  change: '怎样改变它', tried: '每一条都试过；下面是编译器的回答', trying: '正在试各种办法…', apply: '应用', applied: '已应用到单元格。', then: '之后', onHeap: '上堆的判定：{0} → {1}', noRemedy: '没有能改变这条判定的常规办法。',
  sideA: '左', sideB: '右', version: 'Go 版本', inlining: '内联', differ: '{0} 条判定不同', differ1: '1 条判定不同', differMemory: '其中 {0} 条关于值放在哪里', same: '没有不同的判定。', onlyDiff: '只看不同', absent: '无',
  func: '函数', before: '内联之前', after: '内联之后', cameFrom: '来自 {0}', cameLine: '来自 {0}，第 {1} 行', nothingInlined: '没有函数内联进 {0}。', inlinedLines: '{0} 行来自别的函数', noFunc: '程序有错误。',
  strip: '编译器的步骤', source: '源码', stTokens: '记号', stTree: '语法树', stTypes: '类型', stIr: 'IR', stInlined: '内联后的 IR', stGraph: '逃逸图', stWasm: 'WebAssembly', rows: '{0} 行', more: '显示更多', allocs: '{0} 次调用分配器', errors: '程序有错误，后面没有内容。', nextAlloc: '下一个分配调用',
};
