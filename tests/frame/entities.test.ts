/** @vitest-environment jsdom */
/** Character references of Markdown, decoded by the browser: what the HTML standard's table of names has, strictly. */
import { expect, test } from 'vitest';
import { decodeHTMLStrict } from '../../src/frame/kernel/entities.ts';

test('known names', () => {
  const known: Readonly<Record<string, string>> = { '&amp;': '&', '&nbsp;': '\u00a0', '&copy;': '©', '&ClockwiseContourIntegral;': '∲', '&nGt;': '≫⃒', '&semi;': ';', '&frac34;': '¾', '&AElig;': 'Æ', '&#59;': ';', '&#x4e16;': '世' };
  for (const [s, want] of Object.entries(known)) expect(decodeHTMLStrict(s), s).toBe(want);
});
test('unknown names stay, also those that begin with a known one', () => {
  for (const s of ['&noname;', '&notit;', '&ampamp;', '&ltx;']) expect(decodeHTMLStrict(s)).toBe(s);
});
