/**
 * What a Go cell asks of its Worker and what it gets: plain data that structured
 * cloning carries. Positions are gc's: lines from 1, columns in UTF-8 bytes from 1.
 * The Worker (src/frame/worker/main.ts) fills these from lib/engine; nothing here
 * is ever made up by the page.
 */
import type { Answer, Question } from '../verdict/questions.ts';
import type { EventLevel, Knobs as GoKnobs } from '../../../lib/notebook/directives.ts';
import type { ServiceAnswer, ServiceAsk } from './service.ts';

export interface GoFile { readonly name: string; readonly text: string; }

export type { EventLevel, Knobs as GoKnobs } from '../../../lib/notebook/directives.ts';
export { defaultKnobs } from '../../../lib/notebook/directives.ts';

export interface GoRange { readonly file: string; readonly line: number; readonly col: number; readonly endLine: number; readonly endCol: number; }

export interface GoDiagnostic extends GoRange {
  readonly severity: 'error' | 'warning' | 'info';
  /** Name of the error's code (`UnusedVar`, `Syntax`). */
  readonly code: string;
  readonly text: string;
  readonly notes?: readonly (GoRange & { readonly text: string })[];
  readonly suggestion?: GoRange & { readonly text: string; readonly label: string };
}

/** What a site really does when it runs (decided in lib/go/walk). */
export interface Truth {
  readonly place: 'heap' | 'stack' | 'buffer' | 'static' | 'zero' | 'folded';
  /** What allocates: `makeslice`, `box`, `closure` … */
  readonly kind: string;
  /** The site's text and function, as in the rows of a run. */
  readonly what: string;
  readonly func: string;
  /** Bytes of one object where the compiler knows them. */
  readonly size: number | null;
  /** Bytes it occupies, and the class of its span: 0 for a large object. */
  readonly slot: number | null;
  readonly sizeclass: number | null;
  readonly noscan: boolean | null;
  /** Goes into a tiny block with others. */
  readonly tiny: boolean;
  /** Values below 256 need no object. */
  readonly small: boolean;
}

/** One verdict of -m, in gc's words, with what the site really does at run time. */
export interface EscapeVerdict extends GoRange {
  readonly kind: 'heap' | 'moved' | 'stack' | 'leak' | 'noleak' | 'zerocopy' | 'other';
  /** Where the text of the expression begins, when that is not at line and col: gc places a call at its parenthesis. */
  readonly from?: { readonly line: number; readonly col: number };
  /** gc's text: `make([]int, n) escapes to heap`. */
  readonly text: string;
  /** Why, in one sentence, where the value is not where it was made. */
  readonly reason?: Words;
  /** What go/walk decided, in short: `heap 48 B`, `stack`, `static` … */
  readonly runtime?: string;
  /** The same as data, one for each thing that the place allocates. */
  readonly truths?: readonly Truth[];
}
export interface InlineVerdict extends GoRange { readonly kind: 'can' | 'call' | 'cannot' | 'devirtualize'; readonly text: string; }

/** The heap at one moment. */
export interface HeapRow {
  /** Virtual time, ns. */
  readonly t: number;
  /** Bytes of objects marked by the last cycle or allocated since (gcController.heapLive). */
  readonly heapLive: number;
  /** Bytes at which the cycle should be over. */
  readonly heapGoal: number;
  /** Bytes the last cycle marked. */
  readonly heapMarked: number;
  /** Bytes at which the next cycle starts. */
  readonly trigger: number;
  /** Bytes of address space got from the system for the heap. */
  readonly heapSys?: number;
}
export interface SpanRow {
  /** Address of its first byte, as an offset from 0xc000000000. */
  readonly base: number;
  /** Pages of 8 KiB. */
  readonly npages: number;
  /** 0 for one large object. */
  readonly sizeclass: number;
  /** Its objects hold no pointers. */
  readonly noscan: boolean;
  /** Bytes of a slot. */
  readonly elemsize: number;
  /** Slots. */
  readonly nelems: number;
  /** One character per slot: `#` in use and marked, `o` in use unmarked, `.` free, `t` tiny. */
  readonly slots: string;
  /** Who has it: mcache, mcentral list, full … */
  readonly state: string;
}
export interface SiteRow {
  /** `main.go:12:9`. */
  readonly site: string;
  /** From 1. */
  readonly line: number;
  /** In bytes, from 1. */
  readonly col: number;
  /** `main.f`. */
  readonly func: string;
  /** The expression, as the compiler prints it. */
  readonly what: string;
  /** Objects allocated there in the whole run. */
  readonly allocs: number;
  /** Bytes of them, rounded up to their size classes. */
  readonly bytes: number;
  /** Objects not yet swept when the program ended. */
  readonly inuseObjects: number;
  readonly inuseBytes: number;
}
export interface ClassRow {
  /** 0 for large objects. */
  readonly sizeclass: number;
  readonly noscan: boolean;
  /** Bytes of a slot; 0 for large objects. */
  readonly size: number;
  /** Objects. */
  readonly allocs: number;
  /** Bytes given. */
  readonly bytes: number;
  /** Bytes asked for; the rest is lost to rounding. */
  readonly asked: number;
}
export interface CycleRow {
  /** From 1. */
  readonly n: number;
  /** Virtual time of its begin, ns. */
  readonly start: number;
  /** First pause, ns. */
  readonly sweepTermNs: number;
  /** Concurrent marking, ns. */
  readonly markNs: number;
  /** Second pause, ns. */
  readonly markTermNs: number;
  /** heapLive when marking began. */
  readonly heapStart: number;
  /** heapLive when marking ended. */
  readonly heapEnd: number;
  /** Bytes found live. */
  readonly heapMarked: number;
  /** The goal of this cycle. */
  readonly heapGoal: number;
  readonly trigger: number;
  /** By runtime.GC. */
  readonly forced: boolean;
  /** The line of GODEBUG=gctrace=1. */
  readonly line: string;
}
export interface StwRow {
  /** Virtual time, ns. */
  readonly t: number;
  /** How long no goroutine ran. */
  readonly ns: number;
  readonly reason: string;
}
export interface GoroutineRow {
  readonly goid: number;
  /** The state held from here, virtual ns … */
  readonly t: number;
  /** … to here. */
  readonly end: number;
  /** running, runnable, or what it waits for. */
  readonly state: string;
}

