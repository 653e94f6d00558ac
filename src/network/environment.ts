import { setKey, sortedKeys } from "../api/json.ts";
import type { Snapshot } from "../api/snapshot.ts";
import type { ConfigMap, Container, Pod, Secret, Service } from "../api/types/core.ts";
import { imageOf } from "../images/catalogue.ts";

/**
 * The variables of a container's first process: PATH, HOSTNAME, the image's, the spec's (`envFrom`, `env`), those of Services, HOME.
 * Models kubernetes pkg/kubelet/kubelet_pods.go makeEnvironmentVariables.
 */
export function containerEnvironment(snapshot: Snapshot, pod: Pod, container: Container): Record<string, string> {
  const env: Record<string, string> = {};
  const set = (name: string, value: string) => setKey(env, name, value);
  const image = imageOf(snapshot, container.image ?? "");
  set("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
  set("HOSTNAME", hostnameOf(snapshot, pod));
  for (const [name, value] of Object.entries(image.env ?? {})) set(name, value);
  const services = serviceEnvironment(snapshot, pod);
  const own: Record<string, string> = {};
  fromSources(snapshot, pod, container, own);
  const known = (name: string) => (Object.hasOwn(own, name) ? own[name] : services[name]);
  for (const variable of container.env ?? []) {
    const value =
      variable.value !== undefined || !variable.valueFrom
        ? expand(variable.value ?? "", known)
        : fromField(snapshot, pod, container, variable.valueFrom);
    if (value !== undefined) setKey(own, variable.name, value);
  }
  for (const [name, value] of Object.entries(own)) set(name, value);
  for (const [name, value] of Object.entries(services)) if (!Object.hasOwn(own, name)) set(name, value);
  if (!Object.hasOwn(env, "HOME")) set("HOME", "/root");
  return env;
}

/** What `hostname` prints in a pod. A pod on the host's network has its node's. */
export function hostnameOf(snapshot: Snapshot, pod: Pod): string {
  if (pod.spec?.hostNetwork) {
    const node = snapshot.get<Pod>("nodes", "", pod.spec.nodeName ?? "");
    return node?.metadata.labels?.["kubernetes.io/hostname"] ?? pod.spec.nodeName ?? "";
  }
  return (pod.spec?.hostname || pod.metadata.name || "").slice(0, 63).replace(/[-.]+$/, "");
}

function fromSources(snapshot: Snapshot, pod: Pod, container: Container, own: Record<string, string>): void {
  const namespace = pod.metadata.namespace ?? "default";
  for (const { prefix = "", configMapRef, secretRef } of container.envFrom ?? []) {
    const map = configMapRef?.name ? snapshot.get<ConfigMap>("configmaps", namespace, configMapRef.name) : undefined;
    for (const [key, value] of Object.entries(map?.data ?? {})) setKey(own, prefix + key, value);
    const secret = secretRef?.name ? snapshot.get<Secret>("secrets", namespace, secretRef.name) : undefined;
    for (const [key, value] of Object.entries(secret?.data ?? {})) setKey(own, prefix + key, decode(value));
  }
}

const decode = (base64: string) => new TextDecoder().decode(Uint8Array.from(atob(base64), (ch) => ch.charCodeAt(0)));

type ValueFrom = NonNullable<NonNullable<Container["env"]>[number]["valueFrom"]>;

function fromField(snapshot: Snapshot, pod: Pod, container: Container, source: ValueFrom): string | undefined {
  const namespace = pod.metadata.namespace ?? "default";
  const { fieldRef, configMapKeyRef, secretKeyRef, resourceFieldRef } = source;
  if (configMapKeyRef)
    return snapshot.get<ConfigMap>("configmaps", namespace, configMapKeyRef.name ?? "")?.data?.[configMapKeyRef.key];
  if (secretKeyRef) {
    const value = snapshot.get<Secret>("secrets", namespace, secretKeyRef.name ?? "")?.data?.[secretKeyRef.key];
    return value === undefined ? undefined : decode(value);
  }
  if (resourceFieldRef) {
    const [kind, name = ""] = resourceFieldRef.resource.split(".");
    const list = kind === "limits" ? container.resources?.limits : container.resources?.requests;
    return list?.[name] === undefined ? "0" : String(list[name]);
  }
  return fieldRef ? podField(snapshot, pod, fieldRef.fieldPath) : undefined;
}

/** A field that the downward API knows. Models k8s.io/kubernetes pkg/fieldpath and kubelet's podFieldSelectorRuntimeValue. */
export function podField(snapshot: Snapshot, pod: Pod, path: string): string {
  const keyed = /^metadata\.(labels|annotations)\['(.*)'\]$/.exec(path);
  if (keyed) return pod.metadata[keyed[1] as "labels" | "annotations"]?.[keyed[2]!] ?? "";
  switch (path) {
    case "metadata.labels":
    case "metadata.annotations": {
      const map = pod.metadata[path === "metadata.labels" ? "labels" : "annotations"] ?? {};
      return sortedKeys(map)
        .map((key) => `${key}=${JSON.stringify(map[key])}`)
        .join("\n");
    }
    case "metadata.name":
      return pod.metadata.name ?? "";
    case "metadata.namespace":
      return pod.metadata.namespace ?? "";
    case "metadata.uid":
      return pod.metadata.uid ?? "";
    case "spec.nodeName":
      return pod.spec?.nodeName ?? "";
    case "spec.serviceAccountName":
      return pod.spec?.serviceAccountName ?? "";
    case "status.podIP":
    case "status.podIPs":
      return pod.status?.podIP ?? "";
    case "status.hostIP":
    case "status.hostIPs":
      return pod.status?.hostIP ?? nodeAddress(snapshot, pod);
    default:
      return "";
  }
}

function nodeAddress(snapshot: Snapshot, pod: Pod): string {
  const node = snapshot.get("nodes", "", pod.spec?.nodeName ?? "");
  const addresses = (node?.status as { addresses?: { type: string; address: string }[] } | undefined)?.addresses;
  return addresses?.find((address) => address.type === "InternalIP")?.address ?? "";
}

/** `$(NAME)` of what is known so far; `$$(NAME)` is `$(NAME)`. Models third_party/forked/golang/expansion. */
function expand(text: string, known: (name: string) => string | undefined): string {
  return text.replace(/\$\$|\$\(([^)]*)\)/g, (all, name?: string) => (name === undefined ? "$" : (known(name) ?? all)));
}

