/** The lines of a comment spanning several, moved to stand under its opening wherever that goes. */

const blank = (s: string): boolean => /^[\0- ]*$/.test(s);

/** The longest common start of a and b made of blanks and stars. */
function common(a: string, b: string): string {
  let i = 0;
  while (i < a.length && i < b.length && a[i] === b[i] && (a[i] <= ' ' || a[i] === '*')) i++;
  return a.slice(0, i);
}
const without = (s: string, tail: string): string => (tail !== '' && s.endsWith(tail) ? s.slice(0, -tail.length) : s);

/**
 * The lines of a general comment relative to its first: the blanks that all inner lines
 * share are taken away, except what lines them up with the text after the opening or,
 * in a comment with a star on each line, with the first star.
 */
export function alignedLines(text: string, shift: boolean): string[] {
  const lines = text.split('\n').map((l) => l.replace(/\r$/, ''));
  if (lines.length === 1) return lines;
  if (shift) for (let i = 1; i < lines.length; i++) lines[i] = `   ${lines[i]}`;
  const end = lines.length - 1;
  let prefix: string | null = null;
  for (let i = 1; i < end; i++) {
    if (blank(lines[i])) lines[i] = '';
    else prefix = common(prefix ?? lines[i], lines[i]);
  }
  prefix ??= common(lines[end], lines[end]);
  const star = prefix.indexOf('*');
  if (star >= 0) prefix = without(prefix.slice(0, star), ' ');
  else if (blank(lines[0].slice(2))) {
    const less = prefix.replace(/ {1,3}$/, '');
    prefix = less.length === prefix.length ? without(prefix, '\t') : less;
  } else {
    const gap = /^[\0- ]*/.exec(lines[0].slice(2))![0];
    prefix = without(prefix, gap.startsWith('\t') ? gap : `  ${gap}`);
  }
  const before = lines[end].slice(0, Math.max(0, lines[end].indexOf('*/')));
  if (blank(before)) lines[end] = `${prefix}${star >= 0 ? ' */' : '*/'}`;
  else prefix = common(prefix, lines[end]);
  return lines.map((l, i) => (i === 0 || l === '' ? l : l.slice(prefix!.length)));
}
