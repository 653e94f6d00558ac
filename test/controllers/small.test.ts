import { describe, expect, test } from "vitest";
import type { Condition, KubeObject } from "../../src/api/object.ts";
import type { Node, Pod, Service } from "../../src/api/types/core.ts";
import type { EndpointSlice } from "../../src/api/types/discovery.ts";
import { TestCluster, web } from "../support/cluster.ts";

const service = (name: string, spec: Record<string, unknown>) => ({
  apiVersion: "v1",
  kind: "Service",
  metadata: { name },
  spec,
});
const short = (lines: string[]) => lines.slice(1).map((line) => line.replace(/ +/g, " ").trim());

// Source: kubernetes v1.36 pkg/controller/replication, replicaset.
test("a ReplicationController keeps its pods", async () => {
  const cluster = new TestCluster();
  await cluster.create({
    apiVersion: "v1",
    kind: "ReplicationController",
    metadata: { name: "rc" },
    spec: {
      replicas: 2,
      selector: { app: "rc" },
      template: { metadata: { labels: { app: "rc" } }, spec: { containers: [{ name: "c", image: "nginx" }] } },
    },
  });
  expect(short(await cluster.table("replicationcontrollers"))).toEqual(["rc 2 2 2 0s"]);
  const [pod] = await cluster.names("pods");
  await cluster.delete("pods", pod!);
  expect((await cluster.names("pods")).length).toBe(2);
  expect((await cluster.get("replicationcontrollers", "rc")).status).toEqual({
    replicas: 2,
    fullyLabeledReplicas: 2,
    readyReplicas: 2,
    availableReplicas: 2,
    observedGeneration: 1,
  });
});

// Source: kubernetes v1.36 pkg/controlplane/controller/kubernetesservice.
test("the Service kubernetes comes back with its endpoints", async () => {
  const cluster = new TestCluster();
  await cluster.advance(1);
  await cluster.delete("services", "kubernetes");
  expect(await cluster.names("services")).toEqual([]);
  // The cluster's first command found it 24 s old.
  await cluster.advance(6);
  expect((await cluster.get<Service>("services", "kubernetes")).spec?.clusterIP).toBe("10.96.0.1");
  expect(short(await cluster.table("endpoints"))).toEqual(["kubernetes 192.168.65.3:6443 0s"]);
  await cluster.delete("endpoints", "kubernetes");
  await cluster.delete("endpointslices.discovery.k8s.io", "kubernetes");
  await cluster.advance(10);
  expect(await cluster.names("endpointslices.discovery.k8s.io")).toEqual(["kubernetes"]);
  expect(await cluster.names("endpoints")).toEqual(["kubernetes"]);
});

// Source: kubernetes v1.36 pkg/registry/core/service/storage/alloc.go: each allocation is a draw of its own.
test("a Service that is made again has other addresses", async () => {
  const cluster = new TestCluster();
  const given = async () => (await cluster.get<Service>("services", "a")).spec!;
  await cluster.create(service("a", { type: "NodePort", ports: [{ port: 80 }] }));
  const first = await given();
  await cluster.delete("services", "a");
  await cluster.create(service("b", { ports: [{ port: 80 }] }));
  await cluster.create(service("a", { type: "NodePort", ports: [{ port: 80 }] }));
  const second = await given();
  expect(second.clusterIP).not.toBe(first.clusterIP);
  expect(second.ports![0]!.nodePort).not.toBe(first.ports![0]!.nodePort);
});

// Source: kubernetes v1.36 pkg/registry/core/service/ipallocator/ipallocator.go.
test("each ClusterIP has an IPAddress, as long as its Service lives", async () => {
  const cluster = new TestCluster();
  const addresses = async () =>
    short(await cluster.table("ipaddresses.networking.k8s.io", { namespace: "" })).map((line) =>
      line.split(" ").slice(0, 2),
    );
  const before = [
    ["10.96.0.1", "services/default/kubernetes"],
    ["10.96.0.10", "services/kube-system/kube-dns"],
  ];
  expect(await addresses()).toEqual(before);
  await cluster.create(service("web", { clusterIP: "10.96.44.44", ports: [{ port: 80 }] }));
  expect(await addresses()).toEqual([...before, ["10.96.44.44", "services/default/web"]]);
  await cluster.delete("services", "web");
  expect(await addresses()).toEqual(before);
});

