import type { ObjectMeta } from "../../object.ts";

/** The label by which an EndpointSlice belongs to a Service of its namespace. */
export const SERVICE_NAME = "kubernetes.io/service-name";

/** The label that names the controller which keeps a slice. */
export const MANAGED_BY = "endpointslice.kubernetes.io/managed-by";

/** The annotation, of slices and Endpoints alike, that says when what they are made from changed. */
export const TRIGGER_TIME = "endpoints.kubernetes.io/last-change-trigger-time";

/** The name of the Service that a slice belongs to. */
export const serviceNameOf = ({ metadata }: { metadata: Pick<ObjectMeta, "labels"> }): string | undefined =>
  metadata.labels?.[SERVICE_NAME];
