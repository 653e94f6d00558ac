import { SERVICE_NAME } from "../../api/kinds/endpointslice/marks.ts";
import { type OutsideHost, RECORDS } from "../../api/records.ts";
import type { Snapshot } from "../../api/snapshot.ts";
import type { Service } from "../../api/types/core.ts";
import { answer } from "../../network/dns/answer.ts";
import { absolute, isIP } from "../../network/dns/names.ts";
import { outsideHostsAt } from "../../network/outside.ts";
import { about, type Case, type Finding, inNamespace, patchService, shellWord } from "./finding.ts";
import { wrongNamespace } from "./service-name.ts";

/** Where an ExternalName leads: nowhere, in a ring, to an address, to a server that wants another Host. */
export function checkExternalName(subject: Case): Finding[] {
  const { snapshot, service, name, namespace } = subject;
  if (service.spec?.type !== "ExternalName") return [];
  const target = service.spec.externalName ?? "";
  if (isIP(target)) return [address(subject, target)];
  const wrong = wrongNamespace(snapshot, target, namespace, true);
  if (wrong)
    return [
      about(
        subject,
        "error",
        "wrong-namespace",
        `${target} is no Service; service/${wrong.service} is in namespace ${wrong.namespace}`,
        patchService(subject, { spec: { externalName: `${wrong.service}.${wrong.namespace}.svc.cluster.local` } }),
      ),
    ];
  const own = `${name}.${namespace}.svc.cluster.local.`;
  const found = answer(snapshot, { name: own, type: "A" });
  const ends = found.answer.some((record) => record.type === "A");
  if (!ends) {
    if (leadsBack(snapshot, own))
      return [
        about(
          subject,
          "error",
          "external-name-loop",
          `${target} leads back to itself: the name has no end`,
          `kubectl delete service ${name}${inNamespace(subject)}`,
        ),
      ];
    return [
      about(
        subject,
        "error",
        "external-name-unknown",
        `no name server knows an address of ${target}`,
        `kubemu outside add ${shellWord(target)} 198.51.100.10`,
      ),
    ];
  }
  return hostHeader(subject, target);
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
    `printf %s ${shellWord(JSON.stringify(slice))} | kubectl apply -f -`,
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
