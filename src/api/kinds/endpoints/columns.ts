import type { Endpoints } from "../../types/core.ts";
import { ageColumn, ageOf, column, listWithMore, nameColumn, nameOf } from "../cells.ts";
import type { TablePrinter } from "../kind.ts";

/** Models printEndpoints. */
export const table: TablePrinter<Endpoints> = {
  columns: [nameColumn, column("Endpoints"), ageColumn],
  cells: (endpoints, context) => [nameOf(endpoints), endpointsText(endpoints), ageOf(endpoints, context)],
};

/** Ready addresses with their ports: `10.244.0.5:80,10.244.0.6:80,10.244.0.7:80 + 2 more...`. Models formatEndpoints. */
function endpointsText(endpoints: Endpoints): string {
  const subsets = endpoints.subsets ?? [];
  if (subsets.length === 0) return "<none>";
  const list = subsets.flatMap(({ addresses = [], ports = [] }) =>
    ports.length === 0
      ? addresses.map(({ ip }) => ip)
      : ports.flatMap(({ port }) => addresses.map(({ ip }) => `${ip.includes(":") ? `[${ip}]` : ip}:${port}`)),
  );
  return listWithMore(list, 3);
}
