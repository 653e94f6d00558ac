import type { IndexedSnapshot } from "../api/indexes.ts";
import type { ResourceKey } from "../api/snapshot.ts";
import type { ObjectChange, Write } from "../api/writes.ts";
import { Agenda, type AgendaEntry } from "./agenda.ts";
import type { Controller, ControllerEntry } from "./controller.ts";

/** What the controllers work on: a cluster that their writes change. */
export interface Stage {
  readonly snapshot: IndexedSnapshot;
  /** Sets `snapshot.now`. */
  setNow(ms: number): void;
  /** The changes since the last call. */
  takePending(): ObjectChange[];
  /** What is to be looked at again, and when: sorted by time, controller, key. Changed in place. */
  agenda: AgendaEntry[];
  write(write: Write, manager: string): Promise<void>;
}

/** More than any cluster needs: two controllers that undo each other's work would go on for ever. */
const MOST_ROUNDS = 2_000_000;

/**
 * Brings a cluster up to the instant `now` (milliseconds since 1970): the controllers run to a fixed point, then time goes on to the next
 * entry of the agenda, and so on. A pure function of what the stage shows and `now`; the state at a later instant extends that of an
 * earlier one. The number of reconciles, for tests.
 */
export async function runUntilStable(stage: Stage, entries: readonly ControllerEntry[], now: number): Promise<number> {
  const controllers = loadedOf(entries);
  const agenda = new Agenda(stage.agenda);
  const queue = new Queue();
  for (let round = 0; ; ) {
    for (const change of stage.takePending())
      for (const controller of await controllers.watching(change.resource))
        for (const key of controller.affected(change, stage.snapshot)) queue.add(controller, key);
    const next = queue.take();
    if (next) {
      if (++round > MOST_ROUNDS) throw new Error(`the controllers do not settle: ${next.controller.name} ${next.key}`);
      agenda.remove(next.controller.name, next.key);
      const { writes, wakeAt } = await next.controller.reconcile(next.key, stage.snapshot);
      for (const write of writes) await stage.write(write, next.controller.manager);
      if (wakeAt !== undefined) agenda.add(Math.max(wakeAt, stage.snapshot.now), next.controller.name, next.key);
      continue;
    }
    const due = agenda.first();
    if (!due || due[0] > now) {
      if (now > stage.snapshot.now) stage.setNow(now);
      return round;
    }
    agenda.remove(due[1], due[2]);
    const controller = await controllers.named(due[1]);
    const at = controller?.catchUp?.(due[2], stage.snapshot, due[0], now) ?? due[0];
    if (at > due[0]) {
      agenda.add(at, due[1], due[2]);
      continue;
    }
    // A reader to whom this did not show (`due.ts`) may have looked ahead.
    if (due[0] !== stage.snapshot.now) stage.setNow(due[0]);
    if (controller) queue.add(controller, due[2]);
  }
}

/** The controllers that were loaded, by what they watch and by name. A command settles after each of its requests: each is loaded once. */
class Loaded {
  private readonly entries: readonly ControllerEntry[];
  private readonly byName = new Map<string, Controller>();
  private readonly byResource = new Map<ResourceKey, readonly Controller[]>();

  constructor(entries: readonly ControllerEntry[]) {
    this.entries = entries;
  }

  private async load(entry: ControllerEntry): Promise<Controller> {
    const controller = this.byName.get(entry.name) ?? (await entry.load());
    this.byName.set(entry.name, controller);
    return controller;
  }

  watching(resource: ResourceKey): readonly Controller[] | Promise<readonly Controller[]> {
    return this.byResource.get(resource) ?? this.loadWatching(resource);
  }

  private async loadWatching(resource: ResourceKey): Promise<readonly Controller[]> {
    const watching: Controller[] = [];
    for (const entry of this.entries) {
      const { watches } = entry;
      if (typeof watches === "function" ? watches(resource) : watches.includes(resource))
        watching.push(await this.load(entry));
    }
    this.byResource.set(resource, watching);
    return watching;
  }

  async named(name: string): Promise<Controller | undefined> {
    const entry = this.entries.find((it) => it.name === name);
    return entry && (await this.load(entry));
  }
}

const loaded = new WeakMap<readonly ControllerEntry[], Loaded>();

function loadedOf(entries: readonly ControllerEntry[]): Loaded {
  const known = loaded.get(entries);
  if (known) return known;
  const made = new Loaded(entries);
  loaded.set(entries, made);
  return made;
}

interface Item {
  controller: Controller;
  key: string;
}

/** First in, first out; what is waiting already is not added again. */
class Queue {
  private items: Item[] = [];
  private head = 0;
  private readonly waiting = new Set<string>();

  add(controller: Controller, key: string): void {
    const id = `${controller.name} ${key}`;
    if (this.waiting.has(id)) return;
    this.waiting.add(id);
    this.items.push({ controller, key });
  }

  take(): Item | undefined {
    const item = this.items[this.head];
    if (!item) return undefined;
    this.waiting.delete(`${item.controller.name} ${item.key}`);
    this.head++;
    if (this.head > 1000 && this.head * 2 > this.items.length) {
      this.items = this.items.slice(this.head);
      this.head = 0;
    }
    return item;
  }
}
