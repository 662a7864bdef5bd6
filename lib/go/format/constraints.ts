/**
 * Build constraints: a file's one `//go:build` line, well spaced, stands as far down in
 * its head as the rules for it allow, with a blank line after it.
 *
 * SIMPLIFIED: `// +build` lines, which Go stopped reading in 1.18, are left as they are
 * (gofmt derives them from the `//go:build` line).
 */

/** The expression of a constraint in its one spelling; null if it is none. */
export function constraintText(text: string): string | null {
  const tokens = text.match(/&&|\|\||[!()]|[\p{L}\p{Nd}_.]+|\S/gu) ?? [];
  let k = 0, depth = 0;
  type Node = { op: '' | '!' | '&&' | '||'; text: string };
  const or = (): Node | null => chain('||', () => chain('&&', not));
  function chain(op: '&&' | '||', operand: () => Node | null): Node | null {
    let x = operand();
    while (x !== null && tokens[k] === op) {
      k++;
      const y = operand();
      if (y === null) return null;
      x = { op, text: `${within(x, op)} ${op} ${within(y, op)}` };
    }
    return x;
  }
  function within(x: Node, op: '!' | '&&' | '||'): string {
    return (op === '!' && x.op !== '') || (op === '&&' && x.op === '||') || (op === '||' && x.op === '&&') ? `(${x.text})` : x.text;
  }
  function not(): Node | null {
    const t = tokens[k++] as string | undefined;
    if (t === '!') {
      if (tokens[k] === '!') return null;
      const x = not();
      return x === null ? null : { op: '!', text: `!${within(x, '!')}` };
    }
    if (t === '(') {
      if (++depth > 100) return null;
      const x = or();
      depth--;
      return x !== null && tokens[k++] === ')' ? x : null;
    }
    return t !== undefined && /^[\p{L}\p{Nd}_.]+$/u.test(t) ? { op: '', text: t } : null;
  }
  const x = or();
  return x !== null && k === tokens.length ? x.text : null;
}

/** Formatted text with its constraint put right. at: the lines (from 1) on which comments that are constraints were written. */
export function placeConstraint(text: string, at: readonly number[]): string {
  if (at.length !== 1) return text;
  const lines = text.split('\n'), line = at[0] - 1, m = /^\/\/go:build[ \t]+(.*)$/.exec(lines[line]);
  const expr = m === null ? null : constraintText(m[1]);
  if (expr === null) return text;
  // After the last blank line above anything that is not a line comment.
  let insert = 0;
  for (let i = 0; i < lines.length && /^[ \t]*(?:\/\/.*)?$/.test(lines[i]); i++) if (lines[i].trim() === '') insert = i + 1;
  insert = Math.min(insert, line);
  const before = lines.slice(0, insert), after = [...lines.slice(insert, line), ...lines.slice(line + 1)];
  // The line leaves at most one blank line behind.
  const gap = line - insert;
  if (after[gap] === '' && (gap === 0 || after[gap - 1] === '')) after.splice(gap, 1);
  return [...before, `//go:build ${expr}`, '', ...after].join('\n');
}
