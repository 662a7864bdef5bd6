/** Messages of the page inside the frame by key; blanks as in fill.ts. */
import { bothEn } from './both.en.ts';
import { bothZh } from './both.zh.ts';
import { editorEn } from './editor.en.ts';
import { editorZh } from './editor.zh.ts';
import { frameEn } from './frame.en.ts';
import { frameZh } from './frame.zh.ts';
import { speakers } from './fill.ts';

const en = { ...bothEn, ...editorEn, ...frameEn };
export type MessageKey = keyof typeof en;

/** The speaker of a language. */
export const speaker = speakers<MessageKey>(en, { ...bothZh, ...editorZh, ...frameZh });
export type Say = ReturnType<typeof speaker>;

export { tagOf } from './tag.ts';
