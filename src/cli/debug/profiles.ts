import { containersOf } from "../../api/kinds/pod/state.ts";
import type { Container, Pod, SecurityContext } from "../../api/types/core.ts";
import { CommandError } from "../command.ts";

/** How somebody looks into a pod: from within it, in a copy of it, or from a pod of the node's own. */
export type DebugStyle = "ephemeral" | "podCopy" | "node";

/** What of the original a copy keeps (`--keep-labels` and so on). */
export interface KeepFlags {
  labels: boolean;
  annotations: boolean;
  liveness: boolean;
  readiness: boolean;
  startup: boolean;
  initContainers: boolean;
}

type Profile = (pod: Pod, container: string, style: DebugStyle) => void;

/** Whether the name of `--profile` is one. Models NewProfileApplier. @throws CommandError */
export function checkProfile(name: string): void {
  if (!Object.hasOwn(PROFILES, name)) throw new CommandError(`unknown profile: ${name}`);
}

/** Changes a private copy of the pod as `--profile` says. Models kubectl pkg/cmd/debug/profiles.go. */
export function applyProfile(name: string, keep: KeepFlags, pod: Pod, container: string, style: DebugStyle): void {
  PROFILES[name]!(pod, container, style);
  if (style !== "podCopy") return;
  if (name === "legacy") {
    delete pod.metadata.labels;
    return;
  }
  keepOnly(keep, pod);
  pod.spec!.shareProcessNamespace ??= true;
}

const PROFILES: Readonly<Record<string, Profile>> = {
  legacy(pod, container, style) {
    if (style !== "node") return;
    mountRoot(pod, container);
    useHostNamespaces(pod);
  },
  general(pod, container, style) {
    if (style !== "node") return addCapabilities(pod, container, ["SYS_PTRACE"]);
    mountRoot(pod, container);
    withoutSecurity(pod, container);
    useHostNamespaces(pod);
  },
  baseline: withoutSecurity,
  restricted(pod, container) {
    withoutSecurity(pod, container);
    secure(pod, container, (context) => ({
      ...context,
      runAsNonRoot: true,
      capabilities: { drop: ["ALL"] },
      allowPrivilegeEscalation: false,
      seccompProfile: { type: "RuntimeDefault" },
    }));
  },
  netadmin(pod, container, style) {
    addCapabilities(pod, container, ["NET_ADMIN", "NET_RAW"]);
    if (style === "node") useHostNamespaces(pod);
  },
  sysadmin(pod, container, style) {
    secure(pod, container, (context) => ({ ...context, privileged: true }));
    if (style !== "node") return;
    useHostNamespaces(pod);
    mountRoot(pod, container);
  },
};

function keepOnly(keep: KeepFlags, { metadata, spec }: Pod): void {
  if (!keep.labels) delete metadata.labels;
  if (!keep.annotations) delete metadata.annotations;
  for (const container of spec!.containers) {
    if (!keep.liveness) delete container.livenessProbe;
    if (!keep.readiness) delete container.readinessProbe;
    if (!keep.startup) delete container.startupProbe;
  }
  if (!keep.initContainers) delete spec!.initContainers;
}

/** The container of that name, of any sort. Models VisitContainers of kubectl pkg/util/podutils. */
function named(pod: Pod, name: string): Container | undefined {
  return containersOf(pod).find((one) => one.name === name);
}

function secure(pod: Pod, name: string, change: (context: SecurityContext) => SecurityContext): void {
  const container = named(pod, name);
  if (container) container.securityContext = change(container.securityContext ?? {});
}

function withoutSecurity(pod: Pod, name: string): void {
  delete named(pod, name)?.securityContext;
}

function addCapabilities(pod: Pod, name: string, added: readonly string[]): void {
  secure(pod, name, ({ capabilities = {}, ...context }) => ({
    ...context,
    capabilities: { ...capabilities, add: [...(capabilities.add ?? []), ...added] },
  }));
}

/** The node's files at /host. */
function mountRoot({ spec }: Pod, name: string): void {
  spec!.volumes = [...(spec!.volumes ?? []), { name: "host-root", hostPath: { path: "/" } }];
  const container = spec!.containers.find((one) => one.name === name);
  if (container)
    container.volumeMounts = [...(container.volumeMounts ?? []), { mountPath: "/host", name: "host-root" }];
}

function useHostNamespaces({ spec }: Pod): void {
  Object.assign(spec!, { hostNetwork: true, hostPID: true, hostIPC: true });
}
