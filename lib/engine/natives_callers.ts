/**
 * Natives of runtime.Callers and what is built on it. The calls in progress can only
 * be read when every frame is in memory, so asking makes the goroutine yield; the
 * driver answers and lets it go on. An address is the machine's own number of a
 * place, with room for the calls that were inlined there (lib/std/runtime/callers.go).
 */
import { yieldCallers } from '../abi/machine.ts';
import type { FileSet, Pos } from '../base/pos.ts';
import type { Entries, RtEnv } from './rt.ts';

const codeBase = 0x40_0000, perPlace = 16;

export function callerNatives(env: RtEnv, fset: FileSet | undefined): Entries {
  const { m } = env, { mem } = m;
  let buf = 0, max = 0;
  const framesAt = (pc: number): { func: string; pos: Pos }[] => {
    const f = m.func(pc), pos = f.points[pc - f.pcbase].pos;
    const frames = fset?.frames(pos, f.name) ?? [{ func: f.name, pos }];
    return f.wrapper ? frames.slice(0, -1) : frames;
  };
  /** The call an address stands for. */
  const frame = (address: bigint): { func: string; pos: Pos } | undefined => {
    const a = Number(address) - codeBase, pc = Math.floor(a / perPlace);
    if (a < 0 || !m.isCode(pc)) return undefined;
    return framesAt(pc)[a % perPlace];
  };
  return {
    'runtime.callers': (p: number, n: bigint) => {
      buf = p >>> 0; max = Number(n);
      m.onCallers ??= (g) => {
        let at = 0;
        m.walker.forEachFrame(g, (_fp, meta, point) => {
          const pc = meta.pcbase + point;
          framesAt(pc).forEach((_, i) => {
            if (at < max && i < perPlace) mem.setInt(buf + 8 * at++, codeBase + perPlace * pc + i);
          });
        });
        g.results = [at];
      };
      m.yield(yieldCallers);
      return 0n;
    },
    'runtime.frameText': (pc: bigint, what: number, p: number, n: bigint) => {
      const f = frame(pc);
      if (!f) return 0n;
      const b = new TextEncoder().encode(what === 0 ? f.func : (fset?.position(f.pos).filename ?? ''));
      if (b.length <= Number(n)) mem.u8.set(b, p >>> 0);
      return BigInt(b.length);
    },
    'runtime.frameLine': (pc: bigint) => BigInt(frame(pc) ? (fset?.position(frame(pc)!.pos).line ?? 0) : 0),
  } as Entries;
}
