import { resolveResource } from "../../api/resource-names.ts";
import type { Pod, Service } from "../../api/types/core.ts";
import type { CommandContext } from "../command.ts";
import { preferredResources } from "../discovery.ts";
import { mappingOf, replaceAliases } from "../resources/mapping.ts";

// What is in the cluster now. A question that fails has no answer: completion never complains.
// Models kubectl pkg/util/completion/completion.go.

/** Names of the objects of a type, or of several (`pods,svc`). */
export async function objectNames(types: string, typed: string, context: CommandContext): Promise<string[]> {
  return await quietly(async () => {
    const names: string[] = [];
    for (const type of replaceAliases(types).split(",")) {
      const found = resolveResource(type);
      if (!found) return [];
      const namespace = found.info.namespaced ? context.namespace : "";
      const list = await context.client.list(mappingOf(found.info, found.version).resource, { namespace });
      names.push(...list.items.map((object) => object.metadata.name ?? ""));
    }
    return startingWith(names, typed);
  });
}

/** `pods`, `deployments.apps`: all types that can be fetched; of a list with commas the last is completed. */
export async function resourceTypes(typed: string, context: CommandContext): Promise<string[]> {
  return await quietly(async () => {
    const comma = typed.lastIndexOf(",") + 1;
    const resources = (await preferredResources(context.client)).filter(({ verbs }) => verbs.includes("get"));
    const key = ({ group, name }: { group: string; name: string }) => `${group}\0${name}`;
    return resources
      .sort((a, b) => (key(a) < key(b) ? -1 : 1))
      .map(({ name, group }) => (group === "" ? name : `${name}.${group}`))
      .filter((name) => name.startsWith(typed.slice(comma)))
      .map((name) => typed.slice(0, comma) + name);
  });
}

/** Names of a pod's containers, those that run first before the others. */
export async function containerNames(pod: string, typed: string, context: CommandContext): Promise<string[]> {
  return await quietly(async () => {
    const { initContainers = [], containers = [] } = (await podOf(pod, context)).spec ?? {};
    return startingWith(
      [...initContainers, ...containers].map((container) => container.name),
      typed,
    );
  });
}

/** `8080:8080`: ports of a pod, or of a Service, behind the local one that is typed. */
export async function portPairs(target: string, typed: string, context: CommandContext): Promise<string[]> {
  return await quietly(async () => {
    const [type, name = ""] = target.includes("/") ? target.split("/") : ["pod", target];
    const local = typed.split(":")[0]!;
    const ports = ["service", "services", "svc"].includes(type!)
      ? ((await context.client.get("services", context.namespace, name)) as Service).spec?.ports?.map(
          ({ port }) => port,
        )
      : (await podOf(target, context)).spec?.containers.flatMap(({ ports = [] }) =>
          ports.map(({ containerPort }) => containerPort),
        );
    return startingWith(
      (ports ?? []).map((port) => `${typed === "" ? port : local}:${port}`),
      typed,
    );
  });
}

async function podOf(name: string, context: CommandContext): Promise<Pod> {
  if (!name.includes("/")) return (await context.client.get("pods", context.namespace, name)) as Pod;
  const { attachablePod } = await import("../pod-programs/attachable-pod.ts");
  return await attachablePod({ name, timeout: 1 }, context);
}

export function startingWith(words: readonly string[], typed: string): string[] {
  return words.filter((word) => word !== "" && word.startsWith(typed));
}

async function quietly(ask: () => Promise<string[]>): Promise<string[]> {
  try {
    return await ask();
  } catch {
    return [];
  }
}
