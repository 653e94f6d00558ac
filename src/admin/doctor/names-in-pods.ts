import type { Snapshot } from "../../api/snapshot.ts";
import type { Container, Pod, Service } from "../../api/types/core.ts";
import { resolvConf } from "../../network/dns/machine-files.ts";
import { parseResolvConf } from "../../network/dns/stub.ts";
import { outsideAddresses } from "../../network/outside.ts";
import { type Finding, inNamespace, shellWord } from "./finding.ts";
import { meantBy } from "./meant-service.ts";
import { wrongNamespace } from "./service-name.ts";
import { livePods, ownerRef, patchTemplate } from "./workloads.ts";

/** A machine that a text of a pod's specification names. */
interface Host {
  name: string;
  /** As written, else the scheme's. */
  port?: number;
}

interface Fault {
  code: string;
  problem: string;
  /** The text with what should stand in it. */
  text?: string;
  fix?: string | undefined;
}

/** Names in variables and command lines of pods that lead to no Service, or to a port that it does not have. */
export function checkNamesInPods(
  snapshot: Snapshot,
  namespace: string | undefined,
  currentNamespace: string,
): Finding[] {
  const findings = new Map<string, Finding>();
  for (const pod of livePods(snapshot, namespace)) {
    const own = pod.metadata.namespace ?? "default";
    for (const container of pod.spec?.containers ?? []) {
      for (const { where, text, variable } of texts(container)) {
        for (const host of hostsIn(text)) {
          const fault = faultOf(snapshot, pod, host, text, currentNamespace);
          if (!fault) continue;
          const ref = ownerRef(snapshot, pod);
          findings.set(`${ref} ${where} ${host.name}`, {
            severity: "error",
            code: fault.code,
            object: ref,
            namespace: own,
            problem: `${where} of container ${container.name} names ${fault.problem}`,
            fix:
              fault.text === undefined
                ? [
                    fault.fix ??
                      `kubectl describe pod ${pod.metadata.name}${inNamespace({ namespace: own, currentNamespace })}`,
                  ]
                : fixOf(ref, own, currentNamespace, container, variable, fault.text),
          });
        }
      }
    }
  }
  return [...findings.values()];
}

function faultOf(
  snapshot: Snapshot,
  pod: Pod,
  { name, port }: Host,
  text: string,
  currentNamespace: string,
): Fault | undefined {
  const own = pod.metadata.namespace ?? "default";
  const wrong = wrongNamespace(snapshot, name, own, false);
  if (wrong)
    return {
      code: "wrong-namespace",
      problem: `${name}, which is no Service; service/${wrong.service} is in namespace ${wrong.namespace}`,
      text: text.replace(name, `${wrong.service}.${wrong.namespace}`),
    };
  const [first = "", second = own, ...rest] = name.toLowerCase().replace(/\.$/, "").split(".");
  const isName = rest.length === 0 || ["svc", "svc.cluster.local"].includes(rest.join("."));
  const service = isName ? snapshot.get<Service>("services", second, first) : undefined;
  if (!service) {
    if (outsideAddresses(snapshot, name).length > 0) return undefined;
    const meant = meantBy(snapshot, name, own);
    return (
      meant && {
        code: "no-such-name",
        problem: `${name}, which is no name: ${meant.why}`,
        text: text.replace(name, meant.right),
      }
    );
  }
  return unasked(snapshot, pod, name, service, currentNamespace) ?? wrongPort(service, name, port, text);
}

