/**
 * Channels and select (runtime/chan.go, select.go).
 *
 * A channel is a real hchan in the simulated heap, with its buffer; who waits is
 * kept here. Every operation either completes at once or parks the goroutine; the
 * one that completes it later copies the value to or from the waiter's frame, leaves
 * its result words and makes it ready.
 */
import { resultArea } from '../abi/imports.ts';
import { yieldPark } from '../abi/machine.ts';
import { nsChan } from '../abi/cost.ts';
import { typeElem, typePtrdata, typeSize } from '../abi/type.ts';
import type { G } from './machine.ts';
import type { Entries, RtEnv } from './rt.ts';

const qcount = 0, dataqsiz = 8, bufAt = 16, elemsize = 24, closedAt = 28, elemtype = 40, sendx = 48, recvx = 56;

/** A goroutine waiting at a channel. */
interface Sudog { readonly g: G; readonly c: number; elem: number; readonly send: boolean; readonly select: Select | undefined; readonly index: number; readonly two: boolean }
interface Select { readonly sudogs: Sudog[] }
interface Waiters { readonly recvq: Sudog[]; readonly sendq: Sudog[] }

export class Chans {
  readonly #waiting = new Map<number, Waiters>();
  readonly #sudogs = new Set<Sudog>();
  #hchanType = 0;
  constructor(readonly env: RtEnv, readonly ready: (g: G) => void) {}

