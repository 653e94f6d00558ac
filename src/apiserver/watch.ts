import type { KubeObject } from "../api/object.ts";
import type { Clock } from "../platform/platform.ts";
import type { Table, WatchEvent, WatchOptions } from "./client.ts";
import { select } from "./read.ts";
import type { Request } from "./request.ts";
import { tableOf } from "./tables.ts";
import type { Cluster } from "./transaction.ts";
import { inRequestVersion } from "./versions.ts";

/** How often the file is looked at, in milliseconds. */
const INTERVAL = 100;

/**
 * Differences between what the cluster shows from one look to the next. With a held clock (`KUBEMU_NOW`) it jumps from event to event
 * and ends when nothing more can happen.
 */
export async function* watch(
  cluster: Cluster,
  clock: Clock,
  open: (read: (request: Request) => Promise<void>) => Promise<void>,
  options: WatchOptions,
): AsyncGenerator<WatchEvent<{ object: KubeObject; table: Table }>> {
  const end = options.timeoutSeconds === undefined ? Infinity : clock.now() + options.timeoutSeconds * 1000;
  let known: Map<string, KubeObject> | undefined;
  let first = true;
  for (;;) {
    const events: WatchEvent<{ object: KubeObject; table: Table }>[] = [];
    let nextEvent: number | undefined;
    await open(async (request) => {
      const found = select(request, options).filter(
        (object) => options.name === undefined || object.metadata.name === options.name,
      );
      const view = async (object: KubeObject) => ({
        object: await inRequestVersion(request, object),
        table: await tableOf(request, [object], {}),
      });
      const seen = new Map(found.map((object) => [object.metadata.uid ?? "", object]));
      const before =
        known ??
        (options.resourceVersion ? new Map(found.filter(since(options.resourceVersion)).map(byUid)) : new Map());
      for (const [uid, object] of before)
        if (!seen.has(uid)) events.push({ type: "DELETED", object: await view(object) });
      for (const [uid, object] of seen) {
        const old = before.get(uid);
        if (old?.metadata.resourceVersion === object.metadata.resourceVersion) continue;
        events.push({ type: old ? "MODIFIED" : "ADDED", object: await view(object) });
      }
      known = seen;
      // What is due already and shows in other resources alone is left to who looks at those.
      const { header, objects } = request.world;
      nextEvent = header.agenda.find(([at]) => at > objects.now)?.[0];
    });
    events.sort((a, b) => versionOf(a.object.object) - versionOf(b.object.object));
    yield* events;
    if (first && options.sendInitialEvents) yield BOOKMARK;
    first = false;
    if (options.signal?.aborted || clock.now() >= end) return;
    await cluster.commit();
    if (!clock.virtual) await clock.sleep(Math.min(INTERVAL, end - clock.now()), options.signal);
    else {
      const until = Math.min(nextEvent ?? Infinity, end);
      if (until === Infinity) return;
      await clock.sleep(until - clock.now());
    }
  }
}

const BOOKMARK: WatchEvent<{ object: KubeObject; table: Table }> = {
  type: "BOOKMARK",
  object: {
    object: { apiVersion: "v1", kind: "Bookmark", metadata: {} },
    table: { kind: "Table", apiVersion: "meta.k8s.io/v1", metadata: {}, columnDefinitions: [], rows: [] },
  },
};

const versionOf = (object: KubeObject) => Number(object.metadata.resourceVersion ?? 0);
const byUid = (object: KubeObject): [string, KubeObject] => [object.metadata.uid ?? "", object];
const since = (version: string) => (object: KubeObject) => versionOf(object) <= Number(version);
