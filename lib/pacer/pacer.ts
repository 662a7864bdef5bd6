/**
 * The garbage collector's pacer: when a cycle starts, how large the heap may get
 * meanwhile, and how much marking an allocating goroutine owes. Arithmetic alone,
 * no memory: the runtime drives it with its counts, the model with invented ones.
 *
 * Per cycle: commit() derives the goal and the runway from the last cycle;
 * trigger() says at which live heap the next begins; startCycle() splits the
 * workers; revise() recomputes the assist ratio as allocation and marking go on;
 * endCycle() measures cons/mark (bytes allocated per byte marked, in equal CPU
 * time), from which the next runway comes.
 *
 * Sizes are bytes in doubles: exact below 2**53, where Go uses 64-bit integers.
 * Divisions that Go makes on integers are floored, conversions truncated.
 * (runtime/mgcpacer.go; the same rules from Go 1.19 to 1.27)
 */

export const gcBackgroundUtilization = 0.25;
export const gcGoalUtilization = gcBackgroundUtilization;
export const defaultHeapMinimum = 4 << 20;
/** "No limit" and "not triggered": above every real size. */
export const noLimit = 2 ** 63;
const sweepMinHeapDistance = 1 << 20;
const minRunway = 64 << 10;
const minTriggerNum = 45, maxTriggerNum = 61, triggerDen = 64;
const headroomPercent = 3, minHeadroom = 1 << 20;

/** The goal under a memory limit after its headroom: max(1 MiB, 3 %). */
export function applyHeadroom(goal: number): number {
  const headroom = Math.max(Math.floor(goal / 100) * headroomPercent, minHeadroom);
  return goal < headroom || goal - headroom < headroom ? headroom : goal - headroom;
}

/** Why a cycle starts: heap size, the two-minute timer, or a call of runtime.GC. */
export type GCTriggerKind = 'heap' | 'time' | 'cycle';

export class GCController {
  /** GOGC; −1 when off. */
  gcPercent = 100;
  memoryLimit = noLimit;
  heapMinimum = defaultHeapMinimum;
  runway = 0;
  consMark = 0;
  readonly lastConsMark = [0, 0, 0, 0];
  gcPercentHeapGoal = noLimit * 2;
  sweepDistMinTrigger = 0;
  /** heapLive at which the running cycle began; noLimit between cycles. */
  triggered = noLimit;
  lastHeapGoal = 0;
  heapLive = 0; heapScan = 0; heapMarked = 0;
  lastHeapScan = 0; lastStackScan = 0; maxStackScan = 0; globalsScan = 0;
  heapScanWork = 0; stackScanWork = 0; globalsScanWork = 0;
  bgScanCredit = 0;
  assistTime = 0; dedicatedMarkTime = 0; fractionalMarkTime = 0; idleMarkTime = 0;
  markStartTime = 0;
  dedicatedMarkWorkersNeeded = 0; fractionalUtilizationGoal = 0; maxIdleMarkWorkers = 0;
  assistWorkPerByte = 0; assistBytesPerWork = 0;
  /** What the memory limit is measured against. */
  heapInUse = 0; heapFree = 0; heapReleased = 0; totalAlloc = 0; totalFree = 0; mappedReady = 0;

  /** gcPercent: GOGC, −1 off. memoryLimit in bytes, Infinity or noLimit for none. */
  constructor(gcPercent: number, memoryLimit: number) {
    this.setGCPercent(gcPercent);
    this.memoryLimit = Math.min(memoryLimit, noLimit);
    this.commit(true);
  }
  /** Sets GOGC and returns the former one; commit() makes it count. */
  setGCPercent(percent: number): number {
    const old = this.gcPercent;
    this.gcPercent = percent < 0 ? -1 : percent;
    // With GOGC off Go's unsigned product is meaningless and unused: the goal is already the largest.
    this.heapMinimum = percent < 0 ? 0 : Math.floor((defaultHeapMinimum * percent) / 100);
    return old;
  }
  setMemoryLimit(bytes: number): number {
    const old = this.memoryLimit;
    this.memoryLimit = Math.min(bytes, noLimit);
    return old;
  }

  /** Goal and runway of the next cycle, from what the last one marked. */
  commit(isSweepDone: boolean): void {
    this.sweepDistMinTrigger = isSweepDone ? 0 : this.heapLive + sweepMinHeapDistance;
    let goal = noLimit * 2;
    if (this.gcPercent >= 0) {
      goal = this.heapMarked + Math.floor(((this.heapMarked + this.lastStackScan + this.globalsScan) * this.gcPercent) / 100);
    }
    this.gcPercentHeapGoal = Math.max(goal, this.heapMinimum);
    this.runway = Math.trunc((this.consMark * (1 - gcGoalUtilization)) / gcGoalUtilization * (this.lastHeapScan + this.lastStackScan + this.globalsScan));
  }

