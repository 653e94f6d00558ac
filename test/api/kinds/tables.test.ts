import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { Json } from "../../../src/api/json.ts";
import { loadTable } from "../../../src/api/kinds/load.ts";
import type { KubeObject } from "../../../src/api/object.ts";
import { apiVersionOf, kindByGvk, kindByResource, kinds } from "../../../src/api/registry.ts";

// fixtures/reference/table-columns.json: the column definitions of a kube-apiserver v1.36.2.
const columns = JSON.parse(readFileSync("fixtures/reference/table-columns.json", "utf8")) as Record<string, unknown>;

const listed = kinds.filter((info) => info.verbs.includes("list"));

test("every kind that can be listed, in each version, has the server's columns", async () => {
  const own: Record<string, unknown> = {};
  for (const info of listed)
    for (const version of info.versions)
      own[`${apiVersionOf(info, version)}/${info.resource}`] = (await loadTable(info)).columns;
  expect(own).toEqual(columns);
});

test.each(listed.map((info) => info.kind))("%s: an empty object has one cell a column", async (kind) => {
  const info = listed.find((it) => it.kind === kind)!;
  const table = await loadTable(info);
  const object = { apiVersion: "v1", kind, metadata: { name: "x" }, involvedObject: {} } as KubeObject;
  expect(table.cells(object, { now: 0 })).toHaveLength(table.columns.length);
});

const NOW = Date.parse("2026-11-22T12:00:00Z");

async function cells(resource: string, object: object): Promise<Json[]> {
  const info = kindByResource(resource)!;
  const { metadata, ...rest } = object as { metadata?: object };
  const whole = {
    apiVersion: apiVersionOf(info),
    kind: info.kind,
    metadata: { name: "x", creationTimestamp: "2026-11-22T11:58:00Z", ...metadata },
    ...rest,
  };
  return (await loadTable(info)).cells(whole, { now: NOW });
}

// The functions named are those of kubernetes pkg/printers/internalversion/printers.go.
describe("printService", () => {
  const service = (spec: object, status = {}) => cells("services", { spec, status });
  const ports = [{ port: 80, protocol: "TCP" }];

  test("ClusterIP", async () => {
    expect(
      await service({ type: "ClusterIP", clusterIPs: ["10.96.5.5"], ports, selector: { b: "2", a: "1" } }),
    ).toEqual(["x", "ClusterIP", "10.96.5.5", "<none>", "80/TCP", "2m", "a=1,b=2"]);
  });
  test("headless, external addresses, several ports", async () => {
    const many = [
      { port: 80, nodePort: 30080, protocol: "TCP" },
      { port: 53, protocol: "UDP" },
    ];
    const spec = { type: "NodePort", clusterIPs: ["None"], externalIPs: ["1.1.1.1", "2.2.2.2"], ports: many };
    expect(await service(spec)).toEqual([
      "x",
      "NodePort",
      "None",
      "1.1.1.1,2.2.2.2",
      "80:30080/TCP,53/UDP",
      "2m",
      "<none>",
    ]);
  });
  test("LoadBalancer: pending, addresses sorted and not cut, external addresses after them", async () => {
    const spec = { type: "LoadBalancer", clusterIPs: ["10.96.5.5"], ports };
    const ingress = [
      { hostname: "b.elb.amazonaws.com" },
      { ip: "203.0.113.10", hostname: "z" },
      { ip: "203.0.113.10" },
    ];
    expect((await service(spec))[3]).toBe("<pending>");
    expect((await service(spec, { loadBalancer: { ingress } }))[3]).toBe("203.0.113.10,b.elb.amazonaws.com");
    expect((await service({ ...spec, externalIPs: ["9.9.9.9"] }, { loadBalancer: { ingress } }))[3]).toBe(
      "203.0.113.10,b.elb.amazonaws.com,9.9.9.9",
    );
    expect((await service({ ...spec, externalIPs: ["9.9.9.9"] }))[3]).toBe("9.9.9.9");
  });
  test("ExternalName", async () => {
    const spec = { type: "ExternalName", externalName: "db.example.com" };
    expect(await service(spec)).toEqual(["x", "ExternalName", "<none>", "db.example.com", "<none>", "2m", "<none>"]);
  });
});

