/**
 * Random Go programs made of expressions: `program(n)` is n functions over a few struct
 * types, a method set and an interface.
 *
 * Expressions are typed, so every program compiles: constants meet operators only
 * beside a value that is not one, divisors that are constants are not zero. A step
 * counter ends what would run long. random.ts compares what they print with real Go.
 */
type Ty =
  | { readonly k: 'int'; readonly text: string; readonly bits: number; readonly signed: boolean }
  | { readonly k: 'float' | 'complex'; readonly text: string; readonly bits: number }
  | { readonly k: 'string' | 'bool' | 'any' | 'summer'; readonly text: string }
  | { readonly k: 'slice' | 'ptr'; readonly text: string; readonly elem: Ty }
  | { readonly k: 'array'; readonly text: string; readonly elem: Ty; readonly n: number }
  | { readonly k: 'map'; readonly text: string; readonly key: Ty; readonly elem: Ty }
  | { readonly k: 'struct'; readonly text: string; readonly fields: readonly { name: string; t: Ty }[] }
  | { readonly k: 'func'; readonly text: string; readonly params: readonly Ty[]; readonly result: Ty };

const int = (text: string, bits: number, signed: boolean): Ty => ({ k: 'int', text, bits, signed });
const ints = [int('int', 64, true), int('int8', 8, true), int('int16', 16, true), int('int32', 32, true), int('int64', 64, true), int('uint', 64, false), int('uint8', 8, false), int('uint16', 16, false), int('uint32', 32, false), int('uint64', 64, false)];
const floats: Ty[] = [{ k: 'float', text: 'float32', bits: 32 }, { k: 'float', text: 'float64', bits: 64 }];
const complexes: Ty[] = [{ k: 'complex', text: 'complex64', bits: 64 }, { k: 'complex', text: 'complex128', bits: 128 }];
const str: Ty = { k: 'string', text: 'string' }, bool: Ty = { k: 'bool', text: 'bool' }, any: Ty = { k: 'any', text: 'any' }, summer: Ty = { k: 'summer', text: 'Summer' };
const slice = (elem: Ty): Ty => ({ k: 'slice', text: `[]${elem.text}`, elem });
const ptr = (elem: Ty): Ty => ({ k: 'ptr', text: `*${elem.text}`, elem });
const array = (elem: Ty, n: number): Ty => ({ k: 'array', text: `[${n}]${elem.text}`, elem, n });
const map = (key: Ty, elem: Ty): Ty => ({ k: 'map', text: `map[${key.text}]${elem.text}`, key, elem });
const func = (params: readonly Ty[], result: Ty): Ty => ({ k: 'func', text: `func(${params.map((p) => p.text).join(', ')}) ${result.text}`, params, result });

/** An expression's text, and whether Go takes it for a constant. */
interface X { readonly s: string; readonly c: boolean }
interface Var { readonly name: string; readonly t: Ty; readonly fixed: boolean }
interface Fn { readonly name: string; readonly params: readonly Ty[]; readonly result: Ty }

/** A generator of one program. */
export class Expressions {
  #state: bigint;
  readonly #lines: string[] = [];
  #scope: Var[] = [];
  readonly #structs: (Ty & { k: 'struct' })[] = [];
  readonly #fns: Fn[] = [];
  #id = 0;
  #nest = 0;
  /** Break targets around; labels of loops. */
  #loops: string[] = [];

