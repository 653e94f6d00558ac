import { isObject, type JsonObject } from "../../api/json.ts";
import type { KubeObject } from "../../api/object.ts";
import { kindByGvk, resourceKey } from "../../api/registry.ts";
import type { StatusCause } from "../../api/status.ts";
import { inOrderOfNeed, isSystemNamespace, madeByCluster } from "./made-by-cluster.ts";
import { portable } from "./portable.ts";

/** One object that an import makes. */
export interface Planned {
  /** For `ApiClient`. */
  resource: string;
  /** `service/web`, `deployment.apps/web`. */
  title: string;
  namespace: string;
  body: JsonObject;
}

export interface ImportPlan {
  /** What others need first. */
  objects: Planned[];
  /** Lines about what is not imported and why. */
  notes: string[];
}

/** What is to be made of the objects of a real cluster; what its controllers keep is left to those of this one. */
export function importPlan(objects: readonly JsonObject[], defaultNamespace: string): ImportPlan {
  const planned: Planned[] = [];
  const notes: string[] = [];
  const left = new Set<string>();
  for (const object of objects) {
    const kind = String(object.kind ?? "");
    const metadata = (isObject(object.metadata) ? object.metadata : {}) as { name?: string; namespace?: string };
    const info = kindByGvk(String(object.apiVersion ?? ""), kind);
    if (!info) {
      notes.push(`${kind} ${metadata.name ?? ""}: kubemu has no such kind (${String(object.apiVersion ?? "")})`);
      continue;
    }
    const whole = { ...object, metadata } as unknown as KubeObject;
    if (madeByCluster(whole)) continue;
    const namespace = info.namespaced ? (metadata.namespace ?? defaultNamespace) : "";
    if (isSystemNamespace(namespace)) {
      left.add(namespace);
      continue;
    }
    const body = portable(whole) as unknown as JsonObject;
    const title = `${info.singular}${info.group === "" ? "" : `.${info.group}`}/${metadata.name ?? ""}`;
    planned.push({ resource: resourceKey(info), title, namespace, body });
  }
  for (const name of left) notes.push(`namespace ${name} is the cluster's own: what is in it is not imported`);
  const made = new Set(
    planned.filter(({ resource }) => resource === "namespaces").map(({ body }) => (body.metadata as JsonObject).name),
  );
  const missing = new Set(planned.map(({ namespace }) => namespace).filter((name) => name !== "" && !made.has(name)));
  return {
    objects: inOrderOfNeed([...planned, ...[...missing].map(namespaceOf)], ({ body }) => String(body.kind)),
    notes,
  };
}

function namespaceOf(name: string): Planned {
  return {
    resource: "namespaces",
    title: `namespace/${name}`,
    namespace: "",
    body: { apiVersion: "v1", kind: "Namespace", metadata: { name } },
  };
}

/**
 * A Service without the addresses that the server has refused, and what they were; undefined when it was refused for something else.
 */
export function withoutRefused(
  body: JsonObject,
  causes: readonly StatusCause[],
): { body: JsonObject; dropped: string[] } | undefined {
  const spec = isObject(body.spec) ? body.spec : undefined;
  if (body.kind !== "Service" || !spec || causes.length === 0) return undefined;
  const next: JsonObject = { ...spec };
  const dropped: string[] = [];
  for (const { field = "", message = "" } of causes) {
    const port = /^spec\.ports\[(\d+)\]\.nodePort$/.exec(field)?.[1];
    if (/^spec\.clusterIPs?(\[\d+\])?$/.test(field)) {
      dropped.push(`clusterIP ${String(spec.clusterIP)} is not kept: ${message}`);
      delete next.clusterIP;
      delete next.clusterIPs;
      delete next.ipFamilies;
      delete next.ipFamilyPolicy;
    } else if (/^spec\.(ipFamilies|ipFamilyPolicy|loadBalancerClass)/.test(field)) {
      const name = /^spec\.(\w+)/.exec(field)![1]!;
      dropped.push(`${name} is not kept: ${message}`);
      delete next[name];
    } else if (port !== undefined && Array.isArray(next.ports)) {
      const ports = [...next.ports];
      const { nodePort, ...rest } = ports[Number(port)] as JsonObject;
      dropped.push(`nodePort ${String(nodePort)} is not kept: ${message}`);
      ports[Number(port)] = rest;
      next.ports = ports;
    } else if (field === "spec.healthCheckNodePort") {
      dropped.push(`healthCheckNodePort ${String(next.healthCheckNodePort)} is not kept: ${message}`);
      delete next.healthCheckNodePort;
    } else return undefined;
  }
  return { body: { ...body, spec: next }, dropped: [...new Set(dropped)] };
}
