/**
 * Random Go programs made of scenes: `program(n)` is n functions, each of which
 * plays one theme (copies, capacities, closures, defers, promotion, generic types, order of
 * calls, iterators, formats, …) with random types, values and shapes, and prints a lot.
 * random_expressions.ts, beside this one, makes expressions; here the themes are what programs do.
 *
 * What Go leaves open (the order of map iteration, which of two panics in one statement comes
 * first, addresses) is never printed.
 */
interface Ty { readonly text: string; readonly kind: 'int' | 'float' | 'string' | 'bool' | 'array' | 'slice' | 'map' | 'struct' | 'any'; readonly elem?: Ty; readonly n?: number; readonly fields?: readonly { name: string; t: Ty }[]; readonly cmp: boolean }

const basic = (text: string, kind: Ty['kind']): Ty => ({ text, kind, cmp: true });
const intNames = ['int', 'int8', 'int16', 'int32', 'int64', 'uint', 'uint8', 'uint16', 'uint32', 'uint64'];
const bits: Readonly<Record<string, [number, boolean]>> = Object.fromEntries(intNames.map((n) => [n, [Number(/\d+/.exec(n)?.[0] ?? 64), !n.startsWith('u')]]));

export class Scenes {
  #state: bigint;
  #types: Ty[] = [];
  #id = 0;
  readonly #decls: string[] = [];
  constructor(seed: number) { this.#state = BigInt(seed) * 0x9e3779b97f4a7c15n + 77n; for (let i = 0; i < 4; i++) this.n(2); }
  n(k: number): number {
    this.#state = (this.#state * 6364136223846793005n + 1442695040888963407n) & 0xffff_ffff_ffff_ffffn;
    return Number((this.#state >> 33n) % BigInt(k));
  }
  pick<T>(l: readonly T[]): T { return l[this.n(l.length)]; }
  name(): string { return `x${this.#id++}`; }
  times<T>(k: number, f: (i: number) => T): T[] { return Array.from({ length: k }, (_, i) => f(i)); }

  // Types and their values.

  scalar(): Ty {
    const r = this.n(10);
    return r < 5 ? basic(this.pick(intNames), 'int') : r < 7 ? basic('string', 'string') : r < 8 ? basic('bool', 'bool') : basic(this.pick(['float64', 'float32']), 'float');
  }
  type(d = 2): Ty {
    const r = this.n(14);
    if (d === 0 || r < 4) return this.scalar();
    if (r < 6) { const e = this.type(d - 1), n = this.pick([0, 1, 2, 3, 5]); return { text: `[${n}]${e.text}`, kind: 'array', elem: e, n, cmp: e.cmp }; }
    if (r < 8) { const e = this.type(d - 1); return { text: `[]${e.text}`, kind: 'slice', elem: e, cmp: false }; }
    if (r < 9) { const e = this.type(d - 1); return { text: `map[string]${e.text}`, kind: 'map', elem: e, cmp: false }; }
    if (r < 10) return { text: 'any', kind: 'any', cmp: true };
    return this.#types.length > 0 ? this.pick(this.#types) : this.scalar();
  }
  comparable(d = 2): Ty { for (;;) { const t = this.type(d); if (t.cmp && t.kind !== 'any') return t; } }
  struct(name: string): Ty {
    const fields = this.times(1 + this.n(5), (i) => ({ name: `${this.n(5) === 0 ? 'f' : 'F'}${i}`, t: this.type(2) }));
    return { text: name, kind: 'struct', fields, cmp: fields.every((f) => f.t.cmp && f.t.kind !== 'any') };
  }
  int(t: string): string {
    const [b, s] = bits[t], max = (1n << BigInt(s ? b - 1 : b)) - 1n, min = s ? -max - 1n : 0n;
    return String(this.pick([0n, 1n, 2n, 5n, max, min, max - 1n, BigInt(this.n(100)), max / 3n, (max * BigInt(this.n(1000))) / 1000n]));
  }
  text(): string { return this.pick(['""', '"a"', '"bc"', '"héllo"', '"\\xff\\xfe"', '"世界!"', '"a\\x00b"', '"tab\\tq\\"uote"', '"some longer string of more than thirty-two bytes"', '"e\\u0301"', '"\\xe4\\xb8"', '"😀"']); }
  val(t: Ty, d = 2): string {
    switch (t.kind) {
      case 'int': return `${t.text}(${this.int(t.text)})`;
      case 'float': return `${t.text}(${this.pick(['0', '1', '-1.5', '0.1', '1e21', '1e20', '-2.5e-7', '3.4028234e38', '123456789', '100000', '0.000001'])})`;
      case 'string': return this.text();
      case 'bool': return this.pick(['true', 'false']);
      case 'any': return this.n(6) === 0 ? 'nil' : this.val(this.type(d > 0 ? 1 : 0), d - 1);
      case 'array': return `${t.text}{${this.times(this.n(t.n! + 1), () => this.val(t.elem!, d - 1)).join(', ')}}`;
      case 'slice': return this.n(6) === 0 ? `${t.text}(nil)` : `${t.text}{${this.times(d <= 0 ? 1 : this.n(4), () => this.val(t.elem!, d - 1)).join(', ')}}`;
      case 'map': return this.n(6) === 0 ? `${t.text}(nil)` : `${t.text}{${this.times(d <= 0 ? 1 : this.n(3), (i) => `"k${i}": ${this.val(t.elem!, d - 1)}`).join(', ')}}`;
      case 'struct': return `${t.text}{${t.fields!.filter(() => this.n(5) > 0).map((f) => `${f.name}: ${this.val(f.t, d - 1)}`).join(', ')}}`;
    }
  }
  /** Statements that change one place inside the variable. */
  mutate(v: string, t: Ty, d = 3): string {
    switch (t.kind) {
      case 'array': return t.n! > 0 && d > 0 ? this.mutate(`${v}[${this.n(t.n!)}]`, t.elem!, d - 1) : `${v} = ${this.val(t)}`;
      case 'slice': return this.n(2) === 0 ? `if len(${v}) > 0 { ${this.mutate(`${v}[len(${v})-1]`, t.elem!, d - 1)} }` : `${v} = append(${v}, ${this.val(t.elem!)})`;
      case 'map': return `if ${v} != nil { ${v}["k${this.n(3)}"] = ${this.val(t.elem!)} }`;
      case 'struct': { const f = this.pick(t.fields!); return this.mutate(`${v}.${f.name}`, f.t, d - 1); }
      case 'int': return this.pick([`${v}++`, `${v} += ${this.n(100)}`, `${v} ^= 5`, `${v} = -${v}`]);
      case 'string': return `${v} += ${this.text()}`;
      default: return `${v} = ${this.val(t)}`;
    }
  }
  fn(params: string, result: string, body: string[]): string {
    const f = `fn${this.#id++}`;
    this.#decls.push(`${this.n(3) === 0 ? '//go:noinline\n' : ''}func ${f}(${params}) ${result} {\n\t${body.join('\n\t')}\n}`);
    return f;
  }

  // Scenes: each gives the lines of a function without parameters.

  copies(): string[] {
    const t = this.type(3), a = this.name(), b = this.name();
    const get = this.fn(`p ${t.text}`, t.text, [this.mutate('p', t), 'show("in", p)', 'return p']);
    const named = this.fn(`p ${t.text}`, `(r ${t.text}, e error)`, ['defer func() { show("result", r, recover()) }()', 'r = p', this.mutate('r', t), this.n(3) === 0 ? 'panic("stop")' : 'return r, nil']);
    const m = (x: string): string => this.mutate(x, t);
    const steps: (() => string[])[] = [
      () => [`${b} := ${a}`, m(b), m(a), `show(${a}, ${b})`],
      () => [`show(${get}(${a}))`],
      () => { const r = this.name(); return [`${r}, _ := ${named}(${a})`, `show(${r})`]; },
      () => { const f = this.name(); return [`${f} := func() ${t.text} { ${m(a)}; return ${a} }`, m(a), `show(${f}(), ${a})`]; },
      () => { const p = this.name(); return [`${p} := &${a}`, m(`(*${p})`), `show(${a}, *${p})`]; },
      () => { const s = this.name(); return [`${s} := []${t.text}{${a}, ${a}}`, m(`${s}[0]`), `for _, y := range ${s} { ${m('y')}; show(y) }`, `show(${s})`]; },
      () => { const s = this.name(); return [`${s} := [3]${t.text}{1: ${a}}`, `for i, y := range ${s} { ${m(`${s}[2-i]`)}; show(i, y) }`, `for i := range ${s} { ${m(`${s}[i]`)} }`, `show(${s})`]; },
      () => { const c = this.name(); return [`${c} := make(chan ${t.text}, 2)`, `${c} <- ${a}`, m(a), `${c} <- ${a}`, `show(<-${c})`, `show(<-${c})`]; },
      () => { const i = this.name(); return [`var ${i} any = ${a}`, m(a), `show(${i}, ${a})`, ...(t.kind !== 'any' ? [`if y, ok := ${i}.(${t.text}); ok { ${m('y')}; show(y, ${i}) }`] : [])]; },
      () => [`defer show("deferred", ${a})`, m(a)],
      () => { const q = this.name(); return [`${q} := map[int]${t.text}{1: ${a}}`, `{ y := ${q}[1]; ${m('y')}; show(y, ${q}[1], ${q}[2]); ${q}[2] = y }`, `show(${q})`]; },
      () => { const q = this.name(); return [`${q} := struct { a int8; v ${t.text}; w [2]${t.text} }{v: ${a}}`, `${q}.w[1] = ${q}.v`, m(`${q}.v`), `{ z := ${q}; ${m('z.w[0]')}; ${q}, z = z, ${q}; show(z, ${q}) }`]; },
      () => { const x = this.name(), y = this.name(); return [`var ${x}, ${y} ${t.text} = ${a}, ${this.val(t)}`, `${x}, ${y} = ${y}, ${x}`, m(x), `show(${x}, ${y}, ${a})`]; },
      () => { const q = this.name(); return [`${q} := Box[${t.text}]{v: ${a}}`, `{ old := ${q}.Set(${this.val(t)}); show(old, ${q}.Get(), ${q}.n) }`, `g := ${q}.Get`, m(`${q}.v`), `show(g(), ${q}.v)`].map((s) => s.replace(/^g :=/, `g${q} :=`).replace('show(g()', `show(g${q}()`)); },
      () => { const w = this.name(); return [`${w} := make(chan ${t.text})`, `go func(y ${t.text}) { ${m('y')}; ${w} <- y; ${w} <- y }(${a})`, `{ y := <-${w}; ${m('y')}; show(y, <-${w}, ${a}) }`]; },
    ];
    return [`var ${a} ${t.text} = ${this.val(t, 3)}`, ...this.times(3 + this.n(4), () => ['{', ...this.pick(steps)(), '}'].join('\n\t')), `show(${a})`];
  }
  capacities(): string[] {
    const e = this.type(1), s = this.name(), out = [`${s} := ${this.pick([`[]${e.text}{${this.times(this.n(5), () => this.val(e)).join(', ')}}`, `make([]${e.text}, ${this.n(4)}, ${4 + this.n(20)})`, `[]${e.text}(nil)`])}`];
    const all = [s], P = (x: string): void => { out.push(`show(len(${x}), cap(${x}), ${x}, ${x}[:min(cap(${x}), len(${x})+3)])`); };
    for (let i = 0; i < 4 + this.n(6); i++) {
      const x = this.pick(all), y = this.name(), lo = this.n(3), el = (): string => this.val(e, 1);
      switch (this.n(11)) {
        case 0: case 1: out.push(`${y} := append(${x}, ${this.times(1 + this.n(4), el).join(', ')})`); break;
        case 2: out.push(`${y} := append(${x}, ${this.pick(all)}...)`); break;
        case 3: out.push(`${y} := ${x}[min(${lo}, len(${x})):]`); break;
        case 4: out.push(`${y} := ${x}[:len(${x})/2:len(${x})]`); break;
        case 5: out.push(`${y} := append(${x}[:len(${x})/2], ${el()})`); break;
        case 6: out.push(`${y} := append([]${e.text}(nil), ${x}...)`); break;
        case 7: out.push(`${y} := ${this.fn(`p []${e.text}`, `[]${e.text}`, [`p = append(p, ${el()})`, 'if len(p) > 2 { p[0] = p[1] }', 'return p[:len(p)-1]'])}(${x})`); break;
        case 8: out.push(`${y} := func() []${e.text} { r := []${e.text}{}; for i := range ${2 + this.n(9)} { _ = i; r = append(r, ${el()}) }; return r }()`); break;
        case 9: out.push(`${y} := slices.${this.pick([`Clone(${x})`, `Grow(${x}, ${this.n(12)})`, `Insert[[]${e.text}, ${e.text}](${x}, len(${x})/2, ${el()}, ${el()})`, `Concat(${x}, ${this.pick(all)})`, `Clip(${x})`, `Repeat(${x}, 2)`, `Delete(${x}, 0, len(${x})/2)`])}`); break;
        default: out.push(`${y} := ${x}`, `copy(${y}[min(1, len(${y})):], ${y})`, `if len(${y}) > 1 { clear(${y}[1:2]) }`);
      }
      if (this.n(3) === 0) out.push(`if len(${y}) > 0 { ${y}[len(${y})-1] = ${el()} }`);
      out.push(`_ = ${y}`);
      all.push(y);
      P(y);
    }
    for (const x of all) P(x);
    return out;
  }
  closures(): string[] {
    const fs = this.name(), out = [`var ${fs} []func(int) int`], k = 2 + this.n(4);
    const body = (v: string): string => this.pick([
      `${fs} = append(${fs}, func(d int) int { ${v} += d; return int(${v}) })`,
      `w := ${v}; ${fs} = append(${fs}, func(d int) int { w++; return int(w)*10 + d + int(${v}) }, func(d int) int { w += ${this.n(5)}; ${v}--; return int(w) + d })`,
      `if ${v} % 2 == 0 { ${v}++; }; ${fs} = append(${fs}, func(d int) int { defer func() { ${v}++ }(); return int(${v}) + d })`,
      `${fs} = append(${fs}, func(int) func(int) int { z := ${v}; return func(d int) int { z, ${v} = ${v}, z+1; return int(z)+d } }(1))`,
    ]);
    for (let i = 0; i < 1 + this.n(3); i++) {
      const v = this.name(), w = this.name();
      out.push(this.pick([
        `for ${v} := 0; ${v} < ${k}; ${v}++ { ${body(v)} }`,
        `for ${v}, ${w} := 0, ${k}; ${v} < ${w}; ${v}, ${w} = ${v}+1, ${w}-1 { ${body(v)}; ${body(w).replaceAll('w :=', 'u :=').replaceAll('w++', 'u++').replaceAll('w +=', 'u +=').replaceAll('int(w)', 'int(u)')} }`,
        `for ${v} := range ${k} { ${body(v)} }`,
        `for ${w}, ${v} := range []int{3, 1, 4, 1} { _ = ${w}; ${body(v)} }`,
        `for ${v}, ${w} := range pairs(${k}) { _ = ${w}; ${body(v)} }`,
        `{ ${v} := ${k}; ${w} := 0; L${v}: ${body(v)}; ${w}++; if ${w} < 3 { goto L${v} } }`,
      ]));
    }
    const m = this.name();
    out.push(`for i, f := range ${fs} { show(i, f(i), f(1)) }`, `for i, f := range ${fs} { show(i, f(0)) }`,
      `${m} := 0`, `func() { ${m}++; func() { ${m} *= ${2 + this.n(4)}; defer func() { ${m}-- }() }() }()`, `show(${m})`,
      `var rec func(n int) int; rec = func(n int) int { if n < 2 { ${m}++; return n }; return rec(n-1) + rec(n-2) }`, `show(rec(${5 + this.n(8)}), ${m})`);
    return out;
  }
  /** A tree of calls that defer, panic and recover. */
  defers(): string[] {
    const make = (d: number): string => {
      const body: string[] = [], tag = this.#id;
      const leaf = (): string => this.pick([`show("at ${tag}", r)`, `r += ${this.n(9)}`, `defer show("d ${tag}", r)`, 'defer func() { r *= 2 }()', `defer func() { show("rec ${tag}", text(recover())) }()`,
        `defer func() { if e := recover(); e != nil { r = -1; ${this.pick(['panic(fmt.Sprint("again ", text(e)))', 'r++', 'panic(e)', `defer func() { show("inner", text(recover())) }(); panic("new ${tag}")`])} } }()`,
        `for i := range ${1 + this.n(3)} { defer func(j int) { r += i*j; show("loop", i, j) }(r) }`,
        `if r > ${this.n(6)} { return }`, `if r > ${this.n(9)} { return r + 100 }`, `if r > ${this.n(8)} { panic(${this.pick([`"p${tag}"`, `errors.New("e${tag}")`, `${this.n(100)}`, '[2]int{1, 2}', 'Named(3)'])}) }`,
        'func() { defer func() { recover() }(); var m map[string]int; m["a"] = 1 }()', `func() { defer func() { if e, ok := recover().(error); ok { show(e) } }(); var p *struct{ a [100]int; b int }; p.b++ }()`,
        'defer helpRecover()', 'defer func() { helpRecover() }()', 'defer (*Counter).Hit(&counter, r)', 'defer counter.Hit(r)', 'c := counter; defer c.Show()']);
      for (let i = 0; i < 2 + this.n(5); i++) body.push(d > 0 && this.n(3) === 0 ? `r += ${make(d - 1)}(r${this.pick(['', '+1', '-2'])})` : leaf());
      const uniq = body.map((l, i) => l.startsWith('c :=') ? l.replaceAll('c :=', `c${i} :=`).replace('c.Show', `c${i}.Show`) : l);
      return this.fn('a int', '(r int)', ['step()', 'r = a', ...uniq, 'return r + 1']);
    };
    const f = make(3);
    return [0, 1, 5].map((a) => `func() { defer func() { show("top", text(recover())) }(); show(${f}(${a})) }()`).concat('counter.Show()');
  }
  promotion(): string[] {
    const id = this.#id++, ptr = this.n(2) === 0, deep = this.n(2) === 0, mid = this.n(2) === 0 ? '*' : '';
    this.#decls.push(`type A${id} struct { n ${this.pick(intNames)}; tag string }`,
      `func (a A${id}) Val(k int) string { a.n++; return fmt.Sprint("A${id}", a.n, a.tag, k) }`, `func (a *A${id}) Inc(k int) string { a.n += ${1 + this.n(3)}; a.tag += "!"; return fmt.Sprint(a.n, a.tag, k) }`,
      `type M${id} struct { pad [${this.n(3)}]int32; ${ptr ? '*' : ''}A${id}; own int }`, `${this.n(2) === 0 ? `func (m M${id}) Val(k int) string { m.own = k; return fmt.Sprint("M", m.own, m.A${id}.Val(k)) }` : ''}`,
      `type O${id} struct { x byte; ${mid}M${id}; ${deep ? 'fmt.Stringer' : 'y float32'} }`, `type V${id} interface { Val(int) string }`, `type I${id} interface { V${id}; Inc(int) string }`);
    const a = `${ptr ? '&' : ''}A${id}{n: ${this.n(100)}, tag: ${this.text()}}`, m = `${mid === '*' ? '&' : ''}M${id}{A${id}: ${a}, own: ${this.n(9)}}`, o = this.name();
    const out = [`${o} := O${id}{x: 1, M${id}: ${m}${deep && this.n(2) === 0 ? ', Stringer: Named(4)' : ''}}`];
    const uses = [`show(${o}.Val(1), ${o}.Inc(2), ${o}.n, ${o}.tag)`, `{ f, g := ${o}.Val, ${o}.Inc; show(g(1)); show(f(2)); ${o}.n = 7; show(f(3), g(4)) }`, `{ f := O${id}.Val; show(f(${o}, 5)); g := (*O${id}).Inc; show(g(&${o}, 6)) }`,
      `{ var i I${id} = &${o}; show(i.Inc(1), i.Val(2)); f := i.Val; i.Inc(3); show(f(4)); show(V${id}.Val(i, 5)) }`, `{ var v V${id} = ${o}; ${o}.Inc(1); show(v.Val(2)); _, ok := v.(I${id}); show(ok) }`,
      `{ p := ${o}; p.tag = "copy"; p.own++; show(p.Val(0), ${o}.Val(0), p.own, ${o}.own) }`, `{ defer show("def", ${o}.Inc(1)); defer ${o}.Inc(2); show(${o}.n) }`, `func() { defer func() { show(text(recover())) }(); var z O${id}; show(z.Val(1)); show(z.Inc(1)); show(z.own) }()`,
      ...(deep ? [`func() { defer func() { show(text(recover())) }(); show(${o}.String()) }()`] : []), `{ go1 := make(chan string); go func() { go1 <- ${o}.Inc(8) }(); show(<-go1, ${o}.n) }`, `show(len(fmt.Sprintf("%T", ${o}.Val)), fmt.Sprintf("%T %T", ${o}, &${o}.M${id}))`];
    for (let i = 0; i < 5; i++) out.push(this.pick(uses));
    return out;
  }
  generics(): string[] {
    const id = this.#id++, t = this.comparable(1), u = this.type(2), i = this.pick(intNames), j = this.pick(intNames);
    this.#decls.push(`type Tree${id}[K any, V any] struct { l, r *Tree${id}[K, V]; k K; v V; cmp func(a, b K) int }`,
      `func (t *Tree${id}[K, V]) Put(k K, v V, cmp func(a, b K) int) *Tree${id}[K, V] { if t == nil { return &Tree${id}[K, V]{k: k, v: v, cmp: cmp} }; switch c := cmp(k, t.k); { case c < 0: t.l = t.l.Put(k, v, cmp); case c > 0: t.r = t.r.Put(k, v, cmp); default: t.v = v }; return t }`,
      `func (t *Tree${id}[K, V]) All() func(func(K, V) bool) { return func(yield func(K, V) bool) { t.walk(yield) } }`,
      `func (t *Tree${id}[K, V]) walk(yield func(K, V) bool) bool { return t == nil || t.l.walk(yield) && yield(t.k, t.v) && t.r.walk(yield) }`,
      `func conv${id}[A, B integer](a A) (B, bool) { b := B(a); return b, A(b) == a && (a < 0) == (b < 0) }`,
      `func kind${id}[T any](x T) string { switch y := any(x).(type) { case int, int8: return fmt.Sprint("small ", y); case string: return y + "s"; case []T: return "slice"; case fmt.Stringer: return "stringer " + y.String(); case nil: return "nil" }; var z T; return fmt.Sprintf("%T %v", x, z) }`,
      `func fold${id}[S ~[]E, E, R any](s S, r R, f func(R, E) R) (_ R, n int) { for _, e := range s { r = f(r, e); n++ }; return r, n }`,
      `type Num${id}[T integer] struct { a, b T }`, `func (n Num${id}[T]) Op() (T, T, T) { return n.a + n.b, n.a * n.b, n.a << (n.b & 7) }`, `func op${id}[T interface{ Op() (A, A, A) }, A integer](t T) []A { x, y, z := t.Op(); return []A{x, y, z} }`,
      `type Set${id}[T comparable] map[T]struct{}`, `func (s Set${id}[T]) Add(xs ...T) int { for _, x := range xs { s[x] = struct{}{} }; return len(s) }`,
      `func index${id}[T comparable](l []T, x T) int { for i, y := range l { if x == y { return i } }; return -1 }`);
    const list = `[]${t.text}{${this.times(2 + this.n(4), () => this.val(t)).join(', ')}}`, x = this.name();
    return [`var ${x} *Tree${id}[int, ${u.text}]`, `for i := range ${3 + this.n(9)} { ${x} = ${x}.Put(i*7%11, ${this.val(u)}, func(a, b int) int { return a - b }) }`, `for k, v := range ${x}.All() { if k == ${this.n(11)} { continue }; if k > ${4 + this.n(7)} { break }; show(k, v) }`,
      `show(conv${id}[${i}, ${j}](${this.int(i)}))`, `show(conv${id}[${j}, ${i}](${this.int(j)}))`, `show(kind${id}[${t.text}](${this.val(t)}), kind${id}[${u.text}](${this.val(u)}), kind${id}(Named(2)), kind${id}[any](${this.val(u)}))`,
      `show(fold${id}[[]${t.text}, ${t.text}, string](${list}, "r", func(r string, e ${t.text}) string { return r + fmt.Sprint(e) }))`, `show(fold${id}[Names, string, ${u.text}](Names{"a", "b"}, ${this.val(u)}, func(r ${u.text}, e string) ${u.text} { ${this.mutate('r', u)}; return r }))`,
      `show(op${id}(Num${id}[${i}]{${this.int(i)}, ${this.int(i)}}), fmt.Sprintf("%T", Num${id}[${j}]{}))`, `show(Set${id}[${t.text}]{}.Add(${list}...), index${id}(${list}, ${this.val(t)}))`,
      `{ b := Box[Box[${u.text}]]{}; b.v.v = ${this.val(u)}; c := b; ${this.mutate('c.v.v', u)}; f := c.v.Get; show(b, c, f()) }`];
  }
  /** Calls that say when they run. */
  order(): string[] {
    const f = (): string => `tr(${this.n(20)})`, m = this.name(), a = this.name(), e = (d: number): string => d === 0 ? f() : this.pick([() => `(${e(d - 1)} ${this.pick(['+', '-', '*', '&', '^'])} ${e(d - 1)})`, () => `${a}[${e(d - 1)}&3]`, () => `add(${e(d - 1)}, ${e(d - 1)})`, () => `pick(${e(0)} > ${e(0)} && ${e(0)} < ${e(0)} || ${e(0)} == 3, ${e(d - 1)}, ${f()})`, () => `${m}[${e(d - 1)}&7]`, () => `[...]int{${e(0)}, 2: ${e(0)}}[${e(0)}%3]`, () => `*ref(${e(d - 1)})`, () => `(Pt{${e(0)}, ${e(0)}}).Sum(${e(0)})`, () => `len(append([]int{${e(0)}}, ${e(0)}, ${e(0)}))`, () => `func(p, q int) int { return p - ${f()} + q }(${e(0)}, ${e(0)})`, f])();
    return [`${a} := []int{1, 2, 3, 4}`, `${m} := map[int]int{1: 5, 2: 6}`, ...this.times(6 + this.n(6), () => this.pick([
      () => `${a}[${e(1)}&3] = ${e(2)}`, () => `${a}[${e(1)}&3], ${m}[${e(1)}&7] = ${e(1)}, ${e(2)}`, () => `${m}[${e(1)}&7] ${this.pick(['+', '-', '^', '|'])}= ${e(2)}`, () => `${a}[${e(1)}&3]${this.pick(['++', '--'])}`, () => `show(${e(2)}, ${e(1)}, ${e(2)})`, () => `{ i := 1; i, ${a}[i] = ${this.n(3)}, ${e(1)}; show(i) }`,
      () => `{ p, q := two(${e(1)}, ${e(0)}); show(add(two(p, q)), q) }`, () => `if x := ${e(1)}; x > ${e(0)} { show("then", x) } else if y := ${e(1)}; y > x { show("else", y) }`, () => `switch ${e(1)} & 3 { case ${f()}&3, ${f()}&3: show("one"); fallthrough; case ${f()}&3: show("two"); default: show("none") }`, () => `for i := ${f()}; i < ${f()}; i += 7 + ${f()} { ${m}[i&7] += i }`,
      () => `${a}[0], ${a}[1], ${a}[2] = ${a}[1], ${a}[2], ${a}[0]`, () => `defer show("later", ${e(1)})`, () => `{ c := make(chan int, 1); c <- ${e(1)}; select { case v := <-c: ${a}[${f()}&3] = v; case c <- ${f()}: }; show(len(c)) }`, () => `show(map[int]int{${e(0)}: 1}[${e(0)}], [][]int{{${e(0)}}, {${e(0)}, ${e(0)}}})`,
      () => `{ s := (Pt{${e(0)}, 1}); s.a, s.b = s.b, s.a+${e(0)}; p := &s; p, p.a = ref2(s), ${e(0)}; show(s, *p) }`,
    ])()), `show(${a}, ${m})`];
  }
  iterators(): string[] {
    const loops = (d: number, outer: string[]): string => {
      const l = this.name(), v = this.name();
      const seq = this.pick([`pairs(${2 + this.n(5)})`, `slices.All([]int{4, 5, 6})`, `twice(pairs(${1 + this.n(3)}))`, `maps.All(map[int]int{1: 2})`, `[]int{7, 8, 9}`]);
      const jump = (): string => this.pick([`if ${v}%${2 + this.n(3)} == 0 { continue ${l} }`, `if total > ${this.n(60)} { break ${l} }`, ...outer.map((o) => `if total%${2 + this.n(5)} == 0 { ${this.pick(['continue', 'break'])} ${o} }`), `if total > ${40 + this.n(99)} { return total }`, `defer func() { show("late", ${v}, total) }()`, `if total > ${70 + this.n(99)} { panic("far") }`, `if total == ${this.n(40)} { goto End }`, `func() { defer func() { total++ }(); total += ${v} }()`, `switch { case total%3 == 0: break; default: total++ }`]);
      const body = [`total += ${v} + 1`, 'step()', jump(), d > 0 ? loops(d - 1, [l, ...outer]) : `show(${v}, total)`, jump()];
      return `${l}: for _, ${v} := range ${seq} { ${body.join('; ')}; if total > 900 { break ${l} } }`;
    };
    const f = this.fn('', '(total int)', ['{', loops(2, []), '}', this.n(2) === 0 ? 'defer func() { show(text(recover()), total) }()' : '', '{', loops(1, []), '}', 'goto End', 'End:', 'return total * 2']);
    return [`func() { defer func() { show(text(recover())) }(); show(${f}()) }()`, '{ next, stop := iter.Pull2(pairs(3)); a, b, ok := next(); show(a, b, ok); stop(); a, b, ok = next(); show(a, b, ok) }',
      `show(slices.Collect(maps.Values(map[int]string{1: "v"})), slices.Sorted(maps.Keys(map[string]int{"b": 1, "a": 2})))`];
  }
  formats(): string[] {
    return this.times(8, () => {
      const t = this.type(3), v = this.val(t, 3), flags = this.pick(['', '', '+', '#', '-', ' ', '0', '+0', '# ']) + this.pick(['', '', '', '8', '12', '.3', '9.2', '.0', '1']);
      const verb = this.pick(t.kind === 'int' ? ['d', 'x', 'X', 'o', 'b', 'c', 'q', 'U', 'v', 's', 'e', 'T', 'O'] : t.kind === 'float' ? ['v', 'e', 'f', 'g', 'G', 'E', 'b', 'x', 'd'] : t.kind === 'string' ? ['s', 'q', 'x', 'X', 'v', 'd'] : ['v', 'v', 'v', 'T', 's', 'd', 'q', 'x', 't']);
      return this.pick([`fmt.Printf("%${flags}${verb}|%v|%+v|%#v\\n", ${v}, ${v}, ${v}, ${v})`, `show(reflect.DeepEqual(${v}, ${this.val(t, 3)}), reflect.TypeOf(${t.kind === 'any' ? '1' : v}).Size(), reflect.ValueOf(${t.kind === 'any' ? '1' : v}).Kind())`,
        ...(t.kind === 'float' || t.kind === 'int' ? [`fmt.Println(${v}, string(strconv.AppendQuote(nil, fmt.Sprint(${v}))))`] : []), `fmt.Printf("%[2]${verb} %[1]*[3]v %v %!|\\n", 5, ${v}, ${v})`, `fmt.Println(fmt.Errorf("w: %w %v", errors.New("e"), ${v}))`, `println2(${v})`]);
    });
  }
  maps(): string[] {
    const k = this.comparable(2), e = this.type(2), m = this.name(), keys = this.name(), out = [`${m} := map[${k.text}]${e.text}{}`, `var ${keys} []${k.text}`];
    for (let i = 0; i < 6 + this.n(20); i++) { const v = this.name(); out.push(`{ ${v} := ${this.val(k)}; ${keys} = append(${keys}, ${v}); ${this.pick([`${m}[${v}] = ${this.val(e)}`, `delete(${m}, ${v})`, `{ y := ${m}[${v}]; ${this.mutate('y', e)}; ${m}[${v}] = y }`, ...(e.kind === 'int' ? [`${m}[${v}] += 3`] : []), ...(e.kind === 'slice' ? [`${m}[${v}] = append(${m}[${v}], ${this.val(e.elem!)})`] : [])])} }`); }
    out.push(`for _, k := range ${keys} { v, ok := ${m}[k]; show(v, ok) }`, `show(len(${m}))`, `{ big := map[any]int{}; for i := range ${30 + this.n(300)} { big[i] = i; big[${k.text === 'int' ? 'int8(i)' : `fmt.Sprint(i)`}] = -i; if i%3 == 0 { delete(big, i/2) } }; s := 0; for _, k := range ${keys} { big[k]++ }; for _, v := range big { s += v }; show(len(big), s); n := 0; for k := range big { if n++; n%2 == 0 { delete(big, k) } }; show(n, len(big)); clear(big); show(len(big)) }`,
      `{ c := maps.Clone(${m}); clear(${m}); show(len(c), len(${m})); for _, k := range ${keys} { if v, ok := c[k]; ok { show(v) } } }`);
    return out;
  }
  /** Stacks that grow under pointers to variables, and garbage of many shapes. */
  memory(): string[] {
    const t = this.struct('local'), d = 50 + this.n(3000), id = this.#id++;
    this.#decls.push(`type Node${id} struct { pad [${this.n(6)}]byte; next *Node${id}; kids []*Node${id}; val any; m map[int]*Node${id}; f func() int; s string }`,
      `func build${id}(d int, seed *uint32) *Node${id} { if d <= 0 { return nil }; *seed = *seed*1664525 + 1013904223; n := &Node${id}{s: fmt.Sprint(*seed >> 20)}; n.next = build${id}(d-1, seed); for i := 0; i < int(*seed>>30); i++ { n.kids = append(n.kids, build${id}(d-2-d%2, seed)) }; switch *seed >> 8 & 3 { case 0: n.val = n.next; case 1: n.val = [3]*Node${id}{1: n}; case 2: n.m = map[int]*Node${id}{d: n.next, -1: n}; case 3: k := d; n.f = func() int { k++; return k + len(n.s) } }; return n }`,
      `func (n *Node${id}) sum() int { if n == nil { return 0 }; r := len(n.s)*31 + int(n.s[0]); r += n.next.sum(); for _, k := range n.kids { r = r*7 + k.sum() }; switch v := n.val.(type) { case *Node${id}: if v != n.next { panic("moved") }; case [3]*Node${id}: if v[1] != n { panic("lost") } }; if n.m != nil && (n.m[-1] != n || len(n.m) > 2) { panic("map") }; if n.f != nil { r += n.f() }; return r & 0xffffff }`,
      `func deep${id}(d int, up *[3]int, s []int, x *any) int { var here [3]int; here[d%3] = d; var a any = &here; if d == 0 { (*up)[1]++; return len(s) }; r := deep${id}(d-1, &here, append(s[:min(len(s), 5)], d), &a); up[0] += here[1] + r%3; if p, ok := (*x).(*[3]int); ok { p[2]++ }; return r + here[2] + here[d%3] }`);
    return [`{ seed := uint32(${this.n(1e6)}); var keep []*Node${id}; for i := range ${20 + this.n(40)} { n := build${id}(${3 + this.n(5)}, &seed); if i%${2 + this.n(5)} == 0 { keep = append(keep, n) }; if len(keep) > 5 { keep = keep[1:] } }; t := 0; for _, n := range keep { t = t*3 + n.sum() }; show(t & 0xffffff) }`,
      `{ var a [3]int; var x any = &a; show(deep${id}(${d}, &a, nil, &x), a) }`, `{ var wg sync.WaitGroup; res := make([]int, 4); for i := range res { wg.Add(1); go func() { defer wg.Done(); var a [3]int; var x any = &a; res[i] = deep${id}(${d}/(i+1), &a, make([]int, i), &x) + a[2] }() }; wg.Wait(); show(res) }`,
      `{ type local struct { ${t.fields!.map((f) => `${f.name} ${f.t.text}`).join('; ')} }; l := []*local{}; for i := range ${10 + this.n(100)} { v := ${this.val(t)}; p := &v; if i%9 == 0 { ${this.mutate('(*p)', t)} }; l = append(l, p) }; show(*l[0], *l[len(l)-1], *l[len(l)/2]) }`,
      `{ var b strings.Builder; parts := []string{}; for i := range ${10 + this.n(200)} { b.WriteString(${this.text()}); b.WriteByte(byte('a' + i%26)); parts = append(parts, b.String()[max(0, b.Len()-5):]) }; h := 0; for _, p := range parts { for _, c := range p { h = (h*31 + int(c)) & 0xffffff } }; show(b.Len(), h, strings.Count(b.String(), "a")) }`];
  }
  comparisons(): string[] {
    return this.times(6, () => {
      const t = this.comparable(3), a = this.val(t, 3), b = this.n(2) === 0 ? a : this.val(t, 3), x = this.name(), y = this.name();
      return `{ var ${x}, ${y} ${t.text} = ${a}, ${b}; show(${x} == ${y}, ${x} != ${y}, any(${x}) == any(${y}), [2]${t.text}{${x}} == [2]${t.text}{${y}}, struct { a int8; b ${t.text}; c string }{1, ${x}, "c"} == struct { a int8; b ${t.text}; c string }{1, ${y}, "c"}); ${this.mutate(y, t)}; show(${x} == ${y}, map[${t.text}]int{${x}: 1}[${y}], map[any]int{${x}: 1}[${y}]); switch ${x} { case ${y}: show("equal"); default: show("not") } }`;
    }).concat(`func() { defer func() { show(text(recover())) }(); var a, b any = ${this.val({ text: '[]int', kind: 'slice', elem: basic('int', 'int'), cmp: false })}, ${this.val(this.type(1))}; show(a == b); show(a == a) }()`,
      '{ n := math.NaN(); z := 0.0; show(n == n, n != n, n < n, !(n >= n), -z == z, 1/-z < 0, min(n, 1), max(-z, z), [1]float64{n} == [1]float64{n}, any(n) == any(n)) }');
  }
  arithmetic(): string[] {
    const t = this.pick(intNames), u = this.pick(intNames), a = this.name(), b = this.name(), s = this.name();
    const ops = ['+', '-', '*', '&', '|', '^', '&^'];
    return [`for _, ${a} := range []${t}{${this.times(4, () => this.int(t)).join(', ')}} { for _, ${b} := range []${t}{${this.times(3, () => this.int(t)).join(', ')}} { step(); show(${ops.map((o) => `${a}${o}${b}`).join(', ')}, ${a} < ${b}, ${u}(${a}), float32(${b}), -${a}, ^${b}, ${t}(${u}(${a})*${u}(${b}))); if ${b} != 0 { show(${a}/${b}, ${a}%${b}) } } }`,
      `for _, ${a} := range []${t}{${this.times(3, () => this.int(t)).join(', ')}} { for _, ${s} := range []${u}{0, 1, 7, 8, 31, 32, 63, 64, 100} { show(${a}<<${s}, ${a}>>${s}, ${a}<<(${s}&15)>>3, 1<<${s}>>1 == ${s}) } ; show(${a}<<3, ${a}>>1, ${a}>>70, ${a}/8, ${a}%8, ${a}/-${t.startsWith('u') ? '0+3' : '3'}, ${a}*10, ${a}/7, ${a}%10, bits.OnesCount64(uint64(${a})), bits.LeadingZeros32(uint32(${a})), bits.TrailingZeros16(uint16(${a}))) }`.replace(/, [^,]*\/-0\+3/, ''),
      `{ const c = 1<<62 + ${this.n(1000)}; const d = c / 3.0; var f float32 = c; show(c>>3, d, f, uint8(c&255), float64(d), 'a'*2, "s"[0]+${this.n(9)}, len("héé"), 7.0/2, 7/2, 1<<3.0, complex(1, 2)*1i) }`,
      `{ f := ${this.val(basic('float64', 'float'))}; show(int64(f) == int64(f), float32(f), f/3, math.Sqrt(f*f), math.Floor(f), math.Float64bits(f), uint8(int(math.Mod(f, 200))), math.MaxInt64, strconv.FormatFloat(f, 'g', -1, 32)) }`,
      `{ s := ${this.text()} + ${this.text()}; for i, r := range s { show(i, r, string(r)) }; show([]byte(s), []rune(s), string([]rune(s)) == s, s > "b", len(s), strings.ToUpper(s), utf8.ValidString(s)); b := []byte(s); b = append(b, s...); for i := range b { b[i] ^= 1 }; show(string(b), strings.Fields(s), strings.Split(s, ""), strconv.Quote(s), strings.Map(func(r rune) rune { if r == 'a' { return -1 }; return r + 1 }, s)) }`];
  }
  errors(): string[] {
    const i = this.name(), v = (x: number | string): string => `id(${x})`;
    return this.times(6, () => this.pick([`s := make([]int, ${this.n(4)}); show(s[${v(this.n(6) - 1)}])`, `s := "abc"; show(s[${v(this.n(6))}:${v(this.n(6))}])`, `s := make([]int, 3, 5); show(s[${v(this.n(7))}:${v(this.n(7))}:${v(this.n(7))}])`, `var a [4]int; show(a[${v(this.n(5))}:${v(this.n(6))}], a[${v(this.n(6))}])`, `show([3]int([]int{1, 2, 3, 4}[:${v(this.n(5))}]))`, `show(make([]int, ${v(this.n(4) - 2)}), make([]byte, 1, ${v(this.n(3))}))`,
      `var x any = ${this.val(this.type(2))}; show(x.(${this.type(1).text}))`, 'var x any = Named(1); show(x.(fmt.Stringer), x.(interface{ Missing() }))', 'var e error; show(e.Error())', 'var p *Counter; p.Hit(1)', 'var p *Pt; show(p.Sum(1))', `show(7/${v(this.n(2))}, 7%${v(this.n(2))})`, 'var m map[Pt]int; m[Pt{}]++', 'c := make(chan int); close(c); close(c)', 'c := make(chan int, 1); close(c); v, ok := <-c; show(v, ok); c <- 1', 'panic(fmt.Errorf("wrapped %w", errors.New("inner")))', 'var f func(int); f(1)', `show(1<<${v(this.n(3) - 1)})`, 'panic(nil)', `var e error = &MyErr{3}; var t *MyErr; show(errors.As(fmt.Errorf("a: %w", e), &t), t); panic(e)`, 'x := []any{1, "a", nil}; show(x[1].(string), x[2].(int))', 'var a [2]Pt; show(a[id(1)].Sum(2), a[id(2)].Sum(1))', 'strings.Repeat("x", id(-1))', 'm := map[any]int{}; m[[]int{}] = 1', 'reflect.ValueOf(1).SetInt(2)', 'show(strconv.Atoi("x1"))', 'show(strconv.ParseInt("999999999999999999999", 10, 64))', 'show((*[2]int)(make([]int, id(1))))', `show(unsafe.Sizeof(struct { a int8; b ${this.type(2).text}; c bool }{}))`]))
      .map((b) => `func() { defer func() { ${i} := recover(); _, rt := ${i}.(runtime.Error); show(rt, text(${i})) }(); ${b} }()`);
  }
  goroutines(): string[] {
    const n = 2 + this.n(5), t = this.type(2), c = this.name();
    return [`{ ${c} := make(chan ${t.text}, ${this.n(3)}); done := make(chan bool); go func() { k := 0; for v := range ${c} { k++; _ = v }; show("got", k); done <- true }(); for range ${n} { ${c} <- ${this.val(t)} }; close(${c}); <-done }`,
      `{ var mu sync.Mutex; var wg sync.WaitGroup; sum, seen := 0, map[int]bool{}; for i := range ${n * 5} { wg.Add(1); go func() { defer wg.Done(); mu.Lock(); defer mu.Unlock(); sum += i; seen[i%7] = true; if i%3 == 0 { runtime.Gosched() } }() }; wg.Wait(); show(sum, len(seen)) }`,
      `{ in, out := make(chan int), make(chan int); for range 3 { go func() { for v := range in { out <- v * v } }() }; go func() { for i := range ${n} { in <- i }; close(in) }(); s := 0; for range ${n} { s += <-out }; show(s) }`,
      `{ ctx, cancel := context.WithTimeout(context.Background(), ${n}*time.Millisecond); defer cancel(); ticks := 0; tk := time.NewTicker(time.Millisecond*2); defer tk.Stop(); L: for { select { case <-ctx.Done(): show(ctx.Err()); break L; case <-tk.C: ticks++ } }; show(ticks > 0 || ${n} <= 2) }`,
      `{ quit := make(chan struct{}); res := make(chan string, 9); go func() { defer close(res); defer func() { res <- "end" }(); for i := 0; ; i++ { select { case <-quit: return; default: if i == ${n} { res <- "half"; <-quit; runtime.Goexit() } } } }(); show(<-res); close(quit); for r := range res { show(r) } }`,
      `{ var once sync.Once; var n atomic.Int64; f := sync.OnceValue(func() int { n.Add(1); return int(n.Load()) * ${n} }); var wg sync.WaitGroup; for range 8 { wg.Go(func() { once.Do(func() { n.Add(10) }); f() }) }; wg.Wait(); show(n.Load() > 10, n.Load()) }`].filter(() => this.n(2) === 0);
  }

