import type { KubeObject } from "../../object.ts";
import { column, nameColumn, nameOf } from "../cells.ts";
import type { TablePrinter } from "../kind.ts";

interface IPAddress extends KubeObject {
  spec?: { parentRef?: { group?: string; resource: string; namespace?: string; name: string } };
}

/** Models printIPAddress. */
export const table: TablePrinter<IPAddress> = {
  columns: [nameColumn, column("ParentRef")],
  cells: (address) => [nameOf(address), parentText(address)],
};

function parentText(address: IPAddress): string {
  const parent = address.spec?.parentRef;
  if (!parent) return "<none>";
  const resource = (parent.group ? `${parent.resource}.${parent.group}` : parent.resource).toLowerCase();
  return [resource, ...(parent.namespace ? [parent.namespace] : []), parent.name].join("/");
}
