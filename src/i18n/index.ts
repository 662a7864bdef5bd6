/** Messages of the shell by key; blanks as in fill.ts. */
import { bothEn } from './both.en.ts';
import { bothZh } from './both.zh.ts';
import { referenceEn } from './reference.en.ts';
import { referenceZh } from './reference.zh.ts';
import { shellEn } from './shell.en.ts';
import { shellZh } from './shell.zh.ts';
import { speakers } from './fill.ts';

const en = { ...bothEn, ...referenceEn, ...shellEn };
export type MessageKey = keyof typeof en;

/** The speaker of a language. */
export const speaker = speakers<MessageKey>(en, { ...bothZh, ...referenceZh, ...shellZh });
export type Say = ReturnType<typeof speaker>;

export { tagOf } from './tag.ts';
