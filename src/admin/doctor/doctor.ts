import { isReady } from "../../api/kinds/pod/state.ts";
import type { Snapshot } from "../../api/snapshot.ts";
import type { Service } from "../../api/types/core.ts";
import { checkAnswers } from "./answers.ts";
import { checkClusterDns } from "./cluster-dns.ts";
import { checkExternalName, serviceBehind } from "./external-name.ts";
import type { Case, Finding } from "./finding.ts";
import { checkIngresses, ingressHints } from "./ingresses.ts";
import { checkLoadBalancer } from "./load-balancer.ts";
import { checkNamesInPods } from "./names-in-pods.ts";
import { checkPods } from "./pods.ts";
import { checkPolicies, egressHints, networkPolicyHints } from "./policies.ts";
import { checkPorts } from "./ports.ts";
import { reachHints } from "./reach.ts";
import { checkSelector, podsOf } from "./selector.ts";
import { checkStatefulSets } from "./stateful-sets.ts";

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
  const dns = checkClusterDns(snapshot, currentNamespace);
  const findings = services.flatMap((service) =>
    examine(caseOf(snapshot, service, currentNamespace), only !== undefined),
  );
  if (only === undefined)
    findings.push(
      ...checkStatefulSets(snapshot, namespace),
      ...checkIngresses(snapshot, namespace, currentNamespace),
      ...checkNamesInPods(snapshot, namespace, currentNamespace),
    );
  const seen = new Set<string>();
  const told = new Set(dns.map(causeOf));
  return [...dns, ...findings.filter((finding) => !told.has(causeOf(finding)))].filter((finding) => {
    const key = JSON.stringify(finding);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** The cluster's DNS is examined first of all, and as one Service among others. */
const causeOf = ({ object, namespace, fix }: Finding) => JSON.stringify([object, namespace, fix]);

function caseOf(snapshot: Snapshot, service: Service, currentNamespace: string): Case {
  const { name = "", namespace = "default" } = service.metadata;
  return { snapshot, service, name, namespace, currentNamespace };
}

function examine(subject: Case, hints: boolean): Finding[] {
  const findings =
    subject.service.spec?.type === "ExternalName" ? examineAlias(subject, hints) : examineProxied(subject, hints);
  return hints ? findings : findings.filter((finding) => finding.severity === "error");
}

/** An ExternalName that leads to a Service of this cluster is as good as that one. */
function examineAlias(subject: Case, hints: boolean): Finding[] {
  const findings = checkExternalName(subject);
  const behind = serviceBehind(subject);
  if (findings.length > 0 || !behind || behind.spec?.type === "ExternalName") return findings;
  const target = caseOf(subject.snapshot, behind, subject.currentNamespace);
  const inSight = target.namespace === subject.namespace && !hints;
  return inSight ? [] : examineProxied(target, false).filter((finding) => finding.severity === "error");
}

function examineProxied(subject: Case, hints: boolean): Finding[] {
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
  const isRight = () => findings.every((finding) => finding.severity !== "error");
  if (isRight() && !isDns) findings.push(...checkAnswers(subject));
  if (hints && isRight() && serving)
    findings.push(...egressHints(subject), ...ingressHints(subject), ...reachHints(subject));
  return findings;
}
