export type AgendaEntry = [at: number, controller: string, key: string];

/** What is to be looked at again, and when. Keeps a sorted list, which it changes in place; each key is in it once. */
export class Agenda {
  private readonly entries: AgendaEntry[];
  private readonly times = new Map<string, number>();

  constructor(entries: AgendaEntry[]) {
    this.entries = entries;
    for (const [at, controller, key] of entries) this.times.set(`${controller} ${key}`, at);
  }

  first(): AgendaEntry | undefined {
    return this.entries[0];
  }

  add(at: number, controller: string, key: string): void {
    this.remove(controller, key);
    const entry: AgendaEntry = [at, controller, key];
    this.entries.splice(this.position(entry), 0, entry);
    this.times.set(`${controller} ${key}`, at);
  }

  remove(controller: string, key: string): void {
    const at = this.times.get(`${controller} ${key}`);
    if (at === undefined) return;
    this.times.delete(`${controller} ${key}`);
    this.entries.splice(this.position([at, controller, key]), 1);
  }

  /** Where the entry is, or belongs. */
  private position(entry: AgendaEntry): number {
    let [low, high] = [0, this.entries.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (isBefore(this.entries[middle]!, entry)) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function isBefore(a: AgendaEntry, b: AgendaEntry): boolean {
  if (a[0] !== b[0]) return a[0] < b[0];
  return a[1] === b[1] ? a[2] < b[2] : a[1] < b[1];
}
