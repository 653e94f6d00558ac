import { keyedUuid } from "../api/keyed-random.ts";
import { droppedAt, EVENT_EXPIRY } from "../api/kinds/event/expiry.ts";
import type { ProfileName } from "../api/profiles/profile.ts";
import { timestamp } from "../api/snapshot.ts";
import { bytesOf } from "../store/bytes.ts";
import { checksum } from "../store/checksum.ts";
import { Document } from "../store/document.ts";
import type { Header } from "../store/header.ts";
import { type SectionEntry, writeLayout } from "../store/layout.ts";

/**
 * What a cluster of a profile holds when its first user comes. `scripts/first-clusters.mjs` makes it: `bootstrap` and the controllers, run
 * from FIRST_CLUSTER_EPOCH on.
 */
export interface FirstCluster {
  /** Of the sections of a state file with a blank line between them: the name, and below it the lines of its objects. */
  lines: string[];
  header: Header;
}

const FIRST_CLUSTERS: Readonly<Record<ProfileName, () => Promise<{ default: unknown }>>> = {
  "docker-desktop": () => import("./first-clusters/docker-desktop.json"),
  bare: () => import("./first-clusters/bare.json"),
  kind: () => import("./first-clusters/kind.json"),
  linux: () => import("./first-clusters/linux.json"),
  cloud: () => import("./first-clusters/cloud.json"),
};

/** When the clusters of FIRST_CLUSTERS were made, in milliseconds since 1970: a day that nothing else in them names. */
export const FIRST_CLUSTER_EPOCH = Date.UTC(2020, 1, 2);

/** Milliseconds that a cluster has run before its first command: what it began with is older than what a user makes. */
export const AGE_AT_FIRST = 24_000;

/**
 * A new cluster at the second that `now` (milliseconds since 1970) is in: what every one of its profile begins with, with times of its own
 * and ids of its seed. Names are the same in all clusters of a profile: the order of what begins alike depends on them.
 */
export async function newCluster(profile: ProfileName, seed: string, now: number): Promise<Document> {
  const firstCluster = (await FIRST_CLUSTERS[profile]()).default as FirstCluster;
  const time = Math.floor(now / 1000) * 1000;
  const born = time - AGE_AT_FIRST;
  const sections: SectionEntry[] = [];
  const bodies: Buffer[] = [];
  for (const section of filled(firstCluster.lines.join("\n"), seed, born).split("\n\n")) {
    const end = section.indexOf("\n");
    const body = Buffer.from(section.slice(end + 1));
    sections.push([section.slice(0, end), body.length, checksum(body)]);
    bodies.push(body);
  }
  const dropped = droppedAt(born);
  const agenda: Header["agenda"] = [[dropped, EVENT_EXPIRY, String(dropped)]];
  const header: Header = { ...firstCluster.header, seed, time, agenda };
  return Document.parse(bytesOf(writeLayout(header, sections, bodies)), "");
}

/** uids, the ids of containers and machines, times, and the nanoseconds that the names of events end with. */
const HOLES =
  /[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}|(?<=:\/\/)[\da-f]{64}|(?<="machineID":")[\da-f]{32}|2020-02-02(?:T\d\d:\d\d:\d\d)?|(?<=\.)15ef[\da-f]{12}(?=")/g;

function filled(text: string, seed: string, born: number): string {
  const known = new Map<string, string>();
  return text.replace(HOLES, (hole) => {
    const value = known.get(hole) ?? fillOf(hole, seed, born);
    known.set(hole, value);
    return value;
  });
}

function fillOf(hole: string, seed: string, born: number): string {
  if (hole.startsWith("2020-")) {
    const at = Date.parse(hole.length === 10 ? hole : `${hole}Z`) - FIRST_CLUSTER_EPOCH;
    return timestamp(born + at).slice(0, hole.length);
  }
  if (hole.length === 16) return (BigInt(`0x${hole}`) + BigInt(born - FIRST_CLUSTER_EPOCH) * 1_000_000n).toString(16);
  const uuid = keyedUuid(seed, "first", hole);
  if (hole.length === 36) return uuid;
  return (uuid + keyedUuid(seed, "first", hole, 2)).replaceAll("-", "").slice(0, hole.length);
}