describe("printPod", () => {
  const running = { name: "a", ready: true, restartCount: 0, state: { running: {} } };
  const pod = async (spec: object, status: object, metadata = {}) =>
    (await cells("pods", { metadata, spec: { containers: [{ name: "a" }], ...spec }, status })).slice(1, 4);

  test("all columns", async () => {
    const spec = { containers: [{ name: "a" }], nodeName: "node-1", readinessGates: [{ conditionType: "lb" }] };
    const status = {
      phase: "Running",
      podIPs: [{ ip: "10.244.0.5" }],
      containerStatuses: [running],
      conditions: [{ type: "lb", status: "True" }],
    };
    expect(await cells("pods", { spec, status })).toEqual([
      "x",
      "1/1",
      "Running",
      "0",
      "2m",
      "10.244.0.5",
      "node-1",
      "<none>",
      "1/1",
    ]);
  });

  test.each<[string, object, object, object, string[]]>([
    ["pending", {}, { phase: "Pending" }, {}, ["0/1", "Pending", "0"]],
    [
      "creating",
      {},
      { phase: "Pending", containerStatuses: [{ name: "a", state: { waiting: { reason: "ContainerCreating" } } }] },
      {},
      ["0/1", "ContainerCreating", "0"],
    ],
    [
      "crash loop, restarted 5 s ago",
      {},
      {
        phase: "Running",
        containerStatuses: [
          {
            name: "a",
            restartCount: 3,
            state: { waiting: { reason: "CrashLoopBackOff" } },
            lastState: { terminated: { exitCode: 1, finishedAt: "2026-11-22T11:59:55Z" } },
          },
        ],
      },
      {},
      ["0/1", "CrashLoopBackOff", "3 (5s ago)"],
    ],
    [
      "completed",
      {},
      {
        phase: "Succeeded",
        containerStatuses: [{ name: "a", state: { terminated: { exitCode: 0, reason: "Completed" } } }],
      },
      {},
      ["0/1", "Completed", "0"],
    ],
    [
      "exit code with no reason",
      {},
      { phase: "Failed", containerStatuses: [{ name: "a", state: { terminated: { exitCode: 3 } } }] },
      {},
      ["0/1", "ExitCode:3", "0"],
    ],
    [
      "signal with no reason",
      {},
      { phase: "Failed", containerStatuses: [{ name: "a", state: { terminated: { exitCode: 137, signal: 9 } } }] },
      {},
      ["0/1", "Signal:9", "0"],
    ],
    [
      "terminating",
      {},
      { phase: "Running", containerStatuses: [running] },
      { deletionTimestamp: "x" },
      ["1/1", "Terminating", "0"],
    ],
    [
      "deleted after it ended",
      {},
      {
        phase: "Succeeded",
        containerStatuses: [{ name: "a", state: { terminated: { exitCode: 0, reason: "Completed" } } }],
      },
      { deletionTimestamp: "x" },
      ["0/1", "Completed", "0"],
    ],
    ["node lost", {}, { phase: "Running", reason: "NodeLost" }, { deletionTimestamp: "x" }, ["0/1", "Unknown", "0"]],
    ["evicted", {}, { phase: "Failed", reason: "Evicted" }, {}, ["0/1", "Evicted", "0"]],
    [
      "gated",
      {},
      { phase: "Pending", conditions: [{ type: "PodScheduled", status: "False", reason: "SchedulingGated" }] },
      {},
      ["0/1", "SchedulingGated", "0"],
    ],
    [
      "init waits",
      { initContainers: [{ name: "i" }, { name: "j" }] },
      {
        phase: "Pending",
        initContainerStatuses: [
          { name: "i", restartCount: 0, state: { terminated: { exitCode: 0 } } },
          { name: "j", restartCount: 0, state: { waiting: { reason: "PodInitializing" } } },
        ],
      },
      {},
      ["0/1", "Init:1/2", "0"],
    ],
    [
      "init fails",
      { initContainers: [{ name: "i" }] },
      {
        phase: "Pending",
        initContainerStatuses: [
          { name: "i", restartCount: 2, state: { terminated: { exitCode: 1, reason: "Error" } } },
        ],
      },
      {},
      ["0/1", "Init:Error", "2"],
    ],
    [
      "init waits for its image",
      { initContainers: [{ name: "i" }] },
      {
        phase: "Pending",
        initContainerStatuses: [{ name: "i", restartCount: 0, state: { waiting: { reason: "ImagePullBackOff" } } }],
      },
      {},
      ["0/1", "Init:ImagePullBackOff", "0"],
    ],
    [
      "sidecar counts",
      { initContainers: [{ name: "s", restartPolicy: "Always" }] },
      {
        phase: "Running",
        initContainerStatuses: [{ name: "s", ready: true, started: true, restartCount: 1, state: { running: {} } }],
        containerStatuses: [running],
      },
      {},
      ["2/2", "Running", "1"],
    ],
    [
      "one of two ended, ready condition",
      { containers: [{ name: "a" }, { name: "b" }] },
      {
        phase: "Running",
        conditions: [{ type: "Ready", status: "True" }],
        containerStatuses: [{ name: "b", state: { terminated: { exitCode: 0, reason: "Completed" } } }, running],
      },
      {},
      ["1/2", "Running", "0"],
    ],
    [
      "one of two failed, the other completed",
      { containers: [{ name: "a" }, { name: "b" }] },
      {
        phase: "Failed",
        containerStatuses: [
          { name: "a", state: { terminated: { exitCode: 0, reason: "Completed" } } },
          { name: "b", state: { terminated: { exitCode: 2, reason: "Error" } } },
        ],
      },
      {},
      ["0/2", "Error", "0"],
    ],
    [
      "one of two ended, not ready",
      { containers: [{ name: "a" }, { name: "b" }] },
      {
        phase: "Running",
        containerStatuses: [{ name: "b", state: { terminated: { exitCode: 0, reason: "Completed" } } }, running],
      },
      {},
      ["1/2", "NotReady", "0"],
    ],
  ])("%s", async (_name, spec, status, metadata, expected) => {
    expect(await pod(spec, status, metadata)).toEqual(expected);
  });
});

