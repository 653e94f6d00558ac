import type { Container, ContainerStatus, Pod, Probe } from "../../api/types/core.ts";
import { processOf } from "../../images/catalogue.ts";
import { probeFailure, probePort } from "../../images/probe.ts";
import { type Case, type Finding, inNamespace, type Make } from "./finding.ts";
import { ownerRef, patchTemplate } from "./workloads.ts";

/** A container that is asked. */
export interface Probed {
  subject: Case;
  pod: Pod;
  container: Container;
  /** Of the container in the pod. */
  index: number;
}

/** What a running container that is not ready is asked in vain. */
export function probing(probed: Probed, status: ContainerStatus | undefined, finding: Make): Finding | undefined {
  const { subject, pod, container } = probed;
  if (!status?.state?.running) return undefined;
  const kinds = [
    ["startup", "startupProbe"],
    ["readiness", "readinessProbe"],
  ] as const;
  for (const [kind, field] of kinds) {
    const probe = container[field];
    if (!probe || !probeFailure(subject.snapshot, pod, container, probe)) continue;
    return failing(probed, kind, field, probe, finding);
  }
  if (!container.readinessProbe) return undefined;
  return finding(
    "readiness-probe",
    `the readiness probe of container ${container.name} has not succeeded yet`,
    `kubectl wait --for=condition=Ready pod/${pod.metadata.name}${inNamespace(subject)} --timeout=60s`,
  );
}

/** The liveness or startup probe for which a container was stopped again and again; undefined: it ended by itself. */
export function restarting(probed: Probed, finding: Make): Finding | undefined {
  const { subject, pod, container } = probed;
  const kinds = [
    ["startup", "startupProbe"],
    ["liveness", "livenessProbe"],
  ] as const;
  for (const [kind, field] of kinds) {
    const probe = container[field];
    if (probe && probeFailure(subject.snapshot, pod, container, probe))
      return failing(probed, kind, field, probe, finding);
  }
  return undefined;
}

function failing(
  { subject, pod, container, index }: Probed,
  kind: string,
  field: string,
  probe: Probe,
  finding: Make,
): Finding {
  const { snapshot } = subject;
  const code = `${kind}-probe`;
  const flags = inNamespace(subject);
  const describe = `kubectl describe pod ${pod.metadata.name}${flags}`;
  const stops = kind === "readiness" ? "" : `; the container is started again and again for it`;
  const [handler, port] = portOf(probe);
  const { output = "", file } = probeFailure(snapshot, pod, container, probe) ?? {};
  const of = `the ${kind} probe of container ${container.name}`;
  if (file !== undefined && kind === "readiness")
    return finding(
      code,
      `${of} fails until somebody makes the file ${file}${output ? `: ${output}` : ""}`,
      `kubectl exec ${pod.metadata.name}${flags} -c ${container.name} -- touch ${file}`,
    );
  if (handler === undefined || port === undefined)
    return finding(code, `${of} fails: ${output || (probe.exec?.command ?? []).join(" ")}${stops}`, describe);
  const ref = ownerRef(snapshot, pod);
  const number = probePort(container, port);
  const change = (parts: Record<string, unknown>) =>
    patchTemplate(
      subject,
      ref,
      ...Object.entries(parts).map(([part, value]) => ({
        op: "replace" as const,
        path: `/containers/${index}/${field}/${handler}/${part}`,
        value,
      })),
    ) ?? describe;
  const works = (httpGet: NonNullable<Probe["httpGet"]>) => !probeFailure(snapshot, pod, container, { httpGet });
  const listens = processOf(snapshot, pod, container).listens.filter(
    (listen) => listen.protocol === "TCP" && !listen.loopback,
  );
  if (!listens.some((listen) => listen.port === number)) {
    const [first] = listens;
    const where = first
      ? `; container ${container.name} listens on ${listens.map((it) => it.port).join(", ")}`
      : `; container ${container.name} listens on no port`;
    const there = first && { port: first.port };
    const path = there && probe.httpGet && !works({ ...probe.httpGet, ...there }) ? { path: "/" } : {};
    const asked =
      number === undefined
        ? `a port named ${port}, which container ${container.name} does not have`
        : `port ${port}, where nobody listens`;
    return finding(
      code,
      `its ${kind} probe asks ${asked}${where}${stops}`,
      there ? change({ ...there, ...path }) : describe,
    );
  }
  const { path = "/", scheme = "HTTP" } = probe.httpGet ?? {};
  const other = scheme === "HTTP" ? "HTTPS" : "HTTP";
  const fix =
    probe.httpGet && works({ ...probe.httpGet, scheme: other })
      ? change({ scheme: other })
      : probe.httpGet && works({ ...probe.httpGet, path: "/" })
        ? change({ path: "/" })
        : describe;
  return finding(code, `${of} asks ${scheme.toLowerCase()} ${port}${path} and fails: ${output}${stops}`, fix);
}

function portOf(probe: Probe): [handler: string | undefined, port: number | string | undefined] {
  if (probe.httpGet) return ["httpGet", probe.httpGet.port];
  if (probe.tcpSocket) return ["tcpSocket", probe.tcpSocket.port];
  if (probe.grpc) return ["grpc", probe.grpc.port];
  return [undefined, undefined];
}
