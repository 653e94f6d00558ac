import { indentJson } from "../../../api/encoding/json-indent.ts";
import { emitYaml } from "../../../api/encoding/yaml-emit.ts";
import type { KubeObject } from "../../../api/object.ts";
import { CommandError, defineCommand, type Invocation, UsageError } from "../../command.ts";
import { lastAppliedOf } from "../../last-applied.ts";
import { filenameOptions } from "../../resources/files.ts";
import { findResources } from "../../resources/find.ts";

interface ViewOptions {
  invocation: Invocation;
  /** The annotations of what was named. */
  texts: string[];
}

/** `apply view-last-applied`. Models kubectl pkg/cmd/apply/apply_view_last_applied.go. */
export default defineCommand<ViewOptions>({
  async complete(invocation, context) {
    const { flags, args } = invocation;
    const texts: string[] = [];
    await findResources(
      {
        args,
        files: filenameOptions(flags),
        namespace: context.namespace,
        enforceNamespace: context.namespaceGiven,
        allowEmptySelector: context.namespaceGiven,
        all: flags.bool("all") && "first",
        labelSelector: flags.string("selector"),
        latest: true,
        flatten: true,
      },
      context,
    ).visit((info, error) => {
      if (error !== undefined) throw error;
      const text = lastAppliedOf(info!.object as KubeObject);
      if (text !== undefined) texts.push(text);
      // kubectl puts the source to an error that is none, and forgets it where there is no source.
      else if (info!.source !== "") {
        throw new CommandError(
          `error when no last-applied-configuration annotation found on resource: ${info!.name}\n "${info!.source}": <nil>`,
        );
      }
    });
    return { invocation, texts };
  },
  async run({ invocation, texts }, context) {
    const format = invocation.flags.string("output");
    for (const text of texts) {
      if (format === "json") context.streams.out.write(indentJson(text, "  "));
      else if (format === "yaml") context.streams.out.write(emitYaml(await parse(text)));
      else {
        throw new UsageError(
          invocation.path,
          `Unexpected -o output mode: ${format}, the flag 'output' must be one of yaml|json`,
        );
      }
    }
  },
});

/** As YAML: whatever somebody wrote into the annotation is shown (sigs.k8s.io/yaml JSONToYAML). */
async function parse(text: string) {
  const { DecodeError, readYaml } = await import("../../../api/encoding/yaml-read.ts");
  try {
    return readYaml(text).json;
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    throw new CommandError(error.message);
  }
}
