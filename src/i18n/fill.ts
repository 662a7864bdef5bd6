/** Values in sentences: `{0}` is a value, `{0|object|objects}` the first word when that value is 1, else the second. */
export const fill = (text: string, values: readonly (string | number)[]): string => text.replace(/\{(\d)(?:\|([^|}]*)\|([^}]*))?\}/g, (_, i: string, one?: string, many?: string) => {
  const v = String(values[Number(i)] ?? '');
  return one === undefined || many === undefined ? v : v === '1' ? one : many;
});

/** Speakers over messages in English and Chinese: the one of a language; unknown languages speak English. */
export function speakers<K extends string>(en: Readonly<Record<K, string>>, zh: Readonly<Record<K, string>>): (lang: string) => (key: K, ...values: (string | number)[]) => string {
  return (lang) => {
    const messages = lang === 'zh' ? zh : en;
    return (key, ...values) => fill(messages[key], values);
  };
}
