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

/** Calls inside the runtime while a panic runs deferred calls, at the places -1, -2, …: where real Go 1.26 has them. */
const runtimeFrames: readonly { readonly func: string; readonly file: string; readonly line: number }[] = [
  { func: 'runtime.gopanic', file: '$GOROOT/src/runtime/panic.go', line: 860 },
  { func: 'runtime.panicmem', file: '$GOROOT/src/runtime/panic.go', line: 336 },
  { func: 'runtime.sigpanic', file: '$GOROOT/src/runtime/signal_unix.go', line: 931 },
];

export function callerNatives(env: RtEnv, fset: FileSet | undefined): Entries {
  const { m } = env, { mem } = m;
  let buf = 0, max = 0;
  const framesAt = (pc: number): { func: string; pos: Pos }[] => {
    // Beyond a function's places: an address counted up by the program.
    const f = m.func(pc), pos = f.points[pc - f.pcbase]?.pos ?? 0;
    const frames = fset?.frames(pos, f.name) ?? [{ func: f.name, pos }];
    return f.wrapper ? frames.slice(0, -1) : frames;
  };
  /** The call an address stands for. */
  const frame = (address: bigint): { func: string; pos: Pos; file?: string; line?: number } | undefined => {
    const a = Number(address) - codeBase, pc = Math.floor(a / perPlace);
    const own = a < 0 ? runtimeFrames[-1 - pc] : undefined;
    if (own) return { ...own, pos: 0 };
    if (a < 0 || !m.isCode(pc)) return undefined;
    return framesAt(pc)[a % perPlace];
  };
  const file = (address: bigint): { filename: string; line: number } | undefined => {
    const f = frame(address);
    return f && (f.file === undefined ? fset?.position(f.pos) : { filename: f.file, line: f.line! });
  };
  return {
    'runtime.callers': (p: number, n: bigint) => {
      buf = p >>> 0; max = Number(n);
      m.onCallers ??= (g) => {
        let at = 0;
        const put = (pc: number, i = 0): void => { if (at < max && i < perPlace) mem.setInt(buf + 8 * at++, codeBase + perPlace * pc + i); };
        const place = (pc: number): void => (pc < 0 ? put(pc) : framesAt(pc).forEach((_, i) => put(pc, i)));
        m.walker.forEachFrame(g, (fp, meta, point) => {
          const p = g.panics.findLast((x) => x.runner === g.hi - fp && x.trace.length > 0);
          if (!p) { place(meta.pcbase + point); return; }
          // A deferred call stands on top of the panic that runs it; the panic's trace holds the frame itself.
          put(-1);
          if (p.fault) { put(-2); put(-3); }
          p.trace.forEach(place);
        });
        g.results = [at];
      };
      m.yield(yieldCallers);
      return 0n;
    },
    'runtime.frameText': (pc: bigint, what: number, p: number, n: bigint) => {
      const f = frame(pc);
      if (!f) return 0n;
      const b = new TextEncoder().encode(what === 0 ? f.func : (file(pc)?.filename ?? ''));
      if (b.length <= Number(n)) mem.u8.set(b, p >>> 0);
      return BigInt(b.length);
    },
    'runtime.frameLine': (pc: bigint) => BigInt(file(pc)?.line ?? 0),
  } as Entries;
}
