/** Generated tables, a file for each API group: each is read when somebody asks for it, with those that it refers to. */
export class TableFiles<File extends { uses: readonly string[] }> {
  private readonly open: Readonly<Record<string, () => Promise<File>>>;
  private readonly loaded = new Map<string, File>();

  constructor(open: Readonly<Record<string, () => Promise<File>>>) {
    this.open = open;
  }

  async load(name: string): Promise<void> {
    const open = this.open[name];
    if (this.loaded.has(name) || !open) return;
    const file = await open();
    this.loaded.set(name, file);
    await Promise.all(file.uses.map((used) => this.load(used)));
  }

  /** Of those that were loaded. */
  get(name: string): File | undefined {
    return this.loaded.get(name);
  }

  all(): Iterable<File> {
    return this.loaded.values();
  }
}
