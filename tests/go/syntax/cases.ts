/** Files of cases: `=== name`, source, `---`, expected output. Text before the first case is a comment. */
export interface Case { name: string; source: string; want: string }

export function readCases(text: string): Case[] {
  return text.split(/^=== /m).slice(1).map((block) => {
    const nl = block.indexOf('\n');
    const body = block.slice(nl + 1);
    const cut = body.startsWith('---\n') ? 0 : body.lastIndexOf('\n---\n') + 1;
    return { name: block.slice(0, nl), source: body.slice(0, cut), want: body.slice(cut + 4).trimEnd() };
  });
}

export function writeCases(cases: readonly Case[], head: string): string {
  return `${head}\n${cases.map((c) => `=== ${c.name}\n${c.source}---\n${c.want}${c.want === '' ? '' : '\n'}`).join('')}`;
}
