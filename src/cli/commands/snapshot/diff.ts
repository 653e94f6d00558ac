import { snapshotNameComplaint } from "../../../admin/snapshots/folder.ts";
import { CommandError, defineCommand, UsageError } from "../../command.ts";

interface Options {
  name: string;
}

/** `kubemu snapshot diff NAME`: exits with 1 when something has changed, as diff does. */
export default defineCommand<Options>({
  complete({ path, args }) {
    if (args.length !== 1) throw new UsageError(path, `exactly one NAME is required, got ${args.length}`);
    return { name: args[0]! };
  },
  validate({ name }) {
    const complaint = snapshotNameComplaint(name);
    if (complaint !== undefined) throw new CommandError(complaint);
  },
  async run({ name }, { admin, files, streams }) {
    const { SnapshotFolder } = await import("../../../admin/snapshots/folder.ts");
    const folder = new SnapshotFolder(files, admin.stateFile);
    const diff = await admin.diffWith(name, folder.read(name), folder.file(name));
    streams.out.write(diff);
    return diff === "" ? 0 : 1;
  },
});
