import { SnapshotFolder } from "../../../admin/snapshots/folder.ts";
import { defineCommand, UsageError } from "../../command.ts";
import { alignColumns } from "../../pictures/columns.ts";

/** `kubemu snapshot list`. */
export default defineCommand({
  complete({ path, args }) {
    if (args.length > 0) throw new UsageError(path, `no arguments are expected, got ${args.length}`);
    return {};
  },
  run(_, { admin, files, streams }) {
    const saved = new SnapshotFolder(files, admin.stateFile).list();
    if (saved.length === 0) {
      streams.err.write("No snapshot is saved.\n");
      return 0;
    }
    const rows = saved.map(({ name, savedAt, bytes }) => [
      name,
      `${new Date(savedAt).toISOString().slice(0, 19)}Z`,
      String(bytes),
    ]);
    streams.out.write(alignColumns([["NAME", "SAVED", "BYTES"], ...rows]));
    return 0;
  },
});
