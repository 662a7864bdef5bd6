/** The digest's hash against Node's, in TypeScript and in WebAssembly, however the bytes are cut. */
import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { k, Sha256 } from '../../lib/engine/sha256.ts';
import { wasmBlocks } from '../../lib/engine/sha256_wasm.ts';

const bytes = (n: number, seed: number): Uint8Array => {
  const b = new Uint8Array(n);
  for (let i = 0, x = seed | 1; i < n; i++) { x = Math.imul(x, 0x9e3779b1) + 0x7f4a7c15 | 0; b[i] = x >>> 24; }
  return b;
};
const native = (b: Uint8Array): string => createHash('sha256').update(b).digest('hex');

for (const [name, blocks] of [['TypeScript', null], ['WebAssembly', wasmBlocks(k)]] as const) {
  test(`${name}: every length up to five blocks, cut in two at every third`, () => {
    for (let n = 0; n <= 320; n++) {
      const b = bytes(n, n), want = native(b), cut = Math.floor(n / 3);
      expect(new Sha256(blocks).update(b).hex(), `${n} bytes`).toBe(want);
      expect(new Sha256(blocks).update(b.subarray(0, cut)).update(b.subarray(cut)).hex(), `${n} bytes cut at ${cut}`).toBe(want);
    }
  });
  test(`${name}: more than the memory holds, in views that begin anywhere`, () => {
    const b = bytes(200_001, 7);
    expect(new Sha256(blocks).update(b.subarray(1)).hex()).toBe(native(b.subarray(1)));
  });
  test(`${name}: two hashes at once do not disturb each other`, () => {
    const b = bytes(1000, 3), x = new Sha256(blocks), y = new Sha256(blocks);
    for (let i = 0; i < 1000; i += 100) { x.update(b.subarray(i, i + 100)); y.update(b.subarray(900 - i, 1000 - i)); }
    expect(x.hex()).toBe(native(b));
    expect(y.hex()).not.toBe(native(b));
  });
}

test('WebAssembly can be compiled here', () => expect(wasmBlocks(k)).not.toBeNull());
