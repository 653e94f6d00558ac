import { legacyIpErrors, parseIp } from "../../meta/ip.ts";
import { dns1123LabelErrors, dns1123SubdomainErrors, labelKeyErrors } from "../../meta/names.ts";
import { immutableErrors, invalidEach } from "../../meta/object-meta.ts";
import { rangeErrors } from "../../meta/value-rules.ts";
import { type FieldError, field } from "../../status.ts";
import type { Container, ContainerStatus, Pod, PodSpec, PodStatus } from "../../types/core.ts";
import { annotationUpdateErrors } from "./annotations-validation.ts";

const HEALTH = ["Healthy", "Unhealthy", "Unknown"];
const LONGEST_HEALTH_MESSAGE = 8192;
const LONGEST_IMAGE = 256;
const NOT_NEGATIVE = "must be a non-negative integer";
const LISTS = ["containerStatuses", "initContainerStatuses", "ephemeralContainerStatuses"] as const;
type List = (typeof LISTS)[number];

/** Not of metadata's common rules. Models ValidatePodStatusUpdate of kubernetes pkg/apis/core/validation/validation.go. */
export function validatePodStatusUpdate(pod: Pod, previous: Pod): FieldError[] {
  const { status = {}, spec = { containers: [] } } = pod;
  const before = previous.status ?? {};
  const perList = (rule: (statuses: ContainerStatus[], path: string, list: List) => FieldError[]) =>
    LISTS.flatMap((list) => rule(status[list] ?? [], `status.${list}`, list));
  return [
    ...annotationUpdateErrors(pod.metadata.annotations, previous.metadata.annotations, "metadata.annotations"),
    ...conditionsErrors(status),
    ...nominationErrors(status, before, previous),
    ...((status.observedGeneration ?? 0) < 0
      ? [field.invalid("status.observedGeneration", status.observedGeneration, NOT_NEGATIVE)]
      : []),
    ...immutableErrors(status.qosClass ?? "", before.qosClass ?? "", "status.qosClass"),
    ...perList((statuses, path, list) => transitionErrors(statuses, before[list] ?? [], path, list, spec)),
    ...claimsErrors(status, spec),
    ...extendedClaimErrors(status, spec),
    ...addressesErrors("podIPs", status, before),
    ...(status.hostIPs?.length ? [...hostErrors(status), ...addressesErrors("hostIPs", status, before)] : []),
    ...perList((statuses, path) => usersErrors(statuses, path, spec)),
    ...perList((statuses, path, list) => allocatedErrors(statuses, path, list, spec)),
    ...perList(volumeStatusErrors),
  ];
}

function conditionsErrors({ conditions = [] }: PodStatus): FieldError[] {
  return conditions.flatMap(({ type = "", observedGeneration = 0 }, i) => {
    const path = `status.conditions[${i}]`;
    return [
      ...(observedGeneration < 0
        ? [field.invalid(`${path}.observedGeneration`, observedGeneration, NOT_NEGATIVE)]
        : []),
      ...(["PodScheduled", "Ready", "Initialized"].includes(type)
        ? []
        : invalidEach(`${path}.Type`, type, labelKeyErrors(type))),
    ];
  });
}

function nominationErrors(status: PodStatus, before: PodStatus, { spec }: Pod): FieldError[] {
  const { nominatedNodeName: name = "" } = status;
  if (name === "" || name === (before.nominatedNodeName ?? "")) return [];
  const path = "status.nominatedNodeName";
  return [
    ...invalidEach(path, name, dns1123SubdomainErrors(name)),
    ...(spec?.nodeName ? [field.forbidden(path, "may not be set on pods that are already bound to a node")] : []),
  ];
}

/** Who has ended for good does not begin again. Models Validate(Init|Ephemeral)?ContainerStateTransition. */
function transitionErrors(
  statuses: ContainerStatus[],
  before: ContainerStatus[],
  path: string,
  list: List,
  spec: PodSpec,
): FieldError[] {
  const containers = containersOfList(list, spec);
  if (containers && restartsAll(spec)) return [];
  return before.flatMap(({ name, state }, i) => {
    const ended = state?.terminated;
    if (!ended) return [];
    const same = statuses.filter((status) => status.name === name);
    const container = containers?.find((one) => one.name === name);
    const isWrong = containers
      ? same[0] &&
        !same.some((status, j) => j === 0 && status.state?.terminated) &&
        !mayRestart(container, spec, ended.exitCode)
      : same.some((status) => !status.state?.terminated);
    return isWrong ? [field.forbidden(`${path}[${i}].state`, "may not be transitioned to non-terminated state")] : [];
  });
}

