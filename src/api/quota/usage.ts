import { sortedKeys } from "../json.ts";
import { isFinished } from "../kinds/pod/state.ts";
import { totalResources } from "../kinds/pod/total-resources.ts";
import { addQuantities, parseQuantity, type Quantity } from "../meta/quantity.ts";
import type { KubeObject } from "../object.ts";
import type { ResourceKey } from "../snapshot.ts";
import type { Container, PersistentVolumeClaim, Pod, ResourceQuota, Service } from "../types/core.ts";

/** What objects use of what quotas count. Models kubernetes pkg/quota/v1/evaluator/core and apiserver pkg/quota/v1/generic. */

/** Amounts by resource name: `pods`, `requests.cpu`, `count/deployments.apps`. */
export type Usage = Map<string, Quantity>;

const ONE = parseQuantity("1");
const COMPUTE = ["cpu", "memory", "ephemeral-storage"];
/** Each container has to ask for these where a quota counts them. */
const REQUIRED = ["cpu", "memory", "requests.cpu", "requests.memory", "limits.cpu", "limits.memory"];
const POD_NAMES = [
  "pods",
  "count/pods",
  ...COMPUTE,
  ...COMPUTE.flatMap((name) => [`requests.${name}`, `limits.${name}`]),
];
const SERVICE_NAMES = ["count/services", "services", "services.nodeports", "services.loadbalancers"];
const CLAIM_NAMES = ["count/persistentvolumeclaims", "persistentvolumeclaims", "requests.storage"];
const CLASS_PART = ".storageclass.storage.k8s.io/";
const ALIASED = ["configmaps", "resourcequotas", "replicationcontrollers", "secrets"];

/** Whether objects of a resource count towards `name`. */
export function countsFor(resource: ResourceKey, name: string): boolean {
  if (resource === "pods")
    return POD_NAMES.includes(name) || name.startsWith("requests.hugepages-") || isExtendedRequest(name);
  if (resource === "services") return SERVICE_NAMES.includes(name);
  if (resource === "persistentvolumeclaims") return CLAIM_NAMES.includes(name) || name.includes(CLASS_PART);
  return name === `count/${resource}` || (ALIASED.includes(resource) && name === resource);
}

function isExtendedRequest(name: string): boolean {
  return name.startsWith("requests.") && name.includes("/") && !name.includes("kubernetes.io/");
}

/** The resources that a name counts: `requests.cpu` those of pods. */
function resourceOf(name: string): ResourceKey {
  for (const resource of ["pods", "services", "persistentvolumeclaims"]) if (countsFor(resource, name)) return resource;
  return name.startsWith("count/") ? name.slice("count/".length) : name;
}

/** `now` in milliseconds since 1970: pods that should have ended are not counted. */
export function usageOf(resource: ResourceKey, object: KubeObject, now: number): Usage {
  if (resource === "pods") return podUsage(object as Pod, now);
  if (resource === "services") return serviceUsage(object as Service);
  if (resource === "persistentvolumeclaims") return claimUsage(object as PersistentVolumeClaim);
  const usage: Usage = new Map([[`count/${resource}`, ONE]]);
  if (ALIASED.includes(resource)) usage.set(resource, ONE);
  return usage;
}

function podUsage(pod: Pod, now: number): Usage {
  const usage: Usage = new Map([["count/pods", ONE]]);
  if (isFinished(pod)) return usage;
  const { deletionTimestamp, deletionGracePeriodSeconds = 0 } = pod.metadata;
  if (deletionTimestamp && Date.parse(deletionTimestamp) + deletionGracePeriodSeconds * 1000 < now) return usage;
  return new Map([...usage, ...computeUsage(totalResources(pod, "requests"), totalResources(pod, "limits"))]);
}

function computeUsage(requests: Usage, limits: Usage): Usage {
  const usage: Usage = new Map([["pods", ONE]]);
  for (const name of COMPUTE) {
    const request = requests.get(name);
    if (request) usage.set(name, request).set(`requests.${name}`, request);
    const limit = limits.get(name);
    if (limit) usage.set(`limits.${name}`, limit);
  }
  for (const [name, amount] of requests) {
    if (name.startsWith("hugepages-")) usage.set(name, amount).set(`requests.${name}`, amount);
    if (isExtendedRequest(`requests.${name}`)) usage.set(`requests.${name}`, amount);
  }
  return usage;
}

function serviceUsage({ spec }: Service): Usage {
  const ports = spec?.ports ?? [];
  const zero = parseQuantity("0");
  const usage: Usage = new Map([
    ["count/services", ONE],
    ["services", ONE],
    ["services.loadbalancers", zero],
    ["services.nodeports", zero],
  ]);
  const count = (number: number) => parseQuantity(String(number));
  if (spec?.type === "NodePort") usage.set("services.nodeports", count(ports.length));
  if (spec?.type === "LoadBalancer") {
    const all = spec.allocateLoadBalancerNodePorts !== false;
    usage.set("services.nodeports", count(all ? ports.length : ports.filter(({ nodePort }) => nodePort).length));
    usage.set("services.loadbalancers", ONE);
  }
  return usage;
}

