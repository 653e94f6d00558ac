import { goErrno } from "../../platform/errno.ts";
import type { Files, Processes } from "../../platform/platform.ts";
import { messageOf } from "../errors.ts";

export interface PluginContext {
  files: Files;
  processes: Processes;
}

const PREFIX = "kubectl-";

/** The folders on PATH, each once. */
function searchFolders({ processes: { env } }: PluginContext): string[] {
  return [...new Set((env.PATH ?? "").split(":"))];
}

/** The first executable of that name on PATH. */
export function lookUp(name: string, context: PluginContext): string | undefined {
  for (const folder of searchFolders(context)) {
    const path = `${folder === "" ? "." : folder}/${name}`;
    if (isExecutable(path, context) === true) return path;
  }
  return undefined;
}

/** undefined: there is no such file. */
export function isExecutable(path: string, { files }: PluginContext): boolean | undefined {
  try {
    const { isFile, mode } = files.stat(path);
    return isFile && (mode & 0o111) !== 0;
  } catch {
    return undefined;
  }
}

/**
 * All files on PATH whose name begins with `kubectl-`; `skipped` is told of folders that cannot be read.
 * Models kubectl pkg/cmd/plugin/plugin.go (ListPlugins).
 */
export function listPlugins(context: PluginContext, skipped: (folder: string, reason: string) => void): string[] {
  const found: string[] = [];
  for (const folder of searchFolders(context)) {
    if (folder.trim() === "") continue;
    try {
      for (const name of context.files.list(folder)) {
        const path = `${folder.replace(/(.)\/+$/, "$1")}/${name}`;
        if (name.startsWith(PREFIX) && !context.files.isDirectory(path)) found.push(path);
      }
    } catch (error) {
      skipped(folder, goErrno(error) ?? messageOf(error));
    }
  }
  return found;
}

/**
 * The plugin that the words before the first flag name, the longest name first, and its arguments. `atLeast`: how many words its name
 * must have. Models kubectl pkg/cmd/plugin.go (HandlePluginCommand).
 */
export function findPlugin(
  argv: readonly string[],
  atLeast: number,
  context: PluginContext,
): { path: string; args: string[] } | undefined {
  const firstFlag = argv.findIndex((word) => word.startsWith("-"));
  const words = (firstFlag < 0 ? argv : argv.slice(0, firstFlag)).map((word) => word.replaceAll("-", "_"));
  for (let count = words.length; count >= Math.max(atLeast, 1); count--) {
    const path = lookUp(PREFIX + words.slice(0, count).join("-"), context);
    if (path !== undefined) return { path, args: argv.slice(count) };
  }
  return undefined;
}
