// Written by hand after sigs.k8s.io/kustomize/api v0.21.1 (types, api/internal/plugins/builtinconfig).
// biome-ignore-all format: one line a type

/** The Go package's name, as error messages have it. */
export const packageName = "types";

/** The files that the types refer to. */
export const uses: readonly string[] = [];

const GVK = "group string ?@";
const gvk = (embedded: string) => `${GVK}${embedded};version string ?@${embedded};kind string ?@${embedded}`;
const resId = `${gvk("ResId.Gvk")};name string ?@ResId;namespace string ?@ResId`;
const pairs = "literals []string ?@GeneratorArgs.KvPairSources;files []string ?@GeneratorArgs.KvPairSources;envs []string ?@GeneratorArgs.KvPairSources;env string ?@GeneratorArgs.KvPairSources";
const generator = `namespace string ?@GeneratorArgs;name string ?@GeneratorArgs;behavior string ?@GeneratorArgs;${pairs};options *GeneratorOptions ?@GeneratorArgs`;
const replacement = (at: string) => `source *SourceSelector ?${at};targets []*TargetSelector ?${at};sourceValue *string ?${at}`;

export const types: Readonly<Record<string, string>> = {
  Kustomization: [
    "kind string ?@TypeMeta;apiVersion string ?@TypeMeta;metadata *ObjectMeta ?;openapi map[string]string ?;namePrefix string ?;nameSuffix string ?;namespace string ?",
    "commonLabels map[string]string ?;labels []Label ?;commonAnnotations map[string]string ?;patchesStrategicMerge []PatchStrategicMerge ?;patchesJson6902 []Patch ?",
    "patches []Patch ?;images []Image ?;imageTags []Image ?;replacements []ReplacementField ?;replicas []Replica ?;vars []Var ?;sortOptions *SortOptions ?",
    "resources []string ?;components []string ?;crds []string ?;bases []string ?;configMapGenerator []ConfigMapArgs ?;secretGenerator []SecretArgs ?",
    "helmGlobals *HelmGlobals ?;helmCharts []HelmChart ?;helmChartInflationGenerator []HelmChartArgs ?;generatorOptions *GeneratorOptions ?",
    "configurations []string ?;generators []string ?;transformers []string ?;validators []string ?;buildMetadata []string ?",
  ].join(";"),
  ObjectMeta: "name string ?;namespace string ?;labels map[string]string ?;annotations map[string]string ?",
  Label: "pairs map[string]string ?;includeSelectors bool ?;includeTemplates bool ?;fields []FieldSpec ?",
  FieldSpec: `${gvk("Gvk")};path string ?;create bool ?`,
  NameBackReferences: `${gvk("Gvk")};fieldSpecs []FieldSpec ?`,
  TransformerConfig: "namePrefix []FieldSpec ?;nameSuffix []FieldSpec ?;namespace []FieldSpec ?;commonLabels []FieldSpec ?;labels []FieldSpec ?;templateLabels []FieldSpec ?;commonAnnotations []FieldSpec ?;nameReference []NameBackReferences ?;varReference []FieldSpec ?;images []FieldSpec ?;replicas []FieldSpec ?",
  PatchStrategicMerge: "=string",
  Patch: "path string ?;patch string ?;target *Selector ?;options *PatchArgs ?",
  PatchArgs: "allowNameChange bool ?;allowKindChange bool ?",
  Selector: `${resId};annotationSelector string ?;labelSelector string ?`,
  Image: "name string ?;newName string ?;tagSuffix string ?;newTag string ?;digest string ?",
  ReplacementField: `${replacement("@Replacement")};path string ?`,
  Replacement: replacement(""),
  SourceSelector: `${resId};fieldPath string ?;options *FieldOptions ?`,
  TargetSelector: "select *Selector;reject []*Selector ?;fieldPaths []string ?;options *FieldOptions ?",
  FieldOptions: "delimiter string ?;index int ?;encoding string ?;create bool ?",
  Replica: "name string ?;count int64",
  Var: "name string;objref Target;fieldref FieldSelector ?",
  Target: `apiVersion string ?;${gvk("Gvk")};name string;namespace string ?`,
  FieldSelector: "fieldPath string ?",
  SortOptions: "order SortOrder ?;legacySortOptions *LegacySortOptions ?",
  SortOrder: "=string",
  LegacySortOptions: "orderFirst []string;orderLast []string",
  ConfigMapArgs: generator,
  SecretArgs: `${generator};type string ?`,
  GeneratorOptions: "labels map[string]string ?;annotations map[string]string ?;disableNameSuffixHash bool ?;immutable bool ?",
  HelmGlobals: "chartHome string ?;configHome string ?",
  HelmChart: "name string ?;version string ?;repo string ?;releaseName string ?;namespace string ?;additionalValuesFiles []string ?;valuesFile string ?;valuesInline Free ?;valuesMerge string ?;includeCRDs bool ?;skipHooks bool ?;apiVersions []string ?;kubeVersion string ?;nameTemplate string ?;skipTests bool ?;debug bool ?;devel bool ?",
  HelmChartArgs: "chartName string ?;chartVersion string ?;chartRepoUrl string ?;chartHome string ?;chartRepoName string ?;helmBin string ?;helmHome string ?;values string ?;valuesLocal Free ?;valuesMerge string ?;releaseName string ?;releaseNamespace string ?;extraArgs []string ?",
  Free: "!Free",
};
