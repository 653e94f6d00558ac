import { readFileSync } from "node:fs";
import { parseAllDocuments } from "yaml";
import type { KubeObject } from "../../src/api/object.ts";
import { profileNodes } from "../../src/api/profiles/nodes.ts";
import { profileOf } from "../../src/api/profiles/profiles.ts";
import type { Snapshot } from "../../src/api/snapshot.ts";
import type { Pod, Service } from "../../src/api/types/core.ts";
import { RECORDED_AT, snapshotOf } from "./snapshot.ts";

const FIXTURES = new URL("../../fixtures/conformance/dns/", import.meta.url);

export interface RecordedQuery {
  name: string;
  type: string;
  rcode: string;
  flags: string[];
  answer: string[];
  authority: string[];
  additional: string[];
}

export interface RecordedAnswers {
  pods: { name: string; namespace: string; ip: string }[];
  outside: Record<string, string>;
  queries: RecordedQuery[];
}

export interface RecordedRun {
  command: string;
  exit: number;
  stdout: string;
  stderr: string;
}

export function recordedAnswers(): RecordedAnswers {
  return JSON.parse(readFileSync(new URL("answers.json", FIXTURES), "utf8"));
}

export function recordedRuns(): RecordedRun[] {
  return JSON.parse(readFileSync(new URL("tools.json", FIXTURES), "utf8")).runs;
}

const created = "2026-11-22T15:00:00Z";

function service(name: string, namespace: string, spec: Service["spec"]): KubeObject {
  return { apiVersion: "v1", kind: "Service", metadata: { name, namespace, creationTimestamp: created }, spec };
}

/** The pod that the tools run in. */
export const CLIENT = { kind: "pod", namespace: "default", name: "web-54fccd96df-bwkxd" } as const;

/** A ready pod of CoreDNS or of another image, as the status of a real one names its address. */
export function pod(
  name: string,
  namespace: string,
  ip: string,
  labels: Record<string, string>,
  spec: Pod["spec"],
): KubeObject {
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name, namespace, labels, creationTimestamp: created, uid: `uid-${name}` },
    spec: { nodeName: "docker-desktop", ...spec },
    status: { phase: "Running", podIP: ip, podIPs: [{ ip }], conditions: [{ type: "Ready", status: "True" }] },
  };
}

/** The EndpointSlice that the controller makes of a Service with a selector. */
export function sliceOf(service: Service, pods: readonly Pod[]): KubeObject | undefined {
  const { name = "", namespace = "" } = service.metadata;
  const selector = service.spec?.selector;
  if (!selector) return undefined;
  const chosen = pods.filter(
    (it) =>
      it.metadata.namespace === namespace &&
      Object.entries(selector).every(([key, value]) => it.metadata.labels?.[key] === value),
  );
  return {
    apiVersion: "discovery.k8s.io/v1",
    kind: "EndpointSlice",
    metadata: {
      name: `${name}-abcde`,
      namespace,
      labels: { "kubernetes.io/service-name": name },
      creationTimestamp: created,
    },
    addressType: "IPv4",
    ports: (service.spec?.ports ?? []).map((port) => ({
      name: port.name ?? "",
      protocol: port.protocol ?? "TCP",
      port: typeof port.targetPort === "number" ? port.targetPort : port.port,
    })),
    endpoints: chosen.map((it) => ({
      addresses: [it.status?.podIP ?? ""],
      conditions: { ready: true, serving: true, terminating: false },
      targetRef: { kind: "Pod", name: it.metadata.name, namespace },
      ...(it.spec?.hostname && it.spec.subdomain === name ? { hostname: it.spec.hostname } : {}),
    })),
  };
}

/**
 * The cluster that `answers.json` and `tools.json` were recorded in: the manifest's objects, the pods and slices that its controllers
 * made, the Services of a fresh cluster, and one pod of CoreDNS behind kube-dns. `change` may add, replace or leave out objects.
 */
export function dnsCluster(change: (objects: KubeObject[]) => KubeObject[] = (objects) => objects): Snapshot {
  const recorded = recordedAnswers();
  const manifest = parseAllDocuments(readFileSync(new URL("manifest.yaml", FIXTURES), "utf8")).map(
    (document) => document.toJS() as KubeObject,
  );
  const pods = recorded.pods.map(({ name, namespace, ip }) => {
    const stateful = namespace === "shop";
    const spec = {
      containers: [{ name: stateful ? "db" : "nginx", image: stateful ? "postgres" : "nginx" }],
      ...(stateful ? { hostname: name, subdomain: "db" } : {}),
    };
    return pod(name, namespace, ip, { app: stateful ? "db" : "web" }, spec);
  });
  pods.push(
    pod(
      "coredns-0",
      "kube-system",
      "10.244.0.250",
      { "k8s-app": "kube-dns" },
      { containers: [{ name: "coredns", image: "registry.k8s.io/coredns/coredns:v1.14.2" }] },
    ),
  );
  const objects: KubeObject[] = [
    ...profileNodes(profileOf("docker-desktop"), "test", RECORDED_AT),
    ...["default", "kube-system"].map((name) => ({ apiVersion: "v1", kind: "Namespace", metadata: { name } })),
    service("kubernetes", "default", {
      clusterIP: "10.96.0.1",
      ports: [{ name: "https", port: 443, targetPort: 6443 }],
    }),
    service("kube-dns", "kube-system", {
      clusterIP: "10.96.0.10",
      selector: { "k8s-app": "kube-dns" },
      ports: [
        { name: "dns", port: 53, protocol: "UDP" },
        { name: "dns-tcp", port: 53, protocol: "TCP" },
        { name: "metrics", port: 9153, protocol: "TCP" },
      ],
    }),
    ...manifest,
    ...pods,
    ...Object.entries(recorded.outside).map(([name, address]) => ({
      apiVersion: "kubemu.dev/v1",
      kind: "OutsideHost",
      metadata: { name },
      address,
    })),
  ].map((object) => {
    if (object.kind !== "Service") return object;
    const { spec } = object as Service;
    const addresses = spec?.clusterIP ? { clusterIPs: [spec.clusterIP] } : {};
    const ports = spec?.ports?.map((port) => ({ protocol: "TCP" as const, ...port }));
    return { ...object, spec: { type: "ClusterIP", ...spec, ...addresses, ...(ports ? { ports } : {}) } };
  });
  const changed = change(objects);
  const running = changed.filter((it): it is Pod => it.kind === "Pod");
  const slices = changed.flatMap((it) => (it.kind === "Service" ? (sliceOf(it as Service, running) ?? []) : []));
  return snapshotOf([...changed, ...slices]);
}
