/** Every sentence of the interface, in English: what shell.ts and page.ts take parts of. Keys are the contract: zh.ts has the same ones. */
import { bothEn } from './both.en.ts';
import { editorEn } from './editor.en.ts';
import { frameEn } from './frame.en.ts';
import { referenceEn } from './reference.en.ts';
import { shellEn } from './shell.en.ts';

export const en = { ...bothEn, ...editorEn, ...frameEn, ...referenceEn, ...shellEn };
