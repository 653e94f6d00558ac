import { imageKey } from "../../../admin/images/describe-image.ts";
import { RECORDS } from "../../../api/records.ts";
import { CommandError, defineCommand, UsageError } from "../../command.ts";

interface Options {
  names: string[];
}

/** `kubemu image remove NAME …`. */
export default defineCommand<Options>({
  complete({ path, args }) {
    if (args.length === 0) throw new UsageError(path, "at least one NAME is required");
    return { names: args };
  },
  async run({ names }, { admin, streams }) {
    for (const name of names) {
      if (!(await admin.removeRecord(RECORDS.images, imageKey(name))))
        throw new CommandError(`no image "${name}" is described`);
      streams.out.write(`image/${name} removed\n`);
    }
  },
});