  heapGoal(): number { return this.#goal().goal; }
  #minTrigger = 0;
  #goal(): { goal: number } {
    let goal = this.gcPercentHeapGoal;
    this.#minTrigger = 0;
    const limited = this.memoryLimitHeapGoal();
    if (limited < goal) goal = limited;
    else {
      if (this.sweepDistMinTrigger > goal) goal = this.sweepDistMinTrigger;
      this.#minTrigger = this.sweepDistMinTrigger;
      if (this.triggered !== noLimit && goal < this.triggered + minRunway) goal = this.triggered + minRunway;
    }
    this.#result.goal = goal;
    return this.#result;
  }
  readonly #result = { goal: 0 };

  /** What the memory limit leaves for the heap: limit less everything that is not heap, less what already exceeds it. */
  memoryLimitHeapGoal(): number {
    const heapAlloc = this.totalAlloc - this.totalFree;
    const nonHeap = this.mappedReady - this.heapFree - heapAlloc;
    const overage = Math.max(0, this.mappedReady - this.memoryLimit);
    if (nonHeap + overage >= this.memoryLimit) return this.heapMarked;
    return Math.max(applyHeadroom(this.memoryLimit - (nonHeap + overage)), this.heapMarked);
  }

  /** Live heap at which a cycle starts. */
  trigger(): number {
    const { goal } = this.#goal();
    const marked = this.heapMarked;
    if (marked >= goal) return goal;
    const step = Math.floor((goal - marked) / triggerDen);
    const min = Math.max(this.#minTrigger, marked, step * minTriggerNum + marked);
    let max = step * maxTriggerNum + marked;
    if (goal > defaultHeapMinimum && goal - defaultHeapMinimum > max) max = goal - defaultHeapMinimum;
    max = Math.max(max, min);
    const wanted = this.runway > goal ? min : goal - this.runway;
    return Math.min(Math.max(wanted, min), max);
  }

  /** Begins a cycle at time now (ns) with procs Ps. */
  startCycle(now: number, procs: number, kind: GCTriggerKind): void {
    this.heapScanWork = this.stackScanWork = this.globalsScanWork = 0;
    this.bgScanCredit = this.assistTime = this.dedicatedMarkTime = this.fractionalMarkTime = this.idleMarkTime = 0;
    this.markStartTime = now;
    this.triggered = this.heapLive;
    const total = procs * gcBackgroundUtilization;
    let dedicated = Math.trunc(total + 0.5);
    const error = dedicated / total - 1;
    this.fractionalUtilizationGoal = 0;
    if (error < -0.3 || error > 0.3) {
      if (dedicated > total) dedicated--;
      this.fractionalUtilizationGoal = (total - dedicated) / procs;
    }
    this.maxIdleMarkWorkers = kind === 'time' ? (dedicated > 0 ? 0 : 1) : procs - dedicated;
    this.dedicatedMarkWorkersNeeded = dedicated;
    this.revise();
  }

  /** Recomputes the assist ratio from the work left and the room left. */
  revise(): void {
    const gcPercent = this.gcPercent < 0 ? 100000 : this.gcPercent;
    const work = this.heapScanWork + this.stackScanWork + this.globalsScanWork;
    let goal = this.heapGoal();
    let expected = this.lastHeapScan + this.lastStackScan + this.globalsScan;
    const most = this.heapScan + this.maxStackScan + this.globalsScan;
    if (work > expected) {
      // More to mark than last time: extrapolate the goal to the worst case, up to the hard one.
      const extended = Math.trunc(((goal - this.triggered) / expected) * most) + this.triggered;
      expected = most;
      goal = Math.min(extended, Math.trunc((1 + gcPercent / 100) * goal));
    }
    if (this.heapLive > goal) {
      goal = Math.trunc(goal * 1.1);
      expected = most;
    }
    const workLeft = Math.max(expected - work, 1000);
    const roomLeft = Math.max(goal - this.heapLive, 1);
    this.assistWorkPerByte = workLeft / roomLeft;
    this.assistBytesPerWork = roomLeft / workLeft;
  }

  /** Measures cons/mark of the cycle that ends at time now (ns). */
  endCycle(now: number, procs: number): void {
    this.lastHeapGoal = this.heapGoal();
    const duration = now - this.markStartTime;
    let utilization = gcBackgroundUtilization, idle = 0;
    if (duration > 0) {
      utilization += this.assistTime / (duration * procs);
      idle = this.idleMarkTime / (duration * procs);
    }
    if (this.heapLive <= this.triggered) return;
    const work = this.heapScanWork + this.stackScanWork + this.globalsScanWork;
    const current = ((this.heapLive - this.triggered) * (utilization + idle)) / (work * (1 - utilization));
    this.consMark = Math.max(current, ...this.lastConsMark);
    this.lastConsMark.shift();
    this.lastConsMark.push(current);
  }

  /** The marked bytes become the live heap. */
  resetLive(bytesMarked: number): void {
    this.heapMarked = bytesMarked;
    this.heapLive = bytesMarked;
    this.heapScan = this.heapScanWork;
    this.lastHeapScan = this.heapScanWork;
    this.lastStackScan = this.stackScanWork;
    this.triggered = noLimit;
  }

  toString(): string {
    return `live ${this.heapLive} marked ${this.heapMarked} trigger ${this.trigger()} goal ${this.heapGoal()}`;
  }
}
