import { policyTable } from "../admission-tables.ts";

export const table = policyTable("Validations");
