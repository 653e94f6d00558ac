import { table as roleBindingTable } from "../rolebinding/columns.ts";

export const table = roleBindingTable;
