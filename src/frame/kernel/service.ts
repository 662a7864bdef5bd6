/** What the editor of a Go cell asks its Worker, and the answers: plain data, offsets in UTF-16 code units of the cell's text. */
import type { ItemKind } from '../../../lib/go/services/complete.ts';
import type { Layout } from '../../../lib/go/services/describe.ts';
import type { RenameRefusal } from '../../../lib/go/services/navigate.ts';
import type { CallHelp } from '../../../lib/go/services/signature.ts';

export type ServiceAsk =
  | { readonly what: 'complete' | 'hover' | 'definition' | 'references' | 'signature'; readonly offset: number }
  | { readonly what: 'rename'; readonly offset: number; readonly newName: string };

export interface Stretch { readonly from: number; readonly to: number }
export interface Change extends Stretch { readonly insert: string }
export interface Offer { readonly label: string; readonly kind: ItemKind; readonly detail: string; readonly doc: string; readonly rank: number; readonly also: Change | null }
export interface Told extends Stretch { readonly code: string; readonly doc: string; readonly layout: Layout | null; /** Import path of the package that declares it; null: this program. */ readonly origin: string | null }

export type ServiceAnswer =
  | { readonly what: 'complete'; readonly completion: (Stretch & { readonly items: readonly Offer[] }) | null }
  | { readonly what: 'hover'; readonly hover: Told | null }
  /** peek: the text of a declaration outside of the cell. */
  | { readonly what: 'definition'; readonly definition: (Stretch & { readonly peek: string }) | null }
  | { readonly what: 'references'; readonly spans: readonly Stretch[] }
  | { readonly what: 'rename'; readonly rename: { readonly kind: 'edits'; readonly edits: readonly Change[] } | { readonly kind: 'refused'; readonly why: RenameRefusal; readonly detail: string } }
  | { readonly what: 'signature'; readonly help: CallHelp | null };
