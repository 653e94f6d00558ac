import type { Json } from "../../api/json.ts";
import type { FieldSpec } from "../field-spec.ts";
import { gvkGiven, readTyped, yamlToJson } from "../kustomization.ts";
import type { Loader } from "../loader.ts";
import { prefixed, within } from "../problem.ts";
import { configFrom, defaultConfig, emptyConfig, mergeConfigs, type TransformerConfig } from "./transformer-config.ts";

type SpecArgs = Partial<FieldSpec>;
type ConfigArgs = Partial<Record<Exclude<keyof TransformerConfig, "nameReference">, SpecArgs[]>> & {
  nameReference?: (SpecArgs & { fieldSpecs?: SpecArgs[] })[];
};

/** The built-in places and those of the files that `configurations` names. Throws KustomizeError. Models MakeTransformerConfig. */
export async function configurationFrom(paths: readonly string[], loader: Loader): Promise<TransformerConfig> {
  const config = defaultConfig();
  if (paths.length === 0) return config;
  let added = emptyConfig();
  for (const path of paths) added = mergeConfigs(added, await readConfig(loader.loadText(path)));
  return mergeConfigs(config, added);
}

async function readConfig(text: string): Promise<TransformerConfig> {
  const json = within("error converting YAML to JSON", () => yamlToJson(text));
  const args = json === null ? {} : await readLists(json);
  const { nameReference = [], ...lists } = args;
  const read = Object.entries(lists).map(([name, specs]) => [name, (specs ?? []).map(specOf)]);
  return configFrom({
    ...Object.fromEntries(read),
    nameReference: nameReference.map((reference) => ({
      ...gvkGiven(reference),
      fieldSpecs: (reference.fieldSpecs ?? []).map(specOf),
    })),
  });
}

async function readLists(json: Json): Promise<ConfigArgs> {
  try {
    return await readTyped<ConfigArgs>(json, "TransformerConfig");
  } catch (error) {
    throw prefixed(error, "error unmarshaling JSON: while decoding JSON");
  }
}

function specOf(args: SpecArgs): FieldSpec {
  return { ...gvkGiven(args), path: args.path ?? "", create: args.create ?? false };
}
