import { decodeBase64, decodeText } from "../api/encoding/text.ts";
import { compareStrings, getKey, setKey, sortedKeys } from "../api/json.ts";
import { type PodRuntime, RECORDS } from "../api/records.ts";
import { linksAt, type ServiceHistory, type ServiceLink } from "../api/service-links.ts";
import type { Snapshot } from "../api/snapshot.ts";
import type { ConfigMap, Container, Pod, Secret } from "../api/types/core.ts";
import { imageOf } from "../images/catalogue.ts";
import { kernelHostname } from "./dns/machine-files.ts";

/**
 * The variables of a container's first process: PATH, HOSTNAME, the image's, the spec's (`envFrom`, `env`), those of Services, HOME.
 * Models kubernetes pkg/kubelet/kubelet_pods.go makeEnvironmentVariables.
 */
export function containerEnvironment(snapshot: Snapshot, pod: Pod, container: Container): Record<string, string> {
  const env: Record<string, string> = {};
  const set = (name: string, value: string) => setKey(env, name, value);
  const image = imageOf(snapshot, container.image ?? "");
  set("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
  // containerd's oci.WithTTY, before the name of the host.
  if (container.tty) set("TERM", "xterm");
  const { namespace = "default", name: podName = "" } = pod.metadata;
  set("HOSTNAME", kernelHostname(snapshot, { kind: "pod", namespace, name: podName }));
  for (const [name, value] of Object.entries(image.env ?? {})) set(name, value);
  const services = serviceEnvironment(snapshot, pod, container);
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

function fromSources(snapshot: Snapshot, pod: Pod, container: Container, own: Record<string, string>): void {
  const namespace = pod.metadata.namespace ?? "default";
  for (const { prefix = "", configMapRef, secretRef } of container.envFrom ?? []) {
    const map = configMapRef?.name ? snapshot.get<ConfigMap>("configmaps", namespace, configMapRef.name) : undefined;
    for (const [key, value] of Object.entries(map?.data ?? {})) setKey(own, prefix + key, value);
    const secret = secretRef?.name ? snapshot.get<Secret>("secrets", namespace, secretRef.name) : undefined;
    for (const [key, value] of Object.entries(secret?.data ?? {})) setKey(own, prefix + key, decode(value));
  }
}

const decode = (base64: string) => decodeText(decodeBase64(base64));

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
 * The variables of the Services that were there when the container started: those of its namespace (unless `enableServiceLinks` is
 * false), and `kubernetes` of `default` always. Models kubernetes pkg/kubelet/kubelet_pods.go getServiceEnvVarMap and
 * pkg/kubelet/envvars/envvars.go.
 */
function serviceEnvironment(snapshot: Snapshot, pod: Pod, container: Container): Record<string, string> {
  const { namespace = "default" } = pod.metadata;
  const started = startOf(snapshot, pod, container);
  const linksIn = (home: string) =>
    linksAt(snapshot, home, snapshot.list<ServiceHistory>(RECORDS.services, home), started);
  const links = linksIn(namespace);
  if (!links.has("kubernetes")) {
    const master = linksIn("default").get("kubernetes");
    if (master) links.set("kubernetes", master);
  }
  const env: Record<string, string> = {};
  for (const [name, link] of [...links].sort(([a], [b]) => compareStrings(a, b)))
    if (name === "kubernetes" || pod.spec?.enableServiceLinks !== false) addVariables(name, link, env);
  return env;
}

/** What the kubelet noted when it started the container; undefined: it has not, and would learn of what there is now. */
function startOf(snapshot: Snapshot, pod: Pod, { name: container }: Container): number | undefined {
  const { namespace = "default", name = "", uid } = pod.metadata;
  const runtime = snapshot.get<PodRuntime>(RECORDS.runtime, namespace, name);
  if (!runtime || runtime.podUid !== uid) return undefined;
  return getKey(runtime.containers, container)?.started;
}

function addVariables(name: string, { clusterIP, ports }: ServiceLink, env: Record<string, string>): void {
  const upper = (text: string) => text.toUpperCase().replaceAll("-", "_");
  const prefix = upper(name);
  const first = ports[0];
  if (!first) return;
  setKey(env, `${prefix}_SERVICE_HOST`, clusterIP);
  setKey(env, `${prefix}_SERVICE_PORT`, String(first.port));
  for (const port of ports) if (port.name) setKey(env, `${prefix}_SERVICE_PORT_${upper(port.name)}`, String(port.port));
  const url = ({ port, protocol }: (typeof ports)[number]) => `${protocol.toLowerCase()}://${clusterIP}:${port}`;
  setKey(env, `${prefix}_PORT`, url(first));
  for (const port of ports) {
    const link = `${prefix}_PORT_${port.port}_${port.protocol}`;
    setKey(env, link, url(port));
    setKey(env, `${link}_PROTO`, port.protocol.toLowerCase());
    setKey(env, `${link}_PORT`, String(port.port));
    setKey(env, `${link}_ADDR`, clusterIP);
  }
}