/**
 * The variables of the Services that were there when the pod started: those of its namespace (unless `enableServiceLinks` is false),
 * and `kubernetes` always. Models kubernetes pkg/kubelet/envvars/envvars.go.
 */
export function serviceEnvironment(snapshot: Snapshot, pod: Pod): Record<string, string> {
  const namespace = pod.metadata.namespace ?? "default";
  const links = pod.spec?.enableServiceLinks !== false;
  const found = new Map<string, Service>();
  for (const service of snapshot.list<Service>("services")) {
    const { name = "", namespace: home } = service.metadata;
    const { clusterIP } = service.spec ?? {};
    if (!clusterIP || clusterIP === "None" || !existedBefore(service, pod)) continue;
    if (home === namespace && (links || name === "kubernetes")) found.set(name, service);
    else if (home === "default" && name === "kubernetes" && !found.has(name)) found.set(name, service);
  }
  const env: Record<string, string> = {};
  for (const name of sortedKeys(Object.fromEntries(found))) variablesOf(found.get(name)!, env);
  return env;
}

function variablesOf(service: Service, env: Record<string, string>): void {
  const upper = (name: string) => name.toUpperCase().replaceAll("-", "_");
  const prefix = upper(service.metadata.name!);
  const { clusterIP = "", ports = [] } = service.spec!;
  const first = ports[0];
  if (!first) return;
  setKey(env, `${prefix}_SERVICE_HOST`, clusterIP);
  setKey(env, `${prefix}_SERVICE_PORT`, String(first.port));
  for (const port of ports) if (port.name) setKey(env, `${prefix}_SERVICE_PORT_${upper(port.name)}`, String(port.port));
  const url = (port: (typeof ports)[number]) => `${(port.protocol ?? "TCP").toLowerCase()}://${clusterIP}:${port.port}`;
  setKey(env, `${prefix}_PORT`, url(first));
  for (const port of ports) {
    const link = `${prefix}_PORT_${port.port}_${port.protocol ?? "TCP"}`;
    setKey(env, link, url(port));
    setKey(env, `${link}_PROTO`, (port.protocol ?? "TCP").toLowerCase());
    setKey(env, `${link}_PORT`, String(port.port));
    setKey(env, `${link}_ADDR`, clusterIP);
  }
}

/** Whole seconds are all that timestamps tell; within one second the order of writes decides. */
function existedBefore(service: Service, pod: Pod): boolean {
  const created = Date.parse(service.metadata.creationTimestamp ?? "");
  const started = Date.parse(pod.status?.startTime ?? pod.metadata.creationTimestamp ?? "");
  if (Number.isNaN(created) || Number.isNaN(started) || created < started) return true;
  if (created > started) return false;
  return Number(service.metadata.resourceVersion ?? 0) <= Number(pod.metadata.resourceVersion ?? 0);
}