describe("formatEndpoints", () => {
  const addresses = ["1", "2", "3", "4", "5"].map((n) => ({ ip: `10.244.0.${n}` }));
  const text = async (subsets: object[]) => (await cells("endpoints", { subsets }))[1];

  test("none, all not ready, three and more, no ports, IPv6", async () => {
    expect(await text([])).toBe("<none>");
    expect(await text([{ notReadyAddresses: addresses, ports: [{ port: 80 }] }])).toBe("");
    expect(await text([{ addresses: addresses.slice(0, 3), ports: [{ port: 80 }] }])).toBe(
      "10.244.0.1:80,10.244.0.2:80,10.244.0.3:80",
    );
    expect(await text([{ addresses, ports: [{ port: 80 }, { port: 443 }] }])).toBe(
      "10.244.0.1:80,10.244.0.2:80,10.244.0.3:80 + 7 more...",
    );
    expect(await text([{ addresses: addresses.slice(0, 1) }])).toBe("10.244.0.1");
    expect(await text([{ addresses: [{ ip: "fd00::1" }], ports: [{ port: 80 }] }])).toBe("[fd00::1]:80");
  });
});

test("printEndpointSlice", async () => {
  const endpoints = ["1", "2", "3", "4"].map((n) => ({ addresses: [`10.244.0.${n}`] }));
  const ports = [{ port: 80, name: "http" }, { name: "any" }, {}];
  expect(await cells("endpointslices.discovery.k8s.io", { addressType: "IPv4", ports, endpoints })).toEqual([
    "x",
    "IPv4",
    "80,any,*",
    "10.244.0.1,10.244.0.2,10.244.0.3 + 1 more...",
    "2m",
  ]);
  expect(await cells("endpointslices.discovery.k8s.io", { addressType: "IPv4" })).toEqual([
    "x",
    "IPv4",
    "<unset>",
    "<unset>",
    "2m",
  ]);
});

const template = {
  spec: {
    containers: [
      { name: "a", image: "nginx" },
      { name: "b", image: "redis:7" },
    ],
  },
};
const selector = {
  matchLabels: { app: "web" },
  matchExpressions: [{ key: "tier", operator: "In", values: ["a", "b"] }],
};

