import { compareStrings, type Json } from "../json.ts";
import { since } from "../meta/human-duration.ts";
import type { KubeObject } from "../object.ts";
import type { PodTemplateSpec } from "../types/core.ts";
import type { Column, RowContext } from "./kind.ts";

/** What the tables of several kinds share. Models kubernetes pkg/printers/internalversion/printers.go. */

export function column(name: string, type: Column["type"] = "string", priority = 0): Column {
  return { name, type, format: "", priority };
}

/** A column that shows with `-o wide` alone. */
export function wideColumn(name: string): Column {
  return column(name, "string", 1);
}

export const nameColumn: Column = { name: "Name", type: "string", format: "name", priority: 0 };
export const ageColumn: Column = column("Age");
export const containerColumns: Column[] = [wideColumn("Containers"), wideColumn("Images")];

/** The cell of `ageColumn`. */
export function ageOf(object: KubeObject, context: RowContext): string {
  return since(object.metadata.creationTimestamp, context.now);
}

/** The cell of `nameColumn`. */
export function nameOf(object: KubeObject): string {
  return object.metadata.name ?? "";
}

/** The cells of `containerColumns`. */
export function containerCells(containers: readonly { name: string; image?: string }[] | undefined): string[] {
  const list = containers ?? [];
  return [list.map(({ name }) => name).join(","), list.map(({ image }) => image ?? "").join(",")];
}

/** The columns of what keeps a number of pods: ReplicaSets and ReplicationControllers. */
export function replicaColumns(): Column[] {
  return [
    nameColumn,
    column("Desired", "integer"),
    column("Current", "integer"),
    column("Ready", "integer"),
    ageColumn,
    ...containerColumns,
    wideColumn("Selector"),
  ];
}

interface Replicated extends KubeObject {
  spec?: { replicas?: number; template?: PodTemplateSpec };
  status?: { replicas?: number; readyReplicas?: number };
}

/** The cells of `replicaColumns`. */
export function replicaCells(object: Replicated, selector: string, context: RowContext): Json[] {
  return [
    nameOf(object),
    object.spec?.replicas ?? 0,
    object.status?.replicas ?? 0,
    object.status?.readyReplicas ?? 0,
    ageOf(object, context),
    ...containerCells(object.spec?.template?.spec?.containers),
    selector,
  ];
}

/** The addresses of a load balancer, sorted, each once. */
export function loadBalancerText(status: { ingress?: { ip?: string; hostname?: string }[] } | undefined): string {
  const addresses = (status?.ingress ?? []).map(({ ip, hostname }) => ip || hostname || "").filter(Boolean);
  return [...new Set(addresses)].sort(compareStrings).join(",");
}

/** The first `max` of a list, and how many more there are. */
export function listWithMore(list: readonly string[], max: number, separator = ","): string {
  const shown = list.slice(0, max).join(separator);
  return list.length > max ? `${shown} + ${list.length - max} more...` : shown;
}
