/**
 * The inner function of SHA-256 in WebAssembly, all rounds in a row: a program that
 * switches goroutines all the time spent half of its run hashing events.
 *
 * Memory: the eight words of state at 0, the blocks from 64 on.
 */
import { Asm, type E } from '../compile/asm.ts';
import { encodeModule, oI32Rotl } from '../compile/wasm.ts';
import type { Blocks } from './sha256.ts';

const data = 64, room = 0x1_0000 - data;

/** go(end): takes the blocks that lie from `data` to end. At least one. */
function body(k: Int32Array): Uint8Array {
  const a = new Asm('i:');
  const p = a.let(a.i32(data)), t = a.local();
  const s = Array.from({ length: 8 }, (_, i) => a.let(a.ld(a.i32(0), 4 * i)));
  const old = s.map(() => a.local()), w = Array.from({ length: 16 }, () => a.local());
  const g = (l: number): E => a.get(l);
  const rotr = (l: number, n: number): E => a.bin(oI32Rotl, g(l), a.i32(32 - n));
  const xor3 = (x: E, y: E, z: E): E => a.xor(a.xor(x, y), z);
  a.loop((again) => {
    s.forEach((l, i) => a.set(old[i], g(l)));
    for (let i = 0; i < 16; i++) {
      a.set(t, a.ld(g(p), 4 * i));
      a.set(w[i], a.or(a.and(rotr(t, 24), a.i32(0x00ff00ff)), a.and(rotr(t, 8), a.i32(0xff00ff00 | 0))));
    }
    let [sa, sb, sc, sd, se, sf, sg, sh] = s;
    for (let i = 0; i < 64; i++) {
      const wi = w[i & 15];
      if (i >= 16) {
        const x = w[i + 1 & 15], y = w[i + 14 & 15];
        const s0 = xor3(rotr(x, 7), rotr(x, 18), a.shr(g(x), a.i32(3))), s1 = xor3(rotr(y, 17), rotr(y, 19), a.shr(g(y), a.i32(10)));
        a.set(wi, a.add(a.add(g(wi), s0), a.add(g(w[i + 9 & 15]), s1)));
      }
      const ch = a.xor(g(sg), a.and(g(se), a.xor(g(sf), g(sg))));
      a.set(t, a.add(a.add(a.add(g(sh), xor3(rotr(se, 6), rotr(se, 11), rotr(se, 25))), ch), a.add(g(wi), a.i32(k[i]))));
      a.set(sd, a.add(g(sd), g(t)));
      const maj = a.or(a.and(g(sa), g(sb)), a.and(g(sc), a.or(g(sa), g(sb))));
      a.set(sh, a.add(a.add(g(t), maj), xor3(rotr(sa, 2), rotr(sa, 13), rotr(sa, 22))));
      [sa, sb, sc, sd, se, sf, sg, sh] = [sh, sa, sb, sc, sd, se, sf, sg];
    }
    // After a multiple of eight rounds every local is in its own role again.
    s.forEach((l, i) => a.set(l, a.add(g(l), g(old[i]))));
    a.set(p, a.add(g(p), a.i32(64)));
    a.brIf(again, a.ltU(g(p), g(0)));
  });
  s.forEach((l, i) => a.st(a.i32(0), 4 * i, g(l)));
  return a.finish().take();
}

let made: Blocks | null = null;

/** The compiled function; null where WebAssembly may not be compiled. One for all hashes: state goes in and out with each call. */
export function wasmBlocks(k: Int32Array): Blocks | null {
  if (made) return made;
  try {
    const bytes = encodeModule({ types: ['i:'], imports: [], funcs: [{ type: 0, body: body(k) }], table: [], globals: 0, exports: [{ name: 'go', func: 0 }], typeIndex: new Map([['i:', 0]]), pages: 1 });
    const memory = new WebAssembly.Memory({ initial: 1 });
    const go = new WebAssembly.Instance(new WebAssembly.Module(bytes as BufferSource), { env: { memory } }).exports['go'] as (end: number) => void;
    const state = new Int32Array(memory.buffer, 0, 8), mem = new Uint8Array(memory.buffer);
    made = (h, b, from, to) => {
      state.set(h);
      for (let i = from; i < to; i += room) {
        const end = Math.min(to, i + room);
        mem.set(b.subarray(i, end), data);
        go(data + end - i);
      }
      h.set(state);
    };
  } catch { return null; }
  return made;
}
