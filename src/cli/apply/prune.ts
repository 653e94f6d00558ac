import { LAST_APPLIED } from "../../api/meta/last-applied.ts";
import type { KubeObject } from "../../api/object.ts";
import type { Propagation } from "../../api/writes.ts";
import { type CommandContext, CommandError } from "../command.ts";
import { messageOf } from "../errors.ts";
import { klogLine } from "../klog.ts";
import type { DryRun } from "../output/dry-run.ts";
import { type Mapping, mappingForKind } from "../resources/mapping.ts";
import type { ResourceInfo } from "../resources/visitor.ts";

const DEFAULTS = [
  ...["ConfigMap", "Endpoints", "PersistentVolumeClaim", "Pod", "ReplicationController", "Secret", "Service"].map(
    (kind) => `core/v1/${kind}`,
  ),
  ...["batch/v1/Job", "batch/v1/CronJob", "networking.k8s.io/v1/Ingress"],
  ...["DaemonSet", "Deployment", "ReplicaSet", "StatefulSet"].map((kind) => `apps/v1/${kind}`),
  ...["core/v1/Namespace", "core/v1/PersistentVolume"],
];

export interface PruneSettings {
  /** `--prune-allowlist`, read; undefined: the kinds that kubectl prunes by itself. */
  mappings: readonly Mapping[] | undefined;
  selector: string;
  cascade: Propagation;
  /** Seconds; negative for the object's own. */
  gracePeriod: number;
  dryRun: DryRun;
}

/** `--prune-allowlist`: `core/v1/ConfigMap`. Throws CommandError. Models ParseResources of kubectl pkg/util/prune. */
export function readAllowlist(kinds: readonly string[]): Mapping[] | undefined {
  return kinds.length === 0 ? undefined : kinds.map(mappingOfText);
}

function mappingOfText(text: string): Mapping {
  const [group, version, kind, ...more] = text.split("/");
  if (kind === undefined || more.length > 0)
    throw new CommandError(`invalid GroupVersionKind format: ${text}, please follow <group/version/kind>`);
  return mappingForKind(group === "core" || group === "" ? version! : `${group}/${version}`, kind);
}

/** What was visited: the namespaces to look in, and the objects that stay. */
export interface Visited {
  namespaces: ReadonlySet<string>;
  uids: ReadonlySet<string>;
}

/**
 * Deletes what was applied before and is not among `applied`: in the namespaces of these, of the kinds that may be pruned, what the selector
 * matches. Models kubectl pkg/cmd/apply/prune.go.
 */
export async function pruneOthers(
  applied: readonly ResourceInfo[],
  { mappings, selector, cascade, gracePeriod, dryRun }: PruneSettings,
  print: (object: KubeObject) => Promise<void>,
  context: CommandContext,
): Promise<void> {
  const namespaces = new Set(applied.filter(({ mapping }) => mapping!.info.namespaced).map((info) => info.namespace));
  if (context.namespaceGiven) namespaces.add(context.namespace);
  const uids = new Set(applied.map((info) => (info.object as KubeObject).metadata.uid ?? ""));
  const prune = async (object: KubeObject, namespace: string, { resource }: Mapping) => {
    if (dryRun !== "client") {
      await context.client.delete(resource, namespace, object.metadata.name ?? "", {
        propagationPolicy: cascade,
        ...(gracePeriod >= 0 ? { gracePeriodSeconds: gracePeriod } : {}),
        dryRun: dryRun === "server",
      });
    }
    await print(object);
  };
  await eachPrunable({ namespaces, uids }, { mappings, selector }, prune, context);
}

/**
 * Hands on what was applied before and was not visited now. Models pruneAll of kubectl pkg/cmd/apply/prune.go and of
 * pkg/cmd/diff/prune.go. @throws CommandError that names the kind, whatever failed
 */
export async function eachPrunable(
  visited: Visited,
  { mappings, selector }: Pick<PruneSettings, "mappings" | "selector">,
  act: (object: KubeObject, namespace: string, mapping: Mapping) => Promise<void>,
  context: CommandContext,
): Promise<void> {
  if (!mappings) {
    const text =
      "Deprecated: kubectl apply will no longer prune non-namespaced resources by default when used with the --namespace flag in a future release. To preserve the current behaviour, list the resources you want to target explicitly in the --prune-allowlist flag.";
    context.streams.err.write(klogLine("W", "prune.go:71", text, context));
  }
  const allowed = mappings ?? DEFAULTS.map(mappingOfText);
  const one = async (what: string, namespace: string, mapping: Mapping) => {
    const { group } = mapping.info;
    try {
      const labels = selector === "" ? {} : { labelSelector: selector };
      const { items } = await context.client.list(mapping.resource, { namespace, ...labels });
      for (const object of items) {
        const { uid = "", annotations } = object.metadata;
        if (annotations?.[LAST_APPLIED] === undefined || visited.uids.has(uid)) continue;
        await act(object, namespace, mapping);
      }
    } catch (error) {
      throw new CommandError(
        `error pruning ${what} object ${group}/${mapping.version}, Kind=${mapping.kind}: ${messageOf(error)}`,
      );
    }
  };
  for (const namespace of [...visited.namespaces].sort())
    for (const mapping of allowed.filter(({ info }) => info.namespaced)) await one("namespaced", namespace, mapping);
  for (const mapping of allowed.filter(({ info }) => !info.namespaced)) await one("nonNamespaced", "", mapping);
}
