/** What differs between the clusters that people learn on, as data: one file a profile. */
export interface Profile {
  name: ProfileName;
  nodes: readonly ProfileNode[];
  /** The kubeconfig entry that reaches this cluster. */
  context: { name: string; cluster: string; user: string; server: string };
  /** Where the API server listens: the endpoint of the Service `kubernetes`. */
  apiServer: { address: string; port: number };
  /** How kubelets, kube-proxy and the network plug-in were set up. */
  clusterCIDR: string;
  /**
   * The address that a pod on another node sees when a node masquerades, or speaks itself: its bridge to the pods (an overlay
   * network), or its own address (plain routes between nodes).
   */
  sourceAcrossNodes: "bridge" | "node";
  loadBalancer: LoadBalancerProvider;
  host: HostReach;
}

export const PROFILE_NAMES = ["docker-desktop", "bare", "kind", "linux", "cloud"] as const;
export type ProfileName = (typeof PROFILE_NAMES)[number];

/** What a user may choose of a new cluster. */
export interface NewClusterOptions {
  profile?: ProfileName;
  seed?: string;
}

export const DEFAULT_PROFILE: ProfileName = "docker-desktop";

export function isProfileName(name: string): name is ProfileName {
  return (PROFILE_NAMES as readonly string[]).includes(name);
}

export interface ProfileNode {
  name: string;
  /** Addresses as in status.addresses; `external` only where the cloud gives one. */
  internalIP: string;
  externalIP?: string;
  hostname: string;
  podCIDR: string;
  /** Beside the five that every kubelet sets (arch, os, hostname). */
  labels: Readonly<Record<string, string>>;
  taints?: readonly { key: string; value?: string; effect: "NoSchedule" | "NoExecute" | "PreferNoSchedule" }[];
  providerID?: string;
  cpus: number;
  memoryKi: number;
  ephemeralStorageKi: number;
  osImage: string;
  kernelVersion: string;
  containerRuntimeVersion: string;
}

/** What gives a Service of type LoadBalancer its `status.loadBalancer.ingress`. */
export type LoadBalancerProvider =
  /** Nobody: `<pending>` until a user sets the status. */
  | { kind: "none" }
  /** Always this name (Docker Desktop publishes the Service's ports on it). */
  | { kind: "hostname"; hostname: string; delayMs: number }
  /** The address of the node itself (k3s' service load balancer). */
  | { kind: "nodeAddress"; delayMs: number }
  /** A name of its own for each Service: `<id>.<suffix>`. The balancer speaks to the nodes from `sourceAddress`. */
  | { kind: "name"; suffix: string; sourceAddress: string; delayMs: number };

/** What the machine that the user types on reaches. */
export interface HostReach {
  /** The address that nodes see its packets come from. */
  address: string;
  /** Set when the host is itself a node. */
  node?: string;
  /** True: node ports and load balancers' ports are published on the host's own localhost. */
  publishesOnLocalhost: boolean;
  /** Packets to these get to a node; to all other addresses of the cluster they are lost (a time-out). */
  reaches: readonly Destination[];
  /** Ports that a firewall before the nodes lets in, first and last; absent: all. */
  openNodePorts?: readonly [number, number];
}

export type Destination = "nodeInternal" | "nodeExternal" | "loadBalancer" | "externalIP" | "clusterIP" | "pod";
