import type { Snapshot } from "../../api/snapshot.ts";
import type { Service } from "../../api/types/core.ts";
import type { Ingress, IngressBackend } from "../../api/types/networking.ts";
import { nearest } from "./distance.ts";
import { about, type Case, type Finding, inNamespace, shellWord } from "./finding.ts";

interface Backend {
  backend: IngressBackend;
  /** JSON pointer. */
  path: string;
}

function backendsOf({ spec }: Ingress): Backend[] {
  return [
    ...(spec?.defaultBackend ? [{ backend: spec.defaultBackend, path: "/spec/defaultBackend" }] : []),
    ...(spec?.rules ?? []).flatMap((rule, i) =>
      (rule.http?.paths ?? []).map(({ backend }, j) => ({ backend, path: `/spec/rules/${i}/http/paths/${j}/backend` })),
    ),
  ];
}

/** Backends of Ingresses that are no Service, or no port of one. */
export function checkIngresses(snapshot: Snapshot, namespace: string | undefined, currentNamespace: string): Finding[] {
  return snapshot.list<Ingress>("ingresses.networking.k8s.io", namespace).flatMap((ingress) =>
    backendsOf(ingress).flatMap(({ backend, path }): Finding[] => {
      const own = ingress.metadata.namespace ?? "default";
      const { name, port } = backend.service ?? {};
      if (name === undefined) return [];
      const patch = (field: string, value: unknown) =>
        `kubectl patch ingress ${ingress.metadata.name}${inNamespace({ namespace: own, currentNamespace })} --type=json -p ${shellWord(JSON.stringify([{ op: "replace", path: `${path}/service/${field}`, value }]))}`;
      const finding = (problem: string, ...fix: string[]): Finding[] => [
        {
          severity: "error",
          code: "ingress-backend",
          object: `ingress/${ingress.metadata.name}`,
          namespace: own,
          problem,
          fix,
        },
      ];
      const service = snapshot.get<Service>("services", own, name);
      if (!service) {
        const others = snapshot.list<Service>("services", own).map(({ metadata }) => metadata.name!);
        const best = nearest(
          name,
          others.filter((other) => other !== "kubernetes"),
          (other) => other,
        );
        return finding(
          `it leads to service ${name}, which is not in namespace ${own}${best ? `; there is ${best}` : ""}`,
          best ? patch("name", best) : `kubectl get services${inNamespace({ namespace: own, currentNamespace })}`,
        );
      }
      const ports = service.spec?.ports ?? [];
      if (ports.some((it) => (port?.name ? it.name === port.name : it.port === port?.number))) return [];
      const shown = ports.map((it) => `${it.port}${it.name ? ` (${it.name})` : ""}`).join(", ");
      const [first] = ports;
      return finding(
        `it leads to port ${port?.name ?? port?.number} of service/${name}, which has ${shown || "no port"}`,
        ...(first ? [patch("port", { number: first.port })] : []),
      );
    }),
  );
}

/** An Ingress alone moves no packet. */
export function ingressHints(subject: Case): Finding[] {
  const { snapshot, namespace, name } = subject;
  const ingress = snapshot
    .list<Ingress>("ingresses.networking.k8s.io", namespace)
    .find((it) => backendsOf(it).some(({ backend }) => backend.service?.name === name));
  if (!ingress) return [];
  return [
    about(
      subject,
      "hint",
      "ingress-without-controller",
      `ingress/${ingress.metadata.name} leads to it, but no ingress controller runs here: nobody reads it, and its ADDRESS stays empty`,
      `kubectl get ingress ${ingress.metadata.name}${inNamespace(subject)}`,
    ),
  ];
}
