import { normal } from "../../../admin/outside/outside.ts";
import { RECORDS } from "../../../api/records.ts";
import { CommandError, defineCommand, UsageError } from "../../command.ts";

interface Options {
  names: string[];
}

/** `kubemu outside remove NAME …`. */
export default defineCommand<Options>({
  complete({ path, args }) {
    if (args.length === 0) throw new UsageError(path, "at least one NAME is required");
    return { names: args.map(normal) };
  },
  async run({ names }, { admin, streams }) {
    for (const name of names) {
      if (!(await admin.removeRecord(RECORDS.outside, name)))
        throw new CommandError(`the outside world knows no name "${name}"`);
      streams.out.write(`outside/${name} removed\n`);
    }
  },
});
