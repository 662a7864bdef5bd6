/** 界面上的每一句话（简体中文）。 */
import { bothZh } from './both.zh.ts';
import { editorZh } from './editor.zh.ts';
import { frameZh } from './frame.zh.ts';
import { referenceZh } from './reference.zh.ts';
import { shellZh } from './shell.zh.ts';

export const zh = { ...bothZh, ...editorZh, ...frameZh, ...referenceZh, ...shellZh };
