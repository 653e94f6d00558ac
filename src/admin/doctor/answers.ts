import { clusterView } from "../../network/cluster-view.ts";
import { localReadyEndpoints } from "../../network/listeners.ts";
import { connect } from "../../network/proxy/connect.ts";
import { about, type Case, type Finding, inNamespace } from "./finding.ts";

/** Services with it are none of kube-proxy's. */
const FOREIGN_PROXY = "service.kubernetes.io/service-proxy-name";

/**
 * What is left when nothing wrong was found: whether each port of the Service's address really answers inside the cluster. Asked on a
 * node where one of its pods runs, so that policies do not count.
 */
export function checkAnswers(subject: Case): Finding[] {
  const { snapshot, service, namespace, name } = subject;
  const { clusterIP, ports = [], selector } = service.spec ?? {};
  const { nodes } = clusterView(snapshot);
  const node = nodes.find((it) => localReadyEndpoints(snapshot, namespace, name, it.name) > 0) ?? nodes[0];
  // Where a Service without a selector leads is another's affair, and was looked at.
  if (!clusterIP || clusterIP === "None" || !node || !selector) return [];
  if (service.metadata.labels && Object.hasOwn(service.metadata.labels, FOREIGN_PROXY))
    return [
      about(
        subject,
        "error",
        "foreign-proxy",
        `its label ${FOREIGN_PROXY} leaves it to another proxy than kube-proxy, and there is none: its address answers nowhere`,
        `kubectl label service ${name}${inNamespace(subject)} ${FOREIGN_PROXY}-`,
      ),
    ];
  for (const { port, protocol = "TCP" } of ports) {
    const path = connect(snapshot, { from: { kind: "node", name: node.name }, to: clusterIP, port, protocol });
    if (path.verdict === "answered") continue;
    const fix =
      protocol === "TCP"
        ? `kubemu trace ${clusterIP}:${port} --from node/${node.name}`
        : `kubectl describe service ${name}${inNamespace(subject)}`;
    return [about(subject, "error", "no-answer", `port ${port} does not answer: ${path.rule}`, fix)];
  }
  return [];
}
