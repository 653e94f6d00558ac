import type { ObjectMeta } from "../../object.ts";

/** The label by which an EndpointSlice belongs to a Service of its namespace. */
export const SERVICE_NAME = "kubernetes.io/service-name";

/** The name of the Service that a slice belongs to. */
export const serviceNameOf = ({ metadata }: { metadata: Pick<ObjectMeta, "labels"> }): string | undefined =>
  metadata.labels?.[SERVICE_NAME];