  program(scenes: number): string {
    for (let i = 0; i < 5; i++) {
      const t = this.struct(`T${i}`);
      this.#decls.push(`type T${i} struct {\n${t.fields!.map((f) => `\t${f.name} ${f.t.text}\n`).join('')}}`, ...(this.n(4) === 0 ? [`func (t ${this.n(2) === 0 ? '*' : ''}T${i}) ${this.pick(['String', 'Error', 'GoString'])}() string { return "<T${i}>" }`] : []));
      this.#types.push(t);
    }
    const kinds = [() => this.copies(), () => this.copies(), () => this.copies(), () => this.capacities(), () => this.capacities(), () => this.closures(), () => this.defers(), () => this.defers(), () => this.promotion(), () => this.generics(), () => this.order(), () => this.order(), () => this.iterators(), () => this.formats(), () => this.maps(), () => this.memory(), () => this.comparisons(), () => this.arithmetic(), () => this.errors(), () => this.goroutines()];
    const fs = this.times(scenes, (i) => `func s${i}() {\n\t${this.pick(kinds)().join('\n\t')}\n}`);
    return `${prelude}\n${this.#decls.join('\n')}\n${fs.join('\n')}\nfunc main() {\n${fs.map((_, i) => `\ttry(${i}, s${i})\n`).join('')}}\n`;
  }
}

