/**
 * Elastic columns: text in cells, lines in sections, as text/tabwriter lays them
 * out for gofmt.
 *
 * A cell is text ended by a tab; what follows the last tab of a line belongs to
 * no column. Consecutive lines that have a cell at the same place form a column
 * whose width is its widest cell plus one blank. A line without cells, or the end
 * of a section, ends every column. A column of empty cells all ended by soft tabs
 * takes no room. Empty cells at a line's start (indentation) are filled with tabs.
 */
interface Cell { text: string; width: number; hard: boolean; }

const padding = 1;
const tabWidth = 8;

/** Code points of s. */
function runes(s: string): number {
  let n = s.length;
  for (let i = 0; i < s.length; i++) if ((s.charCodeAt(i) & 0xfc00) === 0xdc00) n--;
  return n;
}

export class Columns {
  #lines: Cell[][] = [[]];
  #cell = '';
  #out: string[] = [];
  #widths: number[] = [];

  add(text: string): void { this.#cell += text; }
  /** Ends the cell; hard: an indentation tab, which keeps its column open. */
  tab(hard: boolean): void {
    this.#end(hard);
  }
  /** Ends the line; section: and every column. */
  newline(section: boolean): void {
    this.#end(false);
    const cells = this.#lines[this.#lines.length - 1].length;
    this.#lines.push([]);
    if (section || cells === 1) this.#flush();
  }
  finish(): string {
    this.#end(false);
    this.#lines.push([]);
    this.#flush();
    return this.#out.join('\n');
  }

  #end(hard: boolean): void {
    this.#lines[this.#lines.length - 1].push({ text: this.#cell, width: runes(this.#cell), hard });
    this.#cell = '';
  }
  #flush(): void {
    this.#lines.pop();
    this.#format(0, this.#lines.length);
    this.#lines = [[]];
  }
  /** Lays out lines [from, to), whose columns left of widths.length have their widths. */
  #format(from: number, to: number): void {
    const column = this.#widths.length;
    const has = (i: number): boolean => column < this.#lines[i].length - 1;
    for (let i = from; i < to; i++) {
      if (!has(i)) continue;
      this.#write(from, i);
      from = i;
      let width = 0, soft = true;
      for (; i < to && has(i); i++) {
        const c = this.#lines[i][column];
        width = Math.max(width, c.width + padding);
        if (c.width > 0 || c.hard) soft = false;
      }
      this.#widths.push(soft ? 0 : width);
      this.#format(from, i);
      this.#widths.pop();
      from = i--;
    }
    this.#write(from, to);
  }
  #write(from: number, to: number): void {
    for (let i = from; i < to; i++) {
      let s = '', indenting = true;
      const line = this.#lines[i];
      for (let j = 0; j < line.length; j++) {
        const c = line[j], width = j < this.#widths.length ? this.#widths[j] : -1;
        if (c.width > 0) {
          indenting = false;
          s += c.text;
        }
        if (width < 0) continue;
        if (indenting) s += '\t'.repeat(Math.ceil(width / tabWidth));
        else s += ' '.repeat(Math.max(0, width - c.width));
      }
      this.#out.push(s.replace(/[ \t]+$/, ''));
    }
  }
}
