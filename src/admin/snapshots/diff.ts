import { emitYaml } from "../../api/encoding/yaml-emit.ts";
import type { IndexedSnapshot } from "../../api/indexes.ts";
import { clone, compareStrings, type Json } from "../../api/json.ts";
import { unifiedDiff } from "../../api/meta/unified-diff.ts";
import type { KubeObject } from "../../api/object.ts";
import type { Snapshot } from "../../api/snapshot.ts";

/** What follows from other objects line by line, or changes by itself. */
const LEFT_OUT = ["endpoints", "events", "ipaddresses.networking.k8s.io", "leases.coordination.k8s.io"];

/**
 * What has changed since a saved snapshot, as one unified diff an object, in key order: API objects, what the outside world and images
 * are, profile and settings. managedFields, resource versions, what follows from
 * other objects and the records of connections are left out. "" when
 * nothing has.
 */
export function snapshotDiff(name: string, before: IndexedSnapshot, after: IndexedSnapshot): string {
  const old = textsOf(before);
  const now = textsOf(after);
  const keys = [...new Set([...old.keys(), ...now.keys()])].sort(compareStrings);
  let out = "";
  for (const key of keys) {
    const [from, to] = [old.get(key), now.get(key)];
    if (from === to) continue;
    out += `--- ${from === undefined ? "/dev/null" : `${name}${key}`}\n`;
    out += `+++ ${to === undefined ? "/dev/null" : `now${key}`}\n`;
    out += from !== undefined && to !== undefined ? unifiedDiff(from, to) : whole(from, to);
  }
  return out;
}

/** An object that is on one side alone. */
function whole(from: string | undefined, to: string | undefined): string {
  const lines = (from ?? to ?? "").split("\n");
  const [range, sign] = from === undefined ? [`-0,0 +1,${lines.length}`, "+"] : [`-1,${lines.length} +0,0`, "-"];
  return `@@ ${range} @@\n${lines.map((line) => `${sign}${line}\n`).join("")}`;
}

function textsOf(snapshot: IndexedSnapshot): Map<string, string> {
  const texts = new Map([["/cluster", clusterText(snapshot)]]);
  for (const resource of snapshot.resources()) {
    const isRecord = resource.endsWith(".kubemu.dev");
    if (LEFT_OUT.includes(resource) || (isRecord && !TOLD_RECORDS.includes(resource))) continue;
    for (const object of snapshot.list(resource)) {
      const { namespace = "", name = "" } = object.metadata;
      texts.set(`/${resource}/${namespace === "" ? "" : `${namespace}/`}${name}`, objectText(object));
    }
  }
  return texts;
}

const TOLD_RECORDS = ["outside.kubemu.dev", "images.kubemu.dev"];

function clusterText({ cluster }: Snapshot): string {
  return emitYaml({ profile: cluster.profile, seed: cluster.seed, settings: { ...cluster.settings } }).trimEnd();
}

function objectText(object: KubeObject): string {
  const shown = clone(object);
  delete shown.metadata.managedFields;
  delete shown.metadata.resourceVersion;
  return emitYaml(shown as unknown as Json).trimEnd();
}
