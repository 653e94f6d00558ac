import { SnapshotFolder, snapshotNameComplaint } from "../../../admin/snapshots/folder.ts";
import { CommandError, defineCommand, UsageError } from "../../command.ts";

interface Options {
  name: string;
}

/** `kubemu snapshot save NAME`. */
export default defineCommand<Options>({
  complete({ path, args }) {
    if (args.length !== 1) throw new UsageError(path, `exactly one NAME is required, got ${args.length}`);
    return { name: args[0]! };
  },
  validate({ name }) {
    const complaint = snapshotNameComplaint(name);
    if (complaint !== undefined) throw new CommandError(complaint);
  },
  async run({ name }, { admin, files, flush, streams }) {
    await admin.snapshot();
    // A cluster that this command has made is on disk only after its commit.
    await flush();
    new SnapshotFolder(files, admin.stateFile).save(name);
    streams.out.write(`snapshot/${name} saved\n`);
  },
});
