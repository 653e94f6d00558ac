import { getKey, isObject, type Json, type JsonObject } from "../../api/json.ts";
import type { FieldSpec } from "../field-spec.ts";
import { mergeSpec } from "../field-spec.ts";
import { type Gvk, NO_GVK } from "../ids.ts";
import { yamlToJson } from "../kustomization.ts";
import type { Loader } from "../loader.ts";
import { within } from "../problem.ts";
import { emptyConfig, mergeConfigs, mergeReference, type TransformerConfig } from "./transformer-config.ts";

/**
 * The places that OpenAPI definitions of custom resources name, by extensions of their properties. Throws KustomizeError. Models accumulator
 * LoadConfigFromCRDs.
 */
export function crdConfig(paths: readonly string[], loader: Loader): TransformerConfig {
  let config = emptyConfig();
  for (const path of paths) {
    const text = loader.loadText(path);
    const document = within(`unable to parse open API definition from '${path}'`, () => yamlToJson(text));
    const definitions = isObject(document) ? document : {};
    for (const name of Object.keys(definitions)) {
      const properties = propertiesOf(definitions, name);
      if (!["kind", "apiVersion", "metadata"].every((field) => Object.hasOwn(properties, field))) continue;
      const gvk = { ...NO_GVK, kind: name.split(".").at(-1)! };
      const added = emptyConfig();
      addPlaces(added, gvk, definitions, name, []);
      config = mergeConfigs(config, added);
    }
  }
  return config;
}

function member(value: Json | undefined, key: string): JsonObject {
  const found = isObject(value) ? getKey(value, key) : undefined;
  return isObject(found) ? found : {};
}

function propertiesOf(definitions: JsonObject, name: string): JsonObject {
  return member(member(member(definitions, name), "Schema"), "properties");
}

/** Definitions may refer to one another in circles. */
const DEEPEST = 50;

function addPlaces(config: TransformerConfig, gvk: Gvk, definitions: JsonObject, name: string, path: string[]): void {
  const properties = propertiesOf(definitions, name);
  for (const [field, property] of Object.entries(properties)) {
    if (!isObject(property)) continue;
    const text = (key: string) => {
      const value = getKey(property, key);
      return typeof value === "string" ? value : undefined;
    };
    const spec = (...more: string[]): FieldSpec => ({
      ...gvk,
      path: [...path, field, ...more].join("/"),
      create: false,
    });
    if (text("x-kubernetes-annotation") !== undefined)
      config.commonAnnotations = mergeSpec(config.commonAnnotations, spec());
    if (text("x-kubernetes-label-selector") !== undefined) config.commonLabels = mergeSpec(config.commonLabels, spec());
    if (text("x-kubernetes-identity") !== undefined) config.namePrefix = mergeSpec(config.namePrefix, spec());
    const [version, kind] = [text("x-kubernetes-object-ref-api-version"), text("x-kubernetes-object-ref-kind")];
    if (version !== undefined && kind !== undefined) {
      const nameKey = text("x-kubernetes-object-ref-name-key") ?? "name";
      const reference = { ...NO_GVK, kind, version, fieldSpecs: [spec(nameKey)] };
      config.nameReference = mergeReference(config.nameReference, reference);
    }
    const ref = text("$ref");
    if (ref !== undefined && path.length < DEEPEST) addPlaces(config, gvk, definitions, ref, [...path, field]);
  }
}
