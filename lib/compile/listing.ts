/**
 * A function's WebAssembly as text, for readers: one instruction a line, indented by
 * blocks, with the place in the source that each came from. Calls and addresses are
 * named by their symbols: `call runtime.newobject`, `call main.f`, `i32.const type:int`.
 *
 * The text is made from the relocatable bytes that the linker takes, so it is what runs.
 */
import type { Pos } from '../base/pos.ts';
import * as machine from '../abi/machine.ts';
import type { CompiledFunc } from './object.ts';
import type { Reloc } from './wasm.ts';

/** indent counts blocks around the line; pos is 0 in prologue and epilogue. */
export interface ListingLine { readonly indent: number; readonly text: string; readonly pos: Pos }

const names: string[] = [];
const run = (from: number, list: string): void => list.trim().split(/\s+/).forEach((n, i) => { names[from + i] = n; });
run(0x00, 'unreachable nop block loop if else');
run(0x0b, 'end br br_if br_table return call call_indirect');
run(0x1a, 'drop select');
run(0x20, 'local.get local.set local.tee global.get global.set');
run(0x28, 'i32.load i64.load f32.load f64.load i32.load8_s i32.load8_u i32.load16_s i32.load16_u i64.load8_s i64.load8_u i64.load16_s i64.load16_u i64.load32_s i64.load32_u i32.store i64.store f32.store f64.store i32.store8 i32.store16 i64.store8 i64.store16 i64.store32');
run(0x41, 'i32.const i64.const f32.const f64.const');
const compare = (t: string, s: string): string => `${t}.eq ${t}.ne ${['lt', 'gt', 'le', 'ge'].map((o) => [...s].map((c) => `${t}.${o}${c === '.' ? '' : `_${c}`}`).join(' ')).join(' ')}`;
run(0x45, `i32.eqz ${compare('i32', 'su')} i64.eqz ${compare('i64', 'su')} ${compare('f32', '.')} ${compare('f64', '.')}`);
const integer = (t: string): string => 'clz ctz popcnt add sub mul div_s div_u rem_s rem_u and or xor shl shr_s shr_u rotl rotr'.split(' ').map((o) => `${t}.${o}`).join(' ');
const float = (t: string): string => 'abs neg ceil floor trunc nearest sqrt add sub mul div min max copysign'.split(' ').map((o) => `${t}.${o}`).join(' ');
run(0x67, `${integer('i32')} ${integer('i64')} ${float('f32')} ${float('f64')}`);
run(0xa7, 'i32.wrap_i64 i32.trunc_f32_s i32.trunc_f32_u i32.trunc_f64_s i32.trunc_f64_u i64.extend_i32_s i64.extend_i32_u i64.trunc_f32_s i64.trunc_f32_u i64.trunc_f64_s i64.trunc_f64_u f32.convert_i32_s f32.convert_i32_u f32.convert_i64_s f32.convert_i64_u f32.demote_f64 f64.convert_i32_s f64.convert_i32_u f64.convert_i64_s f64.convert_i64_u f64.promote_f32 i32.reinterpret_f32 i64.reinterpret_f64 f32.reinterpret_i32 f64.reinterpret_i64 i32.extend8_s i32.extend16_s i64.extend8_s i64.extend16_s i64.extend32_s');

const typeName: Record<string, string> = { i: 'i32', j: 'i64', f: 'f32', d: 'f64' };
const blockType: Record<number, string> = { 0x40: '', 0x7f: ' (result i32)', 0x7e: ' (result i64)', 0x7d: ' (result f32)', 0x7c: ' (result f64)' };
/** Names of machine words, by address. */
const cells = new Map<number, string>(Object.entries(machine).filter(([n, v]) => n.startsWith('cell') && typeof v === 'number').map(([n, v]) => [v as number, n.slice(4)]));

