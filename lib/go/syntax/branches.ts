/**
 * Labels, break, continue, goto and fallthrough of one function body: each branch
 * gets its target, or a complaint. The rules and messages of
 * cmd/compile/internal/syntax/branches.go.
 *
 * A goto may only jump forward over no variable declaration and not into a
 * block. We walk blocks in order; a goto whose label has not been seen waits in a
 * list, block by block outwards, until its label appears in the block or the
 * body ends. Waiting gotos present when a variable is declared are tainted by it:
 * if their label then comes in the same block, they jump over the declaration.
 */
import type { Pos } from '../../base/pos.ts';
import type { BlockStmt, BranchStmt, ForStmt, LabeledStmt, SelectStmt, Stmt, SwitchStmt } from './ast.ts';
import type { Parser } from './parser.ts';
import { exprString } from './printer.ts';

interface Label { readonly block: Block; readonly stmt: LabeledStmt; used: boolean }
/** A block around the statement looked at; labeled: the labeled statement whose block this is. */
interface Block { readonly parent: Block | null; readonly start: Pos; readonly labeled: LabeledStmt | null }
/** Where unlabeled branches go; caseIndex: which case of the switch `breaks` we are directly in, or -1. */
interface Targets { readonly breaks: ForStmt | SwitchStmt | SelectStmt | null; readonly continues: ForStmt | null; readonly caseIndex: number }

/** Checks a function body, reporting through p. Function literals inside are checked when they are parsed. */
export function checkBranches(body: BlockStmt, p: Parser): void {
  const c = new BranchChecker(p);
  const waiting = c.block(null, { breaks: null, continues: null, caseIndex: -1 }, null, body.pos, body.list);
  for (const fwd of waiting) {
    const name = fwd.label!.value, l = c.labels.get(name);
    if (l) {
      l.used = true;
      c.error(fwd.label!.pos, `goto ${name} jumps into block starting at ${c.place(l.block.start)}`, 'JumpIntoBlock');
    } else c.error(fwd.label!.pos, `label ${name} not defined`, 'UndeclaredLabel');
  }
  for (const l of c.labels.values()) if (!l.used) c.error(l.stmt.label.pos, `label ${l.stmt.label.value} defined and not used`, 'UnusedLabel');
}

class BranchChecker {
  readonly labels = new Map<string, Label>();
  constructor(readonly p: Parser) {}

  error(pos: Pos, text: string, code: string): void { this.p.report(pos, text, code); }
  /** A position as these messages print it: with `//line`, both the declared and the true place. */
  place(pos: Pos): string {
    const s = this.p.source, a = s.position(pos - s.base, true), r = s.position(pos - s.base);
    const abs = `${a.filename}:${a.line}:${a.col}`, rel = r.col === 0 ? `${r.filename}:${r.line}` : `${r.filename}:${r.line}:${r.col}`;
    return abs === rel ? rel : `${rel}[${abs}]`;
  }

