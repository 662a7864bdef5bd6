/**
 * Heap profiles in pprof's format (gzip-compressed profile.proto), so that `go tool
 * pprof`, speedscope and others read what the lab measured.
 *
 * The encoder is written here: the message types used are few, and a field is its
 * number, its kind and a varint. Sample types, period and the `bytes` label are those
 * of runtime/pprof's heap profiles; counts of sampled allocations are scaled up as
 * runtime/pprof does (scaleHeapSample), so readers need not.
 */
import { gzipSync } from 'fflate';

/** A call: function, file and line, and the address that stands for the place. */
export interface ProfileFrame { readonly func: string; readonly file: string; readonly line: number }
/** Allocations with one stack and one size. */
export interface HeapSample {
  /** The places of the stack, innermost first; each lists the calls inlined there, innermost first. */
  readonly stack: readonly { readonly address: number; readonly frames: readonly ProfileFrame[] }[];
  /** Bytes of one object. */
  readonly size: number;
  readonly allocObjects: number; readonly allocBytes: number;
  readonly inuseObjects: number; readonly inuseBytes: number;
}
export interface HeapProfile {
  readonly samples: readonly HeapSample[];
  /** Mean bytes between samples (runtime.MemProfileRate); 1: every allocation was recorded. */
  readonly rate: number;
  /** Unix time in ns. */
  readonly timeNanos: number;
}

/** A protocol buffer being written. */
class Proto {
  #b = new Uint8Array(256);
  #n = 0;
  #room(n: number): void {
    if (this.#n + n <= this.#b.length) return;
    const b = new Uint8Array(Math.max(2 * this.#b.length, this.#n + n));
    b.set(this.#b);
    this.#b = b;
  }
  varint(v: number): void {
    this.#room(10);
    for (; v >= 0x80; v = Math.floor(v / 128)) this.#b[this.#n++] = v % 128 | 0x80;
    this.#b[this.#n++] = v;
  }
  /** An integer field; zero is left out. */
  int(field: number, v: number): void { if (v !== 0) { this.varint(field << 3); this.varint(v); } }
  bytes(field: number, b: Uint8Array): void {
    this.varint(field << 3 | 2);
    this.varint(b.length);
    this.#room(b.length);
    this.#b.set(b, this.#n);
    this.#n += b.length;
  }
  packed(field: number, list: readonly number[]): void { this.message(field, (m) => { for (const v of list) m.varint(v); }); }
  message(field: number, write: (m: Proto) => void): void { const m = new Proto(); write(m); this.bytes(field, m.done()); }
  done(): Uint8Array { return this.#b.subarray(0, this.#n); }
}

/** The estimate of what a sampled count stands for: sampling sees an object of size s with probability 1−e^(−s/rate). */
export function scaleHeapSample(count: number, bytes: number, rate: number): [count: number, bytes: number] {
  if (count === 0 || bytes === 0) return [0, 0];
  if (rate <= 1) return [count, bytes];
  const scale = 1 / (1 - Math.exp(-(bytes / count) / rate));
  return [Math.trunc(count * scale), Math.trunc(bytes * scale)];
}

/** The profile's bytes, compressed. The same profile gives the same bytes. */
export function encodeHeapProfile(p: HeapProfile): Uint8Array {
  const out = new Proto();
  const strings = new Map<string, number>([['', 0]]);
  const text = (s: string): number => { let i = strings.get(s); if (i === undefined) strings.set(s, (i = strings.size)); return i; };
  const valueType = (field: number, type: string, unit: string): void => out.message(field, (m) => { m.int(1, text(type)); m.int(2, text(unit)); });
  for (const [type, unit] of [['alloc_objects', 'count'], ['alloc_space', 'bytes'], ['inuse_objects', 'count'], ['inuse_space', 'bytes']]) valueType(1, type, unit);

  const functions = new Map<string, number>(), locations = new Map<number, number>();
  const body = new Proto();
  const functionOf = (f: ProfileFrame): number => {
    const key = `${f.func}\n${f.file}`;
    let id = functions.get(key);
    if (id === undefined) {
      functions.set(key, (id = functions.size + 1));
      const n = id;
      body.message(5, (m) => { m.int(1, n); m.int(2, text(f.func)); m.int(3, text(f.func)); m.int(4, text(f.file)); });
    }
    return id;
  };
  for (const s of p.samples) {
    const ids = s.stack.map((place) => {
      let id = locations.get(place.address);
      if (id === undefined) {
        locations.set(place.address, (id = locations.size + 1));
        const n = id, lines = place.frames.map((f) => [functionOf(f), f.line]);
        body.message(4, (m) => {
          m.int(1, n); m.int(2, 1); m.int(3, place.address);
          for (const [fn, line] of lines) m.message(4, (l) => { l.int(1, fn); l.int(2, line); });
        });
      }
      return id;
    });
    const values = [...scaleHeapSample(s.allocObjects, s.allocBytes, p.rate), ...scaleHeapSample(s.inuseObjects, s.inuseBytes, p.rate)];
    const label = text('bytes');
    out.message(2, (m) => {
      m.packed(1, ids);
      m.packed(2, values);
      if (s.size > 0) m.message(3, (l) => { l.int(1, label); l.int(3, s.size); });
    });
  }
  // One mapping that needs no symbols: functions, files, lines and inlined calls are all here.
  const main = text('main');
  out.message(3, (m) => { m.int(1, 1); m.int(2, 0x40_0000); m.int(3, 0x1000_0000); m.int(5, main); for (let f = 7; f <= 10; f++) m.int(f, 1); });
  out.int(9, p.timeNanos);
  valueType(11, 'space', 'bytes');
  out.int(12, p.rate);
  // Every string is known now. Fields may come in any order.
  const end = new Proto();
  for (const s of strings.keys()) end.bytes(6, new TextEncoder().encode(s));
  const parts = [out.done(), body.done(), end.done()], all = new Uint8Array(parts.reduce((n, x) => n + x.length, 0));
  let at = 0;
  for (const x of parts) { all.set(x, at); at += x.length; }
  return gzipSync(all, { mtime: 0 });
}
