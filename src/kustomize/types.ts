import type { JsonObject } from "../api/json.ts";
import type { FieldSpec } from "./field-spec.ts";

/** What a kustomization file may say. Models api/types; a field that is not said is not there. */
export interface Kustomization {
  kind?: string;
  apiVersion?: string;
  metadata?: JsonObject;
  openapi?: Record<string, string>;
  namePrefix?: string;
  nameSuffix?: string;
  namespace?: string;
  commonLabels?: Record<string, string>;
  labels?: LabelArgs[];
  commonAnnotations?: Record<string, string>;
  patchesStrategicMerge?: string[];
  patchesJson6902?: PatchArgs[];
  patches?: PatchArgs[];
  images?: ImageArgs[];
  imageTags?: ImageArgs[];
  replacements?: ReplacementArgs[];
  replicas?: ReplicaArgs[];
  vars?: VarArgs[];
  sortOptions?: SortArgs;
  resources?: string[];
  components?: string[];
  crds?: string[];
  bases?: string[];
  configMapGenerator?: GeneratorArgs[];
  secretGenerator?: GeneratorArgs[];
  helmGlobals?: JsonObject;
  helmCharts?: JsonObject[];
  helmChartInflationGenerator?: JsonObject[];
  generatorOptions?: GeneratorOptions;
  configurations?: string[];
  generators?: string[];
  transformers?: string[];
  validators?: string[];
  buildMetadata?: string[];
}

export interface LabelArgs {
  pairs?: Record<string, string>;
  includeSelectors?: boolean;
  includeTemplates?: boolean;
  fields?: Partial<FieldSpec>[];
}

export interface SelectorArgs {
  group?: string;
  version?: string;
  kind?: string;
  name?: string;
  namespace?: string;
  annotationSelector?: string;
  labelSelector?: string;
}

export interface PatchArgs {
  path?: string;
  patch?: string;
  target?: SelectorArgs;
  options?: { allowNameChange?: boolean; allowKindChange?: boolean };
}

export interface ImageArgs {
  name?: string;
  newName?: string;
  tagSuffix?: string;
  newTag?: string;
  digest?: string;
}

export interface ReplicaArgs {
  name?: string;
  count?: number;
}

export interface FieldOptions {
  delimiter?: string;
  index?: number;
  create?: boolean;
}

export interface SourceArgs extends SelectorArgs {
  fieldPath?: string;
  options?: FieldOptions;
}

export interface TargetArgs {
  select?: SelectorArgs;
  reject?: SelectorArgs[];
  fieldPaths?: string[];
  options?: FieldOptions;
}

export interface ReplacementArgs {
  path?: string;
  source?: SourceArgs;
  targets?: TargetArgs[];
  sourceValue?: string;
}

export interface VarArgs {
  name?: string;
  objref?: { apiVersion?: string; group?: string; version?: string; kind?: string; name?: string; namespace?: string };
  fieldref?: { fieldPath?: string };
}

export interface SortArgs {
  order?: string;
  legacySortOptions?: { orderFirst?: string[]; orderLast?: string[] };
}

export interface GeneratorOptions {
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  disableNameSuffixHash?: boolean;
  immutable?: boolean;
}

export interface GeneratorArgs {
  namespace?: string;
  name?: string;
  behavior?: string;
  literals?: string[];
  files?: string[];
  envs?: string[];
  env?: string;
  options?: GeneratorOptions;
  /** Of a Secret. */
  type?: string;
}
