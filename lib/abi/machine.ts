/**
 * The machine's registers: a few words at fixed low addresses through which
 * compiled code, the driver (lib/engine) and the runtime talk. They live in
 * linear memory because both sides read them every few nanoseconds.
 *
 * `unwind` is the one word tested after every call:
 *   unwindNone   go on;
 *   unwindYield  save the frame and return to the driver;
 *   unwindPanic  leave the frame, running its deferred calls.
 * Whoever wants the goroutine to stop at the next call boundary (a collection is
 * due, a channel operation blocks) sets unwind = unwindYield and or-s the reason
 * into yieldReason; the driver sees to it and resumes.
 */
export const cellUnwind = 5888;
/** The resume point to continue at; 0 when a function is entered normally. */
export const cellResume = 5892;
/** Go stack pointer (offset) and the lowest value it may take before the prologue yields. */
export const cellSP = 5896, cellGuard = 5900;
/** Virtual nanoseconds until the driver wants control, i32; below zero makes the code yield. */
export const cellFuel = 5904;
/** Nonzero at a resume: results of the runtime call lie in resultArea. */
export const cellReload = 5908;
/** Nonzero while the goroutine has panics that deferred calls are running under. */
export const cellPanicking = 5912;
/** Nonzero while pointer stores must call the write barrier. */
export const cellBarrier = 5916;
export const cellYieldReason = 5920;
/** At a resume: the guard to set; cellGuard itself is then resumeGuard bytes above the frame, so that the prologue looks at cellResume. */
export const cellResumeGuard = 5924, resumeGuard = 1 << 30;
/** First and one past the last byte of the machine words. */
export const machineBase = 5888, machineEnd = 5952;

export const unwindNone = 0, unwindYield = 1, unwindPanic = 2;

/** Bits of cellYieldReason. */
export const yieldGC = 1;
/** The goroutine is parked: it waits for a channel, a timer, a lock. The waker puts results into G's result words. */
export const yieldPark = 2;
/** The goroutine gives way to others but stays runnable (runtime.Gosched). */
export const yieldSched = 4;
/** The goroutine ends (Goexit has run its deferred calls, or the stack limit was hit). */
export const yieldEnd = 8;
/** An allocation of the goroutine is sampled: its stack is read, then it goes on. */
export const yieldProfile = 16;
/** The goroutine asks for its own calls (runtime.Callers). */
export const yieldCallers = 32;

/** Bytes below the guard that entry frames and chains of functions without checks may use (as Go's StackGuard). */
export const stackReserve = 928;
