import { isReady } from "../../api/kinds/pod/state.ts";
import { targetPortOf } from "../../api/kinds/service/target-port.ts";
import type { Container, ContainerPort, Pod, ServicePort } from "../../api/types/core.ts";
import { processOf } from "../../images/catalogue.ts";
import type { ListenPort } from "../../images/image.ts";
import { podListener } from "../../network/listeners.ts";
import { nearest } from "./distance.ts";
import { about, type Case, type Finding, inNamespace, patchService, replacePort } from "./finding.ts";
import { silentImage } from "./images.ts";
import { tooWide } from "./too-wide.ts";
import { ownerRef, patchTemplate } from "./workloads.ts";

/** Whether somebody listens where the Service's ports lead, pod by pod; one finding a port. */
export function checkPorts(subject: Case, pods: readonly Pod[]): Finding[] {
  return (subject.service.spec?.ports ?? []).flatMap((port, index) => {
    const failing = pods.filter((pod) => faultOf(subject, pod, port) !== undefined);
    const [first] = failing;
    if (!first) return headless(subject, pods[0], port, index);
    const serving = pods.filter((pod) => isReady(pod) && !failing.includes(pod));
    if (serving.length > 0) {
      const wide = tooWide(subject, port, serving, failing);
      if (wide) return [wide];
    }
    return [explain(subject, first, port, index, serving)];
  });
}

type Fault = "unnamed" | "silent";

function faultOf({ snapshot }: Case, pod: Pod, port: ServicePort): Fault | undefined {
  const target = targetPortOf(pod, port);
  if (target === undefined) return "unnamed";
  // Nobody can listen in a pod that does not run; checkPods says why.
  if (!isReady(pod) || podListener(snapshot, pod, target, port.protocol ?? "TCP", false)) return undefined;
  return "silent";
}

/** `serving`: other pods of the Service where the port is right. */
function explain(subject: Case, pod: Pod, port: ServicePort, index: number, serving: readonly Pod[]): Finding {
  const { snapshot } = subject;
  const protocol = port.protocol ?? "TCP";
  const target = targetPortOf(pod, port);
  if (target === undefined) return unnamed(subject, pod, port, index, serving.length > 0);
  const listens = listensOf(subject, pod);
  const who = ownerRef(snapshot, pod);
  const there = listens.find(({ listen }) => listen.port === target);
  if (there?.listen.loopback)
    return about(
      subject,
      "error",
      "listens-on-loopback",
      `container ${there.container.name} of ${who} listens on 127.0.0.1:${target} alone; it must listen on 0.0.0.0`,
      others(subject, index, listens)[0] ??
        bindToAll(subject, pod, there.container) ??
        `kubectl edit ${configOf(pod, there.container) ?? who}${inNamespace(subject)}`,
    );
  if (there)
    return about(
      subject,
      "error",
      "protocol-mismatch",
      `port ${port.port} is ${protocol}, and container ${there.container.name} of ${who} listens on ${target}/${there.listen.protocol}`,
      replacePort(subject, index, "protocol", there.listen.protocol),
    );
  const open = listens.filter(({ listen }) => !listen.loopback);
  const problem = (where: string) => `port ${port.port} leads to targetPort ${target}, where nobody listens; ${where}`;
  if (open.length > 0)
    return about(
      subject,
      "error",
      "target-port",
      problem(`${who} listens on ${open.map(({ listen }) => `${listen.port}/${listen.protocol}`).join(", ")}`),
      ...others(subject, index, listens),
    );
  const silent = silentImage(subject, pod, target);
  return about(
    subject,
    "error",
    "target-port",
    problem(silent?.why ?? `${who} listens on no port`),
    silent?.fix ?? `kubectl logs ${who}${inNamespace(subject)}`,
  );
}

/** The ConfigMap that a container reads. */
function configOf(pod: Pod, { volumeMounts = [] }: Container): string | undefined {
  const mounted = pod.spec?.volumes?.find(
    ({ name, configMap }) => configMap && volumeMounts.some((mount) => mount.name === name),
  );
  return mounted?.configMap?.name && `configmap/${mounted.configMap.name}`;
}

