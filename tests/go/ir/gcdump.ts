/** Reads `go build -gcflags='-W=2 …'` output and reduces it to what lowering decides. */

/** Lines about run-time type words that gc attaches to nodes and our IR does not. */
const skipSections = /^(?:\w+)-(RType|TypeWord|SrcRType|ITab|RTypes|KeyTypeWord|KeySrcRType|ValueTypeWord|ValueSrcRType|Prealloc|Dcl|Func|Tag|KeepAlive|ElemRType|ElemElemRType)$/;

/** "before order" dumps by function name, each as lines in the form of dumpFunc. */
export function gcDumps(text: string, pkg: string): Map<string, string[]> {
  const out = new Map<string, string[]>();
  let cur: string[] | undefined;
  let name = '';
  for (const line of text.split('\n')) {
    const m = /^before order (.*?)( <nil>)?$/.exec(line);
    if (m) {
      name = m[1];
      cur = [];
      out.set(name, cur);
      continue;
    }
    if (/^(before|after) walk/.test(line)) { cur = undefined; continue; }
    if (cur && line.startsWith('.   ')) cur.push(line);
  }
  for (const [k, lines] of out) out.set(k, reduce(lines, pkg));
  return out;
}

function depthOf(line: string): number {
  let d = 0;
  while (line.startsWith('.   ', d * 4)) d++;
  return d;
}

/** Drops sections and attributes that are not the front end's, and levels that only name a function. */
function reduce(lines: readonly string[], pkg: string): string[] {
  const out: string[] = [];
  // Depth below which lines are skipped, and how much deeper lines of a closure's function are than in our form.
  let skip = -1, skipNext = false;
  const shifts: number[] = [];
  for (const [i, raw] of lines.entries()) {
    const d = depthOf(raw);
    const text = raw.slice(d * 4);
    if (skipNext) { skipNext = false; continue; }
    if (skip >= 0) { if (d > skip) continue; skip = -1; }
    while (shifts.length > 0 && d <= shifts[shifts.length - 1]) shifts.pop();
    if (text === 'CLOSURE-Func') { shifts.push(d); continue; }
    if (text.startsWith('DCLFUNC ')) continue;
    const at = d - shifts.length;
    if (/^DCLFUNC-(Dcl|ClosureVars|body)$/.test(text)) { out.push('.   '.repeat(at) + text.replace('DCLFUNC', 'CLOSURE')); continue; }
    if (/^ADDR .*PTR-\*\[\d+\]uintptr/.test(text) && /NAME-\S*\.dict\./.test(lines[i + 1] ?? '')) { skip = d; continue; }
    if (/^CONVNOP .*PTR-\*\[\d+\]uintptr/.test(text)) { skip = d; continue; }
    if (skipSections.test(text)) {
      // A type switch's guard variable and the type words sit beside real children: skip exactly one node.
      if (text === 'TYPESW-Tag') { skipNext = true; continue; }
      if (/^SWITCH-Tag$/.test(text)) { out.push('.   '.repeat(at) + text); continue; }
      skip = d;
      continue;
    }
    out.push('.   '.repeat(at) + head(text, pkg));
  }
  // A label whose children were all dropped goes too.
  return unplace(out.filter((l, i) => !/^(\.   )*[A-Z0-9]+-[A-Z]\w+$/.test(l) || depthOf(out[i + 1] ?? '') > depthOf(l)));
}

const attrs = / (esc\(\w+\)|Class:\w+|Offset:-?\d+|OnStack|Used|Byval|Addrtaken|Transient|tc\(\d\)|AutoTemp|Len:\d+|AsOp:\w+|GoDefer|IsGoWrap|IsClosureVar|Bounded|Readonly|CheckPtr|NonNil|DistinctVars|NoInline|Assigned|HasBreak|InlFormal|InlLocal|Libfuzzer8BitCounter|PrototypeHash:\w+|HasCall|Pragma:\d+|Likely|ReuseVar:\w+|MoveResult:\w+|DictIndex:\d+)(?= |$)/g;

function head(text: string, pkg: string): string {
  if (/^[A-Z0-9]+-[A-Za-z]+$/.test(text) && !/^(NAME|NIL|LITERAL|ASOP)-/.test(text)) return text;
  const m = /^(.*?)( # (?:_|\+)?[^:]*:(\d+):(\d+).*)?$/.exec(text)!;
  let s = m[1];
  if (s.startsWith('LITERAL-"')) {
    const q = /^LITERAL-("(?:[^"\\]|\\.)*(?:"|\.\.\.))((?: .*)?)$/.exec(s);
    if (q) s = `LITERAL-${q[1]}${clean(q[2], pkg)}`;
  } else s = clean(s, pkg);
  // Compiler-made code stands at 1:0 of a file of no name.
  const pos = m[2] && m[4] !== '0' ? ` # ${m[3]}:${m[4]}` : '';
  return /^TYPE /.test(s) ? s : s + pos;
}

/** Attributes away, the package's own qualifier away, KIND- before types away. */
function clean(s: string, pkg: string): string {
  for (let t = ''; t !== s;) { t = s; s = s.replace(attrs, ''); }
  s = s.replace(new RegExp(`(?<![\\w/])${pkg}\\.`, 'g'), '');
  s = s.replace(/ (PTR|SLICE|ARRAY|MAP|CHAN|FUNC|STRUCT|INTER|UNSAFEPTR)-/g, ' ');
  s = s.replace(/\.autotmp_\d+/g, '.autotmp').replace(/^(NAME-_) blank$/, '$1').replace(/^STRUCTKEY .*/, 'STRUCTKEY').replace(/ method\(\*struct \{\}\) /, ' ');
  s = s.replace(/^(LITERAL-\S+) untyped int/, '$1 int');
  // The dictionary parameter, which our instances do not have.
  s = s.replace(/, \*\[\d+\]uintptr/g, '').replace(/\(\*\[\d+\]uintptr, /g, '(').replace(/\(\*\[\d+\]uintptr\)/g, '()');
  // What escape analysis makes of it.
  s = s.replace(/^STR2BYTESTMP/, 'STR2BYTES');
  s = s.replace(/^TYPE .*? ?type /, 'TYPE ').replace(/^DYNAMICTYPE /, 'TYPE ');
  s = s.replace(/^(CLOSURE) (fnName\((?:[^()]|\([^()]*\))*\)).*/, '$1 $2');
  return s.replace(/ +/g, ' ').trimEnd();
}

/**
 * A temporary that carries init statements is wrapped in a conversion, which gc
 * places wherever its type checker last was: no position to compare.
 */
function unplace(lines: readonly string[]): string[] {
  return lines.map((l, i) => (/CONVNOP .* # \d+:\d+$/.test(l) && /NAME-\.autotmp/.test(lines[i + 1] ?? '') ? l.replace(/ # .*/, '') : l));
}

/** dumpFunc's text in the same form. */
export function ourDump(text: string): string[] {
  return unplace(text.trimEnd().split('\n').slice(1).map((l) => l.replace(/\.autotmp_\d+/g, '.autotmp')));
}

/** `line:col function cost` of a -m=2 line about inlining; the reason instead of the cost if it cannot be inlined. */
export function costLine(line: string): string | undefined {
  const m = /(\d+:\d+): (?:can inline (.+?) with cost (\d+) as|cannot inline (.+?): (.*))/.exec(line);
  return m ? `${m[1]} ${m[2] ?? m[4]} ${m[3] ?? m[5]}` : undefined;
}
