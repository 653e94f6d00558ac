import { DecodeError, readYaml } from "../../api/encoding/yaml-read.ts";
import type { Json, JsonObject } from "../../api/json.ts";
import { ParseError } from "../../api/meta/parse-error.ts";
import { readGoValue } from "../../api/schema/go-read.ts";
import { type GoType, loadGoType } from "../../api/schema/go-types.ts";
import { writeGoValue } from "../../api/schema/go-write.ts";
import type { Container, Pod } from "../../api/types/core.ts";
import { type CommandContext, CommandError } from "../command.ts";
import { patchHere } from "../patch/patch-here.ts";
import { absolute, openError } from "../resources/files.ts";
import type { DebugStyle } from "./profiles.ts";

const POD = { group: "", version: "v1", kind: "Pod" };

/** The part of a container in the file of `--custom`, without what a container does not have. @throws CommandError */
export async function readCustom(path: string, context: CommandContext): Promise<Container | undefined> {
  let text: string;
  try {
    text = context.files.read(absolute(path, context)).toString("utf8");
  } catch (error) {
    throw new CommandError(`must pass a container spec json file for custom profile: ${openError(path, error)}`);
  }
  const value = parsed(path, text);
  if (value === null) return undefined;
  const type = await containerType();
  try {
    const { value: container } = readGoValue(value as JsonObject, type);
    return writeGoValue(container, type, "bare") as unknown as Container;
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    throw invalid(path, `error unmarshaling JSON: while decoding JSON: ${error.message}`);
  }
}

/** The Go type of a container. */
async function containerType(): Promise<GoType> {
  let type = (await loadGoType(POD))!;
  for (const name of ["spec", "containers"]) if (type.kind === "struct") type = type.fields.get(name)!.type();
  return type.kind === "slice" ? type.item : type;
}

function parsed(path: string, text: string): Json {
  try {
    return readYaml(text).json;
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    throw invalid(path, error.message);
  }
}

function invalid(path: string, why: string): CommandError {
  return new CommandError(`${path} does not contain a valid container spec: ${why}`);
}

/** What `--custom` may not say. @throws CommandError */
export function checkCustom({ name, command, image, lifecycle, volumeDevices }: Container): void {
  if (name || command?.length || image || lifecycle || volumeDevices?.length)
    throw new CommandError("name, command, image, lifecycle and volume devices are not modifiable via custom profile");
}

/** The pod with the part merged into its container. Models applyCustomProfile and applyCustomProfileEphemeral. @throws CommandError */
export async function applyCustom(pod: Pod, name: string, style: DebugStyle, custom: Container): Promise<Pod> {
  const list = style === "ephemeral" ? "ephemeralContainers" : "containers";
  if (!pod.spec![list]?.some((container) => container.name === name))
    throw new CommandError(
      `unable to find the ${name} ${style === "ephemeral" ? "ephemeral " : ""}container in the pod ${pod.metadata.name}`,
    );
  const patch = { spec: { [list]: [{ ...custom, name }] } };
  return (await patchHere(pod, "strategic", JSON.stringify(patch))) as Pod;
}
