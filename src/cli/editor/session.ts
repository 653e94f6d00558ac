import { goQuote } from "../../api/encoding/go-quote.ts";
import { JsonSyntaxError, readJson } from "../../api/encoding/json-read.ts";
import { DecodeError, readYaml } from "../../api/encoding/yaml-read.ts";
import { field, invalid } from "../../api/status.ts";
import { type CommandContext, CommandError, type Invocation } from "../command.ts";
import { messageOf, SilentExit } from "../errors.ts";
import { findResources } from "../resources/find.ts";
import { manifestProblem } from "../resources/manifest-info.ts";
import type { ResourceInfo } from "../resources/visitor.ts";
import { hasLines, stripComments, stripLines } from "./comments.ts";
import { editText } from "./launch.ts";
import { prepareEdited, printForEditing } from "./objects.ts";
import { addError, type EditResults, headerText, newResults } from "./results.ts";

/** What is edited, and what is done with the outcome. */
export interface EditSession {
  invocation: Invocation;
  /** The file's apiVersion and kind are looked at before it is sent: `--validate` is on. */
  validate: boolean;
  mode: "edit" | "last-applied" | "create";
  /** Sends what was edited; what the server refuses is noted in `results`. */
  send(edited: ResourceInfo[], results: EditResults): Promise<void>;
}

/**
 * Opens the editor until what it leaves is accepted, or nothing was changed.
 * Models EditOptions.Run of kubectl pkg/cmd/util/editor/editoptions.go.
 */
export async function editObjects(
  originals: readonly ResourceInfo[],
  session: EditSession,
  context: CommandContext,
): Promise<void> {
  const { flags } = session.invocation;
  const { err } = context.streams;
  const json = flags.string("output") === "json";
  const windows = flags.has("windows-line-endings") && flags.bool("windows-line-endings");
  const lineEnds = (text: string) => (windows ? text.replace(/\r?\n/g, "\r\n") : text);
  const head = (results: EditResults) =>
    json ? "" : lineEnds(headerText(session.mode === "last-applied", results.reasons));
  const printed = lineEnds(await printForEditing(originals, flags, context));
  let results = newResults("");
  /** What the last round left; it is shown again when it held a mistake. */
  let previous: string | undefined;
  for (;;) {
    const shown = head(results) + (previous === undefined ? printed : stripLines(previous));
    let edited: { text: string; path: string };
    try {
      edited = await editText(shown, json ? ".json" : ".yaml", context);
    } catch (error) {
      throw preserved(error, results.file, context);
    }
    const { text, path } = edited;
    if (previous !== undefined && stripComments(previous) === stripComments(text)) {
      throw preserved(new CommandError("Edit cancelled, no valid changes were saved."), path, context);
    }
    if (results.file !== "") remove(results.file, context);
    results = newResults(path);
    const problem = session.validate ? await validationProblem(stripComments(text)) : undefined;
    if (problem !== undefined) {
      previous = text;
      const cause = field.invalid("<nil>", "The edited file failed validation", problem);
      err.write(addError(results, invalid({ group: "", kind: "" }, "", [cause]), originals[0]!));
      continue;
    }
    if (stripComments(printed) === stripComments(text)) {
      remove(path, context);
      err.write("Edit cancelled, no changes made.\n");
      return;
    }
    if (!hasLines(text)) {
      remove(path, context);
      err.write("Edit cancelled, saved file was empty.\n");
      return;
    }
    let infos: ResourceInfo[];
    try {
      infos = await readEdited(text, context);
    } catch (error) {
      previous = text;
      results.reasons.push({ head: `The edited file had a syntax error: ${messageOf(error)}`, other: [] });
      continue;
    }
    try {
      for (const info of infos) prepareEdited(info, originals, session.invocation, context.namespace);
      await session.send(infos, results);
    } catch (error) {
      throw preserved(error, path, context);
    }
    if (results.retryable > 0) {
      err.write(`You can run \`kubectl replace -f ${path}\` to try this update again.\n`);
      throw new SilentExit();
    }
    if (results.notFound > 0) {
      err.write(`The edits you made on deleted resources have been saved to ${goQuote(path)}\n`);
      throw new SilentExit();
    }
    if (results.again === 0) {
      remove(path, context);
      return;
    }
    previous = text;
  }
}

/** The objects of a text that the user left. Throws CommandError. */
export async function readEdited(content: string, context: CommandContext): Promise<ResourceInfo[]> {
  const text = { source: "edited-file", content };
  return findResources({ text, namespace: "", continueOnError: true, flatten: true }, context).infos();
}

async function validationProblem(text: string): Promise<string | undefined> {
  try {
    return await manifestProblem(/^\s*\{/.test(text) ? readJson(text).value : readYaml(text).json);
  } catch (error) {
    if (error instanceof JsonSyntaxError) return error.message;
    if (error instanceof DecodeError) return error.message.replace(/^error converting YAML to JSON: /, "");
    throw error;
  }
}

function remove(path: string, { files }: CommandContext): void {
  if (files.exists(path)) files.unlink(path);
}

/** Says where the user's work is before the error is told. */
function preserved(error: unknown, path: string, { files, streams }: CommandContext): unknown {
  if (path !== "" && files.exists(path)) {
    streams.err.write(`A copy of your changes has been stored to ${goQuote(path)}\n`);
  }
  return error;
}
