import { clusterView } from "../../network/cluster-view.ts";
import { HOST } from "../../network/location.ts";
import { connect } from "../../network/proxy/connect.ts";
import { about, type Case, type Finding, inNamespace } from "./finding.ts";

/** How this machine reaches a Service that works, and which of the usual ways does not: hints. */
export function reachHints(subject: Case): Finding[] {
  const { spec } = subject.service;
  if (!spec || spec.type === "ExternalName") return [];
  return [...nodePortHints(subject), ...clusterIPHint(subject)];
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
