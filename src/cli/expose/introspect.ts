import { sortedKeys } from "../../api/json.ts";
import type { KubeObject, LabelSelector } from "../../api/object.ts";
import { resourceKey } from "../../api/registry.ts";
import type { PodSpec, ServicePort } from "../../api/types/core.ts";
import { CommandError } from "../command.ts";
import type { Mapping } from "../resources/mapping.ts";

const EXPOSABLE = ["replicationcontrollers", "services", "pods", "deployments.apps", "replicasets.apps"];

/** Throws CommandError for a kind of which there can be no Service. Models kubectl pkg/polymorphichelpers/canbeexposed.go. */
export function requireExposable({ info }: Mapping): void {
  if (EXPOSABLE.includes(resourceKey(info))) return;
  throw new CommandError(`cannot expose a ${info.group === "" ? info.kind : `${info.kind}.${info.group}`}`);
}

interface Exposed extends KubeObject {
  spec?: PodSpec & {
    template?: { spec?: PodSpec };
    selector?: unknown;
    ports?: ServicePort[];
  };
}

/** A port and its protocol, as a pod or a Service declares them. */
interface DeclaredPort {
  port: string;
  protocol: string;
}

/** In the order of the object. Models kubectl pkg/polymorphichelpers/portsforobject.go and multiprotocolsforobject.go. */
export function declaredPorts(object: KubeObject): DeclaredPort[] {
  const { spec } = object as Exposed;
  if (object.kind === "Service") {
    return (spec?.ports ?? []).map(({ port, protocol }) => ({ port: String(port), protocol: protocol || "TCP" }));
  }
  const pod = object.kind === "Pod" ? spec : spec?.template?.spec;
  return (pod?.containers ?? []).flatMap(({ ports }) =>
    (ports ?? []).map(({ containerPort, protocol }) => ({
      port: String(containerPort),
      protocol: protocol || "TCP",
    })),
  );
}

/** `a=b,c=d`. Throws CommandError when there is none. Models kubectl pkg/polymorphichelpers/mapbasedselectorforobject.go. */
export function selectorOf(object: KubeObject): string {
  const { spec, metadata } = object as Exposed;
  switch (object.kind) {
    case "Pod":
      if (Object.keys(metadata.labels ?? {}).length === 0) {
        throw new CommandError("the pod has no labels and cannot be exposed");
      }
      return labelText(metadata.labels);
    case "Service":
      if (!spec?.selector) throw new CommandError("the service has no pod selector set");
      return labelText(spec.selector as Record<string, string>);
    case "ReplicationController":
      return labelText(spec?.selector as Record<string, string> | undefined);
    default: {
      const { matchLabels, matchExpressions } = (spec?.selector ?? {}) as LabelSelector;
      if (Object.keys(matchLabels ?? {}).length === 0) {
        throw new CommandError(`invalid ${object.kind.toLowerCase()}: no selectors, therefore cannot be exposed`);
      }
      if (matchExpressions && matchExpressions.length > 0) {
        const printed = matchExpressions
          .map(({ key, operator, values }) => `{Key:${key} Operator:${operator} Values:[${(values ?? []).join(" ")}]}`)
          .join(" ");
        throw new CommandError(`couldn't convert expressions - "[${printed}]" to map-based selector format`);
      }
      return labelText(matchLabels);
    }
  }
}

/** `a=b,c=d`. Models kubectl pkg/polymorphichelpers MakeLabels. */
export function labelText(labels: Record<string, string> | undefined): string {
  return sortedKeys(labels ?? {})
    .map((key) => `${key}=${labels![key]}`)
    .join(",");
}
