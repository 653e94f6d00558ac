import { emitYaml } from "../api/encoding/yaml-emit.ts";
import { isObject, type Json, type JsonObject, setKey } from "../api/json.ts";
import { notSimulated } from "../api/status.ts";
import { textMap } from "./annotations.ts";
import type { TransformerConfig } from "./config/transformer-config.ts";
import { type FieldSpec, mergeSpec, mergeSpecs } from "./field-spec.ts";
import { generate, mergeOptions } from "./generate.ts";
import { imageTransformer } from "./images.ts";
import { gvkGiven } from "./kustomization.ts";
import { builtinOrigin } from "./origin.ts";
import { json6902Transformer, patchTransformer, strategicMergeTransformer } from "./patches.ts";
import type { GeneratorStep, TransformerStep } from "./plugins.ts";
import { KustomizeError, within } from "./problem.ts";
import { readReplacements, replacementTransformer } from "./replacements.ts";
import type { Target } from "./target.ts";
import {
  affixTransformer,
  entryTransformer,
  namespaceTransformer,
  replicaTransformer,
  type Transformer,
} from "./transform.ts";
import type { LabelArgs } from "./types.ts";

/** JSON without what Go leaves out of a struct that is written. */
function withoutEmpty(value: Json): Json {
  if (Array.isArray(value)) return value.map(withoutEmpty);
  if (!isObject(value)) return value;
  const out: JsonObject = {};
  for (const [key, member] of Object.entries(value)) {
    const isEmpty = member === undefined || member === null || member === "" || member === false || member === 0;
    if (!isEmpty && !(Array.isArray(member) && member.length === 0)) setKey(out, key, withoutEmpty(member as Json));
  }
  return out;
}

/** Runs what makes a step; a failure is told with the config, as YAML. Models configureBuiltinPlugin. */
async function configured<T>(kind: string, args: object, make: (config: string) => T | Promise<T>): Promise<T> {
  const config = emitYaml(withoutEmpty(args as JsonObject));
  try {
    return await make(config);
  } catch (error) {
    if (!(error instanceof KustomizeError)) throw error;
    throw new KustomizeError(`trouble configuring builtin ${kind} with config: \`\n${config}\`: ${error.message}`);
  }
}

/** The generators of the kustomization file's own fields. Throws KustomizeError. Models configureBuiltinGenerators. */
export async function builtinGenerators({
  kustomization,
  loader,
  origin,
  fileName,
  session,
}: Target): Promise<GeneratorStep[]> {
  const { generatorOptions, configMapGenerator = [], secretGenerator = [] } = kustomization;
  const steps: GeneratorStep[] = [];
  for (const [kind, list] of [
    ["ConfigMap", configMapGenerator],
    ["Secret", secretGenerator],
  ] as const)
    for (const args of list) {
      const options = mergeOptions(args.options, generatorOptions);
      const own = options === undefined ? args : { ...args, options };
      steps.push({
        generate: () => [generate(kind, own, loader)],
        origin: builtinOrigin(origin, fileName, `${kind}Generator`),
      });
    }
  const { helmCharts = [], helmChartInflationGenerator = [], helmGlobals, namespace } = kustomization;
  for (const chart of [...helmCharts, ...helmChartInflationGenerator.map(oldChart)])
    await configured("HelmChartInflationGenerator", { ...helmGlobals, namespace, ...chart }, () => {
      if (session.options.helm) throw notSimulated("Helm");
      throw new KustomizeError("must specify --enable-helm");
    });
  return steps;
}

/** Models makeHelmChartFromHca. */
function oldChart(old: JsonObject): JsonObject {
  const { chartName, chartVersion, chartRepoUrl, values, valuesLocal, valuesMerge, releaseName, releaseNamespace } =
    old;
  const chart: JsonObject = { name: chartName ?? "", version: chartVersion ?? "", repo: chartRepoUrl ?? "" };
  const rest = { valuesFile: values, valuesInline: valuesLocal, valuesMerge, releaseName, namespace: releaseNamespace };
  for (const [key, value] of Object.entries(rest)) if (value !== undefined) chart[key] = value;
  return chart;
}

/** What the fields of the kustomization file change, in kustomize's order. Throws KustomizeError. Models configureBuiltinTransformers. */
export async function builtinTransformers(target: Target, config: TransformerConfig): Promise<TransformerStep[]> {
  const { kustomization: k, loader, session } = target;
  const schemas = session.schemas.of;
  const steps: TransformerStep[] = [];
  const add = (kind: string, transform: Transformer) =>
    steps.push({ transform, origin: builtinOrigin(target.origin, target.fileName, kind) });

  if (k.patchesStrategicMerge?.length) {
    const paths = k.patchesStrategicMerge;
    const kind = "PatchStrategicMergeTransformer";
    add(kind, await configured(kind, { paths }, () => strategicMergeTransformer({ paths }, loader, schemas)));
  }
  for (const patch of k.patches ?? []) {
    const make = (text: string) => patchTransformer(patch, loader, schemas, text);
    add("PatchTransformer", await configured("PatchTransformer", patch, make));
  }
  if (k.namespace) add("NamespaceTransformer", namespaceTransformer(k.namespace, config.namespace));
  if (k.namePrefix) add("PrefixTransformer", affixTransformer({ prefix: k.namePrefix }, config.namePrefix));
  if (k.nameSuffix) add("SuffixTransformer", affixTransformer({ suffix: k.nameSuffix }, config.nameSuffix));
  const { labels = [], commonLabels } = k;
  for (const label of labels)
    add("LabelTransformer", entryTransformer(textMap(label.pairs), labelSpecs(label, config)));
  if (labels.length > 0 || Object.keys(commonLabels ?? {}).length > 0)
    add("LabelTransformer", entryTransformer(textMap(commonLabels), config.commonLabels));
  const annotations = textMap(k.commonAnnotations);
  if (annotations.size > 0) add("AnnotationsTransformer", entryTransformer(annotations, config.commonAnnotations));
  for (const { target: selector, path, patch } of k.patchesJson6902 ?? []) {
    const args = { target: selector, path, jsonOp: patch };
    const make = () => json6902Transformer({ target: selector, path, patch } as object, loader);
    add("PatchJson6902Transformer", await configured("PatchJson6902Transformer", args, make));
  }
  for (const { name = "", count = 0 } of k.replicas ?? [])
    add("ReplicaCountTransformer", replicaTransformer(name, count, config.replicas));
  for (const image of k.images ?? []) add("ImageTagTransformer", imageTransformer(image, config.images));
  if (k.replacements?.length) {
    const list = k.replacements;
    const make = () => readReplacements(list, loader);
    const read = await configured("ReplacementTransformer", { Replacements: list }, make);
    add("ReplacementTransformer", replacementTransformer(read));
  }
  return steps;
}

function labelSpecs(
  { fields = [], includeSelectors, includeTemplates }: LabelArgs,
  config: TransformerConfig,
): FieldSpec[] {
  return within("failed to merge labels", () => {
    const own = fields.map((field) => ({ ...gvkGiven(field), path: field.path ?? "", create: field.create ?? false }));
    const specs = mergeSpecs(own, config.labels);
    if (includeSelectors) return mergeSpecs(specs, config.commonLabels);
    const withTemplates = includeTemplates
      ? within("failed to merge template fieldSpec", () => mergeSpecs(specs, config.templateLabels))
      : specs;
    return mergeSpec(withTemplates, { ...gvkGiven(undefined), path: "metadata/labels", create: true });
  });
}
