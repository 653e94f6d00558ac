import { emitYaml } from "../api/encoding/yaml-emit.ts";
import type { JsonObject } from "../api/json.ts";
import { notSimulated } from "../api/status.ts";
import { textMap } from "./annotations.ts";
import type { FieldSpec } from "./field-spec.ts";
import { generate } from "./generate.ts";
import { gvkText, idText } from "./ids.ts";
import { imageTransformer } from "./images.ts";
import { gvkGiven } from "./kustomization.ts";
import { type Origin, pluginOrigin } from "./origin.ts";
import { json6902Transformer, patchTransformer, strategicMergeTransformer } from "./patches.ts";
import { KustomizeError, prefixed } from "./problem.ts";
import { readReplacements, replacementTransformer } from "./replacements.ts";
import type { ResMap } from "./res-map.ts";
import type { Resource } from "./resource.ts";
import type { Target } from "./target.ts";
import {
  affixTransformer,
  entryTransformer,
  type NamespaceOptions,
  namespaceTransformer,
  replicaTransformer,
  type Transformer,
} from "./transform.ts";
import type { GeneratorArgs, ImageArgs, PatchArgs, ReplacementArgs, ReplicaArgs, SelectorArgs } from "./types.ts";
import { toJson } from "./yaml/json.ts";

export interface GeneratorStep {
  generate(): Resource[];
  origin: Origin | undefined;
}

export interface TransformerStep {
  transform: Transformer;
  origin: Origin | undefined;
}

/** What an object of the apiVersion `builtin` may say, whatever its kind. */
interface PluginConfig {
  metadata?: { name?: string; namespace?: string };
  prefix?: string;
  suffix?: string;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  fieldSpecs?: Partial<FieldSpec>[];
  unsetOnly?: boolean;
  setRoleBindingSubjects?: string;
  imageTag?: ImageArgs;
  replica?: ReplicaArgs;
  target?: SelectorArgs;
  path?: string;
  jsonOp?: string;
  paths?: string[];
  patches?: string;
  replacements?: ReplacementArgs[];
}

type Factory = (
  config: PluginConfig,
  specs: FieldSpec[],
  target: Target,
  yaml: string,
) => Transformer | Promise<Transformer>;

const TRANSFORMERS: Readonly<Record<string, Factory>> = {
  PrefixTransformer: ({ prefix = "" }, specs) => affixTransformer({ prefix }, specs),
  SuffixTransformer: ({ suffix = "" }, specs) => affixTransformer({ suffix }, specs),
  PrefixSuffixTransformer: ({ prefix = "", suffix = "" }, specs) => {
    const both = [affixTransformer({ prefix }, specs), affixTransformer({ suffix }, specs)];
    return (map) => {
      for (const transform of both) transform(map);
    };
  },
  LabelTransformer: ({ labels }, specs) => entryTransformer(textMap(labels), specs),
  AnnotationsTransformer: ({ annotations }, specs) => entryTransformer(textMap(annotations), specs),
  NamespaceTransformer: ({ metadata, unsetOnly = false, setRoleBindingSubjects }, specs) =>
    namespaceTransformer(metadata?.namespace ?? "", specs, {
      unsetOnly,
      subjects: subjectMode(setRoleBindingSubjects),
    }),
  ImageTagTransformer: ({ imageTag = {} }, specs) => imageTransformer(imageTag, specs),
  ReplicaCountTransformer: ({ replica: { name = "", count = 0 } = {} }, specs) =>
    replicaTransformer(name, count, specs),
  PatchTransformer: (config, _, { loader, session }, yaml) =>
    patchTransformer(config as PatchArgs, loader, session.schemas.of, yaml),
  PatchJson6902Transformer: ({ target, path, jsonOp }, _, { loader }) =>
    json6902Transformer({ target, path, patch: jsonOp } as PatchArgs, loader),
  PatchStrategicMergeTransformer: (config, _, { loader, session }) =>
    strategicMergeTransformer(config, loader, session.schemas.of),
  ReplacementTransformer: async ({ replacements = [] }, _, { loader }) =>
    replacementTransformer(await readReplacements(replacements, loader)),
};

const GENERATORS = ["ConfigMapGenerator", "SecretGenerator"];
const NOT_SIMULATED = ["HashTransformer", "ValueAddTransformer", "IAMPolicyGenerator", "HelmChartInflationGenerator"];

function subjectMode(given = ""): NonNullable<NamespaceOptions["subjects"]> {
  if (given === "" || given === "defaultOnly") return "defaultOnly";
  if (given === "allServiceAccounts" || given === "none") return given;
  throw new KustomizeError(
    `invalid value ${JSON.stringify(given)} for setRoleBindingSubjects: must be one of "defaultOnly", "none" or "allServiceAccounts"`,
  );
}

/** Whether kustomize has the plugin itself; it throws for what it has not. Models loadAndConfigurePlugin. */
function checkBuiltin(plugin: Resource, { session }: Target): string {
  const { gvk, kind } = plugin;
  if (gvk.group !== "" || gvk.version !== "builtin") {
    if (session.options.plugins) throw notSimulated("kustomize plugins");
    throw new KustomizeError(`external plugins disabled; unable to load external plugin '${kind}'`);
  }
  if (NOT_SIMULATED.includes(kind)) throw notSimulated(`kustomize's ${kind}`);
  if (!Object.hasOwn(TRANSFORMERS, kind) && !GENERATORS.includes(kind))
    throw new KustomizeError(`unable to load builtin ${gvkText(gvk)}`);
  return kind;
}

/** The transformers that objects configure. Throws KustomizeError. Models LoadTransformers. */
export async function pluginTransformers(configs: ResMap, target: Target): Promise<TransformerStep[]> {
  const steps: TransformerStep[] = [];
  for (const plugin of configs.list) {
    const kind = checkBuiltin(plugin, target);
    const make = TRANSFORMERS[kind];
    if (make === undefined) throw new KustomizeError(`plugin ${idText(plugin.originalId)} not a transformer`);
    const json = toJson(plugin.node) as JsonObject;
    const config = json as unknown as PluginConfig;
    const specs = (config.fieldSpecs ?? []).map((spec) => ({
      ...gvkGiven(spec),
      path: spec.path ?? "",
      create: spec.create ?? false,
    }));
    try {
      steps.push({ transform: await make(config, specs, target, emitYaml(json)), origin: pluginOrigin(plugin) });
    } catch (error) {
      throw prefixed(error, `plugin ${idText(plugin.originalId)} fails configuration`);
    }
  }
  return steps;
}

/** The generators that objects configure. Throws KustomizeError. Models LoadGenerators. */
export function pluginGenerators(configs: ResMap, target: Target): GeneratorStep[] {
  return configs.list.map((plugin) => {
    try {
      const kind = checkBuiltin(plugin, target);
      if (!GENERATORS.includes(kind)) throw new KustomizeError(`plugin ${idText(plugin.originalId)} not a generator`);
      const config = toJson(plugin.node) as unknown as GeneratorArgs & PluginConfig;
      const { name = plugin.name, namespace = plugin.namespace } = config;
      const what = kind === "SecretGenerator" ? "Secret" : "ConfigMap";
      const args = { ...config, name, namespace };
      return { generate: () => [generate(what, args, target.loader)], origin: pluginOrigin(plugin) };
    } catch (error) {
      throw prefixed(error, "failed to load generator");
    }
  });
}
