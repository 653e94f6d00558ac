import type { Json, JsonObject } from "../../api/json.ts";
import { setKey } from "../../api/json.ts";
import { apiVersionOf, type KindInfo, kinds } from "../../api/registry.ts";
import { ApiError } from "../../api/status.ts";

/** Which documents there are (`/openapi/v3`), or one group version's: its paths with the queries that a patch takes, without schemas. */
export function openApi(pathname: string): Json {
  const wanted = pathname.replace(/^\/openapi\/v3\/?/, "");
  const versions = new Map<string, [KindInfo, string][]>();
  for (const info of kinds)
    for (const version of info.versions) {
      const path = info.group === "" ? `api/${version}` : `apis/${info.group}/${version}`;
      versions.set(path, [...(versions.get(path) ?? []), [info, version]]);
    }
  if (wanted === "") {
    const paths: JsonObject = {};
    for (const path of versions.keys()) setKey(paths, path, { serverRelativeURL: `/openapi/v3/${path}` });
    return { paths };
  }
  const served = versions.get(wanted);
  if (!served)
    throw new ApiError({ reason: "NotFound", code: 404, message: "the server could not find the requested resource" });
  const paths: JsonObject = {};
  for (const [info, version] of served) setKey(paths, pathOf(info, wanted), operations(info, version));
  return { openapi: "3.0.0", info: { title: "Kubernetes", version: "v1.36.2" }, paths, components: { schemas: {} } };
}

function pathOf(info: KindInfo, base: string): string {
  return `/${base}${info.namespaced ? "/namespaces/{namespace}" : ""}/${info.resource}/{name}`;
}

function operations(info: KindInfo, version: string): JsonObject {
  const query = (name: string): JsonObject => ({ name, in: "query", schema: { type: "string", uniqueItems: true } });
  const kind = { group: info.group, version: apiVersionOf(info, version).replace(/^.*\//, ""), kind: info.kind };
  return {
    patch: {
      "x-kubernetes-action": "patch",
      "x-kubernetes-group-version-kind": kind,
      parameters: ["dryRun", "fieldManager", "fieldValidation", "force"].map(query),
      responses: {},
    },
  };
}
