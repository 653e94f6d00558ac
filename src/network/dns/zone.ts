import { compareStrings } from "../../api/json.ts";
import type { Snapshot } from "../../api/snapshot.ts";
import type { Service } from "../../api/types/core.ts";
import { answer } from "./answer.ts";
import { CLUSTER_ZONE, clusterAddresses, endpointLabel, endpointPlaces, isHeadless } from "./backend.ts";
import type { DnsRecord } from "./message.ts";
import { absolute, isIP, reverseName } from "./names.ts";

/** A record that there is now, and the Service that it comes from; none for what belongs to the zone itself. */
export interface ZoneRecord extends DnsRecord {
  service?: { namespace: string; name: string };
}

/**
 * Every record that the cluster's zones hold now: first the zone's own, then Service by Service its addresses, its SRV names, its
 * endpoints' names, and the names of its addresses. Answers for pods' addresses (`10-244-0-1.default.pod.…`) are made up on being
 * asked and are not listed.
 */
export function zone(snapshot: Snapshot): ZoneRecord[] {
  const own = [
    ...answer(snapshot, { name: CLUSTER_ZONE, type: "SOA" }).answer,
    ...answer(snapshot, { name: `dns-version.${CLUSTER_ZONE}`, type: "TXT" }).answer,
  ];
  const records: ZoneRecord[] = [...own];
  for (const service of snapshot.list<Service>("services")) {
    const { name = "", namespace = "" } = service.metadata;
    const seen = new Set<string>();
    for (const question of questionsOf(snapshot, service)) {
      for (const record of answer(snapshot, question).answer) {
        // What an alias leads to belongs to the Service, or the machine outside, that it leads to.
        if (record.name.toLowerCase() !== question.name.toLowerCase()) continue;
        const key = `${record.name} ${record.type} ${record.data}`;
        if (seen.has(key) || !belongsTo(record, name, namespace)) continue;
        seen.add(key);
        records.push({ ...record, service: { namespace, name } });
      }
    }
  }
  return records;
}

/** An address has the names of all Services that it serves: here only this one's is told. */
function belongsTo(record: DnsRecord, name: string, namespace: string): boolean {
  if (record.type !== "PTR") return true;
  const own = `${name}.${namespace}.svc.${CLUSTER_ZONE}`;
  return record.data === own || record.data.endsWith(`.${own}`);
}

function questionsOf(snapshot: Snapshot, service: Service): { name: string; type: string }[] {
  const { name = "", namespace = "" } = service.metadata;
  const own = `${name}.${namespace}.svc.${CLUSTER_ZONE}`;
  if (service.spec?.type === "ExternalName") return [{ name: own, type: "CNAME" }];
  const places = endpointPlaces(snapshot, namespace, name);
  const ports = isHeadless(service)
    ? places.flatMap((place) => place.ports)
    : (service.spec?.ports ?? []).map((port) => ({ name: port.name ?? "", protocol: port.protocol ?? "TCP" }));
  const srv = new Set(
    ports.filter((port) => port.name !== "").map((port) => `_${port.name}._${port.protocol.toLowerCase()}.${own}`),
  );
  const endpoints = new Set(places.map((place) => `${endpointLabel(place.address, place.hostname)}.${own}`));
  const addresses = [...clusterAddresses(service).filter(isIP), ...places.map((place) => place.address)];
  const reverse = new Set(addresses.flatMap((address) => reverseName(address) ?? []));
  return [
    ...["A", "AAAA"].map((type) => ({ name: own, type })),
    ...[...srv].sort(compareStrings).map((it) => ({ name: it, type: "SRV" })),
    ...[...endpoints].flatMap((it) => ["A", "AAAA"].map((type) => ({ name: it, type }))),
    ...[...reverse].map((it) => ({ name: it, type: "PTR" })),
  ].map(({ name: asked, type }) => ({ name: absolute(asked), type }));
}

/** The records as an RFC 1035 zone file, the Service that each comes from in a comment before its records. */
export function zoneFile(records: readonly ZoneRecord[]): string {
  const width = Math.max(0, ...records.map((record) => record.name.length));
  const lines: string[] = [];
  let current = "";
  for (const { service, name, ttl, type, data } of records) {
    const owner = service ? `${service.namespace}/${service.name}` : "";
    if (owner !== current) lines.push("", `; Service ${owner}`);
    current = owner;
    lines.push(`${name.padEnd(width)} ${ttl} IN ${type} ${data}`);
  }
  return lines.map((line) => `${line}\n`).join("");
}
