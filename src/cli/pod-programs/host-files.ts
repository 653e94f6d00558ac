import type { Files } from "../../platform/platform.ts";
import { FileError, type ProgramFiles } from "../../programs/program.ts";

/** The real files of the machine that the user types on, for `curl -o` and the like. */
export function hostFiles(files: Files, cwd: string): ProgramFiles {
  const at = (path: string) => (path.startsWith("/") ? path : `${cwd}/${path}`);
  const attempt = <T>(path: string, call: () => T): T => {
    try {
      return call();
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code;
      if (code === undefined) throw error;
      throw new FileError(code, path);
    }
  };
  const read = (path: string): Uint8Array | undefined => {
    try {
      return files.read(at(path));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === undefined) throw error;
      return undefined;
    }
  };
  return {
    read,
    write: (path, data) => attempt(path, () => files.write(at(path), data)),
    append: (path, data) =>
      attempt(path, () => {
        const bytes = typeof data === "string" ? Buffer.from(data) : data;
        files.write(at(path), Buffer.concat([read(path) ?? new Uint8Array(), bytes]));
      }),
    exists: (path) => files.exists(at(path)),
    isDirectory: (path) => files.isDirectory(at(path)),
    mkdir: (path) => attempt(path, () => files.mkdir(at(path), 0o755)),
  };
}
