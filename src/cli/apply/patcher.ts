import { formatGoValue } from "../../api/encoding/go-value.ts";
import { emitJson } from "../../api/encoding/json-emit.ts";
import { emitYaml } from "../../api/encoding/yaml-emit.ts";
import { clone, type Json, type JsonObject } from "../../api/json.ts";
import type { KubeObject } from "../../api/object.ts";
import { createThreeWayJsonMergePatch } from "../../api/patch/json-merge.ts";
import { PatchConflictError, PatchError } from "../../api/patch/patch-error.ts";
import { applyStrategicMergePatch } from "../../api/patch/strategic.ts";
import { createThreeWayMergePatch } from "../../api/patch/three-way.ts";
import { loadSchema } from "../../api/schema/load.ts";
import { ApiError } from "../../api/status.ts";
import type { Propagation } from "../../api/writes.ts";
import type { WriteOptions } from "../../apiserver/client.ts";
import { type CommandContext, CommandError } from "../command.ts";
import { addSource, isNotFound, messageOf } from "../errors.ts";
import { encodeObject, lastAppliedOf } from "../last-applied.ts";
import { createObject, patchObject } from "../resources/helper.ts";
import type { ResourceInfo } from "../resources/visitor.ts";

/** How a manifest is laid over what is there. Models kubectl pkg/cmd/apply/patcher.go. */
export interface PatchSettings {
  write: WriteOptions;
  overwrite: boolean;
  /** False: the schema of the server is not asked, which changes nothing but warnings. */
  openapi: boolean;
  /** What cannot be patched is deleted and made anew. */
  force: boolean;
  cascade: Propagation;
  /** Seconds; negative for the object's own. */
  gracePeriod: number;
  /** Milliseconds that a forced deletion may take; 0 for no limit of its own. */
  timeout: number;
  /** The patch holds only while the object has this version. */
  resourceVersion?: string;
}

export interface PatchOutcome {
  /** What was sent, as one line of JSON; "" when no patch could be made. */
  patch: string;
  object?: KubeObject;
  error?: unknown;
}

const RETRIES = 5;
const TRIES_BEFORE_PAUSE = 1;
const PAUSE_MS = 1000;

/** Patches the live object, again after conflicts. `modified` is the manifest with its annotation. */
export async function patchLive(
  info: ResourceInfo,
  live: KubeObject,
  modified: KubeObject,
  settings: PatchSettings,
  context: CommandContext,
): Promise<PatchOutcome> {
  let current = live;
  let outcome = await patchOnce(info, current, modified, settings, context);
  for (let attempt = 1; attempt <= RETRIES && hasReason(outcome.error, "Conflict"); attempt++) {
    if (attempt > TRIES_BEFORE_PAUSE) {
      await context.flush();
      await context.clock.sleep(PAUSE_MS);
    }
    try {
      current = await context.client.get(info.mapping!.resource, info.namespace, info.name);
    } catch (error) {
      return { patch: "", error };
    }
    outcome = await patchOnce(info, current, modified, settings, context);
  }
  if (outcome.error === undefined) return outcome;
  if (settings.force && (hasReason(outcome.error, "Conflict") || hasReason(outcome.error, "Invalid"))) {
    return deleteAndCreate(info, current, modified, settings, context);
  }
  return { ...outcome, error: addSource("patching", info.source, outcome.error) };
}

/** The same without a server: `--dry-run=client`. */
export async function patchLocally(
  info: ResourceInfo,
  live: KubeObject,
  modified: KubeObject,
  settings: PatchSettings,
  context: CommandContext,
): Promise<PatchOutcome> {
  const made = await makePatch(info, live, modified, settings, context);
  if ("error" in made) return made;
  if (made.text === "{}") return { patch: made.text, object: live };
  const current = clone(live) as unknown as JsonObject;
  try {
    const patched = applyStrategicMergePatch(current, made.patch, await loadSchema(refOf(info)));
    return { patch: made.text, object: patched as unknown as KubeObject };
  } catch (error) {
    if (!(error instanceof PatchError)) throw error;
    return { patch: "", error: new CommandError(`applying patch locally: ${error.message}`) };
  }
}

async function patchOnce(
  info: ResourceInfo,
  live: KubeObject,
  modified: KubeObject,
  settings: PatchSettings,
  context: CommandContext,
): Promise<PatchOutcome> {
  const made = await makePatch(info, live, modified, settings, context);
  if ("error" in made) return made;
  if (made.text === "{}") return { patch: made.text, object: live };
  let { patch, text } = made;
  if (settings.resourceVersion !== undefined) {
    const metadata = { ...(patch.metadata as JsonObject | undefined), resourceVersion: settings.resourceVersion };
    patch = { ...patch, metadata };
    text = emitJson(patch);
  }
  try {
    return { patch: text, object: await patchObject(info, "strategic", patch, settings.write, context) };
  } catch (error) {
    return { patch: text, error };
  }
}

