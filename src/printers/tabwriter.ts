/** How wide columns are. Widths are counted in characters (code points). */
export interface TabLayout {
  minWidth: number;
  /** Only counts when `padWith` is a tab. */
  tabWidth: number;
  padding: number;
  padWith: " " | "\t";
  /** Columns stay as wide as they ever were: what tables do that are flushed in parts. */
  rememberWidths?: boolean;
}

/** Tables of `get`. Models cli-runtime printers.GetNewTabWriter. */
export const TABLE_LAYOUT: TabLayout = { minWidth: 6, tabWidth: 4, padding: 3, padWith: " ", rememberWidths: true };
/** `describe`. Models kubectl pkg/describe tabbedString. */
export const DESCRIBE_LAYOUT: TabLayout = { minWidth: 0, tabWidth: 8, padding: 2, padWith: " " };

const SURROGATE = /[\ud800-\udbff]/;

/** The longest column of cells below each other decides the width; a line with fewer cells ends the column. */
export class TabWriter {
  private readonly output: (text: string) => void;
  private readonly layout: TabLayout;
  private lines: string[][] = [[]];
  /** While every line came by `writeLine` and has as many cells as the first one: the widest cells of its columns. */
  private widest: number[] | undefined = [];
  private pending = "";
  private hasSurrogates = false;
  private widths: number[] = [];
  private remembered: number[] = [];
  private out = "";

  /**
   * Cells end with a tab (or `\v`); the text after a line's last tab belongs to no column and is not padded. `\n` and
   * `\f` end a line, and `\f` all columns. Models Go's text/tabwriter and github.com/liggitt/tabwriter.
   */
  constructor(output: (text: string) => void, layout: TabLayout) {
    this.output = output;
    this.layout = layout;
  }

  write(text: string): void {
    let start = 0;
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      // \t \n \v \f
      if (code < 9 || code > 12) continue;
      this.pending += text.slice(start, i);
      start = i + 1;
      const cells = this.endCell();
      if (code === 9 || code === 11) continue;
      this.lines.push([]);
      // A line of one cell has no columns: nothing after it depends on what came before.
      if (code === 12 || cells === 1) this.flush();
    }
    this.pending += text.slice(start);
  }

  /** A whole line of printable ASCII cells, two at least: what tables consist of. */
  writeLine(cells: string[]): void {
    const last = this.lines.length - 1;
    if (last === 0) this.widest = cells.map(() => 0);
    if (this.pending !== "" || this.lines[last]!.length > 0 || this.widest?.length !== cells.length) {
      this.write(`${cells.join("\t")}\n`);
      return;
    }
    this.lines[last] = cells;
    this.lines.push([]);
    const { widest } = this;
    for (let i = 0; i < cells.length; i++) if (cells[i]!.length > widest[i]!) widest[i] = cells[i]!.length;
  }

  private widthOf(cell: string): number {
    return this.hasSurrogates ? countCharacters(cell) : cell.length;
  }

  /** Prints what has been collected and forgets the columns, remembered widths excepted. */
  flush(): void {
    if (this.pending !== "") this.endCell();
    if (this.widest && this.lines.length > 1) {
      const { minWidth, padding } = this.layout;
      const columns = this.widest.slice(0, -1);
      this.widths = columns.map((width, i) => this.remember(i, Math.max(minWidth, width + padding)));
      if (this.layout.padWith === " ") this.printEven();
      else this.printLines(0, this.lines.length);
      this.widths = [];
    } else this.format(0, this.lines.length);
    this.lines = [[]];
    this.widest = [];
    const text = this.out;
    this.out = "";
    if (text !== "") this.output(text);
  }

  forgetWidths(): void {
    this.remembered = [];
  }

  private endCell(): number {
    const text = this.pending;
    this.pending = "";
    this.hasSurrogates ||= SURROGATE.test(text);
    this.widest = undefined;
    return this.lines[this.lines.length - 1]!.push(text);
  }

  private format(from: number, to: number): void {
    const column = this.widths.length;
    let unprinted = from;
    for (let line = from; line < to; line++) {
      if (column >= this.lines[line]!.length - 1) continue;
      this.printLines(unprinted, line);
      unprinted = line;
      let width = this.layout.minWidth;
      for (; line < to && column < this.lines[line]!.length - 1; line++)
        width = Math.max(width, this.widthOf(this.lines[line]![column]!) + this.layout.padding);
      this.widths.push(this.remember(column, width));
      this.format(unprinted, line);
      this.widths.pop();
      unprinted = line;
      // The line that ended the block has no cell in this column: the loop may step over it.
    }
    this.printLines(unprinted, to);
  }

  private remember(column: number, width: number): number {
    if (!this.layout.rememberWidths) return width;
    while (this.remembered.length < column) this.remembered.push(this.widths[this.remembered.length]!);
    const widest = Math.max(width, this.remembered[column] ?? 0);
    this.remembered[column] = widest;
    return widest;
  }

  /** What `printLines` does, where every line came by `writeLine` and has all columns, and blanks fill them. */
  private printEven(): void {
    const texts: string[] = [];
    for (const cells of this.lines) {
      let text = "";
      for (let column = 0; column < cells.length; column++)
        text += column < this.widths.length ? cells[column]!.padEnd(this.widths[column]!) : cells[column]!;
      texts.push(text);
    }
    this.out += texts.join("\n");
  }

  private printLines(from: number, to: number): void {
    for (let line = from; line < to; line++) {
      const cells = this.lines[line]!;
      for (let column = 0; column < cells.length; column++) {
        const cell = cells[column]!;
        this.out += cell;
        const width = this.widths[column];
        if (width !== undefined) this.out += this.pad(this.widthOf(cell), width);
      }
      if (line + 1 < this.lines.length) this.out += "\n";
    }
  }

  private pad(used: number, width: number): string {
    if (this.layout.padWith === " ") return " ".repeat(width - used);
    const tab = this.layout.tabWidth;
    if (tab === 0) return "";
    return "\t".repeat(Math.ceil((Math.ceil(width / tab) * tab - used) / tab));
  }
}

function countCharacters(text: string): number {
  let count = text.length;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code >= 0xd800 && code <= 0xdbff) count--;
  }
  return count;
}

/** Lines of tab-separated cells, aligned. */
export function alignTabs(text: string, layout: TabLayout): string {
  let out = "";
  const tabs = new TabWriter((part) => {
    out += part;
  }, layout);
  tabs.write(text);
  tabs.flush();
  return out;
}
