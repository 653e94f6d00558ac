import { dnsRecords, dnsRows, dnsZoneFile } from "../../admin/dns-records.ts";
import { CommandError, defineCommand, UsageError } from "../command.ts";
import { alignColumns } from "../pictures/columns.ts";

interface Options {
  output: string;
}

const FORMATS = ["table", "zone", "json"];

/** `kubemu dns [-o table|zone|json]`: every record of the cluster's zone, and the Service that it comes from. */
export default defineCommand<Options>({
  complete({ path, args, flags }) {
    if (args.length > 0) throw new UsageError(path, `no arguments are expected, got ${args.length}`);
    return { output: flags.string("output") || "table" };
  },
  validate({ output }) {
    if (!FORMATS.includes(output))
      throw new CommandError(`unknown output format "${output}", must be one of: ${FORMATS.join(", ")}`);
  },
  async run({ output }, { admin, streams }) {
    const records = dnsRecords(await admin.snapshot());
    if (output === "json") {
      const { emitJson } = await import("../../api/encoding/json-emit.ts");
      streams.out.write(`${emitJson(JSON.parse(JSON.stringify(records)), "    ")}\n`);
    } else if (output === "zone") streams.out.write(dnsZoneFile(records));
    else streams.out.write(alignColumns([["RECORD", "TYPE", "VALUE", "TTL", "SERVICE"], ...dnsRows(records)]));
  },
});
