import { targetPortOf } from "../../api/kinds/service/target-port.ts";
import { processOf } from "../../images/catalogue.ts";
import { clusterView } from "../../network/cluster-view.ts";
import { podListener } from "../../network/listeners.ts";
import { HOST } from "../../network/location.ts";
import { connect } from "../../network/proxy/connect.ts";
import { about, type Case, type Finding, inNamespace } from "./finding.ts";
import { podsOf } from "./selector.ts";

/** How this machine reaches a Service that works, and which of the usual ways does not: hints. */
export function reachHints(subject: Case): Finding[] {
  const { spec } = subject.service;
  if (!spec || spec.type === "ExternalName") return [];
  return [
    ...headlessHint(subject),
    ...nodePortHints(subject),
    ...externalIPHints(subject),
    ...clusterIPHint(subject),
    ...targetPortHints(subject),
    ...plainHttpHint(subject),
  ];
}

function headlessHint(subject: Case): Finding[] {
  const { service, name, namespace } = subject;
  const port = service.spec?.ports?.[0]?.port;
  if (service.spec?.clusterIP !== "None") return [];
  return [
    about(
      subject,
      "hint",
      "headless",
      `it is headless: CLUSTER-IP None is no address, and ${name}.${namespace} leads to the addresses of its pods${port === undefined ? "" : `, on their own port`}`,
      `kubectl get endpointslices -l kubernetes.io/service-name=${name}${inNamespace(subject)}`,
    ),
  ];
}

/** Addresses that nobody brings to the nodes. */
function externalIPHints(subject: Case): Finding[] {
  const { snapshot, service } = subject;
  const port = service.spec?.ports?.find((candidate) => (candidate.protocol ?? "TCP") === "TCP");
  if (!port) return [];
  const lost = (service.spec?.externalIPs ?? []).filter(
    (to) => connect(snapshot, { from: HOST, to, port: port.port, protocol: "TCP" }).verdict !== "answered",
  );
  if (lost.length === 0) return [];
  return [
    about(
      subject,
      "hint",
      "external-ip-not-routed",
      `externalIPs ${lost.join(", ")}: the nodes take packets for it, but no route brings them there from this machine`,
      "kubectl get nodes -o wide",
    ),
  ];
}

/** The pods' own port is none of the Service's. */
function targetPortHints(subject: Case): Finding[] {
  const { service, name, namespace } = subject;
  const { ports = [], clusterIP } = service.spec ?? {};
  if (clusterIP === "None") return [];
  return ports.flatMap(({ port, targetPort, protocol = "TCP" }): Finding[] => {
    if (typeof targetPort !== "number" || targetPort === port || protocol !== "TCP") return [];
    if (ports.some((other) => other.port === targetPort)) return [];
    return [
      about(
        subject,
        "hint",
        "target-port-of-pods",
        `clients ask ${name}.${namespace}:${port}; ${targetPort} is the port of its pods, which its own address does not answer`,
        `kubectl get service ${name}${inNamespace(subject)}`,
      ),
    ];
  });
}

/** A Service decrypts nothing: who writes https:// speaks TLS with the pod. */
function plainHttpHint(subject: Case): Finding[] {
  const { snapshot, service, name, namespace } = subject;
  const port = service.spec?.ports?.find((it) => it.port === 443 && (it.protocol ?? "TCP") === "TCP");
  const [pod] = podsOf(subject);
  const target = pod && port && targetPortOf(pod, port);
  if (!pod || target === undefined) return [];
  const listener = podListener(snapshot, pod, target, "TCP", false);
  const container = listener?.kind === "container" && pod.spec?.containers.find((it) => it.name === listener.container);
  const process = container ? processOf(snapshot, pod, container) : undefined;
  if (!process?.http || process.tls?.(target)) return [];
  return [
    about(
      subject,
      "hint",
      "plain-http-on-443",
      `port 443 leads to ${target}, where its pods speak HTTP without TLS: https://${name}.${namespace} fails, http://${name}.${namespace}:443 does not`,
      `kubectl describe service ${name}${inNamespace(subject)}`,
    ),
  ];
}

function nodePortHints(subject: Case): Finding[] {
  const { snapshot, service } = subject;
  const port = service.spec?.ports?.find((candidate) => candidate.nodePort && (candidate.protocol ?? "TCP") === "TCP");
  if (!port?.nodePort || service.spec?.type !== "NodePort") return [];
  const { nodes, profile } = clusterView(snapshot);
  const addresses = [
    "127.0.0.1",
    ...nodes.flatMap((node) => [node.internalIP, node.externalIP].flatMap((address) => address ?? [])),
  ];
  const shown = (address: string) => (address === "127.0.0.1" ? "localhost" : address);
  const verdicts = addresses.map((address) => ({
    address: shown(address),
    verdict: connect(snapshot, { from: HOST, to: address, port: port.nodePort!, protocol: "TCP" }).verdict,
  }));
  const works = verdicts.find(({ verdict }) => verdict === "answered");
  const fails = verdicts.filter(({ verdict }) => verdict !== "answered");
  if (!works || fails.length === 0) return [];
  const failing = fails.map(({ address, verdict }) => `${address} (${verdict})`).join(", ");
  return [
    about(
      subject,
      "hint",
      "node-port-address",
      `on profile ${profile.name} this machine reaches node port ${port.nodePort} at ${works.address}, not at ${failing}`,
      `curl http://${works.address}:${port.nodePort}/`,
    ),
  ];
}

function clusterIPHint(subject: Case): Finding[] {
  const { snapshot, service, name } = subject;
  const { clusterIP, type } = service.spec ?? {};
  const port = service.spec?.ports?.find((candidate) => (candidate.protocol ?? "TCP") === "TCP");
  if (type !== "ClusterIP" || !clusterIP || clusterIP === "None" || !port) return [];
  const { verdict } = connect(snapshot, { from: HOST, to: clusterIP, port: port.port, protocol: "TCP" });
  if (verdict !== "dropped") return [];
  const local = port.port < 1024 ? port.port + 8000 : port.port;
  return [
    about(
      subject,
      "hint",
      "cluster-ip-from-outside",
      `${clusterIP}:${port.port} answers inside the cluster alone; from this machine it times out`,
      `kubectl port-forward service/${name}${inNamespace(subject)} ${local}:${port.port}`,
    ),
  ];
}
