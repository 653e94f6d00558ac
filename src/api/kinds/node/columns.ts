import { compareStrings } from "../../json.ts";
import type { Node } from "../../types/core.ts";
import { ageColumn, ageOf, column, nameColumn, nameOf, wideColumn } from "../cells.ts";
import type { TablePrinter } from "../kind.ts";

/** Models printNode. */
export const table: TablePrinter<Node> = {
  columns: [
    nameColumn,
    column("Status"),
    column("Roles"),
    ageColumn,
    column("Version"),
    wideColumn("Internal-IP"),
    wideColumn("External-IP"),
    wideColumn("OS-Image"),
    wideColumn("Kernel-Version"),
    wideColumn("Container-Runtime"),
  ],
  cells: (node, context) => {
    const info = node.status?.nodeInfo;
    return [
      nameOf(node),
      statusText(node),
      nodeRoles(node).join(",") || "<none>",
      ageOf(node, context),
      info?.kubeletVersion ?? "",
      address(node, "InternalIP"),
      address(node, "ExternalIP"),
      info?.osImage || "<unknown>",
      info?.kernelVersion || "<unknown>",
      info?.containerRuntimeVersion || "<unknown>",
    ];
  },
};

function statusText(node: Node): string {
  const ready = node.status?.conditions?.findLast(({ type }) => type === "Ready");
  const words = [ready ? (ready.status === "True" ? "Ready" : "NotReady") : "Unknown"];
  if (node.spec?.unschedulable) words.push("SchedulingDisabled");
  return words.join(",");
}

const ROLE_PREFIX = "node-role.kubernetes.io/";

/** Roles by label, sorted, each once. Models findNodeRoles. */
export function nodeRoles(node: Node): string[] {
  const roles = new Set<string>();
  for (const [label, value] of Object.entries(node.metadata.labels ?? {})) {
    const role = label.startsWith(ROLE_PREFIX) ? label.slice(ROLE_PREFIX.length) : "";
    if (role) roles.add(role);
    else if (label === "kubernetes.io/role" && value) roles.add(value);
  }
  return [...roles].sort(compareStrings);
}

function address(node: Node, type: string): string {
  return node.status?.addresses?.find((it) => it.type === type)?.address ?? "<none>";
}
