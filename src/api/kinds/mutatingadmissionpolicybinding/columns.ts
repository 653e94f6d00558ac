import { policyBindingTable } from "../admission-tables.ts";

export const table = policyBindingTable;
