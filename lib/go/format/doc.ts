/**
 * Text of doc comments in its one layout: headings, lists, code and link
 * definitions, as the Go doc comment syntax (go.dev/doc/comment) has them.
 *
 * Text is a sequence of runs of lines. A run of indented lines is code, or a list if
 * its first line has a list mark; a line alone may be a heading; what is left is
 * paragraphs. An unindented list, or code whose first line forgot its indentation, is
 * recognised by what follows it: then the run reaches back over the paragraph's last
 * lines. Paragraphs keep their line breaks; only quotes written ``so'' become “so”.
 */

type Block =
  | { readonly kind: 'text' | 'heading' | 'code'; readonly lines: readonly string[] }
  | { readonly kind: 'list'; readonly items: readonly { readonly number: string; readonly paragraphs: readonly string[][] }[]; readonly loose: boolean; readonly apart: boolean };
interface Link { readonly text: string; readonly url: string; used: boolean; }

const indented = (s: string): boolean => s.startsWith(' ') || s.startsWith('\t');

/** Lines without the indentation all of them share, and without blank ones at both ends. */
function unindented(lines: readonly string[]): string[] {
  let from = 0, to = lines.length;
  while (from < to && lines[from] === '') from++;
  while (to > from && lines[to - 1] === '') to--;
  let shared: string | null = null;
  for (let i = from; i < to; i++) {
    if (lines[i] === '') continue;
    const own = /^[ \t]*/.exec(lines[i])![0];
    if (shared === null) shared = own;
    else {
      let n = 0;
      while (n < shared.length && shared[n] === own[n]) n++;
      shared = shared.slice(0, n);
    }
  }
  const out = lines.slice(from, to).map((l) => (l.trim() === '' ? '' : l.startsWith(shared ?? '') ? l.slice((shared ?? '').length) : l));
  while (out.length > 0 && out[0] === '') out.shift();
  while (out.length > 0 && out[out.length - 1] === '') out.pop();
  return out;
}

/** The mark of a list item and what follows it; null if the line has none. number is '' for a bullet. */
function mark(line: string): { number: string; rest: string } | null {
  const m = /^(?:[•*+-]|([0-9]+)[.)])([ \t].*)$/su.exec(line.trim());
  return m === null ? null : { number: (m[1] as string | undefined) ?? '', rest: m[2].trim() };
}
const listed = (line: string): boolean => mark(line) !== null;

