import type { IndexedSnapshot } from "../api/indexes.ts";
import type { ObjectChange, Write } from "../api/writes.ts";
import type { Controller } from "./controller.ts";

/** What the controllers work on: a cluster that their writes change. */
export interface Stage {
  readonly snapshot: IndexedSnapshot;
  /** Sets `snapshot.now`. */
  setNow(ms: number): void;
  /** The changes since the last call. */
  takePending(): ObjectChange[];
  /** What is to be looked at again, and when: sorted by time, controller, key. Changed in place. */
  agenda: [at: number, controller: string, key: string][];
  write(write: Write, manager: string): Promise<void>;
}

/** More than any cluster needs: two controllers that undo each other's work would go on for ever. */
const MOST_ROUNDS = 2_000_000;

/**
 * Brings a cluster up to the instant `now` (milliseconds since 1970): the controllers run to a fixed point, then time goes on to the next
 * entry of the agenda, and so on. A pure function of what the stage shows and `now`; the state at a later instant extends that of an
 * earlier one.
 */
export async function runUntilStable(stage: Stage, controllers: readonly Controller[], now: number): Promise<void> {
  const queue = new Map<string, { controller: Controller; key: string }>();
  const add = (controller: Controller, key: string) => queue.set(`${controller.name} ${key}`, { controller, key });
  for (let round = 0; ; round++) {
    if (round > MOST_ROUNDS)
      throw new Error(`the controllers do not settle: ${[...queue.keys()].slice(0, 5).join(", ")}`);
    for (const change of stage.takePending())
      for (const controller of controllers)
        if (controller.watches.includes(change.resource))
          for (const key of controller.affected(change, stage.snapshot)) add(controller, key);
    const [id, next] = queue.entries().next().value ?? [];
    if (id !== undefined && next) {
      queue.delete(id);
      await reconcile(stage, next.controller, next.key);
      continue;
    }
    const due = stage.agenda[0];
    if (!due || due[0] > now) break;
    if (due[0] > stage.snapshot.now) stage.setNow(due[0]);
    stage.agenda.shift();
    const controller = controllers.find((candidate) => candidate.name === due[1]);
    if (controller) add(controller, due[2]);
  }
  if (now > stage.snapshot.now) stage.setNow(now);
}

async function reconcile(stage: Stage, controller: Controller, key: string): Promise<void> {
  const planned = stage.agenda.findIndex((entry) => entry[1] === controller.name && entry[2] === key);
  if (planned >= 0) stage.agenda.splice(planned, 1);
  const { writes, wakeAt } = controller.reconcile(key, stage.snapshot);
  for (const write of writes) await stage.write(write, controller.manager);
  if (wakeAt === undefined) return;
  const entry: Stage["agenda"][number] = [Math.max(wakeAt, stage.snapshot.now), controller.name, key];
  const at = stage.agenda.findIndex((other) => isBefore(entry, other));
  stage.agenda.splice(at < 0 ? stage.agenda.length : at, 0, entry);
}

function isBefore(a: Stage["agenda"][number], b: Stage["agenda"][number]): boolean {
  if (a[0] !== b[0]) return a[0] < b[0];
  return a[1] === b[1] ? a[2] < b[2] : a[1] < b[1];
}
