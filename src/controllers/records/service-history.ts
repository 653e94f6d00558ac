import { equal } from "../../api/json.ts";
import { type PodRuntime, RECORDS } from "../../api/records.ts";
import { linkOf, type ServiceHistory, type ServiceLink } from "../../api/service-links.ts";
import type { Service } from "../../api/types/core.ts";
import type { Controller } from "../controller.ts";
import { keyOf, splitKey } from "../keys.ts";

/** The Service as it was: its version, and its link where that is no longer true. */
interface Before {
  version: number;
  link?: ServiceLink;
}

/** How many links of before one name keeps. */
const MOST = 20;

/** Remembers what Services were, for the containers that started then. */
export const serviceHistory: Controller = {
  name: "service-history",
  manager: "kubemu",
  affected({ before, after }) {
    if (!before) return [];
    const link = linkOf(before as Service);
    const stays = after !== undefined && equal(link ?? null, linkOf(after as Service) ?? null);
    const was: Before = {
      version: Number(before.metadata.resourceVersion ?? 0),
      ...(link && !stays ? { link } : {}),
    };
    return [`${keyOf(before)} ${JSON.stringify(was)}`];
  },
  reconcile(key, snapshot) {
    const at = key.indexOf(" ");
    const { namespace, name } = splitKey(key.slice(0, at));
    const { version, link } = JSON.parse(key.slice(at + 1)) as Before;
    const known = snapshot.get<ServiceHistory>(RECORDS.services, namespace, name);
    const service = snapshot.get<Service>("services", namespace, name);
    // While its link stays, all there is to know is when it began: its first version.
    if (!link && (!service || known?.since !== undefined)) return { writes: [] };
    const began = known?.since ?? version;
    const since = service ? (link ? Number(service.metadata.resourceVersion) : began) : undefined;
    const until = since === undefined ? snapshot.version : since - 1;
    const watched = link !== undefined && snapshot.list<PodRuntime>(RECORDS.runtime, namespace).length > 0;
    const past = [...(known?.past ?? []), ...(watched ? [{ since: began, until, link }] : [])].slice(-MOST);
    if (since === undefined && past.length === 0)
      return { writes: known ? [{ verb: "forget", resource: RECORDS.services, namespace, name }] : [] };
    const object: ServiceHistory = {
      apiVersion: "kubemu.dev/v1",
      kind: "ServiceHistory",
      metadata: { name, namespace },
      ...(since === undefined ? {} : { since }),
      past,
    };
    return { writes: [{ verb: "record", resource: RECORDS.services, object }] };
  },
};