/** undefined: containers that are never started again. */
function containersOfList(list: List, spec: PodSpec): Container[] | undefined {
  if (list === "ephemeralContainerStatuses") return undefined;
  return (list === "containerStatuses" ? spec.containers : spec.initContainers) ?? [];
}

function restartsAll({ containers = [], initContainers = [] }: PodSpec): boolean {
  return [...initContainers, ...containers].some(({ restartPolicyRules = [] }) =>
    restartPolicyRules.some(({ action }) => (action as string) === "RestartAllContainers"),
  );
}

/** Models ContainerShouldRestart of kubernetes pkg/api/v1/pod/util.go. */
function mayRestart(container: Container | undefined, { restartPolicy }: PodSpec, exitCode: number): boolean {
  if (!container) return false;
  const rule = (container.restartPolicyRules ?? []).find(
    ({ exitCodes }) => exitCodes && (exitCodes.values ?? []).includes(exitCode) === (exitCodes.operator === "In"),
  );
  if (container.restartPolicy && rule && ["Restart", "RestartAllContainers"].includes(rule.action)) return true;
  const policy = container.restartPolicy || restartPolicy || "Always";
  return policy === "Always" || (policy === "OnFailure" && exitCode !== 0);
}

function claimsErrors({ resourceClaimStatuses = [] }: PodStatus, { resourceClaims = [] }: PodSpec): FieldError[] {
  const seen = new Set<string>();
  return resourceClaimStatuses.flatMap(({ name = "", resourceClaimName }, i) => {
    const path = `status.resourceClaimStatuses[${i}]`;
    const errors: FieldError[] = [];
    if (!resourceClaims.some((claim) => claim.name === name))
      errors.push(field.invalid(`${path}.name`, name, "must match the name of an entry in `spec.resourceClaims`"));
    if (seen.has(name)) errors.push(field.duplicate(`${path}.name`, name));
    seen.add(name);
    if (resourceClaimName === undefined) return errors;
    const complaints = dns1123SubdomainErrors(resourceClaimName);
    return [...errors, ...invalidEach(`${path}.resourceClaimName`, resourceClaimName, complaints)];
  });
}

function extendedClaimErrors({ extendedResourceClaimStatus: claim }: PodStatus, spec: PodSpec): FieldError[] {
  if (!claim) return [];
  const path = "status.extendedResourceClaimStatus";
  const containers = new Map(
    [...(spec.initContainers ?? []), ...(spec.containers ?? [])].map((one) => [one.name, one]),
  );
  const mappings = claim.requestMappings ?? [];
  const errors: FieldError[] = [];
  if (mappings.length === 0)
    errors.push(field.required(`${path}.requestMappings`, "at least one request mapping is required"));
  const seen = new Set<string>();
  for (const [i, mapping] of mappings.entries()) {
    const at = `${path}.requestMappings[${i}]`;
    const { containerName = "", resourceName = "", requestName = "" } = mapping;
    const container = containers.get(containerName);
    if (!container) {
      const text = "must match the name of an entry in spec.initContainers.name or spec.containers.name";
      errors.push(field.invalid(`${at}.containerName`, containerName, text));
    } else if (!Object.hasOwn(container.resources?.requests ?? {}, resourceName)) {
      const text =
        "must match the extended resource name of an entry in spec.initContainers.resources.requests or spec.containers.resources.requests";
      errors.push(field.invalid(`${at}.resourceName`, resourceName, text));
    }
    errors.push(...invalidEach(`${path}.requestName`, requestName, dns1123LabelErrors(requestName)));
    const key = JSON.stringify([containerName, resourceName, requestName]);
    if (seen.has(key))
      errors.push(
        field.duplicate(`${at}.containerName`, containerName),
        field.duplicate(`${at}.resourceName`, resourceName),
        field.duplicate(`${at}.requestName`, requestName),
      );
    seen.add(key);
  }
  const { resourceClaimName: name = "" } = claim;
  if (name === "") errors.push(field.required(`${path}.resourceClaimName`));
  else errors.push(...invalidEach(`${path}.resourceClaimName`, name, dns1123SubdomainErrors(name)));
  return errors;
}

function hostErrors({ hostIP = "", hostIPs = [] }: PodStatus): FieldError[] {
  const first = hostIPs[0]?.ip ?? "";
  return first === hostIP ? [] : [field.invalid("status.hostIPs[0].ip", first, "must be equal to `hostIP`")];
}

