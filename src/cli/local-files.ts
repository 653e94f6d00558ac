import { goErrno } from "../platform/errno.ts";
import { type CommandContext, CommandError } from "./command.ts";
import { absolute } from "./resources/files.ts";

type Local = Pick<CommandContext, "files" | "processes">;

/** A folder of this machine with those above it; a failure tells the path as it was given. Models Go's os.MkdirAll. @throws CommandError */
export function makeFolders(path: string, context: Local): void {
  if (path === "") return;
  // From the top: a file on the way is no folder to look into.
  const above = path.replace(/\/*[^/]+\/*$/, "");
  if (above !== path) makeFolders(above, context);
  const here = absolute(path, context);
  if (context.files.isDirectory(here)) return;
  if (context.files.exists(here)) throw new CommandError(`mkdir ${path}: not a directory`);
  attempt("mkdir", path, () => context.files.mkdir(here, 0o755));
}

/** Writes a file of this machine over what is there; a failure tells the path as it was given. Models Go's os.Create. @throws CommandError */
export function writeFile(path: string, data: string | Uint8Array, context: Local): void {
  const here = absolute(path, context);
  if (context.files.isDirectory(here)) throw new CommandError(`open ${path}: is a directory`);
  attempt("open", path, () => context.files.write(here, data));
}

/** What the system refuses, in the words of Go's syscall.Errno. */
function attempt(call: string, path: string, work: () => void): void {
  try {
    work();
  } catch (error) {
    const why = goErrno(error);
    if (why === undefined) throw error;
    throw new CommandError(`${call} ${path}: ${why}`);
  }
}