/** `(i32, i64) → f64` for a signature in letters. */
function signature(sig: string): string {
  const [p, r] = sig.split(':').map((s) => [...s].map((c) => typeName[c]).join(', '));
  return `(${p})${r === '' ? '' : ` → ${r}`}`;
}
/** A symbol as readers know it. */
function symbol(sym: string): string {
  if (sym.startsWith('rt:')) return `runtime.${sym.slice(3)}`;
  if (sym.startsWith('native:')) return sym.slice(7);
  if (sym.startsWith('chk:')) return `engine.${sym.slice(4)}`;
  if (sym.startsWith('str:')) return `string ${JSON.stringify(sym.length > 44 ? `${sym.slice(4, 44)}…` : sym.slice(4))}`;
  return sym;
}

/** The function's text. Never throws for code the compiler made. */
export function listing(f: CompiledFunc): ListingLine[] {
  const b = f.code, view = new DataView(b.buffer, b.byteOffset, b.byteLength);
  const relocs = new Map<number, Reloc>(f.relocs.map((r) => [r.at, r]));
  const out: ListingLine[] = [];
  let at = 0, depth = 1, mark = 0, pos: Pos = 0;
  const u32 = (): number => { let v = 0, s = 0; for (;;) { const x = b[at++]; v |= (x & 127) << s; if (x < 128) return v >>> 0; s += 7; } };
  const s64 = (): bigint => { let v = 0n, s = 0n; for (;;) { const x = b[at++]; v |= BigInt(x & 127) << s; s += 7n; if (x < 128) return BigInt.asIntN(64, x & 64 ? v - (1n << s) : v); } };
  const line = (text: string, indent = depth): void => { out.push({ indent, text, pos }); };

  line(`func ${f.name} ${signature(f.sig)}`, 0);
  const runs = u32();
  const locals: string[] = [];
  for (let i = 0; i < runs; i++) { const n = u32(); locals.push(`${n} × ${blockType[b[at++]].slice(9, -1)}`); }
  if (locals.length > 0) line(`local ${locals.join(', ')}`);
  while (at < b.length) {
    while (mark + 1 < f.marks.length && f.marks[mark] <= at) { pos = f.marks[mark + 1] as Pos; mark += 2; }
    const op = b[at++];
    const r = relocs.get(at);
    const name = names[op] ?? `0x${op.toString(16)}`;
    switch (op) {
      case 0x02: case 0x03: case 0x04: line(`${name}${blockType[b[at++]]}`); depth++; break;
      case 0x05: line('else', depth - 1); break;
      case 0x0b: depth--; if (depth > 0) line('end'); break;
      case 0x0c: case 0x0d: line(`${name} ${u32()}`); break;
      case 0x0e: { const n = u32(); const to: number[] = []; for (let i = 0; i <= n; i++) to.push(u32()); line(`${name} ${to.join(' ')}`); break; }
      case 0x10: at += 5; line(`call ${symbol(r?.sym ?? '?')}`); break;
      case 0x11: at += 6; line(`call_indirect ${signature(r?.sym ?? ':')}`); break;
      case 0x20: case 0x21: case 0x22: case 0x23: case 0x24: line(`${name} ${u32()}`); break;
      case 0x41: case 0x42:
        if (r) { at += 5; line(`${name} ${r.kind === 'pcbase' ? `point of ${r.sym}` : r.kind === 'table' ? `func ${symbol(r.sym)}` : symbol(r.sym)}${r.add === 0 ? '' : ` + ${r.add}`}`); } else line(`${name} ${s64()}`);
        break;
      case 0x43: line(`${name} ${view.getFloat32(at, true)}`); at += 4; break;
      case 0x44: line(`${name} ${view.getFloat64(at, true)}`); at += 8; break;
      case 0xfc: { const n = u32(); at += n === 10 ? 2 : 1; line(n === 10 ? 'memory.copy' : 'memory.fill'); break; }
      default:
        if (op >= 0x28 && op <= 0x3e) { u32(); const off = u32(); const cell = cells.get(off); line(`${name}${off === 0 ? '' : ` offset=${off}`}${cell !== undefined && /i32/.test(name) ? ` ;; ${cell}` : ''}`); } else line(name);
    }
  }
  return out;
}
