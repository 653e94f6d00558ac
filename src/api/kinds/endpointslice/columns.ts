import type { EndpointSlice } from "../../types/discovery.ts";
import { ageColumn, ageOf, column, listWithMore, nameColumn, nameOf } from "../cells.ts";
import type { TablePrinter } from "../kind.ts";

/** Models printEndpointSlice. */
export const table: TablePrinter<EndpointSlice> = {
  columns: [nameColumn, column("AddressType"), column("Ports"), column("Endpoints"), ageColumn],
  cells: (slice, context) => [
    nameOf(slice),
    slice.addressType,
    listWithMore(
      (slice.ports ?? []).map(({ port, name }) => (port !== undefined ? String(port) : (name ?? "*"))),
      3,
    ) || "<unset>",
    listWithMore(
      (slice.endpoints ?? []).flatMap(({ addresses }) => addresses),
      3,
    ) || "<unset>",
    ageOf(slice, context),
  ],
};
