import { clone, equal } from "../../json.ts";
import { type FieldError, field } from "../../status.ts";
import type { Container, Pod, PodSpec, ResourceRequirements } from "../../types/core.ts";
import { qosClassOf } from "./qos.ts";

/** The subresource `resize` of pods. */

const EMPTY: PodSpec = { containers: [] };
const MIRROR = "kubernetes.io/config.mirror";
const RESIZABLE = ["cpu", "memory"];

/** Containers that are other ones are left to the validation. Models dropNonResizeUpdates of kubernetes pkg/registry/core/pod/strategy.go. */
export function keepAllButResources(next: Pod, previous: Pod, keepMetadata: () => void): void {
  const { spec = EMPTY } = next;
  const before = previous.spec ?? EMPTY;
  for (const list of ["containers", "initContainers"] as const)
    if ((spec[list] ?? []).length !== (before[list] ?? []).length) return;
  next.spec = { ...clone(before) };
  for (const list of ["containers", "initContainers"] as const)
    if (before[list]?.length) next.spec[list] = resized(spec[list]!, before[list]);
  if (spec.resources) next.spec.resources = spec.resources;
  else delete next.spec.resources;
  keepMetadata();
}

function resized(containers: Container[], before: Container[]): Container[] {
  if (containers.some(({ name }, i) => name !== before[i]!.name)) return containers;
  return containers.map(({ resources, resizePolicy }, i) => {
    const { resources: _, resizePolicy: __, ...kept } = before[i]!;
    return { ...clone(kept), ...(resources && { resources }), ...(resizePolicy && { resizePolicy }) };
  });
}

/** `common`: the errors that any specification is told of. Models ValidatePodResize of kubernetes pkg/apis/core/validation/validation.go. */
export function validateResize(pod: Pod, previous: Pod, common: FieldError[]): FieldError[] {
  const spec = pod.spec ?? EMPTY;
  const before = previous.spec ?? EMPTY;
  if (previous.metadata.annotations?.[MIRROR] !== undefined)
    return [field.forbidden("", "static pods cannot be resized")];
  if (before.os?.name === "windows") return [field.forbidden("", "windows pods cannot be resized")];
  const errors = [...common];
  if ((previous.status?.qosClass || qosClassOf(previous)) !== qosClassOf(pod))
    errors.push(
      field.invalid("spec", pod.status?.qosClass ?? "", "Pod QOS Class may not change as a result of resizing"),
    );
  if (!isSupported(previous)) errors.push(field.forbidden("spec", "Pod running on node without support for resize"));
  errors.push(...podLevelErrors(spec, before));
  if (previous.status?.nodeAllocatableResourceClaimStatuses?.length)
    errors.push(field.forbidden("spec", "pods with node allocatable resource claims cannot be resized"));
  const order = orderErrors(spec, before);
  if (order.length > 0) return [...errors, ...order];
  for (const list of ["initContainers", "containers"] as const)
    for (const [i, old] of (before[list] ?? []).entries())
      errors.push(...removalErrors(spec[list]![i]!.resources, old.resources, `spec.${list}[${i}].resources`));
  for (const [i, container] of spec.containers.entries())
    if (!isOtherwiseSame(container, before.containers[i]!))
      errors.push(field.forbidden("spec", "only cpu and memory resources are mutable"));
  for (const [i, container] of (spec.initContainers ?? []).entries())
    errors.push(...initErrors(container, before.initContainers![i]!, `spec.initContainers[${i}]`));
  return errors;
}

function isSupported({ status }: Pod): boolean {
  const running = (status?.containerStatuses ?? []).find(({ state }) => state?.running);
  return !running || running.resources !== undefined;
}

const hasAny = (resources: ResourceRequirements | undefined) =>
  Object.keys(resources?.requests ?? {}).length + Object.keys(resources?.limits ?? {}).length > 0;

/** Models validatePodLevelResourcesResize. */
function podLevelErrors({ resources }: PodSpec, { resources: before }: PodSpec): FieldError[] {
  if (!hasAny(before) && !hasAny(resources)) return [];
  const path = "spec.resources";
  if (before && !resources) return [field.forbidden(path, "pod-level resources cannot be removed")];
  const errors: FieldError[] = [];
  if (before)
    for (const [list, what] of [
      ["requests", "requests"],
      ["limits", "limits"],
    ] as const)
      if (isRemoved(resources?.[list], before[list]))
        errors.push(field.forbidden(`${path}.${list}`, `pod-level resource ${what} cannot be removed`));
  if (!equal(withoutResizable(resources), withoutResizable(before)))
    errors.push(field.forbidden("spec", "only cpu and memory resources are mutable at pod-level"));
  return errors;
}

/** Models validatePodResizeContainerOrdering. */
function orderErrors(spec: PodSpec, before: PodSpec): FieldError[] {
  return (["containers", "initContainers"] as const).flatMap((list) => {
    const [now, then] = [spec[list] ?? [], before[list] ?? []];
    if (now.length !== then.length)
      return [field.forbidden(`spec.${list}`, `${list} may not be added or removed on resize`)];
    return then.flatMap(({ name }, i) =>
      now[i]!.name === name
        ? []
        : [field.forbidden(`spec.${list}[${i}].name`, `${list} may not be renamed or reordered on resize`)],
    );
  });
}

/** Models validateContainerResize. */
function removalErrors(
  resources: ResourceRequirements | undefined,
  before: ResourceRequirements | undefined,
  path: string,
): FieldError[] {
  return (["requests", "limits"] as const).flatMap((list) =>
    isRemoved(resources?.[list], before?.[list])
      ? [field.forbidden(`${path}.${list}`, `resource ${list} cannot be removed`)]
      : [],
  );
}

type Amounts = Record<string, string | number>;

function isRemoved(now: Amounts = {}, then: Amounts = {}): boolean {
  return Object.keys(then).some((name) => !Object.hasOwn(now, name));
}

/** But for what may be resized; who has claims of devices cannot be. Models dropCPUMemoryResourcesFromContainer. */
function isOtherwiseSame(container: Container, before: Container): boolean {
  const { resources, ...rest } = container;
  const { resources: old, ...others } = before;
  return (
    equal(rest, others) &&
    (old?.claims ?? []).length === 0 &&
    equal(withoutResizable({ ...resources, claims: [] }), withoutResizable({ ...old, claims: [] }))
  );
}

/** What is empty counts as what is not there. */
function withoutResizable({ requests, limits, claims }: ResourceRequirements = {}) {
  const rest = (amounts: Amounts = {}) =>
    Object.fromEntries(Object.entries(amounts).filter(([name]) => !RESIZABLE.includes(name)));
  return { requests: rest(requests), limits: rest(limits), claims: claims ?? [] };
}

function initErrors(container: Container, before: Container, path: string): FieldError[] {
  const errors: FieldError[] = [];
  if (!isOtherwiseSame(container, before))
    errors.push(field.forbidden(path, "only cpu and memory resources for init or sidecar containers are mutable"));
  if (container.restartPolicy === "Always" || equal(container, before)) return errors;
  const text = "non-sidecar init containers with a resize policy of RestartContainer cannot be resized";
  for (const { restartPolicy } of container.resizePolicy ?? [])
    if (restartPolicy === "RestartContainer") errors.push(field.forbidden(path, text));
  return errors;
}
