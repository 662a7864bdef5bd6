/**
 * The protocol between shell and frame: the only door of the sandbox.
 *
 * The shell (our origin) owns storage, network, downloads, clipboard and links;
 * the frame (opaque origin, no network) owns the open document and everything that
 * runs. The shell treats the frame as hostile: a message that fails its guard is
 * dropped and counted, and no message can name anything but this notebook, a
 * known asset, or a wish the reader must confirm.
 */
import { bool, bytes, either, int, list, maybe, num, oneOf, rec, str, union } from './check.ts';
import type { Of } from './check.ts';

/** The longest document either side accepts, in UTF-16 units. */
export const maxDocument = 16 * 1024 * 1024;

/** Files of ours that the frame may ask for; `std` and fonts are bytes, the others text. */
export const assetNames = ['std', 'gosrc', 'gosrc-more', 'gosrc-docs', 'editor', 'verdict', 'plot', 'katex', 'typescript', 'format', 'engine', 'font-serif', 'font-serif-italic', 'font-sans', 'font-mono', 'font-math'] as const;
export type AssetName = (typeof assetNames)[number];

export const themes = ['light', 'dark', 'system'] as const;
export const langs = ['en', 'zh'] as const;
export type Lang = (typeof langs)[number];
export type Theme = (typeof themes)[number];

const settings = rec({
  theme: oneOf(...themes), lang: oneOf(...langs), autorun: bool, goVersion: str(8),
});
export type FrameSettings = Of<typeof settings>;

/** Where the reader is: kept per session, restored after a reload. */
const place = rec({
  cell: maybe(int), offset: maybe(int), scroll: maybe(num), mode: maybe(oneOf('command', 'edit')),
  /** What the reader predicted: the option chosen, by question. */
  predictions: maybe(list(rec({ question: str(300), choice: int }), 100)),
});
export type Place = Of<typeof place>;

/** What the last run of a cell left behind, for comparing forks and for opening unrun. */
const summary = rec({
  cell: int, name: maybe(str(200)), source: str(200), digest: maybe(str(200)), exit: maybe(int), stdout: maybe(str(20_000)),
  numbers: list(rec({ name: str(100), value: num, unit: maybe(str(20)) }), 64),
  /** The whole result as JSON text, when it is not too large. */
  rows: maybe(str(400_000)),
});
export type RunSummary = Of<typeof summary>;

/** A recorded result, shown until the cell runs: source begins with the digest of the cell's text. */
const recorded = rec({ cell: int, source: str(200), rows: str(400_000) });
export type Recorded = Of<typeof recorded>;

const status = {
  cells: int, ran: int, running: int, stale: int, errors: int,
};

export const isToFrame = union({
  /** The first message: the document and how to show it. safe: nothing runs until asked. */
  open: { text: str(maxDocument), settings, safe: bool, place: maybe(place), mac: bool, recorded: maybe(list(recorded, 500)) },
  settings: { settings },
  /**
   * Replaces the document (another tab, a restored revision). seq: the last `doc` the
   * shell had heard; a frame that has sent or typed more ignores the replacement, and
   * the shell merges and asks again. n: what later `doc`s name as their base.
   */
  replace: { text: str(maxDocument), seq: maybe(int), n: maybe(int) },
  command: { name: oneOf('runAll', 'stopAll', 'palette', 'undo', 'redo', 'flush', 'whole', 'focus') },
  reply: { id: int, value: maybe(either(str(64 * 1024 * 1024), bytes)), error: maybe(str()) },
  ping: { n: int },
});
export type ToFrame = Of<typeof isToFrame>;

export const isToShell = union({
  ready: {},
  /** The document as it now is. why tells the session what kind of revision this is. */
  doc: { text: str(maxDocument), title: str(500), seq: int, why: oneOf('typing', 'edit', 'run'), place, base: maybe(int) },
  /** The same, told as a change of the text of the `doc` or `patch` before it (seq − 1); a shell that has not got that asks for the `whole`. */
  patch: { at: int, drop: int, size: int, put: str(maxDocument), title: str(500), seq: int, why: oneOf('typing', 'edit', 'run'), place, base: maybe(int) },
  place: { place },
  status,
  summary: { summary },
  need: { id: int, asset: str(200) },
  download: { name: str(200), mime: str(100), content: either(str(maxDocument), bytes) },
  copy: { text: str(maxDocument) },
  /** The reader followed a link; the shell shows the address and asks. */
  link: { href: str(4000) },
  pong: { n: int },
  /** The frame met an error of its own: shown, not trusted. */
  fault: { text: str(4000) },
});
export type ToShell = Of<typeof isToShell>;
