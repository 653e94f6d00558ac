import { isReady } from "../../api/kinds/pod/state.ts";
import { selectorFromSet } from "../../api/meta/label-selector.ts";
import type { Snapshot } from "../../api/snapshot.ts";
import type { Deployment } from "../../api/types/apps.ts";
import type { Service } from "../../api/types/core.ts";
import type { Finding } from "./finding.ts";
import { livePods } from "./workloads.ts";

/** Whether names are answered at all. */
export function checkClusterDns(snapshot: Snapshot): Finding[] {
  const namespace = "kube-system";
  const service = snapshot.get<Service>("services", namespace, "kube-dns");
  const deployment = snapshot.get<Deployment>("deployments.apps", namespace, "coredns");
  const finding = (object: string, problem: string, fix: string): Finding => ({
    severity: "error",
    code: "cluster-dns",
    object,
    namespace,
    problem: `${problem}: no name of a Service is answered`,
    fix: [fix],
  });
  if (!service) return [finding("service/kube-dns", "there is no Service kube-dns", "kubemu reset")];
  if (deployment?.spec?.replicas === 0)
    return [
      finding(
        "deployment/coredns",
        "CoreDNS is scaled to 0",
        "kubectl scale deployment coredns -n kube-system --replicas=2",
      ),
    ];
  const selector = selectorFromSet(service.spec?.selector);
  const pods = livePods(snapshot, namespace).filter((pod) => selector.matches(pod.metadata.labels));
  if (pods.some(isReady)) return [];
  return [
    finding(
      "deployment/coredns",
      "no pod of CoreDNS is ready",
      "kubectl rollout restart deployment coredns -n kube-system",
    ),
  ];
}
