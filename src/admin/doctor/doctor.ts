import { isReady } from "../../api/kinds/pod/state.ts";
import type { Snapshot } from "../../api/snapshot.ts";
import type { Service } from "../../api/types/core.ts";
import { checkClusterDns } from "./cluster-dns.ts";
import { checkExternalName } from "./external-name.ts";
import type { Case, Finding } from "./finding.ts";
import { checkLoadBalancer } from "./load-balancer.ts";
import { checkPods } from "./pods.ts";
import { checkPolicies, networkPolicyHints } from "./policies.ts";
import { checkPorts } from "./ports.ts";
import { reachHints } from "./reach.ts";
import { checkSelector, podsOf } from "./selector.ts";
import { checkNamesInPods } from "./service-name.ts";

export interface DoctorOptions {
  /** Absent: all namespaces. */
  namespace?: string;
  /** One Service alone; its hints are told too. */
  service?: string;
  /** What a command line without `-n` means. */
  currentNamespace: string;
}

/** Everything that is wrong with Services, and the commands that mend it; in the order of the Services. Pure. */
export function doctor(snapshot: Snapshot, options: DoctorOptions): Finding[] {
  const { namespace, service: only, currentNamespace } = options;
  const services = snapshot
    .list<Service>("services", namespace)
    .filter((service) => only === undefined || service.metadata.name === only);
  const findings = checkClusterDns(snapshot);
  for (const service of services) {
    const subject: Case = {
      snapshot,
      service,
      name: service.metadata.name!,
      namespace: service.metadata.namespace ?? "default",
      currentNamespace,
    };
    findings.push(...examine(subject, only !== undefined));
  }
  if (only === undefined) findings.push(...checkNamesInPods(snapshot, namespace, currentNamespace));
  const seen = new Set<string>();
  return findings.filter((finding) => {
    const key = JSON.stringify(finding);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

function examine(subject: Case, hints: boolean): Finding[] {
  if (subject.service.spec?.type === "ExternalName")
    return checkExternalName(subject).filter((finding) => hints || finding.severity === "error");
  // What CoreDNS' own pods lack is told once, by checkClusterDns.
  const isDns = subject.namespace === "kube-system" && subject.name === "kube-dns";
  const pods = podsOf(subject);
  const serving = pods.some(isReady);
  const findings = [
    ...(isDns ? [] : checkSelector(subject)),
    ...(isDns ? [] : checkPods(subject, pods)),
    ...checkPorts(subject, pods),
    ...checkLoadBalancer(subject, serving),
    ...(serving ? checkPolicies(subject) : []),
    ...networkPolicyHints(subject, pods),
  ];
  const works = findings.every((finding) => finding.severity !== "error");
  return hints
    ? [...findings, ...(works && serving ? reachHints(subject) : [])]
    : findings.filter((f) => f.severity === "error");
}
