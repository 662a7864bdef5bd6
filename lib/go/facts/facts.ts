/**
 * What is known of functions whose bodies are not at hand.
 *
 * A caller's verdicts depend on its callees: which parameters leak (tags), and,
 * where a callee is inlined, everything its body does, because the same inlined
 * call allocates on the heap at one caller and on the stack at another. The body
 * of a standard function is not in this repository; what its compilation tells is:
 * the tag of every parameter, its inline cost, and its part of the data-flow graph
 * (a summary), which a caller's analysis splices into its own graph and solves
 * there. scripts/facts.ts derives these from a Go installation.
 */

/** One location of a summary. Indices in edges refer to this list. */
export interface SummaryLoc {
  /** What it is: a parameter or result of the inlined function (in order), a local, an expression that allocates, or a helper. */
  readonly kind: 'param' | 'result' | 'local' | 'site' | 'temp';
  /** As -m prints it: `&errors.errorString{...}`, a local's name. Package names stand before every foreign name. What is inside a closure (fn) gets no line at the caller. */
  readonly text?: string;
  /** The node's op for sites ('OAPPEND' prints differently). */
  readonly op?: string;
  /** Loop depth relative to the call. */
  readonly depth: number;
  /** Index of the closure (in `funcs`) it lives in; absent: the inlined body itself. */
  readonly fn?: number;
  /** Expression sites start out transient, names persist. */
  readonly persists?: boolean;
  /** A string to byte-slice conversion: may be done without copying. */
  readonly zeroCopy?: boolean;
}

/** A reason on an edge, outermost first: the expression as printed, why, and where it stands if not at the call (`fmt/print.go:10:2`, in a closure). */
export interface SummaryNote { readonly text: string; readonly why: string; readonly at?: string }
/** dst ← src with derefs. −1 heap, −2 mutator, −3 callee as dst. */
export interface SummaryEdge { readonly dst: number; readonly src: number; readonly derefs: number; readonly notes?: readonly SummaryNote[] }

/** The part of the data-flow graph that inlining a function adds to its caller. */
export interface Summary {
  readonly locs: readonly SummaryLoc[];
  readonly edges: readonly SummaryEdge[];
  /** Closures made in the body: the function each is nested in (−1: the body). */
  readonly funcs?: readonly number[];
  /** Self-assignments in it, as printed after `f ignoring self-assignment in `. */
  readonly selfAssigns?: readonly string[];
  /** Index checks elided in it: lines said when code is generated. */
  readonly bounds?: number;
  /** The body is one return of data: with constant arguments a package variable needs no code for it. */
  readonly data?: boolean;
}

/** A function that can be inlined. */
export interface InlineFact {
  readonly cost: number;
  /**
   * Lines that inlining it prints at the call besides `inlining call to` it: nested inlining and devirtualization, in order.
   * \u0001 stands for the caller's name; parent is the line whose inlining brought this one (−1: the call itself).
   */
  readonly lines: readonly { readonly text: string; readonly parent: number }[];
  readonly summary: Summary;
  /** Of each result that is an interface: the one type it ever holds, `*errors errorString`; '' if there is none. */
  readonly concrete?: readonly string[];
}

/** Methods of a type by name: package and symbol, `errors (*errorString).Error`. */
export type MethodFacts = Readonly<Record<string, string>>;

/** What is known of one function. */
export interface FuncFact {
  /** Escape tags of receiver and parameters (encoding: lib/go/escape/leaks.ts). */
  readonly paramTags: readonly string[];
  readonly inline?: InlineFact;
}

/** Where analysis asks about functions without bodies. funcName is gc's symbol: `Println`, `(*Buffer).Write`, `Value.Kind`. */
export interface FactsProvider {
  lookup(pkgPath: string, funcName: string): FuncFact | undefined;
  /** Methods of a type (`errorString`, `*errorString`) that some function gives as an interface. */
  methods(pkgPath: string, type: string): MethodFacts | undefined;
  packageName(path: string): string | undefined;
}
