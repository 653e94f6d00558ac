import type { Profile } from "./profile.ts";

export const dockerDesktop = (): Profile => ({
  name: "docker-desktop",
  nodes: [
    {
      name: "docker-desktop",
      internalIP: "192.168.65.3",
      hostname: "docker-desktop",
      podCIDR: "10.244.0.0/24",
      labels: {
        "node-role.kubernetes.io/control-plane": "",
        "node.kubernetes.io/exclude-from-external-load-balancers": "",
      },
      cpus: 8,
      memoryKi: 8025076,
      ephemeralStorageKi: 1055762868,
      osImage: "Docker Desktop",
      kernelVersion: "6.12.54-linuxkit",
      containerRuntimeVersion: "docker://29.1.3",
    },
  ],
  context: {
    name: "docker-desktop",
    cluster: "docker-desktop",
    user: "docker-desktop",
    server: "https://127.0.0.1:6443",
  },
  apiServer: { address: "192.168.65.3", port: 6443 },
  clusterCIDR: "10.244.0.0/16",
  sourceAcrossNodes: "bridge",
  loadBalancer: { kind: "hostname", hostname: "localhost", delayMs: 0 },
  host: { address: "192.168.65.1", publishesOnLocalhost: true, reaches: [] },
});
