import { outsideRows } from "../../../admin/outside/outside.ts";
import { defineCommand, UsageError } from "../../command.ts";
import { objectWriter } from "../../output/object-writer.ts";
import { alignColumns } from "../../pictures/columns.ts";

/** `kubemu outside list`. */
export default defineCommand({
  complete({ path, args }) {
    if (args.length > 0) throw new UsageError(path, `no arguments are expected, got ${args.length}`);
    return {};
  },
  async run(_, { admin, streams }) {
    const rows = outsideRows(await admin.snapshot());
    if (rows.length === 0) streams.err.write("The outside world knows no name.\n");
    else objectWriter(streams)(alignColumns([["NAME", "ADDRESS", "HTTP"], ...rows]));
  },
});
