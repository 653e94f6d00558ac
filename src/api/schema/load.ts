import { notSimulated } from "../status.ts";
import { schemaFilesOf } from "./go-types.ts";
import type { KindSchema, SchemaNode } from "./node.ts";
import { TableFiles } from "./table-files.ts";

interface DefinitionsFile {
  uses: readonly string[];
  definitions: Readonly<Record<string, string>>;
}

const FILES = new TableFiles<DefinitionsFile>({
  admissionregistration: () => import("./openapi/admissionregistration.ts"),
  apiextensions: () => import("./openapi/apiextensions.ts"),
  apiregistration: () => import("./openapi/apiregistration.ts"),
  apps: () => import("./openapi/apps.ts"),
  authentication: () => import("./openapi/authentication.ts"),
  authorization: () => import("./openapi/authorization.ts"),
  autoscaling: () => import("./openapi/autoscaling.ts"),
  "autoscaling-v2": () => import("./openapi/autoscaling-v2.ts"),
  batch: () => import("./openapi/batch.ts"),
  certificates: () => import("./openapi/certificates.ts"),
  coordination: () => import("./openapi/coordination.ts"),
  core: () => import("./openapi/core.ts"),
  "core-more": () => import("./openapi/core-more.ts"),
  discovery: () => import("./openapi/discovery.ts"),
  events: () => import("./openapi/events.ts"),
  flowcontrol: () => import("./openapi/flowcontrol.ts"),
  meta: () => import("./openapi/meta.ts"),
  networking: () => import("./openapi/networking.ts"),
  "networking-more": () => import("./openapi/networking-more.ts"),
  node: () => import("./openapi/node.ts"),
  policy: () => import("./openapi/policy.ts"),
  rbac: () => import("./openapi/rbac.ts"),
  resource: () => import("./openapi/resource.ts"),
  scheduling: () => import("./openapi/scheduling.ts"),
  storage: () => import("./openapi/storage.ts"),
});

const parsed = new Map<string, SchemaNode>();

/** A definition of the files that are loaded. Nodes are shared: nobody changes them. */
function resolve(name: string): SchemaNode | undefined {
  const known = parsed.get(name);
  if (known) return known;
  for (const { definitions } of FILES.all()) {
    if (!Object.hasOwn(definitions, name)) continue;
    const node = JSON.parse(definitions[name]!) as SchemaNode;
    parsed.set(name, node);
    return node;
  }
  return undefined;
}

/**
 * The OpenAPI schema of a kind in one version (a `KindInfo` is such a reference), with the definitions that it refers to. Loads the files of its group and of
 * those that it refers to. @throws ApiError NotSimulated when there is no such kind
 */
export async function loadSchema(ref: { group: string; version: string; kind: string }): Promise<KindSchema> {
  const id = `${ref.group}/${ref.version}/${ref.kind}`;
  const known = schemas.get(id);
  if (known) return known;
  const schema = await findSchema(ref);
  schemas.set(id, schema);
  return schema;
}

const schemas = new Map<string, KindSchema>();

async function findSchema(ref: { group: string; version: string; kind: string }): Promise<KindSchema> {
  for (const file of schemaFilesOf(ref.group, ref.version)) {
    await FILES.load(file);
    const name = Object.keys(FILES.get(file)?.definitions ?? {}).find((key) => key.endsWith(`.${ref.kind}`));
    if (name !== undefined) return { name, root: resolve(name)!, resolve };
  }
  throw notSimulated(`${ref.kind} in version ${ref.group ? `${ref.group}/` : ""}${ref.version}`);
}
