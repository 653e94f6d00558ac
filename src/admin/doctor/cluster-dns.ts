import { isReady } from "../../api/kinds/pod/state.ts";
import type { Snapshot } from "../../api/snapshot.ts";
import type { Deployment } from "../../api/types/apps.ts";
import type { Service } from "../../api/types/core.ts";
import { clusterView } from "../../network/cluster-view.ts";
import { connect } from "../../network/proxy/connect.ts";
import type { Finding } from "./finding.ts";
import { checkPods } from "./pods.ts";
import { checkPorts } from "./ports.ts";
import { checkSelector, podsOf } from "./selector.ts";

const NAMESPACE = "kube-system";

/** Whether names are answered at all, and what stands in the way. */
export function checkClusterDns(snapshot: Snapshot, currentNamespace: string): Finding[] {
  const service = snapshot.get<Service>("services", NAMESPACE, "kube-dns");
  const deployment = snapshot.get<Deployment>("deployments.apps", NAMESPACE, "coredns");
  const finding = (object: string, problem: string, ...fix: string[]): Finding => ({
    severity: "error",
    code: "cluster-dns",
    object,
    namespace: NAMESPACE,
    problem: `${problem}: no name of a Service is answered`,
    fix,
  });
  if (!service) return [finding("service/kube-dns", "there is no Service kube-dns", "kubemu reset")];
  if (isAnswered(snapshot, service)) return [];
  if (!deployment) return [finding("deployment/coredns", "there is no Deployment coredns", "kubemu reset")];
  if (deployment.spec?.replicas === 0)
    return [
      finding(
        "deployment/coredns",
        "CoreDNS is scaled to 0",
        "kubectl scale deployment coredns -n kube-system --replicas=2",
      ),
    ];
  const subject = { snapshot, service, name: "kube-dns", namespace: NAMESPACE, currentNamespace };
  const pods = podsOf(subject);
  const [cause] = [...checkSelector(subject), ...checkPods(subject, pods), ...checkPorts(subject, pods)];
  if (cause) return [finding(cause.object, cause.problem, ...cause.fix)];
  const problem = pods.some(isReady) ? "Service kube-dns does not lead to CoreDNS" : "no pod of CoreDNS is ready";
  return [finding("service/kube-dns", problem, "kubectl describe service kube-dns -n kube-system")];
}

/** Whether a question that a node sends to the DNS reaches somebody. */
function isAnswered(snapshot: Snapshot, { spec }: Service): boolean {
  const [node] = clusterView(snapshot).nodes;
  const to = spec?.clusterIP;
  if (!node || !to) return true;
  const from = { kind: "node", name: node.name } as const;
  return connect(snapshot, { from, to, port: 53, protocol: "UDP" }).verdict === "answered";
}