  /** Checks the statements of a block; returns the gotos still waiting for their label. */
  block(parent: Block | null, ctx: Targets, labeled: LabeledStmt | null, start: Pos, body: readonly Stmt[]): BranchStmt[] {
    const b: Block = { parent, start, labeled };
    let waiting: BranchStmt[] = [], tainted: BranchStmt[] = [];
    let varPos: Pos = 0, varName = '';
    const declare = (pos: Pos, name: string): void => {
      varPos = pos;
      varName = name;
      tainted = [...waiting];
    };
    let n = body.length;
    while (n > 0 && body[n - 1].kind === 'EmptyStmt') n--;
    for (let i = 0; i < n; i++) {
      let s = body[i];
      let label: LabeledStmt | null = null;
      const inner = (t: Targets, from: Pos, list: readonly Stmt[]): void => { waiting.push(...this.block(b, t, label, from, list)); };
      const nested: Targets = { breaks: ctx.breaks, continues: ctx.continues, caseIndex: -1 };
      while (s.kind === 'LabeledStmt') {
        const name = s.label.value;
        if (name !== '_') {
          const l = this.#declareLabel(b, s);
          const rest: BranchStmt[] = [];
          for (const fwd of waiting) {
            if (fwd.label!.value !== name) { rest.push(fwd); continue; }
            fwd.target = s;
            l.used = true;
            if (varPos !== 0 && tainted.includes(fwd)) this.error(fwd.label!.pos, `goto ${name} jumps over declaration of ${varName} at ${this.place(varPos)}`, 'JumpOverDecl');
          }
          waiting = rest;
          label = s;
        }
        s = s.stmt;
      }
      switch (s.kind) {
        case 'DeclStmt': {
          const v = s.declList.find((d) => d.kind === 'VarDecl');
          if (v?.kind === 'VarDecl') declare(v.pos, v.nameList[0].value);
          break;
        }
        case 'AssignStmt': if (s.op === ':=') declare(s.pos, exprString(s.lhs)); break;
        case 'BranchStmt': if (this.#branch(b, ctx, s, i === n - 1)) waiting.push(s); break;
        case 'BlockStmt': inner(nested, s.pos, s.list); break;
        case 'IfStmt':
          inner(nested, s.then.pos, s.then.list);
          if (s.else !== null) inner(nested, s.else.pos, [s.else]);
          break;
        case 'ForStmt': inner({ breaks: s, continues: s, caseIndex: -1 }, s.body.pos, s.body.list); break;
        case 'SwitchStmt': for (let k = 0; k < s.body.length; k++) inner({ breaks: s, continues: ctx.continues, caseIndex: k }, s.body[k].pos, s.body[k].body); break;
        case 'SelectStmt': for (const cc of s.body) inner({ breaks: s, continues: ctx.continues, caseIndex: -1 }, cc.pos, cc.body); break;
        default: break;
      }
    }
    return waiting;
  }

  #declareLabel(b: Block, s: LabeledStmt): Label {
    const old = this.labels.get(s.label.value);
    if (old) {
      this.error(s.label.pos, `label ${s.label.value} already defined at ${this.place(old.stmt.label.pos)}`, 'DuplicateLabel');
      return old;
    }
    const l: Label = { block: b, stmt: s, used: false };
    this.labels.set(s.label.value, l);
    return l;
  }

  /** Resolves a branch; true if it is a goto that has to wait for its label. */
  #branch(b: Block, ctx: Targets, s: BranchStmt, last: boolean): boolean {
    if (s.label === null) {
      if (s.tok === 'break') {
        s.target = ctx.breaks;
        if (!ctx.breaks) this.error(s.pos, 'break is not in a loop, switch, or select', 'MisplacedBreak');
      } else if (s.tok === 'continue') {
        s.target = ctx.continues;
        if (!ctx.continues) this.error(s.pos, 'continue is not in a loop', 'MisplacedContinue');
      } else {
        const sw = ctx.breaks?.kind === 'SwitchStmt' ? ctx.breaks : null;
        let text = 'fallthrough statement out of place';
        if (sw?.tag?.kind === 'TypeSwitchGuard') text = 'cannot fallthrough in type switch';
        else if (sw && ctx.caseIndex >= 0 && last) {
          if (ctx.caseIndex + 1 < sw.body.length) return false;
          text = 'cannot fallthrough final case in switch';
        }
        this.error(s.pos, text, 'MisplacedFallthrough');
      }
      return false;
    }
    const name = s.label.value, l = this.labels.get(name);
    if (l) l.used = true;
    if (s.tok === 'goto') {
      for (let o: Block | null = l ? b : null; o !== null; o = o.parent) {
        if (l!.block === o) {
          s.target = l!.stmt;
          return false;
        }
      }
      return true;
    }
    if (!l) {
      this.error(s.label.pos, `${s.tok} label not defined: ${name}`, 'UndeclaredLabel');
      return false;
    }
    let o: Block | null = b;
    while (o !== null && o.labeled !== l.stmt) o = o.parent;
    const t = o === null ? null : l.stmt.stmt;
    if (t?.kind === 'ForStmt' || (s.tok === 'break' && (t?.kind === 'SwitchStmt' || t?.kind === 'SelectStmt'))) s.target = t;
    else this.error(s.label.pos, `invalid ${s.tok} label ${name}`, 'InvalidLabel');
    return false;
  }
}
