import type { Profile, ProfileNode } from "./profile.ts";

function node(number: number): ProfileNode {
  const name = `ip-10-0-1-1${number}.ec2.internal`;
  const zone = `us-east-1${"abc"[number - 1]}`;
  const instance = `i-0${`${number}f3a9c57be41d2806`.slice(0, 16)}`;
  return {
    name,
    internalIP: `10.0.1.1${number}`,
    externalIP: `203.0.113.1${number}`,
    hostname: name,
    podCIDR: `10.244.${number - 1}.0/24`,
    labels: {
      "beta.kubernetes.io/instance-type": "t3.large",
      "failure-domain.beta.kubernetes.io/region": "us-east-1",
      "failure-domain.beta.kubernetes.io/zone": zone,
      "node.kubernetes.io/instance-type": "t3.large",
      "topology.kubernetes.io/region": "us-east-1",
      "topology.kubernetes.io/zone": zone,
    },
    providerID: `aws:///${zone}/${instance}`,
    cpus: 2,
    memoryKi: 8020892,
    ephemeralStorageKi: 83873772,
    osImage: "Amazon Linux 2023.9.20251117",
    kernelVersion: "6.12.55-74.119.amzn2023.x86_64",
    containerRuntimeVersion: "containerd://2.1.5",
  };
}

export const cloud = (): Profile => ({
  name: "cloud",
  nodes: [node(1), node(2), node(3)],
  context: {
    name: "cloud",
    cluster: "cloud",
    user: "cloud",
    server: "https://5E0A1C27B9D84F36A0C1D2E3F4A5B6C7.gr7.us-east-1.eks.amazonaws.com",
  },
  apiServer: { address: "10.0.0.25", port: 443 },
  clusterCIDR: "10.244.0.0/16",
  sourceAcrossNodes: "node",
  loadBalancer: { kind: "name", suffix: "us-east-1.elb.amazonaws.com", sourceAddress: "10.0.0.200", delayMs: 5000 },
  host: {
    address: "198.51.100.7",
    publishesOnLocalhost: false,
    reaches: ["nodeExternal", "loadBalancer"],
    openNodePorts: [30000, 32767],
  },
});