const prelude = `package main

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"maps"
	"math"
	"math/bits"
	"reflect"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"
	"unicode/utf8"
	"unsafe"
)

var _ = math.Pi + float64(bits.UintSize) + float64(unsafe.Sizeof(1)) + float64(utf8.MaxRune)
var _ context.Context
var _ iter.Seq[int]
var _ reflect.Type
var _ atomic.Int64
var _ time.Time
var _ sync.Mutex
var _ = errors.New(strconv.Itoa(1) + strings.ToLower(runtime.GOOS))
var _ = slices.Max(slices.Sorted(maps.Keys(map[int]int{1: 1})))

type integer interface{ ~int | ~int8 | ~int16 | ~int32 | ~int64 | ~uint | ~uint8 | ~uint16 | ~uint32 | ~uint64 }
type Named int
func (n Named) String() string { return fmt.Sprint("Named", int(n)) }
type Names []string
type Pt struct{ a, b int }
func (p Pt) Sum(k int) int { return p.a*10 + p.b + k }
type MyErr struct{ code int }
func (e *MyErr) Error() string { return fmt.Sprint("code ", e.code) }
type Box[T any] struct { n int; v T }
func (b *Box[T]) Set(v T) T { old := b.v; b.n, b.v = b.n+1, v; return old }
func (b Box[T]) Get() T { b.n++; return b.v }
type Counter struct{ n, last int }
var counter Counter
func (c *Counter) Hit(k int) { c.n++; c.last = k }
func (c Counter) Show() { show("counter", c.n, c.last) }
func helpRecover() { if e := recover(); e != nil { show("helped", text(e)) } }
func id[T any](x T) T { return x }
func tr(n int) int { step(); show("tr", n); return n }
func add(a, b int) int { show("add"); return a + b }
func two(a, b int) (int, int) { show("two"); return b, a }
func pick(c bool, a, b int) int { if c { return a }; return b }
func ref(n int) *int { show("ref"); return &n }
func ref2(p Pt) *Pt { p.b++; return &p }
func println2(args ...any) { fmt.Fprintln(&sink, args...); fmt.Print(sink.String()); sink.Reset() }
var sink strings.Builder
func pairs(n int) iter.Seq2[int, int] {
	return func(yield func(int, int) bool) {
		defer show("pairs done")
		for i := range n { if !yield(i, i*i) { return } }
	}
}
func twice(s iter.Seq2[int, int]) iter.Seq2[int, int] {
	return func(yield func(int, int) bool) { for a, b := range s { if !yield(a, b) || !yield(b, a) { break } } }
}
func text(r any) string {
	switch r := r.(type) {
	case nil: return "<nil>"
	case error: return "error " + r.Error()
	}
	return fmt.Sprint(r)
}
var steps, shown int
func step() { if steps++; steps > 2000 { panic("too many steps") } }
func show(args ...any) {
	if shown++; shown > 300 { return }
	for i, a := range args { if e, ok := a.(runtime.Error); ok { args[i] = e.Error() } }
	s := fmt.Sprintln(args...)
	if len(s) > 400 { s = fmt.Sprintln(s[:400], len(s)) }
	fmt.Print(s)
}
func try(i int, f func()) {
	steps, shown = 0, 0
	fmt.Println("==", i)
	defer func() { shown = 0; if r := recover(); r != nil { show("panic", text(r)) } }()
	f()
}
`;