function addressesErrors(list: "podIPs" | "hostIPs", status: PodStatus, before: PodStatus): FieldError[] {
  const path = `status.${list}`;
  const addresses = (status[list] ?? []).map(({ ip = "" }) => ip);
  const old = (before[list] ?? []).map(({ ip = "" }) => ip);
  const errors = addresses.flatMap((ip, i) => legacyIpErrors(`${path}[${i}]`, ip, old));
  if (addresses.length < 2) return errors;
  const families = addresses.map((ip) => parseIp(ip)?.family);
  const wrong = families.indexOf(undefined);
  if (wrong >= 0) {
    const why = `invalid IP[${wrong}]: ${addresses[wrong]}`;
    errors.push(field.internal(path, `failed to check for dual stack with error:${why}`));
  }
  if (wrong >= 0 || new Set(families).size < 2 || addresses.length > 2) {
    const shown = addresses.map((IP) => ({ IP }));
    errors.push(field.invalid(path, shown, "may specify no more than one IP for each IP family"));
  }
  return errors;
}

function usersErrors(statuses: ContainerStatus[], path: string, { os }: PodSpec): FieldError[] {
  return statuses.flatMap(({ user }, i) => {
    const at = `${path}[${i}].user.linux`;
    if (!user?.linux) return [];
    if (os?.name === "windows") return [field.forbidden(at, "cannot be set for a windows pod")];
    if (os && os.name !== "linux") return [];
    const { uid, gid, supplementalGroups = [] } = user.linux;
    return [
      ...idErrors(`${at}.uid`, uid),
      ...idErrors(`${at}.gid`, gid),
      ...supplementalGroups.flatMap((id, j) => idErrors(`${at}.supplementalGroups[${j}]`, id)),
    ];
  });
}

const idErrors = (path: string, id = 0) => invalidEach(path, id, rangeErrors(id, 0, 2 ** 31 - 1));

function allocatedErrors(statuses: ContainerStatus[], path: string, list: List, spec: PodSpec): FieldError[] {
  const containers = containersOfList(list, spec);
  if (!containers)
    return statuses.flatMap(({ allocatedResourcesStatus }, i) =>
      allocatedResourcesStatus?.length
        ? [field.forbidden(`${path}[${i}].allocatedResourcesStatus`, "must not be specified in container status")]
        : [],
    );
  return statuses.flatMap(({ name, allocatedResourcesStatus = [] }, i) =>
    allocatedResourcesStatus.flatMap((allocated, j) => {
      const at = `${path}[${i}].allocatedResourcesStatus[${j}]`;
      const container = containers.find((one) => one.name === name);
      return [
        ...(container ? allocatedNameErrors(allocated.name ?? "", container, at) : []),
        ...healthErrors(allocated.resources ?? [], at),
      ];
    }),
  );
}

function allocatedNameErrors(name: string, { resources = {} }: Container, path: string): FieldError[] {
  const ofClaim = name.startsWith("claim:");
  const claims = (resources.claims ?? []).map(
    (claim) => `claim:${claim.name}${claim.request ? `/${claim.request}` : ""}`,
  );
  if (ofClaim ? claims.includes(name) : Object.hasOwn(resources.requests ?? {}, name)) return [];
  const text = ofClaim
    ? "must match one of the container's resource claims in a format 'claim:<claimName>/<request>' or 'claim:<claimName>' if request is empty"
    : "must match one of the container's resource requests";
  return [field.invalid(`${path}.name`, name, text)];
}

function healthErrors(
  resources: readonly { resourceID?: string; health?: string; message?: string }[],
  path: string,
): FieldError[] {
  const seen = new Set<string>();
  return resources.flatMap(({ resourceID = "", health = "", message }, i) => {
    const at = `${path}.resources[${i}]`;
    const errors: FieldError[] = [];
    if (!HEALTH.includes(health)) errors.push(field.notSupported(`${at}.health`, health, HEALTH));
    if (message === "") errors.push(field.required(`${at}.message`, "must be non-empty if specified"));
    else if (message && Buffer.byteLength(message) > LONGEST_HEALTH_MESSAGE)
      errors.push(field.tooLong(`${at}.message`, LONGEST_HEALTH_MESSAGE));
    if (seen.has(resourceID)) errors.push(field.duplicate(`${at}.resourceID`, resourceID));
    seen.add(resourceID);
    return errors;
  });
}

function volumeStatusErrors(statuses: ContainerStatus[], path: string): FieldError[] {
  return statuses.flatMap(({ volumeMounts = [] }, i) =>
    volumeMounts.flatMap(({ volumeStatus }, j) => {
      const { image } = volumeStatus ?? {};
      if (!image) return [];
      const at = `${path}[${i}].volumeMounts[${j}].volumeStatus.imageVolumeStatus.imageRef`;
      const { imageRef = "" } = image;
      if (imageRef === "") return [field.required(at, "imageRef must not be empty")];
      return Buffer.byteLength(imageRef) > LONGEST_IMAGE ? [field.tooLong(at, LONGEST_IMAGE)] : [];
    }),
  );
}
