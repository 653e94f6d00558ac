import { SERVICE_NAME } from "../../api/kinds/endpointslice/marks.ts";
import { type OutsideHost, RECORDS } from "../../api/records.ts";
import type { Snapshot } from "../../api/snapshot.ts";
import type { Service } from "../../api/types/core.ts";
import { answer } from "../../network/dns/answer.ts";
import { absolute, isIP } from "../../network/dns/names.ts";
import { outsideHostsAt } from "../../network/outside.ts";
import { editDistance } from "./distance.ts";
import { about, applyObject, type Case, type Finding, inNamespace, patchService, shellWord } from "./finding.ts";
import { podsOf } from "./selector.ts";
import { wrongNamespace } from "./service-name.ts";

/** Where an ExternalName leads: nowhere, in a ring, to an address, to a server that wants another Host. */
export function checkExternalName(subject: Case): Finding[] {
  const { snapshot, service, name, namespace } = subject;
  if (service.spec?.type !== "ExternalName") return [];
  const target = service.spec.externalName ?? "";
  const report = (code: string, problem: string, ...fix: string[]) => [about(subject, "error", code, problem, ...fix)];
  if (isIP(target)) return [address(subject, target)];
  const own = `${name}.${namespace}.svc.cluster.local.`;
  const found = answer(snapshot, { name: own, type: "A" });
  if (found.answer.some((record) => record.type === "A")) return hostHeader(subject, target);
  if (leadsBack(snapshot, own))
    return report(
      "external-name-loop",
      `${target} leads back to itself: the name has no end`,
      `kubectl delete service ${name}${inNamespace(subject)}`,
    );
  const pods = podsOf(subject);
  if (pods.length > 0)
    return report(
      "external-name-with-selector",
      `it is of type ExternalName, whose selector and ports nobody reads: its name leads to ${target}, which is unknown`,
      patchService(subject, { spec: { type: "ClusterIP", externalName: null } }),
    );
  const to = (right: string) => patchService(subject, { spec: { externalName: right } });
  const wrong = wrongNamespace(snapshot, target, namespace, true);
  if (wrong)
    return report(
      "wrong-namespace",
      `${target} is no Service; service/${wrong.service} is in namespace ${wrong.namespace}`,
      to(fullName(wrong.service, wrong.namespace)),
    );
  const meant = serviceMeant(subject, target);
  if (meant === "none")
    return report(
      "external-name-unknown",
      `${target} is a name of this cluster, and there is no such Service`,
      `kubectl get services --all-namespaces`,
    );
  if (meant)
    return report(
      "external-name-not-whole",
      `${target} is looked up as it stands, without search domains, and is no name; service/${meant.name} in namespace ${meant.namespace} is ${fullName(meant.name, meant.namespace)}`,
      to(fullName(meant.name, meant.namespace)),
    );
  const near = snapshot
    .list<OutsideHost>(RECORDS.outside)
    .find((host) => editDistance(host.metadata.name!, target.toLowerCase().replace(/\.$/, "")) <= MAX_SLIPS);
  if (near)
    return report(
      "external-name-unknown",
      `no name server knows an address of ${target}; there is ${near.metadata.name}`,
      to(near.metadata.name!),
    );
  return report(
    "external-name-unknown",
    `no name server knows an address of ${target}`,
    `kubemu outside add ${shellWord(target)} 198.51.100.10`,
  );
}

/** Further than so is another name, not a slip. */
const MAX_SLIPS = 2;

const fullName = (name: string, namespace: string) => `${name}.${namespace}.svc.cluster.local`;

/** The Service that a name means which is not its whole name: `web`, `web.shop`, `web.shop.svc`. `none`: a whole name of nothing. */
function serviceMeant(
  { snapshot, namespace }: Case,
  target: string,
): { name: string; namespace: string } | "none" | undefined {
  const name = target.toLowerCase().replace(/\.$/, "");
  const parts = name.split(".");
  const [service = "", there = namespace, ...rest] = parts;
  const isWhole = name.endsWith(".cluster.local");
  if (parts.length <= 2 || rest[0] === "svc" || isWhole) {
    if (snapshot.get("services", there, service)) return { name: service, namespace: there };
  }
  return isWhole ? "none" : undefined;
}

/** The Service of this cluster that an ExternalName leads to. */
export function serviceBehind({ snapshot, service }: Case): Service | undefined {
  const target = (service.spec?.externalName ?? "").toLowerCase().replace(/\.$/, "");
  const parts = /^([^.]+)\.([^.]+)\.svc\.cluster\.local$/.exec(target);
  return parts ? snapshot.get<Service>("services", parts[2]!, parts[1]!) : undefined;
}

/** Whether following ExternalNames from a name comes to a name that was there before. */
function leadsBack(snapshot: Snapshot, from: string): boolean {
  const seen = new Set<string>();
  for (let name = from.toLowerCase(); !seen.has(name); ) {
    seen.add(name);
    const parts = /^([^.]+)\.([^.]+)\.svc\.cluster\.local\.$/.exec(name);
    const service = parts && snapshot.get<Service>("services", parts[2]!, parts[1]!);
    if (service?.spec?.type !== "ExternalName") return false;
    name = absolute((service.spec.externalName ?? "").toLowerCase());
  }
  return true;
}

function address(subject: Case, target: string): Finding {
  const { snapshot, service, name, namespace } = subject;
  const known = outsideHostsAt(snapshot, target)[0]?.metadata.name;
  const problem = `externalName ${target} is an address, which DNS takes for a name that nobody knows`;
  if (known) {
    const fix = patchService(subject, { spec: { externalName: known } });
    return about(subject, "error", "external-name-is-address", problem, fix);
  }
  const ports = service.spec?.ports ?? [{ port: 80 }];
  const become = {
    spec: { type: "ClusterIP", externalName: null, clusterIP: "None", ports: ports.map(({ port }) => ({ port })) },
  };
  const slice = {
    apiVersion: "discovery.k8s.io/v1",
    kind: "EndpointSlice",
    metadata: { name: `${name}-1`, namespace, labels: { [SERVICE_NAME]: name } },
    addressType: target.includes(":") ? "IPv6" : "IPv4",
    ports: ports.map(({ port }) => ({ name: "", port })),
    endpoints: [{ addresses: [target] }],
  };
  return about(
    subject,
    "error",
    "external-name-is-address",
    problem,
    patchService(subject, become),
    applyObject(slice),
  );
}

/** A web server that serves by name is asked for the Service's name and does not know it. */
function hostHeader(subject: Case, target: string): Finding[] {
  const { snapshot, name, namespace } = subject;
  const outside = snapshot
    .list<OutsideHost>(RECORDS.outside)
    .find((host) => host.metadata.name === target.toLowerCase().replace(/\.$/, ""));
  if (!outside?.http) return [];
  const url = `http://${name}.${namespace}/`;
  return [
    about(
      subject,
      "hint",
      "external-name-host-header",
      `a request for ${url} asks ${target} for the host ${name}.${namespace}, which it answers with 404; TLS fails for the same reason`,
      `curl -H 'Host: ${outside.metadata.name}' ${url}`,
    ),
  ];
}
