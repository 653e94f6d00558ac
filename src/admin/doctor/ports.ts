import { isReady } from "../../api/kinds/pod/state.ts";
import { targetPortOf } from "../../api/kinds/service/target-port.ts";
import type { Container, Pod, ServicePort } from "../../api/types/core.ts";
import { processOf } from "../../images/catalogue.ts";
import type { ListenPort } from "../../images/image.ts";
import { podListener } from "../../network/listeners.ts";
import { nearest } from "./distance.ts";
import { about, type Case, type Finding, patchService, replacePort } from "./finding.ts";
import { ownerRef } from "./workloads.ts";

/** Whether somebody listens where the Service's ports lead, pod by pod; one finding a port. */
export function checkPorts(subject: Case, pods: readonly Pod[]): Finding[] {
  return (subject.service.spec?.ports ?? []).flatMap((port, index) => {
    for (const pod of pods) {
      const finding = checkPort(subject, pod, port, index);
      if (finding) return [finding];
    }
    return headless(subject, pods[0], port, index);
  });
}

function checkPort(subject: Case, pod: Pod, port: ServicePort, index: number): Finding | undefined {
  const { snapshot } = subject;
  const protocol = port.protocol ?? "TCP";
  const target = targetPortOf(pod, port);
  if (target === undefined) return unnamed(subject, pod, port, index);
  // Nobody can listen in a pod that does not run; checkPods says why.
  if (!isReady(pod) || podListener(snapshot, pod, target, protocol, false)) return undefined;
  const listens = (pod.spec?.containers ?? []).flatMap((container) =>
    processOf(snapshot, pod, container).listens.map((listen) => ({ container, listen })),
  );
  const who = ownerRef(snapshot, pod);
  const there = listens.find(({ listen }) => listen.port === target);
  if (there?.listen.loopback)
    return about(
      subject,
      "error",
      "listens-on-loopback",
      `container ${there.container.name} of ${who} listens on 127.0.0.1:${target} alone; it must listen on 0.0.0.0`,
      ...others(subject, index, listens),
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
  const where =
    open.length === 0
      ? `${who} listens on no port`
      : `${who} listens on ${open.map(({ listen }) => `${listen.port}/${listen.protocol}`).join(", ")}`;
  return about(
    subject,
    "error",
    "target-port",
    `port ${port.port} leads to targetPort ${target}, where nobody listens; ${where}`,
    ...(open.length === 0
      ? [`kubectl logs ${who}${subject.namespace === subject.currentNamespace ? "" : ` -n ${subject.namespace}`}`]
      : others(subject, index, listens)),
  );
}

function others(
  subject: Case,
  index: number,
  listens: readonly { container: Container; listen: ListenPort }[],
): string[] {
  const protocol = subject.service.spec?.ports?.[index]?.protocol ?? "TCP";
  const usable = listens.find(({ listen }) => !listen.loopback && listen.protocol === protocol);
  return usable ? [replacePort(subject, index, "targetPort", usable.listen.port)] : [];
}

function unnamed(subject: Case, pod: Pod, port: ServicePort, index: number): Finding {
  const wanted = String(port.targetPort);
  const protocol = port.protocol ?? "TCP";
  const named = (pod.spec?.containers ?? []).flatMap((container) =>
    (container.ports ?? []).filter((declared) => declared.name),
  );
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
  const best = nearest(wanted, named, (declared) => declared.name!);
  const declared = (pod.spec?.containers ?? []).flatMap((container) => container.ports ?? [])[0];
  const listens = (pod.spec?.containers ?? [])
    .flatMap((container) => processOf(subject.snapshot, pod, container).listens)
    .find((listen) => !listen.loopback && listen.protocol === protocol);
  const value = best?.name ?? declared?.containerPort ?? listens?.port;
  const names =
    named.length === 0 ? `${who} names no port` : `${who} has ${named.map((declared) => declared.name).join(", ")}`;
  return about(
    subject,
    "error",
    "named-port-missing",
    `port ${port.port} leads to a port named ${wanted}, which no container has; ${names}`,
    ...(value === undefined ? [] : [replacePort(subject, index, "targetPort", value)]),
  );
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
