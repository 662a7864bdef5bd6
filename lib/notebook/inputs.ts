/**
 * `//lab:input` constants: the value a notebook gives replaces the one written,
 * on the same line, so that positions stay what the reader sees.
 */

const declaration = /^(\s*(?:const|var)\s+)([A-Za-z_]\w*)(\s+[\w.[\]*]+)?(\s*=\s*)([^\n/]*?)(\s*(?:\/\/.*)?)$/;

/** The program's text with the values of inputs put in. Declarations without a `//lab:input` line above are left alone. */
export function withInputs(text: string, inputs: Readonly<Record<string, number | string | boolean>>): string {
  if (Object.keys(inputs).length === 0) return text;
  const lines = text.split('\n');
  for (let i = 1; i < lines.length; i++) {
    if (!/^\s*\/\/lab:input\b/.test(lines[i - 1])) continue;
    const m = declaration.exec(lines[i].replace(/\r$/, ''));
    if (!m || !Object.hasOwn(inputs, m[2])) continue;
    lines[i] = `${m[1]}${m[2]}${m[3] ?? ''}${m[4]}${literal(inputs[m[2]])}${m[6]}${lines[i].endsWith('\r') ? '\r' : ''}`;
  }
  return lines.join('\n');
}

function literal(v: number | string | boolean): string {
  if (typeof v === 'string') return JSON.stringify(v);
  return String(v);
}
