import type { JsonObject } from "../api/json.ts";
import { keyedUuid } from "../api/keyed-random.ts";
import type { KubeObject } from "../api/object.ts";
import { kubernetesServiceObjects } from "../api/profiles/kubernetes-service.ts";
import { profileNodes } from "../api/profiles/nodes.ts";
import type { Profile } from "../api/profiles/profile.ts";
import { profileOf } from "../api/profiles/profiles.ts";
import { RECORDS } from "../api/records.ts";
import { timestamp } from "../api/snapshot.ts";
import { FORMAT_VERSION, type Header } from "../store/header.ts";
import { create } from "./create.ts";
import { requestOf } from "./request.ts";
import { nextResourceVersion, type World } from "./world.ts";

/** The address of the cluster's name server, and the range that it and all ClusterIPs are from. */
const DNS_ADDRESS = "10.96.0.10";
export const SERVICE_CIDR = "10.96.0.0/12";

const PRIORITY_CLASSES = "priorityclasses.scheduling.k8s.io";

/** The header of a cluster that is being made; `now` in milliseconds since 1970. */
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

/**
 * Fills a new cluster with what a real one holds before its first user. It runs when kubemu is made: users' clusters are copies
 * (`new-cluster.ts`).
 */
export async function bootstrap(world: World): Promise<void> {
  const { profile: profileName, seed, time } = world.header;
  const profile = profileOf(profileName);
  const make = async (resource: string, manager: string, object: KubeObject) => {
    const request = await requestOf(world, resource, object.metadata.namespace ?? "", { manager, trusted: true });
    await create(request, object as unknown as JsonObject);
  };
  for (const name of ["default", "kube-node-lease", "kube-public", "kube-system"])
    await make("namespaces", "kube-apiserver", { apiVersion: "v1", kind: "Namespace", metadata: { name } });
  const { finished } = await import("./first-objects/made.ts");
  const { systemPriorityClasses } = await import("./first-objects/priority-classes.ts");
  for (const made of systemPriorityClasses()) {
    const object = await finished(world, PRIORITY_CLASSES, made);
    object.metadata.resourceVersion = nextResourceVersion(world);
    world.objects.put(PRIORITY_CLASSES, object);
  }
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
  const { kubeSystemObjects } = await import("./first-objects/kube-system.ts");
  for (const [resource, made] of kubeSystemObjects(profile, seed, time))
    world.objects.put(resource, await finished(world, resource, made));
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
