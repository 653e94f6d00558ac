import { imageRows } from "../../../admin/images/describe-image.ts";
import { defineCommand, UsageError } from "../../command.ts";
import { objectWriter } from "../../output/object-writer.ts";
import { alignColumns } from "../../pictures/columns.ts";

/** `kubemu image list`: the images that a user described. */
export default defineCommand({
  complete({ path, args }) {
    if (args.length > 0) throw new UsageError(path, `no arguments are expected, got ${args.length}`);
    return {};
  },
  async run(_, { admin, streams }) {
    const rows = imageRows(await admin.snapshot());
    if (rows.length === 0) streams.err.write("No image is described.\n");
    else objectWriter(streams)(alignColumns([["IMAGE", "TAGS", "PORTS", "HTTP"], ...rows]));
  },
});
