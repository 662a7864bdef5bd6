/**
 * The GC CPU limiter: a leaky bucket of one CPU second per P. Time spent
 * collecting fills it, time spent in the program drains it, so that beyond half
 * of all CPU time it fills up; while it is full, assists and limit-driven
 * scavenging are off and the heap may exceed its goal. (runtime/mgclimit.go)
 */
const capacityPerProc = 1e9;

export class GCCPULimiter {
  fill = 0;
  capacity: number;
  overflow = 0;
  lastUpdate = 0;
  limiting = false;
  constructor(now: number, readonly procs: number) { this.capacity = procs * capacityPerProc; this.lastUpdate = now; }
  /** Accounts a window in which gcTime of the elapsed·procs CPU nanoseconds went to collection. */
  update(now: number, gcTime: number): void {
    const window = (now - this.lastUpdate) * this.procs;
    this.lastUpdate = now;
    this.accumulate(Math.max(0, window - gcTime), gcTime);
  }
  /** Adds program and collector CPU time (ns). */
  accumulate(mutatorTime: number, gcTime: number): void {
    const room = this.capacity - this.fill, change = gcTime - mutatorTime;
    if (change > 0 && room <= change) {
      this.overflow += change - room;
      this.fill = this.capacity;
      this.limiting = true;
      return;
    }
    this.fill = change < 0 && this.fill <= -change ? 0 : this.fill + change;
    if (this.fill !== this.capacity) this.limiting = false;
  }
}
