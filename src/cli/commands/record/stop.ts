import { stopRecord } from "../../../admin/record/record.ts";
import { defineCommand, UsageError } from "../../command.ts";

/** `kubemu record stop`. */
export default defineCommand({
  complete({ path, args }) {
    if (args.length > 0) throw new UsageError(path, `no arguments are expected, got ${args.length}`);
    return {};
  },
  run(_, { admin, files, streams }) {
    const log = stopRecord(files, admin.stateFile);
    streams.out.write(log === undefined ? "nothing was recorded\n" : `recorded to ${log}\n`);
    return 0;
  },
});
