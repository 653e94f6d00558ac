import { keyedUuid } from "../keyed-random.ts";
import { timestamp } from "../snapshot.ts";
import type { Node, NodeCondition, NodeSystemInfo } from "../types/core.ts";
import type { Profile, ProfileNode } from "./profile.ts";

export const KUBERNETES_VERSION = "v1.36.2";

/** How kubectl and the API server were built, as both tell. */
export const BUILD_INFO = {
  gitVersion: KUBERNETES_VERSION,
  gitCommit: "",
  gitTreeState: "clean",
  buildDate: "2026-06-10T00:00:00Z",
  goVersion: "go1.26.4",
  compiler: "gc",
  platform: "linux/amd64",
};

/**
 * The Node objects of a fresh cluster, as their kubelets have registered them and report them Ready; without uid and
 * resourceVersion, which the API server gives. `now` in milliseconds since 1970.
 */
export function profileNodes(profile: Profile, seed: string, now: number): Node[] {
  return profile.nodes.map((node) => ({
    apiVersion: "v1",
    kind: "Node",
    metadata: {
      name: node.name,
      labels: { ...hostLabels(node.hostname), ...node.labels },
      annotations: {
        "node.alpha.kubernetes.io/ttl": "0",
        "volumes.kubernetes.io/controller-managed-attach-detach": "true",
      },
    },
    spec: {
      podCIDR: node.podCIDR,
      podCIDRs: [node.podCIDR],
      ...(node.providerID ? { providerID: node.providerID } : {}),
      ...(node.taints ? { taints: node.taints.map((taint) => ({ ...taint })) } : {}),
    },
    status: nodeStatus(node, seed, now),
  }));
}

/** The labels that every kubelet sets. Models kubernetes pkg/kubelet/kubelet_node_status.go. */
export function hostLabels(hostname: string): Record<string, string> {
  return {
    "beta.kubernetes.io/arch": "amd64",
    "beta.kubernetes.io/os": "linux",
    "kubernetes.io/arch": "amd64",
    "kubernetes.io/hostname": hostname,
    "kubernetes.io/os": "linux",
  };
}

/** status of a Node whose kubelet runs and is well. */
export function nodeStatus(node: ProfileNode, seed: string, now: number): NonNullable<Node["status"]> {
  return {
    capacity: resources(node, 0),
    // kubelet keeps 100 MiB of memory for its hard eviction threshold and a tenth of the disk.
    allocatable: resources(node, 102400),
    conditions: readyConditions(now),
    addresses: [
      { type: "InternalIP", address: node.internalIP },
      ...(node.externalIP ? [{ type: "ExternalIP", address: node.externalIP }] : []),
      { type: "Hostname", address: node.hostname },
    ],
    daemonEndpoints: { kubeletEndpoint: { Port: 10250 } },
    nodeInfo: systemInfo(node, seed),
  };
}

/** The four conditions of a healthy node. Models kubernetes pkg/kubelet/nodestatus/setters.go. */
function readyConditions(now: number): NodeCondition[] {
  const at = { lastHeartbeatTime: timestamp(now), lastTransitionTime: timestamp(now) };
  const condition = (type: string, status: string, reason: string, message: string) => ({
    type,
    status,
    ...at,
    reason,
    message,
  });
  return [
    condition("MemoryPressure", "False", "KubeletHasSufficientMemory", "kubelet has sufficient memory available"),
    condition("DiskPressure", "False", "KubeletHasNoDiskPressure", "kubelet has no disk pressure"),
    condition("PIDPressure", "False", "KubeletHasSufficientPID", "kubelet has sufficient PID available"),
    condition("Ready", "True", "KubeletReady", "kubelet is posting ready status"),
  ];
}

function resources(node: ProfileNode, reservedMemoryKi: number): Record<string, string> {
  const disk =
    reservedMemoryKi === 0
      ? `${node.ephemeralStorageKi}Ki`
      : String((BigInt(node.ephemeralStorageKi) * 1024n * 9n) / 10n);
  return {
    cpu: String(node.cpus),
    "ephemeral-storage": disk,
    "hugepages-1Gi": "0",
    "hugepages-2Mi": "0",
    memory: `${node.memoryKi - reservedMemoryKi}Ki`,
    pods: "110",
  };
}

function systemInfo(node: ProfileNode, seed: string): NodeSystemInfo {
  return {
    machineID: keyedUuid(seed, "machine-id", node.name).replaceAll("-", ""),
    systemUUID: keyedUuid(seed, "system-uuid", node.name),
    bootID: keyedUuid(seed, "boot-id", node.name),
    kernelVersion: node.kernelVersion,
    osImage: node.osImage,
    containerRuntimeVersion: node.containerRuntimeVersion,
    kubeletVersion: KUBERNETES_VERSION,
    // Filled by old clients only; kubelet leaves it empty since 1.33.
    kubeProxyVersion: "",
    operatingSystem: "linux",
    architecture: "amd64",
  };
}
