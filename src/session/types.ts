/** The records of the session library, as they lie in IndexedDB. SPEC.md has the rules. */

/** The option the reader chose of a question, before its answer was shown. */
export interface Prediction { readonly question: string; readonly choice: number }

/** Where the reader is: cell, caret and scroll. Unknown keys never get here: the bridge checked them. */
export interface Place { readonly cell?: number; readonly offset?: number; readonly scroll?: number; readonly mode?: 'command' | 'edit'; readonly predictions?: readonly Prediction[] }

/** What is kept of a chapter that was read and not changed: no session, and nothing of its text. */
export interface Reading { readonly chapter: string; readonly predictions: readonly Prediction[]; readonly time: number }

/** A session without its text: what lists and trees need. */
export interface Session {
  readonly id: string;
  readonly title: string;
  readonly tags: readonly string[];
  /** Slug of the chapter it began from, and that chapter's version; null for a file or a new notebook. */
  readonly chapter: string | null;
  readonly chapterVersion: string | null;
  /** The session it was forked from, and the revision of it (0: unknown). */
  readonly parent: { readonly session: string; readonly revision: number } | null;
  readonly created: number;
  readonly updated: number;
  /** Counts writes of the text: whoever writes must know the last one (S4). */
  readonly rev: number;
  /** Number of the newest revision. */
  readonly revision: number;
  /** When it was put in the bin, or null. */
  readonly deleted: number | null;
}

/** The newest text of a session: the write-ahead record, one put per quarter second of typing. */
export interface Head { readonly session: string; readonly rev: number; readonly text: string; readonly place: Place; readonly writer: string; readonly time: number }

export const causes = ['start', 'pause', 'run', 'restore', 'fork', 'import', 'merge', 'close'] as const;
export type Cause = (typeof causes)[number];

/** What a cell gave: the digest of its result, and of what produced it. */
export interface RunRef { readonly cell: number; readonly source: string; readonly digest: string; readonly exit: number | null }

export interface Revision {
  readonly session: string;
  readonly n: number;
  readonly rev: number;
  readonly text: string;
  readonly title: string;
  readonly cause: Cause;
  readonly time: number;
  readonly place: Place;
  readonly results: readonly RunRef[];
}
export type RevisionMeta = Omit<Revision, 'text'> & { readonly size: number };

export interface Figure { readonly name: string; readonly value: number; readonly unit?: string }

/** A recorded result. source is the digest of the cell's text and knobs. */
export interface Run {
  readonly session: string;
  readonly cell: number;
  readonly source: string;
  readonly name: string;
  readonly digest: string;
  readonly exit: number | null;
  readonly stdout: string;
  readonly numbers: readonly Figure[];
  /** The whole result as JSON text, or empty when it was too large to keep. */
  readonly rows: string;
  readonly time: number;
}

/** Why storage does not work, in a word; the shell has the sentences. */
export type Trouble = 'blocked' | 'full' | 'newer' | 'failed';
export class StorageTrouble extends Error {
  constructor(readonly trouble: Trouble, detail: string) { super(detail); this.name = 'StorageTrouble'; }
}
