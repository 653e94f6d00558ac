import { defineCommand } from "../../command.ts";
import { namedSnapshot, type SnapshotOptions } from "../../named-snapshot.ts";
import { objectWriter } from "../../output/object-writer.ts";

/** `kubemu snapshot diff NAME`: exits with 1 when something has changed, as diff does. */
export default defineCommand<SnapshotOptions>({
  ...namedSnapshot,
  async run({ name }, { admin, files, streams }) {
    const { SnapshotFolder } = await import("../../../admin/snapshots/folder.ts");
    const folder = new SnapshotFolder(files, admin.stateFile);
    const diff = await admin.diffWith(name, folder.read(name), folder.file(name));
    objectWriter(streams)(diff);
    return diff === "" ? 0 : 1;
  },
});
