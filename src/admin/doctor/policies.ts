import { fromLabelSelector } from "../../api/meta/label-selector.ts";
import type { Pod } from "../../api/types/core.ts";
import type { NetworkPolicy, NetworkPolicyEgressRule } from "../../api/types/networking.ts";
import { clusterView } from "../../network/cluster-view.ts";
import { localReadyEndpoints } from "../../network/listeners.ts";
import { about, type Case, type Finding, inNamespace, patchService } from "./finding.ts";
import { livePods } from "./workloads.ts";

/** NetworkPolicies for the pods of a Service: told, because no packet here meets them. */
export function networkPolicyHints(subject: Case, pods: readonly Pod[]): Finding[] {
  const { snapshot, namespace } = subject;
  const chosen = snapshot
    .list<NetworkPolicy>("networkpolicies.networking.k8s.io", namespace)
    .filter(({ spec }) => pods.some((pod) => fromLabelSelector(spec?.podSelector).matches(pod.metadata.labels)));
  return chosen.map(({ metadata, spec }) => {
    const ways = (spec?.policyTypes ?? ["Ingress"]).join(" and ");
    return about(
      subject,
      "hint",
      "network-policy-not-enforced",
      `NetworkPolicy ${metadata.name} restricts its pods (${ways}), but no network plug-in enforces it here: where one does, it may drop what passes now`,
      `kubectl describe networkpolicy ${metadata.name}${inNamespace(subject)}`,
    );
  });
}

/** Policies of the Service's namespace that let its clients ask no name server: the usual slip with Egress. */
export function egressHints({ snapshot, ...subject }: Case): Finding[] {
  return snapshot
    .list<NetworkPolicy>("networkpolicies.networking.k8s.io", subject.namespace)
    .filter(({ spec }) => spec?.policyTypes?.includes("Egress") && !(spec.egress ?? []).some(letsDnsOut))
    .map(({ metadata, spec }) => {
      const selector = fromLabelSelector(spec?.podSelector);
      const pods = livePods(snapshot, subject.namespace).filter((pod) => selector.matches(pod.metadata.labels));
      const [first] = pods;
      const who = first ? ` (${first.metadata.name}${pods.length > 1 ? " …" : ""})` : "";
      return about(
        { snapshot, ...subject },
        "hint",
        "network-policy-without-dns",
        `NetworkPolicy ${metadata.name} lets its pods${who} send nothing to port 53 of kube-system: where a network plug-in enforces it, they can look up no name`,
        `kubectl describe networkpolicy ${metadata.name}${inNamespace(subject)}`,
      );
    });
}

/** Whether a rule lets UDP through to port 53, wherever the cluster's DNS is. */
function letsDnsOut(rule: NetworkPolicyEgressRule): boolean {
  const port =
    !rule.ports?.length ||
    rule.ports.some(
      (it) => (it.port === undefined || it.port === 53 || it.port === "dns") && (it.protocol ?? "TCP") === "UDP",
    );
  const to =
    !rule.to?.length || rule.to.some((peer) => peer.namespaceSelector !== undefined || peer.ipBlock !== undefined);
  return port && to;
}

/** Traffic policies that drop packets on nodes without a pod of the Service. Asked only of a Service that has ready pods. */
export function checkPolicies(subject: Case): Finding[] {
  const { snapshot, service, namespace, name } = subject;
  const { spec } = service;
  if (!spec || spec.clusterIP === "None" || spec.type === "ExternalName") return [];
  const bare = clusterView(snapshot).nodes.filter(
    (node) => localReadyEndpoints(snapshot, namespace, name, node.name) === 0,
  );
  const findings: Finding[] = [];
  if (spec.internalTrafficPolicy === "Local") {
    // It only matters where somebody could ask: nodes that run pods.
    const asking = new Set(livePods(snapshot).map((pod: Pod) => pod.spec?.nodeName));
    const nodes = bare.map((node) => node.name).filter((node) => asking.has(node));
    if (nodes.length > 0)
      findings.push(
        about(
          subject,
          "error",
          "internal-policy-local",
          `internalTrafficPolicy Local drops what pods on ${nodes.join(", ")} send: no pod of it runs there`,
          patchService(subject, { spec: { internalTrafficPolicy: "Cluster" } }),
        ),
      );
  }
  if (spec.type === "NodePort" && spec.externalTrafficPolicy === "Local" && bare.length > 0)
    findings.push(
      about(
        subject,
        "error",
        "external-policy-local",
        `externalTrafficPolicy Local drops what reaches its node port on ${bare.map((node) => node.name).join(", ")}: no pod of it runs there`,
        patchService(subject, { spec: { externalTrafficPolicy: "Cluster" } }),
      ),
    );
  return findings;
}
