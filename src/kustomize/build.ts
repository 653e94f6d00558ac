import { emitYaml } from "../api/encoding/yaml-emit.ts";
import type { Files } from "../platform/platform.ts";
import { ORIGIN, TRANSFORMATIONS } from "./annotations.ts";
import { Loader } from "./loader.ts";
import { KustomizeError } from "./problem.ts";
import type { ResMap } from "./res-map.ts";
import type { Resource } from "./resource.ts";
import { Schemas } from "./schema/schemas.ts";
import { sortResources } from "./sort.ts";
import { type Session, Target } from "./target.ts";
import { entryTransformer } from "./transform.ts";
import { goSyntax, toJson } from "./yaml/json.ts";

export interface BuildOptions {
  files: Files;
  /** The working folder, absolute. */
  cwd: string;
  /** Takes a line for stderr. */
  warn(line: string): void;
  /** Takes what kustomize writes with Go's log. */
  log(text: string): void;
  /** `legacy` unless the kustomization says otherwise; `none` keeps the order in which resources were read. */
  reorder: "legacy" | "none" | "unspecified";
  /** Whether files outside of the folder of a kustomization may be read. */
  anywhere?: boolean;
  managedByLabel?: boolean;
  /** Whether plugins and Helm are asked for, which are not simulated. */
  plugins?: boolean;
  helm?: boolean;
}

const VERSION = "v5.8.1";

/**
 * What the kustomization in a folder makes, in order. Throws KustomizeError in kustomize's words, and ApiError for what is not simulated (what would have to be
 * fetched, plugins, Helm). Models krusty Kustomizer.Run.
 */
export async function build(path: string, options: BuildOptions): Promise<Resource[]> {
  const loader = Loader.at(path, { files: options.files, cwd: options.cwd, anywhere: options.anywhere ?? false });
  const session: Session = { options, schemas: new Schemas() };
  const target = await Target.load(loader, session);
  session.schemas.choose(target.kustomization.openapi, loader, true);
  const map = await target.build();
  const { sortOptions, buildMetadata = [] } = target.kustomization;
  if (sortOptions !== undefined) {
    if (options.reorder !== "unspecified") options.log(DOUBLE_ORDER);
    sortResources(map, sortOptions);
  } else if (options.reorder !== "none") sortResources(map, { order: "legacy" });
  if (options.managedByLabel || buildMetadata.includes("managedByLabel")) addManagedBy(map);
  for (const resource of map.list) {
    resource.removeBuildAnnotations();
    if (!buildMetadata.includes("originAnnotations")) resource.removeAnnotation(ORIGIN);
    if (!buildMetadata.includes("transformerAnnotations")) resource.removeAnnotation(TRANSFORMATIONS);
  }
  return map.list;
}

const DOUBLE_ORDER =
  "Warning: Sorting order is set both in 'kustomization.yaml' ('sortOptions') and in a CLI flag ('--reorder'). Using the kustomization file over the CLI flag.";

function addManagedBy(map: ResMap): void {
  const spec = { group: "", version: "", kind: "", path: "metadata/labels", create: true };
  entryTransformer(new Map([["app.kubernetes.io/managed-by", `kustomize-${VERSION}`]]), [spec])(map);
}

/** The YAML of resources, one document each. Throws KustomizeError for what cannot be JSON. Models resmap AsYaml. */
export function resourcesYaml(resources: readonly Resource[]): string {
  return resources.map(resourceYaml).join("---\n");
}

function resourceYaml({ node }: Resource): string {
  try {
    return emitYaml(toJson(node));
  } catch (error) {
    if (!(error instanceof KustomizeError)) throw error;
    // What cannot be decoded is shown as nothing.
    const shown = error.kind === "duplicate-keys" ? "map[string]interface {}(nil)" : goSyntax(node);
    throw new KustomizeError(`${shown}: ${error.message}`);
  }
}
