import type { Schema } from "./schema.ts";

/**
 * What kustomize knows of the fields of Kubernetes 1.21.2, which is the schema that it is built with: only what decides how lists are merged. `field=key` is a
 * list whose items are told apart by that key (by several; without one by their own value), `>T` the type of the items, `field:T` a struct, `field*T` a list
 * that is replaced. Types that say the same have one name. Models kyaml openapi/kubernetesapi/v1_21_2.
 */
const TYPES: Readonly<Record<string, string>> = {
  ObjectMeta: "finalizers= ownerReferences=uid",
  Webhooks: "metadata:ObjectMeta webhooks=name",
  Plain: "metadata:ObjectMeta",
  Container: "env=name ports=containerPort,protocol volumeDevices=devicePath volumeMounts=mountPath",
  EphemeralContainer: "env=name volumeDevices=devicePath volumeMounts=mountPath",
  Ephemeral: "volumeClaimTemplate:Plain",
  Volume: "ephemeral:Ephemeral",
  PodSpec:
    "containers=name>Container ephemeralContainers=name>EphemeralContainer hostAliases=ip imagePullSecrets=name initContainers=name>Container topologySpreadConstraints=topologyKey,whenUnsatisfiable volumes=name>Volume",
  PodTemplateSpec: "metadata:ObjectMeta spec:PodSpec",
  Templated: "template:PodTemplateSpec",
  Status: "conditions=type",
  Workload: "metadata:ObjectMeta spec:Templated status:Status",
  Kustomization: "configMapGenerator=name secretGenerator=name",
  WithConditions: "metadata:ObjectMeta status:Status",
  StatefulSetSpec: "template:PodTemplateSpec volumeClaimTemplates*WithConditions",
  StatefulSet: "metadata:ObjectMeta spec:StatefulSetSpec status:Status",
  JobTemplateSpec: "metadata:ObjectMeta spec:Templated",
  CronJobSpec: "jobTemplate:JobTemplateSpec",
  CronJob: "metadata:ObjectMeta spec:CronJobSpec",
  ComponentStatus: "conditions=type metadata:ObjectMeta",
  NodeSpec: "podCIDRs=",
  NodeStatus: "addresses=type conditions=type",
  Node: "metadata:ObjectMeta spec:NodeSpec status:NodeStatus",
  PodStatus: "conditions=type podIPs=ip",
  Pod: "metadata:ObjectMeta spec:PodSpec status:PodStatus",
  PodTemplate: "metadata:ObjectMeta template:PodTemplateSpec",
  ServiceSpec: "ports=port,protocol",
  Service: "metadata:ObjectMeta spec:ServiceSpec status:Status",
  ServiceAccount: "metadata:ObjectMeta secrets=name",
  CSINodeSpec: "drivers=name",
  CSINode: "metadata:ObjectMeta spec:CSINodeSpec",
};

