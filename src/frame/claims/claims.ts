/**
 * The claims board: what a text asserts, each with the verdict of an experiment that
 * runs when the page does.
 *
 * A cell calls claims([...]) with the claims of a section. A claim's judge runs Go
 * programs and says from their results what is true; it never says more than it
 * measured. What cannot be measured here is pending, with the reason, and counted.
 */

/** A text in both languages of the page. */
export interface Words { readonly en: string; readonly zh: string; }
/** true, false; depends: on a condition the text leaves out; version: on the Go version; pending: not decided here. */
export type Verdict = 'true' | 'false' | 'depends' | 'version' | 'pending';
export interface Judgement { readonly verdict: Verdict; readonly why: Words; }
export interface Claim {
  readonly id: string;
  readonly says: Words;
  /** Measures and decides. */
  readonly judge?: () => Promise<Judgement> | Judgement;
  /** Why there is no judge. */
  readonly pending?: Words;
}

const names: Readonly<Record<Verdict, Words>> = {
  true: { en: 'true', zh: '正确' }, false: { en: 'false', zh: '错误' }, depends: { en: 'it depends', zh: '有条件' }, version: { en: 'depends on the version', zh: '取决于版本' }, pending: { en: 'pending', zh: '待定' },
};
const glyphs: Readonly<Record<Verdict, string>> = { true: '✓', false: '✗', depends: '≈', version: '≈', pending: '…' };
const order: readonly Verdict[] = ['true', 'false', 'depends', 'version', 'pending'];

/** How many experiments run at a time. */
const together = 2;

/** Judges every claim, two at a time, telling of each as it is decided. A judge that fails leaves its claim pending, with the failure as the reason. */
export async function judgeAll(list: readonly Claim[], tell: (c: Claim, j: Judgement) => void): Promise<void> {
  let next = 0;
  const work = async (): Promise<void> => {
    while (next < list.length) {
      const c = list[next++];
      tell(c, await judge(c));
    }
  };
  await Promise.all(Array.from({ length: together }, work));
}

async function judge(c: Claim): Promise<Judgement> {
  if (!c.judge) return { verdict: 'pending', why: c.pending ?? { en: 'no experiment yet', zh: '还没有实验' } };
  try { return await c.judge(); } catch (e) {
    const text = e instanceof Error ? e.message : String(e);
    return { verdict: 'pending', why: { en: `the experiment failed: ${text}`, zh: `实验失败：${text}` } };
  }
}

const zh = (): boolean => document.documentElement.lang.startsWith('zh');
const el = (tag: string, className: string, ...children: (Node | string)[]): HTMLElement => {
  const e = document.createElement(tag);
  if (className) e.className = className;
  e.append(...children);
  return e;
};
/** `code` in a text becomes <code>. */
function rich(text: string): DocumentFragment {
  const f = document.createDocumentFragment();
  text.split('`').forEach((part, i) => { if (part !== '') f.append(i % 2 === 1 ? el('code', '', part) : part); });
  return f;
}

/** An element with the board of these claims; it fills as experiments end. */
export function claims(list: readonly Claim[]): HTMLElement {
  const decided = new Map<Claim, Judgement>();
  const root = el('section', 'claims');
  const draw = (): void => {
    const say = (w: Words): string => (zh() ? w.zh : w.en);
    const count = (v: Verdict): number => [...decided.values()].filter((j) => j.verdict === v).length;
    const judged = decided.size - count('pending');
    const summary = el('p', 'claims-summary');
    summary.setAttribute('role', 'status');
    summary.append(el('strong', '', zh() ? `${judged} / ${list.length} 条已判定` : `${judged} of ${list.length} judged`));
    for (const v of order) if (count(v) > 0) summary.append(' ', el('span', `claim-verdict claim-${v}`, `${glyphs[v]} ${count(v)} ${say(names[v])}`));
    const rows = list.map((c) => {
      const j = decided.get(c);
      const row = el('div', 'claim');
      row.append(
        el('span', 'claim-id', c.id),
        el('span', `claim-verdict claim-${j?.verdict ?? 'running'}`, j ? `${glyphs[j.verdict]} ${say(names[j.verdict])}` : zh() ? '运行中…' : 'running…'),
        el('p', 'claim-says', rich(say(c.says))),
      );
      if (j) row.append(el('p', 'claim-why', rich(say(j.why))));
      return row;
    });
    root.replaceChildren(summary, ...rows);
  };
  draw();
  new MutationObserver(draw).observe(document.documentElement, { attributeFilter: ['lang'] });
  void judgeAll(list, (c, j) => { decided.set(c, j); draw(); });
  return root;
}

export interface Question {
  readonly question: Words;
  readonly options: readonly (Words | string)[];
  /** Number of the right option, as measured. */
  readonly answer: number | Promise<number>;
  /** Said once the reader has chosen. */
  readonly why: Words;
}
/** What the reader chose, by question: kept with the session. */
const choices = new Map<string, number>();
let told: () => void = () => undefined;
const keyOf = (q: Question): string => q.question.en.slice(0, 300);
export interface Choice { readonly question: string; readonly choice: number }
export const predictions = (): Choice[] => [...choices].slice(0, 100).map(([question, choice]) => ({ question, choice }));
/** Predictions of an earlier visit; changed is called when the reader makes one. */
export function keepPredictions(list: readonly Choice[], changed: () => void): void {
  for (const { question, choice } of list) choices.set(question, choice);
  told = changed;
}

/** A question to answer before looking: the reader chooses, then sees what was measured. */
export function predict(q: Question): HTMLElement {
  const root = el('fieldset', 'predict');
  const before = choices.get(keyOf(q)) ?? -1;
  let chosen = before < q.options.length ? before : -1, right: number | null = null;
  const group = `predict-${Math.random().toString(36).slice(2)}`;
  const draw = (): void => {
    const say = (w: Words | string): string => (typeof w === 'string' ? w : zh() ? w.zh : w.en);
    const focus = root.contains(document.activeElement);
    const options = q.options.map((o, i) => {
      const input = document.createElement('input');
      input.type = 'radio';
      input.name = group;
      input.checked = i === chosen;
      input.onchange = () => { chosen = i; choices.set(keyOf(q), i); told(); draw(); };
      const mark = right !== null && chosen >= 0 ? (i === right ? ' ✓' : i === chosen ? ' ✗' : '') : '';
      return el('label', `${i === chosen ? 'chosen ' : ''}${mark.trim() === '✓' ? 'right' : mark ? 'wrong' : ''}`, input, el('span', '', rich(say(o) + mark)));
    });
    const answer = el('p', 'predict-why');
    answer.setAttribute('role', 'status');
    if (chosen >= 0 && right !== null) answer.append(el('strong', '', chosen === right ? (zh() ? '测量结果与你的预测一致。' : 'Measured: as you said.') : zh() ? '测量结果与预测不同。' : 'Measured: otherwise.'), ' ', rich(say(q.why)));
    else answer.append(zh() ? '先选一个，再看测量结果。' : 'Choose first; then the measurement shows.');
    root.replaceChildren(el('legend', '', rich(say(q.question))), ...options, answer);
    if (focus) root.querySelector<HTMLInputElement>('input:checked')?.focus();
  };
  draw();
  new MutationObserver(draw).observe(document.documentElement, { attributeFilter: ['lang'] });
  void Promise.resolve(q.answer).then((n) => { right = n; draw(); }, () => undefined);
  return root;
}
