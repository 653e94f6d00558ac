import { SnapshotFolder } from "../../../admin/snapshots/folder.ts";
import { defineCommand } from "../../command.ts";
import { namedSnapshot, type SnapshotOptions } from "../../named-snapshot.ts";

/** `kubemu snapshot restore NAME`: the saved cluster in the place of this one. Time goes on from there to now. */
export default defineCommand<SnapshotOptions>({
  ...namedSnapshot,
  async run({ name }, { admin, files, streams }) {
    const folder = new SnapshotFolder(files, admin.stateFile);
    await admin.restore(folder.read(name), folder.file(name));
    streams.out.write(`snapshot/${name} restored\n`);
  },
});
