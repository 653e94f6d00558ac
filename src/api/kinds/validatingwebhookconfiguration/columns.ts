import { webhookTable } from "../admission-tables.ts";

export const table = webhookTable;
