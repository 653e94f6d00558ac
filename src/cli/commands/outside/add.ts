import { normal, type OutsideDescription, outsideComplaint, outsideHost } from "../../../admin/outside/outside.ts";
import { RECORDS } from "../../../api/records.ts";
import { CommandError, defineCommand, UsageError } from "../../command.ts";

/** `kubemu outside add NAME ADDRESS [--http TEXT | --status N]`. */
export default defineCommand<OutsideDescription>({
  complete({ path, args, flags }) {
    if (args.length !== 2) throw new UsageError(path, `NAME and ADDRESS are required, got ${args.length} arguments`);
    return {
      name: args[0]!,
      address: args[1]!,
      ...(flags.changed("http") ? { http: flags.string("http") } : {}),
      ...(flags.changed("status") ? { status: flags.int("status") } : {}),
    };
  },
  validate(description) {
    const complaint = outsideComplaint(description);
    if (complaint !== undefined) throw new CommandError(complaint);
  },
  async run(description, { admin, streams }) {
    const name = normal(description.name);
    const known = (await admin.snapshot()).get(RECORDS.outside, "", name) !== undefined;
    await admin.putRecord(RECORDS.outside, outsideHost(description));
    streams.out.write(`outside/${name} ${known ? "changed" : "added"}\n`);
  },
});
