/** Messages of the shell by key, with {0} {1} filled in; `{0|object|objects}` is the first word when the value is 1, else the second. */
import { bothEn } from './both.en.ts';
import { bothZh } from './both.zh.ts';
import { referenceEn } from './reference.en.ts';
import { referenceZh } from './reference.zh.ts';
import { shellEn } from './shell.en.ts';
import { shellZh } from './shell.zh.ts';
import { fill } from './fill.ts';

const en = { ...bothEn, ...referenceEn, ...shellEn }, zh: Messages = { ...bothZh, ...referenceZh, ...shellZh };
export type MessageKey = keyof typeof en;
type Messages = Readonly<Record<MessageKey, string>>;
export type Say = (key: MessageKey, ...values: (string | number)[]) => string;

/** The speaker of a language; unknown ones speak English. */
export function speaker(lang: string): Say {
  const messages: Messages = lang === 'zh' ? zh : en;
  return (key, ...values) => fill(messages[key], values);
}

export { tagOf } from './tag.ts';
