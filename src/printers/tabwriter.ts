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
  /** What came by `writeLines` while there was nothing else: the cells of the lines, and how many a line has. */
  private even: (readonly string[])[] = [];
  private evenColumns = 0;
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
    this.spill();
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

  /** Whole lines of `columns` cells each, two at least, all of them printable ASCII: what tables consist of. */
  writeLines(cells: readonly string[], columns: number): void {
    const isFirst =
      this.even.length === 0 && this.lines.length === 1 && this.lines[0]!.length === 0 && this.pending === "";
    if (isFirst && this.layout.padWith === " ") this.evenColumns = columns;
    if (this.evenColumns === columns) {
      this.even.push(cells);
      return;
    }
    for (let at = 0; at < cells.length; at += columns) this.write(`${cells.slice(at, at + columns).join("\t")}\n`);
  }

  /** Puts what is even to the other lines, where something else comes. */
  private spill(): void {
    const { even, evenColumns } = this;
    this.even = [];
    this.evenColumns = 0;
    for (const cells of even)
      for (let at = 0; at < cells.length; at += evenColumns) {
        this.lines[this.lines.length - 1] = cells.slice(at, at + evenColumns);
        this.lines.push([]);
      }
  }

  private widthOf(cell: string): number {
    return this.hasSurrogates ? countCharacters(cell) : cell.length;
  }

  /** Prints what has been collected and forgets the columns, remembered widths excepted. */
  flush(): void {
    if (this.pending !== "") this.endCell();
    if (this.evenColumns > 0) this.printEven();
    else this.format(0, this.lines.length);
    this.lines = [[]];
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

  private printEven(): void {
    const { even, evenColumns, layout } = this;
    this.even = [];
    this.evenColumns = 0;
    const widths = Array.from({ length: evenColumns }, () => 0);
    const last = evenColumns - 1;
    // A column at a time: programs that have just started run short loops sooner at full speed.
    for (const cells of even)
      for (let column = 0; column < last; column++)
        widths[column] = widest(cells, column, evenColumns, widths[column]!);
    for (let column = 0; column < last; column++) {
      widths[column] = this.remember(column, Math.max(layout.minWidth, widths[column]! + layout.padding));
      this.widths.push(widths[column]!);
    }
    this.widths = [];
    const blanks = Array.from({ length: Math.max(...widths) + 1 }, (_, count) => " ".repeat(count));
    // Joined a part at a time: a longer list takes more than twice the time.
    for (const cells of even) {
      const parts = new Array<string>(cells.length * 2);
      for (let column = 0; column < evenColumns; column++) {
        const width = widths[column]!;
        for (let at = column; at < cells.length; at += evenColumns) {
          const cell = cells[at]!;
          parts[at * 2] = cell;
          parts[at * 2 + 1] = column === last ? "\n" : blanks[width - cell.length]!;
        }
      }
      this.out += parts.join("");
    }
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

/** The length of the longest text of a column, or `least`. */
function widest(cells: readonly string[], column: number, columns: number, least: number): number {
  let width = least;
  for (let at = column; at < cells.length; at += columns) if (cells[at]!.length > width) width = cells[at]!.length;
  return width;
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
