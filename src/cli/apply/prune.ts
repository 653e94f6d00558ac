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

/**
 * Deletes what was applied before and is not among `applied`: in the namespaces of these, of the kinds that may be pruned, what the selector
 * matches. Models kubectl pkg/cmd/apply/prune.go.
 */
export async function pruneOthers(
  applied: readonly ResourceInfo[],
  settings: PruneSettings,
  print: (object: KubeObject) => Promise<void>,
  context: CommandContext,
): Promise<void> {
  if (!settings.mappings) {
    const text =
      "Deprecated: kubectl apply will no longer prune non-namespaced resources by default when used with the --namespace flag in a future release. To preserve the current behaviour, list the resources you want to target explicitly in the --prune-allowlist flag.";
    context.streams.err.write(klogLine("W", "prune.go:71", text, context));
  }
  const mappings = settings.mappings ?? DEFAULTS.map(mappingOfText);
  const namespaces = new Set(applied.filter(({ mapping }) => mapping!.info.namespaced).map((info) => info.namespace));
  if (context.namespaceGiven) namespaces.add(context.namespace);
  const kept = new Set(applied.map((info) => (info.object as KubeObject).metadata.uid ?? ""));
  const one = async (what: string, namespace: string, mapping: Mapping) => {
    try {
      await prune(namespace, mapping, kept, settings, print, context);
    } catch (error) {
      const { group } = mapping.info;
      throw new CommandError(
        `error pruning ${what} object ${group}/${mapping.version}, Kind=${mapping.kind}: ${messageOf(error)}`,
      );
    }
  };
  for (const namespace of [...namespaces].sort())
    for (const mapping of mappings.filter(({ info }) => info.namespaced)) await one("namespaced", namespace, mapping);
  for (const mapping of mappings.filter(({ info }) => !info.namespaced)) await one("nonNamespaced", "", mapping);
}

async function prune(
  namespace: string,
  { resource }: Mapping,
  kept: ReadonlySet<string>,
  { selector, cascade, gracePeriod, dryRun }: PruneSettings,
  print: (object: KubeObject) => Promise<void>,
  { client }: CommandContext,
): Promise<void> {
  const { items } = await client.list(resource, { namespace, ...(selector === "" ? {} : { labelSelector: selector }) });
  for (const object of items) {
    const { name = "", uid = "", annotations } = object.metadata;
    if (annotations?.[LAST_APPLIED] === undefined || kept.has(uid)) continue;
    if (dryRun !== "client") {
      await client.delete(resource, namespace, name, {
        propagationPolicy: cascade,
        ...(gracePeriod >= 0 ? { gracePeriodSeconds: gracePeriod } : {}),
        dryRun: dryRun === "server",
      });
    }
    await print(object);
  }
}
