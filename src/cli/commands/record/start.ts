import { startRecord } from "../../../admin/record/record.ts";
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
      const code = (error as NodeJS.ErrnoException).code;
      if (code === undefined) throw error;
      throw new CommandError(`cannot write the log ${log}: ${code}`);
    }
    context.streams.out.write(`recording to ${log}\n`);
    return 0;
  },
});
