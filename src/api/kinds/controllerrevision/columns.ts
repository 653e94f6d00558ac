import { controllerOf, type KubeObject } from "../../object.ts";
import { ageColumn, ageOf, column, nameColumn, nameOf } from "../cells.ts";
import type { TablePrinter } from "../kind.ts";

interface ControllerRevision extends KubeObject {
  revision?: number;
}

/** Models printControllerRevision: the controller is `statefulset.apps/web`. */
export const table: TablePrinter<ControllerRevision> = {
  columns: [nameColumn, column("Controller"), column("Revision"), ageColumn],
  cells: (revision, context) => [
    nameOf(revision),
    controllerText(revision),
    revision.revision ?? 0,
    ageOf(revision, context),
  ],
};

function controllerText(revision: ControllerRevision): string {
  const owner = controllerOf(revision);
  if (!owner) return "<none>";
  const group = owner.apiVersion.includes("/") ? `.${owner.apiVersion.split("/")[0]}` : "";
  return `${`${owner.kind}${group}`.toLowerCase()}/${owner.name}`;
}