  #of(c: number): Waiters {
    let w = this.#waiting.get(c);
    if (!w) this.#waiting.set(c, (w = { recvq: [], sendq: [] }));
    return w;
  }
  /** The first waiter, taken out of all queues it stands in. */
  #dequeue(c: number, q: 'recvq' | 'sendq'): Sudog | undefined {
    const s = this.#waiting.get(c)?.[q][0];
    if (s) this.#forget(s);
    return s;
  }
  #forget(s: Sudog): void {
    for (const x of s.select ? s.select.sudogs : [s]) {
      const w = this.#waiting.get(x.c);
      this.#sudogs.delete(x);
      if (!w) continue;
      const q = x.send ? w.sendq : w.recvq, i = q.indexOf(x);
      if (i >= 0) q.splice(i, 1);
      if (w.recvq.length === 0 && w.sendq.length === 0) this.#waiting.delete(x.c);
    }
  }
  #wait(s: Sudog): void {
    const { rt } = this.env;
    if (rt.gcphase !== 0) { rt.marker.grey(s.c); rt.marker.grey(s.elem); }
    const w = this.#of(s.c);
    (s.send ? w.sendq : w.recvq).push(s);
    this.#sudogs.add(s);
  }
  stackMoved(g: G, lo: number, hi: number, delta: number): void {
    for (const s of this.#sudogs) if (s.g === g && s.elem >= lo && s.elem < hi) s.elem += delta;
  }
  /** Channels that somebody waits at stay alive, and so do values on the heap being sent. */
  forEachPointer(visit: (p: number) => void): void { for (const s of this.#sudogs) { visit(s.c); visit(s.elem); } }

  #move(c: number, dst: number, src: number): void {
    const { mem } = this.env.m, n = mem.u16[(c + elemsize) >>> 1];
    if (n > 0 && dst !== 0) this.env.rt.typedmemmove(mem.ptr(c + elemtype), dst, src, n);
  }
  #clear(c: number, p: number): void {
    const { mem } = this.env.m, n = mem.u16[(c + elemsize) >>> 1];
    if (n > 0 && p !== 0) this.env.rt.typedmemclr(mem.ptr(c + elemtype), p, n);
  }
  #slot(c: number, index: number): number {
    const { mem } = this.env.m, { u32 } = mem;
    const x = u32[(c + index) >>> 2];
    const p = mem.ptr(c + bufAt) + x * mem.u16[(c + elemsize) >>> 1];
    u32[(c + index) >>> 2] = x + 1 === u32[(c + dataqsiz) >>> 2] ? 0 : x + 1;
    return p;
  }
  #wake(s: Sudog, ok: boolean): void {
    if (s.select) s.g.results = [s.index, ok ? 1 : 0];
    else if (s.two) s.g.results = [ok ? 1 : 0];
    this.ready(s.g);
  }
  #park(why: string): void {
    this.env.m.current!.waiting = why;
    this.env.m.yield(yieldPark);
  }

  /** Sends at once if possible. 'closed' after the panic was raised. */
  trySend(c: number, elem: number): boolean | 'closed' {
    const { u32 } = this.env.m.mem;
    this.env.m.spend(nsChan);
    if (u32[(c + closedAt) >>> 2] !== 0) { this.env.m.panics.raise('plain', 'send on closed channel'); return 'closed'; }
    const r = this.#dequeue(c, 'recvq');
    if (r) { this.#move(c, r.elem, elem); this.#wake(r, true); return true; }
    if (u32[(c + qcount) >>> 2] < u32[(c + dataqsiz) >>> 2]) {
      this.#move(c, this.#slot(c, sendx), elem);
      u32[(c + qcount) >>> 2]++;
      return true;
    }
    return false;
  }
  /** Receives at once if possible: whether a value came, undefined if it would block. */
  tryRecv(c: number, elem: number): boolean | undefined {
    const { u32 } = this.env.m.mem;
    this.env.m.spend(nsChan);
    if (u32[(c + qcount) >>> 2] > 0) {
      const p = this.#slot(c, recvx);
      this.#move(c, elem, p);
      const s = this.#dequeue(c, 'sendq');
      if (s) {
        // A full buffer with senders waiting: the sender's value takes the place just freed, which is the queue's end.
        this.#move(c, p, s.elem);
        u32[(c + sendx) >>> 2] = u32[(c + recvx) >>> 2];
        this.#wake(s, true);
      } else {
        this.#clear(c, p);
        u32[(c + qcount) >>> 2]--;
      }
      return true;
    }
    const s = this.#dequeue(c, 'sendq');
    if (s) { this.#move(c, elem, s.elem); this.#wake(s, true); return true; }
    if (u32[(c + closedAt) >>> 2] !== 0) { this.#clear(c, elem); return false; }
    return undefined;
  }

  entries(): Entries {
    const { m, rt } = this.env;
    const mem = m.mem;
    const out = (v: number): void => mem.setInt(resultArea + 8, v);
    const recv = (c: number, elem: number, two: boolean): number => {
      if (c === 0) { this.#park('chan receive (nil chan)'); return 0; }
      const r = this.tryRecv(c, elem);
      if (r !== undefined) return r ? 1 : 0;
      this.#wait({ g: m.current!, c, elem, send: false, select: undefined, index: 0, two });
      this.#park('chan receive');
      return 0;
    };
    return {
      makechan: (t: number, n: number, site: number) => {
        const et = mem.ptr(t + typeElem), e = mem.u32[(et + typeSize) >>> 2];
        if (!(n >= 0) || n * e > 2 ** 47 || n > 2 ** 40) { m.panics.raise('plain', 'makechan: size out of range'); return 0; }
        const header = rt.version >= 25 ? 112 : rt.version >= 23 ? 104 : 96;
        const pointers = mem.u32[(et + typePtrdata) >>> 2] !== 0;
        this.#hchanType ||= rt.makeType('runtime.hchan', header, [16, 32, 40, 64, 72, 80, 88]);
        let c: number, buf: number;
        if (n * e === 0) { c = rt.mallocgc(header, 0, true, site); buf = c; } else if (!pointers) { c = rt.mallocgc(header + n * e, 0, true, site); buf = c + header; } else {
          c = rt.mallocgc(header, this.#hchanType, true, site);
          buf = rt.mallocgc(n * e, et, true, site);
        }
        mem.setPtr(c + bufAt, buf);
        mem.u16[(c + elemsize) >>> 1] = e;
        mem.setPtr(c + elemtype, et);
        mem.setInt(c + dataqsiz, n);
        return c;
      },
      chansend1: (c: number, elem: number) => {
        c >>>= 0; elem >>>= 0;
        if (c === 0) { this.#park('chan send (nil chan)'); return; }
        if (this.trySend(c, elem) !== false) return;
        this.#wait({ g: m.current!, c, elem, send: true, select: undefined, index: 0, two: false });
        this.#park('chan send');
      },
      chanrecv1: (c: number, elem: number) => { recv(c >>> 0, elem >>> 0, false); },
      chanrecv2: (c: number, elem: number) => recv(c >>> 0, elem >>> 0, true),
      closechan: (c: number) => {
        c >>>= 0;
        if (c === 0) { m.panics.raise('plain', 'close of nil channel'); return; }
        if (mem.u32[(c + closedAt) >>> 2] !== 0) { m.panics.raise('plain', 'close of closed channel'); return; }
        mem.u32[(c + closedAt) >>> 2] = 1;
        for (let s = this.#dequeue(c, 'recvq'); s; s = this.#dequeue(c, 'recvq')) { this.#clear(c, s.elem); this.#wake(s, false); }
        for (let s = this.#dequeue(c, 'sendq'); s; s = this.#dequeue(c, 'sendq')) { s.g.wakePanic = 'send on closed channel'; this.ready(s.g); }
      },
      chanlen: (c: number) => (c === 0 ? 0 : mem.int((c >>> 0) + qcount)),
      chancap: (c: number) => (c === 0 ? 0 : mem.int((c >>> 0) + dataqsiz)),
      selectgo: (cases: number, nsends: number, nrecvs: number, block: number) => {
        cases >>>= 0;
        const n = nsends + nrecvs;
        const order = Array.from({ length: n }, (_, i) => i);
        for (let i = n - 1; i > 0; i--) { const j = rt.random.below(i + 1); [order[i], order[j]] = [order[j], order[i]]; }
        for (const i of order) {
          const c = mem.ptr(cases + 16 * i), elem = mem.ptr(cases + 16 * i + 8);
          if (c === 0) continue;
          if (i < nsends) {
            if (this.trySend(c, elem) !== false) { out(0); return i; }
          } else {
            const r = this.tryRecv(c, elem);
            if (r !== undefined) { out(r ? 1 : 0); return i; }
          }
        }
        out(0);
        if (!block) return -1;
        const select: Select = { sudogs: [] };
        for (let i = 0; i < n; i++) {
          const c = mem.ptr(cases + 16 * i);
          if (c === 0) continue;
          const s: Sudog = { g: m.current!, c, elem: mem.ptr(cases + 16 * i + 8), send: i < nsends, select, index: i, two: true };
          select.sudogs.push(s);
          this.#wait(s);
        }
        this.#park(select.sudogs.length === 0 ? 'select (no cases)' : 'select');
        return -1;
      },
      selectnbsend: (c: number, elem: number) => (c !== 0 && this.trySend(c >>> 0, elem >>> 0) === true ? 1 : 0),
      selectnbrecv: (elem: number, c: number) => {
        const r = c === 0 ? undefined : this.tryRecv(c >>> 0, elem >>> 0);
        out(r ? 1 : 0);
        return r !== undefined ? 1 : 0;
      },
      block: () => this.#park('select (no cases)'),
    };
  }
}
