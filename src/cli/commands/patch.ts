import { goQuote } from "../../api/encoding/go-quote.ts";
import { equal } from "../../api/json.ts";
import type { KubeList, KubeObject } from "../../api/object.ts";
import { CHANGE_CAUSE, changeCause } from "../change-cause.ts";
import { CommandError, defineCommand, type Invocation } from "../command.ts";
import { type DryRun, dryRunOf } from "../output/dry-run.ts";
import { objectWriter } from "../output/object-writer.ts";
import { printerFor } from "../output/print-flags.ts";
import { patchHere } from "../patch/patch-here.ts";
import { patchBody, readPatch } from "../patch/read-patch.ts";
import { filenameOptions } from "../resources/files.ts";
import { findResources } from "../resources/find.ts";
import { patchObject } from "../resources/helper.ts";
import { withVersion } from "../resources/mapping.ts";

const TYPES = ["json", "merge", "strategic"] as const;
export type SentPatchType = (typeof TYPES)[number];

interface PatchOptions {
  invocation: Invocation;
  dryRun: DryRun;
}

/** `patch`. Models kubectl pkg/cmd/patch/patch.go. */
export default defineCommand<PatchOptions>({
  complete(invocation, context) {
    const dryRun = dryRunOf(invocation.flags, context);
    context.checkNamespace();
    return { invocation, dryRun };
  },
  validate({ invocation: { flags, args }, dryRun }) {
    const patch = flags.string("patch");
    const file = flags.string("patch-file");
    if (patch !== "" && file !== "") throw new CommandError("cannot specify --patch and --patch-file together");
    if (patch === "" && file === "") {
      throw new CommandError("must specify --patch or --patch-file containing the contents of the patch");
    }
    if (flags.bool("local")) {
      if (args.length > 0) throw new CommandError("cannot specify --local and server resources");
      if (dryRun === "server") {
        throw new CommandError("cannot specify --local and --dry-run=server - did you mean --dry-run=client?");
      }
    }
    const type = flags.string("type");
    if (type !== "" && !TYPES.includes(type.toLowerCase() as SentPatchType)) {
      throw new CommandError(`--type must be one of [${TYPES.join(" ")}], not ${goQuote(type)}`);
    }
  },
  async run({ invocation, dryRun }, context) {
    const { flags, args } = invocation;
    const type = (flags.string("type").toLowerCase() || "strategic") as SentPatchType;
    const text = readPatch(flags, context);
    const local = flags.bool("local");
    const subresource = flags.string("subresource");
    let count = 0;
    await findResources(
      {
        args,
        files: filenameOptions(flags),
        namespace: context.namespace,
        enforceNamespace: context.namespaceGiven,
        continueOnError: true,
        flatten: true,
        local,
        subresource,
      },
      context,
    ).visit(async (info, error) => {
      if (error !== undefined) throw error;
      count++;
      if (info!.mapping) info!.mapping = withVersion(info!.mapping);
      const before = info!.object as KubeObject;
      let after: KubeObject | KubeList;
      let changed: boolean;
      if (local || dryRun === "client") {
        after = await patchHere(before, type, text);
        changed = !equal(before, after);
      } else {
        const write = {
          fieldManager: flags.string("field-manager"),
          dryRun: dryRun === "server",
          ...(subresource === "" ? {} : { subresource }),
        };
        const { patch, duplicates } = patchBody(text, type);
        const patched = await patchObject(info!, type, patch, { ...write, duplicates }, context);
        changed = !equal(before, patched);
        after = patched;
        const cause = changeCause(invocation);
        if (cause !== undefined && patched.metadata.annotations?.[CHANGE_CAUSE] !== cause) {
          const note = { metadata: { annotations: { [CHANGE_CAUSE]: cause } } };
          after = await patchObject(info!, "merge", note, write, context);
        }
      }
      // kubectl sets the word anew for each object, and so loses the note about a dry run.
      const operation = changed ? "patched" : "patched (no change)";
      (await printerFor(flags, context, operation)).print(after, objectWriter(context.streams));
    });
    if (count === 0) throw new CommandError("no objects passed to patch");
  },
});
