import { sortedKeys } from "../../json.ts";
import type { Container, Pod, PodSpec, PodStatus } from "../../types/core.ts";
import { setPodSpecDefaults } from "./template-defaults.ts";
import { isPodLevel, sumOfContainers } from "./total-resources.ts";

/** Models SetDefaults_Pod of kubernetes pkg/apis/core/v1/defaults.go: what a pod gets beyond what its template had. */
export function setDefaults(pod: Pod): void {
  pod.spec ??= { containers: [] };
  pod.status ??= {};
  for (const container of [...(pod.spec.containers ?? []), ...(pod.spec.initContainers ?? [])])
    requestWhatIsLimited(container);
  setPodLevelDefaults(pod.spec);
  pod.spec.enableServiceLinks ??= true;
  setPodSpecDefaults(pod.spec);
  // With the node's own network a container's port is the node's; templates are left alone.
  if (pod.spec.hostNetwork)
    for (const { ports } of [...(pod.spec.containers ?? []), ...(pod.spec.initContainers ?? [])])
      for (const port of ports ?? []) port.hostPort ||= port.containerPort;
  // A conversion, not a default: of pods alone, templates keep it. Models pkg/apis/core/v1/conversion.go.
  if (pod.spec.terminationGracePeriodSeconds! < 0) pod.spec.terminationGracePeriodSeconds = 1;
  agreeOnAddresses(pod.status);
}

/** `podIP` and `podIPs` are two names of one field; where they differ, the older holds. Models pkg/apis/core/v1/conversion.go. */
function agreeOnAddresses(status: PodStatus): void {
  const { podIP, podIPs } = status;
  if (podIP && podIP !== podIPs?.[0]?.ip) status.podIPs = [{ ip: podIP }];
  else if (!podIP && podIPs?.length) status.podIP = podIPs[0]!.ip;
}

function requestWhatIsLimited({ resources }: Container): void {
  if (!resources?.limits) return;
  resources.requests ??= {};
  for (const key of sortedKeys(resources.limits)) resources.requests[key] ??= resources.limits[key]!;
}

/** Models defaultHugePagePodLimits and defaultPodRequests: what the containers say fills what the pod as a whole leaves open. */
function setPodLevelDefaults(spec: PodSpec): void {
  const { resources } = spec;
  if (!resources) return;
  const { limits = {}, requests = {} } = resources;
  const hugePages = (name: string) => name.startsWith("hugepages-");
  if (Object.keys(limits).length + Object.keys(requests).length > 0)
    for (const [name, sum] of sumOfContainers(spec, "limits"))
      if (hugePages(name) && requests[name] === undefined) limits[name] ??= sum.text;
  if (Object.keys(limits).length === 0) return;
  resources.limits = limits;
  for (const [name, sum] of sumOfContainers(spec, "requests"))
    if (isPodLevel(name) && !hugePages(name)) requests[name] ??= sum.text;
  for (const name of sortedKeys(limits)) if (isPodLevel(name)) requests[name] ??= limits[name]!;
  if (Object.keys(requests).length > 0) resources.requests = requests;
}
