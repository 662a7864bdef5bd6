/** The line GODEBUG=gctrace=1 prints at the end of a cycle. (runtime/mgc.go, gcMarkTermination; the same from Go 1.18 on) */
import type { GCCycle } from '../trace/events.ts';

/** value / 10**dec with dec decimals, value an integer. */
function itoaDiv(value: number, dec: number): string {
  if (dec === 0) return String(value);
  const s = String(value).padStart(dec + 1, '0');
  return `${s.slice(0, -dec)}.${s.slice(-dec)}`;
}
/** Nanoseconds as milliseconds: whole from 10 ms on, below that two significant digits, at most three decimals. */
export function fmtNSAsMS(ns: number): string {
  if (ns >= 10e6) return String(Math.floor(ns / 1e6));
  let x = Math.floor(ns / 1e3), dec = 3;
  if (x === 0) return '0';
  for (; x >= 100; x = Math.floor(x / 10)) dec--;
  return itoaDiv(x, dec);
}
const mb = (bytes: number): number => Math.floor(bytes / 1048576);

/** The cycle's line, without newline. */
export function gctraceLine(c: Omit<GCCycle, 'line'>): string {
  const { procs } = c;
  const clock = [c.sweepTermNs, c.markNs, c.markTermNs].map(fmtNSAsMS).join('+');
  const cpu = `${fmtNSAsMS(c.sweepTermNs * procs)}+${fmtNSAsMS(c.assistNs)}/${fmtNSAsMS(c.backgroundNs)}/${fmtNSAsMS(c.idleNs)}+${fmtNSAsMS(c.markTermNs * procs)}`;
  return `gc ${c.n} @${itoaDiv(Math.floor(c.start / 1e6), 3)}s ${Math.floor(c.cpuFraction * 100)}%: ${clock} ms clock, ${cpu} ms cpu, `
    + `${mb(c.heapStart)}->${mb(c.heapEnd)}->${mb(c.heapMarked)} MB, ${mb(c.heapGoal)} MB goal, ${mb(c.stackBytes)} MB stacks, ${mb(c.globalBytes)} MB globals, `
    + `${procs} P${c.forced ? ' (forced)' : ''}`;
}
