import { byteLength } from "../../encoding/text.ts";
import { dns1123SubdomainErrors } from "../../meta/names.ts";
import { invalidEach } from "../../meta/object-meta.ts";
import { type FieldError, field } from "../../status.ts";
import type {
  Container,
  PodSecurityContext,
  PodSpec,
  SecurityContext,
  WindowsSecurityContextOptions,
} from "../../types/core.ts";
import { containersWithPaths } from "./state.ts";

/** What pods of one operating system may not have, and what is Windows' own. Models kubernetes pkg/apis/core/validation/validation.go. */

const SYSTEMS = ["linux", "windows"];
const NOT_ON_WINDOWS = "cannot be set for a windows pod";
const NOT_ON_LINUX = "windows options cannot be set for a linux pod";

/** Members that a pod has none of on Windows, in the order of the complaints; those with a dot are of its security context. */
const OF_PODS = [
  ...[".appArmorProfile", ".seLinuxOptions", "hostUsers", "hostPID", "hostIPC", ".seccompProfile", ".fsGroup"],
  ...[".fsGroupChangePolicy", ".sysctls", "shareProcessNamespace", ".runAsUser", ".runAsGroup"],
  ...[".supplementalGroups", ".supplementalGroupsPolicy", ".seLinuxChangePolicy"],
];
const OF_CONTAINERS = [
  ...(["appArmorProfile", "seLinuxOptions", "seccompProfile", "capabilities", "readOnlyRootFilesystem"] as const),
  ...(["privileged", "allowPrivilegeEscalation", "procMount", "runAsUser", "runAsGroup"] as const),
] satisfies (keyof SecurityContext)[];

/** Models validateOS, validateLinux and validateWindows. */
export function systemErrors(spec: PodSpec, path: string): FieldError[] {
  if (!spec.os) return [];
  const { name } = spec.os;
  if (!name) return [field.required(`${path}.os.name`)];
  if (!SYSTEMS.includes(name)) return [field.notSupported(`${path}.os`, name, SYSTEMS)];
  return name === "linux" ? linuxErrors(spec, path) : windowsErrors(spec, path);
}

function linuxErrors(spec: PodSpec, path: string): FieldError[] {
  const places: [PodSecurityContext | SecurityContext | undefined, string][] = [
    [spec.securityContext, path],
    ...containersWithPaths(spec, path).map(([container, at]): [SecurityContext | undefined, string] => [
      container.securityContext,
      at,
    ]),
  ];
  return places.flatMap(([security, at]) =>
    security?.windowsOptions ? [field.forbidden(`${at}.securityContext.windowsOptions`, NOT_ON_LINUX)] : [],
  );
}

function windowsErrors(spec: PodSpec, path: string): FieldError[] {
  const security = (spec.securityContext ?? {}) as Record<string, unknown>;
  const isSet = (member: string) => {
    const value = member.startsWith(".") ? security[member.slice(1)] : (spec as unknown as typeof security)[member];
    // Not pointers in Go: what is false or empty is not set.
    if (member === "hostPID" || member === "hostIPC") return value === true;
    return member === ".sysctls" ? (value as unknown[] | undefined)?.length : value !== undefined;
  };
  const own = OF_PODS.filter(isSet).map((member) =>
    field.forbidden(`${path}.${member.startsWith(".") ? "securityContext" : ""}${member}`, NOT_ON_WINDOWS),
  );
  const ofContainers = containersWithPaths(spec, path).flatMap(([{ securityContext }, at]) =>
    OF_CONTAINERS.filter((member) => securityContext?.[member] !== undefined).map((member) =>
      field.forbidden(`${at}.securityContext.${member}`, NOT_ON_WINDOWS),
    ),
  );
  return [...own, ...ofContainers];
}

/** All containers of a pod are processes of the node, or none is. Models validateWindowsHostProcessPod. */
export function hostProcessErrors(spec: PodSpec, path: string): FieldError[] {
  const ofPod = spec.securityContext?.windowsOptions?.hostProcess;
  const containers = containersWithPaths(spec, path);
  const ofContainer = ({ securityContext }: Container) => securityContext?.windowsOptions?.hostProcess;
  const errors = containers.flatMap(([container, at]) => {
    const own = ofContainer(container);
    if (ofPod === undefined || own === undefined || own === ofPod) return [];
    const text = `pod hostProcess value must be identical if both are specified, was ${ofPod}`;
    return [field.invalid(`${at}.securityContext.windowsOptions.hostProcess`, own, text)];
  });
  const count = containers.filter(([container]) => ofContainer(container) ?? ofPod).length;
  if (count === 0) return errors;
  if (count !== containers.length) {
    const text = "If pod contains any hostProcess containers then all containers must be HostProcess containers";
    errors.push(field.invalid(path, "", text));
  }
  if (!spec.hostNetwork) {
    const text = "hostNetwork must be true if pod contains any hostProcess containers";
    errors.push(field.invalid(`${path}.hostNetwork`, false, text));
  }
  return errors;
}

/** Models validateWindowsSecurityContextOptions. */
export function windowsOptionsErrors(options: WindowsSecurityContextOptions | undefined, path: string): FieldError[] {
  const { gmsaCredentialSpecName: name, gmsaCredentialSpec: spec, runAsUserName: user } = options ?? {};
  const errors =
    name === undefined ? [] : invalidEach(`${path}.gmsaCredentialSpecName`, name, dns1123SubdomainErrors(name));
  if (spec === "")
    errors.push(field.invalid(`${path}.gmsaCredentialSpec`, spec, "gmsaCredentialSpec cannot be an empty string"));
  else if (spec !== undefined && byteLength(spec) > 64 * 1024)
    errors.push(field.invalid(`${path}.gmsaCredentialSpec`, spec, "gmsaCredentialSpec size must be under 64 KiB"));
  if (user !== undefined)
    for (const text of userComplaints(user))
      errors.push(field.invalid(`${path}.runAsUserName`, user, `runAsUserName${text}`));
  return errors;
}

const NETBIOS = /^[^\\/:*?"<>|.][^\\/:*?"<>|]{0,14}$/;
const DNS = /^[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*$/;

/** `[DOMAIN\]USER` */
function userComplaints(name: string): string[] {
  if (name === "") return [" cannot be an empty string"];
  if (/[\x00-\x1f\x7f]/.test(name)) return [" cannot contain control characters"];
  const parts = name.split("\\");
  if (parts.length > 2) return [" cannot contain more than one backslash"];
  const [user = "", domain] = parts.reverse();
  const complaints: string[] = [];
  if (domain !== undefined) {
    if (byteLength(domain) >= 256) complaints.push("'s Domain length must be under 256 characters");
    if (!NETBIOS.test(domain) && !DNS.test(domain))
      complaints.push("'s Domain doesn't match the NetBios nor the DNS format");
  }
  if (user === "") complaints.push("'s User cannot be empty");
  else if (byteLength(user) > 104) complaints.push("'s User length must not be longer than 104 characters");
  if (/^[. ]+$/.test(user)) complaints.push("'s User cannot contain only periods or spaces");
  if (/["/\\:;|=,+*?<>@[\]]/.test(user))
    complaints.push(`'s User cannot contain the following characters: "/\\:;|=,+*?<>@[]`);
  return complaints;
}
