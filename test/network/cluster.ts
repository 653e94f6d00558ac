import { parseAllDocuments } from "yaml";
import type { KubeObject } from "../../src/api/object.ts";
import { profileNodes } from "../../src/api/profiles/nodes.ts";
import { profileOf } from "../../src/api/profiles/profiles.ts";
import { type OutsideHost, RECORDS } from "../../src/api/records.ts";
import type { Snapshot } from "../../src/api/snapshot.ts";
import type { Deployment } from "../../src/api/types/apps.ts";
import type { Container, Pod, Service } from "../../src/api/types/core.ts";
import type { EndpointSlice } from "../../src/api/types/discovery.ts";
import type { Effect } from "../../src/network/effects.ts";
import { recordEffects } from "../../src/network/record-effects.ts";

export const NOW = Date.parse("2026-11-22T15:00:00Z");

const RESOURCE: Readonly<Record<string, string>> = {
  Node: "nodes",
  Namespace: "namespaces",
  Pod: "pods",
  Service: "services",
  Deployment: "deployments.apps",
  EndpointSlice: "endpointslices.discovery.k8s.io",
  OutsideHost: RECORDS.outside,
};

/** A cluster for tests of the network: objects from a manifest, and what controllers would have made of them (pods, EndpointSlices). */
export class TestCluster implements Snapshot {
  readonly cluster;
  now = NOW;
  private readonly objects = new Map<string, KubeObject>();
  private nextPod = new Map<string, number>();

  constructor(profile: string, seed = "seed") {
    this.cluster = { profile, seed, settings: {} };
    for (const node of profileNodes(profileOf(profile), seed, NOW)) this.put("nodes", node);
  }

  get<T extends KubeObject>(resource: string, namespace: string, name: string): T | undefined {
    return this.objects.get(`${resource}/${namespace}/${name}`) as T | undefined;
  }

  list<T extends KubeObject>(resource: string, namespace = ""): T[] {
    const prefix = `${resource}/${namespace ? `${namespace}/` : ""}`;
    const keys = [...this.objects.keys()].filter((key) => key.startsWith(prefix)).sort();
    return keys.map((key) => this.objects.get(key) as T);
  }

  put(resource: string, object: KubeObject): void {
    this.objects.set(`${resource}/${object.metadata.namespace ?? ""}/${object.metadata.name}`, object);
  }

  record(effects: readonly Effect[]): void {
    for (const { resource, object } of recordEffects(this, effects)) this.put(resource, object);
  }

  /** Adds every object of a manifest; Deployments get their pods, Services their EndpointSlices. */
  apply(manifest: string): this {
    for (const document of parseAllDocuments(manifest)) {
      const object = document.toJS() as KubeObject;
      if (object.kind === "Node") {
        object.status ??= { addresses: [] };
      } else object.metadata.namespace ??= "default";
      this.put(RESOURCE[object.kind]!, object);
      if (object.kind === "Deployment") this.roll(object as Deployment);
    }
    return this.settle();
  }

  private roll(deployment: Deployment): void {
    const { template, replicas = 1 } = deployment.spec!;
    for (let i = 0; i < replicas; i++)
      this.pod(`${deployment.metadata.name}-${i}`, {
        namespace: deployment.metadata.namespace!,
        labels: template.metadata!.labels!,
        containers: template.spec!.containers,
        ...(template.spec!.nodeName ? { node: template.spec!.nodeName } : {}),
      });
  }

  pod(
    name: string,
    options: {
      namespace?: string;
      labels?: Record<string, string>;
      containers?: Container[];
      node?: string;
      ready?: boolean;
      terminating?: boolean;
      hostNetwork?: boolean;
    } = {},
  ): Pod {
    const nodes = this.list<KubeObject & { spec?: { podCIDR?: string } }>("nodes");
    const node = options.node ?? profileOf(this.cluster.profile).nodes.at(-1)!.name;
    const at = nodes.findIndex((candidate) => candidate.metadata.name === node);
    const number = (this.nextPod.get(node) ?? 1) + 1;
    this.nextPod.set(node, number);
    const cidr = nodes[at]?.spec?.podCIDR ?? `10.244.${20 + at}.0/24`;
    const pod: Pod = {
      apiVersion: "v1",
      kind: "Pod",
      metadata: {
        name,
        namespace: options.namespace ?? "default",
        uid: `uid-${name}`,
        labels: options.labels ?? {},
        ...(options.terminating ? { deletionTimestamp: "2026-11-22T15:00:00Z" } : {}),
      },
      spec: {
        nodeName: node,
        containers: options.containers ?? [{ name: "c", image: "nginx" }],
        ...(options.hostNetwork ? { hostNetwork: true } : {}),
      },
      status: {
        phase: "Running",
        podIP: cidr.replace(/0\/24$/, String(number)),
        conditions: [{ type: "Ready", status: options.ready === false ? "False" : "True" }],
      },
    };
    this.put("pods", pod);
    return pod;
  }

  /** Builds the EndpointSlices of all Services anew, one for each set of port numbers. */
  settle(): this {
    for (const key of [...this.objects.keys()])
      if (key.startsWith("endpointslices.discovery.k8s.io/") && key.includes("-made-")) this.objects.delete(key);
    for (const service of this.list<Service>("services")) {
      const { selector, ports = [], publishNotReadyAddresses } = service.spec!;
      if (!selector) continue;
      const namespace = service.metadata.namespace!;
      for (const pod of this.list<Pod>("pods", namespace)) {
        if (!Object.entries(selector).every(([key, value]) => pod.metadata.labels?.[key] === value)) continue;
        const resolved = ports.flatMap((port) => {
          const target = port.targetPort ?? port.port;
          const declared = pod.spec!.containers.flatMap((container) => container.ports ?? []);
          const number = typeof target === "number" ? target : declared.find((p) => p.name === target)?.containerPort;
          return number === undefined
            ? []
            : [{ name: port.name ?? "", port: number, protocol: port.protocol ?? "TCP" }];
        });
        const terminating = pod.metadata.deletionTimestamp !== undefined;
        const serving = pod.status!.conditions![0]!.status === "True";
        const slice: EndpointSlice = {
          apiVersion: "discovery.k8s.io/v1",
          kind: "EndpointSlice",
          metadata: {
            name: `${service.metadata.name}-made-${pod.metadata.name}`,
            namespace,
            labels: { "kubernetes.io/service-name": service.metadata.name! },
          },
          addressType: "IPv4",
          endpoints: [
            {
              addresses: [pod.status!.podIP!],
              conditions: { ready: publishNotReadyAddresses || (serving && !terminating), serving, terminating },
              nodeName: pod.spec!.nodeName!,
              targetRef: { kind: "Pod", name: pod.metadata.name!, namespace },
            },
          ],
          ports: resolved as NonNullable<EndpointSlice["ports"]>,
        };
        this.put("endpointslices.discovery.k8s.io", slice);
      }
    }
    return this;
  }

  /** What a load balancer's controller writes. */
  ingress(name: string, ingress: { ip?: string; hostname?: string; ipMode?: string }): this {
    const service = this.get<Service>("services", "default", name)!;
    this.put("services", { ...service, status: { loadBalancer: { ingress: [ingress] } } } as Service);
    return this;
  }

  outside(name: string, address: string, http?: OutsideHost["http"]): this {
    const host: OutsideHost = {
      apiVersion: "kubemu.dev/v1",
      kind: "OutsideHost",
      metadata: { name },
      address,
      ...(http ? { http } : {}),
    };
    this.put(RECORDS.outside, host);
    return this;
  }
}
