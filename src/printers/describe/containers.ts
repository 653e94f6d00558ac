import { goQuote } from "../../api/encoding/go-quote.ts";
import { compareStrings, getKey, sortedKeys } from "../../api/json.ts";
import type {
  Container,
  ContainerPort,
  ContainerState,
  ContainerStatus,
  ResourceRequirements,
} from "../../api/types/core.ts";
import { goSort } from "../go/sort.ts";
import { boolText, formatTime, quantityText } from "./common.ts";
import { type FieldResolver, writeEnv, writeEnvFrom } from "./env.ts";
import type { DescribePort } from "./port.ts";
import { probeText } from "./probe.ts";
import type { DescribeWriter } from "./writer.ts";

export interface ContainerSection {
  /** `Containers`, `Init Containers` … */
  label: string;
  containers: readonly Container[];
  statuses?: readonly ContainerStatus[];
  /** Of a template: everything stands two blanks further in, and names one. */
  template?: boolean;
  /** Says what a field of the pod is; a template's are not known. */
  resolve?: FieldResolver;
}

/** Models describeContainers. */
export function writeContainers(w: DescribeWriter, section: ContainerSection, port: DescribePort): void {
  const { label, containers, statuses = [], template = false, resolve } = section;
  w.write(0, `${template ? "  " : ""}${label}:${containers.length === 0 ? " <none>" : ""}\n`);
  for (const container of containers) {
    const status = statuses.findLast(({ name }) => name === container.name);
    w.write(1, `${template ? " " : ""}${container.name}:\n`);
    writeBasics(w, container, status);
    writeLines(w, "Command", container.command);
    writeLines(w, "Args", container.args);
    if (status) writeStates(w, status, port);
    writeResources(w, container.resources, 2);
    if (container.livenessProbe) w.field(2, "Liveness", probeText(container.livenessProbe));
    if (container.readinessProbe) w.field(2, "Readiness", probeText(container.readinessProbe));
    if (container.startupProbe) w.field(2, "Startup", probeText(container.startupProbe));
    writeEnvFrom(w, container);
    writeEnv(w, container, resolve);
    writeMounts(w, container);
  }
}

function writeBasics(w: DescribeWriter, container: Container, status: ContainerStatus | undefined): void {
  if (status) w.field(2, "Container ID", status.containerID ?? "");
  w.field(2, "Image", container.image ?? "");
  if (status) w.field(2, "Image ID", status.imageID ?? "");
  const ports = container.ports ?? [];
  writePorts(w, "Port", ports, (port) => port.containerPort);
  writePorts(w, "Host Port", ports, (port) => port.hostPort ?? 0);
  const profile = container.securityContext?.seccompProfile;
  if (!profile) return;
  w.field(2, "SeccompProfile", profile.type);
  if (profile.type === "Localhost") w.field(3, "LocalhostProfile", profile.localhostProfile ?? "");
}

function writePorts(
  w: DescribeWriter,
  title: string,
  ports: readonly ContainerPort[],
  number: (port: ContainerPort) => number,
): void {
  const text = ports
    .map((port) => `${number(port)}/${port.protocol ?? ""}${port.name ? ` (${port.name})` : ""}`)
    .join(", ");
  w.field(2, text.includes(",") ? `${title}s` : title, text || "<none>");
}

function writeLines(w: DescribeWriter, title: string, words: readonly string[] | undefined): void {
  if (!words?.length) return;
  w.write(2, `${title}:\n`);
  for (const word of words) for (const line of word.split("\n")) w.write(3, `${line}\n`);
}

function writeStates(w: DescribeWriter, status: ContainerStatus, port: DescribePort): void {
  writeState(w, "State", status.state ?? {}, port);
  if (status.lastState?.terminated) writeState(w, "Last State", status.lastState, port);
  w.field(2, "Ready", boolText(status.ready ?? false));
  w.field(2, "Restart Count", status.restartCount ?? 0);
}

function writeState(w: DescribeWriter, title: string, state: ContainerState, port: DescribePort): void {
  if (state.running) {
    w.field(2, title, "Running");
    w.field(3, "Started", formatTime(state.running.startedAt, port));
  } else if (state.waiting || !state.terminated) {
    w.field(2, title, "Waiting");
    if (state.waiting?.reason) w.field(3, "Reason", state.waiting.reason);
  } else {
    const { reason, message, exitCode, signal = 0, startedAt, finishedAt } = state.terminated;
    w.field(2, title, "Terminated");
    if (reason) w.field(3, "Reason", reason);
    if (message) w.field(3, "Message", message);
    w.field(3, "Exit Code", exitCode ?? 0);
    if (signal > 0) w.field(3, "Signal", signal);
    w.field(3, "Started", formatTime(startedAt, port));
    w.field(3, "Finished", formatTime(finishedAt, port));
  }
}

export function writeResources(w: DescribeWriter, resources: ResourceRequirements | undefined, level: number): void {
  for (const [title, list] of [
    ["Limits", resources?.limits],
    ["Requests", resources?.requests],
  ] as const) {
    const names = sortedKeys(list ?? {});
    if (names.length > 0) w.write(level, `${title}:\n`);
    for (const name of names) w.field(level + 1, name, quantityText(getKey(list!, name)));
  }
}

function writeMounts(w: DescribeWriter, { volumeMounts = [], volumeDevices = [] }: Container): void {
  const none = volumeMounts.length === 0 ? "\t<none>" : "";
  w.write(2, `Mounts:${none}\n`);
  for (const { mountPath, name, readOnly, subPath } of sortedBy(volumeMounts, (mount) => mount.mountPath)) {
    const path = subPath ? `,path=${goQuote(subPath)}` : "";
    w.write(3, `${mountPath} from ${name} (${readOnly ? "ro" : "rw"}${path})\n`);
  }
  if (volumeDevices.length === 0) return;
  w.write(2, `Devices:${none}\n`);
  for (const { devicePath, name } of sortedBy(volumeDevices, (device) => device.devicePath)) {
    w.write(3, `${devicePath} from ${name}\n`);
  }
}

/** In the order in which Go's sort leaves those with the same text. */
export function sortedBy<T>(list: readonly T[], text: (item: T) => string): T[] {
  const items = [...list];
  goSort({
    length: items.length,
    less: (i, j) => compareStrings(text(items[i]!), text(items[j]!)) < 0,
    swap: (i, j) => {
      [items[i], items[j]] = [items[j]!, items[i]!];
    },
  });
  return items;
}
