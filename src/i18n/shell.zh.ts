/** 外壳的句子：副本、历史、比较、分享、存储。 */
import type { shellEn } from './shell.en.ts';

export const shellZh: Readonly<Record<keyof typeof shellEn, string>> = {
  badLink: '这个链接已损坏或被截断。请对方重新发送，或改发文件。', conflict: '另一个标签页改了同样的行。你的改动保存在这个分叉里，另一份仍在“{0}”中。', rescued: '{0}（已找回）', forkTitle: '{0}，分叉',
  restored: '已恢复到版本 {0}，刚才的内容在历史记录里。', removed: '“{0}”已移到回收站。', imported: '导入了 {0} 个笔记本。', badFile: '这个文件不是本实验室的会话文件：{0}。',
  trBlocked: '浏览器不允许本页保存内容（隐私窗口，或存储被禁用）。你的工作只在这个标签页里：请存为文件。',
  trFull: '浏览器的存储已满，现在没有保存。请存为文件，或在目录页清空回收站。',
  trNewer: '另一个标签页在运行本页的新版本。需要的话先存为文件，然后重新加载。',
  trFailed: '浏览器的存储出错，现在没有保存。每隔几秒会重试；稳妥起见请存为文件。',
  company: '还在 {0} 个标签页中打开', history: '历史', details: '信息', name: '名称', tags: '标签', tagsHint: '用逗号分隔', deleteSession: '删除', exportSession: '连同历史导出', exportAll: '全部导出', importFile: '导入…', emptyBin: '彻底删除', binDays: '保留 30 天。', binOpen: '回收站（{0}）',
  version: '版本 {0}', restoreThis: '恢复这个版本', forkThis: '从这里分叉', compareNow: '与现在比较', historyHint: '每次运行、每次停笔都会保留一个版本，旧的会逐渐稀疏。', noVersions: '还没有版本。',
  causeStart: '原文', causePause: '书写', causeRun: '运行', causeRestore: '恢复', causeFork: '分叉', causeImport: '导入', causeMerge: '合并', causeClose: '离开',
  news: '这一章在你的副本之后有更新：{0} 个单元格。', newsSee: '查看更新', newsTake: '并入', newsLater: '以后再说', newsTaken: '已并入这一章的更新，你写的内容都保留着。', newsTakenKept: '已并入这一章的更新。单元格 {0} 你也改过：保留你写的内容。',
  cmpTitle: '比较', cmpLeft: '左', cmpRight: '右', cmpPick: '选择两个笔记本或两个版本，看看有什么不同。', cmpText: '文本', cmpNumbers: '数字', cmpSwap: '对调', cmpSameResult: '结果相同', cmpOtherResult: '结果不同', cmpNoFigures: '两边都没有运行记录。请先打开并运行一次。', cmpOnlyOne: '只有一边运行过这个单元格。', cmpAllSame: '另外 {0} 项数字相同。', cmpShowSame: '显示', cmpCell: '单元格 {0}', cmpFigure: '项目', cmpDelta: '变化', cmpLines: '新增 {0} 行，删除 {1} 行', cmpUnfold: '{0} 行相同', cmpCharts: '单元格 {0} 的图', cmpNoCharts: '图无法画出。', cmpPublished: '{0}（原文）', cmpParent: '与来源比较', cmpOpen: '打开', cmpVerdicts: '有变化的判定',
  shareTitle: '分享', shareLink: '链接里装着整个笔记本和结果的摘要。没有服务器保存它：一切都在链接中。', shareSize: '{0} 个字符', shareLong: '链接很长，有些程序会把它截断。用文件更稳妥。', shareCopy: '复制链接', shareFile: '存为笔记本文件', shareBundle: '连同历史和结果保存', shareOpened: '有人与你分享了这个笔记本。现在只显示、未运行；附有 {0} 个结果记录。', shareOpenedNone: '有人与你分享了这个笔记本。现在只显示、未运行。', shareRun: '运行并核对', shareSame: '{0} 个单元格的结果全部相同。', shareDiffers: '单元格 {0} 的结果与记录不同（{1}，记录为 {2}）。', shareEdited: '单元格 {0} 之后被改动过。', shareWaiting: '已核对 {0}/{1} 个单元格。',
  heroChapters: '课程', heroSessions: '你的笔记本', continueLast: '接着上次', seeAll: '全部显示', searchAll: '在你所有的笔记本中搜索', noneFound: '没有找到。', filterTag: '标签', allTags: '全部', goPrograms: '{0} 个 Go 程序', forksN: '{0} 个分叉', programs1: '1 个 Go 程序', fork1: '1 个分叉', editedAgo: '编辑于{0}',
  storageOf: '已用 {0}，共 {1}。', storageKept: '浏览器承诺保留它。', storageAsk: '请浏览器保留', storageMay: '空间不足时浏览器可能清除它。', storageNone: '这个浏览器不说明存储用量。', offlineReady: '本页可以离线使用。', offlineNo: '这个浏览器里没有启用离线使用。', offlineBusy: '正在准备离线使用……', startWith: '从“{0}”开始', offlineNew: '新版本已就绪。', offlineReload: '重新加载',
  lightDark: '浅色或深色', useGo: '新运行使用的 Go 版本', goHint: '单元格可以用 //lab:run go=1.23 自行选择。',
  cmpWith: '与“{0}”相比', cmpSameAll: '每个单元格的结果都相同。', cmpVerdictsN: '有 {0} 条判定改变',
  fgHeapVerdicts: '判定在堆上', fgStackVerdicts: '判定在栈上', fgLeaks: '流出的参数', fgObjects: '对象数', fgAllocated: '分配的字节', fgAsked: '请求的字节', fgPeak: 'heapLive 峰值', fgCollections: '回收次数', fgPauses: '停顿', fgTime: '虚拟时间',
};