/** The patch of the word of a container's command line that says where it listens. */
function bindToAll(subject: Case, pod: Pod, container: Container): string | undefined {
  const at = (pod.spec?.containers ?? []).indexOf(container);
  for (const field of ["args", "command"] as const)
    for (const [i, word] of (container[field] ?? []).entries()) {
      const value = word.replace(/127\.0\.0\.1|localhost|\[::1\]/, "0.0.0.0");
      if (value === word) continue;
      const path = `/containers/${at}/${field}/${i}`;
      return patchTemplate(subject, ownerRef(subject.snapshot, pod), { op: "replace", path, value });
    }
  return undefined;
}

interface Listens {
  container: Container;
  listen: ListenPort;
}

function listensOf({ snapshot }: Case, pod: Pod): Listens[] {
  return (pod.spec?.containers ?? []).flatMap((container) =>
    processOf(snapshot, pod, container).listens.map((listen) => ({ container, listen })),
  );
}

function others(subject: Case, index: number, listens: readonly Listens[]): string[] {
  const protocol = subject.service.spec?.ports?.[index]?.protocol ?? "TCP";
  const usable = listens.find(({ listen }) => !listen.loopback && listen.protocol === protocol);
  return usable ? [replacePort(subject, index, "targetPort", usable.listen.port)] : [];
}

/** `others`: pods of the Service that have a port of that name, so that the name is right. */
function unnamed(subject: Case, pod: Pod, port: ServicePort, index: number, others: boolean): Finding {
  const wanted = String(port.targetPort);
  const protocol = port.protocol ?? "TCP";
  const containers = pod.spec?.containers ?? [];
  const named = containers.flatMap((container) => (container.ports ?? []).filter((declared) => declared.name));
  const who = ownerRef(subject.snapshot, pod);
  const same = named.find((declared) => declared.name === wanted);
  if (same)
    return about(
      subject,
      "error",
      "protocol-mismatch",
      `port ${port.port} is ${protocol}, and the port ${wanted} of ${who} is ${same.protocol ?? "TCP"}`,
      replacePort(subject, index, "protocol", same.protocol ?? "TCP"),
    );
  const names =
    named.length === 0 ? `${who} names no port` : `${who} has ${named.map((declared) => declared.name).join(", ")}`;
  const rename = others ? nameContainerPort(subject, pod, wanted, protocol) : undefined;
  if (rename)
    return about(
      subject,
      "error",
      "named-port-missing",
      `port ${port.port} leads to a port named ${wanted}, which not all of its pods have: ${names}, and gets no connection`,
      rename,
    );
  const best = nearest(wanted, named, (declared) => declared.name!);
  const declared = containers.flatMap((container) => container.ports ?? [])[0];
  const listens = listensOf(subject, pod).find(({ listen }) => !listen.loopback && listen.protocol === protocol);
  const value = best?.name ?? declared?.containerPort ?? listens?.listen.port;
  return about(
    subject,
    "error",
    "named-port-missing",
    `port ${port.port} leads to a port named ${wanted}, which no container has; ${names}`,
    ...(value === undefined ? [] : [replacePort(subject, index, "targetPort", value)]),
  );
}

/** The patch that gives a container's port the name that the Service asks for. */
function nameContainerPort(subject: Case, pod: Pod, name: string, protocol: string): string | undefined {
  const fits = (port: ContainerPort) => (port.protocol ?? "TCP") === protocol;
  for (const [i, container] of (pod.spec?.containers ?? []).entries()) {
    const at = (container.ports ?? []).findIndex(fits);
    const listen = listensOf(subject, pod).find((it) => it.container === container && it.listen.protocol === protocol);
    const path = `/containers/${i}/ports`;
    const ref = ownerRef(subject.snapshot, pod);
    if (at >= 0) return patchTemplate(subject, ref, { op: "add", path: `${path}/${at}/name`, value: name });
    if (listen)
      return patchTemplate(subject, ref, {
        op: "add",
        path,
        value: [{ name, containerPort: listen.listen.port, protocol }],
      });
  }
  return undefined;
}

/** A headless Service translates nothing: clients must use the pods' own port. */
function headless(subject: Case, pod: Pod | undefined, port: ServicePort, index: number): Finding[] {
  if (subject.service.spec?.clusterIP !== "None" || !pod) return [];
  const target = targetPortOf(pod, port);
  if (target === undefined || target === port.port) return [];
  return [
    about(
      subject,
      "error",
      "headless-port",
      `it is headless: its name leads to the pods themselves, which listen on ${target} and not on ${port.port}`,
      patchService(subject, [{ op: "replace", path: `/spec/ports/${index}/port`, value: target }], "--type=json"),
    ),
  ];
}
