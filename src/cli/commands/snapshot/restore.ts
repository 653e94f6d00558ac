import { SnapshotFolder, snapshotNameComplaint } from "../../../admin/snapshots/folder.ts";
import { CommandError, defineCommand, UsageError } from "../../command.ts";

interface Options {
  name: string;
}

/** `kubemu snapshot restore NAME`: the saved cluster in the place of this one. Time goes on from there to now. */
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
    const folder = new SnapshotFolder(files, admin.stateFile);
    await admin.restore(folder.read(name), folder.file(name));
    streams.out.write(`snapshot/${name} restored\n`);
  },
});
