import { apiVersionOf, type KindInfo, kinds, resourceKey } from "../registry.ts";
import { resourcesFor } from "../resource-names.ts";
import { loadSchema } from "../schema/load.ts";
import { explain } from "./explain.ts";

const NO_FIELD = "invalid jsonpath syntax, first node must be field node";

/**
 * `kubectl explain` of `svc.spec.ports` or `deployments.apps.spec`. `output` goes to stdout even when there is an `error` (without `error: `) to end with;
 * `unknown` is what is no resource.
 * Models kubectl pkg/cmd/explain/explain.go and pkg/explain/explain.go.
 * @param format of `--output`: `plaintext`, `plaintext-openapiv2`
 * @param fieldsOf reads a path as jsonpath does: undefined is a node that is no field's name
 * @param apiVersion of `--api-version`, "" for none
 */
export async function explainResource(
  argument: string,
  apiVersion: string,
  recursive: boolean,
  format: string,
  fieldsOf: (path: string) => (string | undefined)[],
): Promise<{ output: string; error?: string; unknown?: string }> {
  const [resource, ...path] = fieldsOf(argument);
  if (resource === undefined) return { output: "", error: NO_FIELD };
  const matches = resourcesFor(resource);
  const [first] = matches;
  if (!first) return { output: "", unknown: resource };
  const prefixed = apiVersion ? undefined : matches.find((info) => argument.startsWith(resourceKey(info)));
  const info = prefixed ?? first;
  const rest = prefixed ? argument.slice(resourceKey(prefixed).length) : undefined;
  const found = rest === undefined ? path : rest === "" ? [] : fieldsOf(rest).slice(1);
  const fieldPath = found.filter((name) => name !== undefined);
  if (fieldPath.length < found.length)
    return { output: "", error: apiVersion ? "invalid jsonpath syntax, all nodes must be field nodes" : NO_FIELD };
  const target = apiVersion ? inVersion(info, apiVersion) : { info, version: info.version };
  if (typeof target === "string") return { output: "", error: target };
  if (format !== "plaintext" && format !== "plaintext-openapiv2") {
    return { output: "", error: `unrecognized format: ${format}` };
  }
  const { group, kind } = target.info;
  const schema = await loadSchema({ group, version: target.version, kind });
  const { descriptions } = await import("./descriptions.ts");
  const request = { schema, group, version: target.version, kind, fieldPath, recursive, descriptions };
  if (format === "plaintext") return explain(request);
  return (await import("./explain-v2.ts")).explainV2(request);
}

/** The resource of the same name in another group and version; a text: what is wrong. */
function inVersion(info: KindInfo, apiVersion: string): { info: KindInfo; version: string } | string {
  const version = apiVersion.slice(apiVersion.indexOf("/") + 1);
  const served = kinds.filter((it) => it.versions.includes(version) && apiVersionOf(it, version) === apiVersion);
  const gvr = `${apiVersion.includes("/") ? apiVersion : `/${apiVersion}`}, Resource=${info.resource}`;
  if (served.length === 0) return `couldn't find resource for "${gvr}"`;
  const found = served.find((it) => it.resource === info.resource);
  return found ? { info: found, version } : `GVR (${gvr}) not found in OpenAPI schema`;
}
