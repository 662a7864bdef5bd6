/** 界面上的每一句话（简体中文）。 */
import type { Messages } from './en.ts';
import { editorZh } from './editor.zh.ts';
import { frameZh } from './frame.zh.ts';
import { referenceZh } from './reference.zh.ts';
import { shellZh } from './shell.zh.ts';

export const zh: Messages = {
  ...editorZh,
  ...frameZh,
  ...referenceZh,
  ...shellZh,
  appName: 'Go 内存实验室',
  chapters: '章节', experiments: '我的实验', noExperiments: '在任一章里改动一处，你的副本就会出现在这里。', contents: '目录', settings: '设置', outline: '本页', cells: '单元格', menu: '菜单', close: '关闭', cancel: '取消',
  compare: '比较', share: '分享', fork: '分叉', runAll: '全部运行', stopAll: '全部停止', commands: '命令', newNotebook: '新建笔记本', openFile: '打开文件…', exportFile: '存为文件', rename: '重命名', remove: '删除', undo: '撤销', redo: '重做', restore: '恢复', bin: '已删除的单元格', binEmpty: '没有删除过单元格。', search: '搜索',
  published: '原文', saved: '已保存', saving: '保存中…', notSaved: '未保存：此处无法使用存储', untitled: '未命名',
  cellsRan: '{0} 个单元格已运行', running: '{0} 个运行中', stale: '{0} 个待更新', failed: '{0} 个出错',
  lead: '写 Go，看清内存去了哪里。', leadMore: '这里的每个程序都在本页中运行，堆是按 Go 自己的分配器与回收器规则模拟的。改动任何一行，依赖它的部分会重新运行。',
  loading: '正在打开笔记本…', loadFailed: '无法打开笔记本：{0}', notFound: '没有这个笔记本。', frameHung: '这个笔记本没有响应，可能有单元格在死循环。', frameRestart: '停止并重新打开（不运行）', frameFault: '笔记本页面出错：{0}',
  safeMode: '这个笔记本已打开，但没有运行其中的单元格。', safeRun: '运行', linkAsk: '在新标签页中打开这个地址？', open: '打开', copied: '已复制', downloadAsk: '笔记本想保存一个文件：', save: '保存',
  light: '浅色', dark: '深色', system: '跟随系统', language: '语言', autorun: '改动后自动运行',
  skip: '跳到笔记本', mainNav: '章节与实验', notebookFrame: '笔记本',
  modeMd: '文字', modeHtml: 'HTML', modeJs: 'JavaScript', modeTs: 'TypeScript', modeGo: 'Go', modeTex: '公式',
  stIdle: '已运行 {0}', stNever: '未运行', stQueued: '等待中', stRunning: '运行中', stStale: '已改动，未运行', stStopped: '已停止', stError: '出错',
  run: '运行', stop: '停止', edit: '编辑', add: '添加单元格', addHere: '在此添加单元格', moveUp: '上移', moveDown: '下移', duplicate: '复制一份', split: '在光标处拆分', mergeDown: '与下一个合并', deleteCell: '删除单元格', pin: '显示代码', unpin: '隐藏代码', hide: '隐藏值', unhide: '显示值', collapse: '折叠', expand: '展开', cut: '剪切', copy: '复制', paste: '粘贴', toMarkdown: '改为文字', toGo: '改为 Go', toJs: '改为 JavaScript', selectAll: '选中全部单元格', more: '更多操作', palettePrompt: '输入命令', noCommand: '没有这个命令', variables: '变量', minimap: '依赖关系',
  cellLabel: '{0} 单元格 {1}', codeLabel: '单元格 {0} 的代码', outputLabel: '单元格 {0} 的输出', actionsOf: '单元格 {0} 的操作', emptyCell: '空单元格：按回车开始书写', emptyNotebook: '这个笔记本还没有单元格。',
  tabOutput: '输出', tabVerdicts: '逃逸判定', tabHeap: '堆', tabSpans: 'Span', tabGC: 'GC', tabSites: '分配点', runResults: '运行结果',
  noOutput: '程序没有输出。', exit: '退出码 {0}', showMore: '再显示 {0} 行', showAll: '全部显示（{0}）', cut_: '已截断：{0}', svg: 'SVG', nothingHere: '这次运行在此没有内容。',
  vReally: '运行时',
  sSite: '位置', sFunc: '函数', sAllocs: '对象数', sBytes: '字节', sInuse: '仍存活', sharedBlock: '在共享的 16 B 块中', sharedBlockWhy: 'tiny 分配器把这些对象放进了其他对象已打开的 16 字节块：它们自己不占字节。', digest: '摘要', virtual: '虚拟时间 {0}',
  errDuplicate: '“{0}” 被定义了多次：单元格 {1}。', errCycle: '这些单元格互相读取，形成循环：{0}。', errUndefined: '“{0}” 没有定义。', errUndefinedHint: '是不是 “{0}”？', goToCell: '到单元格 {0}',
  stepLine: '第 {0} 行', heapMark: '在堆上', stackMark: '在栈上', leakMark: '参数流出', inlineMark: '已内联', varUsed: '用于', theCell: '单元格 {0}', noVariables: '还没有定义任何名字。',
  ann_ran: '单元格 {0} 已运行。', ann_failed: '单元格 {0} 出错。', ann_deleted: '已删除，按 Z 撤销。', ann_undone: '已撤销。', ann_redone: '已重做。', ann_moved: '已移动。', ann_stopped: '单元格 {0} 已停止。', ann_formatted: '单元格 {0} 已按 gofmt 排版。', ann_notFormatted: '单元格 {0} 有语法错误，未排版。', formatGo: '整理 Go 代码格式',
  storage: '存储', copyLink: '复制链接', diffNone: '两者相同。', diffAdded: '新增', diffRemoved: '删除', choose: '选择…', searchCells: '在笔记本中查找', replaceWith: '替换为', replaceAll: '全部替换', found: '找到 {0} 处',
};
