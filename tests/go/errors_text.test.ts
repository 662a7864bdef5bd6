/** What gomem check prints is what go build printed: fixtures/gobuild/*.txt, recorded with go1.26 (scripts/conformance/check.ts). */
import { expect, test } from 'vitest';
import { allCases, ours } from '../../scripts/conformance/check.ts';

for (const [file, cases] of allCases()) {
  for (const c of cases) {
    test(`${file} ${c.name}: ${c.want.split('\n')[1] || c.want || 'no error'}`, async () => {
      const got = await ours(c);
      expect(got.text).toBe(c.want);
      expect(got.code).toBe(c.want === '' ? 0 : 1);
    });
  }
}
