/** Words of the reference page: Chinese. */
import type { referenceEn } from './reference.en.ts';
export const referenceZh: Readonly<Record<keyof typeof referenceEn, string>> = {
  reference: '参考', refTitle: '参考', refDek: '单元格可以使用的名字，说明取自定义它们的源代码（英文）。', refNone: '没有这个名字。', refFailed: '参考没有加载成功，请刷新页面重试。', refFields: '{0} 个字段',
  refCells: 'JavaScript 单元格里的名字', refCellsDek: '每个笔记本里都有定义。其他单元格的值按名字读取。',
  refLab: 'lab', refLabDek: '在 JavaScript 里使用 Go：扫描一个参数，或判断一个说法。',
  refChart: 'chart', refChartDek: '一次运行的图表，颜色和字体与页面一致。',
  refRun: '一次运行', refRunDek: 'Go 单元格的值，也是 lab.run 的结果。它的行可以直接交给 Plot。',
  refDirectives: 'Go 单元格里的注释', refDirectivesDek: 'Go 单元格是完整的程序，真正的 Go 不改一字就能编译；这些注释把它和笔记本连起来。',
};
