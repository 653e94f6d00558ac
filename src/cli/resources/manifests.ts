import { isObject, type JsonObject } from "../../api/json.ts";
import type { CommandContext } from "../command.ts";
import { throwAll } from "../errors.ts";
import { filesOf, visitFiles } from "./files.ts";

/** One object of a manifest and the file that it stands in. */
export interface ManifestObject {
  source: string;
  object: JsonObject;
}

/** Every object of the files that `-f` names, lists taken apart, as they stand there. Throws CommandError. */
export async function readManifests(
  filenames: readonly string[],
  context: Pick<CommandContext, "files" | "streams" | "processes" | "clock" | "checkRequest">,
): Promise<ManifestObject[]> {
  const errors: unknown[] = [];
  const { list } = filesOf({ filenames, recursive: false, kustomize: "" }, context, errors);
  throwAll(errors);
  const found: ManifestObject[] = [];
  for (const source of list) {
    await visitFiles(
      source,
      { local: true, validate: true },
      context,
    )((info, error) => {
      if (error) throw error;
      const object = info?.object as unknown as JsonObject | undefined;
      if (object) found.push(...itemsOf(object).map((item) => ({ source: source.path, object: item })));
    });
  }
  return found;
}

function itemsOf(object: JsonObject): JsonObject[] {
  const isList = Array.isArray(object.items) && typeof object.kind === "string" && object.kind.endsWith("List");
  return isList ? (object.items as unknown[]).filter(isObject) : [object];
}
