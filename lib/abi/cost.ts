/**
 * The virtual clock's price list: what each piece of a program costs, in ticks.
 *
 * A model, not a measurement of any one machine. Compiled code subtracts the
 * static cost of the code up to the next check from cellFuel at function entries
 * and loop back-edges; the runtime adds what its own operations cost. Figures
 * are those of a 3 GHz amd64 core running Go 1.26's output, rounded: a simple
 * operation 0.25–0.35 ns, a call with its prologue about 1.2 ns, an allocation by
 * the size of its class. The same table serves every machine, so that virtual
 * times are equal everywhere.
 */
export const costVersion = 1;
/** The clock's unit: 1/16 ns, so that single operations cost whole numbers. */
export const ticksPerNs = 16;

/** Ticks per IR node evaluated. */
export const costOp = 5, costLoad = 8, costStore = 8, costMul = 12, costDiv = 120, costFloat = 16, costFloatDiv = 64, costBranch = 6, costCheck = 5;
/** A call and return of Go code, through a pointer, and into the runtime (its own work comes on top). */
export const costCall = 20, costCallIndirect = 32, costRuntime = 24;
/** A loop's back-edge. */
export const costLoop = 6;

/** ns per runtime event, used by lib/runtime and lib/engine. */
export const nsSwitch = 180, nsNewproc = 250, nsDefer = 6, nsPanic = 350, nsChan = 25, nsMapAccess = 12, nsMapAssign = 22, nsMapIter = 10;
/** ns of an allocation: fixed part, and per byte zeroed and accounted. */
export const nsAlloc = 10, nsAllocByte = 0.035, nsAllocLargeByte = 0.06;
/** ns per byte copied or compared in bulk. */
export const nsCopyByte = 0.03;
/** ns per byte scanned by the collector (dedicated worker) and per pointer store while the barrier is on. */
export const nsScanByte = 0.45, nsBarrier = 4;
/** ns of the fixed parts of a stop-the-world pause. */
export const nsStw = 12000;
