import { snapshotNameComplaint } from "../admin/snapshots/folder.ts";
import { CommandError, type Invocation, UsageError } from "./command.ts";

export interface SnapshotOptions {
  name: string;
}

/** How `kubemu snapshot save`, `restore` and `diff` read their one argument. */
export const namedSnapshot = {
  complete({ path, args }: Invocation): SnapshotOptions {
    if (args.length !== 1) throw new UsageError(path, `exactly one NAME is required, got ${args.length}`);
    return { name: args[0]! };
  },
  validate({ name }: SnapshotOptions): void {
    const complaint = snapshotNameComplaint(name);
    if (complaint !== undefined) throw new CommandError(complaint);
  },
};
