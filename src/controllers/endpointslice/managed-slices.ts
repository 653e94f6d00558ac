import { byLabel, type IndexedSnapshot } from "../../api/indexes.ts";
import { MANAGED_BY, SERVICE_NAME } from "../../api/kinds/endpointslice/marks.ts";
import type { KubeObject } from "../../api/object.ts";
import type { EndpointSlice } from "../../api/types/discovery.ts";

export const SLICES = "endpointslices.discovery.k8s.io";

export const isManagedBy = (manager: string, { metadata }: KubeObject) => metadata.labels?.[MANAGED_BY] === manager;

/** The slices of a Service that a controller keeps: nobody else's are touched. */
export function managedSlices(
  manager: string,
  snapshot: IndexedSnapshot,
  namespace: string,
  service: string,
): EndpointSlice[] {
  return snapshot
    .listBy<EndpointSlice>(SLICES, byLabel, `${SERVICE_NAME}=${service}`)
    .filter((slice) => slice.metadata.namespace === namespace && isManagedBy(manager, slice));
}
