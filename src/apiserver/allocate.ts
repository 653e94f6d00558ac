import { byAddress, byNodePort } from "../api/indexes.ts";
import type { KubeObject } from "../api/object.ts";
import { RECORDS, RELEASED_NAME, type ReleasedAddresses } from "../api/records.ts";
import type { Service } from "../api/types/core.ts";
import type { ServiceCIDR } from "../api/types/networking.ts";
import { type AllocationContext, allocateService } from "../network/allocators/service.ts";
import { serviceRanges } from "../network/allocators/service-ranges.ts";
import type { Request } from "./request.ts";

/** Gives a new Service its addresses and ports. Runs before validation, as the real one does. @throws ApiError */
export function allocateOnCreate(request: Request, object: KubeObject): void {
  allocateService(object as Service, undefined, contextOf(request, object));
}

/** The same for a changed Service: what it keeps, gets anew and lets go. @throws ApiError */
export function allocateOnUpdate(request: Request, next: KubeObject, previous: KubeObject): void {
  allocateService(next as Service, previous as Service, contextOf(request, next));
}

/** Allocations are read off the stored Services, by index. */
function contextOf({ world, dryRun }: Request, { metadata }: KubeObject): AllocationContext {
  const { objects, header } = world;
  const key = `${metadata.namespace ?? ""}/${metadata.name ?? ""}`;
  const released = objects.get<ReleasedAddresses>(RECORDS.released, "", RELEASED_NAME)?.times;
  return {
    view: {
      // An IPAddress of a user takes its address too; those that the server makes follow the Services.
      ipTaken(ip) {
        if (objects.listBy("services", byAddress, ip).length > 0) return true;
        const written = objects.get("ipaddresses.networking.k8s.io", "", ip);
        return written !== undefined && written.metadata.labels?.["ipaddress.kubernetes.io/managed-by"] === undefined;
      },
      portTaken: (port) => objects.listBy("services", byNodePort, String(port)).length > 0,
      get ranges() {
        return serviceRanges(objects.list<ServiceCIDR>("servicecidrs.networking.k8s.io"));
      },
    },
    seed: header.seed,
    times: released?.find(([name]) => name === key)?.[1] ?? 0,
    dryRun,
  };
}
