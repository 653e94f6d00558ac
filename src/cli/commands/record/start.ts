import { startRecord } from "../../../admin/record/record.ts";
import { goErrno } from "../../../platform/errno.ts";
import { CommandError, defineCommand, UsageError } from "../../command.ts";
import { absolute } from "../../resources/files.ts";

interface Options {
  file: string;
}

/** `kubemu record start FILE`. */
export default defineCommand<Options>({
  complete({ path, args }) {
    if (args.length !== 1) throw new UsageError(path, `exactly one FILE is required, got ${args.length}`);
    return { file: args[0]! };
  },
  run({ file }, context) {
    const log = absolute(file, context);
    try {
      startRecord(context.files, context.admin.stateFile, log);
    } catch (error) {
      const reason = goErrno(error);
      if (reason === undefined) throw error;
      throw new CommandError(`cannot write the log ${log}: ${reason}`);
    }
    context.streams.out.write(`recording to ${log}\n`);
    return 0;
  },
});
