import type { Snapshot } from "../../api/snapshot.ts";
import type { Container, Service } from "../../api/types/core.ts";
import { type Finding, shellWord } from "./finding.ts";
import { livePods, ownerRef } from "./workloads.ts";

/** A name that means a Service which is not where the name says. */
export interface Misplaced {
  service: string;
  /** Where there is one of that name. */
  namespace: string;
}

/**
 * The Service that a host name means but does not reach. `qualified`: only names that say a namespace count (`web.shop`, with or
 * without `.svc.cluster.local`).
 */
export function wrongNamespace(
  snapshot: Snapshot,
  host: string,
  from: string,
  qualified: boolean,
): Misplaced | undefined {
  const parts = /^([a-z0-9-]+)(?:\.([a-z0-9-]+)(\.svc(?:\.cluster\.local)?)?)?\.?$/.exec(host.toLowerCase());
  if (!parts) return undefined;
  const [, service = "", said, suffix] = parts;
  if (said === undefined && qualified) return undefined;
  // `db.example` may be a name of the outside world: only a namespace that is there, or the suffix, makes it a Service's.
  if (said !== undefined && !suffix && !snapshot.get("namespaces", "", said)) return undefined;
  if (snapshot.get("services", said ?? from, service)) return undefined;
  const there = snapshot.list<Service>("services").find((candidate) => candidate.metadata.name === service);
  return there ? { service, namespace: there.metadata.namespace ?? "default" } : undefined;
}

/** Names in variables and command lines of pods that lead to a namespace without that Service. */
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
          const wrong = wrongNamespace(snapshot, host, own, false);
          if (!wrong) continue;
          const right = `${wrong.service}.${wrong.namespace}`;
          const ref = ownerRef(snapshot, pod);
          findings.set(`${ref} ${where} ${host}`, {
            severity: "error",
            code: "wrong-namespace",
            object: ref,
            namespace: own,
            problem: `${where} of container ${container.name} names ${host}, which is no Service; service/${wrong.service} is in namespace ${wrong.namespace}`,
            fix: fixOf(ref, own, currentNamespace, container, variable, text.replace(host, right)),
          });
        }
      }
    }
  }
  return [...findings.values()];
}

function fixOf(
  ref: string,
  namespace: string,
  currentNamespace: string,
  container: Container,
  variable: string | undefined,
  text: string,
): string[] {
  const flags = namespace === currentNamespace ? "" : ` -n ${namespace}`;
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

/** Hosts of URLs, and whole texts of the form `web.shop.svc…` or `web.shop:80`. */
function hostsIn(text: string): string[] {
  const urls = [...text.matchAll(/[a-z][a-z0-9+.-]*:\/\/(?:[^@/\s]*@)?([A-Za-z0-9.-]+)/g)].map((match) => match[1]!);
  const qualified = [...text.matchAll(/(?:^|[\s,@=])([a-z0-9-]+\.[a-z0-9-]+\.svc(?:\.cluster\.local)?)(?=$|[\s,:/])/g)];
  const plain = /^([a-z0-9-]+\.[a-z0-9-]+):\d+$/.exec(text)?.[1];
  return [...new Set([...urls, ...qualified.map((match) => match[1]!), ...(plain ? [plain] : [])])];
}
