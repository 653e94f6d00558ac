import type { Profile, ProfileNode } from "./profile.ts";

function node(name: string, number: number, extra: Pick<ProfileNode, "labels" | "taints">): ProfileNode {
  return {
    name,
    internalIP: `172.18.0.${number + 2}`,
    hostname: name,
    podCIDR: `10.244.${number}.0/24`,
    ...extra,
    providerID: `kind://docker/kind/${name}`,
    cpus: 8,
    memoryKi: 16316412,
    ephemeralStorageKi: 490617784,
    osImage: "Debian GNU/Linux 12 (bookworm)",
    kernelVersion: "6.8.0-88-generic",
    containerRuntimeVersion: "containerd://2.2.0",
  };
}

export const kind = (): Profile => ({
  name: "kind",
  nodes: [
    node("kind-control-plane", 0, {
      labels: {
        "node-role.kubernetes.io/control-plane": "",
        "node.kubernetes.io/exclude-from-external-load-balancers": "",
      },
      taints: [{ key: "node-role.kubernetes.io/control-plane", effect: "NoSchedule" }],
    }),
    node("kind-worker", 1, { labels: {} }),
    node("kind-worker2", 2, { labels: {} }),
  ],
  context: { name: "kind-kind", cluster: "kind-kind", user: "kind-kind", server: "https://127.0.0.1:41795" },
  apiServer: { address: "172.18.0.2", port: 6443 },
  clusterCIDR: "10.244.0.0/16",
  sourceAcrossNodes: "node",
  loadBalancer: { kind: "none" },
  host: {
    address: "172.18.0.1",
    publishesOnLocalhost: false,
    reaches: ["nodeInternal", "loadBalancer", "externalIP"],
  },
});
