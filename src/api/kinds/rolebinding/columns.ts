import type { KubeObject } from "../../object.ts";
import { ageColumn, ageOf, column, nameColumn, nameOf, wideColumn } from "../cells.ts";
import type { TablePrinter } from "../kind.ts";

interface Binding extends KubeObject {
  roleRef?: { kind: string; name: string };
  subjects?: { kind: string; name: string; namespace?: string }[];
}

/** Models printRoleBinding and printClusterRoleBinding. */
export const table: TablePrinter<Binding> = {
  columns: [
    nameColumn,
    column("Role"),
    ageColumn,
    wideColumn("Users"),
    wideColumn("Groups"),
    wideColumn("ServiceAccounts"),
  ],
  cells: (binding, context) => [
    nameOf(binding),
    `${binding.roleRef?.kind ?? ""}/${binding.roleRef?.name ?? ""}`,
    ageOf(binding, context),
    subjects(binding, "User").join(", "),
    subjects(binding, "Group").join(", "),
    subjects(binding, "ServiceAccount").join(", "),
  ],
};

function subjects(binding: Binding, wanted: string): string[] {
  return (binding.subjects ?? []).flatMap(({ kind, name, namespace = "" }) =>
    kind !== wanted ? [] : [kind === "ServiceAccount" ? `${namespace}/${name}` : name],
  );
}
