/** Values in sentences: `{0}` is a value, `{0|object|objects}` the first word when that value is 1, else the second. */
export const fill = (text: string, values: readonly (string | number)[]): string => text.replace(/\{(\d)(?:\|([^|}]*)\|([^}]*))?\}/g, (_, i: string, one?: string, many?: string) => {
  const v = String(values[Number(i)] ?? '');
  return one === undefined || many === undefined ? v : v === '1' ? one : many;
});