/** A pod that asks another DNS than the cluster's knows no Service. */
function unasked(
  snapshot: Snapshot,
  pod: Pod,
  name: string,
  { metadata }: Service,
  currentNamespace: string,
): Fault | undefined {
  const { namespace = "default", name: podName = "" } = pod.metadata;
  const dns = snapshot.get<Service>("services", "kube-system", "kube-dns")?.spec?.clusterIP;
  const { nameservers } = parseResolvConf(resolvConf(snapshot, { kind: "pod", namespace, name: podName }));
  if (dns === undefined || nameservers.includes(dns)) return undefined;
  const value = pod.spec?.hostNetwork ? "ClusterFirstWithHostNet" : "ClusterFirst";
  return {
    code: "dns-policy",
    problem: `${name}, and ${pod.spec?.hostNetwork ? "on its node's network" : `with dnsPolicy ${pod.spec?.dnsPolicy}`} it asks ${nameservers[0]}, which does not know service/${metadata.name}`,
    fix: patchTemplate({ namespace, currentNamespace }, ownerRef(snapshot, pod), {
      op: "replace",
      path: "/dnsPolicy",
      value,
    }),
  };
}

function wrongPort(
  { metadata, spec }: Service,
  name: string,
  port: number | undefined,
  text: string,
): Fault | undefined {
  const ports = (spec?.ports ?? []).filter(({ protocol = "TCP" }) => protocol === "TCP");
  const [first] = ports;
  if (port === undefined || !first || spec?.clusterIP === "None" || spec?.type === "ExternalName") return undefined;
  if (ports.some((it) => it.port === port)) return undefined;
  const right = ports.find(({ targetPort }) => targetPort === port) ?? first;
  return {
    code: "wrong-port",
    problem: `port ${port} of ${name}; service/${metadata.name} has ${ports.map((it) => it.port).join(", ")}`,
    text:
      text.includes(`https://${name}`) && port === 443 && right.port === 80
        ? text.replace(`https://${name}`, `http://${name}`).replace(`${name}:443`, name)
        : text.includes(`${name}:${port}`)
          ? text.replace(`${name}:${port}`, `${name}:${right.port}`)
          : text.replace(name, `${name}:${right.port}`),
  };
}

function fixOf(
  ref: string,
  namespace: string,
  currentNamespace: string,
  container: Container,
  variable: string | undefined,
  text: string,
): string[] {
  const flags = inNamespace({ namespace, currentNamespace });
  if (variable !== undefined && !ref.startsWith("pod/"))
    return [`kubectl set env ${ref}${flags} -c ${container.name} ${variable}=${shellWord(text)}`];
  return [`kubectl edit ${ref}${flags}`];
}

function texts(container: Container): { where: string; text: string; variable?: string }[] {
  return [
    ...(container.env ?? []).flatMap(({ name, value }) =>
      value ? [{ where: `variable ${name}`, text: value, variable: name }] : [],
    ),
    ...[...(container.command ?? []), ...(container.args ?? [])].map((text) => ({ where: "the command line", text })),
  ];
}

const SCHEMES: Readonly<Record<string, number>> = { http: 80, https: 443 };

/** Hosts of URLs, and whole texts of the form `web.shop.svc…` or `web.shop:80`. */
function hostsIn(text: string): Host[] {
  const hosts: Host[] = [];
  const add = (name: string, port: number | undefined) => {
    if (!hosts.some((host) => host.name === name)) hosts.push({ name, ...(port === undefined ? {} : { port }) });
  };
  for (const [, scheme = "", name = "", port] of text.matchAll(
    /([a-z][a-z0-9+.-]*):\/\/(?:[^@/\s]*@)?([A-Za-z0-9.-]+)(?::(\d+))?/g,
  ))
    add(name, port === undefined ? SCHEMES[scheme] : Number(port));
  for (const [, name = "", port] of text.matchAll(
    /(?:^|[\s,@=])([a-z0-9-]+\.[a-z0-9-]+\.svc(?:\.cluster\.local)?)(?::(\d+))?(?=$|[\s,/])/g,
  ))
    add(name, port === undefined ? undefined : Number(port));
  const plain = /^([a-z0-9-]+\.[a-z0-9-]+):(\d+)$/.exec(text);
  if (plain) add(plain[1]!, Number(plain[2]));
  return hosts;
}
