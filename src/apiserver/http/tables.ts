import type { Json } from "../../api/json.ts";
import type { HttpRequest, Table } from "../client.ts";

/** True when the first form that the client accepts is a Table. Models apiserver pkg/endpoints/handlers/negotiation. */
export function wantsTable(request: HttpRequest): boolean {
  const [first = ""] = (request.headers.accept ?? "").split(",");
  return first.split(";").some((part) => part.trim() === "as=Table");
}

/** A Table as it is sent: its rows have the metadata alone, unless `includeObject` says otherwise. Models handlers/response.go (asTable). */
export function tableBody(table: Table, request: HttpRequest): Json {
  const include = request.query.get("includeObject") ?? "Metadata";
  const rows = table.rows.map(({ cells, object }) => {
    if (include === "None") return { cells };
    if (include === "Object") return { cells, object };
    return {
      cells,
      object: { kind: "PartialObjectMetadata", apiVersion: "meta.k8s.io/v1", metadata: object.metadata },
    };
  });
  return { ...table, rows } as unknown as Json;
}