// Source: kubernetes v1.36 pkg/controller/servicecidrs.
test("a range that is in use is not deleted until its addresses are gone", async () => {
  const cluster = new TestCluster();
  await cluster.create({
    apiVersion: "networking.k8s.io/v1",
    kind: "ServiceCIDR",
    metadata: { name: "more" },
    spec: { cidrs: ["172.30.0.0/24"] },
  });
  const ready = async () => {
    const range = await cluster.get<KubeObject & { status: { conditions: Condition[] } }>(
      "servicecidrs.networking.k8s.io",
      "more",
      "",
    );
    return range.status.conditions.map(({ status, reason, message }) => `${status} ${reason}: ${message}`);
  };
  expect(await ready()).toEqual(["True : Kubernetes Service CIDR is ready"]);
  await cluster.create(service("web", { clusterIP: "172.30.0.5", ports: [{ port: 80 }] }));
  await cluster.delete("servicecidrs.networking.k8s.io", "more", {}, "");
  expect(await ready()).toEqual([
    "False Terminating: There are still IPAddresses referencing the ServiceCIDR, please remove them or create a new ServiceCIDR",
  ]);
  await cluster.delete("services", "web");
  await cluster.advance(10);
  expect(await cluster.names("servicecidrs.networking.k8s.io", { namespace: "" })).toEqual(["kubernetes"]);
});

// Source: kubernetes v1.36 pkg/controller/endpointslicemirroring.
test("Endpoints that a user makes for a Service without selector are mirrored", async () => {
  const cluster = new TestCluster();
  await cluster.create(service("outside", { ports: [{ port: 80, targetPort: 9376 }] }));
  const endpoints = {
    apiVersion: "v1",
    kind: "Endpoints",
    metadata: { name: "outside", labels: { team: "a" } },
    subsets: [
      { addresses: [{ ip: "198.51.100.5" }], notReadyAddresses: [{ ip: "198.51.100.6" }], ports: [{ port: 9376 }] },
    ],
  };
  await cluster.create(endpoints);
  const slices = (await cluster.list<EndpointSlice>("endpointslices.discovery.k8s.io")).filter(
    ({ metadata }) => metadata.name !== "kubernetes",
  );
  expect(
    slices.map(({ metadata, endpoints: list, ports }) => [metadata.generateName, metadata.labels, list, ports]),
  ).toEqual([
    [
      "outside-",
      {
        team: "a",
        "kubernetes.io/service-name": "outside",
        "endpointslice.kubernetes.io/managed-by": "endpointslicemirroring-controller.k8s.io",
      },
      [
        { addresses: ["198.51.100.5"], conditions: { ready: true } },
        { addresses: ["198.51.100.6"], conditions: { ready: false } },
      ],
      [{ name: "", port: 9376, protocol: "TCP" }],
    ],
  ]);
  await cluster.delete("endpoints", "outside");
  expect(await cluster.names("endpointslices.discovery.k8s.io")).toEqual(["kubernetes"]);
});

describe("nodes", () => {
  // Sources: shared conformance traffic/manifest.yaml (its node "other"); kubernetes v1.36 pkg/controller/nodeipam, nodelifecycle.
  test("a node that a user makes becomes Ready, with a range and an address", async () => {
    const cluster = new TestCluster();
    await cluster.create({ apiVersion: "v1", kind: "Node", metadata: { name: "other" } });
    const node = await cluster.get<Node>("nodes", "other", "");
    expect(node.spec?.podCIDR).toBe("10.244.1.0/24");
    expect(node.status?.addresses).toEqual([
      { type: "InternalIP", address: "192.168.65.4" },
      { type: "Hostname", address: "other" },
    ]);
    expect(short(await cluster.table("nodes", { namespace: "" }))).toEqual([
      "docker-desktop Ready control-plane 24s v1.36.2",
      "other Ready <none> 0s v1.36.2",
    ]);
    expect(await cluster.names("leases.coordination.k8s.io", { namespace: "kube-node-lease" })).toEqual([
      "docker-desktop",
      "other",
    ]);
    expect(await cluster.events("other")).toEqual([
      "Normal RegisteredNode Node other event: Registered Node other in Controller",
    ]);
  });

  // Source: kubernetes v1.36 pkg/controller/nodelifecycle (taints of unschedulable nodes).
  test("a cordoned node is tainted, and takes no pods", async () => {
    const cluster = new TestCluster();
    await cluster.patch("nodes", "docker-desktop", { spec: { unschedulable: true } }, "", "");
    expect((await cluster.get<Node>("nodes", "docker-desktop", "")).spec?.taints).toEqual([
      { key: "node.kubernetes.io/unschedulable", effect: "NoSchedule", timeAdded: "2026-11-22T15:00:00Z" },
    ]);
    await cluster.create(web());
    expect((await cluster.list<Pod>("pods")).map((pod) => pod.status?.phase)).toEqual(["Pending"]);
    await cluster.patch("nodes", "docker-desktop", { spec: { unschedulable: null } }, "", "");
    expect((await cluster.get<Node>("nodes", "docker-desktop", "")).spec?.taints).toBeUndefined();
    expect((await cluster.list<Pod>("pods")).map((pod) => pod.status?.phase)).toEqual(["Running"]);
  });

  // Source: kubernetes v1.36 pkg/controller/tainteviction/taint_eviction.go.
  test("NoExecute drives pods away, after tolerationSeconds where there are some", async () => {
    const cluster = new TestCluster({ profile: "kind" });
    await cluster.create(web(4));
    const taints = [{ key: "down", effect: "NoExecute" }];
    const [before] = (await cluster.list<Pod>("pods")).filter((pod) => pod.spec?.nodeName === "kind-worker");
    await cluster.patch("nodes", "kind-worker", { spec: { taints } }, "", "");
    expect(new Set((await cluster.list<Pod>("pods")).map((pod) => pod.spec?.nodeName))).toEqual(
      new Set(["kind-worker2"]),
    );
    const name = before!.metadata.name!;
    expect(await cluster.events(name)).toContain(
      `Normal TaintManagerEviction Marking for deletion Pod default/${name}`,
    );
  });

  // Source: kubernetes v1.36 pkg/controller/podgc gcOrphaned.
  test("the pods of a node that is gone go 40 s later", async () => {
    const cluster = new TestCluster({ profile: "kind" });
    await cluster.create(web(2));
    await cluster.delete("nodes", "kind-worker", {}, "");
    const onWorker = async () =>
      (await cluster.list<Pod>("pods")).filter((pod) => pod.spec?.nodeName === "kind-worker").length;
    await cluster.advance(39);
    expect(await onWorker()).toBe(1);
    await cluster.advance(1);
    expect(await onWorker()).toBe(0);
    expect((await cluster.names("pods")).length).toBe(2);
  });
});

