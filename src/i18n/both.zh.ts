/** Words that shell and frame both use: Chinese. */
import type { bothEn } from './both.en.ts';

export const bothZh: Readonly<Record<keyof typeof bothEn, string>> = {
  settings: '设置', cells: '单元格', menu: '菜单', close: '关闭',
  fork: '分叉', runAll: '全部运行', stopAll: '全部停止', undo: '撤销', redo: '重做', restore: '恢复', bin: '已删除的单元格',
  saved: '已保存', saving: '保存中…',
  running: '{0} 个运行中', stale: '{0} 个待更新', failed: '{0} 个出错',
  open: '打开',
  light: '浅色', dark: '深色', system: '跟随系统',
  run: '运行', edit: '编辑', copy: '复制',
  svg: 'SVG',
  stepLine: '第 {0} 行',
  name: '名称',
  version: '版本 {0}',
};