function claimUsage({ metadata, spec }: PersistentVolumeClaim): Usage {
  const usage: Usage = new Map([
    ["persistentvolumeclaims", ONE],
    ["count/persistentvolumeclaims", ONE],
  ]);
  const named = metadata.annotations?.["volume.beta.kubernetes.io/storage-class"] ?? spec?.storageClassName;
  const storage = spec?.resources?.requests?.storage;
  if (named) usage.set(`${named}${CLASS_PART}persistentvolumeclaims`, ONE);
  if (storage === undefined) return usage;
  const amount = parseQuantity(String(storage));
  usage.set("requests.storage", amount);
  if (named) usage.set(`${named}${CLASS_PART}requests.storage`, amount);
  return usage;
}

/** What a pod's containers do not say though a quota on `names` wants it: `must specify limits.memory for: a`; "" when all is said. */
export function missingRequests(pod: Pod, names: readonly string[]): string {
  const required = REQUIRED.filter((name) => names.includes(name)).sort();
  const containers = [...(pod.spec?.containers ?? []), ...(pod.spec?.initContainers ?? [])];
  const says = (container: Container, name: string) => {
    const [list, resource] = name.includes(".") ? name.split(".") : ["requests", name];
    return container.resources?.[list as "requests" | "limits"]?.[resource!] !== undefined;
  };
  const missing = required.flatMap((name) => {
    const silent = containers.filter((container) => !says(container, name)).map((container) => container.name);
    return silent.length ? [`${name} for: ${[...new Set(silent)].sort().join(",")}`] : [];
  });
  return missing.length ? `must specify ${missing.join("; ")}` : "";
}

/** Whether a quota is about an object: it counts something of the kind, and its scopes match. */
export function quotaMatches({ spec }: ResourceQuota, resource: ResourceKey, object: KubeObject): boolean {
  if (!sortedKeys(spec?.hard ?? {}).some((name) => countsFor(resource, name))) return false;
  const selectors = [
    ...(spec?.scopes ?? []).map((scopeName) => ({ scopeName, operator: "Exists", values: [] as string[] })),
    ...(spec?.scopeSelector?.matchExpressions ?? []),
  ];
  if (selectors.length === 0) return true;
  if (resource !== "pods") return false;
  return selectors.every(({ scopeName, operator, values = [] }) => inScope(object as Pod, scopeName, operator, values));
}

function inScope({ spec }: Pod, scope: string, operator: string, values: readonly string[]): boolean {
  const ends = (spec?.activeDeadlineSeconds ?? -1) >= 0;
  switch (scope) {
    case "Terminating":
      return ends;
    case "NotTerminating":
      return !ends;
    case "BestEffort":
      return isBestEffort(spec);
    case "NotBestEffort":
      return !isBestEffort(spec);
    case "PriorityClass": {
      const name = spec?.priorityClassName ?? "";
      if (operator === "Exists") return name !== "";
      if (operator === "DoesNotExist") return name === "";
      return values.includes(name) === (operator === "In");
    }
    case "CrossNamespacePodAffinity":
      return [spec?.affinity?.podAffinity, spec?.affinity?.podAntiAffinity].some((affinity) =>
        [
          ...(affinity?.requiredDuringSchedulingIgnoredDuringExecution ?? []),
          ...(affinity?.preferredDuringSchedulingIgnoredDuringExecution ?? []).map((term) => term.podAffinityTerm),
        ].some((term) => term.namespaces?.length || term.namespaceSelector),
      );
    default:
      return false;
  }
}

function isBestEffort(spec: Pod["spec"]): boolean {
  return [...(spec?.containers ?? []), ...(spec?.initContainers ?? [])].every(({ resources }) =>
    [resources?.requests, resources?.limits].every((list) => !list?.cpu && !list?.memory),
  );
}

function addUsage(sum: Usage, usage: Usage): void {
  for (const [name, amount] of usage) sum.set(name, sum.has(name) ? addQuantities(sum.get(name)!, amount) : amount);
}

/** What a quota's namespace uses of what it limits, as its status has it. */
export function usedOf(
  quota: ResourceQuota,
  list: (resource: ResourceKey) => KubeObject[],
  isKnown: (resource: ResourceKey) => boolean,
  now: number,
): Usage {
  const names = sortedKeys(quota.spec?.hard ?? {});
  const used: Usage = new Map();
  for (const resource of new Set(names.map(resourceOf))) {
    if (!isKnown(resource)) continue;
    const sum: Usage = new Map();
    for (const object of list(resource))
      if (quotaMatches(quota, resource, object)) addUsage(sum, usageOf(resource, object, now));
    for (const name of names)
      if (resourceOf(name) === resource && countsFor(resource, name))
        used.set(name, sum.get(name) ?? parseQuantity("0"));
  }
  return used;
}
