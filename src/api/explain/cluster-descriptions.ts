import { byField } from "./workload-descriptions.ts";

/** Descriptions of the kinds around workloads: one line a type, `name: text` a field. */
const TEXTS: Readonly<Record<string, string>> = {
  NodeSpec: `What is wanted of the node.
podCIDR: The range from which its pods get their addresses.
podCIDRs: All such ranges, one per IP family.
providerID: What the cloud calls the machine.
taints: What keeps pods away that do not put up with it.
unschedulable: True sends no more pods to it.`,
  NodeStatus: `What the node is.
addresses: Where it can be reached.
allocatable: What it has for pods.
capacity: What it has in all.
conditions: Whether it is ready, and what it runs short of.
daemonEndpoints: The ports of the kubelet.
images: Images that it has.
nodeInfo: Versions of what runs on it.`,
  NamespaceSpec: `What is wanted of the namespace.
finalizers: What must be done before the namespace goes.`,
  NamespaceStatus: `What the namespace is.
conditions: What keeps it from going.
phase: Active, or Terminating while it is being removed.`,
  Ingress: `Rules by which HTTP from outside reaches Services.
apiVersion: The API group and version that the object is written in.
kind: The kind of the object.
metadata: Name, labels and the like.
spec: What is wanted.
status: What is, as the cluster sees it.`,
  IngressSpec: `Which requests go where.
defaultBackend: Where requests go that no rule is for.
ingressClassName: Who serves the Ingress.
rules: Which hosts and paths go where.
tls: Certificates, and the hosts that they are for.`,
  IngressStatus: `Where the Ingress is served.
loadBalancer: The addresses that it has been given.`,
  HorizontalPodAutoscalerSpec: `What is scaled, within which limits, by what.
behavior: How fast it goes up and down.
maxReplicas: The most replicas.
metrics: What is measured, and what it should be.
minReplicas: The fewest replicas; 1 unless said otherwise.
scaleTargetRef: What is scaled.`,
  HorizontalPodAutoscalerStatus: `What the autoscaler sees and wants.
conditions: Whether it can scale, and what limits it.
currentMetrics: What was measured last.
currentReplicas: How many replicas there are.
desiredReplicas: How many it wants.
lastScaleTime: When it last changed the number.
observedGeneration: The generation that this status is of.`,
  PodDisruptionBudgetSpec: `How much may be taken away.
maxUnavailable: The most pods that may be missing, as a number or a share.
minAvailable: The fewest pods that must stay, as a number or a share.
selector: The pods that are meant.
unhealthyPodEvictionPolicy: Whether pods that are not ready may always be taken away.`,
  PodDisruptionBudgetStatus: `How much may be taken away at present.
conditions: Whether the budget can be kept.
currentHealthy: Pods that are ready.
desiredHealthy: Pods that must be ready.
disruptedPods: Pods that are about to be taken away.
disruptionsAllowed: How many pods may be taken away now.
expectedPods: Pods that are counted.
observedGeneration: The generation that this status is of.`,
  ServiceAccount: `
automountServiceAccountToken: Whether pods of the account get a token.
imagePullSecrets: Secrets with which images are pulled.
secrets: Secrets that pods of the account may use.`,
};

/** By type and by type and field, as `descriptions` has them. */
export function clusterDescriptions(): Record<string, string> {
  return byField(TEXTS);
}
