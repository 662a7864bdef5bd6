/**
 * `npm run simplified`: writes docs/SIMPLIFIED.md, the list of places where the
 * model departs from real Go. The source is the record: each departure is a
 * comment with the word SIMPLIFIED where it happens. With a colon the text after
 * it, up to the end of the comment's paragraph, is listed; without one the
 * comment's paragraph itself.
 */
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';

const sources = /\.(ts|svelte|go|css)$/;

/** Paths of source files under dir, in order of code points. */
function files(dir) {
  const found = [];
  for (const e of readdirSync(dir, { withFileTypes: true })) {
    const path = `${dir}/${e.name}`;
    if (e.isDirectory()) found.push(...files(path));
    else if (sources.test(e.name)) found.push(path);
  }
  return found.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}

/** The text of a line that lies in a comment, without its markers; null when it is code. */
function comment(line) {
  const m = /^\s*(?:\/\*\*?|\/\/|\*(?!\/)|<!--)(.*?)(?:\*\/|-->)?\s*$/.exec(line);
  return m ? m[1].trim() : null;
}

/** The departure at line i (from 0) of lines: one paragraph of text. */
function departure(lines, i) {
  const whole = comment(lines[i]);
  const first = whole ?? lines[i].replace(/^.*?(?:\/\/|\/\*+)\s*/, '').replace(/\s*\*\/.*$/, '');
  const at = /SIMPLIFIED:\s*/.exec(first);
  const text = [at ? first.slice(at.index + at[0].length) : first];
  const closed = (k) => whole === null || /\*\/|-->/.test(lines[k]);
  for (let k = i; !closed(k) && k + 1 < lines.length; k++) {
    const next = comment(lines[k + 1]);
    if (!next || /SIMPLIFIED:/.test(next)) break;
    text.push(next);
  }
  if (!at) for (let k = i - 1; k >= 0 && comment(lines[k]) && !/\*\/|-->/.test(lines[k]); k--) text.unshift(comment(lines[k]));
  return text.join(' ').replace(/\s*\(SIMPLIFIED\)|\s*\bSIMPLIFIED\./, '').replace(/\s+/g, ' ').trim();
}

const rooms = new Map();
for (const path of [...files('lib'), ...files('src')]) {
  const lines = readFileSync(path, 'utf8').split(/\r?\n/);
  lines.forEach((line, i) => {
    if (!/\bSIMPLIFIED\b/.test(line)) return;
    const room = path.split('/').slice(0, 2).join('/');
    if (!rooms.has(room)) rooms.set(room, []);
    rooms.get(room).push(`- \`${path}:${i + 1}\` ${departure(lines, i)}`);
  });
}
let count = 0;
let out = '# Where the model departs from real Go\n\nWritten by `npm run simplified` from the comments marked SIMPLIFIED in lib and src; do not edit.\nA departure nobody marked is not in this list.\n';
for (const [room, rows] of rooms) {
  out += `\n## ${room}\n\n${rows.join('\n')}\n`;
  count += rows.length;
}
writeFileSync('docs/SIMPLIFIED.md', out);
console.log(`docs/SIMPLIFIED.md: ${count} places`);
