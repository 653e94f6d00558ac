import { recordTarget } from "../../../admin/record/record.ts";
import { defineCommand, UsageError } from "../../command.ts";

/** `kubemu record status`. */
export default defineCommand({
  complete({ path, args }) {
    if (args.length > 0) throw new UsageError(path, `no arguments are expected, got ${args.length}`);
    return {};
  },
  run(_, { admin, files, streams }) {
    const log = recordTarget(files, admin.stateFile);
    streams.out.write(log === undefined ? "not recording\n" : `recording to ${log}\n`);
    return 0;
  },
});
