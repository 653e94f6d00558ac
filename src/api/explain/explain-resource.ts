import { apiVersionOf, type KindInfo, kinds, resourceKey } from "../registry.ts";
import { resourcesFor } from "../resource-names.ts";
import { loadSchema } from "../schema/load.ts";
import { explain } from "./explain.ts";

/**
 * `kubectl explain` of `svc.spec.ports` or `deployments.apps.spec`. `output` goes to stdout even when there is an `error` (without `error: `) to end with;
 * `unknown` is what is no resource.
 * Models kubectl pkg/cmd/explain/explain.go and pkg/explain/explain.go.
 * @param format of `--output`: `plaintext`, `plaintext-openapiv2`
 * @param apiVersion of `--api-version`, "" for none
 */
export async function explainResource(
  argument: string,
  apiVersion: string,
  recursive: boolean,
  format = "plaintext",
): Promise<{ output: string; error?: string; unknown?: string }> {
  const [resource = "", ...path] = argument.split(".");
  const matches = resourcesFor(resource);
  const [first] = matches;
  if (!first) return { output: "", unknown: resource };
  const prefixed = apiVersion ? undefined : matches.find((info) => argument.startsWith(resourceKey(info)));
  const info = prefixed ?? first;
  const fieldPath = prefixed ? argument.slice(resourceKey(prefixed).length).split(".").slice(1) : path;
  if (fieldPath.some((name) => /[^\w-]/.test(name)))
    return { output: "", error: "invalid jsonpath syntax, first node must be field node" };
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
