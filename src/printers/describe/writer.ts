import { DESCRIBE_LAYOUT, TabWriter } from "../tabwriter.ts";
import { escapeTerminal } from "../terminal.ts";

/** Text in levels, its columns aligned at the end. Models kubectl pkg/describe PrefixWriter and tabbedString. */
export class DescribeWriter {
  private readonly tabs: Pick<TabWriter, "write" | "flush">;
  private readonly indent: number;
  private out = "";

  constructor(indent = 0, tabs?: Pick<TabWriter, "write" | "flush">) {
    this.indent = indent;
    this.tabs =
      tabs ??
      new TabWriter((text) => {
        this.out += text;
      }, DESCRIBE_LAYOUT);
  }

  /** Writes text behind two blanks a level. Cells end with a tab, and lines with a newline, as `text` has them. */
  write(level: number, text: string): void {
    this.tabs.write(escapeTerminal("  ".repeat(level + this.indent) + text));
  }

  /** `Name:`, a tab, the value, a newline. */
  field(level: number, name: string, value: string | number | boolean): void {
    this.write(level, `${name}:\t${value}\n`);
  }

  /** The same place, some levels deeper. */
  nested(levels: number): DescribeWriter {
    return new DescribeWriter(this.indent + levels, this.tabs);
  }

  /** Ends all columns: what follows is aligned anew. */
  flush(): void {
    this.tabs.flush();
  }

  text(): string {
    this.flush();
    return this.out;
  }
}
