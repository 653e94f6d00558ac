import { formatLabels } from "../../api/meta/label-selector.ts";
import type { Pod, ServicePort } from "../../api/types/core.ts";
import { parseReference } from "../../images/reference.ts";
import { about, type Case, type Finding, patchService } from "./finding.ts";
import { GENERATED } from "./near.ts";
import { ownerRef } from "./workloads.ts";

/**
 * A selector that takes pods of somebody else along: some pods answer on a port, and others, which are not of the same makers, do not.
 * Undefined where no label tells them apart.
 */
export function tooWide(
  subject: Case,
  port: ServicePort,
  serving: readonly Pod[],
  failing: readonly Pod[],
): Finding | undefined {
  const { snapshot, service } = subject;
  const refs = (pods: readonly Pod[]) => [...new Set(pods.map((pod) => ownerRef(snapshot, pod)))];
  const right = refs(serving);
  const wrong = refs(failing);
  if (wrong.some((ref) => right.includes(ref))) return undefined;
  const [key, value] =
    Object.entries(serving[0]!.metadata.labels ?? {}).find(
      ([key, value]) =>
        !GENERATED.has(key) &&
        serving.every((pod) => pod.metadata.labels?.[key] === value) &&
        failing.every((pod) => pod.metadata.labels?.[key] !== value),
    ) ?? [];
  if (key === undefined) return undefined;
  // Another version of the same program, which calls its port otherwise, belongs to the Service all the same.
  const images = (pod: Pod) => (pod.spec?.containers ?? []).map(({ image = "" }) => parseReference(image).repository);
  const own = new Set(serving.flatMap(images));
  if (failing.some((pod) => images(pod).some((image) => own.has(image)))) return undefined;
  const all = serving.length + failing.length;
  return about(
    subject,
    "error",
    "selector-too-wide",
    `selector ${formatLabels(service.spec?.selector)} matches pods of ${wrong.join(", ")} too, which do not listen on ${port.targetPort ?? port.port}: ${failing.length} of ${all} connections to port ${port.port} fail`,
    patchService(subject, { spec: { selector: { [key]: value } } }),
  );
}
