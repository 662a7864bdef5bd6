/**
 * Damages the white space of Go text without changing its tokens: what a formatter
 * must undo. Lines are joined only where no semicolon and no line comment ends them;
 * lines are broken only after tokens after which no semicolon would come.
 */
import { Scanner } from '../../lib/go/syntax/scanner.ts';
import { EOF, SEMI } from '../../lib/go/syntax/token.ts';
import type { Random } from '../../lib/base/random.ts';

/** The text with other white space; the same seed makes the same text. */
export function mangle(text: string, random: Random): string {
  const bytes = new TextEncoder().encode(text), s = new Scanner(bytes), decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  // How often each kind of damage is done, in this file.
  const rate = Array.from({ length: 6 }, () => [0, 0, 0.02, 0.2][random.below(4)]), hit = (kind: number): boolean => random.float64() < rate[kind];
  const out: string[] = [];
  let at = 0, open = false;
  for (s.next(); ; s.next()) {
    const automatic = s.tok === SEMI && s.lit !== 'semicolon';
    if (automatic) continue;
    const from = s.tok === EOF ? bytes.length : s.start;
    const gap = decoder.decode(bytes.subarray(at, from));
    out.push(/^[ \t\n]*$/.test(gap) ? damage(gap) : gap.replace(/(?<=\n)[ \t]+(?=\/\/)/g, (t) => (hit(0) ? ' '.repeat(random.below(5)) : t)));
    if (s.tok === EOF) break;
    const token = decoder.decode(bytes.subarray(s.start, s.tokEnd));
    out.push(token);
    at = s.tokEnd;
    open = /^([([{,;:=]|:=|==|&&|\|\||[-+*/]|case|if|for|func|return)$/.test(token) && token !== 'return';
  }
  return out.join('');

  function damage(gap: string): string {
    const lines = gap.split('\n').length - 1;
    if (lines === 0) {
      if (gap === '') return hit(1) && open ? '\n' : hit(2) && open ? ' ' : gap;
      if (hit(3)) return ' '.repeat(1 + random.below(4));
      return hit(1) && open ? '\n' : gap;
    }
    if (open && hit(4)) return ' ';
    const indent = /[ \t]*$/.exec(gap)![0];
    let n = lines;
    if (hit(5)) n += random.below(3);
    else if (hit(5)) n = Math.max(1, n - 1);
    return '\n'.repeat(n) + (hit(0) ? ' \t'[random.below(2)].repeat(random.below(6)) : indent);
  }
}
