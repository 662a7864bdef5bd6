/**
 * The words of explanations, as data: one sentence per reason that escape analysis
 * notes on an edge, and per sort of edge. `{code}` is the expression at that place,
 * `{src}` and `{dst}` are the ends of the edge. Keys are gc's words of -m=2.
 */
export interface Words { readonly en: string; readonly 'zh-CN': string }

const w = (en: string, zh: string): Words => ({ en, 'zh-CN': zh });

/** By reason: what happens in the expression {code}. */
export const reasonWords: Readonly<Record<string, Words>> = {
  'address-of': w('{code} takes the address', '{code} 取了地址'),
  spill: w('{code} makes storage and gives its address', '{code} 开辟存储并给出其地址'),
  reference: w('the closure refers to the variable {code} itself, not to a copy', '闭包引用的是变量 {code} 本身，不是副本'),
  'captured by a closure': w('a function literal uses {code}', '函数字面量用到了 {code}'),
  return: w('{code} returns it', '{code} 把它返回'),
  assign: w('{code} stores it', '{code} 把它存入变量'),
  'assign-pair': w('{code} stores it', '{code} 把它存入变量'),
  'assign-pair-dot-type': w('{code} stores it', '{code} 把它存入变量'),
  'assign-pair-mapr': w('{code} stores it', '{code} 把它存入变量'),
  'assign-pair-receive': w('{code} stores what was received', '{code} 存入收到的值'),
  'assign-pair-func-call': w('{code} stores a result of the call', '{code} 存入调用的结果'),
  'call parameter': w('it is passed in the call {code}', '它在调用 {code} 中作为参数传入'),
  'callee operand': w('{code} calls a function that is not known here', '{code} 调用的函数在此处未知'),
  dot: w('{code} reads a field of the value', '{code} 读取值的字段'),
  'dot of pointer': w('{code} reads through a pointer', '{code} 通过指针读取'),
  indirection: w('{code} reads what the pointer points to', '{code} 读取指针所指的内容'),
  'fixed-array-index-of': w('{code} reads an element of the array', '{code} 读取数组的元素'),
  slice: w('{code} slices it: the same memory is shared', '{code} 对它切片：共享同一块内存'),
  'slice-to-array': w('{code} copies the elements into an array', '{code} 把元素复制进数组'),
  'array literal element': w('it is an element of {code}', '它是 {code} 的元素'),
  'slice-literal-element': w('it is an element of {code}', '它是 {code} 的元素'),
  'struct literal element': w('it is a field of {code}', '它是 {code} 的字段'),
  'map literal key': w('it is a key of {code}: what a map holds is on the heap', '它是 {code} 的键：map 中的内容在堆上'),
  'map literal value': w('it is a value of {code}: what a map holds is on the heap', '它是 {code} 的值：map 中的内容在堆上'),
  'key of map put': w('{code} stores it as a key: what a map holds is on the heap', '{code} 把它存为键：map 中的内容在堆上'),
  'interface-converted': w('{code} is converted to an interface', '{code} 被转换为接口'),
  'appended slice...': w('{code} copies the elements behind it to another slice', '{code} 把它的元素复制到另一个切片'),
  'appendee slice': w('{code} may copy its elements to a new array on the heap', '{code} 可能把它的元素复制到堆上的新数组'),
  'copied slice': w('{code} copies the elements behind it', '{code} 复制它的元素'),
  range: w('{code} goes over the elements', '{code} 遍历元素'),
  'range-deref': w('{code} reads the elements', '{code} 读取元素'),
  'switch case': w('a case of the type switch holds it', '类型 switch 的一个分支持有它'),
  send: w('{code} sends it: any goroutine may receive it, at any time', '{code} 把它发送出去：任何 goroutine 随时可能收到'),
  'reflect.Header.Data': w('{code} holds a pointer as a number', '{code} 以数值形式保存指针'),
  '//go:uintptrescapes': w('the function called is marked go:uintptrescapes', '被调用的函数标有 go:uintptrescapes'),
  'too large for stack': w('{code} is too large for the stack', '{code} 对栈来说太大'),
  'too aligned for stack': w('{code} needs an alignment the stack cannot give', '{code} 需要的对齐栈无法提供'),
  'non-constant size': w('the size of {code} is not known when the program is compiled', '编译时不知道 {code} 的大小'),
  'zero-sized element': w('the elements of {code} have no size', '{code} 的元素大小为零'),
};
/** A reason without a sentence of its own. */
export const otherReason = w('{code} ({why})', '{code}（{why}）');

/** By sort of edge. */
export const edgeWords = {
  address: w('{dst} holds the address of {src}', '{dst} 持有 {src} 的地址'),
  value: w('{dst} holds the value of {src}', '{dst} 持有 {src} 的值'),
  deref: w('{dst} holds what {src} points to', '{dst} 持有 {src} 所指的内容'),
  derefs: w('{dst} holds what is {n} pointers behind {src}', '{dst} 持有 {src} 经 {n} 次解引用后的内容'),
  heapAddress: w('the address of {src} goes where it outlives the call', '{src} 的地址去到比这次调用活得更久的地方'),
  heapValue: w('the value of {src} goes where it outlives the call', '{src} 的值去到比这次调用活得更久的地方'),
  heapDeref: w('what {src} points to goes where it outlives the call', '{src} 所指的内容去到比这次调用活得更久的地方'),
  returnAddress: w('the address of {src} is returned', '{src} 的地址被返回'),
  returnValue: w('{src} is returned', '{src} 被返回'),
  returnDeref: w('what {src} points to is returned', '{src} 所指的内容被返回'),
  forced: w('{src} cannot be on the stack', '{src} 不能放在栈上'),
} as const;
export type EdgeSort = keyof typeof edgeWords;

/** Unnamed ends of edges. */
export const endWords = {
  temp: w('a temporary', '一个临时值'),
  storage: w('the memory of {text}', '{text} 的存储'),
  heap: w('the heap', '堆'),
} as const;

export const storyWords = {
  heap: w('{value} is on the heap, because {edges}.', '{value} 在堆上，因为{edges}。'),
  leaks: w('What the caller passes as {value} outlives the call: {edges}.', '调用者作为 {value} 传入的内容比这次调用活得更久：{edges}。'),
  leaksContent: w('What {value} points to outlives the call: {edges}.', '{value} 所指的内容比这次调用活得更久：{edges}。'),
  leaksResult: w('A result holds {value}: {edges}. Whether it escapes is decided at each caller.', '结果持有 {value}：{edges}。是否逃逸由每个调用处决定。'),
  outlives: w('{root} outlives it', '{root} 比它活得更久'),
  and: w(', and ', '，'),
} as const;

/** A template with its blanks filled. */
export function fill(t: Words, blanks: Readonly<Record<string, string | number | Words>>): Words {
  const one = (lang: keyof Words): string => t[lang].replace(/\{(\w+)\}/g, (all, k: string) => {
    if (!Object.hasOwn(blanks, k)) return all;
    const v = blanks[k];
    return typeof v === 'object' ? v[lang] : String(v);
  });
  return { en: one('en'), 'zh-CN': one('zh-CN') };
}
