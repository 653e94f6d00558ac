import type { Profile } from "./profile.ts";

export const bare = (): Profile => ({
  name: "bare",
  nodes: [
    {
      name: "node-1",
      internalIP: "192.168.65.3",
      hostname: "node-1",
      podCIDR: "10.244.0.0/24",
      labels: {
        "node-role.kubernetes.io/control-plane": "",
        "node.kubernetes.io/exclude-from-external-load-balancers": "",
      },
      cpus: 4,
      memoryKi: 8140272,
      ephemeralStorageKi: 81106868,
      osImage: "Ubuntu 24.04.3 LTS",
      kernelVersion: "6.8.0-88-generic",
      containerRuntimeVersion: "containerd://2.2.0",
    },
  ],
  context: {
    name: "kubernetes-admin@kubernetes",
    cluster: "kubernetes",
    user: "kubernetes-admin",
    server: "https://192.168.65.3:6443",
  },
  apiServer: { address: "192.168.65.3", port: 6443 },
  clusterCIDR: "10.244.0.0/16",
  sourceAcrossNodes: "bridge",
  loadBalancer: { kind: "none" },
  host: {
    address: "192.168.65.1",
    publishesOnLocalhost: false,
    reaches: ["nodeInternal", "loadBalancer", "externalIP"],
  },
});
