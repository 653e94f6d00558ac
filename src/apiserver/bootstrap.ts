import type { JsonObject } from "../api/json.ts";
import { keyedUuid } from "../api/keyed-random.ts";
import type { KubeObject } from "../api/object.ts";
import { kubernetesServiceObjects } from "../api/profiles/kubernetes-service.ts";
import { profileNodes } from "../api/profiles/nodes.ts";
import type { Profile } from "../api/profiles/profile.ts";
import { profileOf } from "../api/profiles/profiles.ts";
import { RECORDS } from "../api/records.ts";
import { timestamp } from "../api/snapshot.ts";
import { FORMAT_VERSION, type Header } from "../store/document.ts";
import { create } from "./create.ts";
import { requestOf } from "./request.ts";
import type { World } from "./world.ts";

/** The address of the cluster's name server, and the range that it and all ClusterIPs are from. */
export const DNS_ADDRESS = "10.96.0.10";
export const SERVICE_CIDR = "10.96.0.0/12";

/** Models SystemPriorityClasses of kubernetes pkg/apis/scheduling/v1/helpers.go. */
const SYSTEM_PRIORITIES = [
  ["system-node-critical", 2000001000, "Used for system critical pods that must not be moved from their current node."],
  [
    "system-cluster-critical",
    2000000000,
    "Used for system critical pods that must run in the cluster, but can be moved to another node if necessary.",
  ],
] as const;

export function newHeader(profileName: string, seed: string, now: number): Header {
  const { context } = profileOf(profileName);
  return {
    apiVersion: "kubemu.dev/v1",
    kind: "Cluster",
    formatVersion: FORMAT_VERSION,
    profile: profileName,
    seed,
    resourceVersion: 0,
    time: now,
    settings: {},
    kubeconfig: {
      kind: "Config",
      apiVersion: "v1",
      preferences: {},
      clusters: [{ name: context.cluster, cluster: { server: context.server } }],
      users: [{ name: context.user, user: {} }],
      contexts: [{ name: context.name, context: { cluster: context.cluster, user: context.user } }],
      "current-context": context.name,
    },
    agenda: [],
  };
}

/** Fills a new cluster with what a real one holds before its first user. */
export async function bootstrap(world: World): Promise<void> {
  const { profile: profileName, seed, time } = world.header;
  const profile = profileOf(profileName);
  const make = async (resource: string, manager: string, object: KubeObject) => {
    const request = await requestOf(world, resource, object.metadata.namespace ?? "", { manager, trusted: true });
    await create(request, object as unknown as JsonObject);
  };
  for (const name of ["default", "kube-node-lease", "kube-public", "kube-system"])
    await make("namespaces", "kube-apiserver", { apiVersion: "v1", kind: "Namespace", metadata: { name } });
  for (const [name, value, description] of SYSTEM_PRIORITIES)
    await make("priorityclasses.scheduling.k8s.io", "kube-apiserver", {
      apiVersion: "scheduling.k8s.io/v1",
      kind: "PriorityClass",
      metadata: { name },
      value,
      description,
    } as KubeObject);
  await make("servicecidrs.networking.k8s.io", "kube-apiserver", {
    apiVersion: "networking.k8s.io/v1",
    kind: "ServiceCIDR",
    metadata: { name: "kubernetes" },
    spec: { cidrs: [SERVICE_CIDR] },
    status: {
      conditions: [
        {
          type: "Ready",
          status: "True",
          reason: "",
          message: "Kubernetes Service CIDR is ready",
          lastTransitionTime: timestamp(time),
        },
      ],
    },
  });
  for (const node of profileNodes(profile, seed, time)) await make("nodes", "kubelet", node);
  const { bootstrapRoles } = await import("./authorization/default-roles.ts");
  await bootstrapRoles(world);
  const { systemPriorityClasses } = await import("./first-objects.ts");
  await systemPriorityClasses(world);
  for (const object of await systemObjects(profile)) await make(object.resource, object.manager, object.object);
  world.objects.put(RECORDS.outside, {
    apiVersion: "kubemu.dev/v1",
    kind: "OutsideHost",
    metadata: { name: "db.example.com", uid: keyedUuid(seed, "outside", "db.example.com") },
    address: "198.51.100.80",
  });
}

async function systemObjects(profile: Profile): Promise<{ resource: string; manager: string; object: KubeObject }[]> {
  const { coreDnsDeployment, coreDnsService } = await import("./coredns.ts");
  return [
    ...kubernetesServiceObjects(profile).map((entry) => ({ ...entry, manager: "kube-apiserver" })),
    {
      resource: "serviceaccounts",
      manager: "kubeadm",
      object: { apiVersion: "v1", kind: "ServiceAccount", metadata: { name: "coredns", namespace: "kube-system" } },
    },
    { resource: "services", manager: "kubeadm", object: coreDnsService(DNS_ADDRESS) },
    { resource: "deployments.apps", manager: "kubeadm", object: coreDnsDeployment() },
  ];
}
