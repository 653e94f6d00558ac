import type { Container, PodSpec } from "../../types/core.ts";
import { containersWithPaths } from "./state.ts";

/**
 * Takes away, before anything is validated, what belongs to features that are off in 1.36, without a word: GenericWorkload,
 * ClusterTrustBundleProjection, PodCertificateRequest, ContainerStopSignals. Models dropDisabledFields of kubernetes pkg/api/pod/util.go.
 */
export function dropDisabledFields(spec: PodSpec | undefined): void {
  if (!spec) return;
  delete spec.schedulingGroup;
  for (const { projected } of spec.volumes ?? [])
    for (const source of projected?.sources ?? []) {
      delete source.clusterTrustBundle;
      delete source.podCertificate;
    }
  for (const [container] of containersWithPaths(spec, "")) dropStopSignal(container);
}

function dropStopSignal(container: Container): void {
  if (container.lifecycle?.stopSignal === undefined) return;
  delete container.lifecycle.stopSignal;
  if (Object.keys(container.lifecycle).length === 0) delete container.lifecycle;
}
