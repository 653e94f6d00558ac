import { fits } from "../../meta/names.ts";
import { invalidEach } from "../../meta/object-meta.ts";
import { rangeErrors } from "../../meta/value-rules.ts";
import { type FieldError, field } from "../../status.ts";
import type { PodSecurityContext, PodSpec, SeccompProfile, SecurityContext } from "../../types/core.ts";
import { appArmorErrors } from "./apparmor.ts";
import { localPathErrors } from "./paths-validation.ts";
import { internalStructure } from "./spec-diff.ts";
import { windowsOptionsErrors } from "./windows-validation.ts";

/** What containers may do on their node. Models validatePodSpecSecurityContext and ValidateSecurityContext of kubernetes pkg/apis/core/validation/validation.go. */

const MAX_ID = 2 ** 31 - 1;
/** Without MountOption, which belongs to a feature that is off (SELinuxMount). */
const SELINUX_CHANGES = ["Recursive"];
const SECCOMP_TYPES = ["Localhost", "RuntimeDefault", "Unconfined"];

function idErrors(id: number | undefined, path: string): FieldError[] {
  return id === undefined ? [] : invalidEach(path, id, rangeErrors(id, 0, MAX_ID));
}

function choiceErrors(value: string | undefined, choices: readonly string[], path: string): FieldError[] {
  return value === undefined || choices.includes(value) ? [] : [field.notSupported(path, value, choices)];
}

export function podSecurityErrors(spec: PodSpec, path: string): FieldError[] {
  const security: PodSecurityContext = spec.securityContext ?? {};
  const errors = [
    ...idErrors(security.fsGroup, `${path}.fsGroup`),
    ...idErrors(security.runAsUser, `${path}.runAsUser`),
    ...idErrors(security.runAsGroup, `${path}.runAsGroup`),
    ...(security.supplementalGroups ?? []).flatMap((id, i) => idErrors(id, `${path}.supplementalGroups[${i}]`)),
  ];
  if (spec.shareProcessNamespace && spec.hostPID) {
    const text = "ShareProcessNamespace and HostPID cannot both be enabled";
    errors.push(field.invalid(`${path}.shareProcessNamespace`, true, text));
  }
  return [
    ...errors,
    ...sysctlsErrors(spec, `${path}.sysctls`),
    ...choiceErrors(security.fsGroupChangePolicy, ["Always", "OnRootMismatch"], `${path}.fsGroupChangePolicy`),
    ...seccompErrors(security.seccompProfile, `${path}.seccompProfile`),
    ...windowsOptionsErrors(security.windowsOptions, `${path}.windowsOptions`),
    ...appArmorErrors(security.appArmorProfile, `${path}.appArmorProfile`),
    ...choiceErrors(security.supplementalGroupsPolicy, ["Merge", "Strict"], `${path}.supplementalGroupsPolicy`),
    ...choiceErrors(security.seLinuxChangePolicy, SELINUX_CHANGES, `${path}.seLinuxChangePolicy`),
  ];
}

const SYSCTL_SEGMENT = "[a-z0-9]([-_a-z0-9]*[a-z0-9])?";
const SYSCTL = `(${SYSCTL_SEGMENT}[\\./])*${SYSCTL_SEGMENT}`;

/** Models validateSysctls. */
function sysctlsErrors({ securityContext, hostNetwork, hostIPC }: PodSpec, path: string): FieldError[] {
  const names = new Set<string>();
  return (securityContext?.sysctls ?? []).flatMap(({ name = "" }, i) => {
    const at = `${path}[${i}].name`;
    const errors: FieldError[] = [];
    if (name === "") errors.push(field.required(at));
    else if (name.length > 253 || !fits(SYSCTL, name))
      errors.push(field.invalid(at, name, `must have at most 253 characters and match regex ^${SYSCTL}$`));
    else if (names.has(name)) errors.push(field.duplicate(at, name));
    names.add(name);
    const owner = namespaceOf(name);
    if (hostNetwork && owner === "Net")
      errors.push(field.invalid(at, name, "may not be specified when 'hostNetwork' is true"));
    else if (hostIPC && owner === "IPC")
      errors.push(field.invalid(at, name, "may not be specified when 'hostIPC' is true"));
    return errors;
  });
}

const IPC_SYSCTLS = [
  "sem",
  "shmall",
  "shmmax",
  "shmmni",
  "shm_rmid_forced",
  "shm",
  "msgmax",
  "msgmnb",
  "msgmni",
  "msg",
];

/** Models GetNamespace of component-helpers node/util/sysctl. */
function namespaceOf(sysctl: string): "Net" | "IPC" | undefined {
  const separator = /[./]/.exec(sysctl)?.[0];
  // A name with slashes between its parts may have dots in them, and the other way round.
  const swapped = separator === "/" ? sysctl.replace(/[./]/g, (char) => (char === "/" ? "." : "/")) : sysctl;
  const name = swapped.split("*")[0]!;
  if (name.startsWith("net.")) return "Net";
  return name.startsWith("fs.mqueue.") || IPC_SYSCTLS.some((it) => name === `kernel.${it}`) ? "IPC" : undefined;
}

function seccompErrors(profile: SeccompProfile | undefined, path: string): FieldError[] {
  if (!profile) return [];
  const { type, localhostProfile } = profile;
  const errors: FieldError[] = [];
  if (!type) errors.push(field.required(`${path}.type`, "type is required when seccompProfile is set"));
  else errors.push(...choiceErrors(type, SECCOMP_TYPES, `${path}.type`));
  const at = `${path}.localhostProfile`;
  if (type === "Localhost")
    return localhostProfile === undefined
      ? [...errors, field.required(at, "must be set when seccomp type is Localhost")]
      : [...errors, ...localPathErrors(localhostProfile, at)];
  if (localhostProfile === undefined) return errors;
  const shown = internalStructure(profile, "SeccompProfile");
  return [...errors, field.invalid(at, shown, "can only be set when seccomp type is Localhost")];
}

/** `hostUsers`: the pod has the users of its node. */
export function containerSecurityErrors(
  security: SecurityContext | undefined,
  hostUsers: boolean,
  path: string,
): FieldError[] {
  if (!security) return [];
  const { procMount } = security;
  const errors = [
    ...idErrors(security.runAsUser, `${path}.runAsUser`),
    ...idErrors(security.runAsGroup, `${path}.runAsGroup`),
    ...choiceErrors(procMount, ["Default", "Unmasked"], `${path}.procMount`),
  ];
  if (hostUsers && procMount === "Unmasked")
    errors.push(field.invalid(`${path}.procMount`, procMount, "`hostUsers` must be false to use `Unmasked`"));
  return [
    ...errors,
    ...seccompErrors(security.seccompProfile, `${path}.seccompProfile`),
    ...escalationErrors(security, path),
    ...windowsOptionsErrors(security.windowsOptions, `${path}.windowsOptions`),
    ...appArmorErrors(security.appArmorProfile, `${path}.appArmorProfile`),
  ];
}

function escalationErrors(security: SecurityContext, path: string): FieldError[] {
  if (security.allowPrivilegeEscalation !== false) return [];
  const refuse = (what: string) =>
    field.invalid(
      path,
      internalStructure(security, "SecurityContext"),
      `cannot set \`allowPrivilegeEscalation\` to false and ${what}`,
    );
  const capabilities = (security.capabilities?.add ?? []).filter((capability) => capability === "CAP_SYS_ADMIN");
  return [
    ...(security.privileged ? [refuse("`privileged` to true")] : []),
    ...capabilities.map(() => refuse("`capabilities.Add` CAP_SYS_ADMIN")),
  ];
}