  constructor(seed: number) { this.#state = BigInt(seed) * 0x9e3779b97f4a7c15n + 1n; }
  n(k: number): number {
    this.#state = (this.#state * 6364136223846793005n + 1442695040888963407n) & 0xffff_ffff_ffff_ffffn;
    return Number((this.#state >> 33n) % BigInt(k));
  }
  pick<T>(list: readonly T[]): T { return list[this.n(list.length)]; }
  #name(): string { return `v${this.#id++}`; }
  #p(s: string): void { this.#lines.push('\t'.repeat(this.#nest) + s); }

  scalar(): Ty { return this.n(4) === 0 ? this.pick([...floats, str, str, bool, ...complexes]) : this.pick(ints); }
  comparable(): Ty { return this.n(3) === 0 ? this.pick([str, floats[1], bool, array(ints[3], 2), any]) : this.pick(ints); }
  type(d = 2): Ty {
    const r = this.n(20);
    if (d === 0 || r < 9) return this.scalar();
    if (r < 12) return slice(this.type(d - 1));
    if (r < 13) return array(this.type(d - 1), this.pick([0, 1, 1, 2, 3, 7]));
    if (r < 15) return map(this.comparable(), this.type(d - 1));
    if (r < 17 && this.#structs.length > 0) return this.pick(this.#structs);
    if (r < 18) return ptr(this.type(d - 1));
    if (r < 19) return this.pick([any, summer]);
    return func(this.n(2) === 0 ? [] : [this.scalar()], this.scalar());
  }

  // Expressions.

  /** The same value, but no constant. */
  #opaque(x: X, t: Ty): string { return x.c ? `id[${t.text}](${x.s})` : x.s; }
  val(t: Ty, d: number): string { return this.#opaque(this.expr(t, d), t); }

  literal(t: Ty): X {
    switch (t.k) {
      case 'int': {
        const min = t.signed ? -(1n << BigInt(t.bits - 1)) : 0n, max = t.signed ? (1n << BigInt(t.bits - 1)) - 1n : (1n << BigInt(t.bits)) - 1n;
        const v = this.pick([0n, 1n, 2n, 3n, 7n, 10n, 64n, max, min, max - 1n, max >> 1n, max / 3n, BigInt(this.n(100)), BigInt(this.n(128)) * max / 128n]);
        return { s: v === min && t.signed ? `${t.text}(${min})` : `${t.text}(${v})`, c: true };
      }
      case 'float': return { s: `${t.text}(${this.pick(['0', '1', '-1', '0.5', '3.25', '1e10', '-2.75', '1e-7', '16777217', '0.1', '4294967296.5', '9.3e18', '-1e30', '255.9'])})`, c: true };
      case 'complex': return { s: `${t.text}(complex(${this.pick(['0', '1', '-2.5', '0.1'])}, ${this.pick(['0', '1', '3', '-0.25'])}))`, c: true };
      case 'string': return { s: this.pick(['""', '"a"', '"abc"', '"héllo"', '"\\xff\\xfe"', '"世界"', '"zz\\x00z"', '"longer string of some thirty bytes"', '"a\\xe4\\xb8b"']), c: true };
      case 'bool': return { s: this.pick(['true', 'false']), c: true };
      default: return { s: this.composite(t, 1), c: false };
    }
  }
  composite(t: Ty, d: number): string {
    switch (t.k) {
      case 'slice': return this.n(6) === 0 ? `${t.text}(nil)` : this.n(5) === 0 ? `make(${t.text}, ${this.n(5)}, ${5 + this.n(4)})` : `${t.text}{${this.#list(t.elem, this.n(5), d)}}`;
      case 'array': return `${t.text}{${this.#list(t.elem, this.n(t.n + 1), d)}}`;
      case 'map': {
        if (this.n(4) === 0) return `make(${t.text})`;
        return `${t.text}{${Array.from({ length: this.n(4) }, () => `${this.val(t.key, d - 1)}: ${this.expr(t.elem, d - 1).s}`).join(', ')}}`;
      }
      case 'struct': return this.n(5) === 0 ? `${t.text}{}` : `${t.text}{${t.fields.map((f) => `${f.name}: ${this.expr(f.t, d - 1).s}`).join(', ')}}`;
      case 'ptr': {
        if (this.n(12) === 0) return `(${t.text})(nil)`;
        if (t.elem.k === 'struct' && this.n(2) === 0) return `&${this.composite(t.elem, d - 1)}`;
        return `addr[${t.elem.text}](${this.expr(t.elem, d - 1).s})`;
      }
      case 'any': { const u = this.type(1); return this.n(8) === 0 ? 'any(nil)' : `any(${this.val(u, d - 1)})`; }
      case 'summer': {
        const s = this.pick(this.#structs);
        return this.n(10) === 0 ? 'Summer(nil)' : this.n(2) === 0 ? `Summer(${this.composite(s, d - 1)})` : `Summer(&${this.composite(s, d - 1)})`;
      }
      case 'func': {
        const saved = this.#scope, params = t.params.map((p) => ({ name: this.#name(), t: p, fixed: false }));
        this.#scope = [...saved, ...params];
        const body = `func(${params.map((p) => `${p.name} ${p.t.text}`).join(', ')}) ${t.result.text} { step(); return ${this.expr(t.result, d).s} }`;
        this.#scope = saved;
        return body;
      }
      default: return this.literal(t).s;
    }
  }
  #list(t: Ty, n: number, d: number): string { return Array.from({ length: n }, () => this.expr(t, d - 1).s).join(', '); }

  vars(t: Ty): Var[] { return this.#scope.filter((v) => v.t.text === t.text); }
  index(d: number, len: string): string {
    const t = this.pick(ints);
    return this.n(12) === 0 ? this.val(t, d - 1) : `uint(${this.val(t, d - 1)})%max(1, uint(len(${len})))`;
  }
  expr(t: Ty, d: number): X {
    const vs = this.vars(t);
    if (d <= 0) return vs.length > 0 && this.n(4) > 0 ? { s: this.pick(vs).name, c: false } : this.literal(t);
    const from: (() => X | undefined)[] = [];
    const x = (s: string): X => ({ s, c: false });
    if (vs.length > 0) from.push(() => x(this.pick(vs).name), () => x(this.pick(vs).name));
    from.push(() => this.literal(t));
    // Parts of what is at hand.
    from.push(() => {
      const list = this.#scope.filter((v) => 'elem' in v.t && v.t.elem.text === t.text);
      if (list.length === 0) return undefined;
      const v = this.pick(list);
      if (v.t.k === 'ptr') return x(`*${v.name}`);
      if (v.t.k === 'map') return x(`${v.name}[${this.val(v.t.key, d - 1)}]`);
      if (v.t.k === 'array' && v.t.n === 0) return undefined;
      return x(`${v.name}[${this.index(d, v.name)}]`);
    }, () => {
      const list = this.#scope.flatMap((v) => { const s = v.t.k === 'ptr' ? v.t.elem : v.t; return s.k === 'struct' ? s.fields.filter((f) => f.t.text === t.text).map((f) => `${v.name}.${f.name}`) : []; });
      return list.length > 0 ? x(this.pick(list)) : undefined;
    }, () => {
      const list = this.#fns.filter((f) => f.result.text === t.text);
      if (list.length === 0) return undefined;
      const f = this.pick(list);
      return x(`${f.name}(${f.params.map((p) => this.expr(p, d - 2).s).join(', ')})`);
    }, () => {
      const list = this.#scope.filter((v) => v.t.k === 'func' && v.t.result.text === t.text);
      if (list.length === 0) return undefined;
      const f = this.pick(list);
      return f.t.k === 'func' ? x(`${f.name}(${f.t.params.map((p) => this.expr(p, d - 2).s).join(', ')})`) : undefined;
    });
    const bin = (ops: readonly string[]): X => {
      const op = this.pick(ops);
      const a = this.val(t, d - 1);
      let b = this.expr(t, d - 1);
      if (b.c && (op === '/' || op === '%') && t.k === 'int') b = { s: `${t.text}(${this.pick(['1', '2', '3', '7', '10', '16', ...(t.signed ? ['-1', '-3', '-8'] : [])])})`, c: true };
      return x(`(${a} ${op} ${b.s})`);
    };
    switch (t.k) {
      case 'int':
        for (let i = 0; i < 4; i++) from.push(() => bin(['+', '-', '*', '/', '%', '&', '|', '^', '&^']));
        from.push(
          () => { const u = this.pick(ints); const y = this.expr(u, d - 1); return x(`(${this.val(t, d - 1)} ${this.pick(['<<', '>>'])} ${y.c || (u.k === 'int' && u.signed && this.n(6) > 0) ? `(${this.#opaque(y, u)} & ${this.pick([7, 31, 63, 127])})` : y.s})`); },
          () => x(`${this.pick(['-', '^'])}(${this.val(t, d - 1)})`),
          () => { const u = this.pick([...ints, ...floats]); return x(`${t.text}(${this.val(u, d - 1)})`); },
          () => x(`${t.text}(len(${this.val(this.pick([str, slice(ints[1]), map(str, ints[0])]), d - 1)}))`),
          () => x(`${this.pick(['min', 'max'])}(${this.val(t, d - 1)}, ${this.expr(t, d - 1).s})`),
          () => x(`cond[${t.text}](${this.expr(bool, d - 1).s}, ${this.expr(t, d - 1).s}, ${this.expr(t, d - 1).s})`));
        if (t.text === 'uint8') from.push(() => { const s = this.vars(str); return s.length > 0 ? (() => { const v = this.pick(s).name; return x(`${v}[${this.index(d, v)}]`); })() : undefined; });
        if (t.text === 'int64') from.push(() => { const s = this.vars(summer); return s.length > 0 ? x(`${this.pick(s).name}.Sum()`) : undefined; }, () => { const s = this.#scope.filter((v) => v.t.k === 'struct'); return s.length > 0 ? x(`${this.pick(s).name}.Sum()`) : undefined; });
        break;
      case 'float':
        for (let i = 0; i < 3; i++) from.push(() => bin(['+', '-', '*', '/']));
        from.push(() => { const u = this.pick([...ints, ...floats]); return x(`${t.text}(${this.val(u, d - 1)})`); }, () => x(`-(${this.val(t, d - 1)})`),
          () => x(`${this.pick(['min', 'max'])}(${this.val(t, d - 1)}, ${this.expr(t, d - 1).s})`),
          () => x(`${this.pick(['real', 'imag'])}(${this.val(complexes[t.bits === 32 ? 0 : 1], d - 1)})`));
        break;
      case 'complex':
        from.push(() => bin(['+', '-', '*', '/']), () => x(`-(${this.val(t, d - 1)})`), () => { const f = floats[t.bits === 64 ? 0 : 1]; return x(`complex(${this.val(f, d - 1)}, ${this.expr(f, d - 1).s})`); });
        break;
      case 'string':
        from.push(() => x(`(${this.val(t, d - 1)} + ${this.expr(t, d - 1).s})`), () => x(`string(rune(${this.val(ints[3], d - 1)}))`), () => x(`string(${this.val(slice(ints[6]), d - 1)})`),
          () => x(`string([]rune(${this.val(str, d - 1)}))`),
          () => { const s = this.vars(str); if (s.length === 0) return undefined; const v = this.pick(s).name; return x(`${v}[${this.n(8) === 0 ? this.val(ints[0], d - 1) : `len(${v})/${1 + this.n(4)}`}:]`); });
        break;
      case 'bool': {
        const cmp = (): X => { const u = this.scalar(); const ops = u.k === 'bool' || u.k === 'complex' ? ['==', '!='] : ['==', '!=', '<', '<=', '>', '>=']; return x(`(${this.val(u, d - 1)} ${this.pick(ops)} ${this.expr(u, d - 1).s})`); };
        from.push(cmp, cmp, cmp, () => x(`(${this.val(bool, d - 1)} ${this.pick(['&&', '||'])} ${this.expr(bool, d - 1).s})`), () => x(`!${this.val(bool, d - 1)}`),
          () => { const u = this.pick([any, array(ints[3], 2), array(str, 3), ptr(ints[0]), array(array(ints[1], 3), 2)]); return x(`(${this.val(u, d - 1)} ${this.pick(['==', '!='])} ${this.val(u, d - 1)})`); },
          () => { const u = this.comparable(); const m = this.#scope.filter((v) => v.t.k === 'map' && v.t.key.text === u.text); return m.length > 0 ? x(`has(${this.pick(m).name}, ${this.expr(u, d - 1).s})`) : undefined; });
        break;
      }
      case 'slice':
        from.push(() => x(`append(${this.val(t, d - 1)}, ${this.#list(t.elem, 1 + this.n(3), d)})`), () => x(`append(${this.val(t, d - 1)}, ${this.val(t, d - 1)}...)`),
          () => { const vs2 = this.vars(t); if (vs2.length === 0) return undefined; const v = this.pick(vs2).name; return x(this.n(3) === 0 ? `${v}[:len(${v})/2:len(${v})]` : `${v}[len(${v})/${1 + this.n(3)}:]`); },
          () => x(this.composite(t, d)));
        if (t.elem.text === 'uint8') from.push(() => x(`[]uint8(${this.val(str, d - 1)})`));
        break;
      case 'ptr': from.push(() => { const l = this.#scope.filter((v) => v.t.text === t.elem.text && !v.fixed); return l.length > 0 ? x(`&${this.pick(l).name}`) : undefined; }, () => x(this.composite(t, d))); break;
      default: from.push(() => x(this.composite(t, d)));
    }
    for (let tries = 0; tries < 8; tries++) { const r = this.pick(from)(); if (r) return r; }
    return this.literal(t);
  }

  // Statements.

  declare(t: Ty, d: number): void {
    const name = this.#name();
    const x = this.expr(t, d);
    this.#p(this.n(3) === 0 ? `${name} := ${t.text === 'any' || t.text === 'Summer' || t.k === 'func' ? `${t.k === 'func' ? `(${t.text})` : t.text}(${x.s})` : x.s}` : `var ${name} ${t.text} = ${x.s}`);
    this.#p(`_ = ${name}`);
    this.#scope.push({ name, t, fixed: false });
  }
  block(n: number, d: number): void {
    const saved = this.#scope;
    this.#scope = [...saved];
    this.#nest++;
    for (let i = 0; i < n; i++) this.stmt(d);
    this.#nest--;
    this.#scope = saved;
  }
  print(): void {
    if (this.#scope.length === 0) return;
    const shown = Array.from({ length: 1 + this.n(3) }, () => this.pick(this.#scope)).filter((v) => printable(v.t));
    if (shown.length > 0) this.#p(`show(${shown.map((v) => v.name).join(', ')})`);
  }
  /** A place that can be assigned to. */
  place(d: number): { s: string; t: Ty } | undefined {
    const vs = this.#scope.filter((v) => !v.fixed);
    if (vs.length === 0) return undefined;
    const v = this.pick(vs);
    let s = v.name, t = v.t;
    for (let i = this.n(3); i > 0; i--) {
      if (t.k === 'slice' || (t.k === 'array' && t.n > 0)) { s = `${s}[${this.index(d, s)}]`; t = t.elem; }
      else if (t.k === 'struct' && t.fields.length > 0) { const f = this.pick(t.fields); s = `${s}.${f.name}`; t = f.t; }
      else if (t.k === 'ptr') { s = `(*${s})`; t = t.elem; }
      else if (t.k === 'map') { return { s: `${s}[${this.val(t.key, d - 1)}]`, t: t.elem }; }
    }
    return { s, t };
  }
  stmt(d: number): void {
    const r = this.n(34);
    if (r < 6) { this.declare(this.type(), 3); return; }
    if (r < 13) {
      const p = this.place(2);
      if (!p) { this.declare(this.type(), 2); return; }
      if (p.t.k === 'int' && this.n(2) === 0) {
        const op = this.pick(['+', '-', '*', '&', '|', '^', '&^', '/', '%']);
        this.#p(`${p.s} ${op}= ${op === '/' || op === '%' ? this.val(p.t, 2) : this.expr(p.t, 2).s}`);
      } else if (p.t.k === 'int' && this.n(3) === 0) this.#p(`${p.s}${this.pick(['++', '--'])}`);
      else if (p.t.k === 'string' && this.n(2) === 0) this.#p(`${p.s} += ${this.expr(p.t, 2).s}`);
      else this.#p(`${p.s} = ${this.expr(p.t, 3).s}`);
      return;
    }
    if (r < 14) {
      const a = this.place(2), b = this.place(2);
      if (a && b) this.#p(`${a.s}, ${b.s} = ${this.expr(a.t, 2).s}, ${this.expr(b.t, 2).s}`);
      return;
    }
    if (r < 17) { this.print(); return; }
    if (d <= 0) { this.declare(this.scalar(), 2); return; }
    if (r < 20) {
      this.#p(`if ${this.val(bool, 2)} {`);
      this.block(1 + this.n(3), d - 1);
      if (this.n(2) === 0) { this.#p('} else {'); this.block(1 + this.n(2), d - 1); }
      this.#p('}');
      return;
    }
    if (r < 25) { this.loop(d); return; }
    if (r < 27) { this.choose(d); return; }
    if (r < 28) {
      const v = this.#scope.filter((y) => y.t.k === 'int' && !y.fixed);
      if (v.length === 0) return;
      const name = this.pick(v);
      this.#p(this.n(2) === 0 ? `defer func() { ${name.name}++; show(${name.name}) }()` : `func() { defer func() { show(recover()) }(); ${name.name} = ${this.expr(name.t, 3).s} }()`);
      return;
    }
    if (r < 29) {
      const m = this.#scope.filter((v) => v.t.k === 'map');
      if (m.length === 0) return;
      const v = this.pick(m);
      if (v.t.k !== 'map') return;
      const a = this.#name(), ok = this.#name();
      if (this.n(3) === 0) { this.#p(`delete(${v.name}, ${this.expr(v.t.key, 2).s})`); return; }
      this.#p(`${a}, ${ok} := ${v.name}[${this.val(v.t.key, 2)}]`);
      this.#p(`_, _ = ${a}, ${ok}`);
      this.#scope.push({ name: a, t: v.t.elem, fixed: false }, { name: ok, t: bool, fixed: false });
      return;
    }
    if (r < 30 && this.#loops.length > 0) {
      const l = this.pick(this.#loops);
      this.#p(`if ${this.val(bool, 1)} { ${this.pick(['break', 'continue'])}${this.n(2) === 0 ? ` ${l}` : ''} }`);
      return;
    }
    if (r < 31) {
      const vs = this.#scope.filter((v) => v.t.k === 'slice');
      if (vs.length === 0) return;
      const v = this.pick(vs);
      this.#p(this.pick([`copy(${v.name}, ${this.val(v.t, 2)})`, `clear(${v.name})`, `${v.name} = append(${v.name}[:len(${v.name})/2], ${v.name}...)`]));
      return;
    }
    if (r < 32) {
      const t = this.scalar(), c = this.#name(), a = this.#name();
      this.#p(`${c} := make(chan ${t.text}, ${this.n(3)})`);
      this.#p(`go func() { defer close(${c}); for i := 0; i < ${this.n(4)}; i++ { ${c} <- ${this.literal(t).s} } }()`);
      this.#p(`for ${a} := range ${c} { show(${a}) }`);
      return;
    }
    if (r < 33) {
      const s = this.#scope.filter((v) => v.t.k === 'ptr' && v.t.elem.k === 'struct' || (v.t.k === 'struct' && !v.fixed));
      if (s.length > 0) this.#p(`${this.pick(s).name}.Bump(${this.expr(ints[0], 2).s})`);
      return;
    }
    this.#p(`func() { ${this.n(2) === 0 ? 'defer func() { show("d", recover()) }(); ' : ''}show(${this.val(this.scalar(), 4)}) }()`);
  }
  loop(d: number): void {
    const l = `L${this.#id++}`, i = this.#name(), v = this.#name();
    const outer = this.#scope;
    this.#scope = [...outer];
    const seqs = this.#scope.filter((x) => x.t.k === 'slice' || x.t.k === 'array' || x.t.k === 'string');
    this.#p(`${l}:`);
    const kind = this.n(5);
    if (kind === 0 && seqs.length > 0) {
      const s = this.pick(seqs);
      this.#p(`for ${i}, ${v} := range ${s.name} {`);
      this.#scope.push({ name: i, t: ints[0], fixed: false }, { name: v, t: s.t.k === 'string' ? ints[3] : 'elem' in s.t ? s.t.elem : ints[3], fixed: false });
      this.#p(`\tstep(); _, _ = ${i}, ${v}`);
    } else if (kind === 1) {
      const t = this.pick(ints);
      this.#p(`for ${i} := range ${t.text}(${this.n(6)}) {`);
      this.#scope.push({ name: i, t, fixed: false });
      this.#p(`\tstep(); _ = ${i}`);
    } else if (kind === 2) {
      this.#p(`for ${i}, ${v} := range seq(${this.n(5)}) {`);
      this.#scope.push({ name: i, t: ints[0], fixed: false }, { name: v, t: str, fixed: false });
      this.#p(`\tstep(); _, _ = ${i}, ${v}`);
    } else {
      const t = this.pick(ints);
      this.#p(this.n(2) === 0 ? `for ${i} := ${t.text}(0); ${i} < ${1 + this.n(6)}; ${i}++ {` : `for ${i} := ${t.text}(${1 + this.n(6)}); ${i} > 0; ${i}-- {`);
      this.#scope.push({ name: i, t, fixed: this.n(4) > 0 });
      this.#p('\tstep()');
    }
    this.#p(`\tif steps < 0 { continue ${l} }`);
    this.#loops.push(l);
    this.block(1 + this.n(4), d - 1);
    this.#loops.pop();
    this.#p('}');
    this.#scope = outer;
  }
  choose(d: number): void {
    const as = this.vars(any);
    const loops = this.#loops;
    if (as.length > 0 && this.n(2) === 0) {
      const v = this.#name();
      this.#p(`switch ${v} := ${this.pick(as).name}.(type) {`);
      const seen = new Set<string>();
      for (let i = 0; i < 4; i++) {
        const t = this.type(1);
        if (seen.has(t.text)) continue;
        seen.add(t.text);
        this.#p(`case ${t.text}:`);
        const saved = this.#scope;
        this.#scope = [...saved, { name: v, t, fixed: false }];
        this.#p(`\t_ = ${v}`);
        this.block(1 + this.n(2), d - 1);
        this.#scope = saved;
      }
      this.#p(`default: _ = ${v}; show(${v} == nil)`);
      this.#p('}');
      return;
    }
    const t = this.pick([...ints, str]);
    this.#p(`switch ${this.val(t, 2)} {`);
    const seen = new Set<string>();
    const cases = 1 + this.n(t.k === 'int' ? 12 : 5);
    for (let i = 0; i < cases; i++) {
      const c = t.k === 'int' && this.n(2) === 0 ? { s: `${t.text}(${i})`, c: true } : this.literal(t);
      if (seen.has(c.s)) continue;
      seen.add(c.s);
      // Two spellings of one constant would be a duplicate: only small ones are plain.
      this.#p(`case ${/\(\d\)$/.test(c.s) || t.k === 'string' ? c.s : `id[${t.text}](${c.s})`}:`);
      this.block(1 + this.n(2), d - 1);
      if (i < cases - 1 && this.n(5) === 0) this.#p('\tfallthrough');
    }
    this.#p('default:');
    this.block(1, d - 1);
    this.#p('}');
    this.#loops = loops;
  }

  program(nfuncs: number): string {
    this.#lines.push(prelude);
    for (let i = 0; i < 6; i++) {
      const fields = Array.from({ length: 1 + this.n(6) }, (_, k) => ({ name: `F${k}`, t: this.type(i === 0 ? 0 : 2) }));
      const s: Ty & { k: 'struct' } = { k: 'struct', text: `S${i}`, fields };
      this.#p(`type S${i} struct {`);
      for (const f of fields) this.#p(`\t${f.name} ${f.t.text}`);
      this.#p('}');
      const nums = fields.filter((f) => f.t.k === 'int' || f.t.k === 'float').map((f) => `int64(s.${f.name})`);
      this.#p(`func (s S${i}) Sum() int64 { return ${['1', ...nums].join(' + ')} }`);
      const k = fields.find((f) => f.t.k === 'int');
      this.#p(`func (s *S${i}) Bump(n int) { ${k ? `s.${k.name} += ${k.t.text}(n)` : '_ = *s'} }`);
      this.#structs.push(s);
    }
    for (let i = 0; i < 5; i++) {
      const t = this.type();
      this.#p(`var g${i} ${t.text}`);
      this.#scope.push({ name: `g${i}`, t, fixed: false });
    }
    const globals = this.#scope;
    for (let i = 0; i < nfuncs; i++) {
      this.#scope = [...globals];
      const params = Array.from({ length: this.n(4) }, () => ({ name: this.#name(), t: this.type(), fixed: false }));
      const result = this.type();
      const named = this.n(3) === 0 ? this.#name() : '';
      this.#p(`func t${i}(${params.map((p) => `${p.name} ${p.t.text}`).join(', ')}) ${named === '' ? result.text : `(${named} ${result.text})`} {`);
      this.#p('\tstep()');
      this.#scope.push(...params);
      if (named !== '') this.#scope.push({ name: named, t: result, fixed: false });
      this.#nest++;
      for (let k = 0; k < 6 + this.n(8); k++) this.stmt(3);
      this.print();
      this.#p(named !== '' && this.n(2) === 0 ? 'return' : `return ${this.expr(result, 3).s}`);
      this.#nest--;
      this.#p('}');
      this.#fns.push({ name: `t${i}`, params: params.map((p) => p.t), result });
    }
    this.#scope = [];
    this.#p('func main() {');
    this.#nest++;
    this.#fns.forEach((f, i) => {
      this.#p(`try(${i}, func() { ${printable(f.result) ? `show(${f.name}(${f.params.map((p) => this.literal(p).s).join(', ')}))` : `_ = ${f.name}(${f.params.map((p) => this.literal(p).s).join(', ')})`} })`);
    });
    this.#nest--;
    this.#p('}');
    return this.#lines.join('\n') + '\n';
  }
}

/** Holds no pointer and no function: prints the same everywhere. */
function printable(t: Ty): boolean {
  switch (t.k) {
    case 'func': case 'ptr': case 'summer': case 'any': return false;
    case 'slice': case 'array': return printable(t.elem);
    case 'map': return printable(t.key) && printable(t.elem);
    case 'struct': return t.fields.every((f) => printable(f.t));
    default: return true;
  }
}

const prelude = `package main

import "fmt"

type Summer interface{ Sum() int64 }

var steps int

func step() {
	steps++
	if steps > 3000 {
		panic("too many steps")
	}
}
func id[T any](x T) T { return x }
func addr[T any](x T) *T { return &x }
func cond[T any](c bool, x, y T) T {
	if c {
		return x
	}
	return y
}
func has[K comparable, V any](m map[K]V, k K) bool { _, ok := m[k]; return ok }
func seq(n int) func(yield func(int, string) bool) {
	return func(yield func(int, string) bool) {
		for i := 0; i < n; i++ {
			if !yield(i, fmt.Sprint("s", i)) {
				return
			}
		}
	}
}
var shown int

func show(args ...any) {
	shown++
	if shown > 100 {
		return
	}
	for i, a := range args {
		if e, ok := a.(error); ok {
			args[i] = e.Error()
		}
	}
	s := fmt.Sprintln(args...)
	if len(s) > 300 {
		s = fmt.Sprintln(s[:300], len(s))
	}
	fmt.Print(s)
}
func try(i int, f func()) {
	steps, shown = 0, 0
	fmt.Println("==", i)
	defer func() {
		shown = 0
		if r := recover(); r != nil {
			show("panic", r)
		}
	}()
	f()
}
`;
