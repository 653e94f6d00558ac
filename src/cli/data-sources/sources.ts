import type { CommandContext } from "../command.ts";
import { CommandError } from "../command.ts";
import type { FlagValues } from "../flags/values.ts";
import { absolute, openError } from "../resources/files.ts";
import { readEnvFile } from "./env-file.ts";

type FileContext = Pick<CommandContext, "files" | "processes">;

/** Takes one key of a ConfigMap or Secret. Throws CommandError. */
export type AddKey = (key: string, data: Uint8Array) => void;

/** Throws CommandError. Models the Validate of kubectl pkg/cmd/create/create_configmap.go and create_secret.go. */
export function checkSources(flags: FlagValues): void {
  const others = flags.list("from-file").length + flags.list("from-literal").length;
  if (flags.list("from-env-file").length > 0 && others > 0) {
    throw new CommandError("from-env-file cannot be combined with from-file or from-literal");
  }
}

/** `--from-literal=key=value`. Models kubectl pkg/util/util.go (ParseLiteralSource). */
export function addLiterals(sources: readonly string[], add: AddKey): void {
  for (const source of sources) {
    const equals = source.indexOf("=");
    if (equals <= 0) throw new CommandError(`invalid literal source ${source}, expected key=value`);
    add(source.slice(0, equals), Buffer.from(source.slice(equals + 1)));
  }
}

/** `--from-file=[key=]path`; of a folder, the files in it under their names. */
export function addFiles(sources: readonly string[], context: FileContext, add: AddKey): void {
  for (const source of sources) {
    const { key, path } = parseFileSource(source);
    if (!statOf(path, context)) {
      add(key, readData(path, context));
      continue;
    }
    if (source.includes("=")) throw new CommandError("cannot give a key name for a directory path");
    for (const name of [...context.files.list(absolute(path, context))].sort()) {
      const item = `${path.replace(/\/+$/, "")}/${name}`;
      if (!context.files.isDirectory(absolute(item, context))) add(name, readData(item, context));
    }
  }
}

/** `--from-env-file=path`. `kind`: `config` or `secret`, for its error. */
export function addEnvFiles(
  sources: readonly string[],
  kind: "config" | "secret",
  context: FileContext,
  add: AddKey,
): void {
  for (const path of sources) {
    if (statOf(path, context)) throw new CommandError(`env ${kind} file cannot be a directory`);
    for (const [key, value] of readEnvFile(readData(path, context), path, context.processes.env)) {
      add(key, Buffer.from(value));
    }
  }
}

/** Models kubectl pkg/util/util.go (ParseFileSource). */
function parseFileSource(source: string): { key: string; path: string } {
  const parts = source.split("=");
  if (parts.length === 1) return { key: source.replace(/\/+$/, "").split("/").at(-1) || "/", path: source };
  if (parts.length > 2) throw new CommandError("key names or file paths cannot contain '='");
  const [key = "", path = ""] = parts;
  if (key === "") throw new CommandError(`key name for file path ${path} missing`);
  if (path === "") throw new CommandError(`file path for key name ${key} missing`);
  return { key, path };
}

/** True for a folder. */
function statOf(path: string, context: FileContext): boolean {
  if (!context.files.exists(absolute(path, context))) {
    throw new CommandError(`error reading ${path}: no such file or directory`);
  }
  return context.files.isDirectory(absolute(path, context));
}

function readData(path: string, context: FileContext): Uint8Array {
  try {
    return context.files.read(absolute(path, context));
  } catch (error) {
    throw new CommandError(openError(path, error));
  }
}
