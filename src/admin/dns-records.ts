import type { Snapshot } from "../api/snapshot.ts";
import { type ZoneRecord, zone, zoneFile } from "../network/dns/zone.ts";

/** Every record that the cluster's zone holds now. */
export function dnsRecords(snapshot: Snapshot): ZoneRecord[] {
  return zone(snapshot);
}

/** Rows of the table: record, type, value, seconds, the Service that it comes from. */
export function dnsRows(records: readonly ZoneRecord[]): string[][] {
  return records.map(({ name, type, data, ttl, service }) => [
    name,
    type,
    data,
    String(ttl),
    service ? `${service.namespace}/${service.name}` : "<none>",
  ]);
}

/** The same as an RFC 1035 zone file. */
export function dnsZoneFile(records: readonly ZoneRecord[]): string {
  return zoneFile(records);
}
