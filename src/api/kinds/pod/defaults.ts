import { sortedKeys } from "../../json.ts";
import type { Container, Pod } from "../../types/core.ts";
import { setPodSpecDefaults } from "./template-defaults.ts";

/** Models SetDefaults_Pod of kubernetes pkg/apis/core/v1/defaults.go: what a pod gets beyond what its template had. */
export function setDefaults(pod: Pod): void {
  pod.spec ??= { containers: [] };
  pod.status ??= {};
  for (const container of [...(pod.spec.containers ?? []), ...(pod.spec.initContainers ?? [])])
    requestWhatIsLimited(container);
  pod.spec.enableServiceLinks ??= true;
  setPodSpecDefaults(pod.spec);
  // With the node's own network a container's port is the node's; templates are left alone.
  if (pod.spec.hostNetwork)
    for (const { ports } of [...(pod.spec.containers ?? []), ...(pod.spec.initContainers ?? [])])
      for (const port of ports ?? []) port.hostPort ||= port.containerPort;
  // A conversion, not a default: of pods alone, templates keep it. Models pkg/apis/core/v1/conversion.go.
  if (pod.spec.terminationGracePeriodSeconds! < 0) pod.spec.terminationGracePeriodSeconds = 1;
}

function requestWhatIsLimited({ resources }: Container): void {
  if (!resources?.limits) return;
  resources.requests ??= {};
  for (const key of sortedKeys(resources.limits)) resources.requests[key] ??= resources.limits[key]!;
}
