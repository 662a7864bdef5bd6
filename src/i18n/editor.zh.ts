/** Words of the code editor: Chinese. */
import type { editorEn } from './editor.en.ts';
export const editorZh: Readonly<Record<keyof typeof editorEn, string>> = {
  edSize: '{0} 字节，按 {1} 对齐', edNoscan: '没有指针：回收器不扫描它', edScan: '指针在前 {0} 字节之内', edZero: '不占内存', edPadding: '其中 {0} 字节是字段间的填充',
  edRename: '把 {0} 重命名为', edRenameDo: '重命名', edRenamed: '已重命名 {0} 处。', edUses: '共 {0} 处。', edNothing: '这里没有可说明的内容。', edNoDefinition: '没有找到声明。', edNoAnswer: '文本已改变，或检查器没有回答；请再试一次。',
  edNotAName: '这里没有名字。', edNotYours: '{0} 是在本程序之外声明的。', edBadName: '“{0}” 不是合法的 Go 标识符。', edConflict: '未重命名：{0}',
};
