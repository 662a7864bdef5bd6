/** Character references of Markdown: the browser's own decoder gives what the package's table gives. */
import { decodeHTMLStrict as table } from 'entities';
import { JSDOM } from 'jsdom';
import { beforeAll, expect, test } from 'vitest';
import { decodeHTMLStrict } from '../../src/frame/kernel/entities.ts';

beforeAll(() => { Object.assign(globalThis, { document: new JSDOM('').window.document }); });

test('known names, unknown ones, those that begin with a known one, and a semicolon', () => {
  for (const s of ['&amp;', '&nbsp;', '&copy;', '&ClockwiseContourIntegral;', '&nGt;', '&semi;', '&notit;', '&noname;', '&ampamp;', '&lt;', '&frac34;', '&AElig;', '&#59;', '&#x4e16;']) expect(decodeHTMLStrict(s), s).toBe(table(s));
});