/** The kinds of each type, by apiVersion. */
const KINDS: Readonly<Record<string, string>> = {
  Webhooks:
    "admissionregistration.k8s.io/v1 MutatingWebhookConfiguration,ValidatingWebhookConfiguration; admissionregistration.k8s.io/v1beta1 MutatingWebhookConfiguration,ValidatingWebhookConfiguration",
  Plain:
    "apps/v1 ControllerRevision; authentication.k8s.io/v1 TokenRequest,TokenReview; authentication.k8s.io/v1beta1 TokenReview; authorization.k8s.io/v1 LocalSubjectAccessReview,SelfSubjectAccessReview,SelfSubjectRulesReview,SubjectAccessReview; authorization.k8s.io/v1beta1 LocalSubjectAccessReview,SelfSubjectAccessReview,SelfSubjectRulesReview,SubjectAccessReview; autoscaling/v1 HorizontalPodAutoscaler,Scale; autoscaling/v2beta1 HorizontalPodAutoscaler; autoscaling/v2beta2 HorizontalPodAutoscaler; certificates.k8s.io/v1 CertificateSigningRequest; certificates.k8s.io/v1beta1 CertificateSigningRequest; coordination.k8s.io/v1 Lease; coordination.k8s.io/v1beta1 Lease; v1 Binding,ConfigMap,Endpoints,Event,LimitRange,PersistentVolume,ResourceQuota,Secret; discovery.k8s.io/v1 EndpointSlice; discovery.k8s.io/v1beta1 EndpointSlice; events.k8s.io/v1 Event; events.k8s.io/v1beta1 Event; extensions/v1beta1 Ingress; flowcontrol.apiserver.k8s.io/v1beta1 FlowSchema,PriorityLevelConfiguration; networking.k8s.io/v1 Ingress,IngressClass,NetworkPolicy; networking.k8s.io/v1beta1 Ingress,IngressClass; node.k8s.io/v1 RuntimeClass; node.k8s.io/v1beta1 RuntimeClass; policy/v1beta1 Eviction,PodSecurityPolicy; rbac.authorization.k8s.io/v1 ClusterRole,ClusterRoleBinding,Role,RoleBinding; rbac.authorization.k8s.io/v1beta1 ClusterRole,ClusterRoleBinding,Role,RoleBinding; scheduling.k8s.io/v1 PriorityClass; scheduling.k8s.io/v1beta1 PriorityClass; storage.k8s.io/v1 CSIDriver,StorageClass,VolumeAttachment; storage.k8s.io/v1beta1 CSIDriver,CSIStorageCapacity,StorageClass,VolumeAttachment; apiextensions.k8s.io/v1 CustomResourceDefinition; apiextensions.k8s.io/v1beta1 CustomResourceDefinition",
  Workload: "apps/v1 DaemonSet,Deployment,ReplicaSet; batch/v1 Job; v1 ReplicationController",
  Kustomization: "kustomize.config.k8s.io/v1beta1 Kustomization",
  StatefulSet: "apps/v1 StatefulSet",
  CronJob: "batch/v1 CronJob; batch/v1beta1 CronJob",
  ComponentStatus: "v1 ComponentStatus",
  WithConditions:
    "v1 Namespace,PersistentVolumeClaim; policy/v1 PodDisruptionBudget; policy/v1beta1 PodDisruptionBudget; apiregistration.k8s.io/v1 APIService; apiregistration.k8s.io/v1beta1 APIService",
  Node: "v1 Node",
  Pod: "v1 Pod",
  PodTemplate: "v1 PodTemplate",
  Service: "v1 Service",
  ServiceAccount: "v1 ServiceAccount",
  CSINode: "storage.k8s.io/v1 CSINode; storage.k8s.io/v1beta1 CSINode",
};

class BuiltinSchema implements Schema {
  private readonly fields: ReadonlyMap<string, string>;
  readonly mergeKeys: readonly string[] | undefined;
  private readonly item: string;

  /** @param what what follows a field's name in TYPES */
  constructor(what: string) {
    const [, keys, type] = /^(?:=([^>]*))?[>:*]?(\w*)$/.exec(what)!;
    this.mergeKeys = keys === undefined ? undefined : keys.split(",").filter(Boolean);
    const isList = keys !== undefined || what.startsWith("*");
    this.item = isList ? (type ?? "") : "";
    this.fields = new Map(isList || !type ? [] : fieldsOf(TYPES[type]!));
  }

  field(name: string): Schema | undefined {
    const what = this.fields.get(name);
    return what === undefined ? undefined : new BuiltinSchema(what);
  }

  get elements(): Schema | undefined {
    return this.item === "" ? undefined : new BuiltinSchema(`:${this.item}`);
  }
}

function fieldsOf(body: string): [string, string][] {
  return body.split(" ").map((field) => {
    const [, name = "", what = ""] = /^(\w+)(.*)$/.exec(field)!;
    return [name, what];
  });
}

/** The schema of a kind, undefined for one that Kubernetes 1.21 did not have. */
export function builtinSchema(apiVersion: string, kind: string): Schema | undefined {
  for (const [type, kinds] of Object.entries(KINDS))
    for (const group of kinds.split("; ")) {
      const [version, names = ""] = group.split(" ");
      if (version === apiVersion && names.split(",").includes(kind)) return new BuiltinSchema(`:${type}`);
    }
  return undefined;
}
