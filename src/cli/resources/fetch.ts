import { ApiError } from "../../api/status.ts";
import { requireName } from "./helper.ts";
import type { FindContext } from "./query.ts";
import type { ResourceInfo } from "./visitor.ts";

/** Asks the server for what `info` names. Models cli-runtime's Info.Get, which looks for the namespace when there is no object. */
export async function fetchObject(
  info: ResourceInfo,
  query: { tables?: boolean; sorted?: boolean },
  { client }: Pick<FindContext, "client">,
): Promise<void> {
  const { mapping, namespace, name, subresource } = info;
  if (!mapping) throw new TypeError("a local object cannot be fetched");
  requireName(name);
  try {
    if (query.tables && (subresource === "" || subresource === "status")) {
      info.table = await client.getTable(mapping.resource, namespace, name, wholeRows(query));
    } else {
      info.object = await client.get(mapping.resource, namespace, name, subresource === "" ? {} : { subresource });
      info.resourceVersion = info.object.metadata.resourceVersion ?? "";
    }
  } catch (error) {
    if (error instanceof ApiError && error.reason === "NotFound" && namespace !== "" && namespace !== "default") {
      try {
        await client.get("namespaces", "", namespace);
      } catch (second) {
        if (second instanceof ApiError && second.reason === "NotFound") throw second;
      }
    }
    throw error;
  }
}

/** What is asked of a table whose rows are sorted. Models kubectl pkg/cmd/get/get.go (transformRequests). */
export function wholeRows({ sorted }: { sorted?: boolean }): { includeObject?: "Object" } {
  return sorted ? { includeObject: "Object" } : {};
}