/** A heading as written before there was a mark for it: a short line between blank ones, like a title. */
function oldHeading(lines: readonly string[], i: number): boolean {
  if (i === 0 || lines[i - 1] !== '' || i + 2 >= lines.length || lines[i + 1] !== '' || indented(lines[i + 2])) return false;
  const s = lines[i].trim();
  return /^\p{Lu}/u.test(s) && /[\p{L}\p{Nd}]$/u.test(s) && !/[;:!?+*/=[\]{}_^°&§~%#@<">\\]/.test(s) && !/'(?!s$|s )/.test(s) && !/\.(?:$| )/.test(s);
}

/** `[text]: url` */
function linkOf(line: string): Link | null {
  const m = /^\[(.*?)\]:[ \t](.+)$/s.exec(line);
  if (m === null) return null;
  const url = m[2].trim();
  return /^(?:file|ftp|gopher|https?|mailto|nntp):\/\//.test(url) ? { text: m[1], url, used: false } : null;
}

interface Run { from: number; to: number; kind: 'code' | 'list' | 'heading' | 'old' | 'text'; }

/** Cuts unindented lines into runs. */
function runs(lines: readonly string[]): Run[] {
  const out: Run[] = [];
  // Lines before `forced` count as indented.
  let i = 0, forced = 0;
  for (;;) {
    while (i < lines.length && lines[i] === '') i++;
    if (i >= lines.length) return out;
    const from = i;
    if (i < forced || indented(lines[i])) {
      let flat = listed(lines[i]) && i < forced;
      for (i++; i < lines.length && (lines[i] === '' || i < forced || indented(lines[i]) || (flat && listed(lines[i]))); i++) if (lines[i] === '') flat = false;
      let to = i;
      while (to > from && lines[to - 1] === '') to--;
      // A closing brace at the margin ends the code it belongs to.
      if (to < lines.length && lines[to].startsWith('}')) to++;
      out.push({ from, to, kind: listed(lines[from]) ? 'list' : 'code' });
      i = to;
      continue;
    }
    for (i++; i < lines.length && lines[i] !== '' && !indented(lines[i]);) i++;
    let to = i;
    if (i < lines.length && lines[i] !== '' && !listed(lines[i])) {
      if (listed(lines[i - 1])) {
        forced = to;
        for (to--; to > from && listed(lines[to - 1]);) to--;
      } else if (/[{\\]$/.test(lines[i - 1])) {
        forced = to;
        to--;
      }
      if (to === from && forced > from) {
        i = from;
        continue;
      }
    }
    const single = to - from === 1;
    out.push({ from, to, kind: single && /^#[ \t]+\S/.test(lines[from]) ? 'heading' : single && oldHeading(lines, from) ? 'old' : 'text' });
    i = to;
  }
}

/** A paragraph, or null if all its lines define links: these are taken down. */
function paragraph(lines: readonly string[], links: Link[]): string[] | null {
  const found = lines.map(linkOf);
  if (found.some((l) => l === null)) return [...lines];
  links.push(...(found as Link[]));
  return null;
}

function list(lines: readonly string[], apart: boolean, links: Link[]): Block {
  const numbered = mark(lines[0])!.number !== '', items: { number: string; paragraphs: string[][] }[] = [];
  let text: string[] = [], loose = false;
  const flush = (): void => {
    const p = items.length > 0 ? paragraph(text, links) : null;
    if (p !== null && text.length > 0) items[items.length - 1].paragraphs.push(p);
    text = [];
  };
  for (let line of lines) {
    const m = mark(line);
    if (m !== null && (m.number !== '') === numbered) {
      flush();
      items.push({ number: m.number, paragraphs: [] });
      line = m.rest;
    }
    line = line.trim();
    if (line === '') {
      loose = true;
      flush();
    } else text.push(line);
  }
  flush();
  return { kind: 'list', items, loose: loose || items.some((i) => i.paragraphs.length !== 1), apart };
}

const url = /(?:file|ftp|gopher|https?|mailto|nntp):\/\/[\w@[\]-][\w@[\]:.-]*(?:[.,:;?!]*[\w$'()*+&#=@~/[\]{}%-])*/y;

/** Text with its quotes made typographic, outside of addresses; notes which links it uses. */
function words(text: string, links: readonly Link[]): string {
  for (const m of text.matchAll(/\[([^[\]]*)\]/g)) {
    const name = m[1].replace(/[\n\t]/g, ' '), link = links.find((l) => l.text === name);
    if (link !== undefined) link.used = true;
  }
  if (!text.includes('``') && !text.includes("''")) return text;
  let out = '';
  for (let i = 0; i < text.length;) {
    url.lastIndex = i;
    const skip = url.exec(text)?.[0] ?? /^`{3,}|^[\p{L}\p{Nd}_]+/u.exec(text.slice(i, i + 80))?.[0];
    if (skip !== undefined) {
      out += skip;
      i += skip.length;
    } else if (text.startsWith('``', i) || text.startsWith("''", i)) {
      out += text[i] === '`' ? '“' : '”';
      i += 2;
    } else out += text[i++];
  }
  return out;
}

/** The lines of a doc comment's text (without comment marks) in their one layout. */
export function layoutDoc(text: string): string[] {
  const lines = unindented(text.split('\n')), links: Link[] = [], blocks: Block[] = [];
  let end = 0;
  for (const r of runs(lines)) {
    const part = lines.slice(r.from, r.to);
    if (r.kind === 'list') blocks.push(list(part, end < r.from, links));
    else if (r.kind === 'code') blocks.push({ kind: 'code', lines: unindented(part) });
    else if (r.kind === 'text') {
      const p = paragraph(part, links);
      if (p !== null) blocks.push({ kind: 'text', lines: p });
    } else blocks.push({ kind: 'heading', lines: [(r.kind === 'heading' ? part[0].slice(1) : part[0]).trim()] });
    end = r.to;
  }
  const out: string[] = [];
  const fill = (p: readonly string[]): string[] => words(p.join('\n'), links).split('\n');
  blocks.forEach((b, i) => {
    if (i > 0 && (b.kind !== 'list' || b.apart || b.loose)) out.push('');
    if (b.kind === 'list') {
      b.items.forEach((item, k) => {
        if (k > 0 && b.loose) out.push('');
        const head = item.number === '' ? '  - ' : ` ${item.number}. `;
        if (item.paragraphs.length === 0) out.push(head);
        item.paragraphs.forEach((p, n) => {
          if (n > 0) out.push('');
          fill(p).forEach((l, j) => out.push(n === 0 && j === 0 ? head + l : `    ${l}`));
        });
      });
    } else if (b.kind === 'text') out.push(...fill(b.lines));
    else if (b.kind === 'heading') out.push(`# ${b.lines[0]}`);
    else if (b.kind === 'code') out.push(...b.lines.map((l) => (l === '' ? '' : `\t${l}`)));
  });
  for (const used of [true, false]) {
    const some = links.filter((l) => l.used === used);
    if (some.length > 0) out.push('', ...some.map((l) => `[${l.text}]: ${l.url}`));
  }
  return out;
}

/** //go:embed, //export, //line and the like (text after the slashes). */
const directive = (s: string): boolean => /^(?:line |extern |export |[a-z0-9]+:[a-z0-9])/.test(s);

/** The comments of a group before a declaration as they shall be; null: as they are. */
export function docComment(group: readonly string[]): string[] | null {
  const [first] = group;
  if (group.length === 1 && first.startsWith('/*')) {
    // A line of stars is not text.
    if (!first.includes('\n') || first.split('\n').slice(1).every((l) => /^[ \t]*\*/.test(l))) return null;
    const lines = layoutDoc(first.slice(2, -2));
    return [`/*\n${lines.map((l) => `${l}\n`).join('')}*/`];
  }
  if (!group.every((c) => c.startsWith('//'))) return null;
  const bodies = group.map((c) => c.slice(2)), directives = bodies.filter(directive);
  if (directives.length === bodies.length) return null;
  const text = bodies.filter((b) => !directive(b)).map((b) => (b.startsWith(' ') ? b.slice(1) : b)).join('\n');
  const out = layoutDoc(text).map((l) => (l === '' ? '//' : l.startsWith('\t') ? `//${l}` : `// ${l}`));
  if (directives.length > 0) out.push('//', ...directives.map((d) => `//${d}`));
  return out;
}