function refOf(info: ResourceInfo) {
  const { info: kind, version } = info.mapping!;
  return { group: kind.group, version, kind: kind.kind };
}

async function makePatch(
  info: ResourceInfo,
  live: KubeObject,
  modified: KubeObject,
  { overwrite, openapi }: PatchSettings,
  context: CommandContext,
): Promise<{ patch: JsonObject; text: string } | { patch: ""; error: unknown }> {
  const last = lastAppliedOf(live);
  const texts = { original: last ?? "", modified: encodeObject(modified), current: encodeObject(live) };
  const failed = (why: string) => ({
    patch: "" as const,
    error: new CommandError(
      `creating patch with:\noriginal:\n${texts.original}\nmodified:\n${texts.modified}\ncurrent:\n${texts.current}\nfor: ${why}`,
    ),
  });
  try {
    const original = last === undefined || last === "" ? {} : await readOriginal(last);
    const documents = [original, modified as unknown as JsonObject, live as unknown as JsonObject] as const;
    if (!isBuiltIn(info)) return failed(identityProblem(createThreeWayJsonMergePatch(...documents)));
    const patch = createThreeWayMergePatch(...documents, await loadSchema(refOf(info)), overwrite);
    return { patch, text: emitJson(patch) };
  } catch (error) {
    const why = patchProblem(error);
    if (why === undefined) throw error;
    // The schema of the server is asked in both its versions before the built-in types are.
    if (openapi && isBuiltIn(info)) {
      context.streams.err.write(`warning: error calculating patch from openapi v3 spec: ${why}\n`);
      context.streams.err.write(`warning: error calculating patch from openapi spec: ${why}\n`);
    }
    return failed(why);
  }
}

/** A kind in small letters is none that kubectl knows. */
function isBuiltIn({ mapping }: ResourceInfo): boolean {
  return mapping!.kind === mapping!.info.kind;
}

/** Such a patch always changes the kind. Models meetPreconditions of apimachinery pkg/util/jsonmergepatch. */
function identityProblem(patch: JsonObject): string {
  return `precondition failed for: ${formatGoValue(patch)}`;
}

async function readOriginal(text: string): Promise<JsonObject> {
  const { readJson, JsonSyntaxError } = await import("../../api/encoding/json-read.ts");
  try {
    return readJson(text).value as JsonObject;
  } catch (error) {
    // Go's strategicpatch says no more of it.
    if (error instanceof JsonSyntaxError) throw new PatchError("malformed", "invalid JSON document");
    throw error;
  }
}

/** Models mergepatch.NewErrConflict and the errors of strategicpatch. */
function patchProblem(error: unknown): string | undefined {
  if (error instanceof PatchConflictError) {
    const yaml = (value: object) => emitYaml(value as Json);
    return `patch:\n${yaml(error.patch)}\nconflicts with changes made from original to current:\n${yaml(error.changed)}\n`;
  }
  return error instanceof PatchError ? error.message : undefined;
}

function hasReason(error: unknown, reason: string): boolean {
  return error instanceof ApiError && error.reason === reason;
}

async function deleteAndCreate(
  info: ResourceInfo,
  original: KubeObject,
  modified: KubeObject,
  settings: PatchSettings,
  context: CommandContext,
): Promise<PatchOutcome> {
  const { client } = context;
  const { resource } = info.mapping!;
  const patch = encodeObject(modified);
  try {
    await client.delete(resource, info.namespace, info.name, {
      propagationPolicy: settings.cascade,
      ...(settings.gracePeriod >= 0 ? { gracePeriodSeconds: settings.gracePeriod } : {}),
      dryRun: settings.write.dryRun ?? false,
    });
    await untilGone(info, settings.timeout, context);
  } catch (error) {
    return { patch, error };
  }
  try {
    return { patch, object: await createObject(info, modified, settings.write, context) };
  } catch (error) {
    try {
      return { patch, object: await createObject(info, original, settings.write, context), error };
    } catch (second) {
      const text = `An error occurred force-replacing the existing object with the newly provided one:\n\n${messageOf(error)}.\n\nAdditionally, an error occurred attempting to restore the original object:\n\n${messageOf(second)}`;
      return { patch, error: new CommandError(text) };
    }
  }
}

/** Asks every second until the object is gone. Models apimachinery wait.PollUntilContextTimeout. */
export async function untilGone(info: ResourceInfo, timeoutMs: number, context: CommandContext): Promise<void> {
  const { client, clock } = context;
  const end = timeoutMs > 0 ? clock.now() + timeoutMs : Infinity;
  for (;;) {
    try {
      await client.get(info.mapping!.resource, info.namespace, info.name);
    } catch (error) {
      if (isNotFound(error)) return;
      throw error;
    }
    if (clock.now() >= end) throw new CommandError("context deadline exceeded");
    await context.flush();
    await clock.sleep(Math.min(1000, end - clock.now()));
  }
}
