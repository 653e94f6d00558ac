import { imageRows } from "../../admin/images/describe-image.ts";
import { outsideRows } from "../../admin/outside/outside.ts";
import { SnapshotFolder } from "../../admin/snapshots/folder.ts";
import { PROFILE_NAMES } from "../../api/profiles/profile.ts";
import { SETTINGS } from "../../api/settings.ts";
import type { CommandContext } from "../command.ts";
import { objectNames, startingWith } from "./live-words.ts";

// What the arguments and flags of kubemu's own commands may be.

export function snapshotNames(typed: string, { admin, files }: CommandContext): string[] {
  const saved = new SnapshotFolder(files, admin.stateFile).list();
  return startingWith(
    saved.map(({ name }) => name),
    typed,
  );
}

export async function outsideNames(typed: string, { admin }: CommandContext): Promise<string[]> {
  return startingWith(
    outsideRows(await admin.snapshot()).map(([name = ""]) => name),
    typed,
  );
}

export async function imageNames(typed: string, { admin }: CommandContext): Promise<string[]> {
  return startingWith(
    imageRows(await admin.snapshot()).map(([name = ""]) => name),
    typed,
  );
}

/** `svc/web`, as `doctor` wants it. */
export async function qualifiedServices(typed: string, context: CommandContext): Promise<string[]> {
  const names = await objectNames("services", "", context);
  return startingWith(
    names.map((name) => `svc/${name}`),
    typed,
  );
}

/** `pod-start=`: the value is the user's. */
export function settingWords(typed: string): string[] {
  return startingWith(
    SETTINGS.map(({ name }) => `${name}=`),
    typed,
  );
}

/** `host`, `node/NAME` and `pod/NAME`. */
export async function places(typed: string, context: CommandContext): Promise<string[]> {
  const of = async (kind: string) => (await objectNames(kind, "", context)).map((name) => `${kind}/${name}`);
  return startingWith(["host", ...(await of("node")), ...(await of("pod"))], typed);
}

const FORMATS: Readonly<Record<string, readonly string[]>> = {
  dns: ["table", "zone", "json"],
  doctor: ["json"],
  trace: ["json", "mermaid", "dot"],
};

/** Values of the flags of kubemu's own commands; undefined for those of kubectl's. */
export async function ownFlagValues(
  path: string,
  flag: string,
  typed: string,
  context: CommandContext,
): Promise<string[] | undefined> {
  if (flag === "output" && Object.hasOwn(FORMATS, path)) return startingWith(FORMATS[path]!, typed);
  if (flag === "profile" && path === "reset") return startingWith(PROFILE_NAMES, typed);
  if (flag === "from" && path === "trace") return await places(typed, context);
  return undefined;
}