// Source: kubernetes v1.36 pkg/controller/disruption/disruption.go.
test("a budget counts what may go", async () => {
  const cluster = new TestCluster();
  await cluster.create(web(3));
  await cluster.create({
    apiVersion: "policy/v1",
    kind: "PodDisruptionBudget",
    metadata: { name: "pdb" },
    spec: { maxUnavailable: 1, selector: { matchLabels: { app: "web" } } },
  });
  expect((await cluster.get("poddisruptionbudgets.policy", "pdb")).status).toEqual({
    observedGeneration: 1,
    disruptionsAllowed: 1,
    currentHealthy: 3,
    desiredHealthy: 2,
    expectedPods: 3,
    conditions: [
      {
        type: "DisruptionAllowed",
        status: "True",
        observedGeneration: 1,
        lastTransitionTime: "2026-11-22T15:00:00Z",
        reason: "SufficientPods",
        message: "",
      },
    ],
  });
});

// Source: kubernetes v1.36 pkg/controller/podautoscaler/horizontal.go.
test("an autoscaler without metrics keeps its target within the limits", async () => {
  const cluster = new TestCluster();
  await cluster.create(web(1));
  await cluster.create({
    apiVersion: "autoscaling/v2",
    kind: "HorizontalPodAutoscaler",
    metadata: { name: "web" },
    spec: {
      minReplicas: 2,
      maxReplicas: 5,
      scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "web" },
    },
  });
  const row = async () => short(await cluster.table("horizontalpodautoscalers.autoscaling"))[0];
  expect(await row()).toBe("web Deployment/web cpu: <unknown>/80% 2 5 0 0s");
  await cluster.advance(15);
  expect((await cluster.names("pods")).length).toBe(2);
  await cluster.advance(15);
  expect(await row()).toBe("web Deployment/web cpu: <unknown>/80% 2 5 2 30s");
  const { status } = await cluster.get<KubeObject & { status: { conditions: Condition[] } }>(
    "horizontalpodautoscalers.autoscaling",
    "web",
  );
  expect(status.conditions.map(({ type, reason }) => `${type} ${reason}`)).toEqual([
    "AbleToScale SucceededGetScale",
    "ScalingActive FailedGetResourceMetric",
  ]);
});

// Source: kube-apiserver's --event-ttl, one hour by default.
test("events are gone an hour later", async () => {
  const cluster = new TestCluster();
  await cluster.create(web());
  await cluster.advance(3599);
  expect((await cluster.events("web")).length).toBe(1);
  await cluster.advance(61);
  expect(await cluster.events("web")).toEqual([]);
});

// Source: kubernetes v1.36 pkg/controller/volume/vacprotection; the finalizer is that of the plug-in StorageObjectInUseProtection.
test("a VolumeAttributesClass goes when no claim names it any longer", async () => {
  const cluster = new TestCluster();
  const resource = "volumeattributesclasses.storage.k8s.io";
  await cluster.create({
    apiVersion: "storage.k8s.io/v1",
    kind: "VolumeAttributesClass",
    metadata: { name: "gold" },
    driverName: "d.example.com",
    parameters: { iops: "5" },
  });
  await cluster.create({
    apiVersion: "v1",
    kind: "PersistentVolumeClaim",
    metadata: { name: "claim" },
    spec: {
      accessModes: ["ReadWriteOnce"],
      resources: { requests: { storage: "1Gi" } },
      storageClassName: "manual",
      volumeAttributesClassName: "gold",
    },
  });
  await cluster.delete(resource, "gold");
  expect((await cluster.get(resource, "gold")).metadata.finalizers).toEqual(["kubernetes.io/vac-protection"]);
  await cluster.delete("persistentvolumeclaims", "claim");
  expect(await cluster.names(resource)).toEqual([]);
});
