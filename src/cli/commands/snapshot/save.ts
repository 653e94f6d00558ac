import { SnapshotFolder } from "../../../admin/snapshots/folder.ts";
import { defineCommand } from "../../command.ts";
import { namedSnapshot, type SnapshotOptions } from "../../named-snapshot.ts";

/** `kubemu snapshot save NAME`. */
export default defineCommand<SnapshotOptions>({
  ...namedSnapshot,
  async run({ name }, { admin, files, flush, processes, streams }) {
    await admin.snapshot();
    // A cluster that this command has made is on disk only after its commit.
    await flush();
    new SnapshotFolder(files, admin.stateFile).save(name, processes.pid);
    streams.out.write(`snapshot/${name} saved\n`);
  },
});
