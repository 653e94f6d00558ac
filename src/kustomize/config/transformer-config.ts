import { type FieldSpec, mergeSpecs } from "../field-spec.ts";
import { type Gvk, gvkEquals } from "../ids.ts";
import { within } from "../problem.ts";
import { DEFAULT_SPECS, NAME_REFERENCES } from "./defaults.ts";

/** Objects of a kind, and the fields of others that hold their names. Models NameBackReferences. */
export interface NameReference extends Gvk {
  fieldSpecs: FieldSpec[];
}

/** The places for everything that is changed everywhere. Models api/internal/plugins/builtinconfig TransformerConfig. */
export interface TransformerConfig {
  namePrefix: FieldSpec[];
  nameSuffix: FieldSpec[];
  namespace: FieldSpec[];
  commonLabels: FieldSpec[];
  labels: FieldSpec[];
  templateLabels: FieldSpec[];
  commonAnnotations: FieldSpec[];
  nameReference: NameReference[];
  varReference: FieldSpec[];
  images: FieldSpec[];
  replicas: FieldSpec[];
}

/** What a failure to merge calls each list, in the order in which they are merged. */
const NAMES: Readonly<Record<Exclude<keyof TransformerConfig, "nameReference">, string>> = {
  namePrefix: "NamePrefix",
  nameSuffix: "NameSuffix",
  namespace: "NameSpace",
  commonAnnotations: "CommonAnnotations",
  commonLabels: "CommonLabels",
  labels: "Labels",
  templateLabels: "TemplateLabels",
  varReference: "VarReference",
  images: "Images",
  replicas: "Replicas",
};

const LISTS = Object.keys(NAMES) as (keyof typeof NAMES)[];

export function emptyConfig(): TransformerConfig {
  const lists = Object.fromEntries(LISTS.map((name) => [name, []])) as unknown as Omit<
    TransformerConfig,
    "nameReference"
  >;
  return { ...lists, nameReference: [] };
}

/** Models MakeDefaultConfig. */
export function defaultConfig(): TransformerConfig {
  const config = emptyConfig();
  for (const [name, lines] of Object.entries(DEFAULT_SPECS)) config[name as keyof typeof NAMES] = specsOf(lines);
  config.commonLabels.push(...specsOf(DEFAULT_SPECS.templateLabels));
  for (const block of NAME_REFERENCES.trim().split("> ").slice(1)) {
    const [target = "", ...lines] = block.trim().split("\n");
    config.nameReference.push({ ...gvkFrom(target), fieldSpecs: specsOf(lines.join("\n")) });
  }
  return sorted(config);
}

function specsOf(lines: string): FieldSpec[] {
  return lines
    .trim()
    .split("\n")
    .flatMap((line) => {
      const [kinds = "", path = "", create] = line.split(" ");
      return kinds.split(",").map((kind) => ({ ...gvkFrom(kind), path, create: create !== undefined }));
    });
}

/** `v1:apps/Deployment`; all parts but the kind may be missing. */
function gvkFrom(text: string): Gvk {
  const colon = text.indexOf(":");
  const slash = text.lastIndexOf("/");
  const kind = text.slice(Math.max(colon, slash) + 1);
  return {
    version: colon < 0 ? "" : text.slice(0, colon),
    group: slash < 0 ? "" : text.slice(colon + 1, slash),
    kind: kind === "*" ? "" : kind,
  };
}

const FIRST =
  "Namespace ResourceQuota StorageClass CustomResourceDefinition ServiceAccount PodSecurityPolicy Role ClusterRole RoleBinding ClusterRoleBinding ConfigMap " +
  "Secret Endpoints Service LimitRange PriorityClass PersistentVolume PersistentVolumeClaim Deployment StatefulSet CronJob PodDisruptionBudget";

/** The kinds that come first, and those that come last. Models orderFirst and orderLast of kyaml resid and of SortOrderTransformer. */
export const ORDER_FIRST: readonly string[] = FIRST.split(" ");
export const ORDER_LAST: readonly string[] = ["MutatingWebhookConfiguration", "ValidatingWebhookConfiguration"];

/** Where a kind stands: before 0, at it, or behind it. */
export function kindRank(kind: string, first: readonly string[], last: readonly string[]): number {
  const behind = last.lastIndexOf(kind);
  if (behind >= 0) return behind + 1;
  const before = first.lastIndexOf(kind);
  return before < 0 ? 0 : before - first.length;
}

/** `~G_v1_Pod`: what kinds are sorted by. Models legacyGVKSortString and stableSortString. */
export function gvkSortText({ group, version, kind }: Gvk): string {
  return `${group || "~G"}_${version || "~V"}_${kind || "~K"}`;
}

function compareGvks(a: Gvk, b: Gvk): number {
  const byRank = kindRank(a.kind, ORDER_FIRST, ORDER_LAST) - kindRank(b.kind, ORDER_FIRST, ORDER_LAST);
  if (byRank !== 0) return byRank;
  const [x, y] = [gvkSortText(a), gvkSortText(b)];
  return x < y ? -1 : x > y ? 1 : 0;
}

function sorted(config: TransformerConfig): TransformerConfig {
  for (const name of LISTS) config[name].sort(compareGvks);
  config.nameReference.sort(compareGvks);
  return config;
}

/** All that both say. Throws KustomizeError when they contradict. Models TransformerConfig.Merge. */
export function mergeConfigs(config: TransformerConfig, added: TransformerConfig): TransformerConfig {
  const merged = emptyConfig();
  for (const name of LISTS)
    merged[name] = within(`failed to merge ${NAMES[name]} fieldSpec`, () => mergeSpecs(config[name], added[name]));
  merged.nameReference = within("failed to merge NameReference fieldSpec", () =>
    added.nameReference.reduce<NameReference[]>(mergeReference, [...config.nameReference]),
  );
  return sorted(merged);
}

/** Models nbrSlice.mergeOne. */
export function mergeReference(all: readonly NameReference[], added: NameReference): NameReference[] {
  if (!all.some((reference) => gvkEquals(reference, added))) return [...all, added];
  return all.map((reference) =>
    gvkEquals(reference, added)
      ? { ...reference, fieldSpecs: mergeSpecs(reference.fieldSpecs, added.fieldSpecs) }
      : reference,
  );
}

/** The config that a file adds, its lists in order. */
export function configFrom(lists: Partial<TransformerConfig>): TransformerConfig {
  return sorted({ ...emptyConfig(), ...lists });
}
