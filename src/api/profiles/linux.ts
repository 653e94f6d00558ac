import type { Profile } from "./profile.ts";

export const linux = (): Profile => ({
  name: "linux",
  nodes: [
    {
      name: "linux",
      internalIP: "192.168.1.10",
      hostname: "linux",
      podCIDR: "10.244.0.0/24",
      labels: {
        "node-role.kubernetes.io/control-plane": "true",
        "node.kubernetes.io/instance-type": "k3s",
      },
      providerID: "k3s://linux",
      cpus: 4,
      memoryKi: 16316412,
      ephemeralStorageKi: 238777272,
      osImage: "Ubuntu 24.04.3 LTS",
      kernelVersion: "6.8.0-88-generic",
      containerRuntimeVersion: "containerd://2.2.0",
    },
  ],
  context: { name: "default", cluster: "default", user: "default", server: "https://127.0.0.1:6443" },
  apiServer: { address: "192.168.1.10", port: 6443 },
  clusterCIDR: "10.244.0.0/16",
  sourceAcrossNodes: "bridge",
  loadBalancer: { kind: "nodeAddress", delayMs: 0 },
  host: {
    address: "192.168.1.10",
    node: "linux",
    publishesOnLocalhost: false,
    reaches: ["nodeInternal", "loadBalancer", "externalIP", "clusterIP", "pod"],
  },
});
