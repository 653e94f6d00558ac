import { EVENT_EXPIRY } from "../../src/api/kinds/event/expiry.ts";
import { bootstrap, newHeader } from "../../src/apiserver/bootstrap.ts";
import { carryOut } from "../../src/apiserver/controller-writes.ts";
import { AGE_AT_FIRST, FIRST_CLUSTER_EPOCH, type FirstCluster } from "../../src/apiserver/new-cluster.ts";
import { rowsOf } from "../../src/apiserver/rows.ts";
import { worldOf } from "../../src/apiserver/world-of.ts";

export { PROFILE_NAMES } from "../../src/api/profiles/profile.ts";

import { settle } from "../../src/settle.ts";
import { bytesOf } from "../../src/store/bytes.ts";
import { Document } from "../../src/store/document.ts";
import { readLayout } from "../../src/store/layout.ts";

/** Makes what `newCluster` fills in, by the pipeline that users' requests take and the controllers. */
export async function makeFirstCluster(profile: string): Promise<FirstCluster> {
  const document = Document.empty(newHeader(profile, "first", FIRST_CLUSTER_EPOCH));
  const world = worldOf(document);
  await bootstrap(world);
  await settle(world, FIRST_CLUSTER_EPOCH + AGE_AT_FIRST, (write, manager) => carryOut(world, write, manager));
  const { changes } = world.objects;
  const bytes = bytesOf(document.render(world.header, changes, await rowsOf(changes)));
  const { header, parts } = readLayout(bytes, profile);
  const text = parts.map(({ name, from, to }) => `${name}\n${bytes.slice(from, to).toString("utf8")}`).join("\n\n");
  const told = new Set([...text.matchAll(/"lastTimestamp":"([^"]*)"/g)].map(([, time]) => time));
  if (header.agenda.some(([, controller]) => controller !== EVENT_EXPIRY) || told.size !== 1)
    throw new Error(`${profile}: newCluster knows of no other agenda than the events of the first instant`);
  return { header: { ...header, time: FIRST_CLUSTER_EPOCH, agenda: [] }, lines: text.split("\n") };
}

/** The text of the file in src/apiserver/first-clusters that holds it. */
export const fileOf = (cluster: FirstCluster): string => `${JSON.stringify(cluster, null, 1)}\n`;
