/**
 * `//go:build` lines: whether they hold, and the least Go version they imply
 * (go/build/constraint).
 */

type Expr = { readonly op: 'tag'; readonly tag: string } | { readonly op: '!'; readonly x: Expr } | { readonly op: '&&' | '||'; readonly x: Expr; readonly y: Expr };

const maxSize = 1000;

/** Parses a `//go:build` line; null if it is none or malformed. */
function parse(line: string): Expr | null {
  const m = /^\/\/go:build(?:[ \t]+(.*))?$/s.exec(line.trim());
  if (!m) return null;
  const text = m[1] ?? '';
  const toks = text.match(/&&|\|\||[!()]|[\p{L}\p{Nd}_.]+|\S/gu) ?? [];
  if (toks.length === 0 || toks.length > maxSize) return null;
  let i = 0;
  const binary = (op: '&&' | '||', operand: () => Expr | null) => (): Expr | null => {
    let x = operand();
    while (x && toks[i] === op) {
      i++;
      const y = operand();
      x = y && { op, x, y };
    }
    return x;
  };
  const not = (): Expr | null => {
    const t = toks[i++];
    if (t === '!') {
      if (toks[i] === '!') return null;
      const x = not();
      return x && { op: '!', x };
    }
    if (t === '(') {
      const x = or();
      return x && toks[i++] === ')' ? x : null;
    }
    return t !== undefined && /^[\p{L}\p{Nd}_.]+$/u.test(t) ? { op: 'tag', tag: t } : null;
  };
  const or: () => Expr | null = binary('||', binary('&&', not));
  const x = or();
  return i === toks.length ? x : null;
}

/** The least minor version implied by x (by !x if negated); -1: none. */
function minVersion(x: Expr, negated: boolean): number {
  switch (x.op) {
    case '&&': case '||': {
      const a = minVersion(x.x, negated), b = minVersion(x.y, negated);
      return (x.op === '&&') !== negated ? Math.max(a, b) : Math.min(a, b);
    }
    case '!': return minVersion(x.x, !negated);
    case 'tag': {
      if (negated) return -1;
      if (x.tag === 'go1') return 0;
      const m = /go1\.(\d+)$/.exec(x.tag);
      return m ? Number(m[1]) : -1;
    }
  }
}

/** The version a `//go:build` line implies ("go1.21", "" for none); null if the line is malformed. */
export function goVersion(line: string): string | null {
  const x = parse(line);
  if (!x) return null;
  const v = minVersion(x, false);
  return v < 0 ? '' : v === 0 ? 'go1' : `go1.${v}`;
}

/** Whether the expression of a `//go:build` line holds where has says which tags do; a malformed one does not. */
export function buildConstraint(text: string, has: (tag: string) => boolean): boolean {
  const x = parse(`//go:build ${text}`);
  const value = (e: Expr): boolean => {
    switch (e.op) {
      case 'tag': return has(e.tag);
      case '!': return !value(e.x);
      case '&&': return value(e.x) && value(e.y);
      case '||': return value(e.x) || value(e.y);
    }
  };
  return x !== null && value(x);
}