test.each<[string, string, object, Json[]]>([
  [
    "printDeployment",
    "deployments.apps",
    {
      spec: { replicas: 3, selector, template },
      status: { readyReplicas: 2, updatedReplicas: 3, availableReplicas: 1 },
    },
    ["x", "2/3", 3, 1, "2m", "a,b", "nginx,redis:7", "app=web,tier in (a,b)"],
  ],
  [
    "printReplicaSet",
    "replicasets.apps",
    { spec: { replicas: 3, selector, template }, status: { replicas: 2, readyReplicas: 1 } },
    ["x", 3, 2, 1, "2m", "a,b", "nginx,redis:7", "app=web,tier in (a,b)"],
  ],
  [
    "printStatefulSet",
    "statefulsets.apps",
    { spec: { replicas: 3, selector, template }, status: { replicas: 2, readyReplicas: 1 } },
    ["x", "1/3", "2m", "a,b", "nginx,redis:7"],
  ],
  [
    "printJob running",
    "jobs.batch",
    { spec: { completions: 3, template }, status: { succeeded: 1, startTime: "2026-11-22T11:59:30Z" } },
    ["x", "Running", "1/3", "30s", "2m", "a,b", "nginx,redis:7", "<none>"],
  ],
  [
    "printJob complete",
    "jobs.batch",
    {
      spec: { parallelism: 2, template },
      status: {
        succeeded: 1,
        startTime: "2026-11-22T11:59:30Z",
        completionTime: "2026-11-22T11:59:35Z",
        conditions: [{ type: "Complete", status: "True" }],
      },
    },
    ["x", "Complete", "1/1 of 2", "5s", "2m", "a,b", "nginx,redis:7", "<none>"],
  ],
  [
    "printCronJob",
    "cronjobs.batch",
    {
      spec: { schedule: "*/5 * * * *", suspend: false, jobTemplate: { spec: { template } } },
      status: { active: [{}] },
    },
    ["x", "*/5 * * * *", "<none>", "False", 1, "<none>", "2m", "a,b", "nginx,redis:7", "<none>"],
  ],
  [
    "printNode",
    "nodes",
    {
      metadata: { labels: { "node-role.kubernetes.io/worker": "", "node-role.kubernetes.io/control-plane": "" } },
      spec: { unschedulable: true },
      status: {
        conditions: [{ type: "Ready", status: "True" }],
        addresses: [{ type: "InternalIP", address: "192.168.65.3" }],
        nodeInfo: { kubeletVersion: "v1.36.2", osImage: "Docker Desktop" },
      },
    },
    [
      "x",
      "Ready,SchedulingDisabled",
      "control-plane,worker",
      "2m",
      "v1.36.2",
      "192.168.65.3",
      "<none>",
      "Docker Desktop",
      "<unknown>",
      "<unknown>",
    ],
  ],
  [
    "printEvent",
    "events",
    {
      involvedObject: { kind: "Pod", name: "web", fieldPath: "spec.containers{a}" },
      type: "Normal",
      reason: "Pulled",
      message: "Container image present\n",
      source: { component: "kubelet", host: "node-1" },
      firstTimestamp: "2026-11-22T11:59:00Z",
      lastTimestamp: "2026-11-22T11:59:50Z",
      count: 2,
    },
    [
      "10s",
      "Normal",
      "Pulled",
      "pod/web",
      "spec.containers{a}",
      "kubelet, node-1",
      "Container image present",
      "60s",
      2,
      "x",
    ],
  ],
  [
    "printEvent of the newer API: a singleton",
    "events",
    {
      involvedObject: { kind: "Pod", name: "web" },
      reason: "Scheduled",
      eventTime: "2026-11-22T11:59:00.000000Z",
      reportingComponent: "default-scheduler",
    },
    ["60s", "", "Scheduled", "pod/web", "", "default-scheduler", "", "60s", 1, "x"],
  ],
  [
    "printHorizontalPodAutoscaler",
    "horizontalpodautoscalers.autoscaling",
    {
      spec: {
        scaleTargetRef: { kind: "Deployment", name: "web" },
        maxReplicas: 5,
        metrics: [
          { type: "Resource", resource: { name: "cpu", target: { averageUtilization: 80 } } },
          { type: "Pods", pods: { target: { averageValue: "5" } } },
          { type: "External", external: { target: { value: "7" } } },
        ],
      },
      status: { currentReplicas: 2 },
    },
    ["x", "Deployment/web", "cpu: <unknown>/80%, <unknown>/5 + 1 more...", "<unset>", 5, 2, "2m"],
  ],
  [
    "printIngress",
    "ingresses.networking.k8s.io",
    {
      spec: { ingressClassName: "nginx", rules: ["a", "b", "c", "d"].map((host) => ({ host })), tls: [{}] },
      status: { loadBalancer: { ingress: [{ ip: "1.2.3.4" }] } },
    },
    ["x", "nginx", "a,b,c + 1 more...", "1.2.3.4", "80, 443", "2m"],
  ],
  [
    "printPersistentVolumeClaim",
    "persistentvolumeclaims",
    {
      spec: { volumeName: "pv", storageClassName: "std", volumeMode: "Filesystem" },
      status: { phase: "Bound", capacity: { storage: "1Gi" }, accessModes: ["ReadWriteMany", "ReadWriteOnce"] },
    },
    ["x", "Bound", "pv", "1Gi", "RWO,RWX", "std", "<unset>", "2m", "Filesystem"],
  ],
  [
    "printPodDisruptionBudget",
    "poddisruptionbudgets.policy",
    { spec: { minAvailable: "50%" }, status: { disruptionsAllowed: 1 } },
    ["x", "50%", "N/A", 1, "2m"],
  ],
  [
    "printControllerRevision",
    "controllerrevisions.apps",
    {
      metadata: { ownerReferences: [{ apiVersion: "apps/v1", kind: "StatefulSet", name: "web", controller: true }] },
      revision: 2,
    },
    ["x", "statefulset.apps/web", 2, "2m"],
  ],
  [
    "printIPAddress",
    "ipaddresses.networking.k8s.io",
    { spec: { parentRef: { resource: "services", namespace: "default", name: "kubernetes" } } },
    ["x", "services/default/kubernetes"],
  ],
  [
    "printResourceQuota",
    "resourcequotas",
    { status: { hard: { pods: "5", "limits.cpu": "2", "requests.cpu": "1" }, used: { pods: "1" } } },
    ["x", "pods: 1/5, requests.cpu: 0/1", "limits.cpu: 0/2", "2m"],
  ],
  [
    "printStorageClass",
    "storageclasses.storage.k8s.io",
    {
      metadata: { annotations: { "storageclass.kubernetes.io/is-default-class": "true" } },
      provisioner: "rancher.io/local-path",
    },
    ["x (default)", "rancher.io/local-path", "Delete", "Immediate", false, "2m"],
  ],
  [
    "printRoleBinding",
    "rolebindings.rbac.authorization.k8s.io",
    {
      roleRef: { kind: "ClusterRole", name: "view" },
      subjects: [
        { kind: "User", name: "ann" },
        { kind: "ServiceAccount", namespace: "default", name: "sa" },
        { kind: "Group", name: "dev" },
        { kind: "User", name: "bob" },
      ],
    },
    ["x", "ClusterRole/view", "2m", "ann, bob", "dev", "default/sa"],
  ],
  [
    "extractCSRStatus",
    "certificatesigningrequests.certificates.k8s.io",
    {
      spec: { signerName: "s", username: "u", expirationSeconds: 3600 },
      status: { conditions: [{ type: "Approved" }], certificate: "eA==" },
    },
    ["x", "2m", "s", "u", "60m", "Approved,Issued"],
  ],
  ["NewDefaultTableConvertor (apiserver pkg/registry/rest/table.go)", "limitranges", {}, ["x", "2026-11-22T11:58:00Z"]],
])("%s", async (_name, resource, object, expected) => {
  expect(await cells(resource, object)).toEqual(expected);
});

test("both kinds of Event print alike", async () => {
  expect(await loadTable(kindByGvk("events.k8s.io/v1", "Event")!)).toBe(await loadTable(kindByGvk("v1", "Event")!));
});