export interface GoRunResult {
  /** What the compiler complains about; a program with errors does not run. */
  readonly diagnostics: readonly GoDiagnostic[];
  /** Verdicts of escape analysis, in gc's words. */
  readonly escapes: readonly EscapeVerdict[];
  /** What was inlined or devirtualised. */
  readonly inlining: readonly InlineVerdict[];
  /** What the program printed. */
  readonly stdout: string;
  /** What println, panics and GODEBUG print. */
  readonly stderr: string;
  /** null when the program did not run (diagnostics) or was stopped. */
  readonly exit: number | null;
  /** runtime.MemStats at the end, by field name. */
  readonly memstats: Readonly<Record<string, number>>;
  /** The heap over virtual time. */
  readonly heap: readonly HeapRow[];
  /** Spans of the heap at the end. */
  readonly spans: readonly SpanRow[];
  /** One letter per page of the heap from 0xc000000000 up: h small objects, l large, s stack, c cached by a P, f free, r returned to the system. */
  readonly pages: string;
  /** What was allocated where in the program. */
  readonly sites: readonly SiteRow[];
  /** What was allocated, by size class. */
  readonly allocs: readonly ClassRow[];
  /** Collections. */
  readonly cycles: readonly CycleRow[];
  /** Times the world stood still. */
  readonly stw: readonly StwRow[];
  /** What goroutines did when. */
  readonly goroutines: readonly GoroutineRow[];
  /** Fingerprint of everything that happened: equal digests are equal runs. */
  readonly digest: string;
  /** Virtual nanoseconds the program took. */
  readonly virtualNs: number;
  /** What was cut and how much, in words; empty when nothing was. */
  readonly truncated: readonly string[];
}

/** What typing asks for: everything that needs no run. */
export type GoCheckResult = Pick<GoRunResult, 'diagnostics' | 'escapes' | 'inlining'>;

/** A sentence in both languages of the page. */
export interface Words { readonly en: string; readonly 'zh-CN': string; }
/** An edit that was applied and compiled, with what the compiler says of the place afterwards. Offsets are in UTF-8 bytes of the cell's text. */
export interface WhyRemedy { readonly id: string; readonly title: Words; readonly edits: readonly { readonly start: number; readonly end: number; readonly newText: string }[]; readonly before: string; readonly after: readonly string[]; /** Values of the program on the heap, before and after. */ readonly heap: readonly [number, number]; }

/** What is recorded of standard packages, by import path (src/frame/kernel/facts.ts). */
export type Facts = readonly (readonly [path: string, text: string])[];

export type ToWorker =
  /** An editor's question about the first of files. */
  | { readonly kind: 'service'; readonly id: number; readonly files: readonly GoFile[]; readonly go: string; readonly ask: ServiceAsk }
  | { readonly kind: 'ask'; readonly id: number; readonly files: readonly GoFile[]; readonly facts: Facts; readonly knobs: GoKnobs; readonly question: Question }
  | { readonly kind: 'check'; readonly id: number; readonly files: readonly GoFile[]; readonly facts: Facts; readonly knobs: GoKnobs }
  | { readonly kind: 'run'; readonly id: number; readonly files: readonly GoFile[]; readonly facts: Facts; readonly knobs: GoKnobs; readonly level: EventLevel }
  /** The first message: the text of the common standard packages, and what was compiled of them ahead, if it could be had. */
  | { readonly kind: 'std'; readonly text: string; readonly bytes: ArrayBuffer | null }
  /** The text of the other standard packages: comes before the first job that needs it. */
  | { readonly kind: 'source'; readonly text: string }
  /** The text of all standard packages with comments: before the first question of an editor. */
  | { readonly kind: 'docs'; readonly text: string };

export type FromWorker =
  /** The worker has warmed up. */
  | { readonly kind: 'ready' }
  | { readonly kind: 'progress'; readonly id: number; readonly phase: 'check' | 'compile' | 'run'; readonly virtualNs: number }
  | { readonly kind: 'output'; readonly id: number; readonly fd: 1 | 2; readonly text: string }
  | { readonly kind: 'checked'; readonly id: number; readonly result: GoCheckResult }
  | { readonly kind: 'done'; readonly id: number; readonly result: GoRunResult }
  | { readonly kind: 'answered'; readonly id: number; readonly result: Answer }
  | { readonly kind: 'served'; readonly id: number; readonly result: ServiceAnswer }
  /** The engine itself failed: a bug of ours, said plainly. */
  | { readonly kind: 'failed'; readonly id: number; readonly text: string };

/** A result with nothing in it, for diagnostics that stop a program before it runs. */
export const emptyResult: GoRunResult = {
  diagnostics: [], escapes: [], inlining: [], stdout: '', stderr: '', exit: null, memstats: {}, heap: [], spans: [], pages: '', sites: [], allocs: [], cycles: [], stw: [], goroutines: [], digest: '', virtualNs: 0, truncated: [],
};
