/** Editors' questions about Go text, answered by lib/go/services. Offsets are UTF-16 here and bytes there. */
import { baseFor } from '../../../lib/engine/report.ts';
import { isGoVersion } from '../../../lib/base/version.ts';
import { stdPackages } from '../../../lib/std/order.ts';
import type { ServiceContext } from '../../../lib/go/services/analysis.ts';
import { complete } from '../../../lib/go/services/complete.ts';
import { definition, hover, references, rename } from '../../../lib/go/services/navigate.ts';
import { signatureHelp } from '../../../lib/go/services/signature.ts';
import { toBytes, toUtf16 } from '../../../lib/go/services/text.ts';
import type { GoFile } from '../kernel/gotypes.ts';
import type { ServiceAnswer, ServiceAsk } from '../kernel/service.ts';
import { std } from './std.ts';

/** Answers about the first of files, the cell's own. */
export function serve(files: readonly GoFile[], go: string, ask: ServiceAsk): ServiceAnswer {
  const version = isGoVersion(go) ? go : '1.26';
  const ctx: ServiceContext = { provide: std, base: baseFor(version), goVersion: version, stdPaths: stdPackages };
  const { name, text } = files[0], at = toBytes(text, ask.offset);
  const own = (s: { readonly start: number; readonly end: number }): { from: number; to: number } => ({ from: toUtf16(text, s.start), to: toUtf16(text, s.end) });
  switch (ask.what) {
    case 'complete': {
      const c = complete(files, name, at, ctx);
      return { what: 'complete', completion: c && { ...own({ start: c.from, end: c.to }), items: c.items.map((i) => ({ ...i, also: i.also ? { ...own(i.also), insert: i.also.newText } : null })) } };
    }
    case 'hover': {
      const h = hover(files, name, at, ctx);
      return { what: 'hover', hover: h && { ...own(h.span), code: h.code, doc: h.doc, layout: h.layout, origin: h.from } };
    }
    case 'definition': {
      const d = definition(files, name, at, ctx);
      return { what: 'definition', definition: d && (d.peek === '' && d.span.file === name ? { ...own(d.span), peek: '' } : { from: 0, to: 0, peek: d.peek }) };
    }
    case 'references': return { what: 'references', spans: references(files, name, at, ctx).filter((s) => s.file === name).map(own) };
    case 'rename': {
      const r = rename(files, name, at, ask.newName, ctx);
      return { what: 'rename', rename: r.kind === 'edits' ? { kind: 'edits', edits: r.edits.filter((e) => e.file === name).map((e) => ({ ...own(e), insert: e.newText })) } : r };
    }
    case 'signature': return { what: 'signature', help: signatureHelp(files, name, at, ctx) };
  }
}
