/** Messages of the page inside the frame by key, with {0} {1} filled in; `{0|object|objects}` is the first word when the value is 1, else the second. */
import { bothEn } from './both.en.ts';
import { bothZh } from './both.zh.ts';
import { editorEn } from './editor.en.ts';
import { editorZh } from './editor.zh.ts';
import { frameEn } from './frame.en.ts';
import { frameZh } from './frame.zh.ts';
import { fill } from './fill.ts';

const en = { ...bothEn, ...editorEn, ...frameEn }, zh: Messages = { ...bothZh, ...editorZh, ...frameZh };
export type MessageKey = keyof typeof en;
type Messages = Readonly<Record<MessageKey, string>>;
export type Say = (key: MessageKey, ...values: (string | number)[]) => string;

/** The speaker of a language; unknown ones speak English. */
export function speaker(lang: string): Say {
  const messages: Messages = lang === 'zh' ? zh : en;
  return (key, ...values) => fill(messages[key], values);
}

export { tagOf } from './tag.ts';
