/** Messages by key, with {0} {1} filled in; `{0|object|objects}` is the first word when the value is 1, else the second. */
import { en } from './en.ts';
import type { MessageKey, Messages } from './en.ts';
import { fill } from './fill.ts';
import { zh } from './zh.ts';

export type { MessageKey } from './en.ts';
export type Say = (key: MessageKey, ...values: (string | number)[]) => string;

const languages: Readonly<Record<string, Messages>> = { en, zh };

/** The speaker of a language; unknown ones speak English. */
export function speaker(lang: string): Say {
  const messages: Messages = Object.hasOwn(languages, lang) ? languages[lang] : en;
  return (key, ...values) => fill(messages[key], values);
}

/** BCP 47 tag of a language of ours. */
export const tagOf = (lang: string): string => lang === 'zh' ? 'zh-CN' : 'en';
